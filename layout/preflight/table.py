"""The checks: one row each, with where it was read, how grave it is on each list with its limit, and its words.

Lists: ``ads`` is "Newspaper Ads CMYK" and ``papers`` is "WebCMYKNews CMYK" of the GWG 2022 specification (their ids are
R0001 to R0037); ``x4`` is PDF/X-4 (ISO 15930-7:2010, by clause) alone, which both lists ask for as R0001. Rows marked
"house" are what newspapers' own sheets ask beyond these.

`{thing}` is the object, `{has}` what it has, `{limit}` what its list allows.
"""

from enum import Enum
from typing import NamedTuple

from layout.messages import Severity


class List(Enum):
    """A list of checks."""

    ADS = "ads"
    PAPERS = "papers"
    X4 = "x4"


class Rule(NamedTuple):
    """How grave a check is on a list, and its limit where it has one."""

    severity: Severity
    limit: float | None = None


class Check(NamedTuple):
    """A row of the table."""

    source: str
    rules: dict[List, Rule]
    zh: str
    zh_hint: str
    en: str
    en_hint: str


_E, _W = Severity.ERROR, Severity.WARNING
_X = {each: Rule(_E) for each in List}
"""PDF/X-4 rules are errors on every list, by R0001."""
_XW = {each: Rule(_W) for each in List}


def _both(severity: Severity, limit: float | None = None) -> dict[List, Rule]:
    return {List.ADS: Rule(severity, limit), List.PAPERS: Rule(severity, limit)}


def _ads(severity: Severity, limit: float | None = None) -> dict[List, Rule]:
    return {List.ADS: Rule(severity, limit)}


def _papers(severity: Severity) -> dict[List, Rule]:
    return {List.PAPERS: Rule(severity)}


_PLAIN_INK = "在制作软件里改为 CMYK，再导出 PDF"
_PLAIN_INK_EN = "convert it to CMYK where it was made, and export the PDF anew"

CHECKS: dict[str, Check] = {
    # ---- the file
    "unreadable": Check(
        "ISO 32000-1 7.5",
        _X,
        "不是能读的 PDF 文件",
        "请重新导出或重新传送",
        "this is no readable PDF file",
        "export or send it anew",
    ),
    "encrypted": Check(
        "ISO 15930-7",
        _X,
        "文件加了密",
        "去掉密码和限制后重新导出",
        "the file is encrypted",
        "export it without passwords and restrictions",
    ),
    "damaged": Check(
        "ISO 32000-1 7.5",
        _XW,
        "文件有损坏，读时作了修补：{has}",
        "请重新导出，勿用修补过的文件付印",
        "the file is damaged and was mended for reading: {has}",
        "export it anew; a mended file is no print file",
    ),
    "damaged-page": Check(
        "ISO 32000-1 7.8.2",
        _X,
        "页面内容有损坏，只检查了能读的部分",
        "请重新导出",
        "the page's content is damaged; only what could be read was checked",
        "export it anew",
    ),
    "too-much-content": Check(
        "house",
        _X,
        "页面内容太多，没有检查完",
        "把矢量图转成图片，或拆开",
        "the page holds more than can be checked",
        "make a picture of its vector art, or part it",
    ),
    "form-circle": Check(
        "ISO 32000-1 8.10",
        _X,
        "页面上的表单对象包含它自己",
        "请重新导出",
        "a form on the page contains itself",
        "export it anew",
    ),
    "form-depth": Check(
        "house", _X, "表单对象一层套一层，太深", "拼合后重新导出", "forms are nested too deep", "flatten them and export anew"
    ),
    "too-many-pages": Check(
        "house", _X, "共 {has} 页，只检查了 {limit} 页", "分成几个文件", "{has} pages; {limit} were checked", "part the file"
    ),
    "version": Check(
        "ISO 15930-7 6.1",
        _XW,
        "文件是 PDF {has}，PDF/X-4 到 1.6 为止",
        "导出时选 PDF/X-4",
        "the file is PDF {has}; PDF/X-4 goes as far as 1.6",
        "choose PDF/X-4 on export",
    ),
    "no-identity": Check(
        "ISO 15930-7 6.10", _X, "文件没有 ID", "导出时选 PDF/X-4", "the file has no ID", "choose PDF/X-4 on export"
    ),
    "nesting": Check(
        "ISO 15930-7 6.25",
        {each: Rule(_W, 28) for each in List},
        "图形状态套了 {has} 层，最多 {limit:g} 层",
        "拼合后重新导出",
        "graphics states are nested {has} deep; {limit:g} at most",
        "flatten the art and export anew",
    ),
    # ---- what it says of itself
    "no-xmp": Check(
        "ISO 15930-7 6.10", _X, "没有 XMP 元数据", "导出时选 PDF/X-4", "there are no XMP metadata", "choose PDF/X-4 on export"
    ),
    "not-x4": Check(
        "R0001, ISO 15930-7 6.10",
        _X,
        "元数据没有声明 PDF/X-4（{has}）",
        "导出时选 PDF/X-4",
        "the metadata do not say PDF/X-4 ({has})",
        "choose PDF/X-4 on export",
    ),
    "no-title": Check("ISO 15930-7 6.10", _XW, "没有标题", "填写文件标题", "the document has no title", "give it a title"),
    "no-key": Check(
        "ISO 15930-7 6.10",
        _X,
        "元数据缺 {has}",
        "导出时选 PDF/X-4",
        "the metadata lack {has}",
        "choose PDF/X-4 on export",
    ),
    "trapped": Check(
        "ISO 15930-7 6.10",
        _X,
        "陷印（Trapped）标为 {has}，应为 True 或 False",
        "标明文件是否已作陷印",
        "Trapped is {has}; it must be True or False",
        "say whether the file has been trapped",
    ),
    "trapped-differs": Check(
        "ISO 15930-7 6.10",
        _X,
        "陷印在文件信息和 XMP 里不一致（{has}）",
        "导出时选 PDF/X-4",
        "Info and XMP disagree on Trapped ({has})",
        "choose PDF/X-4 on export",
    ),
    "no-intent": Check(
        "ISO 15930-7 6.4",
        _X,
        "没有 PDF/X 输出意图",
        "导出时选 PDF/X-4，配新闻纸的特性文件",
        "there is no PDF/X output intent",
        "choose PDF/X-4 on export, with the newsprint profile",
    ),
    "several-intents": Check(
        "ISO 15930-7 6.4",
        _X,
        "有 {has} 个 PDF/X 输出意图，只能有一个",
        "重新导出",
        "there are {has} PDF/X output intents; one is allowed",
        "export it anew",
    ),
    "no-profile": Check(
        "ISO 15930-7 6.4",
        _X,
        "输出意图没有内嵌特性文件",
        "导出时内嵌特性文件",
        "the output intent has no embedded profile",
        "embed the profile on export",
    ),
    "profile-class": Check(
        "ISO 15930-7 6.4",
        _X,
        "输出意图的特性文件是“{has}”类，应为输出设备类（prtr）",
        "换用印刷的特性文件",
        "the output intent's profile is of class {has}, not of an output device (prtr)",
        "use a printing profile",
    ),
    "profile-version": Check(
        "ISO 15930-7 6.4",
        _X,
        "特性文件是 ICC {has} 版，最高 4.2",
        "换用 v2 或 v4.2 的特性文件",
        "the profile is ICC version {has}; 4.2 at most",
        "use a profile of version 2 or 4.2",
    ),
    "profile-space": Check(
        "R0035",
        _both(_E),
        "输出意图的特性文件是 {has}，应为 CMYK",
        "换用新闻纸的 CMYK 特性文件",
        "the output intent's profile is {has}, not CMYK",
        "use a CMYK profile for newsprint",
    ),
    # ---- what a press cannot print
    "script": Check(
        "ISO 15930-7 6.18", _X, "文件带有 JavaScript", "删去脚本", "the file carries JavaScript", "remove its scripts"
    ),
    "action": Check(
        "ISO 15930-7 6.18",
        _X,
        "文件带有动作（{has}）",
        "删去动作和链接",
        "the file carries actions ({has})",
        "remove actions and links",
    ),
    "form-fields": Check("ISO 15930-7 6.26", _X, "文件带有表单域", "拼合表单域", "the file has form fields", "flatten them"),
    "attachment": Check(
        "house", _XW, "文件带有附件", "删去附件，另外传送", "files are attached", "remove them and send them apart"
    ),
    "layer-sets": Check(
        "R0034",
        _ads(_E),
        "文件有几套图层设置（OCProperties /Configs）",
        "拼合图层后导出",
        "the file has several sets of layers (OCProperties /Configs)",
        "flatten the layers and export anew",
    ),
    "layers": Check(
        "house",
        _both(_W),
        "文件有 {has} 个图层，显示与否可能与印出的不同",
        "拼合图层后导出",
        "the file has {has} layers; what shows may not be what prints",
        "flatten the layers and export anew",
    ),
    "annotation": Check(
        "ISO 15930-7 6.17",
        _X,
        "印刷范围内有注释（{has}）",
        "删去注释和链接",
        "an annotation ({has}) lies in the print area",
        "remove annotations and links",
    ),
    "postscript": Check("ISO 15930-7 6.14", _X, "内嵌 PostScript", "重新导出", "PostScript is embedded", "export it anew"),
    "reference": Check(
        "ISO 15930-7",
        _X,
        "引用了文件外的内容",
        "把内容放进文件",
        "content outside the file is referred to",
        "put the content into the file",
    ),
    "opi": Check(
        "ISO 15930-7",
        _X,
        "{thing}是 OPI 的替身图",
        "置入原图后导出",
        "{thing} stands in for another by OPI",
        "place the original and export anew",
    ),
    "alternates": Check("ISO 15930-7", _X, "{thing}有替换图", "重新导出", "{thing} has alternates", "export it anew"),
    "transfer": Check(
        "ISO 15930-7",
        _X,
        "用了转移函数（{has}）",
        "删去转移函数，加网由制版决定",
        "a transfer function is set ({has})",
        "remove it; tone is the plate maker's",
    ),
    "halftone": Check(
        "ISO 15930-7",
        _X,
        "指定了第 {has} 类网点",
        "删去网点设置，加网由制版决定",
        "a halftone of type {has} is set",
        "remove it; screening is the plate maker's",
    ),
    # ---- boxes
    "page-count": Check(
        "R0006",
        _ads(_E),
        "有 {has} 页，广告只能是一页",
        "一页一个文件",
        "{has} pages; an advert has one",
        "make one file a page",
    ),
    "empty-page": Check(
        "R0005", _both(_E), "空白页，没有一点油墨", "删去空白页", "the page is empty: no ink at all", "remove it"
    ),
    "user-unit": Check(
        "R0002",
        _both(_E),
        "页面用了 UserUnit {has}",
        "按原尺寸导出",
        "the page has a UserUnit of {has}",
        "export it at its size",
    ),
    "no-box": Check(
        "ISO 15930-7 6.12",
        _X,
        "没有成品框（TrimBox）",
        "导出时设定成品尺寸",
        "the page has no TrimBox",
        "set the trimmed size on export",
    ),
    "two-boxes": Check(
        "ISO 15930-7 6.12",
        _X,
        "既有 TrimBox 又有 ArtBox",
        "只留 TrimBox",
        "the page has both TrimBox and ArtBox",
        "keep the TrimBox alone",
    ),
    "box-nesting": Check(
        "ISO 15930-7 6.12",
        _X,
        "{has}",
        "页面框应一层套一层：MediaBox、BleedBox、TrimBox",
        "{has}",
        "boxes must lie in each other: MediaBox, BleedBox, TrimBox",
    ),
    "crop-box": Check(
        "R0003",
        _both(_E),
        "CropBox 与 MediaBox 不同（{has}）",
        "不要裁切页面，重新导出",
        "CropBox is not MediaBox ({has})",
        "do not crop the page; export it anew",
    ),
    "uneven-pages": Check(
        "R0004",
        _papers(_E),
        "成品尺寸 {has}，与第 1 页的 {limit} 不同",
        "各版用同一尺寸",
        "the trim is {has}, that of page 1 is {limit}",
        "give all pages one size",
    ),
    "spread": Check(
        "house",
        _papers(_W),
        "通版，成品尺寸 {has}，是第 1 页（{limit}）的两倍宽",
        "问明印厂通版怎样交，必要时分开交两版",
        "the page is a spread of {has}, twice as wide as page 1 ({limit})",
        "ask the printer how spreads are to be sent; part it in two where they must be",
    ),
    "rotated": Check(
        "R0004", _papers(_E), "页面转了 {has} 度", "按正向导出", "the page is turned by {has} degrees", "export it upright"
    ),
    "rotated-advert": Check(
        "house",
        _ads(_W),
        "页面转了 {has} 度，排入时要当心",
        "按正向导出",
        "the page is turned by {has} degrees; take care on placing",
        "export it upright",
    ),
    "booked-size": Check(
        "house",
        _ads(_E),
        "成品尺寸 {has}，预订的是 {limit}",
        "按预订的尺寸重做，不要放大缩小",
        "the trim is {has}, booked was {limit}",
        "make it anew at the booked size; do not scale it",
    ),
    "page-size": Check(
        "ISO 32000-1 Annex C",
        _X,
        "页面 {has}，超出 PDF 的限度",
        "按原尺寸导出",
        "the page is {has}, beyond the limits of PDF",
        "export it at its size",
    ),
    # ---- fonts and text
    "font-missing": Check(
        "ISO 15930-7 6.5",
        _X,
        "字体“{has}”没有嵌入",
        "嵌入字体，或转成曲线",
        'font "{has}" is not embedded',
        "embed it, or make outlines of its text",
    ),
    "font-whole": Check(
        "house",
        _both(_W),
        "字体“{has}”整套嵌入，文件偏大",
        "导出时只嵌入用到的字",
        'font "{has}" is embedded whole, which makes the file large',
        "embed the characters in use only",
    ),
    "font-name": Check(
        "ISO 15930-7 6.6",
        _X,
        "字体名“{has}”不是 UTF-8",
        "换一款字体，或转成曲线",
        'the font name "{has}" is no UTF-8',
        "use another font, or make outlines of its text",
    ),
    "font-type3": Check(
        "house",
        _both(_W),
        "“{has}”是 Type 3 字体，小字印不清",
        "换用 TrueType 或 OpenType 字体",
        '"{has}" is a Type 3 font, unsharp at small sizes',
        "use a TrueType or OpenType font",
    ),
    "courier": Check(
        "R0014",
        _both(_W),
        "用了 Courier，多半是缺字体时的代用品",
        "查原文件的字体",
        "Courier is used, mostly in place of a missing font",
        "look at the fonts of the original",
    ),
    "no-glyph": Check(
        "ISO 15930-7 6.5",
        _X,
        "有 {has} 处缺字（.notdef）",
        "换一款有这些字的字体",
        "{has} characters have no glyph (.notdef)",
        "use a font that has them",
    ),
    "white-text-vanishes": Check(
        "R0007",
        _both(_E),
        "白{thing}叠印，印出来就不见了",
        "白字要镂空，去掉叠印",
        "white {thing} overprints and will vanish",
        "knock it out: switch overprint off",
    ),
    "white-path-vanishes": Check(
        "R0008",
        _both(_W),
        "白{thing}叠印，印出来就不见了",
        "白色要镂空，去掉叠印",
        "white {thing} overprints and will vanish",
        "knock it out: switch overprint off",
    ),
    "black-text-knocks-out": Check(
        "R0009",
        _both(_W, 12),
        "黑{thing}（{has} 点）不叠印，套印不准会露白边",
        "{limit:g} 点以下的黑字设为叠印（OPM 1）",
        "black {thing} ({has} pt) knocks out; register will show white edges",
        "let black type below {limit:g} pt overprint (OPM 1)",
    ),
    "black-line-knocks-out": Check(
        "R0010",
        _both(_W, 2),
        "黑{thing}（{has} 点）不叠印，套印不准会露白边",
        "{limit:g} 点以下的黑线设为叠印（OPM 1）",
        "black {thing} ({has} pt) knocks out; register will show white edges",
        "let black lines below {limit:g} pt overprint (OPM 1)",
    ),
    "gray-text": Check(
        "R0011",
        _both(_W, 12),
        "{thing}（{has} 点）用 DeviceGray，不会叠印",
        "改用 CMYK 的黑",
        "{thing} ({has} pt) is in DeviceGray, which never overprints",
        "use the black of CMYK",
    ),
    "gray-line": Check(
        "R0012",
        _both(_W, 2),
        "{thing}（{has} 点）用 DeviceGray，不会叠印",
        "改用 CMYK 的黑",
        "{thing} ({has} pt) is in DeviceGray, which never overprints",
        "use the black of CMYK",
    ),
    "gray-overprint": Check(
        "R0013",
        _both(_W),
        "{thing}用 DeviceGray 设叠印，各家制版结果不同",
        "改用 CMYK 的黑",
        "{thing} overprints in DeviceGray, which plate makers treat differently",
        "use the black of CMYK",
    ),
    "rich-text": Check(
        "R0015",
        _both(_W, 220),
        "{thing}是四色黑，墨量 {has}%，至多 {limit:g}%",
        "文字只用单色黑",
        "{thing} is rich black of {has}% ink; {limit:g}% at most",
        "set text in black alone",
    ),
    "small-white-text": Check(
        "R0016",
        _both(_W, 10),
        "反白{thing}只有 {has} 点，至少 {limit:g} 点",
        "放大，或不用反白",
        "white {thing} is {has} pt; {limit:g} at least",
        "set it larger, or not in white",
    ),
    "small-coloured-text": Check(
        "R0017",
        _both(_W, 10),
        "{thing}只有 {has} 点却用几色套印，至少 {limit:g} 点",
        "放大，或只用一色",
        "{thing} is {has} pt in several inks; {limit:g} at least",
        "set it larger, or in one ink",
    ),
    "tiny-text": Check(
        "house",
        _ads(_W, 5),
        "{thing}只有 {has} 点，新闻纸上读不清，至少 {limit:g} 点",
        "放大",
        "{thing} is {has} pt, unreadable on newsprint; {limit:g} at least",
        "set it larger",
    ),
    # ---- lines
    "thin-white-line": Check(
        "R0018",
        _both(_W, 0.25),
        "反白{thing}只有 {has} 点，至少 {limit:g} 点",
        "加粗",
        "white {thing} is {has} pt; {limit:g} at least",
        "make it heavier",
    ),
    "thin-coloured-line": Check(
        "R0019",
        _both(_W, 0.25),
        "{thing}只有 {has} 点却用几色套印，至少 {limit:g} 点",
        "加粗，或只用一色",
        "{thing} is {has} pt in several inks; {limit:g} at least",
        "make it heavier, or use one ink",
    ),
    "hairline": Check(
        "house",
        _both(_W, 0.25),
        "{thing}只有 {has} 点，可能印不出，至少 {limit:g} 点",
        "加粗",
        "{thing} is {has} pt and may not print; {limit:g} at least",
        "make it heavier",
    ),
    # ---- colour
    "spot": Check(
        "R0020",
        _both(_E),
        "{thing}用了专色“{has}”",
        "改为 CMYK",
        '{thing} uses the spot colour "{has}"',
        "convert it to CMYK",
    ),
    "all-inks": Check(
        "R0024",
        _both(_W),
        "{thing}用了套版色（All）",
        "版心内不要用套版色",
        "{thing} is in the colour All",
        "keep All to marks outside the trim",
    ),
    "wrong-space": Check(
        "R0027",
        _both(_E),
        "{thing}是 {has}",
        _PLAIN_INK,
        "{thing} is {has}",
        _PLAIN_INK_EN,
    ),
    "device-space": Check(
        "ISO 15930-7 6.4",
        {List.X4: Rule(_E)},
        "{thing}是 {has}，与输出意图不符",
        _PLAIN_INK,
        "{thing} is {has}, which does not fit the output intent",
        _PLAIN_INK_EN,
    ),
    "unknown-space": Check(
        "ISO 32000-1 8.6",
        _X,
        "{thing}的色彩空间无法读取",
        "重新导出",
        "the colour space of {thing} cannot be read",
        "export it anew",
    ),
    "ink": Check(
        "R0026",
        _both(_W, 245),
        "总墨量 {has}%（15 毫米见方平均），至多 {limit:g}%",
        "用新闻纸的特性文件重新分色",
        "{has}% of ink in a square of 15 mm; {limit:g}% at most",
        "separate it anew with the newsprint profile",
    ),
    "ink-unmeasured": Check(
        "R0026",
        _both(_W),
        "总墨量没有量：版面太大，东西太多，或一层层透出来的太多",
        "拼合透明，或分成几个文件",
        "its ink was not measured: it is too large, holds too much, or too much shows through each other",
        "flatten transparency, or part it into several files",
    ),
    "group-space": Check(
        "R0030",
        _both(_E),
        "{thing}在 {has} 里混合，应为 DeviceCMYK",
        "把混合空间改为 CMYK，或拼合透明",
        "{thing} blends in {has}, not in DeviceCMYK",
        "set the blending space to CMYK, or flatten transparency",
    ),
    "blend-mode": Check(
        "ISO 15930-7 6.20",
        _X,
        "{thing}用了不认识的混合模式“{has}”",
        "改用标准混合模式",
        '{thing} has the unknown blend mode "{has}"',
        "use a standard blend mode",
    ),
    "intent-name": Check(
        "ISO 15930-7 6.23",
        _X,
        "不认识的再现意图“{has}”",
        "重新导出",
        'unknown rendering intent "{has}"',
        "export it anew",
    ),
    # ---- pictures
    "image-resolution": Check(
        "R0031",
        _both(_E, 99),
        "{thing}只有 {has} ppi，要多于 {limit:g}",
        "换更大的图，或排小些",
        "{thing} has {has} ppi; more than {limit:g} are needed",
        "use a larger picture, or place it smaller",
    ),
    "image-resolution-low": Check(
        "R0031",
        _both(_W, 149),
        "{thing}只有 {has} ppi，最好多于 {limit:g}",
        "换更大的图，或排小些",
        "{thing} has {has} ppi; better more than {limit:g}",
        "use a larger picture, or place it smaller",
    ),
    "bitmap-resolution": Check(
        "R0032",
        _both(_E, 549),
        "{thing}（线条稿）只有 {has} ppi，要多于 {limit:g}",
        "重新扫描线条稿",
        "{thing} (line art) has {has} ppi; more than {limit:g} are needed",
        "scan it finer",
    ),
    "bitmap-resolution-low": Check(
        "R0032",
        _both(_W, 799),
        "{thing}（线条稿）只有 {has} ppi，最好多于 {limit:g}",
        "重新扫描线条稿",
        "{thing} (line art) has {has} ppi; better more than {limit:g}",
        "scan it finer",
    ),
    "page-picture-low": Check(
        "R0033",
        _ads(_W, 449),
        "整页是一张图，只有 {has} ppi，文字会发毛，最好多于 {limit:g}",
        "文字不要做成图，请导出带文字的 PDF",
        "the page is one picture of {has} ppi and its text will be rough; better more than {limit:g}",
        "export text as text",
    ),
    "image-bits": Check(
        "house",
        _both(_W, 8),
        "{thing}每色 {has} 位，多于 {limit:g} 位没有用处",
        "转成 8 位",
        "{thing} has {has} bits a component; more than {limit:g} are of no use",
        "convert it to 8 bits",
    ),
    "jpeg2000": Check(
        "house",
        _both(_W),
        "{thing}是 JPEG 2000，旧制版机读不了",
        "改用 JPEG 或 ZIP 压缩",
        "{thing} is JPEG 2000, which older plate makers cannot read",
        "compress it as JPEG or ZIP",
    ),
    "lzw": Check(
        "ISO 15930-7",
        _X,
        "{thing}用 LZW 压缩",
        "改用 ZIP 压缩",
        "{thing} is compressed by LZW",
        "compress it by ZIP",
    ),
    "jpeg-quality": Check(
        "house",
        _both(_W, 40),
        "{thing}的 JPEG 质量约 {has}，看得出方块，至少 {limit:g}",
        "用质量更高的原图",
        "{thing} is JPEG of quality {has} or so and shows blocks; {limit:g} at least",
        "use the original at a higher quality",
    ),
    "broken-image": Check(
        "ISO 32000-1 8.9",
        _X,
        "{thing}的数据有损坏",
        "重新置入图片",
        "the samples of {thing} are damaged",
        "place the picture anew",
    ),
}
