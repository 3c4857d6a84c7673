"""Each clause of the standards, read back from a finished PDF, beside the same copy with its rule switched off.

A case is copy, how it is set, and a predicate that holds for what the file shows; with the rule switched off it must not
hold. `tests/clauses.toml` says what each clause demands, and `layout/CONFORMANCE.md` how far it is met.
"""

import io
import os
import re
from collections.abc import Callable, Iterable
from itertools import pairwise

import pypdfium2
import pytest
from pypdf import PdfReader

from layout.manifest.copy import Emphasis
from layout.page.furniture import words as furniture_words
from layout.script.rules import (
    Adjustment,
    Breaking,
    Digits,
    Grid,
    Kinsoku,
    MarkWidths,
    PairWidth,
    Region,
    StandingFigures,
    TypeRules,
)
from layout.text import level, overlays, ruby
from layout.text.shaped import Over
from layout.typeface.catalogue import Faces
from layout.typeface.face import Face
from tests.conformance import (
    HOW_TO,
    OPTION,
    TABLE,
    Clause,
    Shown,
    State,
    conformance_table,
    read_clauses,
    recorder_of,
    state_of,
)
from tests.finished import Way, read_ink
from tests.showing import (
    BOTH,
    CASES,
    CLOSING,
    DOWN,
    HAN,
    LEVEL,
    MIDDLE,
    OPENING,
    POINTING,
    RIGID,
    Predicate,
    Thing,
    both,
    centred,
    corner,
    crosses,
    flush,
    in_one,
    inside,
    is_level,
    line_is,
    marks_take,
    middle_of,
    near,
    never_first,
    never_last,
    runs_along,
    same_form,
    shows,
    shows_page,
    stands,
    starts,
    takes,
    whole,
)
from tests.specimen import BuiltPage, Cell, Row, Setting, Specimen, Stroke, print_specimen, read_built, read_specimens
from tests.switches import (
    ACRONYMS_TURNED,
    ALL_HANG,
    ALL_JOINTS,
    ALL_TURNED,
    ALONE_AT_FOOT,
    BACKWARDS,
    BLANKS_AFTER,
    EM_CELLS,
    FILLED,
    FULL_MARKS,
    GAPS_AT_MARKS,
    GAPS_GIVE_ALL,
    GAPS_GROW_ON,
    GAPS_KEPT,
    GAPS_STIFF,
    GREEDY,
    GROUPS_APART,
    HALF_CELLS,
    HALF_EM_LETTERS,
    HALF_EM_WIDER,
    INK_UNMOVED,
    ITEMS_OUT,
    LAST_LINES_FULL,
    LEVEL_BLANKS,
    LEVEL_FORMS,
    LONE_LAST,
    MAINLAND,
    MARKS_GIVE_ALL,
    MOVED_INK,
    NARROWED,
    NO_INDENT,
    NO_KINSOKU,
    NO_LEAST_GAP,
    NO_PAIRS,
    NO_RESCUE,
    NO_RUNT,
    NO_STACKS,
    QUOTATIONS_OUT,
    QUOTES_OF_HAN,
    QUOTES_OF_LATIN,
    SHORT_LINES,
    SONG_SUBHEADS,
    SPACES_GIVE_ALL,
    SPACES_GROW_ON,
    SPACES_STIFF,
    STIFF,
    SWAPPED_SIDES,
    TWO_DASHES,
    UNBALANCED,
    UNSPREAD,
    UNSQUEEZED,
    UNTURNED,
    WHITE_KEPT,
    WHITE_TAKEN_IN,
    WITH_WIDOWS,
    WITHOUT_TABOOS,
    WORDS_OPEN,
    attribute,
    body_role,
    built_with,
    but,
    copied,
    drawn_off,
    may_part,
    only_steps,
    overlay,
    poured,
)

ROLES = ("song", "hei", "kai")

# fmt: off
# ---- arrangement and paragraphs ----------------------------------------------------------------------------------

TEXT = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往"

shows("solid", "Han on their ems", TEXT, both(starts(*range(10)), starts(*range(10), line=1)), copied(f"[{TEXT}]{{spaced=1/4}}"))
for words, white in (("1/4", 0.25), ("1/3", 0.333), ("1/2", 0.5), ("1", 1)):
    shows("loose", words, f"[天地玄黄]{{spaced={words}}}", starts(*(k * (1 + white) for k in range(4))), copied("天地玄黄"))
shows("loose", "none behind the last", "天[地玄]{spaced=1/2}黄", starts(0, 1, 2.5, 3.5), copied("天地玄黄"))
shows("loose-ends", "over two lines", f"[{TEXT}]{{spaced=1/4}}", flush, WHITE_KEPT)
shows("even-lines", "an em in eight joints", HAN * 9 + "“" + HAN * 9, starts(*(k * 1.125 for k in range(9))), UNSPREAD)
shows("even-last", "last line", TEXT[:18], starts(*range(6), line=1), LAST_LINES_FULL, ems=14, is_story=True)
shows("even-last", "one line", TEXT[:5], starts(*range(2, 7)), LAST_LINES_FULL, ems=14, is_story=True)
shows("even-names", "two names", "[李明]{fit=3}，[欧阳修]{fit=3}。", marks_take(李明=1), copied("李明，欧阳修。"))
shows("even-names", "a line of its own", "[李明]{fit=5}", starts(0, 4), copied("李明"))
shows("even-names", "one character in three ems", "天[张]{fit=3}地", marks_take(天张=1, 张地=1), copied("天张地"))
shows("even-names", "a letter among them", "天[张A三]{fit=6}地", both(marks_take(天张=0, 张三=4, 三地=0), lambda s: near(s.white("张", "A"), s.start("三") - s.cell("A").end)), copied("天张A三地"))
shows("even-names", "four in five ems", "[天地玄黄]{fit=5}", starts(0, 4 / 3, 8 / 3, 4), copied("天地玄黄"))
shows("tight", "a squeezed line", "天，地玄黄", marks_take(地玄=0, 玄黄=0), NARROWED, spare=-0.4)
shows("indent", "first line", TEXT, both(starts(*range(2, 14)), starts(*range(8), line=1)), NO_INDENT, ems=14, is_story=True)
shows("indent", "every paragraph", f"{TEXT[:4]}\n\n{TEXT[:4]}", both(starts(*range(2, 6)), starts(*range(2, 6), line=1)), NO_INDENT, ems=14, is_story=True)

shows("paragraph-indent", "a quotation", "> " + HAN * 30, both(starts(*range(4, 14)), starts(*range(2, 14), line=1)), QUOTATIONS_OUT, ems=14, is_story=True)
shows("outdent", "an item", "- " + HAN * 20, both(starts(*range(14)), starts(*range(1, 8), line=1)), ITEMS_OUT, ems=14, is_story=True)
LAST_LINE = re.compile(f"{HAN}{{2,}}。?")


def _no_orphan(s: Setting) -> bool:
    return bool(LAST_LINE.fullmatch(s.texts[-1]))


shows("orphan", "one character", HAN * 11, _no_orphan, NO_RUNT)
shows("orphan", "one character with a mark", HAN * 11 + "。", _no_orphan, NO_RUNT)
shows("orphan", "set line by line", HAN * 11 + "。", _no_orphan, LONE_LAST, rules=TypeRules(breaking=Breaking.LINE))


# ---- where marks stand and how wide they are ---------------------------------------------------------------------

def _left(mark: str) -> Predicate:
    return lambda s: middle_of(mark, s)[0] < -0.1 if is_level(s) else corner(mark)(s)


for role in ROLES:
    for mark in "，、。．：；":
        shows("place-points gb-5.1.1-place gb-5.2.1", f"{mark} {role}", f"天{mark}地", corner(mark), MOVED_INK, role=role)
    for mark in "！？":
        shows("place-points gb-5.1.2-width gb-5.2.1", f"{mark} {role}", f"天{mark}地", _left(mark), MOVED_INK, role=role)
    for mark, clause in {"——": "gb-5.1.4", "⸺": "gb-5.1.4", "……": "gb-5.1.5", "⋯⋯": "gb-5.1.5"}.items():
        shows(f"place-long-marks {clause}", f"{mark} {role}", f"天{mark}地", both(takes(2), centred(mark)), MOVED_INK, axes=[LEVEL], role=role)
        shows("place-long-marks gb-5.2.2", f"{mark} {role}", f"天{mark}地", both(takes(2), centred(mark)), MOVED_INK, axes=[DOWN], role=role)
    for mark in "～〜–—-":
        shows("place-connectors gb-5.1.6-place", f"{mark} {role}", f"天{mark}地", centred(mark), MOVED_INK, axes=[LEVEL], role=role)
        shows("place-connectors gb-5.2.2", f"{mark} {role}", f"天{mark}地", centred(mark), MOVED_INK, axes=[DOWN], role=role)
    for mark in "·・‧":
        shows("place-small-marks gb-5.1.7-width gb-5.2.2", f"{mark} {role}", f"天{mark}地", both(takes(0.5), centred(mark)), MOVED_INK, role=role)
    shows("place-small-marks gb-5.1.9-width", f"/ {role}", "天/地", both(takes(0.5), centred("/"), inside("/")), MOVED_INK, axes=[LEVEL], role=role)
    shows("place-small-marks gb-5.2.2", f"/ {role}", "天/地", both(takes(0.5), centred("/"), inside("/")), MOVED_INK, axes=[DOWN], role=role)
    for mark in ("——", "⸺", "……", "⋯⋯", "～", "〜", "—", "–", "-"):
        shows("vertical-marks gb-5.2.2", f"{mark} {role}", f"天{mark}地", runs_along(mark), LEVEL_FORMS, role=role)
    shows("vertical-marks", f"/ {role}", "天/地", both(crosses("/"), inside("/")), LEVEL_FORMS, role=role)
    for mark in "（）《》〈〉【】「」":
        shows("vertical-brackets gb-5.2.3", f"{mark} {role}", f"天{mark}地", crosses(mark), LEVEL_FORMS, axes=[DOWN], role=role)
    for mark, form in zip("“”‘’", "『』「」", strict=True):
        shows("vertical-quotes gb-5.2.3", f"{mark} {role}", f"天{mark}地{form}玄", same_form(mark, form), LEVEL_FORMS, role=role)
    for mark in POINTING:
        shows("vertical-points", f"{mark} {role}", f"天{mark}地", stands(mark, Way.UPRIGHT), ALL_TURNED, role=role)

for mark in POINTING + OPENING + CLOSING:
    ids = "width-marks" + (" gb-5.1.1-width" if mark in "，、。：；" else " gb-5.1.2-width" if mark in "！？" else " gb-5.1.3-width" if mark not in POINTING else "")
    shows(ids, mark, f"天{mark}地", takes(1), HALF_CELLS)
for mark, ids in {"-": "gb-5.1.6-width", "·": "gb-5.1.7-width", "・": "gb-5.1.7-width", "‧": "gb-5.1.7-width", "/": "gb-5.1.9-width"}.items():
    shows(f"width-halves {ids}", mark, f"天{mark}地", takes(0.5), EM_CELLS)
for mark in "—～":
    shows("gb-5.1.6-width", mark, f"天{mark}地", takes(1), HALF_CELLS)


def _longer_than_one(s: Setting) -> bool:
    line, one = s.cell("—").along, s.cell("一").along
    return line[1] - line[0] > one[1] - one[0]


for role in ROLES:
    shows("gb-5.1.6-line", f"— beside 一, {role}", "天—地一", _longer_than_one, SHORT_LINES if role != "kai" else None, axes=[LEVEL], role=role)

for marks, ems in {"！！": 1, "？？": 1, "？！": 1, "！？": 1}.items():
    shows("width-stacks gb-5.1.2-stacks", marks, f"天{marks}地", takes(ems), NO_STACKS, axes=[LEVEL])
    shows("width-stacks", marks, f"天{marks}地", takes(ems), UNTURNED, axes=[DOWN])
for marks in ("！！！", "？？？", "？！！"):
    shows("width-stacks gb-5.1.2-stacks", marks, f"天{marks}地", takes(2), NO_STACKS, axes=[LEVEL])
    shows("width-stacks", marks, f"天{marks}地", takes(2), UNTURNED, axes=[DOWN])
for mark in "‼⁇⁈⁉":
    shows("width-precomposed", mark, f"天{mark}地", takes(1), HALF_CELLS)

for mark in "，、；。．！？" + OPENING + CLOSING:
    axes = [LEVEL] if mark in RIGID else BOTH
    shows("blank-side", mark, f"天{mark}地", both(takes(0.5), inside(mark)), SWAPPED_SIDES, axes=axes, spare=-0.5)
shows("blank-side", "：", "天：地", both(takes(0.5), inside("：")), SWAPPED_SIDES, axes=[LEVEL], spare=-0.5, rules=TypeRules(squeezes_colon=True))
for mark in RIGID:
    shows("rigid-vertical", f"{mark} in a squeezed line", f"天{mark}地", takes(1), LEVEL_BLANKS, spare=-0.4, axes=[DOWN], rules=TypeRules(squeezes_colon=True))
    shows("rigid-vertical", f"{mark} before a bracket", f"天{mark}”地", takes(2), LEVEL_BLANKS, axes=[DOWN])
    shows("rigid-vertical", f"{mark} at line end", HAN * 9 + mark + HAN * 8, lambda s: len(s.lines[0].cells) == 10 and near(s.lines[0].cells[-1].start, 9), LEVEL_BLANKS, axes=[DOWN], ems=10)

shows("quotes-by-script", "in Latin", "天the “best” one地", lambda s: s.cell("“").end - s.cell("“").start < 0.7 and s.start("b") - s.start("“") < 0.7, QUOTES_OF_HAN)
shows("quotes-by-script", "in Chinese", "天“the best”地", marks_take(天t=1), QUOTES_OF_LATIN)


# ---- line start and line end -------------------------------------------------------------------------------------



def begins(clauses: str, marks: Iterable[str], kinsoku: Kinsoku, off: Kinsoku, fails: str = "", gb: str = "") -> None:
    """Ten Han, then the mark just beyond the measure."""
    for mark in marks:
        copy = HAN * 10 + mark + HAN * 8
        shows(clauses, mark, copy, never_first(mark), but(kinsoku=off), rules=TypeRules(kinsoku=kinsoku), fails=fails)
        if gb:
            shows(f"{gb} gb-5.2.6", f"{mark} begins no line", copy, never_first(mark), NO_KINSOKU, fails=fails)


def ends(clauses: str, marks: Iterable[str], ems: float, kinsoku: Kinsoku, off: Kinsoku, fails: str = "", gb: str = "") -> None:
    """Nine Han, then the mark as the last that the measure holds."""
    for mark in marks:
        copy = HAN * 9 + mark + HAN * 9
        shows(clauses, mark, copy, never_last(mark), but(kinsoku=off), rules=TypeRules(kinsoku=kinsoku), ems=ems, fails=fails)
        if gb:
            shows(f"{gb} gb-5.2.6", f"{mark} ends no line", copy, never_last(mark), NO_KINSOKU, ems=ems, fails=fails)


begins("start-points", "，、；：。", Kinsoku.BASIC, Kinsoku.NONE, gb="gb-5.1.1-start")
begins("start-points", "．‼⁇⁈⁉", Kinsoku.BASIC, Kinsoku.NONE)
begins("start-points", "！？", Kinsoku.BASIC, Kinsoku.NONE, gb="gb-5.1.2-start")
begins("start-closing", CLOSING, Kinsoku.BASIC, Kinsoku.NONE, gb="gb-5.1.3-start")
begins("start-connectors", "～〜–—-", Kinsoku.BASIC, Kinsoku.NONE, gb="gb-5.1.6-start")
begins("start-interpuncts", "·・‧", Kinsoku.BASIC, Kinsoku.NONE, gb="gb-5.1.7-start")
begins("start-solidi", "/", Kinsoku.BASIC, Kinsoku.NONE, gb="gb-5.1.9-edges")
begins("start-solidi", "／", Kinsoku.BASIC, Kinsoku.NONE)
ends("end-opening", OPENING, 10, Kinsoku.BASIC, Kinsoku.NONE, gb="gb-5.1.3-end")
ends("end-solidi", "/", 9.5, Kinsoku.GB, Kinsoku.BASIC, gb="gb-5.1.9-edges")
ends("end-solidi", "／", 10, Kinsoku.GB, Kinsoku.BASIC)
begins("start-dashes", ("——", "⸺"), Kinsoku.STRICT, Kinsoku.GB)
begins("start-ellipses", ("……", "⋯⋯"), Kinsoku.STRICT, Kinsoku.GB)
for mark in "，）/":
    shows("kinsoku-none", f"{mark} begins a line", HAN * 10 + mark + HAN * 8, lambda s, mark=mark: s.texts[1].startswith(mark), but(kinsoku=Kinsoku.BASIC), rules=TypeRules(kinsoku=Kinsoku.NONE))
shows("kinsoku-none", "（ ends a line", HAN * 9 + "（" + HAN * 8, lambda s: s.texts[0].endswith("（"), but(kinsoku=Kinsoku.BASIC), rules=TypeRules(kinsoku=Kinsoku.NONE))

PAIRED = "天地玄黄：“宇宙洪荒”日月盈昃辰宿列张寒来"
shows("widths-first", "a pair and a line end", PAIRED, both(line_is(0, "天地玄黄：“宇宙洪荒”"), flush), FULL_MARKS)


def _on_one_line(s: Setting) -> bool:
    return len(s.lines) == 1


AT_TEN, AT_TWENTY = "天地玄黄，宇宙洪荒日。月盈昃辰宿列张寒", "天地玄黄，" + HAN * 15 + "。" + HAN * 9
shows("squeeze-in", "a stop, ten ems", AT_TEN, line_is(0, "天地玄黄，宇宙洪荒日。"), STIFF)
shows("squeeze-in", "a stop, twenty ems", AT_TWENTY, line_is(0, "天地玄黄，" + HAN * 15 + "。"), STIFF, ems=20)
shows("squeeze-in", "ten ems, line by line", AT_TEN, line_is(0, "天地玄黄，宇宙洪荒日。"), STIFF, rules=TypeRules(breaking=Breaking.LINE))
shows("squeeze-in", "twenty ems, line by line", AT_TWENTY, line_is(0, "天地玄黄，" + HAN * 15 + "。"), STIFF, ems=20, rules=TypeRules(breaking=Breaking.LINE))
shows("squeeze-in", "pushed out where nothing gives", HAN * 10 + "。" + HAN * 9, line_is(0, HAN * 9), NO_KINSOKU, rules=TypeRules(breaking=Breaking.LINE))
SHORT_WORD = "天，地" + HAN * 16 + "do" + HAN * 9
shows("reduce-first", "line by line", SHORT_WORD, line_is(0, "天，地" + HAN * 16 + "do"), STIFF, ems=20, rules=TypeRules(breaking=Breaking.LINE))
shows("reduce-first", "by paragraph", SHORT_WORD, line_is(0, "天，地" + HAN * 16 + "do"), but(adjustment=Adjustment.EVEN), ems=20, rules=TypeRules(adjustment=Adjustment.SQUEEZE_FIRST))
shows("reduce-first", "the last line", "天，地，玄黄宇宙洪荒日", _on_one_line, STIFF)
shows("gb-5.1.11", "one character over", "天，地，玄黄宇宙洪荒日", _on_one_line, STIFF)
shows("gb-5.1.11", "a character and a stop over", "天，地“玄”黄宇宙洪。", _on_one_line, STIFF)
shows("rescue", "”』」。", "天地玄”』」。黄宇宙", lambda s: s.texts[1].startswith("」"), NO_RESCUE, ems=4)
shows("rescue", "not where lines stay even", "天地玄黄宇宙洪荒日”』」。黄宇宙", lambda s: not any(text.startswith(("”", "』", "」", "。")) for text in s.texts), NO_KINSOKU, ems=10)


shows("dash-whole gb-5.1.4", "—— at the measure", HAN * 9 + "——" + HAN * 8, whole("——"), TWO_DASHES)
shows("dash-whole", "⸺ at the measure", HAN * 9 + "⸺" + HAN * 8, whole("⸺"), None)
for mark in ("……", "⋯⋯"):
    shows("ellipsis-whole gb-5.1.5", f"{mark} at the measure", HAN * 9 + mark + HAN * 8, whole(mark), may_part("ee"))
for mark in ("——", "……", "⋯⋯"):
    shows("units-part", mark * 2, HAN * 8 + mark * 2 + HAN * 8, lambda s, mark=mark: s.texts[0].endswith(mark) and s.texts[1].startswith(mark), but(kinsoku=Kinsoku.STRICT))
shows("gb-5.1.5-double", "…………", "天…………地", takes(4), attribute(level, "cells_of", lambda region: {"e": 1}))
shows("gb-5.1.5-double", "a paragraph of their own", "天地\n\n…………\n\n玄黄", lambda s: "…………" in s.texts, copied("天地…………玄黄"), is_story=True)

for unit, ems in {"2023": 10, "1.5": 9.3, "12:30": 10, "98.6": 10, "36525": 10}.items():
    shows("number-whole figures-whole", unit, HAN * 8 + unit + HAN * 6, whole(unit), may_part("DD", "DL", "LD"), ems=ems)
for unit in ("12,345", "1,234.5"):
    shows("number-whole figures-grouped", unit, HAN * 7 + unit + HAN * 6, whole(unit), may_part("DD", "DL", "LD"))
IN_GROUPS = HAN * 9 + "12{}345" + HAN * 6
shows("figures-grouped", "hard space", IN_GROUPS.format("\u00a0"), in_one("12", "345"), GROUPS_APART, ems=14, is_story=True)
shows("figures-grouped", "thin white", IN_GROUPS.format("\u2009"), in_one("12", "345"), GROUPS_APART, ems=14, is_story=True)
for sign in "%‰°℃℉":
    shows("number-suffix", sign, HAN * 8 + "12" + sign + HAN * 6, whole("12" + sign), may_part("DS"), ems=9.5)
for sign, ems in {"+": 9.2, "±": 9.2, "＋": 9.6}.items():
    shows("number-sign", sign, HAN * 8 + sign + "12" + HAN * 6, whole(sign + "12"), may_part("LD", "PD"), ems=ems)
shows("number-sign", "-", HAN * 8 + "-12" + HAN * 6, whole("-12"), may_part("yD"), ems=9)
shows("number-sign", "−", HAN * 8 + "\u221212" + HAN * 6, whole("\u221212"), may_part("PD"), ems=9)
for sign in "¥￥$€£":
    shows("number-currency", f"{sign} before", HAN * 8 + sign + "12" + HAN * 6, whole(sign + "12"), may_part("PD"), ems=9.2)
shows("number-currency", "₫ after", HAN * 8 + "12₫" + HAN * 6, whole("12₫"), may_part("DS"), ems=9.5)
for copy, text in ((HAN * 10 + "[1]{.superior}" + HAN * 6, HAN + "1"), (HAN * 9 + "。[12]{.superior}" + HAN * 6, "。12")):
    shows("annotation", text, copy, whole(text), may_part("*u"))
shows("annotation", "no white before it in an opened line", "天地[1]{.superior}玄黄宇", lambda s: near(s.start("1") - s.start("地"), 1), ALL_JOINTS, spare=0.6)


# ---- marks beside each other and at line edges -------------------------------------------------------------------

STARTS, CLOSES = "“（《", "”）》"
PAIRS = [
    *(a + b for a in STARTS for b in STARTS),
    *(a + b for a in CLOSES for b in CLOSES + STARTS + "，、；：。！？"),
    *(a + b for a in "，、；：。！？" for b in STARTS + CLOSES),
]
for pair in PAIRS:
    shows("pair", pair, f"天{pair}地", takes(1.5), NO_PAIRS, axes=[LEVEL] if pair[0] in RIGID and pair[1] in CLOSES else BOTH)
STYLED = "天。”地（玄）”黄"
shows("pair-every-style", "kaiming", STYLED, marks_take(天地=1, 玄黄=1), FULL_MARKS, rules=TypeRules(marks=MarkWidths.KAIMING))
for choice in (MarkWidths.LINE_END, MarkWidths.FULL):
    shows("pair-every-style", choice.value, STYLED, marks_take(天地=1.5, 玄黄=1.5), NO_PAIRS, rules=TypeRules(marks=choice))
for pair in ("”“", "）《", "，“", "：“", "。（"):
    shows("pair-one", pair, f"天{pair}地", takes(1), but(pairs=PairWidth.ONE_AND_A_HALF), axes=[LEVEL] if pair[0] in RIGID else BOTH, rules=TypeRules(pairs=PairWidth.ONE))


def _close(s: Setting) -> bool:
    """The ink of both brackets is near to what they enclose."""
    before = s.start("玄") - s.cell("“").along[1]
    after = s.cell("”").along[0] - s.start("玄") - 1
    return -0.02 <= before < 0.25 and -0.02 <= after < 0.25


shows("pair-side", "，“玄”，", "天，“玄”，地", _close, INK_UNMOVED)
shows("pair-side", "（“玄”）", "天（“玄”）地", _close, INK_UNMOVED)
for run, ems in (("。”（", 2), ("”），", 2), ("（“《", 2), ("。”）", 2), ("：“《", 2), ("！”，", 2), ("》”。", 2), ("”、“", 2)):
    shows("triple", run, f"天{run}地", takes(ems), NO_PAIRS, axes=[LEVEL] if run[0] in RIGID and run[1] in CLOSES else BOTH)

for mark in POINTING + CLOSING:
    shows("line-end-half gb-5.1.10", mark, HAN * 10 + mark + HAN * 10, both(line_is(0, HAN * 10 + mark), starts(*range(11))), FULL_MARKS, ems=10.5, axes=[LEVEL] if mark in RIGID else BOTH)
shows("line-end-half gb-5.1.10", "。”", HAN * 10 + "。”" + HAN * 10, both(line_is(0, HAN * 10 + "。”"), flush), FULL_MARKS, ems=11)
for mark in OPENING:
    shows("line-start-trim", mark, HAN * 10 + mark + HAN * 8, lambda s, mark=mark: s.texts[1].startswith(mark) and near(s.lines[1].cells[1].start, 0.5), FULL_MARKS)
    shows("paragraph-start-trim", mark, mark + HAN * 5, lambda s: near(s.lines[0].cells[1].start, 2.5), FULL_MARKS, indent=2)

MIXED = "天，“地”。玄；黄！宇：宙（洪）、荒"
shows("style-full", "inside a line", MIXED, marks_take(天地=1.5, 地玄=1.5, 玄黄=1, 黄宇=1, 宇宙=1, 宙洪=1, 洪荒=1.5), but(marks=MarkWidths.KAIMING), ems=30, rules=TypeRules(marks=MarkWidths.FULL))
for choice, clause in ((MarkWidths.FULL, "style-full"), (MarkWidths.LINE_END, "style-line-end")):
    shows(clause, "in a line that is too wide", "天，地；玄。黄", marks_take(天地=1, 地玄=1, 玄黄=1), but(marks=MarkWidths.SQUEEZED), spare=-0.8, rules=TypeRules(marks=choice))
shows("style-full", "at line end", HAN * 9 + "，" + HAN * 8, both(line_is(0, HAN * 9 + "，"), lambda s: near(s.lines[0].cells[8].start, 8)), but(marks=MarkWidths.SQUEEZED), ems=10, rules=TypeRules(marks=MarkWidths.FULL))
shows("style-kaiming", "level", MIXED, marks_take(天地=1, 地玄=1.5, 玄黄=0.5, 黄宇=1, 宇宙=0.5, 宙洪=0.5, 洪荒=1), but(marks=MarkWidths.SQUEEZED), ems=30, axes=[LEVEL], rules=TypeRules(marks=MarkWidths.KAIMING))
shows("style-kaiming", "running down", MIXED, marks_take(天地=1, 地玄=1.5, 玄黄=1, 黄宇=1, 宇宙=1, 宙洪=0.5, 洪荒=1), but(marks=MarkWidths.SQUEEZED), ems=30, axes=[DOWN], rules=TypeRules(marks=MarkWidths.KAIMING))
shows("style-line-end", "inside a line", MIXED, marks_take(天地=1.5, 地玄=1.5, 玄黄=1, 宙洪=1, 洪荒=1.5), but(marks=MarkWidths.KAIMING), ems=30, rules=TypeRules(marks=MarkWidths.LINE_END))
shows("style-line-end", "at line end", HAN * 10 + "，" + HAN * 10, both(line_is(0, HAN * 10 + "，"), starts(*range(11))), FULL_MARKS, ems=10.5, rules=TypeRules(marks=MarkWidths.LINE_END))


def _within(s: Setting) -> bool:
    return all(cell.along[1] <= s.measure + 0.02 for cell in s.cells)


for mark in "，。、":
    shows("no-hanging", mark, HAN * 10 + mark + HAN * 8, _within, but(grid=Grid.STRICT))


# ---- Taiwan and Hong Kong ----------------------------------------------------------------------------------------

TAIWAN = TypeRules(region=Region.TAIWAN)
for mark in "，、。：；":
    for role in ("song", "hei"):
        shows("region-glyphs", f"{mark} {role}", f"天{mark}地", centred(mark), MAINLAND, rules=TAIWAN, role=role)
    shows("region-blanks", mark, f"天{mark}地", both(takes(0.5), lambda s, mark=mark: near(s.start(mark), 0.75)), MAINLAND, spare=-0.5, axes=[LEVEL] if mark in RIGID else BOTH, rules=TAIWAN._replace(squeezes_colon=True))
shows("region-glyphs", "， beside a variant", "天，地葛\U000e0100", centred("，"), MAINLAND, rules=TAIWAN, axes=[LEVEL])
for mark in "·・‧":
    shows("region-interpunct", mark, f"天{mark}地", takes(1), MAINLAND, rules=TAIWAN)
    shows("region-blanks", mark, f"天{mark}地", both(takes(0.5), centred(mark)), UNSQUEEZED, spare=-0.5, rules=TAIWAN)
for mark in "！？":
    shows("region-rigid", mark, f"天{mark}地", takes(1), MAINLAND, spare=-0.5, axes=[LEVEL], rules=TAIWAN)
for mark in RIGID:
    shows("region-rigid", mark, f"天{mark}地", takes(1), LEVEL_BLANKS, spare=-0.5, axes=[DOWN], rules=TAIWAN._replace(squeezes_colon=True))
shows("region-hanging", "level", HAN * 10 + "。" + HAN * 8, _within, MAINLAND, axes=[LEVEL], rules=TAIWAN._replace(grid=Grid.STRICT))
shows("region-hanging", "running down", HAN * 10 + "。" + HAN * 8, lambda s: s.texts[0].endswith("。"), FILLED, axes=[DOWN], rules=TAIWAN._replace(grid=Grid.STRICT))


# ---- line adjustment ---------------------------------------------------------------------------------------------

for name, copy, ems in (
    ("opened", HAN * 9 + "“" + HAN * 9, 10),
    ("squeezed", AT_TEN, 10),
    ("a Latin word at its end", HAN * 7 + "Word" + HAN * 9, 10),
    ("a Latin word at the start of the next", HAN * 9 + "Word" + HAN * 9, 10),
    ("figures", "天地2023年玄黄宇宙洪荒日月盈昃辰宿列张", 10),
    ("marks", "天，地“玄”黄：“宇宙。”洪荒日月盈昃辰宿列张", 9),
    ("a word space at its end", "天地ABCD EFGHIJ玄黄宇宙", 8),
):
    shows("flush", name, copy, flush, UNSPREAD if name != "squeezed" else UNSQUEEZED, ems=ems)

STEPS = "天“玄”黄，宇An洪。地"
"""A mark or gap of each step from the fourth to the seventh; what the first of them can give is one em."""

shows("reduce-1", "half, whatever else", "天，地玄“黄”。", lambda s: near(s.measure - s.start("。"), 0.5) and near(s.start("地"), 2), FULL_MARKS, spare=0)


def _spaces(s: Setting) -> list[float]:
    """How wide the two word spaces are."""
    return [s.start("B") - s.start(" "), s.start("C") - s.start(" ", 1)]


def spaces_are(ems: float) -> Predicate:
    return lambda s: all(near(space, ems) for space in _spaces(s))


shows("reduce-2", "equally", "天A B C，地", spaces_are(0.3), GREEDY, spare=-0.1, role="kai")
shows("reduce-2", "to a quarter em", "天A B C，地", spaces_are(0.25), SPACES_GIVE_ALL, spare=-0.4, role="kai")
shows("reduce-2", "before brackets", "天A B C“地”玄", marks_take(地玄=1), BACKWARDS, spare=-0.15, role="kai")
shows("reduce-3", "equally on both sides", "天·地玄", both(takes(0.7), centred("·", 0.02)), BLANKS_AFTER, spare=-0.3, rules=TAIWAN)
shows("reduce-3", "to half an em", "天·地，玄", both(takes(0.5), marks_take(地玄=0.8)), BACKWARDS, spare=-0.7, rules=TAIWAN)
shows("reduce-3", "before brackets", "天·地“玄”黄", marks_take(玄黄=1), BACKWARDS, spare=-0.4, rules=TAIWAN)
shows("reduce-4", "equally", "天“玄”黄（地）", marks_take(天玄=0.9, 玄黄=0.9, 黄地=0.9), GREEDY, spare=-0.3)
shows("reduce-4", "to half an em", "天“玄”黄，地", marks_take(天玄=0.5, 玄黄=0.5, 黄地=0.8), BACKWARDS, spare=-1.2)
shows("reduce-4", "before commas", STEPS, marks_take(天玄=0.6, 玄黄=0.6, 黄宇=1), BACKWARDS, spare=-0.8)
shows("reduce-5", "equally", "天，玄、黄；地", marks_take(天玄=0.8, 玄黄=0.8, 黄地=0.8), GREEDY, spare=-0.6, axes=[LEVEL])
shows("reduce-5", "equally", "天，玄、黄，地", marks_take(天玄=0.8, 玄黄=0.8, 黄地=0.8), GREEDY, spare=-0.6, axes=[DOWN])
shows("reduce-5", "to half an em", "天，玄、黄An宇地", marks_take(天玄=0.5, 玄黄=0.5, 黄A=0.15), only_steps(6, 5), spare=-1.2)
shows("reduce-5", "before gaps", STEPS, marks_take(天玄=0.5, 玄黄=0.5, 黄宇=0.7, 宇A=0.25), BACKWARDS, spare=-1.3)
shows("reduce-6", "equally", "天An地By玄", marks_take(天A=0.2, 地B=0.2), GREEDY, spare=-0.2)
shows("reduce-6", "to an eighth", "天An地By玄。黄", both(marks_take(天A=0.125), marks_take(地B=0.125), marks_take(玄黄=0.8)), GAPS_GIVE_ALL, spare=-0.7)
shows("reduce-6", "before stops", STEPS, marks_take(宇A=0.175, 洪地=1), BACKWARDS, spare=-1.65)
shows("reduce-7", "equally", "天。玄！黄？地", marks_take(天玄=0.8, 玄黄=0.8, 黄地=0.8), GREEDY, spare=-0.6, axes=[LEVEL])
shows("reduce-7", "equally", "天。玄。黄。地", marks_take(天玄=0.8, 玄黄=0.8, 黄地=0.8), GREEDY, spare=-0.6, axes=[DOWN])
shows("reduce-7", "to half an em", "天。玄地", takes(0.5, "天", "玄"), MARKS_GIVE_ALL, spare=-0.6)
shows("reduce-7", "last of all", STEPS, marks_take(天玄=0.5, 玄黄=0.5, 黄宇=0.5, 洪地=0.75, 宇A=0.125), only_steps(7, 6, 5, 4), spare=-2)
shows("reduce-colon", "keeps its em", "天：玄。地", marks_take(天玄=1, 玄地=0.6), but(squeezes_colon=True), spare=-0.4, axes=[LEVEL])
shows("reduce-colon", "gives where the style says so", "天：玄。地", marks_take(天玄=0.6, 玄地=1), but(squeezes_colon=False), spare=-0.4, axes=[LEVEL], rules=TypeRules(squeezes_colon=True))
shows("reduce-colon", "keeps its em", "天：玄。地", marks_take(天玄=1, 玄地=0.6), LEVEL_BLANKS, spare=-0.4, axes=[DOWN], rules=TypeRules(squeezes_colon=True))

shows("expand-1", "equally, before all else", "天A B C地玄黄", both(spaces_are(0.45), marks_take(天A=0.25, 地玄=0)), SPACES_STIFF, spare=0.2, role="kai")
shows("expand-1", "to half an em", "天A B C地玄黄", both(spaces_are(0.5), lambda s: s.white("天", "A") > 0.26), SPACES_GROW_ON, spare=0.36, role="kai")
shows("expand-2", "equally", "天An地By玄黄", marks_take(天A=0.28, 地B=0.28, 玄黄=0), GREEDY, spare=0.12)
shows("expand-2", "before all else", "天An地玄黄", marks_take(天A=0.29, 地玄=0, 玄黄=0), GAPS_STIFF, spare=0.08)
shows("expand-2", "to half an em", "天An地玄黄", marks_take(天A=0.5, 地玄=0), but(widest_gap=333), spare=0.5, rules=TypeRules(widest_gap=500))
shows("expand-2", "to a third where the style says so", "天An地玄黄", both(lambda s: near(s.white("天", "A"), 0.333), lambda s: s.white("地", "玄") > 0.03), but(widest_gap=500), spare=0.4, rules=TypeRules(widest_gap=333))
shows("expand-3", "all joints equally", "天，地玄“黄”宇", both(marks_take(天地=1.2, 地玄=0.1), lambda s: near(s.white("玄", "黄"), 1.2) and near(s.white("黄", "宇"), 1.2)), UNSPREAD, spare=0.7)
shows("expand-limits", "gaps", "天An地玄黄", lambda s: s.white("天", "A") <= 0.503, GAPS_GROW_ON, spare=4)
shows("expand-limits", "word spaces", "天A B地玄黄", lambda s: s.start("B") - s.start(" ") <= 0.503, SPACES_GROW_ON, spare=4, role="kai")
for unit in ("……", "98%", "¥98", "-8", "2023", "！！"):
    axes = [LEVEL] if unit in ("-8", "！！") else BOTH
    shows("expand-units", unit, f"天{unit}地玄黄", lambda s, unit=unit: near(_length(s, unit), _NATURAL[unit], 0.01), ALL_JOINTS, spare=0.9, axes=axes)


def _length(s: Setting, unit: str) -> float:
    """From the origin of the unit's first glyph to that of its last."""
    found = [cell.start for cell in s.lines[0].cells if cell.text and cell.text in unit]
    return found[-1] - found[0]


_NATURAL = {"……": 1, "98%": 1.115, "¥98": 1.107, "-8": 0.42, "2023": 1.673, "！！": 0.5}
for mark in "～—–-/":
    shows("expand-connectors", mark, f"天{mark}地玄黄", takes(0.5 if mark in "-/" else 1), ALL_JOINTS, spare=0.6)


# ---- Han and Latin -----------------------------------------------------------------------------------------------


def _gaps(wide: float) -> Predicate:
    """White on both sides of a Latin run between two Han."""

    def holds(s: Setting) -> bool:
        line = s.lines[0]
        runs = [cell for cell in line.cells if cell.text not in "天地"]
        return near(runs[0].start - s.start("天") - 1, wide) and near(s.start("地") - runs[-1].end, wide)

    return holds


for run in ("A", "Word", "2023", "Wi-Fi"):
    shows("gap", run, f"天{run}地", _gaps(0.25), but(gap=0), axes=BOTH if len(run) > 1 else [LEVEL])
shows("gap", "a narrower one", "天Word地", _gaps(0.125), but(gap=250), rules=TypeRules(gap=125))
shows("gap-edges", "before a word that begins a line", HAN * 9 + "Word" + HAN * 9, both(flush, lambda s: near(s.lines[1].cells[0].start, 0)), GAPS_KEPT)
shows("gap-edges", "after a word that ends one", HAN * 7 + "Word" + HAN * 9, flush, GAPS_KEPT)
shows("gap-edges", "after figures that end one", HAN * 7 + "2023" + HAN * 9, flush, GAPS_KEPT, ems=9.3)


def _no_white(s: Setting) -> bool:
    """Latin stands as near to marks as Han would: its own advance, and the em of the mark."""
    line = s.lines[0].cells
    marks = set(POINTING + OPENING + CLOSING)
    return all(near(b.start - a.end, 0) for a, b in pairwise(line) if {a.text, b.text} & marks and not {a.text, b.text} & set("天地"))


for copy in ("天，Word，地", "天。2023。地", "天“Word”地", "天（2023）地", "天：Word；地"):
    shows("gap-marks", copy[1:-1], copy, _no_white, GAPS_AT_MARKS)


def _steps(s: Setting, characters: str) -> set[float]:
    cells = [cell for cell in s.cells if cell.text in characters]
    return {round(b.start - a.start, 2) for a, b in pairwise(cells)}


shows("latin-proportional", "letters", "天mimi地", lambda s: len(_steps(s, "mi")) > 1 and max(_steps(s, "mi")) > 2 * min(_steps(s, "mi")), HALF_EM_LETTERS)
for digits, width in ((Digits.HALF, 0.5), (Digits.FULL, 1)):
    shows("latin-proportional", f"figures, {digits.value}", "天2023地", lambda s, width=width: all(near(step, width, 0.01) for step in _steps(s, "023")), but(digits=Digits.PROPORTIONAL), rules=TypeRules(digits=digits))


def _natural_run(s: Setting) -> bool:
    """The glyphs of a Latin run stand where their advances lead, but for kerning."""
    line = next(line.cells for line in s.lines if any(cell.text.isascii() for cell in line.cells))
    run = [cell for cell in line if cell.text.isascii()]
    return len(run) > 1 and all(near(b.start, a.end, 0.08) for a, b in pairwise(run))


for word in ("number", "2023", "Wi-Fi"):
    shows("latin-inside", word, f"天{word}地玄黄", _natural_run, ALL_JOINTS, spare=2)
shows("latin-inside", "a word that fills its line", HAN * 7 + "hyphenation" + HAN * 7, _natural_run, WORDS_OPEN, ems=7.2, rules=TypeRules(hyphenates=False))
shows("word-whole", "Word", HAN * 8 + "Word" + HAN * 8, whole("Word"), may_part("LL"), rules=TypeRules(hyphenates=False))
shows("word-whole", "OpenType", HAN * 6 + "OpenType" + HAN * 8, whole("OpenType"), may_part("LL"))
HYPHENATED = HAN * 5 + "hyphenation" + HAN * 9


def _hyphen_ends(s: Setting) -> bool:
    last = s.lines[0].cells[-1]
    return s.texts[0].endswith("hyphen\xad") and near(last.end, s.measure)


shows("word-hyphen", "hyphen-ation", HYPHENATED, _hyphen_ends, but(hyphenates=False))

GRID = TypeRules(grid=Grid.STRICT)


def _on_grid(s: Setting) -> bool:
    return all(near(cell.start, round(cell.start)) for cell in s.cells if cell.text in HAN + TEXT)


def _white_in_grid(s: Setting) -> bool:
    """White of up to half an em on both sides of a Latin run."""
    run = [cell for cell in s.lines[0].cells if cell.text.isascii()]
    before, after = run[0].start - s.start("地") - 1, s.start("玄") - run[-1].end
    return 0 < before <= 0.503 and near(before, after)


shows("grid-han", "marks", "天，“地玄”。黄宇宙" + HAN * 12, _on_grid, FILLED, rules=GRID)
shows("grid-han", "a mark at line end", HAN * 9 + "“" + HAN * 9, _on_grid, FILLED, rules=GRID)
shows("grid-latin", "a word", "天地OpenType玄黄宇宙洪荒日月盈昃", both(_on_grid, _white_in_grid), FILLED, rules=GRID)
shows("grid-latin", "figures", "天地2023玄黄宇宙洪荒日月盈昃", both(_on_grid, _white_in_grid), FILLED, rules=GRID)
for mark in "，、。":
    shows("grid-hanging", mark, HAN * 10 + mark + HAN * 8, both(line_is(0, HAN * 10 + mark), lambda s: near(s.lines[0].cells[-1].start, 10)), FILLED, rules=GRID)


shows("hanging-one", "。”", HAN * 10 + "。”" + HAN * 8, lambda s: len([c for c in s.cells if c.start >= s.measure]) <= 1 and not s.texts[0].endswith("。”"), ALL_HANG, rules=GRID)


# ---- running down ------------------------------------------------------------------------------------------------

for unit in ("A", "5"):
    shows("vertical-single", unit, f"天{unit}地", stands(unit, Way.UPRIGHT), ALL_TURNED)
for unit in ("GDP", "NBA"):
    shows("vertical-acronym", unit, f"天{unit}地", stands(unit, Way.UPRIGHT), ACRONYMS_TURNED)
for unit in ("Word", "Wi-Fi", "2023", "36525", "the best one"):
    ids = "vertical-turned figures-turned" if unit.isdigit() else "vertical-turned"
    shows(ids, unit, f"天{unit}地", stands(unit.replace(" ", ""), Way.TURNED), UNTURNED)
for unit in ("5", "12", "365"):
    shows("figures-turned", unit, f"天{unit}地", stands(unit, Way.TURNED), but(standing_figures=StandingFigures.LEVEL), rules=TypeRules(standing_figures=StandingFigures.TURNED))


def _beside(unit: str) -> Predicate:
    """Level, in one em, one beside the other."""

    def holds(s: Setting) -> bool:
        cells = [cell for cell in s.cells if cell.text in unit]
        inks = [cell.ink for cell in cells]
        start, end = s.start("天") + 1, s.start("地")
        is_level = all(cell.way is Way.LEVEL for cell in cells)
        is_inside = min(ink.left for ink in inks) >= start and max(ink.right for ink in inks) <= end
        return is_level and is_inside and max(ink.top for ink in inks) <= 0.52 and min(ink.bottom for ink in inks) >= -0.52

    return holds


for unit in ("12", "31", "365"):
    shows("vertical-level", unit, f"天{unit}地", _beside(unit), UNTURNED)
for unit in ("3.0", "A+", "2B"):
    shows("vertical-level", f"{unit}, marked", f"天[{unit}]{{.level}}地", _beside(unit), copied(f"天{unit}地"))
shows("vertical-latin-quotes", "the “best” one", "天the “best” one地", stands("“”", Way.TURNED), QUOTES_OF_HAN)


# ---- figures -----------------------------------------------------------------------------------------------------

HALVES = TypeRules(digits=Digits.HALF)
shows("figures-half", "four", "天2023地", lambda s: all(near(b.start - a.start, 0.5) for a, b in pairwise([c for c in s.cells if c.text.isdigit()])) and near(s.white("天", "地"), 2.5), but(digits=Digits.PROPORTIONAL), rules=HALVES)
shows("figures-half", "beside each other", "天1111地", marks_take(天地=2.5), but(digits=Digits.PROPORTIONAL), rules=HALVES)


# ---- between the lines -------------------------------------------------------------------------------------------

EM_TOP, EM_FOOT = 0.88, -0.12


def _dots(s: Setting) -> list[Stroke]:
    return [stroke for stroke in s.strokes if not stroke.stroke]


def _lines(s: Setting) -> list[Stroke]:
    return [stroke for stroke in s.strokes if stroke.stroke and not stroke.is_closed]


def _dots_aside(s: Setting) -> bool:
    return bool(_dots(s)) and all(dot.box.top < EM_FOOT if is_level(s) else dot.box.bottom > 0.5 for dot in _dots(s))


def _lines_aside(s: Setting) -> bool:
    return bool(_lines(s)) and all(line.box.top < EM_FOOT if is_level(s) else line.box.top < -0.5 for line in _lines(s))


def dots_at(text: str) -> Predicate:
    """A dot at the middle of each character, and no other."""

    def holds(s: Setting) -> bool:
        middles = [(dot.box.left + dot.box.right) / 2 for dot in _dots(s)]
        return len(middles) == len(text) and all(near(a, s.start(b) + 0.5, 0.02) for a, b in zip(middles, text, strict=True))

    return holds


def lined(*texts: str) -> Predicate:
    """A line for each text, in one piece, from its begin to its end but for a little."""

    def holds(s: Setting) -> bool:
        spans = [(s.start(text[0]), s.start(text[-1]) + 1) for text in texts]
        boxes = [line.box for line in _lines(s)]
        return len(boxes) == len(spans) and all(
            start - 0.02 <= box.left < start + 0.15 and end - 0.15 < box.right <= end + 0.02
            for box, (start, end) in zip(boxes, spans, strict=True)
        )

    return holds


def framed(text: str) -> Predicate:
    """A stroked frame close round the em frames of a text."""

    def holds(s: Setting) -> bool:
        (frame,) = s.strokes
        near_edge, far_edge = (EM_FOOT, EM_TOP) if is_level(s) else (-0.5, 0.5)
        wanted = (s.start(text[0]), near_edge, s.start(text[-1]) + 1, far_edge)
        outside = (a - b for a, b in zip(frame.box, wanted, strict=True))
        left, bottom, right, top = outside
        return frame.is_closed and frame.stroke > 0 and all(0 < gap < 0.15 for gap in (-left, -bottom, right, top))

    return holds


for marks in ("dots", "dots .name", "dots .book"):
    shows("dots-side gb-5.1.8 gb-5.2.5", marks, f"天[地玄]{{.{marks}}}黄", _dots_aside, overlay("_DOT_AWAY", -1300))
    shows("dots-centred", marks, f"天[地玄]{{.{marks}}}黄", dots_at("地玄"), drawn_off(Over.DOTS))
    shows("dots-centred", f"{marks}, opened", f"天[地玄]{{.{marks}}}黄", dots_at("地玄"), drawn_off(Over.DOTS), spare=1)
for kind in ("name", "book"):
    ids = "gb-5.1.8 gb-5.2.5" if kind == "name" else "gb-5.2.4"
    shows(f"lines-side {ids}", kind, f"天[地玄]{{.{kind}}}黄", _lines_aside, overlay("_LINE_AWAY", -1300))
    shows("lines-length", kind, f"天[地玄]{{.{kind}}}黄", lined("地玄"), overlay("_LINE_INSET", 400))
    shows("lines-length", f"{kind}, spaced", f"天[地玄]{{.{kind} spaced=1/2}}黄", lined("地玄"), overlay("_LINE_INSET", 400))
    shows("lines-length", f"{kind}, opened", f"天[地玄]{{.{kind}}}黄", lined("地玄"), WHITE_TAKEN_IN, spare=1)
    shows("lines-apart", kind, f"天[地玄]{{.{kind}}}[黄宇]{{.{kind}}}宙", both(lined("地玄", "黄宇"), lambda s: _lines(s)[1].box.left - _lines(s)[0].box.right > 0.09), overlay("_LINE_INSET", 0))


def _dots_below_line(s: Setting) -> bool:
    return max(dot.box.top for dot in _dots(s)) < min(line.box.bottom for line in _lines(s))


shows("line-then-dot", "book", "天[地玄]{.dots .book}黄", _dots_below_line, attribute(overlays, "_is_lined", lambda *_: False))
shows("line-then-dot", "name", "天[地玄]{.dots .name}黄", _dots_below_line, overlay("_DOT_AWAY", -60))
for kind in ("name", "book"):
    shows("double-sided", kind, f"天[地玄]{{.dots .{kind}}}黄", both(_dots_aside, _lines_aside), overlay("_DOT_AWAY", -1300))
shows("frame", "two characters", "天[地玄]{.framed}黄", framed("地玄"), overlay("_FRAME_AWAY", -100))
shows("frame", "evenly set in three ems", "天[地玄]{.framed fit=3}黄", framed("地玄"), overlay("_FRAME_AWAY", -100))
shows("frame", "opened", "天[地玄]{.framed}黄", framed("地玄"), WHITE_TAKEN_IN, spare=1)


# ---- readings ----------------------------------------------------------------------------------------------------


def _reading(s: Setting) -> list[Cell]:
    return [cell for cell in s.cells if cell.size <= 0.55]


def _above(s: Setting) -> bool:
    return bool(_reading(s)) and all(cell.ink.bottom > (EM_TOP if is_level(s) else 0.5) - 0.02 for cell in _reading(s))


def read_over(*pairs: tuple[str, str]) -> Predicate:
    """Each reading set solid, its middle at that of its characters."""

    def holds(s: Setting) -> bool:
        cells, found = _reading(s), []
        for text, reading in pairs:
            own, cells = cells[: len(reading)], cells[len(reading) :]
            middle = (s.start(text[0]) + s.start(text[-1]) + 1) / 2
            is_solid = all(near(b.start, a.end, 0.03) for a, b in pairwise(own))
            is_its = "".join(cell.text for cell in own) == reading
            found.append(is_its and is_solid and near((own[0].start + own[-1].end) / 2, middle, 0.02))
        return all(found) and not cells

    return holds


UNREAD = drawn_off(Over.RUBY)
HAN_ZI = '天[汉字]{ruby="hàn zì"}地'
shows("pinyin-above", "two syllables", HAN_ZI, _above, UNREAD)
shows("pinyin-centred", "two syllables", HAN_ZI, read_over(("汉", "hàn"), ("字", "zì")), UNREAD)
shows("pinyin-centred", "wider than their characters", '天[双庄]{ruby="shuāng zhuāng"}地', read_over(("双", "shuāng"), ("庄", "zhuāng")), UNREAD)
shows("pinyin-centred", "a word", '天[东海]{ruby="Donghai"}地', read_over(("东海", "Donghai")), UNREAD)
shows("pinyin-centred", "in an opened line", HAN_ZI, read_over(("汉", "hàn"), ("字", "zì")), WHITE_TAKEN_IN, spare=1)
shows("pinyin-han", "a comma between them", '天[汉，字]{ruby="hàn zì"}地', read_over(("汉", "hàn"), ("字", "zì")), attribute(ruby, "count_han", lambda text: text == "，"))


def _white_between(s: Setting) -> float:
    return _reading(s)[6].start - _reading(s)[5].end


shows("pinyin-apart", "shuāng zhuāng", '天[双庄]{ruby="shuāng zhuāng"}地', lambda s: _white_between(s) >= 0.25 * _reading(s)[0].size, attribute(ruby, "_APART", 80))

ZHUYIN = {"ㄏㄢˋ": "two signs and a tone", "ㄇㄚ": "two signs", "ㄉㄨㄥˇ": "three signs and a tone", "ㄧˊ": "one sign and a tone"}
TONES = "ˊˇˋ˙"
UNTOLD = drawn_off(Over.ZHUYIN)


def _signs(s: Setting) -> list[Cell]:
    return [cell for cell in _reading(s) if cell.text not in TONES]


def _down(cell: Cell, s: Setting) -> float:
    """Where the upper edge of a sign's em lies, counted down the page."""
    top = EM_TOP * cell.size
    return -cell.across - top if is_level(s) else cell.start - top


def _beside_character(s: Setting) -> bool:
    signs = _signs(s)
    is_right = all(cell.start >= s.start("汉") + 1 if is_level(s) else cell.across >= 0.5 for cell in signs)
    return is_right and all(near(_down(b, s) - _down(a, s), a.size, 0.01) for a, b in pairwise(signs))


def _at_middle(s: Setting) -> bool:
    signs = _signs(s)
    middle = (_down(signs[0], s) + _down(signs[-1], s) + signs[-1].size) / 2
    return near(middle, -MIDDLE if is_level(s) else s.start("汉") + 0.5, 0.02)


def _has_room(s: Setting) -> bool:
    return near(s.white("汉", "地"), 0.5) and all(cell.along[1] <= s.start("地") for cell in _reading(s))


def _tone_is_right(s: Setting) -> bool:
    tone, sign = _reading(s)[-1], _signs(s)[-1]
    return tone.along[0] > sign.along[1] if is_level(s) else tone.ink.bottom > sign.ink.top


def _tone_is_half_above(s: Setting) -> bool:
    return near(_down(_signs(s)[-1], s) - _down(_reading(s)[-1], s), 0.15, 0.01)


def _neutral_is_first(s: Setting) -> bool:
    tone, sign = _reading(s)[0], _signs(s)[0]
    return tone.text == "˙" and (tone.ink.bottom > sign.ink.top if is_level(s) else tone.along[1] < sign.along[0])


def _neutral_is_flat(s: Setting) -> bool:
    """Two signs of three tenths and a fifteenth stand at the middle of the character, the fifteenth first."""
    middle = -MIDDLE if is_level(s) else s.start("汉") + 0.5
    return near(_down(_signs(s)[0], s), middle - 0.3 + 1 / 30, 0.01)


def _is_with_its_character(s: Setting) -> bool:
    is_beside = all(cell.start >= s.start("汉") + 1 and cell.along[1] <= s.measure for cell in _reading(s))
    return is_beside and all("ㄏ" in text for text in s.texts if "汉" in text)


for syllable, name in ZHUYIN.items():
    copy = f'天[汉]{{ruby="{syllable}"}}地'
    shows("zhuyin-side", name, copy, _beside_character, UNTOLD)
    shows("zhuyin-size", name, copy, lambda s: all(near(cell.size, 0.3, 0.001) for cell in _reading(s)), attribute(ruby, "ZHUYIN_SIZE", 400))
    shows("zhuyin-room", name, copy, _has_room, attribute(ruby, "_widen", lambda *_: None))
    shows("zhuyin-centred", name, copy, _at_middle, UNTOLD)
    if syllable[-1] in TONES:
        shows("zhuyin-tone", f"{name}, at the right", copy, _tone_is_right, attribute(overlays, "is_tone", lambda sign: False))
        shows("zhuyin-tone", f"{name}, half above", copy, _tone_is_half_above, attribute(overlays, "is_tone", lambda sign: False))
NEUTRAL = '天[汉]{ruby="˙ㄇㄚ"}地'
shows("zhuyin-neutral", "before the signs", NEUTRAL, _neutral_is_first, attribute(overlays, "_NEUTRAL_PART", -3))
shows("zhuyin-neutral", "a fifteenth", NEUTRAL, _neutral_is_flat, attribute(overlays, "_NEUTRAL_PART", 6))
shows("zhuyin-whole", "at line end", HAN * 9 + '[汉]{ruby="ㄏㄢˋ"}' + HAN * 5, _is_with_its_character, attribute(ruby, "_widen", lambda *_: None))


# ---- forms and faces ---------------------------------------------------------------------------------------------

shows("variants", "礼 with U+FE00", "天礼\ufe00地礼玄", lambda s: s.cells[1].code != s.cells[3].code, attribute(Face, "variant", lambda face, character, selector: face.glyphs[character]))
shows("variants", "at line end", HAN * 10 + "礼\ufe00" + HAN * 5, lambda s: s.texts[1].startswith("礼\ufe00") and s.cell("礼\ufe00").start == 0, copied(HAN * 9 + "礼\ufe00" + HAN * 5))
shows("fallback", "· of a brush", "今·州", lambda s: all(cell.code for cell in s.cells) and s.cell("·").face != s.cell("今").face, attribute(Faces, "serving", lambda faces, role, character: None), role="brush")


# ---- pages -------------------------------------------------------------------------------------------------------

LONG = TEXT * 3
SERIF, SANS, KAI = "NotoSerifSC", "NotoSansSC", "LXGWWenKai"


def _faces_of(text: str, face: str) -> Predicate:
    return lambda page: all(page.glyph(character).face.startswith(face) for character in text)


def _head_at(place: float) -> Predicate:
    """The white beside the head's one character is shared: 0 stands for left, 1 for right."""

    def holds(page: BuiltPage) -> bool:
        glyph = page.glyph("匀")
        return near((glyph.x - page.legs.left) / (page.width - glyph.end + glyph.x), place, 0.01)

    return holds


def _head(align: str) -> str:
    return f"{{level: 5, direction: level, align: {align}}}"


for align, place, other in (("centre", 0.5, "left"), ("left", 0, "right"), ("right", 1, "centre")):
    shows_page("single-line", align, LONG, _head_at(place), lambda on, other=other: on._replace(head=_head(other)), head=_head(align))


MARKED = "天地**玄黄**宇宙*洪荒*日月\n\n## 小标题\n\n" + LONG
shows_page("faces-song", "body", MARKED, _faces_of("天地宇宙", SERIF), body_role(Emphasis.NONE, "hei"))
shows_page("faces-hei", "strong", MARKED, _faces_of("玄黄", SANS), body_role(Emphasis.STRONG, "song"))
shows_page("faces-hei", "subhead", MARKED, _faces_of("小标题", SANS), SONG_SUBHEADS)
shows_page("faces-kai", "quotation", f"> 洪荒\n\n{LONG}", lambda page: page.rows[0].cells[0].face.startswith(KAI), body_role(Emphasis.KAI, "song"))
shows_page("faces-kai", "emphasis", MARKED, _faces_of("洪荒", KAI), body_role(Emphasis.KAI, "song"))


def _text_rows(page: BuiltPage) -> list[Row]:
    """The rows without subheads."""
    return [row for row in page.rows if row.cells[0].face.startswith(SERIF)]


def _every_row(page: BuiltPage) -> bool:
    """The rows of each leg follow each other on the grid, without one left out."""
    steps = [b.place - a.place for a, b in pairwise(_text_rows(page)) if a.leg == b.leg]
    return bool(steps) and all(near(step, 1, 0.01) for step in steps)


def _right_to_left(page: BuiltPage) -> bool:
    """Each line stands at the left of the one before it."""
    steps = [b.place - a.place for a, b in pairwise(page.rows) if a.leg == b.leg]
    return bool(steps) and all(step > 0.9 for step in steps)


SET_APART, BACK = poured(lambda number: number), poured(lambda number: -2 * number)
shows_page("vertical-order", "two tiers", LONG, _right_to_left, BACK, axes=[DOWN], legs=2)
shows_page("no-paragraph-gap", "three paragraphs", f"{TEXT}\n\n{TEXT}\n\n{TEXT}", _every_row, SET_APART, axes=BOTH, legs=1)
BESIDE = f"{TEXT}[天地]{{.dots .book}}[玄黄]{{.name}}{TEXT}"
shows_page("gap-constant", "dots and lines", BESIDE, _every_row, SET_APART, axes=BOTH, leading="70%", legs=1)
shows_page("gap-constant", "readings", f'{TEXT}[汉字]{{ruby="hàn zì"}}{TEXT}', _every_row, SET_APART, axes=BOTH, leading="70%", legs=1)


def _only_lines(page: BuiltPage) -> bool:
    """The name line stands there, and no dot."""
    return bool(page.paths) and not any(path.is_closed for path in page.paths)


NEWSPAPERS_ROOM = built_with(type="{}")


def _is_refused(page: BuiltPage) -> bool:
    return "interlinear-too-tight" in page.told and not page.paths


shows_page("gap-room", "dots, two fifths", f"[天地]{{.dots}}{LONG}", lambda page: not page.paths, NO_LEAST_GAP, axes=BOTH)
for kind in ("name", "book"):
    lines = f"[天地]{{.{kind}}}{LONG}"
    shows_page("gap-room", f"{kind} lines, two fifths: refused", lines, _is_refused, NEWSPAPERS_ROOM, axes=BOTH, type="{interlinear: half}", refusal="interlinear-too-tight")
shows_page(
    "gap-room", "both sides, half an em", f"[天地]{{.dots .name}}{LONG}", _only_lines, NO_LEAST_GAP, axes=[DOWN], leading="51%"
)


def _rows_on_grid(page: BuiltPage) -> bool:
    return all(near(row.place, round(row.place), 0.01) for row in _text_rows(page))


def _has_text_below_subheads(page: BuiltPage) -> bool:
    """After a subhead comes a line of text in the same leg."""
    after = [b.leg == a.leg for a, b in pairwise(page.rows) if a.cells[0].face.startswith(SANS)]
    return bool(after) and all(after)


SUBHEAD = f"{LONG}\n\n## 小标题\n\n{LONG}"
AT_FOOT = "\n\n".join([*[TEXT[:6]] * 3, "## 小标题", *[TEXT[:6]] * 8])
shows_page("head-lines", "head and subhead", SUBHEAD, _rows_on_grid, poured(lambda number: number / 2), axes=BOTH)
shows_page("head-alone", "at the foot of a leg", AT_FOOT, _has_text_below_subheads, ALONE_AT_FOOT)
AT_TIERS_FOOT = "\n\n".join([*[TEXT[:4]] * 21, "## 小标题", *[TEXT[:4]] * 15])
shows_page("head-alone", "at the foot of a tier", AT_TIERS_FOOT, _has_text_below_subheads, ALONE_AT_FOOT, axes=[DOWN], legs=2)


def _legs_are_level(page: BuiltPage) -> bool:
    counts = [sum(row.leg == leg for row in page.rows) for leg in range(page.legs.count)]
    return sorted(counts, reverse=True) == counts and counts[0] - counts[-1] <= 1 and min(counts) > 0


for count in (21, 22, 23):
    shows_page("legs-level", f"{count} lines", TEXT[:10] * count, _legs_are_level, UNBALANCED)


def _measures_whole(page: BuiltPage) -> bool:
    """Full lines of Han are so many ems long."""
    most = max(len(row.cells) for row in page.rows)
    ends = [row.cells[-1].end for row in page.rows if len(row.cells) >= most - 1 and row.cells[0].start < 0.6]
    return bool(ends) and all(near(end, round(end), 0.01) for end in ends)


for ems, columns in ((10, 3), (13, 3), (20, 2)):
    shows_page("measure", f"{columns} legs of {ems} ems", LONG * 2, _measures_whole, HALF_EM_WIDER, ems=ems, columns=columns, legs=columns)
for legs in (1, 2):
    shows_page("measure", f"tiers: {legs}", LONG * 4, _measures_whole, HALF_EM_WIDER, axes=[DOWN], legs=legs)


def _no_widow(page: BuiltPage) -> bool:
    """No leg but the first begins with the last line of a paragraph; here all but last lines have ten characters."""
    firsts = [next(row for row in page.rows if row.leg == leg) for leg in range(1, 1 + page.rows[-1].leg)]
    return bool(firsts) and all(len(row.cells) >= 8 for row in firsts)


TEN = TEXT[:10] * 9
FIVE_LINES, SIX_LINES = (f"{TEN[:at]}\n\n{TEN[:at]}\n\n{TEN[:28]}" for at in (42, 52))
THREE_LINES, FOUR_LINES = TEN[:45], TEN[:64]
shows_page("widow", "paragraphs of five lines", FIVE_LINES, _no_widow, WITH_WIDOWS)
TIERS = "\n\n".join([THREE_LINES, *[FOUR_LINES] * 6])
TIERS_CUT = "\n\n".join([THREE_LINES, *[FOUR_LINES] * 4, FOUR_LINES[:-6], FOUR_LINES])
shows_page("widow", "told where no paragraph can give a line", SIX_LINES, lambda page: "widow" in page.told, WITHOUT_TABOOS)
shows_page("widow", "told at the head of a tier", TIERS, lambda page: "widow" in page.told, WITHOUT_TABOOS, axes=[DOWN], legs=2, height=520)
shows_page("widow", "cut as told", TIERS_CUT, _no_widow, built_with(story=TIERS), axes=[DOWN], legs=2, height=520)
DATE = re.compile("2026年1月1日.*星期四.*农历乙巳年(冬|十一)月十三")
shows_page("figures-dates", "date bar", LONG, lambda page: DATE.search(page.text), attribute(furniture_words, "date_in_words", lambda date: "二〇二六年一月一日"))

# fmt: on
# ---- the tests ---------------------------------------------------------------------------------------------------

CASE_PARAMETERS = [case.parameter for case in CASES]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Thing], Setting | BuiltPage]:
    """What the file of a specimen shows; all specimens share a file, each page has its own."""
    things = [thing for case in CASES for thing in (case.on, case.off)]
    settings = read_specimens(thing for thing in things if isinstance(thing, Specimen))

    def read(thing: Thing) -> Setting | BuiltPage:
        if not isinstance(thing, Specimen):
            return read_built(thing, tmp_path_factory.mktemp("page"))
        found = settings[thing]
        if isinstance(found, Exception):
            raise found
        return found

    return read


@pytest.mark.parametrize("case", CASE_PARAMETERS)
def test_the_file_shows_the_clause(case, finished):
    shown = finished(case.on)
    if not case.holds(shown):
        pytest.fail(f"the file shows {shown.texts}", pytrace=False)
    if case.off is not None and case.holds(finished(case.off)):
        pytest.fail(f"without its rule the file shows the same: {finished(case.off).texts}", pytrace=False)


def test_every_clause_that_bears_is_tested():
    tested = {(clause, case.direction) for case in CASES for clause in case.clauses}
    wanted = {(clause.id, direction) for clause in read_clauses() for direction in clause.directions}

    assert wanted == tested


@pytest.mark.parametrize("axis", BOTH)
def test_the_reader_sees_ink_where_pdfium_sees_it(axis):
    file = print_specimen(Specimen("天，地“玄”Word黄12年——（八）……3.0。", ems=40, axis=axis))
    glyphs, _ = read_ink(PdfReader(io.BytesIO(file)).pages[0])
    with pypdfium2.PdfDocument(file) as document:
        text = document[0].get_textpage()
        boxes = [text.get_charbox(place) for place in range(text.count_chars())]

    for glyph in glyphs:
        assert min(max(abs(a - b) for a, b in zip(box, glyph.ink, strict=True)) for box in boxes) < 0.25, glyph.text


MET, FAILED = Shown("id", "level", "a", True, True, ""), Shown("id", "level", "b", True, False, "reason")


@pytest.mark.parametrize(
    ("shown", "state"),
    [
        ([], State.UNTESTED),
        ([MET], State.MET),
        ([MET, MET._replace(has_control=False)], State.MET),
        ([MET._replace(has_control=False)], State.PARTLY),
        ([MET, FAILED], State.PARTLY),
        ([FAILED], State.NOT_MET),
    ],
)
def test_the_state_of_a_clause(shown, state):
    assert state is state_of(shown)


def test_a_row_says_what_shows_it_and_what_is_missing():
    clause = Clause("id", "CLREQ #id", "Does it.", "both")
    table = conformance_table([clause], [MET, FAILED, MET._replace(direction="vertical")])

    assert "| id | CLREQ #id | Does it. | partly | met | a; b | reason |" in table
    assert "| all | 0 of 1 | 1 of 1 |" in table


def test_the_table_is_that_of_this_run(request):
    shown = recorder_of(request.config).shown
    if len(shown) < sum(len(case.clauses) for case in CASES):
        pytest.skip("only a part of this file was run, which makes no table")
    made = conformance_table(read_clauses(), shown)
    if request.config.getoption(OPTION):
        assert not os.environ.get("CI"), "the table is not written anew in CI"
        TABLE.write_text(made, encoding="utf-8")

    assert TABLE.read_text(encoding="utf-8").splitlines() == made.splitlines(), HOW_TO
