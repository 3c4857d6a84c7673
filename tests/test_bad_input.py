"""Spoilt copy: every finding has its code, its place and a hint; nothing crashes, and nothing is written."""

import io
import re
import struct
import zlib

import pytest
from PIL import Image

PAPER = """\
key: tiny
name: 小报
format:
  trim-width: 220mm
  trim-height: 170mm
  type-width: 200mm
  type-height: 130mm
  columns: 3
  ems: 13
  gutter: 1
"""
ISSUE = """\
paper: paper.yaml
number: 7
date: 2023-03-27
pages:
  - label: "01"
    name: 要闻
    sketch: |
      A A B
    areas:
      A: {story: stories/a.md, head: {level: 5}}
      B: {story: stories/b.md, head: {level: 5}}
"""
PAGE_2 = """\
  - areas: {A: {story: {headline: 春, text: 春风}}}
    sketch: AAA
    label: "01"
"""
PICTURE = ("| A A B @areas:", "| P P B @  A A B @areas: @  P: {picture: p.png, caption: 图}")
MORE = "…"
"""The last finding of a case to which others that follow from it may be added."""


def story(characters: int, *paragraphs: str, front: str = "headline: 春天来了") -> str:
    text = ("春风又绿江南岸，明月何时照我还。" * 99)[:characters]
    return f"---\n{front}\n---\n" + "\n\n".join((*paragraphs, text)) + "\n"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, rows: bytes, *, bits: int = 8, colour: int = 0) -> bytes:
    """Return a PNG whose checksums are right, whatever its rows are."""
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def saved(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise((100, 40), 50).convert("RGB").save(buffer, kind)
    return buffer.getvalue()


def write_issue(folder, issue=ISSUE, paper=PAPER, a=None, files=None, links=None):
    """Write a small issue that has no findings; a pair in place of a text swaps one part of the good one.

    In pairs for the issue "|" begins the sketch and "@" stands for a line end with the indentation of a page's keys.
    """
    stories = {"stories/a.md": story(320) if a is None else a, "stories/b.md": story(160)}
    texts = {"issue.yaml": swapped(ISSUE, issue), "paper.yaml": swapped(PAPER, paper), **stories, **(files or {})}
    for name, text in texts.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    for name, target in (links or {}).items():
        (folder / name).symlink_to(target)


def swapped(good, text):
    if not isinstance(text, tuple):
        return text
    old, new = (re.sub(r" ?@", "\n    ", re.sub(r"\| (?=[A-Z.])", "|\n      ", part)) for part in text)
    assert old in good
    return good.replace(old, new, 1)


def case(name, *found, words="", xfail="", **spoilt):
    """Return a case; a place that ends with file or line leaves the rest open, "error" stands for any code."""
    marks = [pytest.mark.xfail(strict=True, reason=xfail)] if xfail else []
    return pytest.param(spoilt, list(found), words, id=name, marks=marks)


def told(problem, like):
    code = problem["severity"] if like.startswith("error ") else problem["code"]
    place = [problem["file"], str(problem["line"]), str(problem["column"])]
    return f"{code} {':'.join(place[: like.count(':') + 1])}"


def all_told(problems, found):
    likes = [*found, *[":: "] * len(problems)]
    return [told(problem, like) for problem, like in zip(problems, likes, strict=False)]


def snapshot(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


UNKNOWN = [
    case("unknown key", "unknown-key issue.yaml:6:5", words="did you mean: name", issue=("name: 要闻", "nmae: 要闻")),
    case("unknown key of a head", "unknown-key issue.yaml:10:39", words="did you mean: level", issue=("level", "levle")),
    case(
        "unknown key in place of a needed one",
        "unknown-key issue.yaml:2:1",
        "missing-key issue.yaml:1:1",
        words="did you mean: number",
        issue=("number", "numbr"),
    ),
    case("unknown key of the paper", "unknown-key paper.yaml:2:1", MORE, words="did you mean: name", paper=("name", "nmae")),
    case(
        "unknown key of a story",
        "unknown-key stories/a.md:3:1",
        words="did you mean: kicker",
        a=story(320, front="headline: 春\nkiker: 引"),
    ),
    case("unknown kind of area", "wrong-value issue.yaml:10:10", MORE, words="story:", issue=("{story", "{stroy")),
    case("unknown word for an area", "wrong-value issue.yaml:10:10", MORE, words="masthead", issue=("{story: stories/a.md, head: {level: 5}}", "mastheat")),
    case("area of two kinds", "wrong-value issue.yaml:10:10", MORE, issue=("head: {level: 5}", "ear: stories/b.md")),
    case("unknown format", "wrong-value paper.yaml:3:9", words="对开, 四开", paper="key: tiny\nname: 小报\nformat: 三开\n"),
    case("unknown role of a face", "wrong-value paper.yaml:11:9", words="song-heavy", paper=PAPER + "fonts: {sung: x.ttf}\n"),
    case("key twice", "key-twice issue.yaml:3:1", words='"number" is given twice', issue=("number: 7", "number: 7\nnumber: 8")),
    case("area twice", "key-twice issue.yaml:11:7", MORE, words='"A" is given twice', issue=("  B:", "  A:")),
    case(
        "story's own text in a story file",
        "error stories/a.md:3",
        a=story(320, front="headline: 春\ntext: 春风"),
        xfail="a front matter's text: is swallowed: neither printed nor told",
    ),
]  # fmt: skip

VALUES = [
    case("number missing", "missing-key issue.yaml:1:1", words="add number:", issue=("number: 7\n", "")),
    case("impossible date", "wrong-value issue.yaml:3:7", words='not "2023-02-30"', issue=("03-27", "02-30")),
    case("date with a line end", "wrong-value issue.yaml:3:7", issue=("2023-03-27", '"2023-03-27\\n"')),
    case("date in other digits", "wrong-value issue.yaml:3:7", issue=("2023", "٢٠٢٣")),
    case("number in hex", "wrong-value issue.yaml:2:9", words='not "0x10"', issue=("7", "0x10")),
    case("number with a sign", "wrong-value issue.yaml:2:9", words='not "-1"', issue=("7", "-1")),
    case("number of a million digits", "wrong-value issue.yaml:2:9", issue=("number: 7", "number: " + "9" * 1_000_000)),
    case("pages a number", "wrong-value issue.yaml:4:8", words='expected a list, not "3"', issue=ISSUE[: ISSUE.index("pages:")] + "pages: 3\n"),
    case("pages of words", "wrong-value issue.yaml:4:9", MORE, issue=ISSUE[: ISSUE.index("pages:")] + "pages: [x]\n"),
    case("pages empty", "no-pages issue.yaml", words="describe the first page", issue=ISSUE[: ISSUE.index("pages:")] + "pages: []\n"),
    case("pages without a value", "wrong-value issue.yaml:4:7", issue=ISSUE[: ISSUE.index("pages:")] + "pages:\n"),
    case("areas a list", "wrong-value issue.yaml:9:12", MORE, words="keys with values", issue=ISSUE[: ISSUE.index(" areas:")] + " areas: [A, B]\n"),
    case("areas missing", "missing-key issue.yaml:5:5", MORE, words="add areas:", issue=ISSUE[: ISSUE.index(" areas:")]),
    case("areas empty", *["letter-without-area issue.yaml:8"] * 2, issue=ISSUE[: ISSUE.index(" areas:")] + " areas: {}\n"),
    case("headline a list", "wrong-value stories/a.md:2:11", words="expected a text", a=story(320, front="headline: [春, 天]")),
    case("headline missing", "missing-key stories/a.md:2:1", words="add headline:", a=story(320, front="kicker: 春")),
    case("front matter a list", "wrong-value stories/a.md:2:1", words="keys with values", a=story(320, front="- headline: 春")),
    case("story a list", "wrong-value issue.yaml:10:18", MORE, issue=("stories/a.md", "[stories/a.md]")),
    case("level out of bounds", "wrong-value issue.yaml:10:46", MORE, words="from 1 to 5", issue=("level: 5", "level: 9")),
    case("thirteen columns", "wrong-value issue.yaml:10:59", MORE, words="from 1 to 12", issue=("5}}", "5}, columns: 13}")),
    case("length without unit", "wrong-value paper.yaml:6:15", words="390mm", paper=("200mm", "200")),
    case("length of nothing", "wrong-value paper.yaml:6:15", paper=("200mm", "0mm")),
    case("length of a mountain", "wrong-value paper.yaml:7:16", paper=("130mm", "99999999mm")),
    case("type area wider than the page", "type-area paper.yaml:4:3", words="does not fit", paper=("220mm", "199mm")),
    case("type too small to read", "type-area paper.yaml:4:3", paper=("200mm", "50mm")),
    case("leading without %", "wrong-value paper.yaml:11:10", words="40%", paper=PAPER + "leading: 0.4\n"),
    case("bleed of 100 m", "wrong-value paper.yaml:11:8", paper=PAPER + "bleed: 99999mm\n"),
    case("key that is a path", "wrong-value paper.yaml:1:6", words="small letters", paper=("key: tiny", "key: ../../tiny")),
    case("label with a character", "wrong-value issue.yaml:5:12", MORE, words="01 or A01", issue=('"01"', "1版")),
    case("label twice", "label-twice issue.yaml:12", words='"01" is used twice', issue=ISSUE + '  - label: "01"\n' + PAGE_2[PAGE_2.index("areas") - 4 :].replace("  - ", "    ").replace('    label: "01"\n', "")),
    case("name with a line end", "error paper.yaml", paper=("小报", '"小\\n报"')),
    case("empty issue file", *["missing-key issue.yaml:1:1"] * 4, words="add paper:", issue=""),
    case("issue of spaces", *["missing-key issue.yaml:1:1"] * 4, issue="  \n# 空\n"),
    case("empty paper", *["missing-key paper.yaml:1:1"] * 2, words="add key:", paper=""),
    case("issue a list", "wrong-value issue.yaml:1:1", words="keys with values", issue="- 1\n"),
    case("issue a word", "wrong-value issue.yaml:1:1", words='not "今天"', issue="今天\n"),
]  # fmt: skip

SKETCHES = [
    case("sketch letter without area", "letter-without-area issue.yaml:8", words="add C:", issue=("A A B", "A C B")),
    case("area not drawn", "area-not-drawn issue.yaml:11:7", words="draw B in the sketch", issue=("A A B", "A A .")),
    case("letter that is no rectangle", "no-rectangle issue.yaml:8", MORE, words='the cells of "A"', issue=("A A B", "A B A")),
    case("sketch too wide", "sketch-width issue.yaml:8", words="4 columns, the page has 3", issue=("A A B", "A A B B")),
    case("sketch too narrow", "sketch-width issue.yaml:8", MORE, words="2 columns, the page has 3", issue=("A A B", "A B")),
    case("sketch on one line", "sketch-width issue.yaml:7:13", issue=("|\n      A A B", "AABB")),
    case("second row too narrow", "sketch-width issue.yaml:9", issue=("A A B", "A A B\n      A A")),
    case("letter of full width", "letter-without-area issue.yaml:8", issue=("A A B", "A Ａ B")),
    case("letter that is a digit", "wrong-value issue.yaml:10:7", MORE, issue=("  A:", "  1:")),
    case("rows of the wrong count", "rows-count issue.yaml", words="2 entries, the sketch has 1", issue=("areas:", "rows: [10, 9]@areas:")),
    case("row of half a line", "wrong-value issue.yaml:9:12", MORE, words="auto or a number", issue=("areas:", "rows: [1.5]@areas:")),
    case("row before the first", "wrong-value issue.yaml:9:12", MORE, issue=("areas:", "rows: [-1]@areas:")),
]  # fmt: skip

FILES = [
    case("story missing", "missing-file issue.yaml:10:18", words='"stories/c.md"', issue=("a.md", "c.md")),
    case("story a folder", "missing-file issue.yaml:10:18", issue=("stories/a.md", "stories")),
    case("paper missing", "missing-file issue.yaml:1:8", words='"pepper.yaml"', issue=("paper.yaml", "pepper.yaml")),
    case("picture missing", "missing-file issue.yaml:12:20", words='"p.png"', issue=PICTURE),
    case("face missing", "missing-file paper.yaml:11:15", words='"x.ttf"', paper=PAPER + "fonts: {song: x.ttf}\n"),
    case("story twice", "story-twice issue.yaml:11:18", words="placed in line 10", issue=("b.md", "a.md")),
    case("story twice by another way", "story-twice issue.yaml:11:18", issue=("b.md", "../stories/a.md")),
    case("story twice by a link", "story-twice issue.yaml:11:18", issue=("b.md", "c.md"), links={"stories/c.md": "a.md"}),
    case("story outside", "outside-roots issue.yaml:10:18", words="list its folder under roots", issue=("stories/a.md", "../../etc/passwd")),
    case("story outside by its root", "outside-roots issue.yaml:10:18", issue=("stories/a.md", "/etc/passwd")),
    case("story outside by a link", "outside-roots issue.yaml:10:18", issue=("a.md", "c.md"), links={"stories/c.md": "/etc/passwd"}),
    case("folder outside by a link", "outside-roots issue.yaml:10:18", issue=("stories/a.md", "etc/passwd"), links={"etc": "/etc"}),
    case("link to itself", "error issue.yaml:10:18", issue=("a.md", "c.md"), links={"stories/c.md": "c.md"}),
    case("paper outside", "outside-roots issue.yaml:1:8", issue=("paper.yaml", "../paper.yaml")),
    case("picture outside", "outside-roots issue.yaml:12:20", issue=(PICTURE[0], PICTURE[1].replace("p.png", "/etc/passwd"))),
    case("face outside", "outside-roots paper.yaml:11:15", paper=PAPER + "fonts: {song: /etc/passwd}\n"),
    case("name with a NUL", "outside-roots issue.yaml:10:18", issue=("stories/a.md", '"stories/a\\0.md"')),
    case("story in no encoding", "encoding stories/a.md", words="save the file as UTF-8", a=b"---\nheadline: \xff\n---\n\xff\n"),
    case("issue in no encoding", "encoding issue.yaml", issue=b"\xff\xff" + ISSUE.encode()),
    case("story in UTF-16", "encoding stories/a.md", a=story(320).encode("utf-16")),
    case("picture that is a text", "no-picture issue.yaml:12:20", words="export the picture again", issue=PICTURE, files={"p.png": "春"}),
    case("picture that is empty", "no-picture issue.yaml:12:20", issue=PICTURE, files={"p.png": ""}),
    case("picture of another kind", "no-picture issue.yaml:12:20", issue=PICTURE, files={"p.png": saved("GIF")}),
    case("PNG cut off", "no-picture issue.yaml:12:20", issue=PICTURE, files={"p.png": saved("PNG")[:-200]}),
    case("PNG without its end", "no-picture issue.yaml:12:20", issue=PICTURE, files={"p.png": saved("PNG")[:-12]}),
    case("PNG with a head only", "no-picture issue.yaml:12:20", issue=PICTURE, files={"p.png": saved("PNG")[:20]}),
    case("JPEG cut off", "no-picture issue.yaml:12:20", issue=PICTURE, files={"p.png": saved("JPEG")[:-200]}),
    case("picture of no size", "no-picture issue.yaml:12:20", issue=PICTURE, files={"p.png": png(0, 0, zlib.compress(b""))}),
    case("picture of 1.6 billion pixels", "no-picture issue.yaml:12:20", issue=PICTURE, files={"p.png": png(40_000, 40_000, b"")}),
    case("picture deeper than the page", "picture-too-deep issue.yaml:12:7", MORE, issue=PICTURE, files={"p.png": png(1, 99, zlib.compress(b"\0\0" * 99))}),
]  # fmt: skip

YAML = [
    case("bracket not closed", "yaml issue.yaml:3:5", words="expected ',' or ']'", issue=("7", "[7")),
    case("brace not closed", "yaml issue.yaml:11:7", words="expected ',' or '}'", issue=("5}}", "5}")),
    case("quote not closed", "yaml issue.yaml", issue=("要闻", '"要闻')),
    case("tab as indentation", "yaml issue.yaml:6:1", words="look at the indentation", issue=("    name:", "\tname:")),
    case("no white after the colon", "yaml issue.yaml:3:5", issue=("number: 7", "number:7")),
    case("two documents", "yaml issue.yaml:12:1", words="another document", issue=ISSUE + "---\n1\n"),
    case("broken front matter", "yaml stories/a.md:2:12", words="mapping values", a=story(320, front="headline: 春: 天")),
    case("alias of nothing", "yaml issue.yaml:2:9", words="undefined alias", issue=("7", "*seven")),
    case("tag that would run a program", "wrong-value issue.yaml:2:9", issue=("7", '!!python/object/apply:os.system ["true"]')),
    case("control character", "yaml issue.yaml", words="control characters", issue=("要闻", "要\a闻")),
    case("key of many values", "yaml issue.yaml:1:3", MORE, words="a key must be a plain text", issue="? [paper, number]\n: 1\n"),
]  # fmt: skip

STORIES = [
    case("story without front matter", "no-front-matter stories/a.md:1:1", words="begin the file with a line ---", a="春风\n"),
    case("front matter without end", "no-front-matter stories/a.md:1:1", a="---\nheadline: 春\n"),
    case("front matter after a blank line", "no-front-matter stories/a.md:1:1", a="\n" + story(320)),
    case("empty story file", "no-front-matter stories/a.md:1:1", a=""),
    case("list", "markup stories/a.md:4:1", words="use paragraphs", a=story(320, "- 一\n- 二")),
    case("numbered list", "markup stories/a.md:6:1", a=story(320, "春风", "1. 一")),
    case("code between fences", "markup stories/a.md:4:1", words="fence", a=story(320, "```\nx = 1\n```")),
    case("code by indentation", "markup stories/a.md:6:1", words="code_block", a=story(320, "春风", "    x = 1")),
    case("code in a line", "markup stories/a.md:4:1", words="code_inline", a=story(320, "`x = 1`")),
    case("image", "markup stories/a.md:4:1", words="image", a=story(320, "![图](a.png)")),
    case("HTML block", "markup stories/a.md:4:1", words="html_block", a=story(320, "<div>\n春\n</div>")),
    case("HTML comment", "markup stories/a.md:4:1", a=story(320, "<!-- 春 -->")),
    case("HTML in a line", "markup stories/a.md:4:1", MORE, words="html_inline", a=story(320, "<b>春</b>")),
    case("link", "markup stories/a.md:4:1", MORE, words="link", a=story(320, "[春](https://example.org)")),
    case("quotation", "markup stories/a.md:4:1", words="blockquote", a=story(320, "> 春")),
    case("rule", "markup stories/a.md:4:1", words="hr", a=story(320, "* * *")),
    case("stray **", "stray-mark stories/a.md:4:1", words='"**" has no partner', a=story(320, "他说**你好。**她")),
    case("** without end", "stray-mark stories/a.md:4:1", a=story(320, "他说**你好")),
    case("emoji in no face", "missing-glyph stories/a.md:5:2", words='"😀" (U+1F600)', a=story(300, "春风\n又😀绿", "江南")),
    case("character of private use", "missing-glyph stories/a.md:6:4", words="(U+E000)", a=story(300, "春风", "江**\ue000**南")),
    case("character in a subhead", "missing-glyph stories/a.md:4:5", words="(U+1F600)", a=story(250, "## 春😀风")),
    case("tab in a story", "missing-glyph stories/a.md:4:2", words="(U+0009)", a=story(300, "春\t风")),
    case("one character twice", *["missing-glyph stories/a.md:4:1"], a=story(300, "😀春😀")),
    case("character in a headline", "missing-glyph stories/a.md:2", words="(U+1F600)", a=story(320, front="headline: 春😀")),
    case("story too long", "overset issue.yaml:10:7", words='story "a" is', a=story(500)),
    case("headline too long for any size", "head-too-wide stories/a.md:2", MORE, words="shorten it", a=story(320, front=f"headline: {'春' * 200}")),
    case("headline of one word", "head-too-wide stories/a.md:2", MORE, a=story(320, front=f"headline: {'A' * 200}")),
    case("kicker too long for any size", "head-too-wide stories/a.md:3", a=story(320, front=f"headline: 春\nkicker: {'引' * 200}"), xfail="all findings of a head point to the first line of the front matter"),
    case("index too long", "index-too-long issue.yaml:11:7", words="lines too long for area B", issue=("{story: stories/b.md, head: {level: 5}}", "{index: [" + "春风，" * 99 + "]}")),
]  # fmt: skip

WRONG_PLACE = [
    case("place of a sketch's row", "sketch-width issue.yaml:8:7", issue=("A A B", "A A B B"), xfail="the column is that of the |"),
    case("place of a sketch's letter", "letter-without-area issue.yaml:8:9", issue=("A A B", "A C B"), xfail="the column is that of the |"),
    case("place in a sketch after a blank line", "sketch-width issue.yaml:9", issue=("A A B", "@@  A A B B"), xfail="blank lines of a sketch are not counted"),
    case("place in a quoted sketch", "sketch-width issue.yaml:7", issue=("|\n      A A B", '"AAB\\nAA"'), xfail="rows of a quoted sketch are counted as lines of the file"),
    case("place of rows", "rows-count issue.yaml:9:11", issue=("areas:", "rows: [10, 9]@areas:"), xfail="points to the page, not to rows"),
    case("place of a second label", "label-twice issue.yaml:14", issue=ISSUE + PAGE_2, xfail="points to the page, not to its label"),
    case("place of empty pages", "no-pages issue.yaml:4", issue=ISSUE[: ISSUE.index("pages:")] + "pages: []\n", xfail="points to line 1, not to pages"),
    case("place of a control character", "yaml issue.yaml:6", issue=("要闻", "要\a闻"), xfail="a reader error of PyYAML has its place in .position"),
    case("place in a headline", "missing-glyph stories/a.md:3:12", a=story(320, front="kicker: 春\nheadline: 春😀"), xfail="points to the first line of the front matter"),
    case("place in a dateline", "missing-glyph stories/a.md:3:12", a=story(320, front="headline: 春\ndateline: 春😀"), xfail="points to the first paragraph"),
    case("place in a paper's name", "missing-glyph paper.yaml:2", paper=("小报", "小😀报"), xfail="points to line 1"),
    case("place in a page's name", "missing-glyph issue.yaml:6", issue=("要闻", "要😀闻"), xfail="points to the paper's file"),
    case("place in a text of the manifest", "missing-glyph issue.yaml:14:14", MORE, issue=("{story: stories/a.md, head: {level: 5}}", "@    story:@      headline: 春@      text: |@        春风又😀绿"), xfail="the text begins on the line after its |"),
    case("place of an image in a paragraph", "markup stories/a.md:5:3", a=story(320, "春风\n又绿![图](a.png)"), xfail="points to the start of the paragraph"),
    case("place of a stray **", "stray-mark stories/a.md:5:3", a=story(320, "春**风**暖\n他说**你好。**她"), xfail="points to the start of the paragraph"),
    case("page name too long", "furniture-too-wide issue.yaml:6", issue=("要闻", "要" * 99), xfail="points to the paper, and advises to shorten the imprint"),
    case("name with a line end at its place", "error paper.yaml:2:7", paper=("小报", '"小\\n报"'), xfail="told as a missing glyph U+000A at paper.yaml:1:1"),
]  # fmt: skip

NOISE = [
    case("no rectangle, told once", "no-rectangle issue.yaml:8", issue=("A A B", "A B A"), xfail="adds that area A is not drawn"),
    case("areas a list, told once", "wrong-value issue.yaml:9:12", issue=ISSUE[: ISSUE.index(" areas:")] + " areas: [A, B]\n", xfail="adds that the issue has no pages"),
    case("level out of bounds, told once", "wrong-value issue.yaml:10:46", issue=("level: 5", "level: 9"), xfail="adds that letter A has no area"),
    case("HTML in a line, told once", "markup stories/a.md:4:1", a=story(320, "<b>春</b>"), xfail="told for each tag"),
    case("link, told once", "markup stories/a.md:4:1", a=story(320, "[春](https://example.org)"), xfail="told again as link_close"),
    case("headline too long, told once", "head-too-wide stories/a.md:2", a=story(320, front=f"headline: {'春' * 200}"), xfail="told for each line of the divided headline"),
    case("key of many values, told once", "yaml issue.yaml:1:3", "missing-key issue.yaml:1:1", MORE, issue="? [paper, number]\n: 1\n"),
]  # fmt: skip

ACCEPTED = [
    case("rows deeper than the page", "error issue.yaml:9", issue=("areas:", "rows: [500]@areas:"), xfail="rows that do not add up to the page are dropped without a word"),
    case("rows shallower than the page", "error issue.yaml:9", issue=("areas:", "rows: [5]@areas:"), xfail="rows that do not add up to the page are dropped without a word"),
    case("more rows than lines", "error issue.yaml", issue=("A A B", "A A B\n" + "      A A B\n" * 40), xfail="accepted; 2000 rows take 20 s"),
    case("twelve columns in the width of one", "error issue.yaml:11", issue=("b.md, head: {level: 5}}", "b.md, head: {level: 5}, columns: 12}"), xfail="legs of no width: all characters are set on each other"),
    case("headline of white", "error stories/a.md:2", a=story(390, front='headline: " "'), xfail="a story without head is set"),
    case("story twice by an alias", "story-twice issue.yaml:11", issue=ISSUE.replace("A: {", "A: &a {").replace("B: {story: stories/b.md, head: {level: 5}}", "B: *a"), a=story(150), xfail="both places have the span of the anchor"),
    case("index title too long", "error issue.yaml:11", issue=("{story: stories/b.md, head: {level: 5}}", "{index: [春], title: " + "导读" * 50 + "}"), xfail="the title runs over the page"),
    case("face that is no face", "error paper.yaml:11:15", paper=PAPER + "fonts: {song: x.ttf}\n", files={"x.ttf": "春"}, xfail="text is set in the fallback faces without a word"),
    case("grey PNG with too few rows", "no-picture issue.yaml:12:20", issue=PICTURE, a=story(130), files={"p.png": png(1000, 100, zlib.compress(b"\0" * 50))}, xfail="its data go into the PDF as they are"),
    case("grey PNG with spoilt data", "no-picture issue.yaml:12:20", issue=PICTURE, a=story(130), files={"p.png": png(1000, 100, b"spoilt")}, xfail="its data go into the PDF as they are"),
    case("picture of 0.6 billion pixels", "no-picture issue.yaml:12:20", issue=PICTURE, files={"p.png": png(25_000, 25_000, b"")}, xfail="Pillow warns only below twice MAX_IMAGE_PIXELS"),
    case("stray *", "stray-mark stories/a.md:4", a=story(300, "他说*你好。*她"), xfail="the stars are printed"),
    case("reference definition", "markup stories/a.md:4", a=story(300, "[注]: 这是注释"), xfail="the line is swallowed"),
    case("heading by underline", "markup stories/a.md:4", a=story(280, "春风\n---"), xfail="the paragraph becomes a subhead"),
    case("heading of another level", "markup stories/a.md:4", a=story(280, "# 春风"), xfail="set as a subhead of level 2"),
]  # fmt: skip

CRASHES = [
    case("sketch of white", "error issue.yaml:7", issue=("|\n      A A B", '" "'), MORE="", xfail="ZeroDivisionError in solve_bands") if False else
    case("sketch of white", "error issue.yaml:7", issue=ISSUE[: ISSUE.index(" sketch:")] + ' sketch: " "\n    areas: {}\n', xfail="ZeroDivisionError in solve_bands"),
    case("name longer than a file system takes", "error issue.yaml:10:18", issue=("stories/a.md", "a" * 5000), xfail="OSError in Path.is_file"),
    case("length of 5000 digits", "wrong-value paper.yaml:6:15", paper=("200mm", "9" * 5000 + "mm"), xfail="ValueError of int in parse_length"),
    case("500 lists in each other", "yaml issue.yaml:1", MORE, issue="a: " + "[" * 500 + "]" * 500 + "\n" + ISSUE, xfail="RecursionError in _Builder"),
    case("colour PNG with too few rows", "no-picture issue.yaml:12:20", issue=PICTURE, a=story(130), files={"p.png": png(1000, 100, zlib.compress(b"\0" * 50), colour=2)}, xfail="OSError while the print files are made; check has no finding"),
    case("colour PNG with spoilt data", "no-picture issue.yaml:12:20", issue=PICTURE, a=story(130), files={"p.png": png(1000, 100, b"spoilt", colour=2)}, xfail="OSError while the print files are made; check has no finding"),
]  # fmt: skip
