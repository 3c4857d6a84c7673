"""Pages on sheets: which stands where, by folding paper in thought, and in the finished file before outside judges."""

import json
from collections import Counter
from itertools import pairwise

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from layout.diagnostics import has_errors
from layout.export.imposition import BLANK, SideName, impose
from layout.issue import Product, set_issue
from layout.manifest.pressroom import Folding
from layout.watch import Watch
from tests.finished import squeezed
from tests.small_issue import build, write_issue

MM = 72 / 25.4
COUNTS = st.integers(1, 200)
FOLDINGS = st.sampled_from(Folding)


def sheets_of(sides):
    """The sheets as pairs of front and back."""
    assert [SideName.FRONT, SideName.BACK] * (len(sides) // 2) == [side.name for side in sides]
    return [(front.pages, back.pages) for front, back in zip(sides[::2], sides[1::2], strict=True)]


def leaves_of(front, back):
    """The halves of a sheet, each with what stands on its front and on its back: turned over, left is right."""
    return list(zip(front, reversed(back), strict=True))


def read(sides, folding):
    """Return the pages as a reader meets them who turns the leaves of the folded sheets."""
    before, after = [], []
    for front, back in sheets_of(sides):
        right = leaves_of(front, back)[-1]
        first = list(right)
        last = list(reversed(leaves_of(front, back)[0])) if len(front) == 2 else []
        if folding is Folding.SINGLE:
            before += first + last
        else:
            before, after = before + first, last + after
    return before + after


# ---- laws --------------------------------------------------------------------------------------------------------


@given(COUNTS, FOLDINGS)
def test_a_reader_meets_every_page_once_and_in_order_then_at_most_one_blank(count, folding):
    pages = read(impose(count, folding), folding)

    assert list(range(1, count + 1)) == [page for page in pages if page != BLANK]
    assert [BLANK] * (count % 2) == pages[count:]


@given(COUNTS, FOLDINGS)
def test_each_leaf_has_an_odd_page_before_the_next_even_one(count, folding):
    for front, back in sheets_of(impose(count, folding)):
        for leaf in leaves_of(front, back):
            odd, even = sorted(page if page != BLANK else count + 1 for page in leaf)
            assert odd % 2 == 1
            assert even == odd + 1


@given(COUNTS, FOLDINGS)
def test_all_sheets_but_one_at_most_have_two_pages_a_side(count, folding):
    widths = [len(front) for front, back in sheets_of(impose(count, folding)) if len(front) == len(back)]

    assert len(widths) == -(-count // 4)
    assert widths.count(1) == (1 if count % 4 in (1, 2) else 0)


@pytest.mark.parametrize(
    ("count", "folding", "sheets"),
    [
        (1, "single", [((1,), (0,))]),
        (2, "single", [((1,), (2,))]),
        (3, "single", [((0, 1), (2, 3))]),
        (4, "single", [((4, 1), (2, 3))]),
        (4, "nested", [((4, 1), (2, 3))]),
        (6, "single", [((4, 1), (2, 3)), ((5,), (6,))]),
        (6, "nested", [((6, 1), (2, 5)), ((3,), (4,))]),
        (8, "single", [((4, 1), (2, 3)), ((8, 5), (6, 7))]),
        (8, "nested", [((8, 1), (2, 7)), ((6, 3), (4, 5))]),
        (7, "nested", [((0, 1), (2, 7)), ((6, 3), (4, 5))]),
        (12, "single", [((4, 1), (2, 3)), ((8, 5), (6, 7)), ((12, 9), (10, 11))]),
    ],
)
def test_pages_stand_as_the_trade_has_them(count, folding, sheets):
    """Sources: 人民日报 folds each sheet of four pages by itself; nested sheets put the last page beside the first."""
    assert sheets == sheets_of(impose(count, Folding(folding)))


# ---- findings ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "spreads", "folding", "codes"),
    [
        (4, (2,), "single", []),
        (4, (2,), "nested", []),
        (8, (6,), "single", []),
        (8, (4,), "single", ["spread-not-on-a-side"]),
        (8, (4,), "nested", []),
        (8, (2, 6), "nested", ["spread-not-on-a-side", "spread-not-on-a-side"]),
        (6, (2,), "nested", ["spread-not-on-a-side"]),
        (6, (4,), "single", ["spread-not-on-a-side"]),
        (5, (), "single", ["blank-page"]),
        (3, (), "nested", ["blank-page"]),
    ],
)
def test_a_spread_off_its_side_and_a_blank_page_are_told_where_they_stand(tmp_path, count, spreads, folding, codes):
    path = write_issue(tmp_path, count, f"sheets: {{folding: {folding}}}\n", spreads)

    result = set_issue(path, Watch())

    found = [problem for problem in result.problems if problem.code in ("spread-not-on-a-side", "blank-page")]
    assert codes == [problem.code for problem in found]
    lines = path.read_text("utf-8").splitlines()
    places = {"spread-not-on-a-side": spreads, "blank-page": (count,)}
    for problem in found:
        label = lines[problem.span.line - 1].strip().removeprefix("- ")
        assert label in {f'label: "{page:02d}"' for page in places[problem.code]}


def test_a_paper_that_says_nothing_of_sheets_is_not_told_of_them(tmp_path):
    assert not [problem for problem in set_issue(write_issue(tmp_path, 5), Watch()).problems if "blank" in problem.code]


def test_a_spread_off_its_side_keeps_the_sheets_from_being_written_and_older_files_stay(tmp_path):
    folder, problems = build(write_issue(tmp_path, 8), Product.SHEETS)
    assert not has_errors(problems)
    before = {path.name: path.read_bytes() for path in (folder / "print").iterdir()}

    _, problems = build(write_issue(tmp_path, 8, spreads=(4,)), Product.SHEETS)

    assert has_errors(problems)
    assert before == {path.name: path.read_bytes() for path in (folder / "print").iterdir()}


# ---- files -------------------------------------------------------------------------------------------------------

CASES = {
    "four": (4, "", ()),
    "nested": (8, "sheets: {folding: nested}\n", ()),
    "leaf": (6, "", ()),
    "blank": (7, "", ()),
    "spread": (4, "", (2,)),
    "no bleed": (4, "bleed: 0mm\n", ()),
    "marks": (8, "marks: all\n", (6,)),
}


@pytest.fixture(scope="module", params=CASES)
def printed(request, tmp_path_factory):
    """The folder of print files of a small issue with its sheets."""
    count, paper, spreads = CASES[request.param]
    folder, problems = build(write_issue(tmp_path_factory.mktemp("sheets"), count, paper, spreads), Product.SHEETS)
    assert not has_errors(problems)
    return folder / "print"


@pytest.fixture
def sheets(printed):
    return printed / "tiny_20260101_sheets.pdf"


def order(printed):
    return json.loads((printed / "tiny_20260101_order.json").read_text("utf-8"))


def test_qpdf_finds_nothing_in_the_sheets(judge, sheets):
    result = judge("qpdf", "--check", sheets)

    assert 0 == result.returncode, result.stdout + result.stderr


def test_each_page_is_read_where_the_order_says_that_it_stands(judge, printed, sheets):
    """Poppler reads each place of a side by itself, and reads there what it reads in the page's own file."""
    for number, side in enumerate(order(printed)["sides"], 1):
        assert (sheets.name, number) == (side["file"], side["file-page"])
        trim = PdfReader(sheets).pages[number - 1].trimbox
        assert side["trim"] == pytest.approx([trim.width / MM, trim.height / MM], abs=0.001)
        x, width = float(trim.left), float(trim.width) / len(side["places"])
        for place in side["places"]:
            found = cropped(judge, sheets, number, x, float(trim.left), width, trim.height)
            assert found == (whole_text(judge, printed / place["file"]) if "file" in place else "")
            x += width


def cropped(judge, file, number, x, y, width, height):
    box = {"-x": round(x), "-y": round(y), "-W": round(width), "-H": round(float(height))}
    options = [word for pair in box.items() for word in pair]
    return squeezed(judge("pdftotext", "-enc", "UTF-8", "-f", number, "-l", number, *options, file, "-").stdout)


def whole_text(judge, file):
    trim = PdfReader(file).pages[0].trimbox
    return cropped(judge, file, 1, float(trim.left), float(trim.left), float(trim.width), trim.height)


def test_the_boxes_of_a_side_lie_in_each_other_as_far_apart_as_those_of_a_page(printed, sheets):
    page = PdfReader(printed / "tiny_20260101_0001.pdf").pages[0]
    for side in PdfReader(sheets).pages:
        assert margins(page) == pytest.approx(margins(side), abs=0.01)


def margins(page):
    """How far each box lies in the one around it, on each of the four sides."""
    boxes = [list(map(float, box)) for box in (page.mediabox, page.cropbox, page.bleedbox, page.trimbox)]
    return [abs(outer - inner) for a, b in pairwise(boxes) for outer, inner in zip(a, b, strict=True)]


def test_sheets_hold_each_font_once(judge, printed, sheets):
    rows = [row.split() for row in judge("pdffonts", sheets).stdout.splitlines()[2:]]
    whole = [row.split() for row in judge("pdffonts", printed / "tiny_20260101.pdf").stdout.splitlines()[2:]]

    assert sorted({row[0].partition("+")[2] for row in rows}) == sorted(row[0].partition("+")[2] for row in rows)
    assert len(whole) == len(rows)
    assert sheets.stat().st_size < 1.1 * (printed / "tiny_20260101.pdf").stat().st_size + 20_000


def test_bookmarks_name_each_side_with_its_pages(tmp_path):
    folder, _ = build(write_issue(tmp_path, 7, "sheets: {folding: nested}\n", (4,)), Product.SHEETS)

    titles = [entry.title for entry in PdfReader(folder / "print" / "tiny_20260101_sheets.pdf").outline]

    assert ["第1张正面 左白页 右01版", "第1张反面 左02版 右07版", "第2张正面 左06版 右03版", "第2张反面 04-05版"] == titles


def test_two_builds_give_the_same_sheets(tmp_path):
    files = [build(write_issue(tmp_path / name, 6, "marks: all\n"), Product.SHEETS)[0] / "print" for name in "ab"]

    first, second = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in files)
    assert first == second


def test_the_sheets_of_the_sample_are_those_of_its_pages(judge, make_issue, sample, tmp_path):
    assert 0 == make_issue("build", "issues/ruzhou/3239.yaml", "--only", "sheets", "--out", tmp_path).returncode

    folder = tmp_path / "ruzhou_20230327" / "print"
    for file in (sample / "print").iterdir():
        assert file.read_bytes() == (folder / file.name).read_bytes()
    sides = json.loads((folder / "ruzhou_20230327_order.json").read_text("utf-8"))["sides"]
    assert [[4, 1], [2, 3], [8, 5], [6, 7]] == [[place["page"] for place in side["places"]] for side in sides]
    texts = [
        "".join(squeezed(judge("pdftotext", "-raw", folder / place["file"], "-").stdout) for place in side["places"])
        for side in sides
    ]
    assert "".join(texts) == squeezed(judge("pdftotext", "-raw", folder / "ruzhou_20230327_sheets.pdf", "-").stdout)
    with pypdfium2.PdfDocument(folder / "ruzhou_20230327_sheets.pdf") as file:
        seen = [squeezed(page.get_textpage().get_text_range()) for page in file]
    assert [Counter(text) for text in texts] == [Counter(text) for text in seen]


def test_a_page_is_cut_at_the_fold_and_keeps_its_bleed_elsewhere(tmp_path):
    folder, _ = build(write_issue(tmp_path, 4), Product.SHEETS)

    forms = PdfReader(folder / "print" / "tiny_20260101_sheets.pdf").pages[0]["/Resources"]["/XObject"]

    left, right = (
        list(map(float, forms[name].get_object()["/BBox"])) for name in sorted(forms, key=lambda name: int(name[3:]))
    )
    bleed, width = 3 * MM, 148 * MM
    assert [0, bleed + width] == pytest.approx([left[0], left[2]], abs=0.01)
    assert [bleed, 2 * bleed + width] == pytest.approx([right[0], right[2]], abs=0.01)
