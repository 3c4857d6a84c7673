"""Adverts in their modules, marked as what they are; art wherever a picture may stand, and in the masthead."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from layout.cli import main
from layout.design.grid import derive_grid
from layout.design.modules import module_sizes
from layout.design.plan import resolve
from layout.diagnostics import Language
from layout.export.report import page_characters
from layout.frame import BLACK, WHITE, Art, Fill, Frame, GlyphRun, Mark, MarkKind, Page, Picture, Placed
from layout.issue import set_issue
from layout.manifest.issue import PictureContent
from layout.manifest.load import load_issue
from layout.manifest.modules import MODULES
from layout.manifest.paper import FORMATS, Format
from layout.page.block import Setting
from layout.page.compose import measure_block
from layout.page.pictures.cropping import fitted
from layout.text.shape import Shaper
from layout.units import MM, points
from layout.watch import Watch
from tests.conftest import SAMPLE
from tests.foreign import cyan, made, saved
from tests.sent import pdf_bytes
from tests.test_taboos import GRID, ISSUE, LEADING, PAPER, a_page, story_of

TABLOID = derive_grid(FORMATS["四开"], LEADING)
TINY = derive_grid(
    Format(trim_width=220 * MM, trim_height=170 * MM, type_width=200 * MM, type_height=130 * MM, columns=3, ems=13, gutter=1),
    LEADING,
)
"""The grid of the little paper: 19 lines."""

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 100"><rect width="400" height="100" fill="red"/></svg>'


def flat(width, height):
    """Return a PDF of a size in millimetres, all of it cyan."""
    size = (width * 72 / 25.4, height * 72 / 25.4)

    def ground(canvas):
        canvas.setFillColorCMYK(1, 0, 0, 0)
        canvas.rect(0, 0, *size, stroke=0, fill=1)

    return made(ground, size=size)


@pytest.fixture
def set_pages(tmp_path, monkeypatch):
    """Set an issue of some pages with the files that these tests name; return pages and findings."""
    monkeypatch.chdir(tmp_path)
    saved(tmp_path, flat(200, 68.4), "half.pdf")
    saved(tmp_path, flat(200, 130), "full.pdf")
    saved(tmp_path, flat(200, 43), "third.pdf")
    saved(tmp_path, flat(100, 100), "square.pdf")
    saved(tmp_path, made(cyan, pages=2), "two.pdf")
    (tmp_path / "half.svg").write_text('<svg viewBox="0 0 200 68.4"><rect width="200" height="68.4"/></svg>', encoding="utf-8")
    (tmp_path / "logo.svg").write_text(LOGO, encoding="utf-8")
    (tmp_path / "text.svg").write_text('<svg viewBox="0 0 200 65">\n<text>字</text></svg>', encoding="utf-8")
    Image.new("L", (2000, 684)).save(tmp_path / "half.png")

    def set_pages(pages, paper=UNJUDGED):
        (tmp_path / "issue.yaml").write_text(ISSUE + pages, encoding="utf-8")
        (tmp_path / "paper.yaml").write_text(paper, encoding="utf-8")
        result = set_issue((tmp_path / "issue.yaml").relative_to(tmp_path), Watch())
        return result.pages, [(problem.code, str(problem.span)) for problem in result.problems if problem.code not in LOOSE]

    return set_pages


UNJUDGED = PAPER + "preflight: off\n"
LOOSE = (
    "underset",
    "overset",
    "uneven",
    "through-gap",
    "stranded-head",
    "area-too-shallow",
    "areas-too-deep",
    "areas-too-shallow",
)
"""What the little copy of these tests may be, since it is not about copy."""


def with_advert(advert, sketch="AAA/BBB", rows="auto"):
    return a_page("01", sketch, story_of(100), advert, rows=rows)


def advert_of(page):
    """Return the frame of the page's only advert, and where it stands."""
    (found,) = (placed for placed in page.frame.items if isinstance(placed.item, Frame) and is_advert(placed.item))
    return found


def is_advert(frame):
    return isinstance(frame.items[0].item, Mark) and frame.items[0].item.kind is MarkKind.ADVERT


# ---- modules ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "broadsheet", "tabloid"),
    [
        ("整版", [(8, 111)], [(5, 79)]),
        ("半版", [(8, 56)], [(5, 40)]),
        ("1/2", [(8, 56)], [(5, 40)]),
        ("1/3", [(8, 37)], [(5, 26)]),
        ("1/4", [(8, 28), (4, 56)], [(5, 20), (3, 40)]),
        ("1/5", [(8, 22)], [(5, 16)]),
        ("1/6", [(4, 37)], [(3, 26)]),
        ("1/8", [(4, 28), (8, 14)], [(3, 20), (5, 10)]),
        ("1/10", [(4, 22)], [(3, 16)]),
        ("1/16", [(4, 14), (8, 7)], [(3, 10), (5, 5)]),
        ("1/20", [(2, 22)], [(1, 16)]),
        ("1/32", [(2, 14)], [(1, 10)]),
        ("通栏", [(8, 19)], [(5, 13)]),
        ("下报眉", [(6, 11), (2, 11)], [(4, 8), (1, 8)]),
        ("报眼", [], []),
    ],
)
def test_modules_are_shares_of_the_type_area_in_whole_columns_and_lines(name, broadsheet, tabloid):
    assert [broadsheet, tabloid] == [[tuple(size) for size in module_sizes(MODULES[name], grid)] for grid in (GRID, TABLOID)]


@given(st.integers(1, 12), st.integers(5, 40), st.integers(1, 4), st.integers(100, 800))
def test_modules_lie_within_any_type_area(columns, ems, gutter, height):
    form = Format(
        trim_width=400 * MM,
        trim_height=900 * MM,
        type_width=350 * MM,
        type_height=height * MM,
        columns=columns,
        ems=ems,
        gutter=gutter,
    )
    grid = derive_grid(form, LEADING)
    for name, module in MODULES.items():
        for share, size in zip(module, module_sizes(module, grid), strict=False):
            assert 1 <= size.columns <= grid.columns
            assert 1 <= size.lines <= max(1, grid.lines)
            if name not in ("1/4", "1/8", "1/16"):  # shapes that come to the same size are told once
                assert abs(size.lines - grid.lines * share.depth) <= 1


@given(st.integers(1, 10**8), st.integers(1, 10**8), st.integers(1, 10**8), st.integers(1, 10**8))
def test_art_fills_its_room_one_way_and_keeps_its_proportions(width, height, across, down):
    content = PictureContent(SAMPLE, width, height, "", "")

    made_wide, made_high = fitted(content, across, down)

    assert made_wide <= across
    assert made_high <= down
    assert made_wide == across or made_high == down
    assert abs(made_wide * height - made_high * width) <= max(width, height)


def test_an_advert_has_the_depth_of_its_module_with_the_white_below(set_pages):
    (page,), problems = set_pages(with_advert("{advert: half.pdf, size: 半版}"))

    placed = advert_of(page)

    assert [] == problems
    assert 10 * TINY.pitch == placed.item.height
    (above,), problems = set_pages(a_page("01", "BBB/AAA", story_of(100), "{advert: half.pdf, size: 半版}"))
    assert [] == problems
    assert 9 * TINY.pitch == advert_of(above).item.height


FAULTY = {
    "too few columns": (with_advert("{advert: half.pdf, size: 半版}", "A B B"), ("advert-columns", "issue.yaml:11:7")),
    "a depth that is pinned": (with_advert("{advert: half.pdf, size: 半版}", rows="8, 11").replace("[8, 11, 8, 11]", "[8, 11]"), ("advert-depth", "issue.yaml:12:7")),
    "too narrow": (with_advert("{advert: square.pdf, size: 半版}"), ("advert-proportions", "issue.yaml:12:7")),
    "too wide": (with_advert("{advert: third.pdf, size: 半版}"), ("advert-proportions", "issue.yaml:12:7")),
    "no module": (with_advert("{advert: half.pdf, size: 三分之七}"), ("wrong-value", "issue.yaml:12:35")),
    "no size": (with_advert("{advert: half.pdf}"), ("missing-key", "issue.yaml:12:10")),
    "no file": (with_advert("{advert: nowhere.pdf, size: 半版}"), ("missing-file", "issue.yaml:12:19")),
    "outside": (with_advert("{advert: ../half.pdf, size: 半版}"), ("outside-roots", "issue.yaml:12:19")),
    "several pages": (with_advert("{advert: two.pdf, size: 半版}"), ("art-pages", "issue.yaml:12:19")),
    "a page that is not there": (with_advert("{advert: half.png, size: 半版, page: 2}"), ("art-no-page", "issue.yaml:12:19")),
    "text in a drawing": (with_advert("{advert: text.svg, size: 半版}"), ("art-not-drawn", "text.svg:2:1")),
    "neither yes nor no": (with_advert("{advert: half.pdf, size: 半版, marked: maybe}"), ("wrong-value", "issue.yaml:12:47")),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTY)
def test_what_is_wrong_with_an_advert_is_told_at_its_place(case, set_pages):
    pages, problem = FAULTY[case]

    assert [problem] == set_pages(pages)[1]


def test_the_finding_says_both_sizes(set_pages, tmp_path, capsys):
    set_pages(with_advert("{advert: square.pdf, size: 半版}"))

    main(["check", "issue.yaml", "--lang", "en"])

    assert '"square.pdf" in area B is 100.0 × 100.0 mm, size 半版 is 200.0 × 68.4 mm' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "codes"), [(1.019, []), (1.021, ["advert-proportions"]), (0.981, []), (0.979, ["advert-proportions"])]
)
def test_art_may_be_two_per_cent_off(more, codes, set_pages, tmp_path):
    saved(tmp_path, flat(200 * more, 10 * TINY.pitch / MM), "near.pdf")

    assert codes == [code for code, _ in set_pages(with_advert("{advert: near.pdf, size: 半版}"))[1]]


@pytest.mark.parametrize("name", ["half.pdf", "half.svg", "half.png"])
def test_art_of_any_kind_keeps_its_proportions_in_the_middle_of_its_area(name, set_pages):
    (page,), problems = set_pages(with_advert(f"{{advert: {name}, size: 半版}}"))

    frame = advert_of(page).item
    (art,) = (placed for placed in frame.items if isinstance(placed.item, Art | Picture))

    assert [] == problems
    assert art.item.width / art.item.height == pytest.approx(200 / 68.4, rel=1e-3)
    assert frame.width - 2 * art.x == pytest.approx(art.item.width, abs=2)
    assert frame.height - 2 * art.y == pytest.approx(art.item.height, abs=2)


def test_an_ear_advert_is_as_deep_as_its_art(set_pages):
    (page,), problems = set_pages(a_page("01", "A A B/CCC", "masthead", "{advert: square.pdf, size: 报眼}", story_of(100)))

    assert [] == problems
    assert 65 <= advert_of(page).item.height / MM <= 72


def test_a_chosen_page_comes_in(set_pages):
    (page,), problems = set_pages(a_page("01", "AAA", "{advert: two.pdf, size: 报眼, page: 2}"))

    assert {"advert-proportions"} >= {code for code, _ in problems}
    assert "two" == advert_of(page).item.items[0].item.name


# ---- the mark --------------------------------------------------------------------------------------------------------


def mark_of(frame):
    return [placed for placed in frame.items if isinstance(placed.item, GlyphRun)]


def test_the_mark_stands_small_in_the_corner_on_white_inside_the_border(set_pages):
    (page,), _ = set_pages(with_advert("{advert: half.pdf, size: 半版, border: heavy}"))
    frame = advert_of(page).item

    (mark,) = mark_of(frame)
    (ground,) = (placed for placed in frame.items if isinstance(placed.item, Fill) and placed.item.ink == WHITE)
    borders = [placed for placed in frame.items if isinstance(placed.item, Fill) and placed.item.ink == BLACK]

    assert ("广告", 7.5, BLACK) == (mark.item.text, points(mark.item.size), mark.item.ink)
    assert ground.x < mark.x < mark.x + mark.item.width < ground.x + ground.item.width == frame.width - borders[0].item.height
    assert ground.y < mark.y < ground.y + ground.item.height
    assert frame.items.index(ground) < frame.items.index(borders[0])


@pytest.mark.parametrize(("marked", "marks", "codes"), [("yes", 1, []), ("no", 0, ["unmarked-advert"])])
def test_the_mark_is_left_out_only_where_the_art_has_it(marked, marks, codes, set_pages):
    (page,), problems = set_pages(with_advert(f"{{advert: half.pdf, size: 半版, marked: {marked}}}"))

    assert marks == len(mark_of(advert_of(page).item))
    assert codes == [code for code, _ in problems]


FULL = a_page("01", "AAA", "{advert: full.pdf, size: 整版, title: 某某公司}")


@pytest.fixture
def built(set_pages, tmp_path, capsys):
    """Build an issue that has no findings; return the file of its first page."""

    def built(pages, paper=UNJUDGED):
        assert [] == set_pages(pages, paper)[1]
        assert 0 == main(["build", "issue.yaml", "--out", "out"])
        assert "error" not in capsys.readouterr().err
        return next((tmp_path / "out").rglob("*_0001.pdf"))

    return built


def test_the_mark_is_legible_on_any_art(built, judge, tmp_path):
    """In the corner of a page of cyan there is a white ground with black on it, and no cyan under the black."""
    path = built(FULL)
    judge("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffsep", "-r288", f"-sOutputFile={tmp_path / 'p.tif'}", path)
    plates = {name: Image.open(tmp_path / f"p({name}).tif") for name in ("Cyan", "Black")}
    _, top, right, _ = plates["Cyan"].point(lambda value: 255 * (value < 128)).getbbox()
    mark = (right - 60, top + 6, right - 6, top + 28)

    assert (255, 255) == plates["Cyan"].crop(mark).getextrema()
    assert 0 == plates["Black"].crop(mark).getextrema()[0]
    assert (0, 0) == plates["Cyan"].crop((right - 200, top + 6, right - 100, top + 28)).getextrema()
    assert "广告" in judge("pdftotext", path, "-").stdout
    assert 0 == judge("qpdf", "--check", path).returncode


# ---- on the page -----------------------------------------------------------------------------------------------------


def test_the_dump_and_the_report_know_adverts(built):
    path = built(FULL)
    proof = path.parent.parent / "proof"

    assert "-- advert full 某某公司" in proof.joinpath(f"{path.stem}.txt").read_text(encoding="utf-8")
    assert [0] == [
        page["characters"] for page in json.loads(proof.joinpath("report.json").read_text(encoding="utf-8"))["pages"]
    ]


@pytest.mark.parametrize(("kind", "less"), [(MarkKind.ADVERT, 100), (MarkKind.PICTURE, 20)])
def test_adverts_do_not_count_as_characters_and_pictures_in_them_count_no_more(kind, less):
    width, height = 10 * GRID.em, 10 * GRID.pitch
    inner = Frame(width, height, (Placed(0, 0, Mark(kind)), Placed(0, 0, Picture(SAMPLE, width, height))))
    page = Page(1, "01", "", GRID.trim, 0, Frame(1, 1, (Placed(0, 0, inner),)))

    assert 111 * 111 - less == page_characters(page, GRID)


def test_adverts_are_no_neighbours(set_pages):
    """Two adverts side by side, tops and feet level, below a story: neither heads nor pictures stand beside each other."""
    beside = a_page("01", "A A A/B C C", story_of(100), "{advert: square.pdf, size: 报眼}", "{advert: square.pdf, size: 报眼}")
    (page,), problems = set_pages(beside)

    assert {"advert-proportions"} == {code for code, _ in problems}
    assert 2 == sum(isinstance(placed.item, Frame) and is_advert(placed.item) for placed in page.frame.items)


@pytest.mark.parametrize(("border", "rules"), [("hairline", 0), ("none", 1)])
def test_a_bordered_advert_needs_no_rule_above_it(border, rules, set_pages):
    (page,), _ = set_pages(with_advert(f"{{advert: half.pdf, size: 半版, border: {border}}}"))

    own = [placed.item for placed in page.frame.items if isinstance(placed.item, Fill)]

    assert rules == len(own)


def test_art_placed_twice_is_one_value(set_pages):
    (page,), _ = set_pages(a_page("01", "AAA/BBB", "{advert: half.pdf, size: 半版}", "{advert: half.pdf, size: 半版}"))

    sources = [placed.item.source for placed in page.frame.walk() if isinstance(placed.item, Art)]

    assert 2 == len(sources)
    assert sources[0] is sources[1]


# ---- pictures and masthead -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "ratio"), [("half.pdf", 68.4 / 200), ("half.svg", 68.4 / 200), ("square.pdf", 1), ("half.png", 68.4 / 200)]
)
def test_a_picture_may_be_art(name, ratio, set_pages):
    (page,), problems = set_pages(a_page("01", "A B B", f"{{picture: {name}, caption: 说明}}", story_of(100)))

    (picture,) = (placed.item for placed in page.frame.walk() if isinstance(placed.item, Art | Picture))

    assert [] == problems
    assert (TINY.width(1), "说明") == (picture.width, picture.caption)
    assert picture.height == pytest.approx(TINY.width(1) * ratio, rel=1e-3)


def test_art_is_cropped_as_a_picture_is(set_pages):
    (page,), problems = set_pages(a_page("01", "A B B", "{picture: square.pdf, depth: 4}", story_of(100)))

    (art,) = (placed.item for placed in page.frame.walk() if isinstance(placed.item, Art))

    assert [] == problems
    assert (TINY.width(1), 4 * TINY.pitch) == (art.width, art.height)
    assert art.visible.width / art.visible.height == pytest.approx(art.width / art.height, rel=1e-3)
    assert art.visible.width == art.source.size.width


@pytest.mark.parametrize(
    "area",
    [
        "{pictures: [{picture: half.svg}, {picture: half.pdf}]}",
        "{pictures: [{picture: two.pdf, page: 2}, {picture: half.png}]}",
    ],
)
def test_art_stands_in_groups(area, set_pages):
    (page,), problems = set_pages(a_page("01", "AAA/BBB", area, story_of(100)))

    assert [] == [code for code, _ in problems if code != "tombstoned-pictures"]
    assert 2 == sum(isinstance(placed.item, Art | Picture) for placed in page.frame.walk())


def test_a_drawing_is_black_on_a_page_in_black(set_pages, tmp_path):
    pages = a_page("01", "A B B", "{picture: logo.svg}", story_of(100)).replace("    rows:", "    ink: black\n    rows:")
    (page,), problems = set_pages(pages)

    (art,) = (placed.item for placed in page.frame.walk() if isinstance(placed.item, Art))

    assert [] == problems
    assert {(0, 0, 0)} == {path.ink[:3] for path in art.source.paths}


def test_what_is_wrong_with_art_is_told_once(set_pages):
    pages = a_page("01", "A B B", "{picture: two.pdf}", story_of(100)) + a_page(
        "02", "A B B", "{picture: two.pdf}", story_of(100)
    )

    assert [("art-pages", "issue.yaml:10:20")] == set_pages(pages)[1]


MASTHEAD = a_page("01", "A A A/BBB", "masthead", story_of(100, level=5))
WITH_ART = UNJUDGED + "latin: XIAO BAO\nmasthead: {art: logo.svg}\n"


def test_the_masthead_may_be_art(set_pages):
    (page,), problems = set_pages(MASTHEAD, WITH_ART)
    frame = page.frame.items[0].item

    mark, art, *latin = (placed.item for placed in frame.walk())

    assert [] == problems
    assert (MarkKind.FURNITURE, "小报", "小报") == (mark.kind, mark.title, art.caption)
    assert art.width / art.height == pytest.approx(4, rel=1e-3)
    assert art.width <= TINY.width(3)
    assert "XIAO BAO" == "".join(run.text for run in latin)


@pytest.mark.parametrize("name", ["logo.svg", "half.pdf", "half.png"])
def test_any_kind_of_art_will_do(name, set_pages):
    (page,), problems = set_pages(MASTHEAD, PAPER + f"masthead: {{art: {name}}}\n")

    assert [] == problems
    assert 1 == sum(isinstance(placed.item, Art | Picture) for placed in page.frame.walk())


def test_the_name_is_as_large_as_its_art_is_high(set_pages, tmp_path):
    flat_logo = '<svg viewBox="0 0 4000 100"><rect width="4000" height="100"/></svg>'
    (tmp_path / "flat.svg").write_text(flat_logo, encoding="utf-8")
    pages = a_page("01", "A A A/BBB", "masthead", story_of(100, level=1))

    assert [("small-name", "issue.yaml:12:7")] == set_pages(pages, PAPER + "masthead: {art: flat.svg}\n")[1]
    assert [] == set_pages(pages, WITH_ART)[1]


def test_the_size_of_the_name_is_told(set_pages, faces):
    set_pages(MASTHEAD, WITH_ART)
    issue, _ = load_issue(Path("issue.yaml"))
    design = resolve(issue)
    setting = Setting(issue, design, Shaper(faces, design.rules), issue.pages[0])

    placed = measure_block(issue.pages[0].blocks[0], setting).place(9)

    (art,) = (item.item for item in placed.frame.walk() if isinstance(item.item, Art))
    assert art.height == placed.parts.name


@pytest.mark.parametrize(
    ("masthead", "problem"),
    [
        ("{art: nowhere.svg}", ("missing-file", "paper.yaml:4:17")),
        ("{art: ../logo.svg}", ("outside-roots", "paper.yaml:4:17")),
        ("{art: text.svg}", ("art-not-drawn", "text.svg:2:1")),
        ("{art: two.pdf}", ("art-pages", "paper.yaml:4:17")),
        ("{form: middle}", ("wrong-value", "paper.yaml:4:18")),
    ],
)
def test_what_is_wrong_with_the_masthead_is_told_at_its_place(masthead, problem, set_pages):
    assert [problem] == set_pages(MASTHEAD, PAPER + f"masthead: {masthead}\n")[1]


def test_a_built_page_has_its_art(built, judge):
    path = built(a_page("01", "AAA/BBB", "masthead", "{advert: half.pdf, size: 半版}"), WITH_ART)

    forms = PdfReader(path).pages[0]["/Resources"]["/XObject"]

    assert ["/Form", "/Form"] == [form["/Subtype"] for form in forms.values()]
    assert 0 == judge("qpdf", "--check", path).returncode


# ---- preflight -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("preflight", "severities"), [("error", {"error"}), ("warning", {"warning"}), ("off", set())])
def test_an_advert_that_fails_preflight_stops_its_page_as_the_paper_wants_it(preflight, severities, set_pages, tmp_path):
    set_pages(with_advert("{advert: half.pdf, size: 半版}"), PAPER + f"preflight: {preflight}\n")

    found = [problem for problem in set_issue(Path("issue.yaml"), Watch()).problems if problem.code == "advert-preflight"]
    assert severities == {problem.severity.value for problem in found}
    assert {"issue.yaml:12:19"} >= {str(problem.span) for problem in found}
    assert not found or "half.pdf" in found[0].message(Language.EN)


def test_an_advert_that_is_ready_for_the_press_is_not_told(set_pages, tmp_path):
    (tmp_path / "ready.pdf").write_bytes(pdf_bytes("0 0 0 1 k 10 10 100 60 re f"))
    _, problems = set_pages(with_advert("{advert: ready.pdf, size: 半版}"), PAPER)

    assert {"advert-proportions"} >= {code for code, _ in problems}
