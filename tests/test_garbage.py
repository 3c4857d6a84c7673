"""Whatever stands in a file, reading it ends with findings, never with a traceback."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.diagnostics import Language, Span
from layout.manifest.copy import Paragraph, ParagraphKind
from layout.manifest.load import load_issue
from layout.manifest.source import Report
from layout.manifest.story import parsed_markdown, plain_markdown, read_markdown, read_story
from layout.script.items import LAST_CIRCLED, item_label
from tests.conftest import SAMPLE

MANIFEST = SAMPLE.read_text(encoding="utf-8")
SIGNS = st.text("abM: -|>&*[]{}'\"#%@`!?,\n\t字，~\\0", max_size=12)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("garbage")


@given(place=st.integers(0, len(MANIFEST)), cut=st.integers(0, 40), signs=SIGNS)
@settings(max_examples=150)
def test_a_damaged_manifest(folder, place, cut, signs):
    path = folder / "issue.yaml"
    path.write_text(MANIFEST[:place] + signs + MANIFEST[place + cut :], encoding="utf-8")

    _, problems = load_issue(path)

    assert all(problem.text(language) for problem in problems for language in Language)


@given(data=st.binary(max_size=400))
@settings(max_examples=150)
def test_bytes_as_a_manifest(folder, data):
    path = folder / "bytes.yaml"
    path.write_bytes(data)

    issue, problems = load_issue(path)

    assert issue is None
    assert problems


@given(text=st.text(max_size=200) | SIGNS.map(lambda signs: f"---\n{signs}\n---\n{signs}"))
@settings(max_examples=200)
def test_anything_as_a_story(folder, text):
    path = folder / "story.md"
    path.write_text(text, encoding="utf-8", errors="ignore")
    report = Report()

    story = read_story(path, "story.md", Span("issue.yaml", 1, 1), report)

    assert story is not None or report.problems


CIRCLED = {item_label(number): number for number in range(LAST_CIRCLED + 1)}


def written(paragraph: Paragraph) -> str:
    """The text of a paragraph, an item's label as its writer gave it."""
    label, text = paragraph.text[:1], paragraph.text[1:]
    if paragraph.kind is not ParagraphKind.ITEM:
        return label + text
    if label in CIRCLED:
        return f"{CIRCLED[label]}){text}"
    return text if label == "●" else (label + text).replace("．", ")", 1)


@given(text=st.text("字，。A1 *_#>-\n`[]()!<", max_size=120))
@settings(max_examples=200)
def test_markdown_keeps_its_text_or_says_what_it_cannot_set(text):
    report = Report()

    paragraphs = list(read_markdown(text, Span("story.md", 1, 1), report))

    kept = "".join(written(paragraph) for paragraph in paragraphs)
    marks = set("*_# \n\\>-")
    assert report.problems or [c for c in kept if c not in marks] == [c for c in text if c not in marks]


@given(
    text=st.lists(
        st.sampled_from(
            [
                "字",
                "中文，",
                "。",
                "A",
                "1",
                " ",
                "    ",
                "**",
                "**字**",
                "**中文**",
                "## ",
                "##",
                "#",
                "\n",
                "\n\n",
                "1. ",
                "- ",
                "　",
            ]
        ),
        max_size=14,
    ).map("".join)
)
@settings(max_examples=1500)
def test_the_short_way_through_markdown_reads_what_the_parser_reads(text):
    span, report = Span("story.md", 1, 1), Report()

    short = plain_markdown(text, span)

    if short is not None:
        assert list(parsed_markdown(text, span, report)) == short
        assert [] == report.problems
