"""Laws of whole issues: pages or findings with their places; all text of the copy on the pages; the same bytes each time."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.diagnostics import has_errors
from layout.frame import GlyphRun
from layout.issue import Product, build_issue, set_issue
from layout.manifest.issue import StoryContent
from layout.watch import Watch
from tests.small_issue import PAPER
from tests.strategies import TEXTS

SKETCHES = ["AAA", "AAB", "ABC", "AAA\nBBC", "AAB\nCCB", "ABB\nABB\nCCC", "AAA\nBCC\nBDD", "A.B", "AAA\nABA\nAAA"]
HEADS = st.fixed_dictionaries(
    {"level": st.sampled_from("2345")},
    optional={
        "place": st.sampled_from(["over", "beside", "left-corner", "brow", "centre"]),
        "direction": st.just("vertical"),
        "face": st.sampled_from(["kai", "hei-heavy", "song-heavy"]),
    },
)
WORDS = st.text("先画版样后写稿子题目要短字行栏", min_size=1, max_size=14)
STORIES = st.fixed_dictionaries(
    {"headline": WORDS, "text": st.lists(TEXTS, min_size=1, max_size=8).map("\n\n".join)},
    optional={"kicker": WORDS, "deck": WORDS, "byline": WORDS, "dateline": WORDS},
)
AREAS = st.fixed_dictionaries(
    {"story": STORIES, "head": HEADS},
    optional={
        "columns": st.sampled_from("123"),
        "direction": st.just("vertical"),
        "border": st.sampled_from(["hairline", "double", "wave"]),
        "squeeze": st.sampled_from(["tight", "either"]),
    },
)


@st.composite
def issues(draw):
    """Draw an issue of one page or two, each with stories in the areas of a sketch."""
    pages = []
    for number in range(draw(st.integers(1, 2))):
        sketch = draw(st.sampled_from(SKETCHES))
        areas = {letter: draw(AREAS) for letter in sorted(set(sketch) & set("ABCD"))}
        pages.append({"label": f"{number + 1:02d}", "sketch": sketch, "areas": areas})
    return {"paper": "paper.yaml", "number": "1", "date": "2026-01-01", "pages": pages}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("laws")
    (folder / "paper.yaml").write_text(PAPER, encoding="utf-8")
    return folder


def written(folder, issue):
    """Write an issue as JSON, which is YAML; return its file."""
    path = folder / "issue.yaml"
    path.write_text(json.dumps(issue, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def inked(text):
    """Count the characters of a text that have ink, without the hyphens that lines add."""
    return Counter("".join(text.replace("\u00ad", "").split()))


def copy_of(issue):
    """Return all text of an issue's stories."""
    stories = [block.content.story for page in issue.pages for block in page.blocks if isinstance(block.content, StoryContent)]
    heads = [
        words.text for story in stories for words in (story.kicker, story.headline, story.deck, story.byline, story.dateline)
    ]
    return "".join([*heads, *(paragraph.text for story in stories for paragraph in story.paragraphs)])


def shown(pages):
    runs = (placed.item for page in pages for placed in page.frame.walk() if isinstance(placed.item, GlyphRun))
    return "".join(run.text for run in runs)


@given(issue=issues())
@settings(max_examples=40)
def test_an_issue_becomes_pages_with_all_its_text_or_findings_with_their_places(folder, issue):
    result = set_issue(written(folder, issue), Watch())

    assert result.pages or has_errors(result.problems)
    for problem in result.problems:
        assert Path(problem.span.file).name in ("issue.yaml", "paper.yaml")
        assert problem.span.line
        assert problem.span.column
    if not has_errors(result.problems):
        assert Counter() == inked(copy_of(result.issue)) - inked(shown(result.pages))


@given(issue=issues())
@settings(max_examples=8)
def test_the_same_issue_gives_the_same_findings_and_the_same_bytes(folder, issue):
    path, made = written(folder, issue), []
    for name in ("once", "again"):
        problems = build_issue(path, folder / name, frozenset({Product.PRINT}), Watch())
        files = {
            str(file.relative_to(folder / name)): file.read_bytes() for file in (folder / name).rglob("*") if file.is_file()
        }
        made.append((problems, files))

    assert made[0] == made[1]
    assert made[0][1] or has_errors(made[0][0])


def test_the_laws_see_text_that_is_lost(folder):
    """Issues that the strategies draw do come to pages; a page without its last story lacks its text."""
    text = "版心有多高，行就有多少；行与行一样远。" * 9
    story = {"story": {"headline": "先画版样", "text": text}, "head": {"level": "5"}}
    result = set_issue(written(folder, {"paper": "paper.yaml", "number": "1", "date": "2026-01-01", "pages": [{"label": "01", "sketch": "AAB", "areas": {"A": story, "B": story}}]}), Watch())  # fmt: skip

    assert not has_errors(result.problems)
    less = [page._replace(frame=page.frame._replace(items=page.frame.items[1:])) for page in result.pages]
    assert Counter() == inked(copy_of(result.issue)) - inked(shown(result.pages))
    assert Counter() != inked(copy_of(result.issue)) - inked(shown(less))
