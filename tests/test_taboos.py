"""Taboos of make-up and rules of the press law: pages that have one and pages that barely have not; how grave a paper takes it."""

import dataclasses
import json
import shutil
from fractions import Fraction
from functools import cache
from itertools import pairwise

import pytest
from PIL import Image

from layout.cli import main
from layout.design.grid import derive_grid
from layout.design.plan import resolve
from layout.design.styles import LineStyle
from layout.diagnostics import Language, Span
from layout.export.report import page_characters
from layout.flow.galley import LineKind
from layout.frame import Direction, Frame, GlyphRun, Mark, MarkKind, Page, Picture, Placed
from layout.geometry import Rect
from layout.issue import set_issue
from layout.manifest.areas import Border
from layout.manifest.copy import Paragraph, TextRun
from layout.manifest.format import FORMATS
from layout.manifest.issue import IssuePage, StoryContent
from layout.manifest.issue_file import Extra, Staff
from layout.manifest.kinds import Located, keys_of
from layout.manifest.load import load_issue
from layout.manifest.paper import Gravity, Imprint, Paper, Role, Taboos
from layout.manifest.source import NOTHING, Scalar
from layout.messages import MESSAGES
from layout.page.block import Setting
from layout.page.compose import compose_page, measure_block
from layout.page.furniture.words import imprint_data
from layout.page.parts import HeadPart, Leg, LegLine, Parts
from layout.page.taboos import TABOOS, MadeUp, taboo_findings
from layout.script.rules import Axis
from layout.text.shape import Shaper
from layout.text.single import set_single
from layout.units import PT
from layout.watch import Watch
from tests.conftest import SAMPLE

LEADING, TIGHT = Fraction(2, 5), Fraction(1, 5)
GRID = derive_grid(FORMATS["对开"], LEADING)
COLUMN, EM, PITCH = GRID.width(1), GRID.em, GRID.pitch
FOOT = GRID.lines
VERTICAL = Axis.VERTICAL
GRAVITIES = {gravity.value: gravity for gravity in Gravity}


def box(column, line, columns, lines, more_x=0, more_y=0):
    """Return a rectangle in columns and lines of the page, moved by some EMU."""
    return Rect(GRID.x(column), GRID.y(line), GRID.width(columns), lines * PITCH).moved(more_x, more_y)


def span(letter):
    return Span("issue.yaml", 10 + ord(letter) - ord("A"), 7)


def head(rect, size=24, role=Role.HEI_HEAVY, axis=Axis.LEVEL):
    return HeadPart(rect, "题", size * PT, role, axis)


def area(letter, rect, **parts):
    return Parts(letter, span(letter), rect, **parts)


def headed(letter, rect, inset=0, **style):
    """Return a story whose head takes the first five lines of its area, inside its border."""
    within = rect.inset(inset)
    return area(letter, rect, head=head(within._replace(height=5 * PITCH), **style), inset=inset)


def line(text="正文", kind=LineKind.TEXT, is_end=False, at=1):
    return LegLine(
        text, Paragraph((TextRun(text),), Span("a.md", at, 1), "上文" + text, kind is LineKind.SUBHEAD), kind, is_end
    )


def legs(*words, at=(0, 6), **ends):
    """Return legs of one column beside each other: a text line for each t, a subhead for S, a paragraph's end for e."""
    kinds = {"t": {}, "e": {"is_end": True}, "S": {"kind": LineKind.SUBHEAD, "text": "小标题"}}
    return tuple(
        Leg(box(at[0] + number, at[1], 1, len(leg), **ends), tuple(line(**kinds[letter]) for letter in leg))
        for number, leg in enumerate(words)
    )


def story(*words, letter="A", rect=None, **parts):
    """Return a story with its head above the legs."""
    rect = rect or box(0, 0, len(words), 40)
    return area(letter, rect, head=head(box(0, 0, len(words), 5)), legs=legs(*words), **parts)


def pictures(first, second):
    return [area("A", first, picture=first), area("B", second, picture=second)]


def made_up(parts, number=1, top=0, paper=None):
    """Return a page with these parts; `top` is the line below the date bar."""
    page = IssuePage(number, f"{number:02d}", NOTHING, Located((0,), Span("")), (), Staff(), Span("issue.yaml", 5, 5))
    return MadeUp(page, paper or a_paper(), GRID, GRID.y(top), tuple(parts))


def a_paper(taboos=None, **imprint):
    words = {name: Scalar(text, Span("paper.yaml", 5, 7)) for name, text in imprint.items()}
    return Paper(key="p", name=Scalar("报", Span("paper.yaml", 2, 7)), taboos=taboos or Taboos(), imprint=Imprint(**words))


def only(name, gravity):
    """Return taboos of which one counts."""
    names = [field.name for field in dataclasses.fields(Taboos) if field.name != "span"]
    return Taboos(**{other: gravity if other == name else Gravity.OFF for other in names})


def found(name, parts, **page):
    return [(problem.code, str(problem.span)) for problem in TABOOS[name](made_up(parts, **page))]


# ---- each taboo on values --------------------------------------------------------------------------------------------

LEFT, RIGHT = box(0, 0, 4, 40), box(4, 0, 4, 40)
UPPER = area("A", box(0, 0, 4, 6), head=head(box(0, 0, 4, 5)))
LOWER = headed("B", box(0, 7, 4, 20))
HALVES = [area("A", LEFT), area("B", RIGHT)]
UNDER = [area("A", box(0, 0, 8, 40)), area("B", box(0, 41, 8, 40))]
NAME = area("M", box(0, 0, 5, 16), name=48 * PT)

HAS = {
    "tombstone": {
        "a gutter between": [headed("A", LEFT), headed("B", RIGHT)],
        "borders between": [headed("A", LEFT, EM), headed("B", RIGHT, EM)],
        "one of them bordered": [headed("A", LEFT), headed("B", RIGHT, EM)],
        "less than a gutter between": [headed("A", LEFT), headed("B", RIGHT._replace(x=RIGHT.x - EM))],
        "of another size and face": [headed("A", LEFT), headed("B", RIGHT, size=48, role=Role.KAI)],
        "overlapping by the least in height": [headed("A", LEFT), headed("B", RIGHT.moved(0, 5 * PITCH - 1))],
        "both running down": [headed("A", LEFT, axis=VERTICAL), headed("B", RIGHT, axis=VERTICAL)],
    },
    "stacked_heads": {
        "no text between": [UPPER, LOWER],
        "text beside": [UPPER, LOWER, area("C", box(4, 0, 4, 20), legs=legs("tttt", at=(4, 6)))],
        "one a column narrower": [UPPER, headed("B", box(1, 7, 2, 20))],
        "both running down": [
            area("A", LEFT, head=head(box(0, 0, 1, 20), axis=VERTICAL)),
            area("B", LEFT, head=head(box(0, 21, 1, 20), axis=VERTICAL)),
        ],
        "touching": [UPPER, headed("B", box(0, 5, 4, 20))],
        "in a border": [UPPER._replace(inset=EM), LOWER],
    },
    "stranded_head": {
        "a line below the head": [story("t", "t")],
        "a line and a subhead of the next leg": [story("t", "Stt")],
    },
    "narrow_head": {
        "text wider at the right": [story("tt", "tt")._replace(head=head(box(0, 0, 2, 5)._replace(width=2 * COLUMN + EM - 1)))],
        "text wider at the left": [story("tt", "tt")._replace(head=head(box(0, 0, 2, 5).moved(1, 0)))],
    },
    "widow": {"second leg": [story("ttt", "ett")], "third leg": [story("ttt", "ttt", "e")]},
    "unclear_run": {
        "a leg that begins a line lower": [area("A", LEFT, legs=(legs("ttt")[0], legs("ttt", at=(1, 7))[0]))],
        "a leg at the left": [area("A", LEFT, legs=(legs("ttt", at=(1, 6))[0], legs("ttt")[0]))],
        "a picture between": [
            area("A", LEFT, legs=(legs("ttt")[0], legs("ttt", at=(2, 6))[0])),
            *pictures(box(1, 8, 1, 9), RIGHT)[:1],
        ],
        "tiers whose right edges differ": [
            area("A", LEFT, axis=VERTICAL, legs=(legs("ttt")[0], Leg(box(0, 12, 1, 5, 1), (line(),)))),
        ],
    },
    "tombstoned_pictures": {
        "tops level": pictures(box(0, 3, 3, 20), box(3, 3, 2, 12)),
        "feet level": pictures(box(0, 3, 3, 20), box(3, 11, 2, 12)),
        "tops less than a line apart": pictures(box(0, 3, 3, 20), box(3, 3, 2, 12, 0, PITCH - 1)),
    },
    "through_gap": {
        "two halves": HALVES,
        "a picture that ends at the gap": [*HALVES, *pictures(box(0, 50, 4, 20), RIGHT)[:1]],
        "legs of one story without a head": [area("A", box(0, 0, 2, 40), legs=legs("ttt", "ttt"))],
        "a head that ends an EMU before the next column": [*HALVES, headed("C", box(0, 50, 5, 9)._replace(width=GRID.x(4) - GRID.x(0) - 1))],
    },
    "level_gap": {"two bands": UNDER},
    "no_masthead": {"first page": [area("A", LEFT, largest=24 * PT)]},
    "small_name": {
        "as large": [NAME, area("A", LEFT, largest=48 * PT)],
        "smaller": [NAME, area("B", LEFT, largest=12 * PT), area("A", RIGHT, largest=96 * PT)],
    },
    "unflagged_extra": {},
    "imprint_gap": {},
    "no_label": {},
    "unmarked_advert": {"an advert": [area("A", LEFT, is_unmarked=True)]},
    "cn_number": {},
    "postal_code": {},
}  # fmt: skip
HAS_NOT = {
    "tombstone": {
        "wider than a gutter": [headed("A", LEFT), headed("B", RIGHT.moved(1, 0))],
        "wider than borders": [headed("A", LEFT, EM), headed("B", RIGHT.moved(1, 0), EM)],
        "touching in height": [headed("A", LEFT), headed("B", RIGHT.moved(0, 5 * PITCH))],
        "one running down": [headed("A", LEFT), headed("B", RIGHT, axis=VERTICAL)],
        "one above the other": [headed("A", LEFT), headed("B", box(0, 50, 4, 40))],
    },
    "stacked_heads": {
        "a line of text in one leg": [UPPER._replace(legs=legs("t", at=(0, 5))), LOWER],
        "a picture between": [UPPER, headed("B", box(0, 17, 4, 20)), *pictures(box(0, 7, 4, 9), RIGHT)[:1]],
        "beside each other": [UPPER, headed("B", box(4, 7, 4, 20))],
        "one running down": [UPPER, headed("B", box(0, 7, 4, 20), axis=VERTICAL)],
    },
    "stranded_head": {
        "two lines below the head": [story("tt", "tt")],
        "all of a short text below the head": [story("t")],
        "two lines below a subhead": [story("tStt", "tttt")],
        "all of a section below a subhead": [story("ttSt", "Sttt")],
        "the end of the story below a subhead": [story("tttt", "ttSt")],
        "head beside its text": [story("t", "t")._replace(head=head(box(0, 0, 1, 9), axis=VERTICAL))],
    },
    "narrow_head": {
        "as wide": [story("tt", "tt")],
        "head beside its text": [story("tt", "tt")._replace(head=head(box(0, 0, 1, 9), axis=VERTICAL))],
    },
    "widow": {
        "first leg": [story("ett", "ttt")],
        "two lines": [story("ttt", "tet")],
        "at the foot": [story("tte", "ttt")],
    },
    "unclear_run": {
        "level": [story("ttt", "ttt", "t")],
        "a picture that touches": [story("ttt", "ttt"), *pictures(box(0, 9, 2, 9), RIGHT)[:1]],
        "tiers": [area("A", LEFT, axis=VERTICAL, legs=(legs("ttt")[0], Leg(box(0, 12, 1, 5), (line(),))))],
    },
    "tombstoned_pictures": {
        "a line apart": pictures(box(0, 3, 3, 20), box(3, 4, 2, 12)),
        "a column between": pictures(box(0, 3, 3, 20), box(4, 3, 2, 20)),
        "one above the other": pictures(box(0, 3, 3, 20), box(0, 23, 3, 20)),
    },
    "through_gap": {
        "a picture across": [*HALVES, *pictures(box(0, 50, 5, 20), RIGHT)[:1]],
        "just across": [*HALVES, *pictures(box(0, 50, 4, 20)._replace(width=GRID.x(4) - GRID.x(0)), RIGHT)[:1]],
        "a border across": [*HALVES, area("C", box(0, 50, 5, 20), inset=EM, legs=legs("t", at=(0, 51)))],
        "a head across": [story("ttt", "ttt")],
        "one story": [area("A", box(0, 0, 1, 40))],
        "an empty column": [area("A", box(0, 0, 2, 40))],
        "nothing": [],
    },
    "level_gap": {
        "a story across": [*UNDER, area("C", box(7, 39, 1, 3))],
        "white within a story": [area("A", box(0, 0, 8, 40), head=head(box(0, 0, 8, 5)), legs=legs("tt", at=(0, 9)))],
    },
    "no_masthead": {"masthead": [NAME]},
    "small_name": {
        "a little larger": [NAME, area("A", LEFT, largest=48 * PT - 1)],
        "no masthead": [area("A", LEFT, largest=48 * PT)],
    },
    "unflagged_extra": {"no extra": [area("A", LEFT)]},
    "imprint_gap": {},
    "no_label": {"first page": [NAME]},
    "unmarked_advert": {"a marked advert": [area("A", LEFT)]},
    "cn_number": {},
    "postal_code": {},
}
SECOND_AREA, PAGE, COPY = "issue.yaml:11:7", "issue.yaml:5:5", "a.md:1:3"
PLACES = {
    "tombstone": SECOND_AREA,
    "stacked_heads": SECOND_AREA,
    "tombstoned_pictures": SECOND_AREA,
    "through_gap": PAGE,
    "level_gap": PAGE,
    "no_masthead": PAGE,
    "widow": COPY,
}
"""Where a taboo is told: at the second of two areas, at the page, in the copy, or else at the first area."""


def cases(tables):
    return [pytest.param(name, parts, id=f"{name}: {case}") for name, table in tables.items() for case, parts in table.items()]


@pytest.mark.parametrize(("name", "parts"), cases(HAS))
def test_a_page_has_a_taboo_and_its_place_is_told(name, parts):
    assert [(name.replace("_", "-"), PLACES.get(name, "issue.yaml:10:7"))] == found(name, parts)


@pytest.mark.parametrize(("name", "parts"), cases(HAS_NOT))
def test_a_page_barely_has_not(name, parts):
    assert [] == found(name, parts)


@pytest.mark.parametrize("words", [("tttS", "tttt"), ("ttSt", "tttt"), ("tttt", "St", "tt"), ("ttSS", "ttt")])
def test_a_subhead_with_fewer_than_two_lines_below_it_is_told_at_its_place(words):
    assert [("stranded-head", "a.md:1:1")] == found("stranded_head", [story(*words)])


def test_a_head_with_a_subhead_and_nothing_else_below_it_is_told_twice():
    assert ["issue.yaml:10:7", "a.md:1:1"] == [place for _, place in found("stranded_head", [story("S", "tt")])]


@pytest.mark.parametrize(("number", "count"), [(1, 0), (2, 1)])
def test_a_masthead_is_on_the_first_page_only(number, count):
    assert [("no-label", PAGE)] * count == found("no_label", [NAME], number=number)


@pytest.mark.parametrize("name", ["no_masthead", "small_name"])
def test_the_name_of_the_paper_stands_on_the_first_page(name):
    for parts in HAS[name].values():
        assert [] == found(name, parts, number=2)


def test_what_stands_above_the_date_bar_does_not_cover_a_gap():
    parts = [area("M", box(0, 0, 8, 9)), area("A", box(0, 10, 4, 40)), area("B", box(4, 10, 4, 40))]

    assert [] == found("through_gap", parts)
    assert [("through-gap", PAGE)] == found("through_gap", parts, top=10)


def test_every_gap_is_told_with_its_columns():
    thirds = [area(letter, box(column, 0, 2, 99)) for letter, column in zip("ABCD", (0, 2, 4, 6), strict=True)]

    problems = list(TABOOS["through_gap"](made_up(thirds)))

    assert [2, 4, 6] == [dict(problem.values)["column"] for problem in problems]


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ({}, "of one size and face (24 pt hei-heavy)"),
        ({"size": 20}, "24 pt hei-heavy beside 20 pt hei-heavy"),
        ({"role": Role.KAI}, "24 pt hei-heavy beside 24 pt kai"),
    ],
)
def test_a_tombstone_says_how_alike_its_heads_are(second, words):
    (problem,) = TABOOS["tombstone"](made_up([headed("A", LEFT), headed("B", RIGHT, **second)]))

    assert words in problem.message(Language.EN)
    assert ("同号同体" in problem.message(Language.ZH)) is not second


@pytest.mark.parametrize(
    ("name", "text", "is_right"),
    [
        ("cn", "CN 41-0001", True),
        ("cn", "CN 11-0999", True),
        ("cn", "CN\u00a041-0101", True),
        ("cn", "CN 41-0000", False),
        ("cn", "CN 41-1000", False),
        ("cn", "CN 41-0001/G", False),
        ("cn", "CN41-0001", False),
        ("cn", "CN 41—0001", False),
        ("cn", "CN 4-0001", False),
        ("cn", "41-0001", False),
        ("cn", "cn 41-0001", False),
        ("cn", "", True),
        ("postal_code", "1-1", True),
        ("postal_code", "35-999", True),
        ("postal_code", "36-1", False),
        ("postal_code", "35-1000", False),
        ("postal_code", "35-01", False),
        ("postal_code", "105-1", False),
        ("postal_code", "35", False),
        ("postal_code", "", True),
    ],
)
def test_numbers_that_a_newspaper_can_have(name, text, is_right):
    taboo = {"cn": "cn_number"}.get(name, name)

    told = found(taboo, [], paper=a_paper(**{name: text}))

    assert told == ([] if is_right else [(taboo.replace("_", "-"), "paper.yaml:5:7")])
    assert [] == found(taboo, [], number=2, paper=a_paper(**{name: text}))


def test_half_an_em_stands_after_the_letters_of_the_serial_number(faces):
    (datum,) = imprint_data(load_issue(SAMPLE)[0]._replace(paper=a_paper(cn="CN 41-0001")))
    text = datum.words

    (run,) = (placed.item for placed in set_single(text, LineStyle(Role.SONG, 1000), Shaper(faces)).runs)

    letter = text.index("N")
    assert "国内统一连续出版物号：CN\u200241-0001" == run.text
    assert 500 == run.offsets[letter + 2] - run.offsets[letter + 1]


# ---- how grave -------------------------------------------------------------------------------------------------------


def test_every_taboo_of_the_manifest_has_its_predicate_its_words_and_the_usual_gravity():
    usual = {field.name: field.default for field in dataclasses.fields(Taboos) if field.name != "span"}
    codes = [name.replace("_", "-") for name in usual]

    assert set(usual) == set(TABOOS) == set(HAS) == set(HAS_NOT)
    assert set(codes) == set(keys_of(Taboos)) <= set(MESSAGES)
    assert {"level_gap", "no_masthead", "imprint_gap"} == {name for name, gravity in usual.items() if gravity is Gravity.OFF}
    assert {"small_name", "cn_number", "unflagged_extra"} == {
        name for name, gravity in usual.items() if gravity is Gravity.ERROR
    }
    assert [] == [code for code in codes if usual[code.replace("-", "_")].value not in ("off", MESSAGES[code].severity.value)]


NUMBERS = {"cn": "CN 1", "postal_code": "2"}


@pytest.mark.parametrize("gravity", Gravity)
@pytest.mark.parametrize("name", TABOOS)
def test_a_taboo_is_as_grave_as_the_paper_says(name, gravity):
    parts = next(iter(HAS[name].values()), [NAME])
    made = made_up(parts, 2 if name == "no_label" else 1, paper=a_paper(only(name, gravity), **NUMBERS))
    if name == "unflagged_extra":
        made = made._replace(parts=(), extra=Extra.SPECIAL)

    told = [(problem.code, problem.severity.value) for problem in taboo_findings(made)]

    assert told == ([] if gravity is Gravity.OFF else [(name.replace("_", "-"), gravity.value)])


PAPER = """\
key: tiny
name: 小报
format: {trim-width: 220mm, trim-height: 170mm, type-width: 200mm, type-height: 130mm, columns: 3, ems: 13, gutter: 1}
"""
LONG_NAME = PAPER.replace("小报", "小报" * 6)
ISSUE = """\
paper: paper.yaml
number: 7
date: 2023-03-27
pages:
"""
TEXT = "春风又绿江南岸，明月何时照我还。" * 40


def a_page(label, sketch, *areas, rows="auto"):
    """Return a page whose sketch has bands parted by slashes, and whose areas are A, B and so on."""
    rows = ", ".join([rows] * (1 + sketch.count("/")))
    drawn = sketch.replace("/", "\n      ")
    listed = "".join(f"      {letter}: {content}\n" for letter, content in zip("ABC", areas, strict=False))
    return f'  - label: "{label}"\n    rows: [{rows}]\n    sketch: |\n      {drawn}\n    areas:\n{listed}'


def story_of(characters, level=5):
    return f"{{story: {{headline: 春, text: {TEXT[:characters] or None!r}}}, head: {{level: {level}}}}}".replace(
        ", text: None", ""
    )


BESIDE = a_page("01", "A B B", story_of(100), story_of(200))
BELOW = a_page("01", "AAA/BBB", story_of(80), story_of(100))
SHORT, SHORTER = (a_page("01", "AAA", story_of(characters)) for characters in (36, 26))
TWO_PICTURES = a_page("01", "A B B", "{picture: p.png}", "{picture: q.png}")
MASTHEAD = a_page("01", "A B B", "masthead", story_of(200, level=1))
EXTRA = BESIDE + "extra: 号外\n"
LATER_MASTHEAD = BELOW + a_page("02", "AAA", "masthead")
UNMARKED = a_page("01", "AAA/BBB", story_of(100), "{advert: wide.png, size: 半版, marked: no}")
MANIFESTS = {
    "tombstone": ("issue.yaml:11:7", BESIDE, PAPER),
    "stacked-heads": ("issue.yaml:12:7", a_page("01", "AAA/BBB", story_of(0), story_of(100)), PAPER),
    "stranded-head": ("issue.yaml:10:7", SHORT, PAPER),
    "widow": ("issue.yaml:10:63", SHORTER, PAPER),
    "tombstoned-pictures": ("issue.yaml:11:7", TWO_PICTURES, PAPER),
    "through-gap": ("issue.yaml:5:5", BESIDE, PAPER),
    "level-gap": ("issue.yaml:5:5", BELOW, PAPER),
    "no-masthead": ("issue.yaml:5:5", BESIDE, PAPER),
    "small-name": ("issue.yaml:11:7", MASTHEAD, LONG_NAME),
    "unflagged-extra": ("issue.yaml:5:5", EXTRA, PAPER),
    "imprint-gap": ("paper.yaml:4:10", BESIDE, PAPER + "imprint: {cn: CN 41-0001}\n"),
    "no-label": ("issue.yaml:13:5", LATER_MASTHEAD, PAPER),
    "unmarked-advert": ("issue.yaml:12:7", UNMARKED, PAPER),
    "cn-number": ("paper.yaml:4:15", BESIDE, PAPER + "imprint: {cn: 41-0001}\n"),
    "postal-code": ("paper.yaml:4:24", BESIDE, PAPER + "imprint: {postal-code: 36-1}\n"),
}


@pytest.fixture
def check(tmp_path, monkeypatch, capsys):
    """Check an issue of some pages; return the exit status and all findings."""
    monkeypatch.chdir(tmp_path)

    def check(pages, paper, *options):
        (tmp_path / "issue.yaml").write_text(ISSUE + pages, encoding="utf-8")
        (tmp_path / "paper.yaml").write_text(paper, encoding="utf-8")
        for name in ("p.png", "q.png"):
            Image.new("L", (1400, 700)).save(tmp_path / name)
        Image.new("L", (2000, 684)).save(tmp_path / "wide.png")
        status = main(["check", "issue.yaml", *options])
        return status, capsys.readouterr()

    return check


@pytest.mark.parametrize("gravity", GRAVITIES)
@pytest.mark.parametrize("code", MANIFESTS)
def test_a_manifest_has_a_taboo_as_grave_as_its_paper_says_and_its_place_is_told(code, gravity, check):
    place, pages, paper = MANIFESTS[code]
    paper += f"taboos: {{{code}: {gravity}}}\n"

    status, printed = check(pages, paper, "--json")
    _, words = check(pages, paper, "--lang", "en")

    problems = json.loads(printed.out)
    told = [
        (problem["severity"], f"{problem['file']}:{problem['line']}:{problem['column']}")
        for problem in problems
        if problem["code"] == code
    ]
    assert told == ([] if gravity == "off" else [(gravity, place)])
    assert (f"{place}: {gravity}[{code}]: " in words.err) is bool(told)
    assert {problem["code"] for problem in problems if problem["severity"] == "error"} == (
        {code} if gravity == "error" else set()
    )
    assert status == (1 if gravity == "error" else 0)


# ---- what the sample shows -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def placed_pages(faces):
    """Return the sample's pages with what each of their blocks is placed as, its stories in a border where one is named.

    All heads run one way where one is named.
    """
    loaded, _ = load_issue(SAMPLE)

    @cache
    def placed_pages(border=None, leading=LEADING, heads=None):
        issue = loaded._replace(paper=dataclasses.replace(loaded.paper, leading=leading))
        design = resolve(issue)
        shaper = Shaper(faces, design.rules)
        pages = []
        for page in issue.pages:
            setting = Setting(issue, design, shaper, page)
            blocks = [measure_block(changed(block, border, heads), setting) for block in page.blocks]
            pages.append((page, [block.place(block.depths.natural) for block in blocks]))
        return pages

    return placed_pages


def changed(block, border, heads):
    if not isinstance(block.content, StoryContent):
        return block
    content = block.content
    head = dataclasses.replace(content.head, direction=heads or content.head.direction)
    return block._replace(content=content._replace(border=border or content.border, head=head))


def stories_of(pages):
    return [
        (block.content, placed)
        for page, made in pages
        for block, placed in zip(page.blocks, made, strict=True)
        if isinstance(block.content, StoryContent)
    ]


def lines_of(frame):
    """Yield whether it belongs to head or body, and the place, of each run of type of a story's frame."""
    kind = None
    for placed in frame.walk():
        if isinstance(placed.item, Mark):
            kind = placed.item.kind
        elif isinstance(placed.item, GlyphRun):
            yield kind, placed


def holds(rect, placed):
    """Return whether a run stands in a rectangle; half an em before it lies the blank that an opening mark has lost."""
    run = placed.item
    right, bottom = (run.width, 0) if run.direction is Direction.LEVEL else (0, run.width)
    within = rect.inset(-(run.size // 2))
    return within.x <= placed.x <= placed.x + right <= within.right and within.y <= placed.y + bottom <= within.bottom


@pytest.mark.parametrize("border", [None, Border.NONE, Border.THICK_THIN, Border.CLOUD])
def test_heads_and_legs_are_where_their_type_is(border, placed_pages):
    """Each run stands inside its head or a leg, and no head or leg is without type."""
    stories = stories_of(placed_pages(border))
    for _, (frame, parts, *_) in stories:
        runs = {kind: [placed for of, placed in lines_of(frame) if of is kind] for kind in (MarkKind.HEAD, MarkKind.BODY)}
        if parts.head is None:
            assert [] == runs[MarkKind.HEAD]
            continue
        assert all(holds(parts.head.rect, placed) for placed in runs[MarkKind.HEAD])
        assert all(any(holds(leg.rect, placed) for leg in parts.legs) for placed in runs[MarkKind.BODY])
        assert all(any(holds(leg.rect, placed) for placed in runs[MarkKind.BODY]) for leg in parts.legs)
        assert max(placed.item.size for placed in runs[MarkKind.HEAD]) == parts.head.size == parts.largest
    assert len(stories) == 49
    assert {Axis.LEVEL, VERTICAL} == {placed.parts.axis for _, placed in stories}
    assert {Axis.LEVEL, VERTICAL, None} == {placed.parts.head and placed.parts.head.axis for _, placed in stories}


@pytest.mark.parametrize("leading", [LEADING, TIGHT])
def test_a_level_head_ends_a_quarter_of_its_last_line_below_that_line(leading, placed_pages):
    """In tight lines a thick border lowers heads."""
    stories = stories_of(placed_pages(Border.CLOUD, leading, Axis.LEVEL))
    for content, (frame, parts, *_) in stories:
        if parts.head is None or content.head.ground.value or content.story.summary:
            continue
        *_, last = (placed for kind, placed in lines_of(frame) if kind is MarkKind.HEAD)
        assert parts.head.rect.bottom - last.y == pytest.approx(23 * last.item.size / 100, abs=2)
    assert {Axis.LEVEL, VERTICAL} == {placed.parts.axis for _, placed in stories}


@pytest.mark.parametrize(("border", "ems"), [(Border.NONE, 0), (Border.HAIRLINE, 1), (Border.CLOUD, 2)])
def test_a_head_beside_its_text_ends_an_em_before_it_and_is_centred(border, ems, placed_pages):
    whole = [placed.parts for _, placed in stories_of(placed_pages(border)) if placed.parts.head and placed.parts.legs]
    made = [parts for parts in whole if parts.head.axis is VERTICAL]
    for parts in made:
        head, level = parts.head.rect, parts.axis is Axis.LEVEL
        assert (head.x if level else parts.box.right - head.right) == parts.inset == ems * EM
        assert EM == (parts.legs[0].rect.x - head.right if level else head.x - parts.legs[0].rect.right)
        assert abs(head.y + head.bottom - parts.box.height) <= 1
    assert len(made) == 6


def test_furniture_tells_its_sizes(placed_pages):
    sizes = {parts.letter: (parts.name, parts.largest) for _, parts, *_ in placed_pages()[0][1]}

    assert (0, 11 * PT) == sizes["T"]
    assert (True, 0) == (sizes["M"][0] > 90 * PT, sizes["M"][1])
    assert {"A": 48, "D": 24, "E": 18, "F": 24, "I": 18, "P": 8.5} == {
        letter: largest / PT for letter, (_, largest) in sizes.items() if letter not in "MT"
    }


def test_legs_have_the_lines_of_their_story_in_order(placed_pages):
    for content, placed in stories_of(placed_pages()):
        words = content.story
        told = [line for leg in placed.parts.legs for line in leg.lines]
        firsts = [line for before, line in pairwise([None, *told]) if before is None or before.paragraph is not line.paragraph]
        assert "".join(line.text for line in told) == "".join(paragraph.text for paragraph in words.paragraphs)
        assert list(words.paragraphs) == [line.paragraph for line in firsts]
        assert all(line.text in line.paragraph.text for line in told)


def test_the_sample_has_no_taboo_however_grave_they_are(tmp_path):
    """Level gaps are left out: the lead of page 3 takes all of the width; so are gaps of its imprint, which the sources do not give."""
    folder = shutil.copytree(SAMPLE.parent, tmp_path / "ruzhou")
    grave = ", ".join(f"{key}: error" for key in keys_of(Taboos) if key not in ("level-gap", "imprint-gap"))
    paper = folder / "paper.yaml"
    paper.write_text(paper.read_text(encoding="utf-8") + f"taboos: {{{grave}}}\n", encoding="utf-8")

    assert () == set_issue(folder / SAMPLE.name, Watch()).problems


def test_every_page_but_the_first_shows_its_label(faces):
    issue, _ = load_issue(SAMPLE)
    design = resolve(issue)
    for page in issue.pages[1:]:
        composed = compose_page(issue, page, design, Shaper(faces, design.rules)).page
        runs = [placed for placed in composed.frame.walk() if isinstance(placed.item, GlyphRun)]
        assert page.label in [placed.item.text for placed in runs if placed.y < design.grid.area.y]


@pytest.mark.parametrize(("label", "code"), [("", "wrong-value"), (None, "missing-key"), ("〇一", "wrong-value")])
def test_a_page_without_a_label_is_no_page(label, code, check):
    pages = BESIDE.replace('label: "01"', "name: 要闻" if label is None else f'label: "{label}"')

    status, printed = check(pages, PAPER, "--json")

    assert (1, [code]) == (status, [problem["code"] for problem in json.loads(printed.out)])


# ---- the characters of a page ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sizes", "characters"),
    [
        ([], 111 * 111),
        ([(GRID.width(4), 30 * PITCH)], 111 * 111 - 55 * 30 // 5),
        ([(GRID.width(8), GRID.area.height)], 9857),
        ([(10 * EM, 10 * PITCH), (10 * EM, 10 * PITCH)], 111 * 111 - 40),
    ],
)
def test_a_page_has_the_characters_of_its_type_area_less_a_fifth_of_its_pictures(sizes, characters):
    frame = Frame(1, 1, tuple(Placed(0, 0, Picture(SAMPLE, *size)) for size in sizes))

    assert characters == page_characters(Page(1, "01", "", GRID.trim, 0, frame), GRID)


def test_the_report_tells_the_characters_of_each_page_and_where_the_count_comes_from(sample):
    report = json.loads((sample / "proof" / "report.json").read_text(encoding="utf-8"))

    assert [f"{number:02d}" for number in range(1, 9)] == [page["label"] for page in report["pages"]]
    assert all(0.8 * 111 * 111 < page["characters"] < 111 * 111 for page in report["pages"])
    assert "报纸编校差错率计算方法" in report["counted-by"]
