"""Files that no one would send by mistake: without end, far too large, no files at all, or named to fool a terminal."""

import json
import os
import struct
import sys
import zlib

import pytest
from PIL import Image

from layout.cli import main
from layout.diagnostics import Language, Span, finding
from layout.frame import Picture
from layout.geometry import Rect
from layout.inks.press import NEWSPRINT, PRESS
from layout.issue import verify_archive
from layout.manifest.source import MAX_NODES
from layout.manifest.wording import MOST_COPY
from layout.pictures import picture_facts, read_samples
from layout.units import MM
from tests.fuzz.rooms import package_files
from tests.fuzz.watched import hurried
from tests.test_bad_input import (  # fmt: skip
    FACE,
    ISSUE,
    OWN_PROFILE,
    PAPER,
    PICTURE,
    SRGB,
    TO_PAGES,
    A,
    B,
    case,
    png,
    run,
    saved,
    story,
    told,
    write_issue,
)

__all__ = ["run"]

HUGE = 8 << 30
"""Bytes of a file that has next to none on the disk: what reads it whole takes the machine's memory."""

FOR_POSIX = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such files")


def sparse(path, head):
    with path.open("wb") as file:
        file.write(head)
        file.truncate(HUGE)


def tiff(width, height, data):
    """Return a grey TIFF whose one strip is deflated."""
    tags = ((256, width), (257, height), (258, 8), (259, 8), (262, 1), (273, 122), (277, 1), (278, height), (279, len(data)))
    rows = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + rows + struct.pack("<I", 0) + data


def changed(profile, **parts):
    """Return a profile that says something else of itself in its header."""
    made = bytearray(profile)
    for part, word in parts.items():
        place = {"kind": 12, "space": 16}[part]
        made[place : place + 4] = word
    return bytes(made)


def drawn(file):
    return ISSUE.replace(B, f"{{picture: {file}, caption: 图}}")


# ---- what is no file -------------------------------------------------------------------------------------------------


@FOR_POSIX
@pytest.mark.parametrize(
    ("spoilt", "found"),
    [
        pytest.param({"issue": ("stories/a.md", "pipe")}, "missing-file issue.yaml:10:18", id="story"),
        pytest.param({"issue": ("paper.yaml", "pipe")}, "missing-file issue.yaml:1:8", id="paper"),
        pytest.param({"issue": drawn("pipe")}, "missing-file issue.yaml:11:20", id="picture"),
        pytest.param({"issue": (B, "{table: pipe.csv}")}, "missing-file issue.yaml:11:18", id="table"),
        pytest.param({"paper": OWN_PROFILE.replace("x.icc", "pipe")}, "missing-file paper.yaml:11:19", id="profile"),
        pytest.param({"paper": FACE.replace("x.ttf", "pipe")}, "missing-file paper.yaml:11:15", id="face"),
        pytest.param({"paper": PAPER + "roots: [pipe]\n"}, "missing-folder paper.yaml:11:9", id="root"),
        pytest.param(
            {"issue": ("stories/a.md", "/dev/zero"), "paper": PAPER + "roots: [/dev]\n"},
            "missing-file issue.yaml:10:18",
            id="device",
        ),
    ],
)
def test_what_never_ends_is_no_file(spoilt, found, tmp_path, run):
    write_issue(tmp_path, **spoilt)
    os.mkfifo(tmp_path / "pipe")
    os.mkfifo(tmp_path / "pipe.csv")

    status, problems = run("build", "issue.yaml")

    assert (1, found) == (status, told(problems[0], found))


@FOR_POSIX
@pytest.mark.parametrize("verb", [["check"], ["build"], ["import", "--out", "new"], ["preflight"]], ids=lambda verb: verb[0])
def test_a_pipe_is_nothing_to_read(verb, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")

    assert 2 == main([*verb, "pipe"])
    assert "pipe" in capsys.readouterr().err


# ---- what is too large -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "head", "spoilt", "found"),
    [
        pytest.param("x.md", b"---\n", {"issue": ("stories/a.md", "x.md")}, "text-too-large issue.yaml:10:18", id="story"),
        pytest.param("issue.yaml", b"paper: paper.yaml\n", {}, "text-too-large issue.yaml", id="issue"),
        pytest.param("x.csv", b"a,b\n", {"issue": (B, "{table: x.csv}")}, "text-too-large issue.yaml:11:18", id="table"),
        pytest.param("x.png", saved("PNG")[:90], {"issue": drawn("x.png")}, "no-picture issue.yaml:11:20", id="PNG"),
        pytest.param("x.jpg", saved("JPEG")[:90], {"issue": drawn("x.jpg")}, "no-picture issue.yaml:11:20", id="JPEG"),
        pytest.param("x.tif", saved("TIFF"), {"issue": drawn("x.tif")}, "no-picture issue.yaml:11:20", id="TIFF"),
        pytest.param("x.svg", b"<svg>", {"issue": drawn("x.svg")}, "art-too-large issue.yaml:11:20", id="SVG"),
        pytest.param("x.pdf", b"%PDF-1.6\n", {"issue": drawn("x.pdf")}, "art-too-large issue.yaml:11:20", id="PDF"),
        pytest.param("x.icc", NEWSPRINT.read_bytes(), {"paper": OWN_PROFILE}, "no-profile paper.yaml:11:19", id="profile"),
    ],
)
def test_a_file_of_gigabytes_is_not_read(name, head, spoilt, found, tmp_path, run):
    write_issue(tmp_path, **spoilt)
    sparse(tmp_path / name, head)

    status, problems = run("build", "issue.yaml")

    assert (1, found) == (status, told(problems[0], found))


@pytest.mark.parametrize(
    ("spoilt", "code", "words"),
    [
        pytest.param({"issue": ("7", "9" * 50_000_000)}, "text-too-large", "has 47 MB", id="number of 50 MB"),
        pytest.param({"a": story(0, "字" * 20_000_000)}, "text-too-large", "has 57 MB", id="paragraph of 60 MB"),
        pytest.param({"issue": "a: [" + "a," * MAX_NODES + "]\n" + ISSUE}, "yaml", "more than 200000 values", id="list of values"),
        pytest.param({"issue": "a:\n" + "- a\n" * MAX_NODES + ISSUE}, "yaml", "more than 200000 values", id="values line by line"),
        pytest.param({"issue": ISSUE + "".join(f"      X{number}: m\n" for number in range(100_000))}, "yaml", "more than", id="100 000 areas"),
        pytest.param(
            {"issue": TO_PAGES + "pages:\n" + "  - {label: A1, sketch: A, areas: {}}\n" * 2001},
            "too-many-pages",
            "has 2001 pages",
            id="2001 pages",
        ),
    ],
)  # fmt: skip
def test_what_no_paper_has_so_much_of_is_told(spoilt, code, words, tmp_path, run):
    write_issue(tmp_path, **spoilt)

    status, problems = run("check", "issue.yaml")

    assert (1, code) == (status, problems[0]["code"])
    assert words in problems[0]["message"]["en"]


def test_copy_as_long_as_it_may_be_is_read(tmp_path, run):
    write_issue(tmp_path, a=story(MOST_COPY - 2))

    assert "overset issue.yaml:10:7" == told(run("check", "issue.yaml")[1][0], "overset :0:0")


@pytest.mark.parametrize(
    ("spoilt", "found"),
    [
        pytest.param({"a": story(MOST_COPY + 1)}, "copy-too-long stories/a.md:4:1", id="story"),
        pytest.param(
            {"issue": (A, f"{{story: {{headline: 春, text: {'字' * (MOST_COPY + 1)}}}}}")},
            "copy-too-long issue.yaml:10:38",
            id="story in the manifest",
        ),
        pytest.param(
            {"issue": (B, "{table: t.csv}"), "files": {"t.csv": "a,b\n" * 60_000}}, "copy-too-long t.csv:1:1", id="table"
        ),
        pytest.param({"a": story(300, front="headline: " + "字" * 20_000)}, "head-too-wide stories/a.md:2:11", id="headline"),
        pytest.param(
            {"issue": ("A A B\n", "A A B\n" + "      A A B\n" * 100_000)},
            "rows-sum issue.yaml:7:13",
            id="sketch of 100 000 rows",
        ),
        pytest.param({"issue": ("A A B", ".A" * 500_000)}, "sketch-width issue.yaml:8:7", id="sketch of a million columns"),
    ],
)
def test_copy_without_end_is_told_at_once(spoilt, found, tmp_path, run):
    write_issue(tmp_path, **spoilt)

    with hurried():
        status, problems = run("check", "issue.yaml")

    assert (1, found) == (status, told(problems[0], found))


# ---- pictures and profiles that are not what they say ----------------------------------------------------------------

GREY = png(1000, 100, zlib.compress(b"".join(bytes(1) + bytes([row]) * 1000 for row in range(100))))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(png(100_000, 100_000, b""), id="PNG of 100 000 x 100 000"),
        pytest.param(png(100_000, 100_000, zlib.compress(bytes(1 << 20)), bits=1), id="the same in line art"),
        pytest.param(tiff(100_000, 100_000, zlib.compress(bytes(1 << 20))), id="TIFF of 100 000 x 100 000"),
        pytest.param(png(1000, 100, zlib.compress((b"\5" + bytes(1000)) * 100)), id="grey PNG with rows of no filter"),
        pytest.param(png(1000, 100, zlib.compress(bytes(1001) * 99 + b"\xff" + bytes(1000))), id="the same in its last row"),
        pytest.param(GREY[:20] + b"\xff" + GREY[21:], id="grey PNG that says it is far higher"),
    ],
)
def test_a_picture_that_cannot_be_whole_is_none(data, tmp_path, run):
    write_issue(tmp_path, issue=PICTURE, files={"p.png": data})

    status, problems = run("build", "issue.yaml", "--only", "print")

    assert (1, "no-picture issue.yaml:11:20") == (status, told(problems[0], "no-picture :0:0"))


def test_a_grey_picture_is_the_same_cropped_whatever_else_its_file_says(tmp_path):
    """A mark that it is to be turned, and a profile that is none, are passed over where it is set whole as well."""
    turned = Image.Exif()
    turned[274] = 6
    said = ((b"iCCP", b"a\0\0" + zlib.compress(SRGB[:200])), (b"eXIf", turned.tobytes().removeprefix(b"Exif\0\0")))
    chunks = b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in said
    )
    samples = []
    for name, data in (("plain.png", GREY), ("said.png", GREY[:33] + chunks + GREY[33:])):
        (tmp_path / name).write_bytes(data)
        assert picture_facts(tmp_path / name)[:2] == (1000, 100)
        samples.append(read_samples(Picture(tmp_path / name, 100 * MM, 5 * MM, visible=Rect(0, 20, 1000, 50)), PRESS))

    assert samples[0] == samples[1]


@pytest.mark.parametrize(
    ("profile", "code"),
    [
        pytest.param(changed(SRGB, kind=b"prtr", space=b"CMYK"), "no-profile", id="RGB that says it is CMYK"),
        pytest.param(changed(NEWSPRINT.read_bytes(), space=b"GRAY"), "no-press-profile", id="CMYK that says it is grey"),
    ],
)
def test_a_profile_that_lies_is_refused(profile, code, tmp_path, run):
    write_issue(tmp_path, paper=OWN_PROFILE, files={"x.icc": profile})

    status, problems = run("check", "issue.yaml")

    assert (1, f"{code} paper.yaml:11:19") == (status, told(problems[0], "no-profile :0:0"))


# ---- names that would fool a terminal --------------------------------------------------------------------------------

NAMES = ["a\nb.md", "a\x1b[2Jb.md", "a\u202eb.md", "a\x7fb.md", "a\u2028b.md", "a\udcffb.md"]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_finding_stands_on_one_line_whatever_its_file_is_called(name):
    problem = finding("no-front-matter", Span(name, 1, 1), path=name)

    for language in Language:
        head, hint = problem.text(language).split("\n")
        assert (head + hint).isprintable()
        assert head.encode("utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere files cannot be called so")
@pytest.mark.parametrize(
    ("name", "told_as"), [(NAMES[-1], "--json"), (NAMES[-1], "--lang=zh"), (NAMES[1], "--json")], ids=ascii
)
def test_a_file_of_any_name_is_told_to_any_terminal(name, told_as, tmp_path, make_issue):
    write_issue(tmp_path)
    (tmp_path / name).write_text("paper: none.yaml\n", encoding="utf-8")

    result = make_issue("check", name, told_as, cwd=tmp_path, PYTHONIOENCODING="utf-8:strict")

    assert (1, False) == (result.returncode, "Traceback" in result.stderr)
    assert told_as != "--json" or json.loads(result.stdout)[0]["file"]


# ---- values at odds with each other ----------------------------------------------------------------------------------

CASES = [
    case("no columns", "wrong-value paper.yaml:8:12", paper=("columns: 3", "columns: 0")),
    case("columns of no ems", "wrong-value paper.yaml:9:8", paper=("ems: 13", "ems: 0")),
    case("no gutter", "wrong-value paper.yaml:10:11", paper=("gutter: 1", "gutter: 0")),
    case("story in no columns", "wrong-value issue.yaml:10:59", issue=(A, A.replace("5}}", "5}, columns: 0}"))),
    case("depths the wrong way round", "wrong-value issue.yaml:11:46", issue=drawn("p.png").replace("图}", "图, depth: 12-4}"), files={"p.png": saved("PNG")}),
    case("all bands pinned, and too deep", "rows-sum issue.yaml:10:11", issue=ISSUE.replace("A A B\n", "A A B\n      A A B\n").replace("areas:", "rows: [10, 10]\n    areas:")),
]  # fmt: skip


@pytest.mark.parametrize(("spoilt", "found", "words"), CASES)
def test_values_at_odds_are_told_at_their_place(spoilt, found, words, tmp_path, run):
    write_issue(tmp_path, **spoilt)

    status, problems = run("check", "issue.yaml")

    assert (1, found) == (status, [told(problem, like) for problem, like in zip(problems, found, strict=False)])


def test_a_picture_deeper_than_its_pinned_band_is_told(tmp_path, run):
    pinned = PICTURE.replace("caption: 图", "caption: 图, depth: 12").replace("areas:", "rows: [3, 16]\n    areas:")
    write_issue(tmp_path, issue=pinned, files={"p.png": saved("PNG")})

    status, problems = run("check", "issue.yaml")

    assert (1, True) == (status, "picture-too-deep" in [problem["code"] for problem in problems])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" * 10_000, id="word of 10 000 letters"),
        pytest.param("1" * 10_000, id="number of 10 000 figures"),
        pytest.param("——" * 5000, id="dash of 10 000 ems"),
        pytest.param("\u0301" * 10_000, id="10 000 accents"),
        pytest.param("葛" + "\U000e0100" * 10_000, id="10 000 selectors"),
        pytest.param("&amp;" * 10_000, id="10 000 signs by their names"),
        pytest.param("[a](" * 2000, id="2000 links in each other"),
        pytest.param("".join("`" * count + " " for count in range(200)), id="quotes of code of every length"),
        pytest.param("|a" * 300 + "|\n" + "|-" * 300 + "|\n" + "|a" * 300 + "|", id="table of 300 columns"),
    ],
)
def test_copy_of_one_sign_is_set_or_told(text, tmp_path, run):
    write_issue(tmp_path, a=story(100, text))

    status, problems = run("check", "issue.yaml")

    assert (status == 1) == any(problem["severity"] == "error" for problem in problems)
    assert problems


# ---- packages ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def package(tmp_path):
    """A sound package of a small issue."""
    for name, data in package_files().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    assert () == verify_archive(tmp_path / "package")
    return tmp_path / "package"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda data: data + data.splitlines(True)[0], id="line given twice"),
        pytest.param(lambda data: data + b"0123\n", id="line without a file"),
        pytest.param(lambda data: data + b"\xff\xff\n", id="no text"),
    ],
)
def test_a_list_of_digests_that_is_broken_is_told(change, package):
    path = package / "tagmanifest-sha256.txt"
    path.write_bytes(change(path.read_bytes()))

    assert [("bag-list", str(path))] == [(problem.code, problem.span.file) for problem in verify_archive(package)][:1]


@FOR_POSIX
def test_a_pipe_in_a_package_is_told_and_not_waited_for(package):
    path = next((package / "data").rglob("*.json"))
    path.unlink()
    os.mkfifo(path)

    assert "bag-changed" in {problem.code for problem in verify_archive(package)}
