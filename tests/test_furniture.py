"""Furniture: forms of masthead and folio, each datum printed once; extras; long imprints; slots and small indexes."""

import dataclasses
import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from layout.cli import main
from layout.design.plan import HEAVY_RULE, resolve
from layout.diagnostics import Span
from layout.frame import BLACK, Art, Fill, Frame, GlyphRun, Mark, MarkKind
from layout.issue import set_issue
from layout.manifest.colour import RED
from layout.manifest.issue_file import EXTRAS, Extra
from layout.manifest.load import load_issue
from layout.manifest.paper import Folio, FolioForm, Imprint, Masthead, MastheadForm
from layout.manifest.source import Scalar
from layout.page.block import Setting
from layout.page.furniture.folio import folio
from layout.page.furniture.foot import foot
from layout.page.furniture.masthead import masthead
from layout.page.furniture.words import IMPRINT_LABELS
from layout.text.shape import Shaper
from layout.units import PT
from layout.watch import Watch
from tests.conftest import ROOT

PAPER = """\
key: tiny
name: 今日小报
latin: JINRI XIAOBAO
format: 四开
taboos: {through-gap: "off", narrow-head: "off", small-name: "off", tombstone: "off"}
imprint: {cn: CN 41-0001, postal-code: 35-1, website: www.example.com, price: 1元, year-price: 300元, phone: 000-0000}
"""
IMPRINT = {"cn": "CN\u200241-0001", "postal": "35-1", "website": "www.example.com", "price": "1元", "year": "300元"}
DATES = {"date": "2023年3月27日", "weekday": "星期一", "lunar": "农历癸卯年闰二月初六", "number": "第7期", "pages": "今日1版"}
TEXT = "春风又绿江南岸，明月何时照我还。"
LOOSE = ("underset", "overset", "areas-too-deep", "areas-too-shallow", "area-too-shallow", "uneven-legs")
"""What the copy of these tests may be, since it is not about copy."""


def with_form(form):
    """Return the paper with a form of its masthead, and what may follow it."""
    return PAPER + f"masthead: {{form: {form}}}\n"


def a_page(sketch, rows, *, label="01", more="", **areas):
    drawn = "".join(f"      {row}\n" for row in sketch.split("/"))
    listed = "".join(f"      {letter}: {area}\n" for letter, area in areas.items())
    return f'  - label: "{label}"\n    rows: [{rows}]\n{more}    sketch: |\n{drawn}    areas:\n{listed}'


STORY = f"{{story: {{headline: 春, text: {TEXT * 20}}}, head: {{level: 5}}}}"
LEVEL = a_page("MMMMM/AAAAA", "14, auto", M="masthead", A=STORY)
BARRED = a_page("MMMMM/TTTTT/AAAAA", "14, 3, auto", M="masthead", T="datebar", A=STORY)
BOXED = a_page("MMMNN/AAAAA", "14, auto", M="masthead", N="numbers", A=STORY)
BOTH = a_page("MMMNN/TTTTT/AAAAA", "14, 3, auto", M="masthead", N="numbers", T="datebar", A=STORY)
DOWN = a_page("MAAAA/BBBBB", "50, auto", M="masthead", A=STORY, B=STORY)
INNER = a_page("AAAAA", "auto", label="02", more="    name: 综合\n", A=STORY)


@pytest.fixture
def set_pages(tmp_path, monkeypatch):
    """Set an issue of some pages; return pages and findings."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "logo.svg").write_text('<svg viewBox="0 0 400 100"><rect width="400" height="100"/></svg>', encoding="utf-8")

    def set_pages(pages, paper=PAPER, extra=""):
        issue = f"paper: paper.yaml\nnumber: 7\ndate: 2023-03-27\n{extra}pages:\n{pages}"
        (tmp_path / "issue.yaml").write_text(issue, encoding="utf-8")
        (tmp_path / "paper.yaml").write_text(paper, encoding="utf-8")
        result = set_issue((tmp_path / "issue.yaml").relative_to(tmp_path), Watch())
        return result.pages, [(problem.code, str(problem.span)) for problem in result.problems if problem.code not in LOOSE]

    return set_pages


def runs(page, *names):
    """Return the runs that stand in furniture of some names."""
    found, name = [], ""
    for placed in page.frame.walk():
        if isinstance(placed.item, Mark):
            name = placed.item.name if placed.item.kind is MarkKind.FURNITURE else ""
        elif isinstance(placed.item, GlyphRun) and name in names:
            found.append(placed)
    return found


def words(page, *names):
    return "".join(placed.item.text for placed in runs(page, *names)).replace("　", "").replace(" ", "")


# ---- mastheads -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pages", "form", "told"),
    [
        (LEVEL, "centre", {}),
        (BARRED, "centre", {"datebar": [*DATES, "cn", "postal"]}),
        (LEVEL, "left", {"masthead": [*DATES, *IMPRINT]}),
        (BARRED, "left", {"datebar": [*DATES, "cn", "postal"], "masthead": ["website", "price", "year"]}),
        (BOXED, "centre", {"numbers": [*DATES, *IMPRINT]}),
        (BOXED, "left", {"numbers": [*DATES, *IMPRINT]}),
        (BOTH, "left", {"datebar": [*DATES, "cn", "postal"], "numbers": ["website", "price", "year"]}),
        (DOWN, "vertical", {"masthead": [*DATES, *IMPRINT]}),
    ],
)
def test_each_datum_is_printed_once_above_the_fold(pages, form, told, set_pages):
    (page,), problems = set_pages(pages, with_form(form))
    said = {name: words(page, name) for name in ("masthead", "datebar", "numbers")}

    assert [] == problems
    for datum, text in (DATES | IMPRINT).items():
        assert {name for name, data in told.items() if datum in data} == {name for name in said if text in said[name]}
    assert ("今日小报", 1) == (said["masthead"][:4], said["masthead"].count("JINRIXIAOBAO"))


def heavy_rules(page):
    """Return where heavy rules begin and how wide they are."""
    return [
        (placed.x, placed.item.width)
        for placed in page.frame.walk()
        if isinstance(placed.item, Fill) and placed.item.height == HEAVY_RULE
    ]


@pytest.mark.parametrize("sketch", ["MMMMM/AAAAA", "EEMMM/AAAAA", "MMMEE/AAAAA"])
def test_without_a_date_bar_a_heavy_rule_closes_the_masthead_and_what_stands_beside_it(sketch, set_pages):
    ear = {"E": "{note: 春风}"} if "E" in sketch else {}
    (page,), problems = set_pages(a_page(sketch, "14, auto", M="masthead", A=STORY, **ear), with_form("left"))
    area = resolve(load_issue(Path("issue.yaml"))[0]).grid.area

    assert [] == problems
    assert [(area.x, area.width)] == heavy_rules(page)


@pytest.mark.parametrize(("pages", "form"), [(LEVEL, "centre"), (BARRED, "left"), (DOWN, "vertical")])
def test_there_is_no_second_heavy_rule(pages, form, set_pages):
    (page,), _ = set_pages(pages, with_form(form))

    assert int(pages is BARRED) == len(heavy_rules(page))


@pytest.fixture(scope="module")
def tiny(tmp_path_factory, faces):
    """The setting of a page of the little paper, with some of its values changed."""
    folder = tmp_path_factory.mktemp("tiny")
    (folder / "paper.yaml").write_text(PAPER, encoding="utf-8")
    (folder / "issue.yaml").write_text(f"paper: paper.yaml\nnumber: 7\ndate: 2023-03-27\npages:\n{LEVEL}", encoding="utf-8")
    issue, _ = load_issue(folder / "issue.yaml")
    design = resolve(issue)
    shaper = Shaper(faces, design.rules)

    def tiny(extra=None, number=1, page=(), **paper):
        changed = issue._replace(paper=dataclasses.replace(issue.paper, **paper), extra=extra)
        return Setting(changed, design, shaper, issue.pages[0]._replace(number=number, **dict(page)))

    return tiny


def ink(placed, faces):
    """Return the rectangle that a run's ink takes at most: left, top, right, bottom."""
    x, y, run = placed
    if run.direction.value == "upright":
        return x - run.size // 2, y, x + run.size // 2, y + run.width
    face = faces[run.face]
    inks = [face.ink(glyph) for glyph in run.glyphs]
    top = max((low + height) * run.size // face.upem for _, low, _, height in inks)
    bottom = min(low * run.size // face.upem for _, low, _, _ in inks)
    return x, y - top, x + run.width, y - bottom


@settings(max_examples=50)
@given(
    form=st.sampled_from(MastheadForm),
    extra=st.sampled_from([None, *Extra]),
    name=st.text("今日小报", min_size=2, max_size=7),
    width=st.integers(90 * PT, 700 * PT),
    height=st.integers(60 * PT, 700 * PT),
)
def test_what_stands_in_a_masthead_lies_inside_it_and_apart_or_is_told(form, extra, name, width, height, tiny, faces):
    setting = tiny(extra, masthead=Masthead(form=form), name=Scalar(name, Span("paper.yaml", 2, 7)))
    made = masthead(setting, width, height)
    boxes = [ink(placed, faces) for placed in Frame(width, height, made.items).walk() if isinstance(placed.item, GlyphRun)]

    if not made.problems:
        assert all(
            -PT <= left and -PT <= top and right <= width + PT and bottom <= height + PT for left, top, right, bottom in boxes
        )
        for one, other in itertools.combinations(boxes, 2):
            apart = one[2] <= other[0] + PT or other[2] <= one[0] + PT or one[3] <= other[1] + PT or other[3] <= one[1] + PT
            assert apart, (one, other)


@pytest.mark.parametrize("form", ["centre", "left", "vertical"])
def test_each_form_works_with_art(form, set_pages):
    (page,), problems = set_pages(DOWN if form == "vertical" else LEVEL, with_form(f"{form}, art: logo.svg"))

    (art,) = (placed.item for placed in page.frame.walk() if isinstance(placed.item, Art))

    assert [] == problems
    assert "今日小报" == art.caption
    assert "今日小报" not in words(page, "masthead")


# ---- ink -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ink_words", "page_ink", "wanted"),
    [
        ("red", "colour", RED),
        ("red", "black", BLACK),
        ("{cyan: 100%, magenta: 60.5%}", "colour", (1000, 605, 0, 0)),
        ("black", "colour", BLACK),
    ],
)
def test_the_name_has_the_ink_that_the_paper_says(ink_words, page_ink, wanted, set_pages):
    pages = LEVEL.replace("    sketch", f"    ink: {page_ink}\n    sketch")
    (page,), problems = set_pages(pages, with_form(f"left, ink: {ink_words}"), "extra: 特刊\n")
    inks = {placed.item.text: placed.item.ink for placed in runs(page, "masthead")}

    assert [] == problems
    assert {wanted} == {tuple(inks[text]) for text in ("今日小报", "特刊")}
    assert BLACK == inks["2023年3月27日"]


@pytest.mark.parametrize(
    ("ink_words", "problem"),
    [
        ("{yellow: 100%}", ("name-ink", "paper.yaml:7:29")),
        ("{}", ("name-ink", "paper.yaml:7:29")),
        ("{cyan: 100%, magenta: 100%, yellow: 100%}", ("name-ink", "paper.yaml:7:29")),
        ("blue", ("wrong-value", "paper.yaml:7:29")),
        ("{cyan: 101%}", ("wrong-value", "paper.yaml:7:36")),
    ],
)
def test_an_ink_that_newsprint_cannot_show_is_told(ink_words, problem, set_pages):
    assert [problem] == set_pages(LEVEL, PAPER + f"masthead: {{form: left, ink: {ink_words}}}\n")[1]


def test_a_red_name_stands_on_the_plates_of_magenta_and_yellow(set_pages, tmp_path, judge):
    assert [] == set_pages(LEVEL, with_form("centre, ink: red"))[1]
    main(["build", "issue.yaml", "--only", "print", "--out", "out"])
    path = next((tmp_path / "out").rglob("*_0001.pdf"), None)
    if path is None:
        pytest.fail("the issue was not built")
    judge("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffsep", "-r72", f"-sOutputFile={tmp_path / 'p.tif'}", path)
    plates = {name: Image.open(tmp_path / f"p({name}).tif") for name in ("Cyan", "Magenta", "Yellow", "Black")}
    width, height = plates["Black"].size
    name = (width // 10, height // 18, width * 9 // 10, height // 8)

    assert {"Cyan": 255, "Magenta": 0, "Yellow": 0, "Black": 255} == {
        plate: image.crop(name).getextrema()[0] for plate, image in plates.items()
    }


# ---- extras ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("extra", EXTRAS)
@pytest.mark.parametrize(("pages", "form"), [(BARRED, "centre"), (LEVEL, "left"), (DOWN, "vertical")])
def test_masthead_and_folio_say_what_an_extra_is(extra, pages, form, set_pages):
    (front, inner), problems = set_pages(pages + INNER, with_form(form), f"extra: {extra}\n")

    assert [] == problems
    assert (1, 1) == (words(front, "masthead").count(extra), words(inner, "folio").count(extra))
    said = words(front, "masthead", "datebar", "foot")
    assert (extra == "号外") == ("免费赠阅" in said) == ("300元" not in said)


def test_a_regular_issue_says_nothing_of_it(set_pages):
    (page,), _ = set_pages(BARRED)

    assert not any(extra in words(page, "masthead", "foot") for extra in (*EXTRAS, "免费赠阅"))


def test_an_extra_without_masthead_is_told_at_its_first_page(set_pages):
    pages = a_page("AAAAA", "auto", A=STORY)

    assert [("unflagged-extra", "issue.yaml:6:5")] == set_pages(pages, extra="extra: 号外\n")[1]
    assert [] == set_pages(pages)[1]


def test_the_files_of_an_extra_lie_beside_those_of_the_issue_of_that_day(set_pages, tmp_path):
    for extra in ("", "extra: 号外\n", "extra: 增期\n", "extra: 特刊\n"):
        set_pages(LEVEL, extra=extra)
        main(["build", "issue.yaml", "--only", "proof", "--out", "out"])

    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"tiny_20230327", "tiny_20230327_extra", "tiny_20230327_added", "tiny_20230327_special"} == names
    assert (tmp_path / "out" / "tiny_20230327_extra" / "proof" / "tiny_20230327_extra_0001.png").is_file()


# ---- folio -----------------------------------------------------------------------------------------------------------


def folio_runs(setting):
    made = folio(setting)
    return {placed.item.text: placed for placed in made.items if isinstance(placed.item, GlyphRun)}


@pytest.mark.parametrize("number", [2, 3])
@pytest.mark.parametrize("form", FolioForm)
def test_what_is_outermost_stands_at_the_outer_edge(form, number, tiny):
    page = {"label": f"0{number}", "name": Scalar("综合", Span("issue.yaml", 7, 11))}
    setting = tiny(number=number, page=page, folio=Folio(form=form))
    found = folio_runs(setting)
    ordered = [text for text, _ in sorted(found.items(), key=lambda item: item[1].x)]
    date = next(text for text in found if text.startswith("2023"))
    label_first = [page["label"], "版"]
    wanted = (
        [*label_first, "综合", date, "今日小报"] if form is FolioForm.LABEL_OUT else ["今日小报", "综合", date, *label_first]
    )

    if number % 2:
        left = ["今日小报", date] if form is FolioForm.LABEL_OUT else [*label_first, date]
        wanted = [*left, "综合", *(label_first if form is FolioForm.LABEL_OUT else ["今日小报"])]
    assert wanted == ordered
    assert 0 == found[ordered[0]].x
    last = found[ordered[-1]]
    assert setting.design.grid.area.width == last.x + last.item.width


@pytest.mark.parametrize("number", [2, 3])
@pytest.mark.parametrize("form", FolioForm)
def test_contacts_stand_below_the_date(form, number, tiny):
    contact = dataclasses.replace(tiny().page.contact, email=Scalar("a@example.com", Span("issue.yaml", 8, 20)))
    found = folio_runs(tiny(number=number, page={"contact": contact}, folio=Folio(form=form)))
    date, below = (next(found[text] for text in found if wanted in text) for wanted in ("2023", "a@example.com"))

    assert date.y < below.y - below.item.size
    assert below.y == found["版"].y


def test_both_pages_of_a_spread_have_their_label_in_either_form(tiny):
    for form in FolioForm:
        setting = tiny(number=2, page={"label": "02", "spread": "03"}, folio=Folio(form=form))
        setting = setting._replace(design=setting.design.on(setting.page))
        found, middle = folio_runs(setting), setting.design.grid.area.width // 2
        assert found["02"].x < middle < found["03"].x


# ---- page foot -------------------------------------------------------------------------------------------------------


@given(lengths=st.lists(st.integers(1, 40), min_size=1, max_size=len(IMPRINT_LABELS)))
def test_a_long_imprint_takes_up_to_three_rows_before_it_becomes_smaller(lengths, tiny):
    given_words = {
        name: Scalar("字" * length, Span("paper.yaml", 9, 9)) for name, length in zip(IMPRINT_LABELS, lengths, strict=False)
    }
    setting = tiny(imprint=Imprint(**given_words))
    made = foot(setting, is_front=True)
    placed = [placed for placed in made.items if isinstance(placed.item, GlyphRun)]
    width, rows = setting.design.grid.area.width, sorted({each.y for each in placed})
    size = placed[0].item.size

    assert "".join(IMPRINT_LABELS[name] + words.text for name, words in given_words.items()) == "".join(
        each.item.text for each in placed
    ).replace("\u2002", " ")
    assert 1 <= len(rows) <= 3
    assert len(rows) == 3 or size == 15 * PT // 2 or len(lengths) < 3
    if not made.problems:
        assert all(0 <= each.x and each.x + each.item.width <= width for each in placed)
    assert rows[-1] < made.height


def test_items_of_the_imprint_that_the_law_asks_for_are_told_where_a_paper_wants_it(set_pages):
    paper = PAPER.replace("taboos: {", "taboos: {imprint-gap: warning, ")

    assert [("imprint-gap", "paper.yaml:6:10")] == set_pages(BARRED, paper)[1]
    assert [] == set_pages(BARRED)[1]


# ---- slots and indexes -----------------------------------------------------------------------------------------------


def with_weather(words):
    return a_page("MMMMW/AAAAA", "14, auto", M="masthead", A=STORY, W=f"{{weather: {words}}}")


def test_the_weather_stands_in_its_lines(set_pages, tmp_path):
    (tmp_path / "w.txt").write_text("晴，10℃\n\n明天多云\n", encoding="utf-8")
    for weather in ("w.txt", '"晴，10℃\\n明天多云"'):
        (page,), problems = set_pages(with_weather(weather))
        rows = {}
        for placed in runs(page, "weather"):
            rows.setdefault(placed.y, []).append(placed.item.text)
        assert [] == problems
        assert ["天气", "晴，10℃", "明天多云"] == ["".join(row) for _, row in sorted(rows.items())]


@pytest.mark.parametrize(
    ("weather", "problem"),
    [
        ("nowhere.txt", ("missing-file", "issue.yaml:13:20")),
        ("../w.txt", ("outside-roots", "issue.yaml:13:20")),
        ("w.txt", ("missing-glyph", "w.txt:2:2")),
        ("晴😀", ("missing-glyph", "issue.yaml:13:21")),
        (TEXT * 20, ("slot-too-long", "issue.yaml:13:7")),
    ],
)
def test_what_is_wrong_with_the_weather_is_told_at_its_place(weather, problem, set_pages, tmp_path):
    (tmp_path / "w.txt").write_text("晴\n云😀\n", encoding="utf-8")

    assert [problem] == set_pages(with_weather(weather))[1]


def test_a_box_of_numbers_that_would_be_empty_is_told(set_pages):
    paper = PAPER.replace("website: www.example.com, price: 1元, year-price: 300元, ", "")

    assert [("no-numbers", "issue.yaml:13:7")] == set_pages(BOTH, paper)[1]


def test_an_index_with_few_lines_is_set_small(set_pages):
    def sizes(lines):
        index = "{title: 今日导读, index: [一, 二, 三, 四, 五, 六]}"
        pages = a_page("MMMII/AAAAA", f"{lines}, auto", M="masthead", I=index, A=STORY)
        (page,), problems = set_pages(pages)
        return sorted({placed.item.size / PT for placed in runs(page, "index")}), problems

    assert ([10.5, 18], []) == sizes(12)
    assert ([9, 14], []) == sizes(10)
    assert [("index-too-long", "issue.yaml:12:7")] == sizes(9)[1]


def test_a_gap_below_a_masthead_that_stands_for_the_date_bar_is_told(set_pages):
    pages = a_page("MMMMM/AAABB/CCCDD", "14, auto, auto", M="masthead", A=STORY, B=STORY, C=STORY, D=STORY)
    paper = PAPER.replace('through-gap: "off", ', "")

    assert ("through-gap", "issue.yaml:5:5") in set_pages(pages, paper + "masthead: {form: left}\n")[1]


# ---- places ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pages", "paper", "problem"),
    [
        (INNER.replace("    name", "    contact: {email: 春😀}\n    name"), PAPER, ("missing-glyph", "issue.yaml:7:23")),
        (LEVEL, PAPER.replace("price: 1元", "price: 1😀"), ("missing-glyph", "paper.yaml:6:80")),
        (BARRED, PAPER.replace("35-1", "3" * 99), ("furniture-too-wide", "paper.yaml:6:40")),
        (
            LEVEL.replace("14, auto", "5, auto"),
            PAPER.replace("www.example.com", "w" * 60),
            ("furniture-too-large", "paper.yaml:6:55"),
        ),
        (LEVEL, PAPER.replace("JINRI XIAOBAO", "JINRI " * 60), ("furniture-too-wide", "paper.yaml:3:8")),
    ],
)
def test_what_cannot_be_set_is_told_where_it_stands(pages, paper, problem, set_pages):
    assert problem in set_pages(pages, paper + "masthead: {form: left}\n")[1]


def test_the_specimen_of_furniture_has_no_findings():
    assert () == set_issue(ROOT / "issues" / "specimens" / "furniture.yaml", Watch()).problems
