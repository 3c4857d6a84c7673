"""The rooms that read files: seeds for each, how it is spoilt, and the law that holds whatever its file holds.

The law: reading ends in pages or in findings, each with its file; with an error nothing is written for the press, without one
every file of the press is whole; no part of a file is left behind.
"""

import datetime
import io
import json
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
import yaml
from PIL import Image, ImageCms

from layout.diagnostics import Diagnostic, Language, has_errors
from layout.incoming.intake import import_files
from layout.inks.press import NEWSPRINT
from layout.issue import Product, build_issue, verify_archive
from layout.manifest.restore import restored
from layout.preflight.examine import examine_file
from layout.preflight.facts import Size
from layout.preflight.table import List
from layout.preflight.webpage import web_page
from layout.watch import Watch
from tests.conftest import ROOT
from tests.foreign import REFUSED, cyan, embedded, made
from tests.fuzz.mutation import (
    Mutate,
    spoilt_bytes,
    spoilt_markup,
    spoilt_packed,
    spoilt_pdf,
    spoilt_picture,
    spoilt_story,
    spoilt_text,
    spoilt_yaml,
)
from tests.sent import pdf_bytes

ISSUES = ROOT / "issues"
SENTENCE = "版心有多高，行就有多少；行与行一样远。"

PAPER = """\
key: tiny
name: 小报
format: {trim-width: 148mm, trim-height: 180mm, type-width: 120mm, type-height: 140mm, columns: 3, ems: 12, gutter: 1}
"""
TALL = PAPER.replace("180mm", "300mm").replace("140mm", "260mm")
STORY = f"---\nheadline: 先画版样\n---\n{SENTENCE * 9}\n\n## 小题\n\n{SENTENCE * 5}\n"
TABLE = "字号,点数,毫米\n小五,9,3.18\n六号,7.875,2.78\n"
SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 65"><defs><g id="a"><rect width="9" height="9" fill="#e61"/></g></defs>
<g transform="translate(9,9) rotate(30)"><use href="#a" x="3"/><path d="M0 0 C9 9 9 0 20 20 A5 5 0 0 1 30 9 q3 3 6 0 t6 0z" stroke="red" stroke-width="2" stroke-dasharray="3 1"/></g>
<circle r="9" cx="20" cy="20" style="fill:none;stroke:rgb(10%,20%,30%)"/><ellipse rx="9" ry="4"/><line x1="1" y2="9" stroke="black"/>
<polygon points="0,0 9,9 0,9" fill-rule="evenodd"/><polyline points="0,0 3 9"/>
</svg>
"""
REFUSED_SVG = """\
<svg viewBox="0 0 200 65"><defs><linearGradient id="b"><stop offset="0" stop-color="red"/></linearGradient>
<clipPath id="c"><rect width="50%" height="9"/></clipPath></defs><style>rect {fill: url(#b)}</style><g clip-path="url(#c)" opacity="0.5">
<svg x="3" y="3" width="9" height="9" viewBox="0 0 3 3"><rect width="3" height="3"/></svg><text>字</text><image href="p.png"/></g></svg>
"""
SMALL = """\
paper: paper.yaml
number: 7
date: 2026-01-01
pages:
  - label: "01"
    name: 要闻
    staff: {editor: 甲, layout: 乙}
    sketch: |
      M M E
      T T T
      A A P
      A A B
      G G G
    rows: [8, 3, auto, auto, 4]
    areas:
      M: masthead
      E: {ear: {headline: 报眼, text: 报眼里的话。}}
      T: datebar
      A: {story: a.md, head: {level: 4}, jump: "02", columns: 2}
      P: {picture: p.png, caption: 图, credit: 某, depth: 4-20, focus: 60% 8%}
      B: {index: auto, title: 导读, border: double}
      G: {advert: art.svg, size: 1/8, border: hairline}
  - label: "02"
    name: 字
    ink: black
    sketch: |
      R R X
      R R X
      C D D
      T T T
    areas:
      R: {rest: a.md, head: {level: 5}}
      X: {story: {headline: 竖排, text: 竖排的话，也不长。}, direction: vertical, head: {level: 5}, border: wave}
      C: {note: 短文一则。, title: 小资料, tint: 8%}
      D: {pictures: [{picture: p.png, caption: 一}, {picture: q.jpg}], across: 2, caption: 组图}
      T: {table: table.csv, title: 表, column-rules: hairline}
"""
FULL_PAPER = (
    PAPER
    + """\
latin: XIAO BAO
leading: 50%
bleed: 3mm
fonts: {song: face.ttf, latin: {file: face.ttf, index: 0, weight: 400}}
head-sizes: {小初: 32pt}
head-condensed: 90%
masthead: {form: left, ink: red}
folio: {form: name-out}
type: {kinsoku: gb, marks: squeezed, pairs: one-and-a-half, digits: proportional, gap: 25%, widest-gap: 33.3%, region: mainland, grid: filled}
colour: {profile: press.icc, ink-limit: 220%, intent: perceptual}
imprint: {publisher: 某社, printer: 某厂, price: 1元, address: 某街, postcode: "467599", cn: "41-0000"}
taboos: {tombstone: error, widow: off}
marks: [trim, fold, register, colour, slug]
preflight: warning
"""
)


class BrokenLawError(Exception):
    """The law does not hold."""


class Room(NamedTuple):
    """What is spoilt: seeds, the way of spoiling them, what stands beside the file, and the reading of it in a folder."""

    seeds: Callable[[], Sequence[bytes]]
    mutate: Mutate
    around: Callable[[], Mapping[str, bytes]]
    check: Callable[[bytes, Path], None]


# ---- the law -----------------------------------------------------------------------------------------------------------


def hold(condition: object, what: str) -> None:
    """Raise BrokenLawError where the law does not hold."""
    if not condition:
        raise BrokenLawError(what)


def told(problems: Iterable[Any]) -> None:
    """Check that findings can be told: in both languages, as data, in any terminal."""
    for problem in problems:
        words = [problem.text(language) for language in Language] + [json.dumps(problem.as_json(), ensure_ascii=False)]
        hold(all(words), f"{problem.code} says nothing")
        hold(all(word.encode("utf-8") for word in words), "")
        hold("{" not in problem.code and problem.code, "a finding without a name")


def located(problems: Iterable[Diagnostic]) -> None:
    """Check that each finding names its file, and its line unless the file as a whole is meant."""
    for problem in problems:
        hold(problem.span.file, f"{problem.code} has no file")
        hold((problem.span.line > 0) == (problem.span.column > 0), f"{problem.code} stands at {problem.span}")


def built(folder: Path, *products: Product) -> None:
    """Build the issue of a folder and check what is left."""
    out = folder / "build"
    problems = build_issue(folder / "issue.yaml", out, frozenset(products), Watch())
    told(problems)
    located(problems)
    files = [path for path in out.rglob("*") if path.is_file()]
    printed = [path for path in files if path.parent.name in ("print", "delivery")]
    hold(not [path for path in out.rglob("*") if path.name.endswith((".part", ".former"))], "a part of a file is left")
    if has_errors(problems):
        hold(not [path for path in printed if path.parent.name == "print"], "a file for the press in spite of an error")
    elif Product.PRINT in products:
        hold(printed, "no file for the press and no error")
    for path in (path for path in printed if path.suffix == ".pdf"):
        with pikepdf.open(path) as pdf:
            hold(pdf.pages, "a file without pages")
            hold(not pdf.check_pdf_syntax(), "a file for the press is broken")
    shutil.rmtree(out, ignore_errors=True)


# ---- what stands beside a file -----------------------------------------------------------------------------------------


def _saved(kind: str, mode: str = "RGB", size: tuple[int, int] = (40, 24), **options: Any) -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise(size, 50).convert(mode).save(buffer, kind, **options)
    return buffer.getvalue()


def _rgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


_WORDS = STORY + SMALL + "的一二三四五六七八九十月日星期年0123456789n，。；、"


@cache
def _face() -> bytes:
    """Return a small TrueType face of the characters of these files."""
    from tests.test_faces import subset_of

    return subset_of("NotoSerifSC-Regular.ttf", _WORDS, "Plain")


@cache
def beside() -> dict[str, bytes]:
    """Return the files of a small issue and those that the samples name."""
    files = {
        "issue.yaml": SMALL.encode(),
        "paper.yaml": PAPER.encode(),
        "a.md": STORY.encode(),
        "table.csv": TABLE.encode(),
        "p.png": _saved("PNG"),
        "q.jpg": _saved("JPEG"),
        "art.svg": SVG.encode(),
        "art.pdf": made(cyan),
        "face.ttf": _face(),
        "press.icc": NEWSPRINT.read_bytes(),
    }
    for name in ("gallery", "ruzhou", "specimens"):
        paths = [path for path in (ISSUES / name).rglob("*") if path.suffix in (".md", ".png", ".svg", ".csv", ".pdf")]
        own = {str(path.relative_to(ISSUES / name)): path.read_bytes() for path in paths if "shown" not in path.parts}
        files = own | files
        paper = (
            (ISSUES / name / "paper.yaml")
            .read_text(encoding="utf-8")
            .replace("../../fonts/NotoSerifSC-Regular.ttf", "face.ttf")
        )
        files[f"{name}.yaml"] = paper.replace("roots: [../../fonts]\n", "").encode()
    return files


def _pages_of(path: Path) -> list[dict[str, Any]]:
    """Return the pages of a sample as plain data."""
    pages: list[dict[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["pages"]
    return pages


def _issue_of(pages: list[dict[str, Any]], paper: str) -> bytes:
    """Return an issue of pages of a sample; a jump to a page that is not among them is left out."""
    labels = {page["label"] for page in pages}
    areas = [area for page in pages for area in page.get("areas", {}).values() if isinstance(area, dict)]
    for area in areas:
        if area.get("jump", "") not in labels:
            area.pop("jump", None)
    return _yaml({"paper": paper, "number": "1", "date": "2026-01-01", "pages": pages})


def _yaml(data: dict[str, Any]) -> bytes:
    return bytes(yaml.safe_dump(data, allow_unicode=True, sort_keys=False).encode())


# ---- the rooms ---------------------------------------------------------------------------------------------------------


def _manifests() -> list[bytes]:
    gallery = _pages_of(ISSUES / "gallery" / "gallery.yaml")
    specimens = [page for name in ("borders", "heads", "panels") for page in _pages_of(ISSUES / "specimens" / f"{name}.yaml")]
    spreads = ([gallery[0], gallery[2]], [{"label": "01", "sketch": ".....", "areas": {}}, gallery[1]])
    return [
        SMALL.encode(),
        *(_issue_of(pages, "gallery.yaml") for pages in spreads),
        *(_issue_of([page], "specimens.yaml") for page in specimens),
    ]


def _papers() -> list[bytes]:
    """Return papers of one format, that of the issue beside them."""
    form = yaml.load(PAPER, Loader=yaml.BaseLoader)["format"]
    texts = [beside()[f"{name}.yaml"] for name in ("gallery", "ruzhou", "specimens")]
    papers = [yaml.load(text, Loader=yaml.BaseLoader) | {"format": form} for text in texts]
    return [PAPER.encode(), FULL_PAPER.encode(), *(_yaml(paper) for paper in papers)]


def _in_file(name: str, *products: Product) -> Callable[[bytes, Path], None]:
    """Return the reading of a small issue with one file of these bytes; one time in eight with proofs."""

    def check(data: bytes, folder: Path) -> None:
        (folder / name).write_bytes(data)
        proof = (Product.PROOF,) if zlib.crc32(data) % 8 == 0 else ()
        built(folder, *(products or (Product.PRINT,)), *proof)

    return check


def _stories() -> list[bytes]:
    paths = [
        *sorted((ISSUES / "gallery" / "stories").glob("*.md")),
        ISSUES / "specimens" / "tables.md",
        ISSUES / "specimens" / "pull.md",
    ]
    return [STORY.encode(), *(path.read_bytes() for path in paths if path.stat().st_size < 4000)]


ONE_STORY = """\
paper: paper.yaml
number: 7
date: 2026-01-01
pages:
  - label: "01"
    sketch: |
      A A B
    areas:
      A: {story: a.md, head: {level: 5}}
      B: {story: {headline: 题, text: 文。}, head: {level: 5}}
"""


def _check_story(data: bytes, folder: Path) -> None:
    path = folder / "a.md"
    path.write_bytes(data)
    mended = restored(path)
    if mended is not None:
        path.write_bytes(mended[0])
        hold(restored(path) is None, "what was mended is mended again")
        path.write_bytes(data)
    _in_file("a.md")(data, folder)


KINDS = (
    "{story: {headline: 题, text: " + SENTENCE * 4 + "}, head: {level: 5}}",
    "{picture: p.png, caption: 图}",
    "{note: 短文。, border: hairline}",
    "{story: {headline: 题, text: " + SENTENCE * 9 + "}, head: {level: 4, direction: vertical}}",
    "{advert: art.svg, size: 1/8}",
    "masthead",
    "{story: {headline: 题, text: " + SENTENCE * 5 + "}, head: {level: 5}, direction: vertical}",
    "{table: table.csv, title: 表}",
    "{index: [春, 夏]}",
    "{ear: {headline: 题, text: 文。}}",
    "datebar",
)


def _sketches() -> list[bytes]:
    samples = [path.read_text(encoding="utf-8") for path in ISSUES.rglob("*.yaml")]
    trees = [tree for tree in (yaml.load(text, Loader=yaml.BaseLoader) for text in samples) if "pages" in tree]
    pages = [page for tree in trees for page in tree["pages"]]
    sampled = [f"{page['sketch']}\n{json.dumps(page.get('rows', []))}" for page in pages if len(page["sketch"]) < 150]
    small = ("A A B\nA A C\n[auto, 12]", "AAB\nACB\nDDB\n[]", "ABC\n[]", "A.A\nB.B\n[]", "AAA\nABA\nAAA\n[]")
    return [text.encode() for text in (*small, *sampled)]


def _check_sketch(data: bytes, folder: Path) -> None:
    """Set the areas of a sketch, whose letters say what stands in them; the last line is that of the rows."""
    text = data.decode("utf-8", "replace")
    sketch, _, rows = text.rpartition("\n")
    letters = dict.fromkeys(sign for sign in sketch if sign.isalpha())
    width = max(1, max((len("".join(line.split())) for line in sketch.split("\n")), default=1))
    areas = "".join(f"      {letter}: {KINDS[ord(letter) * 7 % len(KINDS)]}\n" for letter in list(letters)[:40])
    paper = PAPER.replace("columns: 3", f"columns: {min(width, 12)}")
    if width > 3:
        paper = paper.replace("148mm", f"{40 * min(width, 12) + 28}mm").replace("120mm", f"{40 * min(width, 12)}mm")
    (folder / "paper.yaml").write_text(paper, encoding="utf-8")
    page = f"  - label: '01'\n    sketch: {json.dumps(sketch)}\n    rows: {rows or '[]'}\n    areas:\n{areas or '      {}'}"
    issue = f"paper: paper.yaml\nnumber: 7\ndate: 2026-01-01\npages:\n{page}"
    (folder / "issue.yaml").write_bytes(issue.encode("utf-8", "replace"))
    built(folder, Product.PRINT)


DATES = """\
paper: paper.yaml
number: {number}
date: {date}
{rest}
pages:
  - {{label: "{label}", name: 要闻, sketch: "MME\\nTTT\\nAAA", areas: {{M: masthead, E: numbers, T: datebar, A: {{story: {{headline: 题, text: "{text}"}}}}}}}}
"""


def _check_date(data: bytes, folder: Path) -> None:
    """Set an issue with a number, a date, further keys, a label and a text, a line each."""
    lines = [*data.decode("utf-8", "replace").split("\n"), *[""] * 5]
    issue = DATES.format(**dict(zip(("number", "date", "rest", "label", "text"), lines, strict=False)))
    (folder / "issue.yaml").write_bytes(issue.encode("utf-8", "replace"))
    built(folder, Product.PRINT)


def _dates() -> list[bytes]:
    days = [datetime.date(1900, 1, 1), datetime.date(2020, 5, 23), datetime.date(2026, 2, 17), datetime.date(2099, 12, 31)]
    texts = ["2026年1月1日，一九九八年三月", "第3239期", "12.5%，￥300，-3℃", "1,000,000"]
    return [
        f"{number}\n{day}\nextra: 号外\nA{number}\n{text}".encode()
        for number, (day, text) in enumerate(zip(days, texts, strict=True))
    ]


ONE_PICTURE = ONE_STORY.replace("A A B", "A A P").replace("B: {story: {headline: 题, text: 文。}, head: {level: 5}}", "P: {picture: p.png, caption: 图, depth: 4-20, focus: 10% 90%}")  # fmt: skip


def _pictures() -> list[bytes]:
    profile = _rgb_profile()
    plain = [_saved("PNG", mode) for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")]
    plain += [_saved("JPEG", mode, exif=_turned()) for mode in ("L", "RGB", "CMYK")]
    plain += [
        _saved("TIFF", mode, compression=way)
        for mode, way in (("1", "group4"), ("L", "tiff_lzw"), ("RGB", "jpeg"), ("CMYK", "raw"), ("LAB", "raw"))
    ]
    plain += [
        _saved("WEBP", "RGBA"),
        _saved("WEBP", lossless=True),
        _saved("PNG", icc_profile=profile),
        _saved("JPEG", icc_profile=profile),
    ]
    return plain


def _turned() -> Image.Exif:
    exif = Image.Exif()
    exif[274] = 6
    return exif


def _profiles() -> list[bytes]:
    return [NEWSPRINT.read_bytes(), _rgb_profile()]


def _faces() -> list[bytes]:
    """Return small faces of each kind of outline."""
    from tests.test_faces import collection, keyed_by_cid, keyed_by_name, variable, variable_cff

    plain = _face()
    names, varying = keyed_by_name(plain, "Names"), variable(plain, "Varying")
    return [plain, names, keyed_by_cid(plain, "Cids"), varying, variable_cff(varying, "VaryingCFF"), collection(plain, names)]


ONE_ADVERT = ONE_STORY.replace("A A B", "A A A\n      G G G").replace("B: {story: {headline: 题, text: 文。}, head: {level: 5}}", "G: {advert: ART, size: 1/8}")  # fmt: skip


def _pdfs() -> list[bytes]:
    from tests.test_art import SMALL as FORMS

    refused = [
        make() for code, make in REFUSED.values() if code in ("art-cyclic", "art-hidden-layers", "art-pages", "art-font")
    ]
    return [pdf_bytes("0 0 0 1 k 50 150 20 20 re f\n"), made(cyan), FORMS, *refused, made(cyan, embedded)]


def _imported(*names: str) -> Callable[[bytes, Path], None]:
    """Return the import of a file under each name; what comes of it is an issue that can be read."""

    def check(data: bytes, folder: Path) -> None:
        for name in names:
            (folder / name).write_bytes(data)
            result = import_files([folder / name], None, "paper", Language.EN)
            told(result.problems)
            located(result.problems)
            hold(bool(result.files) != has_errors(result.problems), "files in spite of an error, or neither")
            if result.files:
                _check_imported(result.files, folder / "imported")

    return check


def _check_imported(files: Mapping[str, bytes], folder: Path) -> None:
    for name, data in files.items():
        path = folder / name
        hold(path.resolve().is_relative_to(folder.resolve()), f"{name} lies outside")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    built(folder)
    shutil.rmtree(folder)


DUMP = """\
第02版:综合 上一期  下一期 上一版 下一版
第7期:第02版 本期出版日期:2023-03-27

春耕备耕全面展开

本报讯(记者 王 伟)三月,麦田返青;农机手说:"墒情好."

田间管理

融媒体中心通讯员 李四
Copyright © 2011 某县报智慧全媒体数字报 Corporation
"""
SAVED = """\
<html><!--enpproperty <founder-date>2017-10-09 23:59:57</founder-date><founder-pagenum>02</founder-pagenum>
<founder-papername>某报</founder-papername><founder-type>2</founder-type> /enpproperty--><body>
<a id=pageLink href=node_2.htm>第02版：综合</a><img width=350 height=550 USEMAP=#PagePicMap>
<MAP NAME="pagepicmap"><Area coords="2,50,348,50,348,250,2,250" href="page.htm?div=-1"><Area coords="2,252,170,540" href="b.htm"></MAP>
<founder-title><!--<npm:article-title>-->春<BR>第二行<!--</npm:article-title>--></founder-title>
<founder-author><!--<npm:article-author>-->本报记者 王　伟<!--</npm:article-author>--></founder-author>
<!--<npm:article-pic>--><img src="p.png"><!--</npm:article-pic>--><!--<npm:article-pic-text>-->图为现场。<!--</npm:article-pic-text>-->
<div id="ozoom"><!--enpcontent--><P>　　本报讯 第一段,有&nbsp;空格<P><p>第二段&lt;尖括号&gt;。</p></P><!--/enpcontent--></div>
</body></html>
"""
HEADED = "<html><body><h1>题目</h1><h2>副题</h2><p>正文一。</p><table><tr><td>甲<td>乙</table><ul><li>项</ul></body></html>"


def _words() -> list[bytes]:
    from tests.test_import import WHOLE

    return [WHOLE]


def _check_preflight(data: bytes, folder: Path) -> None:
    path = folder / "sent.pdf"
    path.write_bytes(data)
    results = [examine_file(path, checks, Size(120, 80)) for checks in List]
    for result, _ in results:
        told(result.findings)
    web_page(results[:1], List.PAPERS, Language.ZH).encode("utf-8", "replace")


@cache
def package_files() -> dict[str, bytes]:
    """Return the files of the package of a small issue."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, data in beside().items():
            if "/" not in name:
                (folder / name).write_bytes(data)
        story = f"---\nheadline: 先画版样\n---\n{SENTENCE * 30}\n".encode()
        (folder / "a.md").write_bytes(story)
        (folder / "issue.yaml").write_text(ONE_STORY.replace("text: 文。", f"text: {SENTENCE * 17}"), encoding="utf-8")
        problems = build_issue(folder / "issue.yaml", folder / "out", frozenset({Product.ARCHIVE}), Watch())
        root = next((folder / "out").glob("*/archive/*"), None)
        hold(root, f"no package: {[problem.text(Language.EN) for problem in problems]}")
        assert root is not None
        files = {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    return {f"package/{name}": data for name, data in files.items()}


_READ = (".xml", ".json", ".txt")


def _package_parts() -> list[bytes]:
    return [name.encode() + b"\n" + data for name, data in package_files().items() if name.endswith(_READ)]


def _spoilt_part(data: bytes, rng: Any) -> bytes:
    name, _, body = data.partition(b"\n")
    return name + b"\n" + (spoilt_markup if name.endswith(b"xml") else spoilt_text)(body, rng)


def _check_package(data: bytes, folder: Path) -> None:
    """Verify a package with one of its parts replaced: a line with its name, then its bytes."""
    name, _, body = data.partition(b"\n")
    own = package_files()
    key = name.decode("utf-8", "replace")
    if key not in own:
        return
    (folder / key).write_bytes(body)
    try:
        problems = verify_archive(folder / "package")
        told(problems)
        is_covered = not key.startswith("package/tagmanifest")  # BagIt has no digest of these
        hold(problems or body == own[key] or not is_covered, "a changed package is whole")
    finally:
        (folder / key).write_bytes(own[key])


def _as_issue(text: str, **more: str) -> Callable[[], Mapping[str, bytes]]:
    return lambda: (
        beside() | {"issue.yaml": text.encode()} | {name.replace("_", "."): data.encode() for name, data in more.items()}
    )


def _alone() -> Mapping[str, bytes]:
    return {"p.png": beside()["p.png"]}


ROOMS = {
    "manifest": Room(_manifests, spoilt_yaml, beside, _in_file("issue.yaml")),
    "paper": Room(_papers, spoilt_yaml, beside, _in_file("paper.yaml", Product.PRINT, Product.DELIVERY)),
    "story": Room(_stories, spoilt_story, _as_issue(ONE_STORY, paper_yaml=TALL), _check_story),
    "sketch": Room(_sketches, spoilt_text, beside, _check_sketch),
    "date": Room(_dates, spoilt_text, beside, _check_date),
    "table": Room(lambda: [TABLE.encode(), b"a\tb\nc\td\n", b'"a","b\nc"\n,'], spoilt_text, _as_issue(SMALL), _in_file("table.csv")),
    "picture": Room(_pictures, spoilt_picture, _as_issue(ONE_PICTURE), _in_file("p.png")),
    "profile": Room(_profiles, spoilt_bytes, _as_issue(ONE_PICTURE, paper_yaml=PAPER + "colour: {profile: press.icc}\n"), _in_file("press.icc")),
    "font": Room(_faces, spoilt_bytes, _as_issue(ONE_STORY, paper_yaml=PAPER + "fonts: {song: face.ttf}\n"), _in_file("face.ttf")),
    "advert": Room(_pdfs, spoilt_pdf, _as_issue(ONE_ADVERT.replace("ART", "art.pdf")), _in_file("art.pdf")),
    "drawing": Room(lambda: [SVG.encode(), REFUSED_SVG.encode()], spoilt_markup, _as_issue(ONE_ADVERT.replace("ART", "art.svg")), _in_file("art.svg")),
    "dump": Room(lambda: [DUMP.encode(), "题目\n\n正文。\n".encode("gb18030")], spoilt_text, _alone, _imported("a.txt")),
    "page": Room(lambda: [SAVED.encode(), HEADED.encode(), SAVED.encode("gb18030")], spoilt_markup, _alone, _imported("page.htm")),
    "word": Room(_words, spoilt_packed, _alone, _imported("a.docx")),
    "preflight": Room(_pdfs, spoilt_pdf, dict, _check_preflight),
    "package": Room(_package_parts, _spoilt_part, package_files, _check_package),
}  # fmt: skip


def furnished(room: Room, folder: Path) -> Path:
    """Return a folder with what stands beside a room's file."""
    for name, data in room.around().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder
