"""Every finding's words, in Chinese and in English: one row a code, with what to do next.

`{name}` stands for a value of the finding. Codes are stable: they are what tools and tests rely on.
"""

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple


class Severity(Enum):
    """How bad a finding is: an error means that the copy needs work before it is printed."""

    ERROR = "error"
    WARNING = "warning"


class Phrase(NamedTuple):
    """Words that stand in a message, in both languages."""

    zh: str
    en: str


def one_of_phrase(names: Iterable[str]) -> Phrase:
    """Return the words for a choice."""
    listed = list(names)
    return Phrase("、".join(listed) + " 之一", "one of " + ", ".join(listed))


def shortened(text: str, longest: int) -> str:
    """Return a text with an ellipsis in place of what is beyond `longest` characters."""
    return text if len(text) <= longest else text[:longest] + "…"


class Message(NamedTuple):
    """The words of a finding."""

    severity: Severity
    zh: str
    zh_hint: str
    en: str
    en_hint: str


_E, _W = Severity.ERROR, Severity.WARNING

MESSAGES: dict[str, Message] = {
    "unreadable": Message(
        _E,
        "无法读取“{path}”：{reason}",
        "检查文件名和权限",
        'cannot read "{path}": {reason}',
        "check the name and the permissions",
    ),
    "encoding": Message(
        _E,
        "“{path}”既不是 UTF-8 也不是 GB 18030 文本",
        "用 UTF-8 另存此文件",
        '"{path}" is neither UTF-8 nor GB 18030 text',
        "save the file as UTF-8",
    ),
    "yaml": Message(
        _E,
        "YAML 有误：{reason}",
        "看看此处的缩进、引号和冒号后的空格",
        "broken YAML: {reason}",
        "look at the indentation, the quotes and the space after the colon here",
    ),
    "wrong-value": Message(
        _E,
        "此处应为{wanted}，而不是“{got}”",
        "按提示改写此值；README 有示例",
        'expected {wanted}, not "{got}"',
        "write the value as described; README has an example",
    ),
    "unknown-key": Message(_E, "没有“{key}”这个键", "是不是想写：{near}", 'unknown key "{key}"', "did you mean: {near}"),
    "missing-key": Message(_E, "缺少“{key}”", "补上 {key}: …", '"{key}" is missing', "add {key}: …"),
    "key-twice": Message(_E, "“{key}”写了两次", "删去其中一个", '"{key}" is given twice', "remove one of the two"),
    "outside-roots": Message(
        _E,
        "“{path}”不在本期的文件夹内",
        "把文件放进本期的文件夹，或在报纸文件的 roots 中列出它所在的文件夹",
        '"{path}" lies outside the issue\'s folder',
        "move the file into the issue's folder, or list its folder under roots in the paper's file",
    ),
    "missing-file": Message(_E, "没有“{path}”这个文件", "检查文件名", 'there is no file "{path}"', "check the name"),
    "missing-folder": Message(
        _E, "没有“{path}”这个文件夹", "检查 roots 里的名字", 'there is no folder "{path}"', "check the name under roots"
    ),
    "no-picture": Message(
        _E,
        "“{path}”不是完整可用的 PNG、JPEG、TIFF 或 WebP 图片，或大得无法处理",
        "用其中一种格式重新导出此图片，像素在四千万以内",
        '"{path}" is no whole PNG, JPEG, TIFF or WebP picture that can be set, or is too large',
        "export the picture again in one of these formats, with 40 million pixels at most",
    ),
    "several-pictures": Message(
        _W,
        "“{path}”里有 {count} 幅图，只排第一幅",
        "把要用的一幅单独存成文件",
        '"{path}" holds {count} pictures; the first one is set',
        "save the one that is meant in a file of its own",
    ),
    "picture-profile": Message(
        _W,
        "“{path}”内嵌的颜色特性文件用不上，按 sRGB（CMYK 图按本报的油墨）处理",
        "在修图软件里重新嵌入特性文件，另存此图",
        'the colour profile in "{path}" does not serve; its colours are taken for sRGB, or for the inks of the paper',
        "embed the profile again in the program that made the picture",
    ),
    "no-profile": Message(
        _E,
        "“{path}”不是完整的 ICC 特性文件",
        "向印厂重新索取，或删去 profile，用自带的新闻纸特性文件",
        '"{path}" is no whole ICC profile',
        "ask the printer for it again, or leave profile out to use the bundled one for newsprint",
    ),
    "no-press-profile": Message(
        _E,
        "“{path}”不是印刷机的 CMYK 特性文件",
        "写印厂给的 CMYK 输出特性文件（prtr），不要写 RGB 或灰度的",
        '"{path}" is no CMYK profile of a press',
        "name the CMYK output profile (prtr) that the printer gave, not one for RGB or grey",
    ),
    "no-front-matter": Message(
        _E,
        "“{path}”开头没有 YAML 头",
        "文件第一行写 ---，写上 headline: …，再写一行 ---",
        '"{path}" does not begin with front matter',
        "begin the file with a line ---, then headline: …, then a line ---",
    ),
    "type-area": Message(
        _E,
        "版心 {width:g} × {height:g} 毫米放不进成品尺寸，或字宽只有 {em:.2f} 毫米",
        "版心要小于成品尺寸，字宽至少 1.5 毫米：放宽版心，或减少栏数、每栏字数",
        "the type area of {width:g} x {height:g} mm does not fit the trimmed page, or its em of {em:.2f} mm is too small",
        "keep the type area inside the page and the em at 1.5 mm or more: widen it, or take fewer columns or ems",
    ),
    "no-pages": Message(
        _E, "本期没有版面", "在 pages 下写出第一个版", "the issue has no pages", "describe the first page under pages"
    ),
    "label-twice": Message(
        _E, "版次“{label}”用了两次", "每版用各自的版次", 'page label "{label}" is used twice', "give each page its own label"
    ),
    "sketch-width": Message(
        _E,
        "版样这一行有 {got} 栏，本报是 {wanted} 栏",
        "每个基本栏写一个字母，共 {wanted} 个",
        "this row of the sketch has {got} columns, the page has {wanted}",
        "write one letter for each of the {wanted} base columns",
    ),
    "rows-count": Message(
        _E,
        "rows 有 {got} 项，版样有 {wanted} 行",
        "版样每行对应一项：行数或 auto",
        "rows has {got} entries, the sketch has {wanted} rows",
        "give each row of the sketch a number of lines or auto",
    ),
    "rows-sum": Message(
        _E,
        "{page}版的 {bands} 带写定了 {got} 行，版心是 {lines} 行",
        "改行数，或把一带写成 auto；每带至少 1 行",
        "the {bands} bands of page {page} are pinned to {got} lines, the type area has {lines}",
        "change the numbers, or make one band auto; each band takes a line at least",
    ),
    "legs-too-narrow": Message(
        _E,
        "{area} 区分不成 {wanted} 栏，每栏至少 {least} 字，最多 {most} 栏",
        "columns 写 {most} 或更少",
        "area {area} is too narrow for {wanted} legs of {least} ems or more: {most} at most",
        "write columns: {most} or fewer",
    ),
    "tiers-too-short": Message(
        _E,
        "{area} 区只有 {depth} 行，分不成 {wanted} 档，每档至少 {least} 字，最多 {most} 档",
        "columns 写 {most} 或更少，或给 {area} 区再加几行",
        "area {area} is too shallow with {depth} lines for {wanted} tiers of {least} ems or more: {most} at most",
        "write columns: {most} or fewer, or give area {area} more lines",
    ),
    "head-too-broad": Message(
        _E,
        "竖题“{text}”占满了 {area} 区的宽度，排不下一行正文",
        "把标题改短、降级，或写 head: {{direction: level}}",
        'the vertical head "{text}" leaves area {area} no room for a line of text',
        "shorten the head, lower its level, or write head: {{direction: level}}",
    ),
    "no-face": Message(
        _E,
        "“{path}”不是能排此类文字的字体文件",
        "换一个完整的 TrueType 或 OpenType 字体",
        '"{path}" is no font file that can set the text of its role',
        "name a whole TrueType or OpenType font",
    ),
    "embedding-rights": Message(
        _E,
        "“{path}”的许可不准嵌入或裁剪字体",
        "换一款准许嵌入的字体，或向字体厂商取得许可",
        '"{path}" may not be embedded or subset by its licence',
        "name another font, or get one with embedding rights from its maker",
    ),
    "jump-nowhere": Message(
        _E,
        "第 {page} 版的稿件“{story}”转到第 {other} 版，没有这一版",
        "jump 写本期的一个版次：{labels}",
        'page {page}: story "{story}" jumps to page {other}, which this issue does not have',
        "write the label of one of its pages: {labels}",
    ),
    "jump-to-itself": Message(
        _E,
        "第 {page} 版的稿件“{story}”转到本版",
        "jump 写另一版的版次",
        'page {page}: story "{story}" jumps to its own page',
        "write the label of another page",
    ),
    "jump-unanswered": Message(
        _E,
        "第 {page} 版的稿件“{story}”转到第 {other} 版，那一版没有接着排的区",
        "在第 {other} 版的 areas 里写一个 rest: {file} 的区",
        'page {page}: story "{story}" jumps to page {other}, where no area takes it up',
        "give page {other} an area with rest: {file}",
    ),
    "jump-circle": Message(
        _E,
        "稿件“{story}”从第 {page} 版转到第 {other} 版，又有稿件从那里转回第 {page} 版",
        "让转版都朝一个方向",
        'story "{story}" jumps from page {page} to page {other}, and another jump leads back to page {page}',
        "let jumps go one way only",
    ),
    "jump-needless": Message(
        _E,
        "第 {page} 版的区排得下整篇稿件“{story}”，没有要转到第 {other} 版的文字",
        "去掉 jump 和第 {other} 版的 rest 区，或把这个区改浅",
        'page {page}: the area holds all of story "{story}", and nothing is left for page {other}',
        "leave out jump and the rest area of page {other}, or make this area shallower",
    ),
    "jump-needs-legs": Message(
        _E,
        "{letter} 区的稿件要转版，须横排在整齐的栏里，标题排在文上或文旁",
        "去掉 jump，或去掉 place、remainder、direction: vertical，让区成矩形",
        "area {letter}: a story that jumps runs level, in legs of one measure in a rectangle, its head over or beside it",
        "leave out jump, or place, remainder and direction: vertical",
    ),
    "inset-off-legs": Message(
        _E,
        "{area} 区只有 {legs} 栏，插图要排到第 {leg} 栏",
        "改 leg 和 legs，或把 columns 写多",
        "area {area} has {legs} legs: a picture in its text asks for leg {leg}",
        "change leg and legs, or write more columns",
    ),
    "inset-too-broad": Message(
        _W,
        "{area} 区的栏宽 {room} 字，插图宽 {ems} 字，旁边排不下文字",
        "ems 写 {most} 或更少，或去掉 ems，让插图占满一栏",
        "area {area}: a picture of {ems} ems leaves no room for text beside it in a leg of {room}",
        "write {most} ems or fewer, or leave ems out, so that the picture takes all of its leg",
    ),
    "insets-overlap": Message(
        _E,
        "{area} 区的插图压住了标题或另一幅插图",
        "改 leg 或 at，把它们错开",
        "area {area}: a picture in the text lies over the head or another picture",
        "change leg or at, so that they stand apart",
    ),
    "inset-too-deep": Message(
        _E,
        "{area} 区的插图比正文深 {lines} 行",
        "少占几栏，写 depth 裁去一些，或把区加深",
        "area {area}: a picture in the text is {lines} lines deeper than the text",
        "let it take fewer legs, crop it by depth, or make the area deeper",
    ),
    "spread-not-left": Message(
        _E,
        "第 {page} 版是通版，却从右边的版开始",
        "通版从双数版开始，前面加一版或减一版",
        "page {page} is a spread, but begins on a right-hand page",
        "let a spread begin on an even page: add or take away a page before it",
    ),
    "legs-over-fold": Message(
        _E,
        "{area} 区跨过中缝，只排一栏，文字会断在折缝上",
        "columns 写 2 或更多，或让这一区停在中缝一边",
        "area {area} reaches over the fold with one leg: its lines would run across the fold",
        "write columns: 2 or more, or keep the area on one side of the fold",
    ),
    "rest-unannounced": Message(
        _E,
        "第 {page} 版接排稿件“{story}”，没有哪一版转到这里",
        "在这篇稿件所在的区写 jump: “{page}”",
        'page {page} takes up story "{story}", but none jumps there',
        'write jump: "{page}" in the area where that story begins',
    ),
    "rest-twice": Message(
        _E,
        "第 {page} 版把稿件“{story}”接排了两次",
        "只留一个 rest 区",
        'page {page} takes up story "{story}" twice',
        "keep one of the two areas",
    ),
    "cells-apart": Message(
        _E,
        "版样中“{letter}”的格子不相连",
        "让同一字母的格子边挨着边，连成一片",
        'the cells of "{letter}" lie apart',
        "let all cells of a letter touch side to side",
    ),
    "no-rectangle": Message(
        _E,
        "版样中的“{letter}”不成矩形",
        "让它的格子连成一个矩形；只有横排、不加花边底纹的稿件能排成别的形状",
        'the cells of "{letter}" form no rectangle',
        "let them form one; only a level story without border and tint may have another shape",
    ),
    "head-needs-legs": Message(
        _W,
        "{area} 区只有 {legs} 栏，标题不能排在文中的“{place}”处，改排在文上",
        "columns 写 {least} 或更多，或去掉 place",
        'area {area} has {legs} legs: its head cannot stand at "{place}" within the text and was set over it',
        "write columns: {least} or more, or leave place out",
    ),
    "letter-without-area": Message(
        _E,
        "版样中的“{letter}”在 areas 里没有内容",
        "在 areas 下写 {letter}: …，或把它改成“.”",
        'the sketch\'s "{letter}" has no area',
        "add {letter}: … under areas, or draw a dot in its place",
    ),
    "area-not-drawn": Message(
        _E,
        "areas 里的“{letter}”不在版样中",
        "在版样中画出 {letter}，或删去此项",
        'area "{letter}" does not stand in the sketch',
        "draw {letter} in the sketch, or remove the area",
    ),
    "story-twice": Message(
        _E,
        "稿件“{path}”已在第 {line} 行用过",
        "每篇稿件只排一次",
        'story "{path}" was already placed in line {line}',
        "place each story once",
    ),
    "markup": Message(
        _E,
        "稿件里不能用 Markdown 的 {markup}",
        "改成段落、## 小标题、> 引文、- 列项、**黑体** 或 *楷体*；作文字用时在前面加反斜杠",
        "Markdown's {markup} cannot be set in a story",
        "use paragraphs, ## subheads, > quotations, - items, **strong** and *emphasis*; write a backslash before other signs",
    ),
    "stray-mark": Message(
        _E,
        "“{mark}”会原样印出来",
        "强调号要成对，不要紧贴标点：把句末标点移到强调号之外，方括号也在外，如 [**文字**]{{.dots}}；小标题在 ## 后空一格",
        '"{mark}" has no partner and would be printed',
        "pair the signs and let none touch a mark: move it outside, and brackets, too, as in [**text**]{{.dots}}; "
        "leave a space after ##",
    ),
    "no-table": Message(
        _E,
        "此处的竖线不成表格",
        "每行写成 | 甲 | 乙 |，表头下一行写 | --- | --- |，栏数与表头相同；表格前后各空一行",
        "the bars here make no table",
        "write each row as | a | b |, and below the heads a row | --- | --- | of as many columns, "
        "with an empty line before and after",
    ),
    "no-container": Message(
        _E,
        "“::: {got}”不成引语，会原样印出来",
        "写成三行：::: pull、要突出的话、:::，各占一行，前后各空一行",
        '"::: {got}" makes no pull quote and would be printed',
        "write ::: pull, the words, and ::: on lines of their own, with an empty line before and after",
    ),
    "open-container": Message(
        _E,
        "引语没有结束，后面的文字全算在里面",
        "在引语的下一行写 :::",
        "the pull quote is not closed and takes in all the text that follows",
        "write ::: on the line below its words",
    ),
    "piece-too-deep": Message(
        _E,
        "“{text}”这一块连同须挨着的行深 {lines} 行，栏里只有 {room} 行",
        "把引语改短，或把表格这一行的文字改短、栏改宽，或给 {area} 区加行",
        '"{text}" takes {lines} lines in one piece, with those that must stand beside it; a leg has {room}',
        "shorten the pull quote or the cells of this row, make the legs wider, or give area {area} more lines",
    ),
    "uneven-row": Message(
        _E,
        "表格这一行有 {got} 格，表头有 {wanted} 格（这样的行共 {count} 行）",
        "补齐或删去格子，空格子也要写竖线或逗号；表格后空一行再接正文",
        "this row of the table has {got} cells, its heads are {wanted} ({count} such rows)",
        "write as many cells in each row, empty ones too, and leave an empty line between the table and text",
    ),
    "empty-table": Message(
        _E,
        "表格没有内容",
        "在表头下写出各行，或删去此表",
        "the table has no rows with text",
        "write its rows below the heads, or remove it",
    ),
    "not-one-table": Message(
        _E,
        "此处应只有一张表格",
        "table: 里只写一张表，文字写在 title、note 里；表格与文字并用时，写成稿件",
        "one table must stand here, and nothing else",
        "write one table alone; words go to title and note, and a table among text into a story",
    ),
    "csv": Message(
        _E,
        "CSV 有误：{reason}",
        "含逗号、引号的格子要用半角双引号括起来，引号本身写两遍",
        "broken CSV: {reason}",
        "put cells with commas or quotes between double quotes, and double the quotes in them",
    ),
    "table-too-wide": Message(
        _E,
        "{columns} 栏的表格至少要 {needed} 字宽，这里只有 {given} 字；最宽的是第 {widest} 栏",
        "删去或改短栏目，拆成两张表，或给它更宽的区",
        "a table of {columns} columns needs {needed} ems at least and has {given}; column {widest} is the widest",
        "remove or shorten columns, part the table in two, or give it a wider area",
    ),
    "level-only": Message(
        _E,
        "竖排的稿件里不能排表格和引语",
        "把它移到另一区，或改为横排",
        "a story that runs down the page cannot have tables or pull quotes",
        "give it an area of its own, or set the story level",
    ),
    "unknown-mark": Message(
        _E,
        "没有“{mark}”这个标记",
        "是不是想写：{near}；作文字用的花括号前加反斜杠",
        'there is no mark "{mark}"',
        "did you mean: {near}; put a backslash before a brace meant as text",
    ),
    "broken-mark": Message(
        _E,
        "“{mark}”不成标记，会原样印出来",
        "写成 [文字]{{.dots}}：方括号成对，紧接花括号，写在一行内；作文字用的花括号前加反斜杠",
        '"{mark}" makes no mark and would be printed',
        "write [text]{{.dots}}: paired brackets, then at once braces on one line; put a backslash before a brace meant as text",
    ),
    "empty-mark": Message(
        _E,
        "标记缺了文字或名称",
        "方括号里写文字，花括号里写标记，如 [重点]{{.dots}}；不要标记就删去括号",
        "a mark lacks its text or its name",
        "write text in the brackets and a mark in the braces, such as [text]{{.dots}}, or remove both",
    ),
    "divided-mark": Message(
        _E,
        "{mark} 只能标一段完整的文字，这里的文字又被别的标记分开",
        "把别的标记移到外面，如 [[李明]{{fit=3}}]{{.dots}}，或分别标记",
        "{mark} marks one piece of text, and other marks divide it here",
        "put the other marks outside, as in [[李明]{{fit=3}}]{{.dots}}, or mark each part by itself",
    ),
    "mark-twice": Message(
        _E,
        "“{mark}”与前一个标记重复或冲突",
        "留下其中一个",
        '"{mark}" repeats or contradicts a mark before it',
        "keep one of the two",
    ),
    "ruby-count": Message(
        _E,
        "注音有 {got} 个音节，文字有 {wanted} 个汉字",
        "一字一个音节，用空格分开，或只写一个音节",
        "the reading has {got} syllables, the text {wanted} Han letters",
        "write one syllable for each Han letter, parted by spaces, or one for all",
    ),
    "halfwidth-mark": Message(
        _W,
        "汉字旁有 {count} 个半角标点，第一个是“{mark}”",
        "改成全角；稿件文件的正文可用 check --fix 自动改，拿不准的留给人改",
        '{count} western marks stand beside Han, the first is "{mark}"',
        "write them full-width; check --fix does it in the text of story files where only one mark can be meant",
    ),
    "invisible-character": Message(
        _W,
        "看不见的字符 {points}（本行 {count} 个），已略去",
        "删去它；稿件文件的正文可用 check --fix 自动删",
        "invisible {points}, left out of what is set ({count} in this line)",
        "remove them; check --fix does it in the text of story files",
    ),
    "control-character": Message(
        _E,
        "控制字符 {points}（本行 {count} 个）",
        "删去它，或换成所要的字；多由别的程序带入",
        "control character {points} ({count} in this line)",
        "remove them, or write what was meant; other programs leave them behind",
    ),
    "damaged-character": Message(
        _E,
        "转换时丢失的字 {points}（本行 {count} 个）",
        "对照原稿补上所缺的字，另存为 UTF-8",
        "{points} stands for a character that was lost in conversion ({count} in this line)",
        "write what the original has, and save the file as UTF-8",
    ),
    "right-to-left": Message(
        _E,
        "“{text}”从右向左书写，不能排",
        "改用拉丁字母或汉字转写，或做成图片",
        '"{text}" runs from right to left and cannot be set',
        "write it in Latin letters or Han, or set it as a picture",
    ),
    "halfwidth-kana": Message(
        _W,
        "“{text}”是半角假名，按原样排",
        "改成全角假名",
        '"{text}" is half-width kana, set as it is',
        "write it in full-width kana",
    ),
    "combining-mark": Message(
        _E,
        "附加符号（{points}）前面没有能带它的字母",
        "删去它；给汉字注音、加点或画线，用 [汉]{{ruby=hàn}} 之类的标记",
        "the combining mark {points} has no letter before it that can carry it",
        "remove it; for readings, dots and lines on Han use marks such as [汉]{{ruby=hàn}}",
    ),
    "emoji-sequence": Message(
        _E,
        "由几个字符拼成的表情“{text}”（{points}）不能排",
        "删去它，或改用文字",
        'the emoji "{text}" is made of several characters ({points}) and cannot be set',
        "remove it, or say it in words",
    ),
    "missing-glyph": Message(
        _E,
        "没有一款字体有“{character}”（{point}）",
        "换一个字，或在报纸文件的 fonts 中指定有此字的字体",
        'no face has the character "{character}" ({point})',
        "use another character, or name a face that has it under fonts in the paper's file",
    ),
    "fallback-face": Message(
        _W,
        "指定的字体没有“{character}”（{point}），改用 {server} 排",
        "认可这个字的字形，或在报纸文件的 fonts 中换一款有此字的字体",
        'the face has no "{character}" ({point}); it is set from {server}',
        "accept its shape, or name a face that has it under fonts in the paper's file",
    ),
    "head-too-wide": Message(
        _E,
        "“{text}”在 {area} 区排不下，缩到正文大小也超出 {points} 点",
        "改短，或在题中换行分成几行",
        '"{text}" does not fit the width of area {area}: it is {points} points too wide at body size',
        "shorten it, or mark where it may be broken with a line end",
    ),
    "furniture-too-wide": Message(
        _E,
        "{page}版的{name}排不下，缩到最小也超出版心",
        "删短这些文字，或把版心放宽",
        "the {name} of page {page} does not fit the type area even at its smallest",
        "shorten its words, or give the page a wider type area",
    ),
    "uneven-legs": Message(
        _W,
        "{page}版 {area} 区：稿件“{story}”各栏不齐，落在栏末的小标题、表格或引语被推到下一栏",
        "添减几行文字，或移动小标题、表格、引语",
        'page {page}: the legs of story "{story}" in area {area} end apart: what must stay together went to the next leg',
        "add or cut a line or two, or move the subhead or table",
    ),
    "dots-too-tight": Message(
        _W,
        "行距只有 {leading}%，放不下着重号，“{text}”改排黑体",
        "着重号要 {least}% 以上的行距；不想要黑体就去掉 .dots",
        'a leading of {leading}% has no room for dots: "{text}" is set in 黑 instead',
        "dots want a leading of {least}% or more; remove .dots if 黑 is not wanted",
    ),
    "interlinear-too-tight": Message(
        _E,
        "行距只有 {leading}%，“{text}”旁的线或注音会碰到邻行",
        "把报纸的 leading 放宽到 {least}% 以上，或去掉这个标记",
        'a leading of {leading}% is too tight for the line or reading beside "{text}"',
        "give the paper a leading of {least}% or more, or remove the mark",
    ),
    "ellipses-in-text": Message(
        _W,
        "“{text}”连用两个省略号，没有单独占一行",
        "两个省略号占四个字，要自成一段（GB/T 15834 5.1.5）；只省略几个字就用一个",
        'two ellipses in a row, "{text}", stand in running text',
        "two ellipses take a line of their own (GB/T 15834 5.1.5): make them a paragraph, or write one ellipsis",
    ),
    "loose-line": Message(
        _W,
        "“{text}”一行太松，字距超过四分之一字",
        "改动前后几个字，让不能拆的词、数字或括号换个地方",
        'the line "{text}" is set loose: more than a quarter em at each joint',
        "change a word nearby, so that what cannot be broken falls elsewhere",
    ),
    "word-cut": Message(
        _W,
        "“{text}”比一行还长，行尾只好从中间断开",
        "把这个词或数字改短，或给稿件更宽的栏",
        '"{text}" is wider than its line and had to be cut at the line\'s end',
        "shorten the word or number, or give the story wider legs",
    ),
    "area-too-shallow": Message(
        _E,
        "{page}版 {area} 区只有 {depth} 行，至少要 {least} 行",
        "给 {area} 区再加 {more} 行，或把标题改短、降级",
        "area {area} of page {page} has {depth} lines and needs {least} at least",
        "give area {area} {more} lines more, or shorten the head or lower its level",
    ),
    "margin-too-small": Message(
        _E,
        "{page}版的{name}超出成品尺寸 {points} 点",
        "把版心改矮，或把成品尺寸改高",
        "the {name} of page {page} lies {points} points outside the trimmed page",
        "make the type area lower or the trimmed page higher",
    ),
    "head-reduced": Message(
        _W,
        "“{text}”在 {area} 区由 {wanted} 点缩到 {got} 点，和低一级的标题一样小",
        "改短，或在题中换行分成几行，或改低 level",
        '"{text}" in area {area} is set at {got} points in place of {wanted}, as small as a head of the next level',
        "shorten it, mark where it may be broken, or lower its level",
    ),
    "dateline-alone": Message(
        _E,
        "稿件有电头，没有可接电头的正文",
        "写正文，或删去 dateline",
        "the story has a dateline but no paragraph for it to begin",
        "write a paragraph, or remove the dateline",
    ),
    "tint-too-dark": Message(
        _E,
        "正文的底纹 {tint:g}% 太深，最多 {most:g}%",
        "把 tint 改为 {most:g}% 或更浅；新闻纸上一般用 10%",
        "a tint of {tint:g}% is too dark under body text: {most:g}% at most",
        "make the tint {most:g}% or lighter; 10% is usual on newsprint",
    ),
    "unclear-ground": Message(
        _E,
        "标题的底 {ground:g}% 不深不浅，黑字白字都看不清",
        "黑字用 {pale:g}% 或更浅，反白字用 {dark:g}% 或更深，或写 black",
        "a ground of {ground:g}% is too dark for black type and too pale for white type",
        "make it {pale:g}% or paler for black type, {dark:g}% or darker for white type, or black",
    ),
    "headline-not-level": Message(
        _E,
        "几篇稿子共用的标题只能横排在它们上面",
        "删去 direction 和 place，或写成其中一篇的竖题",
        "a head over several stories stands level above them",
        "remove direction and place, or give one of the stories a vertical head",
    ),
    "fine-reversed-type": Message(
        _W,
        "“{text}”反白排 {size} 点的 {face}，笔画细，印在新闻纸上会糊掉；至少要 {least} 点",
        "放大字号，或换 hei-heavy、song-heavy，或用浅底黑字",
        '"{text}" is white on a ground in {size} points of {face}, whose strokes fill in on newsprint: {least} points at least',
        "set it larger, in hei-heavy or song-heavy, or in black on a pale ground",
    ),
    "paper-outside": Message(
        _E,
        "报纸文件“{path}”不在本期的文件夹内",
        "把报纸文件放在本期的文件夹里",
        "the paper's file \"{path}\" lies outside the issue's folder",
        "keep the paper's file in the folder of its issues",
    ),
    "overset": Message(
        _E,
        "{page}版 {area} 区：稿件“{story}”溢 {characters} 字（{lines} 行）",
        "删 {characters} 字，或给 {area} 区再加 {more} 行{remedy}",
        'page {page}: story "{story}" is {characters} characters ({lines} lines) too long for area {area}',
        "cut {characters} characters, or give area {area} {more} lines more{remedy}",
    ),
    "too-many-paragraphs": Message(
        _E,
        "{page}版 {area} 区：稿件“{story}”竖排至少要 {lines} 行，区内只有 {most} 行，{characters} 字排不下",
        "{area} 区再深也不够：合并段落，或给它更多的栏，或把 columns（档数）写多",
        'page {page}: story "{story}" has {lines} vertical lines at least, area {area} {most}: {characters} characters over',
        "no depth of area {area} is enough: join paragraphs, or give it more columns of the page, or more tiers with columns",
    ),
    "areas-too-deep": Message(
        _E,
        "{page}版：{areas} 上下相加至少 {needed} 行，{beside}只有 {given} 行，多 {over} 行",
        "从这几区里一共删去 {over} 行，或把其中一区放宽几栏",
        "page {page}: {areas} one above the other need {needed} lines, {beside} has {given}: {over} too many",
        "cut {over} lines from these areas together, or make one of them wider",
    ),
    "areas-too-shallow": Message(
        _W,
        "{page}版：{areas} 上下相加至多 {given} 行，版心有 {needed} 行，少 {over} 行",
        "给这几区一共添 {over} 行，或把其中一区改窄几栏",
        "page {page}: {areas} one above the other fill {given} lines at most, the type area has {needed}: {over} too few",
        "add {over} lines to these areas together, or make one of them narrower",
    ),
    "underset": Message(
        _W,
        "{page}版 {area} 区：稿件“{story}”欠约 {characters} 字（{lines} 行）",
        "添约 {characters} 字，或让 {area} 区少 {less} 行",
        'page {page}: story "{story}" is about {characters} characters ({lines} lines) too short for area {area}',
        "add about {characters} characters, or make area {area} {less} lines shallower",
    ),
    "picture-too-deep": Message(
        _E,
        "{area} 区的图片高出 {lines} 行",
        "把图裁浅（depth: 18-26 写明行数的范围），或给 {area} 区再加 {lines} 行",
        "the picture is {lines} lines too deep for area {area}",
        "crop the picture, with depth: 18-26 for a range of lines, or give area {area} {lines} lines more",
    ),
    "picture-coarse": Message(
        _W,
        "“{path}”印出来每英寸只有 {ppi} 个像素，报纸至少要 {least} 个",
        "换更大的原图，或把图排小",
        '"{path}" has {ppi} pixels an inch on paper; newsprint wants {least}',
        "use a larger original, or set the picture smaller",
    ),
    "no-pictures": Message(
        _E, "组图里没有图片", "在 pictures 下每图写一行 - picture: …", "the group has no pictures", "list them: - picture: …"
    ),
    "pictures-too-narrow": Message(
        _E,
        "{area} 区排不下并列的 {wanted} 图，每图至少 {least} 字宽，最多并列 {most} 图",
        "across 写 {most} 或更少，或给 {area} 区更多的栏",
        "area {area} is too narrow for {wanted} pictures of {least} ems or more side by side: {most} at most",
        "write across: {most} or fewer, or give area {area} more columns",
    ),
    "no-room-beside": Message(
        _W,
        "{area} 区只有一栏，图片说明排在图下",
        "给 {area} 区两栏以上，或删去 caption-at: beside",
        "area {area} has one column, so the caption stands below its picture",
        "give area {area} two columns or more, or remove caption-at: beside",
    ),
    "index-too-long": Message(
        _E,
        "{area} 区的导读多出 {lines} 行",
        "删去一条，或给 {area} 区再加 {lines} 行",
        "the index is {lines} lines too long for area {area}",
        "remove an entry, or give area {area} {lines} lines more",
    ),
    "story-not-placed": Message(
        _E,
        "导读里的稿件“{path}”没有排在本期",
        "把它排进一个版，或从导读里删去",
        'the index names the story "{path}", which stands on no page of this issue',
        "give it an area on a page, or remove it from the index",
    ),
    "index-empty": Message(
        _E,
        "导读里没有内容：后面各版都没有稿件",
        "在 index 下列出标题，或删去导读",
        "the index has nothing to list: no page that follows has a story",
        "list headlines under index, or remove the index",
    ),
    "tombstone": Message(
        _W,
        "{page}版 {left} 区与 {right} 区碰题：两题左右并排，{how}",
        "把两题高低错开，中间隔一张图，或把一题改成竖题：head: {{direction: vertical}}",
        "page {page}: the heads of areas {left} and {right} stand side by side, {how}",
        "let one stand lower, put a picture between them, or write head: {{direction: vertical}} for one of them",
    ),
    "stacked-heads": Message(
        _W,
        "{page}版 {above} 区与 {below} 区叠题：一题压在另一题上，中间没有正文",
        "给 {above} 区添正文，或在两题之间放别的稿件、图片",
        "page {page}: the head of area {below} stands right under that of area {above}, with no text between",
        "give area {above} text, or put a story or a picture between the two",
    ),
    "stranded-head": Message(
        _W,
        "{page}版 {area} 区背题：“{text}”下面只有 {lines} 行正文，其余在下一栏",
        "前面添减几行，使题下至少有两行，或改 columns",
        'page {page}, area {area}: "{text}" has {lines} lines of its text below it, the rest is in the next leg',
        "add or cut a few lines before it so that two lines stand below it, or change columns",
    ),
    "narrow-head": Message(
        _W,
        "{page}版 {area} 区题窄于文：正文宽出标题 {ems} 字",
        "让标题盖住全文，或给 {area} 区更多的栏",
        "page {page}, area {area}: the text runs {ems} ems wider than its head",
        "let the head span all of its text, or give area {area} more columns",
    ),
    "widow": Message(
        _W,
        "{page}版 {area} 区第 {leg} 栏以段末一行开头（孤行）：“{text}”",
        "在前面添减几个字，或改 columns",
        'page {page}, area {area}: leg {leg} begins with the last line of a paragraph: "{text}"',
        "add or cut a few characters before it, or change columns",
    ),
    "unclear-run": Message(
        _W,
        "{page}版 {area} 区走文不清：从第 {leg} 栏找不到第 {next} 栏",
        "让各栏挨着，栏头齐平，中间不放别的",
        "page {page}, area {area}: the eye does not find leg {next} from leg {leg}",
        "let the legs stand beside each other with their tops level and nothing between them",
    ),
    "tombstoned-pictures": Message(
        _W,
        "{page}版 {left} 区与 {right} 区两图并排，上边或下边齐平",
        "把两图错开，中间隔一篇稿件；若是一组图片，排成一块 pictures: […]，或写 taboos: {{tombstoned-pictures: off}}",
        "page {page}: the pictures of areas {left} and {right} stand side by side, tops or feet level",
        "let one stand lower, or put text between them; set pictures that make a group as one block, pictures: […], or write "
        "taboos: {{tombstoned-pictures: off}} in the paper's file",
    ),
    "through-gap": Message(
        _W,
        "{page}版通缝：第 {column} 栏与第 {next} 栏之间一缝到底",
        "让一张图、一条题或加框的稿件跨过这道缝",
        "page {page}: the gap between columns {column} and {next} runs from top to foot",
        "let a picture, a head or a border lie across it",
    ),
    "level-gap": Message(
        _W,
        "{page}版横通缝：第 {line} 行下一缝到边",
        "让一篇稿件或一张图跨过这道缝",
        "page {page}: the gap below line {line} runs from edge to edge",
        "let a story or a picture reach across it",
    ),
    "no-masthead": Message(
        _W,
        "{page}版是第一个版，没有报头（缺报名计 4 个出版形式差错）",
        "在版样里画出报头，写 M: masthead；只排里页时写 taboos: {{no-masthead: off}}",
        "page {page} is the first page and has no masthead (a missing name counts 4 errors of form)",
        "draw one in the sketch and write M: masthead; for inner pages alone write taboos: {{no-masthead: off}}",
    ),
    "small-name": Message(
        _E,
        "{page}版 {area} 区有 {size} 点的字，报名只有 {name} 点（报名未大于所有其他文字计 4 个出版形式差错）",
        "给报头更多的栏和行，或把 {area} 区的标题降级",
        "page {page}: area {area} has type of {size} points, the paper's name only {name} "
        "(a name that is not the largest type counts 4 errors of form)",
        "give the masthead more columns or lines, or area {area} a head of a lower level",
    ),
    "no-label": Message(
        _W,
        "{page}版用报头代替了报眉，版面上没有版次",
        "把报头留给第一个版",
        "page {page} has a masthead in place of its folio, so nothing shows its label",
        "keep the masthead to the first page",
    ),
    "cn-number": Message(
        _E,
        "报纸的国内统一连续出版物号不会是“{text}”",
        "写成 CN、一个空格、两位地区号、短横线、0001 至 0999 的四位序号",
        'no newspaper has the serial number "{text}"',
        "write CN, a space, two figures of the region, a hyphen and four figures from 0001 to 0999",
    ),
    "postal-code": Message(
        _W,
        "报纸的邮发代号不会是“{text}”",
        "写成省的代号（报纸用单数）、短横线、一至三位数字",
        'no newspaper has the subscription code "{text}"',
        "write the odd number of the province, a hyphen and one to three figures",
    ),
}
