"""Stories: Markdown with YAML front matter; the only module that imports markdown_it.

A story knows paragraphs, subheads (``##``), strong text (set in 黑) and emphasis (set in 楷). Anything else
that CommonMark would read as markup is a finding, so that no sign of it is printed or swallowed.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from layout.diagnostics import Span
from layout.manifest.kinds import Record
from layout.manifest.schema import Emphasis, Paragraph, Story, StoryMatter, TextRun
from layout.manifest.source import Report, parse_yaml, read_text

FRONT = re.compile(r"---[ \t]*\r?\n(.*?\n)---[ \t]*(?:\r?\n|$)", re.DOTALL)
"""Front matter: YAML between two lines of three hyphens at the head of a story."""
_EMPHASIS = {"strong_open": Emphasis.STRONG, "em_open": Emphasis.KAI}
_MATTER = Record(StoryMatter)


def read_story(path: Path, name: str, span: Span, report: Report) -> Story | None:
    """Return the story of a file, or None with findings; `span` is where the manifest names the file."""
    text = read_text(path, name, span, report)
    if text is None:
        return None
    front = FRONT.match(text)
    if front is None:
        report.add("no-front-matter", Span(name, 1, 1), path=name)
        return None
    node = parse_yaml(front[1], name, report, first_line=2)
    matter = _MATTER.read(node, report) if node is not None else None
    body_line = text.count("\n", 0, front.end()) + 1
    return None if matter is None else make_story(path.stem, matter, text[front.end() :], Span(name, body_line, 1), report)


def make_story(name: str, matter: StoryMatter, body: str, span: Span, report: Report) -> Story:
    """Return the story that front matter and Markdown make; `span` is the place of the Markdown's first line."""
    return Story(
        name=name,
        kicker=matter.kicker or "",
        headline=tuple(line.strip() for line in matter.headline.splitlines() if line.strip()),
        deck=matter.deck or "",
        byline=matter.byline or "",
        dateline=matter.dateline or "",
        paragraphs=tuple(read_markdown(body, span, report)),
        span=matter.span,
    )


def read_markdown(text: str, span: Span, report: Report) -> Iterator[Paragraph]:
    """Yield the paragraphs and subheads of a Markdown text; `span` is the place of its first line."""
    from markdown_it import MarkdownIt

    lines = text.split("\n")
    tokens = MarkdownIt("commonmark").parse(text)
    for number, token in enumerate(tokens):
        if token.level == 0 and token.map is not None and token.type not in ("paragraph_open", "heading_open"):
            report.add("markup", Span(span.file, span.line + token.map[0], 1), markup=token.type.removesuffix("_open"))
        if token.type != "inline" or token.level != 1 or token.map is None:
            continue
        first, end = token.map
        place = Span(span.file, span.line + first, 1 if first else span.column)
        runs = tuple(_runs(token.children or [], place, report))
        yield Paragraph(runs, place, "\n".join(lines[first:end]), tokens[number - 1].type == "heading_open")


def _runs(children: list, place: Span, report: Report) -> Iterator[TextRun]:  # type: ignore[type-arg]
    emphasis = [Emphasis.NONE]
    pending = ""
    for child in children:
        if child.type in _EMPHASIS or child.type in ("strong_close", "em_close"):
            if pending:
                yield TextRun(pending, emphasis[-1])
            pending = ""
            emphasis = [*emphasis, _EMPHASIS[child.type]] if child.type in _EMPHASIS else emphasis[:-1]
        elif child.type == "text":
            pending += child.content
        elif child.type in ("softbreak", "hardbreak"):
            pending += _joint(pending)
        else:
            report.add("markup", place, markup=child.type.removesuffix("_open"))
    if pending:
        yield TextRun(pending, emphasis[-1])
    if any("**" in child.content for child in children if child.type == "text"):
        report.add("stray-mark", place, mark="**")


def _joint(before: str) -> str:
    """Return what a line end stands for: a word space after Latin, nothing after Han."""
    return " " if before[-1:].isascii() else ""
