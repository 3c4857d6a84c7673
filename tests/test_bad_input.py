"""Spoilt copy: every finding has its code, its place and a hint; nothing crashes, and nothing is written."""

import io
import json
import os
import struct
import subprocess
import sys
import time
import unicodedata
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from layout.cli import main
from layout.frame import GlyphRun
from layout.inks.press import NEWSPRINT
from layout.issue import set_issue
from layout.manifest.load import load_issue
from layout.script.unprintable import faults
from layout.units import MM
from layout.watch import Watch
from tests.conftest import ROOT

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
TO_PAGES = """\
paper: paper.yaml
number: 7
date: 2023-03-27
"""
TO_AREAS = f"""\
{TO_PAGES}pages:
  - label: "01"
    name: 要闻
    sketch: |
      A A B
"""
A = "{story: stories/a.md, head: {level: 5}}"
B = "{story: stories/b.md, head: {level: 5}}"
ISSUE = f"""\
{TO_AREAS}    areas:
      A: {A}
      B: {B}
"""
PAGE_2 = """\
  - areas: {A: {story: {headline: 春, text: 春风}}}
    sketch: AAA
    label: "01"
"""
PICTURE = ISSUE.replace("A A B\n", "P P B\n      A A B\n").replace(
    "areas:\n", "areas:\n      P: {picture: p.png, caption: 图}\n"
)
OWN_PROFILE = PAPER + "colour: {profile: x.icc}\n"
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
FACE = PAPER + "fonts: {song: x.ttf}\n"
NOISE = Image.effect_noise((100, 40), 50).convert("RGB")
OF_THE_SKETCH = {"tombstone", "through-gap"}
"""Two stories beside each other are a taboo by themselves."""

MORE = "…"
"""Stands last where findings that follow from the first may be added."""


def story(characters: int, *paragraphs: str, front: str = "headline: 春天来了") -> str:
    """Return a story: the paragraphs of a case, the first in line 4, then plain text."""
    text = ("春风又绿江南岸，明月何时照我还。" * (characters // 16 + 1))[:characters]
    return f"---\n{front}\n---\n" + "\n\n".join((*paragraphs, text)) + "\n"


def png(width: int, height: int, data: bytes, colour: int = 0, bits: int = 8) -> bytes:
    """Return a PNG with these pixel data, right or wrong; its checksums are right."""
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", data), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )


def saved(kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    NOISE.save(buffer, kind, **options)
    return buffer.getvalue()


def webp(width: int, height: int) -> bytes:
    """Return a WebP file whose header promises a size that its data do not hold."""
    bits = (width - 1) | (height - 1) << 14
    data = b"VP8L" + struct.pack("<I", 5) + b"\x2f" + struct.pack("<I", bits) + b"\0"
    return b"RIFF" + struct.pack("<I", 4 + len(data)) + b"WEBP" + data


def write_issue(folder, issue=ISSUE, paper=PAPER, a=None, files=(), links=()):
    """Write an issue that has no findings but what a case spoils; a pair swaps one part of the good text."""
    texts = {"issue.yaml": swapped(ISSUE, issue), "paper.yaml": swapped(PAPER, paper), "stories/b.md": story(160)}
    texts |= {"stories/a.md": story(320) if a is None else a, **dict(files)}
    for name, text in texts.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    for name, target in dict(links).items():
        (folder / name).symlink_to(target)


def swapped(good, spoilt):
    if not isinstance(spoilt, tuple):
        return spoilt
    assert spoilt[0] in good
    return good.replace(*spoilt, 1)


def case(name, *found, words="", xfail="", **spoilt):
    """Return a case with its findings as "code file:line:column".

    A place may leave out what a case leaves open; "error" stands for any error. `words` stand in the first message or hint.
    """
    marks = [pytest.mark.xfail(strict=True, reason=xfail)] if xfail else []
    return pytest.param(spoilt, list(found), words, id=name, marks=marks)


def all_told(problems, found):
    """Return the findings, each as precisely as the case has it."""
    if MORE in found:
        found, problems = found[:-1], problems[: len(found) - 1]
    likes = [*found, *["code :0:0"] * len(problems)]
    return found, [told(problem, like) for problem, like in zip(problems, likes, strict=False)]


def told(problem, like):
    name = problem["severity"] if like.startswith("error ") else problem["code"]
    place = (problem["file"], str(problem["line"]), str(problem["column"]))
    return f"{name} {':'.join(place[: like.count(':') + 1])}"


def snapshot(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run the command line in this process; return its status and its findings but for those of the sketch."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        status = main([*arguments, "--json"])
        return status, [problem for problem in json.loads(capsys.readouterr().out) if problem["code"] not in OF_THE_SKETCH]

    return run


CASES = [
    # ---- keys ----
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
    case("unknown word for an area", "wrong-value issue.yaml:10:10", MORE, words="masthead", issue=(A, "mastheat")),
    case("area of two kinds", "wrong-value issue.yaml:10:10", MORE, issue=("head: {level: 5}", "ear: stories/b.md")),
    case("unknown format", "wrong-value paper.yaml:3:9", words="对开, 四开", paper="key: tiny\nname: 小报\nformat: 三开\n"),
    case("unknown role of a face", "wrong-value paper.yaml:11:9", words="song-heavy", paper=PAPER + "fonts: {sung: x}\n"),
    case("key twice", "key-twice issue.yaml:3:1", words='"number" is given twice', issue=("number: 7", "number: 7\nnumber: 8")),
    case("area twice", "key-twice issue.yaml:11:7", MORE, words='"A" is given twice', issue=("  B:", "  A:")),
    case("number missing", "missing-key issue.yaml:1:1", words="add number:", issue=("number: 7\n", "")),
    case("areas missing", "missing-key issue.yaml:5:5", MORE, words="add areas:", issue=TO_AREAS),
    case("headline missing", "missing-key stories/a.md:2:1", words="add headline:", a=story(320, front="kicker: 春")),
    case("empty issue file", *["missing-key issue.yaml:1:1"] * 4, words="add paper:", issue=""),
    case("issue of white and a comment", *["missing-key issue.yaml:1:1"] * 4, issue="  \n# 空\n"),
    case("empty paper", *["missing-key paper.yaml:1:1"] * 2, words="add key:", paper=""),
    case(
        "text of a story file in its front matter",
        "unknown-key stories/a.md:3:1",
        a=story(320, front="headline: 春\ntext: 春风"),
    ),
    # ---- values ----
    case("impossible date", "wrong-value issue.yaml:3:7", words='not "2023-02-30"', issue=("03-27", "02-30")),
    case("date with a line end", "wrong-value issue.yaml:3:7", issue=("2023-03-27", '"2023-03-27\\n"')),
    case("date in other digits", "wrong-value issue.yaml:3:7", issue=("2023", "٢٠٢٣")),
    case("number in hex", "wrong-value issue.yaml:2:9", words='not "0x10"', issue=("7", "0x10")),
    case("number with a sign", "wrong-value issue.yaml:2:9", words='not "-1"', issue=("7", "-1")),
    case("number of a million digits", "wrong-value issue.yaml:2:9", issue=("7", "9" * 1_000_000)),
    case("pages a number", "wrong-value issue.yaml:4:8", words='a list, not "3"', issue=TO_PAGES + "pages: 3\n"),
    case("pages a list of words", "wrong-value issue.yaml:4:9", issue=TO_PAGES + "pages: [x]\n"),
    case("pages without a value", "wrong-value issue.yaml:4:7", issue=TO_PAGES + "pages:\n"),
    case("no page", "no-pages issue.yaml:4:8", words="describe the first page", issue=TO_PAGES + "pages: []\n"),
    case("areas a list", "wrong-value issue.yaml:9:12", words="keys with values", issue=TO_AREAS + "    areas: [A, B]\n"),
    case(
        "no area",
        "letter-without-area issue.yaml:8:7",
        "letter-without-area issue.yaml:8:11",
        words="add A:",
        issue=TO_AREAS + "    areas: {}\n",
    ),
    case("headline a list", "wrong-value stories/a.md:2:11", words="a text", a=story(320, front="headline: [春, 天]")),
    case("front matter a list", "wrong-value stories/a.md:2:1", words="keys with values", a=story(320, front="- headline: 春")),
    case("story a list", "wrong-value issue.yaml:10:18", MORE, issue=("stories/a.md", "[stories/a.md]")),
    case("level out of bounds", "wrong-value issue.yaml:10:46", words="from 1 to 5", issue=("level: 5", "level: 9")),
    case("thirteen columns", "wrong-value issue.yaml:10:59", MORE, words="from 1 to 12", issue=("5}}", "5}, columns: 13}")),
    case("length without unit", "wrong-value paper.yaml:6:15", words="390mm", paper=("200mm", "200")),
    case("length of nothing", "wrong-value paper.yaml:6:15", paper=("200mm", "0mm")),
    case("length of a hundred kilometres", "wrong-value paper.yaml:7:16", paper=("130mm", "100000000mm")),
    case("type area wider than the page", "type-area paper.yaml:4:3", words="does not fit", paper=("220mm", "199mm")),
    case("type too small to read", "type-area paper.yaml:4:3", words="is too small", paper=("200mm", "50mm")),
    case("leading without %", "wrong-value paper.yaml:11:10", words="40%", paper=PAPER + "leading: 0.4\n"),
    case("bleed of a hundred metres", "wrong-value paper.yaml:11:8", paper=PAPER + "bleed: 100000mm\n"),
    case("key of the paper a path", "wrong-value paper.yaml:1:6", words="small letters", paper=("tiny", "../../tiny")),
    case("label with a character", "wrong-value issue.yaml:5:12", MORE, words="01 or A01", issue=('"01"', "1版")),
    case("label twice", "label-twice issue.yaml:14:12", words='"01" is used twice', issue=ISSUE + PAGE_2),
    case("name with a line end", "wrong-value paper.yaml:2:7", paper=("小报", '"小\\n报"')),
    case("issue a list", "wrong-value issue.yaml:1:1", words="keys with values", issue="- 1\n"),
    case("issue a word", "wrong-value issue.yaml:1:1", words='not "今天"', issue="今天\n"),
    case(
        "length of 5000 digits",
        "wrong-value paper.yaml:6:15",
        paper=("200mm", "9" * 5000 + "mm"),
    ),
    case(
        "headline of white",
        "wrong-value stories/a.md:2:11",
        a=story(390, front='headline: " "'),
    ),
    # ---- sketches ----
    case("sketch letter without area", "letter-without-area issue.yaml:8:9", words="add C:", issue=("A A B", "A C B")),
    case("area not drawn", "area-not-drawn issue.yaml:11:7", words="draw B in the sketch", issue=("A A B", "A A .")),
    case("letter whose cells lie apart", "cells-apart issue.yaml:8:7", words='cells of "A"', issue=("A A B", "A B A")),
    case("sketch too wide", "sketch-width issue.yaml:8:7", words="4 columns, the page has 3", issue=("A A B", "A A B B")),
    case("sketch too narrow", "sketch-width issue.yaml:8:7", words="2 columns, the page has 3", issue=("A A B", "A B")),
    case("sketch on one line", "sketch-width issue.yaml:7:13", issue=("|\n      A A B", "AABB")),
    case("second row too narrow", "sketch-width issue.yaml:9:7", issue=("A A B", "A A B\n      A A")),
    case("letter of full width", "letter-without-area issue.yaml:8:9", words="add Ａ:", issue=("A A B", "A Ａ B")),
    case("letter that is a digit", "wrong-value issue.yaml:10:7", MORE, words="a letter", issue=("  A:", "  1:")),
    case(
        "rows of the wrong count",
        "rows-count issue.yaml:9:11",
        words="2 entries, the sketch has 1",
        issue=("areas:", "rows: [10, 9]\n    areas:"),
    ),
    case("row of half a line", "wrong-value issue.yaml:9:12", MORE, words="auto", issue=("areas:", "rows: [1.5]\n    areas:")),
    case("row of less than a line", "wrong-value issue.yaml:9:12", MORE, issue=("areas:", "rows: [-1]\n    areas:")),
    case(
        "rows deeper than the page",
        "rows-sum issue.yaml:9:11",
        issue=("areas:", "rows: [500]\n    areas:"),
    ),
    case(
        "rows shallower than the page",
        "rows-sum issue.yaml:9:11",
        issue=("areas:", "rows: [5]\n    areas:"),
    ),
    case(
        "more rows in the sketch than lines on the page",
        "rows-sum issue.yaml:7:13",
        issue=("A A B\n", "A A B\n" * 1 + "      A A B\n" * 40),
    ),
    case(
        "sketch of white",
        "wrong-value issue.yaml:7:13",
        issue=TO_AREAS.replace("|\n      A A B", '" "') + "    areas: {}\n",
    ),
    case(
        "twelve columns in the width of one",
        "legs-too-narrow issue.yaml:11:7",
        issue=("b.md, head: {level: 5}", "b.md, head: {level: 5}, columns: 12"),
    ),
    case(
        "sketch with a blank line",
        "sketch-width issue.yaml:9:7",
        issue=("      A A B", "\n      A A B B"),
    ),
    case(
        "sketch between quotes",
        "sketch-width issue.yaml:7:13",
        issue=("|\n      A A B", '"AAB\\nAA"'),
    ),
    # ---- files ----
    case("story missing", "missing-file issue.yaml:10:18", words='"stories/c.md"', issue=("a.md", "c.md")),
    case("story a folder", "missing-file issue.yaml:10:18", issue=("stories/a.md", "stories")),
    case("paper missing", "missing-file issue.yaml:1:8", words='"pepper.yaml"', issue=("paper.yaml", "pepper.yaml")),
    case("picture missing", "missing-file issue.yaml:11:20", words='"p.png"', issue=PICTURE),
    case("face missing", "missing-file paper.yaml:11:15", words='"x.ttf"', paper=FACE),
    case("story twice", "story-twice issue.yaml:11:18", words="placed in line 10", issue=("b.md", "a.md")),
    case("story twice by another way", "story-twice issue.yaml:11:18", issue=("b.md", "../stories/a.md")),
    case("story twice by a link", "story-twice issue.yaml:11:18", issue=("b.md", "c.md"), links={"stories/c.md": "a.md"}),
    case("story outside", "outside-roots issue.yaml:10:18", words="under roots", issue=("stories/a.md", "../../etc/passwd")),
    case("story outside, from the root", "outside-roots issue.yaml:10:18", issue=("stories/a.md", "/etc/passwd")),
    case(
        "story outside by a link",
        "outside-roots issue.yaml:10:18",
        issue=("a.md", "c.md"),
        links={"stories/c.md": "/etc/passwd"},
    ),
    case(
        "story in a folder outside by a link",
        "outside-roots issue.yaml:10:18",
        issue=("stories/a.md", "etc/passwd"),
        links={"etc": "/etc"},
    ),
    case("link to itself", "error issue.yaml:10:18", issue=("a.md", "c.md"), links={"stories/c.md": "c.md"}),
    case("paper outside", "paper-outside issue.yaml:1:8", issue=("paper.yaml", "../paper.yaml")),
    case("picture outside", "outside-roots issue.yaml:11:20", issue=PICTURE.replace("p.png", "/etc/passwd")),
    case("face outside", "outside-roots paper.yaml:11:15", paper=FACE.replace("x.ttf", "/etc/passwd")),
    case("story with NUL in its name", "outside-roots issue.yaml:10:18", issue=("stories/a.md", '"a\\0.md"')),
    case(
        "story in no encoding", "encoding stories/a.md", words="save the file as UTF-8", a=b"---\nheadline: \xff\n---\n\xff\n"
    ),
    case("story in UTF-16", "encoding stories/a.md", a=story(320).encode("utf-16")),
    case("issue in no encoding", "encoding issue.yaml", issue=b"\xff\xff" + ISSUE.encode()),
    case(
        "story with a name of 5000 letters",
        "error issue.yaml:10:18",
        issue=("stories/a.md", "a" * 5000),
    ),
    case(
        "story twice by an alias",
        "story-twice issue.yaml:11",
        issue=ISSUE.replace("A: {", "A: &a {").replace(B, "*a"),
        a=story(150),
    ),
    case(
        "face that is no face",
        "no-face paper.yaml:11:15",
        paper=FACE,
        files={"x.ttf": "春"},
    ),
    # ---- profiles ----
    case("profile missing", "missing-file paper.yaml:11:19", paper=OWN_PROFILE),
    case("profile outside", "outside-roots paper.yaml:11:19", paper=OWN_PROFILE.replace("x.icc", "/etc/passwd")),
    case("profile that is none", "no-profile paper.yaml:11:19", paper=OWN_PROFILE, files={"x.icc": "春" * 200}),
    case("profile that is empty", "no-profile paper.yaml:11:19", paper=OWN_PROFILE, files={"x.icc": ""}),
    case("profile cut off", "no-profile paper.yaml:11:19", paper=OWN_PROFILE, files={"x.icc": NEWSPRINT.read_bytes()[:-9]}),
    case(
        "profile with broken tables",
        "no-profile paper.yaml:11:19",
        paper=OWN_PROFILE,
        files={"x.icc": NEWSPRINT.read_bytes()[:700].ljust(227_600, b"\0")},
    ),
    case("profile for RGB", "no-press-profile paper.yaml:11:19", words="CMYK", paper=OWN_PROFILE, files={"x.icc": SRGB}),
    case("ink limit too low", "wrong-value paper.yaml:11:21", paper=PAPER + "colour: {ink-limit: 80%}\n"),
    case("ink of no page", "wrong-value issue.yaml:12:10", issue=ISSUE + "    ink: red\n"),
    # ---- pictures ----
    case(
        "picture with a broken profile",
        "picture-profile issue.yaml:11:20",
        MORE,
        words="sRGB",
        issue=PICTURE,
        files={"p.png": saved("PNG", icc_profile=SRGB[:300])},
    ),
    case("picture that is a text", "no-picture issue.yaml:11:20", words="export", issue=PICTURE, files={"p.png": "春"}),
    case("picture that is empty", "no-picture issue.yaml:11:20", issue=PICTURE, files={"p.png": ""}),
    case("picture of another kind", "no-picture issue.yaml:11:20", issue=PICTURE, files={"p.png": saved("GIF")}),
    case("PNG cut off", "no-picture issue.yaml:11:20", issue=PICTURE, files={"p.png": saved("PNG")[:-200]}),
    case("PNG cut off in its header", "no-picture issue.yaml:11:20", issue=PICTURE, files={"p.png": saved("PNG")[:20]}),
    case("JPEG cut off", "no-picture issue.yaml:11:20", issue=PICTURE, files={"p.png": saved("JPEG")[:-200]}),
    case("TIFF cut off", "no-picture issue.yaml:11:20", issue=PICTURE, files={"p.png": saved("TIFF")[:-200]}),
    case("TIFF cut off in its header", "no-picture issue.yaml:11:20", issue=PICTURE, files={"p.png": saved("TIFF")[:20]}),
    case("WebP cut off", "no-picture issue.yaml:11:20", issue=PICTURE, files={"p.png": saved("WEBP")[:-200]}),
    case("WebP of 16000 x 16000", "no-picture issue.yaml:11:20", issue=PICTURE, files={"p.png": webp(16_000, 16_000)}),
    case(
        "TIFF of several pictures",
        "several-pictures issue.yaml:11:20",
        MORE,
        words="holds 2 pictures",
        issue=PICTURE,
        files={"p.png": saved("TIFF", save_all=True, append_images=[NOISE])},
    ),
    case("picture of no size", "no-picture issue.yaml:11:20", issue=PICTURE, files={"p.png": png(0, 0, b"")}),
    case("picture of 40000 x 40000", "no-picture issue.yaml:11:20", issue=PICTURE, files={"p.png": png(40_000, 40_000, b"")}),
    case(
        "picture deeper than the page",
        "areas-too-deep issue.yaml",
        "picture-too-deep issue.yaml:11:7",
        MORE,
        words="the type area has 19",
        issue=PICTURE,
        files={"p.png": png(1, 99, zlib.compress(b"\0\0" * 99))},
    ),
    case(
        "picture of 25000 x 25000",
        "no-picture issue.yaml:11:20",
        issue=PICTURE,
        files={"p.png": png(25_000, 25_000, b"")},
    ),
    case(
        "grey PNG with too few rows",
        "no-picture issue.yaml:11:20",
        issue=PICTURE,
        a=story(90),
        files={"p.png": png(1000, 100, zlib.compress(b"\0" * 50))},
    ),
    case(
        "grey PNG with broken data",
        "no-picture issue.yaml:11:20",
        issue=PICTURE,
        a=story(90),
        files={"p.png": png(1000, 100, b"broken")},
    ),
    case(
        "colour PNG with too few rows",
        "no-picture issue.yaml:11:20",
        issue=PICTURE,
        a=story(90),
        files={"p.png": png(1000, 100, zlib.compress(b"\0" * 50), colour=2)},
    ),
    # ---- YAML ----
    case("bracket not closed", "yaml issue.yaml:3:5", words="expected ',' or ']'", issue=("7", "[7")),
    case("brace not closed", "yaml issue.yaml:11:7", words="expected ',' or '}'", issue=("5}}", "5}")),
    case("quote not closed", "yaml issue.yaml", issue=("要闻", '"要闻')),
    case("tab as indentation", "yaml issue.yaml:6:1", words="look at the indentation", issue=("    name:", "\tname:")),
    case("no white after the colon", "yaml issue.yaml", issue=("number: 7", "number:7")),
    case("two documents", "yaml issue.yaml:12:1", words="another document", issue=ISSUE + "---\n1\n"),
    case("broken front matter", "yaml stories/a.md:2:12", words="mapping values", a=story(320, front="headline: 春: 天")),
    case("alias of nothing", "yaml issue.yaml:2:9", words="undefined alias", issue=("7", "*seven")),
    case("tag that would run a program", "wrong-value issue.yaml:2:9", issue=("7", '!!python/object/apply:os.abort [""]')),
    case("control character", "yaml issue.yaml:6:14", words="control characters", issue=("要闻", "要\a闻")),
    case("list as a key", "yaml issue.yaml:1", MORE, words="a key must be a plain text", issue="? [paper]\n: 1\n"),
    case(
        "500 lists in each other",
        "yaml issue.yaml:1",
        MORE,
        issue="a: " + "[" * 500 + "]" * 500 + "\n" + ISSUE,
    ),
    # ---- stories ----
    case("story without front matter", "no-front-matter stories/a.md:1:1", words="a line ---", a="春风\n"),
    case("front matter without end", "no-front-matter stories/a.md:1:1", a="---\nheadline: 春\n"),
    case("front matter below a blank line", "no-front-matter stories/a.md:1:1", a="\n" + story(320)),
    case("empty story file", "no-front-matter stories/a.md:1:1", a=""),
    case("list in a list", "markup stories/a.md:5:1", words="use paragraphs", a=story(320, "- 一\n  - 二")),
    case("list without text", "markup stories/a.md:5:1", words="list_item", a=story(320, "- 一\n-\n")),
    case("code between fences", "markup stories/a.md:4:1", words="fence", a=story(320, "```\nx = 1\n```")),
    case("code in a line", "markup stories/a.md:4:1", words="code_inline", a=story(320, "`x = 1`")),
    case("image", "markup stories/a.md:4:1", words="image", a=story(320, "![图](a.png)")),
    case("HTML", "markup stories/a.md:4:1", words="html_block", a=story(320, "<div>\n春\n</div>")),
    case("HTML in a line", "markup stories/a.md:4:1", words="html_inline", a=story(320, "<b>春</b>")),
    case("HTML comment", "markup stories/a.md:4:1", a=story(320, "<!-- 春 -->")),
    case("link", "markup stories/a.md:4:1", words="link", a=story(320, "[春](https://example.org)")),
    case("quotation without text", "markup stories/a.md:4:1", words="blockquote", a=story(320, ">")),
    case("subhead in a quotation", "markup stories/a.md:4:1", words="heading", a=story(320, "> ## 春")),
    case("rule", "markup stories/a.md:4:1", words="hr", a=story(320, "* * *")),
    case("5000 quotations in each other", "markup stories/a.md:4:1", a=story(320, ">" * 5000)),
    case("stray **", "stray-mark stories/a.md:4:3", words='"**" has no partner', a=story(320, "他说**你好。**她")),
    case("** without end", "stray-mark stories/a.md:4:3", a=story(320, "他说**你好")),
    case("emoji in no face", "missing-glyph stories/a.md:5:2", words='"😀" (U+1F600)', a=story(300, "春风\n又😀绿")),
    case("character of private use", "missing-glyph stories/a.md:6:4", words="(U+E000)", a=story(300, "春", "江**\ue000**南")),
    case("emoji in a subhead", "missing-glyph stories/a.md:4:5", words="(U+1F600)", a=story(260, "## 春😀风")),
    case("emoji twice in a paragraph", "missing-glyph stories/a.md:4:2", a=story(300, "春😀风😀")),
    case("selector of emoji style", "missing-glyph stories/a.md:4:2", words="(U+2764)", a=story(300, "春❤\ufe0f")),
    # ---- characters ----
    case("control character in a story", "control-character stories/a.md:4:2", words="U+0007", a=story(300, "春\a风")),
    case("NUL in a story", "control-character stories/a.md:4:2", words="U+0000", a=story(300, "春\0风")),
    case("control character of Latin-1", "control-character stories/a.md:5:3", words="U+0085", a=story(300, "春\n又绿\x85风")),
    case("line separator", "control-character stories/a.md:4:2", words="LINE SEPARATOR", a=story(300, "春\u2028风")),
    case("escape in a headline", "control-character stories/a.md:2:13", a=story(320, front='headline: "春\\e风"')),
    case("escape in a page's name", "control-character issue.yaml:6:13", issue=("要闻", '"要\\e闻"')),
    case("control character by its name", "damaged-character stories/a.md:4:2", a=story(300, "春&#7;风")),
    case("character lost in conversion", "damaged-character stories/a.md:4:3", words="lost", a=story(300, "春风\ufffd绿")),
    case("Hebrew", "right-to-left stories/a.md:4:2", words="Latin letters", a=story(300, "春\u05e9\u05dc\u05d5\u05dd风")),
    case("two words of Arabic", "right-to-left stories/a.md:4:1", a=story(300, "\u0633\u0644\u0627\u0645 \u0633\u0644")),
    case("Hebrew in a headline", "right-to-left stories/a.md:2:12", a=story(320, front="headline: 春\u05e9\u05dc")),
    case("Hebrew in the paper's name", "right-to-left paper.yaml:2:8", paper=("小报", "小\u05e9报")),
    case(
        "Hebrew in a caption", "right-to-left issue.yaml:11:37", MORE, issue=PICTURE.replace("caption: 图", "caption: 图\u05e9")
    ),
    case("Hebrew in an entry of an index", "right-to-left issue.yaml:11:20", issue=(B, "{index: [春\u05e9]}")),
    case(
        "Hebrew in a name of the staff",
        "right-to-left issue.yaml:9:22",
        issue=("areas:", "staff: {editor: 春\u05e9}\n    areas:"),
    ),
    case("Hebrew in the imprint", "right-to-left paper.yaml:12:13", paper=PAPER + "imprint:\n  address: 春\u05e9\n"),
    case("accent on Han", "combining-mark stories/a.md:4:2", words="U+0301 COMBINING ACUTE ACCENT", a=story(300, "春\u0301风")),
    case("enclosing circle on Han", "combining-mark stories/a.md:4:3", a=story(300, "春风\u20dd")),
    case("accent on a figure", "combining-mark stories/a.md:4:2", a=story(300, "1\u0301")),
    case("accent at the start", "combining-mark stories/a.md:4:1", a=story(300, "\u0301春")),
    case("voicing mark on kana without one", "combining-mark stories/a.md:4:2", a=story(300, "あ\u3099")),
    case("accent on kana", "combining-mark stories/a.md:4:2", a=story(300, "か\u0301")),
    case("accent on Han in a headline", "combining-mark stories/a.md:2:12", a=story(320, front="headline: 春\u0301")),
    case(
        "family of four",
        "emoji-sequence stories/a.md:4:2",
        words="U+1F468 U+200D",
        a=story(300, "春👨\u200d👩\u200d👧\u200d👦风"),
    ),
    case("hand with a skin", "emoji-sequence stories/a.md:4:2", words='"👍🏽"', a=story(300, "春👍🏽风")),
    case("flag", "emoji-sequence stories/a.md:4:2", words="say it in words", a=story(300, "春🇨🇳风")),
    case("heart on fire", "emoji-sequence stories/a.md:4:2", a=story(300, "春❤\ufe0f\u200d🔥风")),
    case("figure on a key", "emoji-sequence stories/a.md:4:2", a=story(300, "春1\ufe0f\u20e3风")),
    case("face of emoji style", "emoji-sequence stories/a.md:4:2", a=story(300, "春😀\ufe0f风")),
    case("flag twice in a line", "emoji-sequence stories/a.md:4:2", a=story(300, "春🇨🇳风🇨🇳")),
    case("flag in a headline", "emoji-sequence stories/a.md:2:12", a=story(320, front="headline: 春🇨🇳")),
    case("## after an indent without white", "stray-mark stories/a.md:4:3", a=story(300, "　　##春风")),
    case("character of a reading", "right-to-left stories/a.md:4:11", a=story(300, '[春]{ruby="\u05e9"}')),
    case("story too long", "overset issue.yaml:10:7", words='story "a" is', a=story(500)),
    case("headline too long for any size", "head-too-wide stories/a.md:2:11", a=story(320, front="headline: " + "春" * 200)),
    case("headline of one long word", "head-too-wide stories/a.md:2:11", a=story(320, front="headline: " + "A" * 200)),
    case("index too long", "index-too-long issue.yaml:11:7", words="for area B", issue=(B, "{index: [" + "春风" * 200 + "]}")),
    case(
        "index title too long",
        "head-too-wide issue.yaml:11:7",
        issue=(B, "{index: [春], title: " + "导读" * 50 + "}"),
    ),
    case(
        "page name too long",
        "furniture-too-wide issue.yaml:6:11",
        issue=("要闻", "要" * 99),
    ),
    case(
        "stray *",
        "stray-mark stories/a.md:4:3",
        a=story(300, "他说*你好。*她"),
    ),
    case(
        "reference definition",
        "markup stories/a.md:4:1",
        a=story(300, "[注]: 这是注释"),
    ),
    case(
        "heading by underline",
        "markup stories/a.md:4:1",
        a=story(260, "春风\n---"),
    ),
    case(
        "heading of level 1",
        "markup stories/a.md:4:1",
        a=story(260, "# 春风"),
    ),
    case(
        "emoji below a kicker",
        "missing-glyph stories/a.md:3:12",
        a=story(300, front="kicker: 春\nheadline: 春😀"),
    ),
    case(
        "emoji in a dateline",
        "missing-glyph stories/a.md:3:12",
        a=story(300, front="headline: 春\ndateline: 春😀"),
    ),
    case(
        "emoji in the paper's name",
        "missing-glyph paper.yaml:2:8",
        paper=("小报", "小😀报"),
    ),
    case(
        "emoji in a page's name",
        "missing-glyph issue.yaml:6:12",
        issue=("要闻", "要😀闻"),
    ),
    case(
        "emoji in a story in the manifest",
        "missing-glyph issue.yaml:14:14",
        MORE,
        issue=(A, "\n        story:\n          headline: 春\n          text: |\n            又😀绿"),
    ),
    case(
        "image in the second line of a paragraph",
        "markup stories/a.md:5:3",
        a=story(320, "春风\n又绿![图](a.png)"),
    ),
    case(
        "stray ** behind a pair",
        "stray-mark stories/a.md:5:3",
        a=story(320, "春**风**暖\n他说**你好。**她"),
    ),
    case(
        "emoji in a name of the staff",
        "missing-glyph issue.yaml:9",
        issue=("areas:", "staff: {editor: 春😀}\n    areas:"),
    ),
    case(
        "emoji in the imprint",
        "missing-glyph paper.yaml:12",
        MORE,
        issue=(B, "masthead"),
        paper=PAPER + "imprint:\n  address: 春😀\n",
    ),
    case(
        "emoji in the Latin name",
        "missing-glyph paper.yaml:11",
        MORE,
        issue=(B, "masthead"),
        paper=PAPER + "latin: CHUN 😀\n",
    ),
    case(
        "emoji in the second entry of an index",
        "missing-glyph issue.yaml:14",
        MORE,
        issue=(B, "\n        index:\n          - 春\n          - 风😀"),
    ),
    case(
        "name of the paper too long for the folio",
        "furniture-too-wide paper.yaml:2:7",
        paper=("小报", "报" * 99),
    ),
    case(
        "root that is not there",
        "missing-folder paper.yaml:11:9",
        paper=PAPER + "roots: [desk]\n",
    ),
]


@pytest.mark.parametrize(("spoilt", "found", "words"), CASES)
def test_what_is_wrong_is_told_with_its_place_and_a_hint(spoilt, found, words, tmp_path, run):
    write_issue(tmp_path, **spoilt)
    before = snapshot(tmp_path)

    status, problems = run("build", "issue.yaml", "--only", "print")

    expected, actual = all_told(problems, found)
    assert expected == actual
    assert words in f"{problems[0]['message']['en']}; {problems[0]['hint']['en']}"
    assert all(problem[part][language] for problem in problems for part in ("message", "hint") for language in ("zh", "en"))
    assert status == 1
    assert before == snapshot(tmp_path)


IN_A_PROCESS = (
    "unknown key",
    "number missing",
    "impossible date",
    "story missing",
    "sketch letter without area",
    "letter whose cells lie apart",
    "story twice",
    "story outside by a link",
    "story in no encoding",
    "PNG cut off",
    "bracket not closed",
    "story without front matter",
    "emoji in no face",
    "story too long",
)


@pytest.mark.parametrize(("spoilt", "found", "words"), [param for name in IN_A_PROCESS for param in CASES if param.id == name])
def test_the_command_line_tells_it_too(spoilt, found, words, tmp_path, make_issue):
    write_issue(tmp_path, **spoilt)
    before = snapshot(tmp_path)

    result = make_issue("build", "issue.yaml", "--only", "print", cwd=tmp_path)

    code, place = found[0].split(" ")
    first, hint, *_ = result.stderr.splitlines()
    assert first.startswith(place)
    assert f": error[{code}]: " in first
    assert hint.startswith("  hint: ")
    assert words in f"{first}; {hint.removeprefix('  hint: ')}"
    assert "Traceback" not in result.stderr
    assert (1, "") == (result.returncode, result.stdout)
    assert before == snapshot(tmp_path)


@pytest.mark.parametrize(
    "spoilt",
    [
        pytest.param({}, id="as it is"),
        pytest.param({"a": story(320).encode("gb18030")}, id="story in GB 18030"),
        pytest.param({"issue": ISSUE.encode("gb18030"), "paper": PAPER.encode("gb18030")}, id="manifests in GB 18030"),
        pytest.param({"a": story(320).encode("utf-8-sig")}, id="story with a byte order mark"),
        pytest.param(
            {"issue": ISSUE.encode("utf-8-sig"), "paper": PAPER.encode("utf-8-sig")}, id="manifests with a byte order mark"
        ),
        pytest.param({"a": story(320).replace("\n", "\r\n")}, id="story with CRLF"),
        pytest.param({"issue": ISSUE.replace("\n", "\r\n"), "paper": PAPER.replace("\n", "\r\n")}, id="manifests with CRLF"),
        pytest.param({"a": story(320).replace("\n", "\r")}, id="story with CR"),
        pytest.param({"issue": ISSUE.replace("A A B", "AAB")}, id="sketch without white"),
        pytest.param({"issue": ISSUE.replace("number: 7", 'number: "7"  # 期')}, id="quotes and comments"),
        pytest.param(
            {"issue": ISSUE.replace("A A B", "A\tA\tB")},
            id="sketch with tabs",
        ),
    ],
)
def test_one_issue_in_many_spellings_is_read_as_the_same(spoilt, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_issue(tmp_path)
    plain = load_issue(Path("issue.yaml"))
    write_issue(tmp_path, **spoilt)

    assert plain == load_issue(Path("issue.yaml"))
    assert plain[0] is not None
    assert plain[1] == ()


@pytest.mark.parametrize(
    "spoilt",
    [
        pytest.param({"issue": ("a.md", "c.md"), "links": {"stories/c.md": "a.md"}}, id="link inside the folder"),
        pytest.param({"issue": ("stories/a.md", "./stories/../stories/a.md")}, id="way through a parent folder"),
        pytest.param(
            {"issue": ISSUE.replace("stories/a.md", "../desk/c.md"), "paper": PAPER + "roots: [../desk]\n"}, id="listed root"
        ),
        pytest.param({"a": story(190, "abcdefghij" * 20, front="headline: 春")}, id="word of 200 letters"),
        pytest.param({"a": story(300, "\\*春\\* 1\\. &lt;b&gt; ~春~ 春|风 注[^1]")}, id="signs that are no markup"),
        pytest.param(
            {"paper": PAPER.replace("220mm", "160mm").replace("200mm", "140mm").replace("130mm", "91mm")},
            id="folio on a narrow page",
        ),
    ],
)
def test_what_is_right_has_no_finding(spoilt, tmp_path, run):
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "c.md").write_text(story(320), encoding="utf-8")
    (tmp_path / "issue").mkdir()
    write_issue(tmp_path / "issue", **spoilt)

    assert (0, []) == run("check", "issue/issue.yaml")


def test_a_number_keeps_its_zeros(tmp_path):
    write_issue(tmp_path, issue=("7", "010"))

    issue, problems = load_issue(tmp_path / "issue.yaml")

    assert ("010", ()) == (issue.number, problems)


def test_a_long_word_stays_in_its_column(tmp_path):
    write_issue(tmp_path, files={"stories/b.md": story(10, "A" * 200)})

    page = set_issue(tmp_path / "issue.yaml", Watch()).pages[0]

    runs = [placed for placed in page.frame.walk() if isinstance(placed.item, GlyphRun) and "AAAA" in placed.item.text]
    assert "A" * 200 == "".join(placed.item.text for placed in runs)
    assert max(placed.x + placed.item.width for placed in runs) <= 210 * MM


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        pytest.param(story(100), 200, id="story too short"),
        pytest.param("---\nheadline: 春\n---\n", 300, id="story without text"),
        pytest.param("---\nheadline: 春\n---", 300, id="story that ends with its front matter"),
    ],
)
def test_a_short_story_is_a_warning_and_printed(text, characters, tmp_path, run):
    write_issue(tmp_path, a=text)

    status, problems = run("build", "issue.yaml", "--only", "print")

    assert ["underset issue.yaml:10:7"] == [told(problem, "underset issue.yaml:10:7") for problem in problems]
    assert ["warning"] == [problem["severity"] for problem in problems]
    assert characters <= int(problems[0]["message"]["en"].split("about ")[1].split(" ")[0]) <= characters + 20
    assert status == 0
    assert (tmp_path / "build" / "tiny_20230327" / "print" / "tiny_20230327_0001.pdf").is_file()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param(story(0, "abcdefghij" * 1000), "overset", id="word of 10 000 letters"),
        pytest.param(story(100_000), "overset", id="paragraph of 100 000 characters"),
        pytest.param(story(0, "9" * 100_000), "overset", id="number of 100 000 figures"),
        pytest.param(story(0, "“”" * 50_000), "overset", id="100 000 quotation marks"),
        pytest.param(story(0, "春" + "," * 100_000), "overset", id="100 000 commas"),
        pytest.param(story(400, "a" + " " * 100_000 + "b"), "overset", id="100 000 spaces"),
        pytest.param(story(0, "[" * 50_000), "overset", id="50 000 brackets"),
        pytest.param(story(0, "[春]{.dots}" * 10_000), "overset", id="10 000 marks"),
        pytest.param(story(0, "**春" * 20_001), "stray-mark", id="20 000 signs of emphasis"),
        pytest.param(story(300, front="headline: " + "a" * 10_000), "head-too-wide", id="headline of 10 000 letters"),
    ],
)
def test_copy_without_end_is_told(text, code, tmp_path, make_issue):
    write_issue(tmp_path, a=text)

    result = make_issue("check", "issue.yaml", "--json", cwd=tmp_path)

    assert (1, "") == (result.returncode, result.stderr)
    assert code in [problem["code"] for problem in json.loads(result.stdout)]


def test_cutting_what_the_finding_says_makes_a_story_fit(tmp_path, run):
    write_issue(tmp_path, a=story(500))
    _, problems = run("check", "issue.yaml")
    count = int(problems[0]["hint"]["zh"].removeprefix("删 ").split(" ")[0])

    write_issue(tmp_path, a=story(500 - count))
    assert (0, []) == run("check", "issue.yaml")
    write_issue(tmp_path, a=story(500 - count + 14))
    assert run("check", "issue.yaml")[0] == 1


def test_all_errors_of_a_manifest_are_told_at_once(tmp_path, run):
    spoilt = (
        ISSUE.replace("03-27", "02-30").replace("name", "nmae").replace("level: 5", "level: 9", 1).replace("A A B", "A A B B")
    )
    write_issue(tmp_path, issue=spoilt.replace("number: 7", "number: x"))

    _, problems = run("check", "issue.yaml")

    lines = [(problem["code"], problem["line"]) for problem in problems]
    expected = [("wrong-value", 2), ("wrong-value", 3), ("unknown-key", 6), ("wrong-value", 10)]
    assert expected == [line for line in expected if line in lines]


def test_all_errors_of_pages_and_stories_are_told_at_once(tmp_path, run):
    spoilt = ISSUE.replace("stories/b.md", "stories/c.md").replace("A A B", "A A B B")
    write_issue(tmp_path, issue=spoilt, a=story(300, "[春](a)", "**风"))

    _, problems = run("check", "issue.yaml")

    codes = ["sketch-width", "markup", "stray-mark", "missing-file"]
    assert codes == [problem["code"] for problem in problems]


def test_all_errors_of_all_files_are_told_at_once(tmp_path, run):
    write_issue(tmp_path, issue=ISSUE.replace("03-27", "02-30").replace("b.md", "c.md"), paper=("tiny", "Tiny"), a="春\n")

    _, problems = run("check", "issue.yaml")

    codes = ["missing-file", "no-front-matter", "wrong-value", "wrong-value"]
    assert codes == sorted(problem["code"] for problem in problems)


def warned(name, text, expected, *found, front="headline: 春天来了"):
    """Return a case: a paragraph, its text as it is set, and the warnings with their places."""
    return pytest.param(story(300, text, front=front), expected, list(found), id=name)


@pytest.mark.parametrize(
    ("text", "expected", "found"),
    [
        *(
            warned(f"U+{point:04X}", f"春{chr(point)}风", "春风", "invisible-character stories/a.md:4:2")
            for point in (
                *(0x00AD, 0x034F, 0x061C, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D),
                *(0x202E, 0x2060, 0x2061, 0x2066, 0x2067, 0x2068, 0x2069, 0x206A, 0xFEFF, 0xFFF9, 0xE0041),
            )
        ),
        warned("same one thrice in a line", "春\u200b风\u200b又\u200b绿", "春风又绿", "invisible-character stories/a.md:4:2"),
        warned("two in two lines", "春\u200b\n又\ufeff绿", "春又绿", "invisible-character stories/a.md:4:2", "invisible-character stories/a.md:5:2"),
        warned("before a subhead", "\u200b## 春风", "春风", "invisible-character stories/a.md:4:1"),
        warned("before an indent", "\ufeff　　春风", "春风", "invisible-character stories/a.md:4:1"),
        warned("in strong text", "**春\u200b风**", "春风", "invisible-character stories/a.md:4:4"),
        warned("in a mark", "[春\u200b风]{.name}", "春风", "invisible-character stories/a.md:4:3"),
        warned("between a mark and Han", "春\u200b,风", "春,风", "invisible-character stories/a.md:4:2", "halfwidth-mark stories/a.md:4:3"),
        warned("by its name", "春&#8203;风&shy;", "春风", *["invisible-character stories/a.md:4:2"] * 2),
        warned("in a headline", "春风", "春风", "invisible-character stories/a.md:2:12", front="headline: 春\u200b天"),
        warned("in a kicker", "春风", "春风", "invisible-character stories/a.md:3:10", front="headline: 春\nkicker: 春\u2060天"),
        warned("half-width kana", "春ｶﾞｽ又ｱ", "春ｶﾞｽ又ｱ", "halfwidth-kana stories/a.md:4:2", "halfwidth-kana stories/a.md:4:6"),
        warned("half-width kana in a deck", "春风", "春风", "halfwidth-kana stories/a.md:3:8", front="headline: 春\ndeck: 春ｱ"),
        warned("western mark in a byline", "春风", "春风", "halfwidth-mark stories/a.md:3:10", front="headline: 春\nbyline: 春,风"),
        warned("western mark in a dateline", "春风", "春风", "halfwidth-mark stories/a.md:3:12", front="headline: 春\ndateline: 春,风"),
    ],
)  # fmt: skip
def test_what_can_be_left_out_is_a_warning(text, expected, found, tmp_path, run):
    write_issue(tmp_path, a=text)

    status, problems = run("check", "issue.yaml")

    expected_findings, actual = all_told([problem for problem in problems if problem["code"] != "underset"], found)
    assert (0, expected_findings) == (status, actual)
    assert {"warning"} == {problem["severity"] for problem in problems}
    issue, _ = load_issue(Path("issue.yaml"))
    assert expected == issue.pages[0].blocks[0].content.story.paragraphs[0].text


def test_a_headline_is_set_without_what_has_no_ink(tmp_path, run):
    write_issue(tmp_path, a=story(320, front='headline: "春\u200b天\\t来\u2003了"'))

    issue, _ = load_issue(tmp_path / "issue.yaml")

    assert "春天 来　了" == issue.pages[0].blocks[0].content.story.headline.text


@pytest.mark.parametrize(
    ("words", "place"),
    [
        pytest.param({"paper": ("小报", "小\u200b报")}, "paper.yaml:2:8", id="name of the paper"),
        pytest.param({"issue": ("要闻", "要\u200b闻")}, "issue.yaml:6:12", id="name of a page"),
        pytest.param({"issue": ("areas:", "staff: {editor: 春\u200b}\n    areas:")}, "issue.yaml:9:22", id="staff"),
        pytest.param({"issue": (B, "{index: [春\u200b]}")}, "issue.yaml:11:20", id="index"),
        pytest.param({"issue": (B, "{index: [春], title: 导\u200b读}")}, "issue.yaml:11:31", id="title of an index"),
        pytest.param({"paper": PAPER + "imprint:\n  price: 春\u200b\n"}, "paper.yaml:12:11", id="imprint"),
    ],
)
def test_words_of_manifests_are_told_too(words, place, tmp_path, run):
    write_issue(tmp_path, **words)

    status, problems = run("check", "issue.yaml")

    assert (0, f"invisible-character {place}") == (status, told(problems[0], "invisible-character :0:0"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("　　春风", ["春风"], id="two em spaces"),
        pytest.param("　春风", ["春风"], id="one em space"),
        pytest.param("    春风", ["春风"], id="four spaces"),
        pytest.param("  春风", ["春风"], id="two spaces"),
        pytest.param("\t春风", ["春风"], id="tab"),
        pytest.param("\u00a0\u00a0春风", ["春风"], id="no-break spaces"),
        pytest.param("\u2003\u2003春风", ["春风"], id="em spaces of Unicode"),
        pytest.param("&emsp;&nbsp;春风", ["春风"], id="spaces by their names"),
        pytest.param("　　春风\n　　又绿", ["春风", "又绿"], id="paragraphs without a line between them"),
        pytest.param("    春风\n    又绿", ["春风", "又绿"], id="the same with spaces"),
        pytest.param("\t春风\n\t又绿", ["春风", "又绿"], id="the same with tabs"),
        pytest.param("春风\n　　\n又绿", ["春风", "又绿"], id="line of white between them"),
        pytest.param("春风\n\n&nbsp;\n\n又绿", ["春风", "又绿"], id="paragraph of white"),
        pytest.param("春风\n 又绿", ["春风又绿"], id="space in a second line"),
        pytest.param("春风\n　又绿", ["春风　又绿"], id="em space in a second line"),
        pytest.param("春风  \n又绿", ["春风又绿"], id="spaces at a line end"),
        pytest.param("春风　\n又绿", ["春风又绿"], id="em space at a line end"),
        pytest.param("　　**春风**又绿", ["春风又绿"], id="indent before strong text"),
        pytest.param("　　1. 春风", ["1.春风"], id="indent before a number"),
        pytest.param("　　- 春风", ["-春风"], id="indent before a hyphen"),
        pytest.param("　　#春风#", ["#春风#"], id="indent before a single #"),
        pytest.param("　　## 春风\n　　又绿", ["春风", "又绿"], id="indent before a subhead"),
        pytest.param("春　风", ["春　风"], id="em space inside"),
        pytest.param("春\u2003风", ["春　风"], id="em space of Unicode inside"),
        pytest.param("春 风", ["春 风"], id="space between Han"),
        pytest.param("春  风", ["春 风"], id="spaces between Han"),
        pytest.param("春\t风", ["春 风"], id="tab between Han"),
        pytest.param("春　 风", ["春　风"], id="space beside an em space"),
        pytest.param("ab  cd", ["ab cd"], id="spaces between words"),
        pytest.param("ab\tcd", ["ab cd"], id="tab between words"),
        pytest.param("ab\u2009cd", ["ab cd"], id="thin space between words"),
        pytest.param("12\u2009345\u202f678", ["12\u00a0345\u00a0678"], id="thin spaces in a number"),
        pytest.param("12\u2009km", ["12 km"], id="thin space behind a number"),
        pytest.param("ab\u00a0cd", ["ab\u00a0cd"], id="no-break space between words"),
        pytest.param("春 ab 风", ["春ab风"], id="spaces between Han and Latin"),
        pytest.param("2023 年 3 月", ["2023年3月"], id="spaces between figures and Han"),
        pytest.param("春， 风", ["春，风"], id="space beside a mark"),
        pytest.param("ab ， cd", ["ab，cd"], id="space beside a mark in Latin"),
        pytest.param("春 —— 风", ["春——风"], id="spaces round a dash"),
        pytest.param("ab — cd", ["ab — cd"], id="spaces round a dash in Latin"),
        pytest.param("春 **ab** 风", ["春ab风"], id="spaces round strong text"),
        pytest.param("cafe\u0301 n\u0303", ["café ñ"], id="accents on Latin letters"),
        pytest.param("x\u0302", ["x\u0302"], id="accent that makes no one letter"),
        pytest.param("か\u3099は\u309a", ["がぱ"], id="voicing marks on kana"),
        pytest.param("葛\U000e0100\ufe00", ["葛\U000e0100\ufe00"], id="variation selectors"),
        pytest.param("☎\ufe0e", ["☎\ufe0e"], id="selector of text style"),
    ],
)
def test_white_and_letters_are_set_soundly(text, expected, tmp_path):
    write_issue(tmp_path, a=story(0, text))

    issue, problems = load_issue(tmp_path / "issue.yaml")

    assert (expected, ()) == ([paragraph.text for paragraph in issue.pages[0].blocks[0].content.story.paragraphs], problems)


def test_a_place_in_a_story_in_the_manifest_is_exact_in_every_line(tmp_path, run):
    text = (A, "\n        story:\n          headline: 春\n          text: |\n            春风\n            又\u05e9绿")
    write_issue(tmp_path, issue=text)

    _, problems = run("check", "issue.yaml")

    assert ["right-to-left issue.yaml:15:14"] == [told(problem, "right-to-left :0:0") for problem in problems]


def test_every_letter_from_right_to_left_and_every_control_character_is_told():
    faulty = {
        "right-to-left": [c for c in map(chr, range(0x110000)) if unicodedata.bidirectional(c) in ("R", "AL")],
        "control-character": [c for c in map(chr, range(0xA0)) if unicodedata.category(c) == "Cc" and c not in "\t\n"],
    }

    for code, characters in faulty.items():
        assert set() == {fault.code for c in characters for fault in faults(c)} - {code, "invisible-character"}
        assert all(any(faults(c)) for c in characters)


BOMB = "a: &a [春, 春]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}]\n" for a, b in zip("abcdefghij", "bcdefghijk", strict=True)
)
WIDE_BOMB = "a: &a {b: 1, c: 2}\n" + "".join(
    f"a{number}: &a{number} {{b: *a{number - 1 or ''}, c: *a{number - 1 or ''}}}\n" for number in range(1, 30)
)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param(BOMB + ISSUE, "yaml issue.yaml", id="alias bomb of lists"),
        pytest.param(WIDE_BOMB + ISSUE, "yaml issue.yaml", id="alias bomb of keys"),
        pytest.param(ISSUE.replace("number: 7", "number: &a [*a]"), "yaml issue.yaml:2", id="list in itself"),
        pytest.param(ISSUE.replace("pages:", "pages: &a").replace("要闻", "*a"), "yaml issue.yaml:4", id="pages in a page"),
        pytest.param("&a {paper: *a}\n", "yaml issue.yaml:1:1", id="issue in itself"),
        pytest.param("&a {*a : 1}\n", "yaml issue.yaml:1:1", id="key in itself"),
    ],
)
def test_aliases_have_an_end(text, place, tmp_path, run):
    write_issue(tmp_path, issue=text)
    start = time.perf_counter()

    status, problems = run("build", "issue.yaml")

    assert time.perf_counter() - start < 10
    assert (1, place) == (status, told(problems[0], place))
    assert "aliases without end" in problems[0]["message"]["en"]


def test_lists_in_each_other_are_told_once(tmp_path, run):
    write_issue(tmp_path, issue="a: " + "[" * 500 + "]" * 500 + "\n" + ISSUE)

    _, problems = run("check", "issue.yaml")

    assert 1 == sum(problem["code"] == "yaml" for problem in problems)


@pytest.mark.parametrize(
    "issue",
    [
        pytest.param(("7", "9" * 1_000_000), id="value of a million digits"),
        pytest.param(("要闻", '"要\\n闻"'), id="value with a line end"),
        pytest.param(("要闻", '"要\\e[2J闻"'), id="value with an escape"),
    ],
)
def test_a_message_is_a_short_line_without_control_characters(issue, tmp_path, run):
    write_issue(tmp_path, issue=issue)

    _, problems = run("check", "issue.yaml")

    messages = [text for problem in problems for text in problem["message"].values()]
    assert max(map(len, messages)) < 400
    assert [] == [character for text in messages for character in text if unicodedata.category(character) == "Cc"]


def test_a_hundred_thousand_lists_in_each_other_are_an_error(tmp_path, make_issue):
    write_issue(tmp_path, issue="a: " + "[" * 100_000)

    result = make_issue("check", "issue.yaml", cwd=tmp_path)

    assert result.returncode == 1
    assert result.stderr.startswith("issue.yaml:1:")
    assert "Traceback" not in result.stderr


MEASURED = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
print(status, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""A process between: the memory of a child counts from before its program is loaded, and that of the tests is large."""


@pytest.mark.skipif(os.name != "posix", reason="this system does not tell the memory of a process")
def test_a_small_file_that_is_a_large_picture_takes_little_memory(tmp_path):
    rows = zlib.compress(bytes(14_000 * (1 + 14_000 // 8)), 9)
    write_issue(tmp_path, issue=PICTURE, files={"p.png": png(14_000, 14_000, rows, bits=1)})
    command = [sys.executable, str(ROOT / "make_issue.py"), "build", "issue.yaml", "--only", "print"]

    told = subprocess.run([sys.executable, "-c", MEASURED, *command], cwd=tmp_path, capture_output=True, text=True, check=True)
    status, most = map(int, told.stdout.split())

    assert status == 1
    assert most / (1024 if sys.platform != "darwin" else 1024**2) < 512
