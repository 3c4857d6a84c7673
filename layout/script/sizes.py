"""The sizes of type by their names (字号), in the measures of desktop publishing.

Foundries and programs differ in them, as CLREQ says where it lists them without making them a rule: a paper that has another
table says so, and has then only that one.
"""

from layout.units import PT, Emu

SIZES: dict[str, Emu] = {
    "初号": 42 * PT,
    "小初": 36 * PT,
    "一号": 26 * PT,
    "小一": 24 * PT,
    "二号": 22 * PT,
    "小二": 18 * PT,
    "三号": 16 * PT,
    "小三": 15 * PT,
    "四号": 14 * PT,
    "小四": 12 * PT,
    "五号": 21 * PT // 2,
    "小五": 9 * PT,
}
"""Names of sizes from the largest down; above 初号 sizes are said in points."""
