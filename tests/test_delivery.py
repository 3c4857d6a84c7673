"""Deliveries: names, checksums, the order of pages, and folders that are whole or absent however a run ends."""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.colors import CMYKColorSep
from reportlab.pdfgen.canvas import Canvas

from layout.diagnostics import has_errors
from layout.export.files import write_folder
from layout.export.plates import Plates
from layout.frame import Art, ForeignObject, ForeignPage, Frame, Page, Placed
from layout.geometry import Size
from layout.issue import Product, set_issue
from layout.manifest.pressroom import FILE_NAME
from layout.messages import Severity
from layout.watch import Watch
from tests.conftest import ROOT
from tests.foreign import drawn
from tests.killed import killed
from tests.small_issue import PAGE, SENTENCE, build, write_issue

ORDER = ["SHA256SUMS", "order.json", "order.txt"]


def delivered(folder, count=4, delivery="", paper="", spreads=(), edition=""):
    """Deliver an issue; return the delivered folder."""
    path = write_issue(folder, count, f"{paper}{f'delivery: {delivery}' if delivery else ''}\n", spreads)
    if edition:
        path.write_text(path.read_text("utf-8").replace("number: 7", f"number: 7\nedition: {edition}"), encoding="utf-8")
    made, problems = build(path, Product.DELIVERY)
    assert not has_errors(problems), problems
    (found,) = made.parent.glob("*/delivery/*")
    return found


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# ---- names -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("delivery", "folder", "files"),
    [
        ("", "tiny_20260101", [f"tiny_20260101-{n:02d}.pdf" for n in (1, 2, 3, 4)]),
        ('{name: "{key}-{date}-{label}"}', "tiny_20260101", [f"tiny-20260101-{n:02d}.pdf" for n in (1, 2, 3, 4)]),
        ('{name: "{label}"}', "tiny_20260101", ["01.pdf", "02.pdf", "03.pdf", "04.pdf"]),
        ('{name: "P{page}_{year}.{month}.{day}"}', "tiny_20260101", [f"P000{n}_2026.01.01.pdf" for n in (1, 2, 3, 4)]),
        (
            '{name: "{key}{number}{edition}{label}", folder: "{number}_{edition}"}',
            "7_1",
            [f"tiny710{n}.pdf" for n in (1, 2, 3, 4)],
        ),
        ('{name: "{label}", files: [sheets]}', "tiny_20260101", ["sheets.pdf"]),
        ("{files: []}", "tiny_20260101", []),
        ('{name: "{label}", files: [issue, sheets]}', "tiny_20260101", ["issue.pdf", "sheets.pdf"]),
    ],
)
def test_files_have_the_names_that_the_press_asks_for(tmp_path, delivery, folder, files):
    found = delivered(tmp_path, delivery=delivery)

    assert folder == found.name
    assert sorted((*ORDER, *files)) == sorted(contents(found))


def test_a_spread_and_an_edition_stand_in_the_names(tmp_path):
    found = delivered(tmp_path, delivery='{name: "{edition}-{label}-{page}"}', spreads=(2,), edition="B")

    assert "tiny_20260101-b" == found.name
    assert ["B-01-0001.pdf", "B-02-03-0002-0003.pdf", "B-04-0004.pdf"] == sorted(set(contents(found)) - set(ORDER))


def test_an_extra_of_the_day_has_names_of_its_own(tmp_path):
    path = write_issue(tmp_path, 2)
    build(path, Product.DELIVERY)
    path.write_text(path.read_text("utf-8").replace("number: 7", "number: 7\nextra: 号外"), encoding="utf-8")
    _, problems = build(path, Product.DELIVERY)
    assert not has_errors(problems), problems

    folders = sorted((tmp_path / "build").glob("*/delivery/*"))
    assert ["tiny_20260101", "tiny_20260101_extra"] == [folder.name for folder in folders]
    names = [set(contents(folder)) - set(ORDER) for folder in folders]
    assert not names[0] & names[1]
    assert "extra" == json.loads((folders[1] / "order.json").read_text("utf-8"))["edition"]


@pytest.mark.parametrize(
    "delivery",
    [
        *(
            f'{{name: "{name}"}}'
            for name in ("{key}", "{label}/x", "../{label}", ".{label}", "-{label}", "{label}.", "第{label}版")
        ),
        *(
            f'{{name: "{name}"}}'
            for name in ("{label} x", "{foo}{label}", "{label", "{{label}}", "{label.__class__}", "x" * 101)
        ),
        *(f'{{folder: "{name}"}}' for name in ("{label}", "a/b", "..", ".", "", "-x", "~", "{date}/{key}")),
        "{files: [proof]}",
        "{files: pages}",
        "{names: x}",
    ],
)
def test_other_names_are_told_where_they_stand(tmp_path, delivery):
    path = write_issue(tmp_path, 4, f"delivery: {delivery}\n")

    result = set_issue(path, Watch())

    assert result.issue is None
    assert result.problems
    paper = (tmp_path / "paper.yaml").read_text("utf-8").splitlines()
    for problem in result.problems:
        assert problem.span.file.endswith("paper.yaml")
        assert "delivery" in paper[problem.span.line - 1]


PIECES = st.sampled_from(
    [
        "{key}",
        "{date}",
        "{number}",
        "{edition}",
        "{label}",
        "{page}",
        "{",
        "}",
        "{}",
        "a",
        "Z",
        "9",
        "_",
        "-",
        ".",
        "/",
        "\\",
        " ",
        "版",
        "\n",
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_a_name_that_is_taken_names_a_file_of_its_own_for_each_page_in_the_folder(pattern):
    """The values that fill the fields are letters, digits and hyphens, as the manifest has them."""
    if FILE_NAME.parse(pattern) is None:
        return
    fields = {"issue": "tiny-2_20260101", "key": "tiny-2", "date": "20260101", "number": "7", "edition": "B"}
    names = {pattern.format(**fields, label=f"A0{n}", page=f"000{n}") for n in (1, 2, 3)}

    assert 3 == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_])?", name) for name in names)


# ---- files -------------------------------------------------------------------------------------------------------


def test_sha256sum_finds_every_file_whole_and_a_changed_one_broken(tmp_path):
    if shutil.which("sha256sum") is None:
        pytest.skip("sha256sum is missing: it is in the package coreutils")
    folder = delivered(tmp_path, delivery="{files: [pages, sheets, issue]}")
    check = ["sha256sum", "--check", "--strict", "SHA256SUMS"]

    told = subprocess.run(check, cwd=folder, capture_output=True, text=True, check=False)
    assert (0, "") == (told.returncode, told.stderr)
    assert set(contents(folder)) - {"SHA256SUMS"} == {line.partition(":")[0] for line in told.stdout.splitlines()}

    with (folder / "order.txt").open("ab") as file:
        file.write(b" ")
    assert 1 == subprocess.run(check, cwd=folder, capture_output=True, check=False).returncode


def test_a_delivered_file_is_the_print_file(tmp_path):
    folder = delivered(tmp_path, delivery='{name: "{label}", files: [pages, sheets, issue]}')
    made, _ = build(tmp_path / "issue.yaml", Product.SHEETS)

    names = {"01": "_0001", "02": "_0002", "03": "_0003", "04": "_0004", "sheets": "_sheets", "issue": ""}
    for name, part in names.items():
        assert (folder / f"{name}.pdf").read_bytes() == (made / "print" / f"tiny_20260101{part}.pdf").read_bytes()


def test_two_deliveries_are_the_same(tmp_path):
    first, second = (contents(delivered(tmp_path / name, 5, "{files: [pages, sheets]}", "marks: all\n")) for name in "ab")

    assert first == second


def test_sheets_are_printed_where_the_paper_names_them_and_go_where_it_no_longer_does(tmp_path):
    made, _ = build(write_issue(tmp_path, 4, "sheets: {folding: nested}\n"), Product.PRINT)
    with_sheets = sorted(contents(made / "print"))
    build(write_issue(tmp_path, 4), Product.PRINT)

    plain = ["tiny_20260101.pdf", *(f"tiny_20260101_000{n}.pdf" for n in (1, 2, 3, 4))]
    assert plain == sorted(contents(made / "print"))
    assert sorted([*plain, *(f"tiny_20260101_{part}" for part in ("order.json", "order.txt", "sheets.pdf"))]) == with_sheets


# ---- order -------------------------------------------------------------------------------------------------------


def test_the_order_tells_where_pages_stand_and_the_digests_of_files(tmp_path):
    folder = delivered(tmp_path, 6, '{name: "{label}", files: [pages, sheets]}', spreads=(2,))
    order = json.loads((folder / "order.json").read_text("utf-8"))

    assert ["小报", "7", "2026-01-01", "single", [148, 180], 3] == [
        order[key] for key in ("paper", "number", "date", "folding", "trim", "bleed")
    ]
    sides = [(side["sheet"], side["side"], [place.get("label") for place in side["places"]]) for side in order["sides"]]
    assert [(1, "front", ["04", "01"]), (1, "back", ["02-03"]), (2, "front", ["05"]), (2, "back", ["06"])] == sides
    assert [("sheets.pdf", n) for n in (1, 2, 3, 4)] == [(side["file"], side["file-page"]) for side in order["sides"]]
    assert [[296, 180], [296, 180], [148, 180], [148, 180]] == [side["trim"] for side in order["sides"]]
    for told in order["files"]:
        data = (folder / told["file"]).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (told["bytes"], told["sha256"])
    assert {told["file"] for told in order["files"]} == set(contents(folder)) - set(ORDER)
    assert "第1页" == order["sides"][0]["places"][1]["section"]


def test_the_list_has_a_line_for_each_place_with_what_the_data_tell(tmp_path):
    folder = delivered(tmp_path, 7, '{name: "{label}"}', "sheets: {folding: nested}\n")
    order = json.loads((folder / "order.json").read_text("utf-8"))
    lines = (folder / "order.txt").read_text("utf-8").splitlines()

    places = [place for side in order["sides"] for place in side["places"]]
    rows = [line.split() for line in lines if line.startswith("  ")]
    assert [
        [*told] for told in (("白页",) if "blank" in p else (f"{p['label']}版", p["section"], "黑", p["file"]) for p in places)
    ] == [row[1:] for row in rows]
    assert "套折" in lines[1]
    assert [line for line in lines if line.endswith(".pdf") and len(line.split()[0]) == 64] == [
        f"{told['sha256']}  {told['file']}" for told in order["files"]
    ]


WITH_ART = (
    PAGE.replace("sketch: SKETCH", "sketch: |\n      PPP\n      AAA")
    .replace("areas:\n", "areas:\n      P: {picture: ART}\n")
    .replace("TEXT", SENTENCE * 28)
)


def picture(folder, name, colour, mode):
    Image.new(mode, (900, 180), colour).save(folder / name)


@pytest.mark.parametrize(
    ("content", "inks"),
    [
        (b"0 1 1 0 k 0 0 300 60 re f", "MYK"),
        (b"1 0 0 0 K 2 w 0 0 m 300 60 l S", "CK"),
        (b"0.5 g 0 0 300 60 re f", "K"),
        (b"0 0 0 0 k 0 0 300 60 re f", "K"),
        (b"1 g 0 0 300 60 re f (0 1 0 0 k) pop", "K"),
        (b"0 0 1 0 k\n0 0 300 60 re f\n.0 0 0 +.5 K 0 0 m 9 9 l S", "YK"),
        (b"/DeviceCMYK cs .1 .1 .1 0 sc 0 0 300 60 re f", "CMYK"),
        ("grey.png", "K"),
        ("red.png", "MYK"),
        ("brown.png", "CMYK"),
        ("cyan.tif", "CK"),
    ],
)
def test_a_page_has_the_inks_that_ghostscript_finds_on_its_plates(judge, tmp_path, content, inks):
    picture(tmp_path, "grey.png", 90, "L")
    picture(tmp_path, "red.png", (180, 60, 40), "RGB")
    picture(tmp_path, "brown.png", (90, 80, 70), "RGB")
    picture(tmp_path, "cyan.tif", (200, 0, 0, 0), "CMYK")
    if isinstance(content, bytes):
        (tmp_path / "art.pdf").write_bytes(drawn(content, size=(300, 60)))
        content = "art.pdf"
    page = WITH_ART.replace("ART", content)
    made, problems = build(write_issue(tmp_path, 2, page=page), Product.SHEETS)
    assert not has_errors(problems), problems

    order = json.loads((made / "print" / "tiny_20260101_order.json").read_text("utf-8"))
    told = order["sides"][0]["places"][0]["inks"]
    file = made / "print" / "tiny_20260101_0001.pdf"
    judge("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-r36", f"-sOutputFile={tmp_path}/s.tif", file)
    names = {"C": "Cyan", "M": "Magenta", "Y": "Yellow", "K": "Black"}
    inked = [
        letter
        for letter, name in names.items()
        if Image.open(tmp_path / f"s({name}).tif").convert("L").getextrema() != (255, 255)
    ]
    assert list(inks) == told == inked


@pytest.mark.parametrize(
    ("content", "letters"),
    [(b"1 g 1 1 1 1 re f", ""), (b"0 g 1 1 1 1 re f", "K"), (b"0 0 0 0 k 1 1 1 1 re f", ""), (b"/DeviceGray cs 1 sc", "")],
)
def test_white_needs_no_plate(content, letters):
    art = Art(ForeignPage("art", Size(9, 9), (ForeignObject((b"<< /Subtype /Form >>",), content),)), 9, 9)
    page = Page(1, "01", "", Size(9, 9), 0, Frame(9, 9, (Placed(0, 0, art),)))

    assert list(letters) == [plate.value for plate in Plates([page], {})[1]]


# ---- whole or absent ---------------------------------------------------------------------------------------------

OLD, NEW = {"a": b"old", "b": b"old", "z": b"old"}, {"a": b"new", "b": b"new", "c": b"new"}

KILLED = killed(
    '(os, "replace"), (os, "unlink"), (os, "rmdir"), (Path, "write_bytes"), (Path, "mkdir"), (shutil, "rmtree")',
    'write_folder(Path(sys.argv[1]), {"a": b"new", "b": b"new", "c": b"new"})',
)


@pytest.mark.parametrize("has_former", [True, False], ids=["over a former one", "for the first time"])
def test_a_run_that_is_killed_leaves_a_folder_whole_or_absent_and_the_next_one_mends_it(tmp_path, has_former):
    """The process is killed before each of its steps in turn, and the last time not at all."""
    states = []
    for steps in range(30):
        place = tmp_path / str(steps) / "folder"
        if has_former:
            write_folder(place, OLD)
        else:
            place.parent.mkdir()
        command = [sys.executable, "-c", KILLED, place, str(steps)]
        status = subprocess.run(command, cwd=ROOT, check=False).returncode
        states.append(contents(place) if place.exists() else None)
        write_folder(place, NEW)
        assert NEW == contents(place)
        assert [place] == list(place.parent.iterdir())
        if status == 0:
            break
        assert -signal.SIGKILL == status
    else:
        pytest.fail("never came to an end")
    assert all(state in (OLD if has_former else None, NEW, None) for state in states)
    assert NEW == states[-1]
    assert steps >= 5


@pytest.mark.parametrize("number", range(3))
def test_a_full_disk_leaves_the_former_folder_whole(tmp_path, monkeypatch, number):
    place = tmp_path / "folder"
    write_folder(place, OLD)
    written = []

    def full(path, data):
        if len(written) == number:
            raise OSError(28, "No space left on device", str(path))
        written.append(path)
        path.touch()

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(OSError, match="No space"):
            write_folder(place, NEW)

    assert OLD == contents(place)
    write_folder(place, NEW)
    assert NEW == contents(place)
    assert [place] == list(tmp_path.iterdir())


def test_what_a_killed_run_had_moved_aside_is_put_back_before_anything_else(tmp_path, monkeypatch):
    place = tmp_path / "folder"
    write_folder(place, OLD)
    os.replace(place, tmp_path / ".folder.former")

    def full(path, data):
        raise OSError(28, "No space left on device", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(OSError, match="No space"):
            write_folder(place, NEW)

    assert OLD == contents(place)


def test_an_issue_that_needs_work_leaves_the_former_delivery_whole(tmp_path):
    folder = delivered(tmp_path)
    before = contents(folder)
    path = tmp_path / "issue.yaml"
    path.write_text(path.read_text("utf-8").replace("题号1", "题" * 99), encoding="utf-8")

    _, problems = build(path, Product.DELIVERY)

    assert has_errors(problems)
    assert before == contents(folder)


def test_a_page_that_fails_preflight_is_not_delivered(tmp_path):
    """A picture that brings an ink of its own is told by the judge of whole papers, at the page's file."""
    folder = delivered(tmp_path)
    before = contents(folder)
    canvas = Canvas(str(tmp_path / "spot.pdf"), pagesize=(200, 100))
    canvas.setFillColor(CMYKColorSep(1, 0, 0, 0, spotName="HKS 13"))
    canvas.rect(0, 0, 200, 100, stroke=0, fill=1)
    canvas.save()
    page = PAGE.replace("sketch: SKETCH", 'sketch: "BBB\\nAAA"').replace("areas:", "areas:\n      B: {picture: spot.pdf}")
    path = write_issue(tmp_path, 4, page=page.replace("TEXT", SENTENCE * 5))

    _, problems = build(path, Product.DELIVERY)

    assert ["page-preflight"] == sorted({problem.code for problem in problems if problem.severity is Severity.ERROR})
    assert before == contents(folder)


def test_a_delivery_writes_nothing_else(tmp_path):
    folder = delivered(tmp_path)

    assert ["delivery"] == [path.name for path in folder.parent.parent.iterdir()]


def test_the_command_line_delivers(make_issue, tmp_path):
    path = write_issue(tmp_path, 4)

    result = make_issue("build", path, "--only", "delivery", "--out", tmp_path / "out")

    assert (0, "") == (result.returncode, result.stderr)
    assert (tmp_path / "out" / "tiny_20260101" / "delivery" / "tiny_20260101" / "SHA256SUMS").is_file()
