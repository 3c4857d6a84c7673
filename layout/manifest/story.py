"""Stories: Markdown with YAML front matter; the only module that imports markdown_it and its plugins.

A story knows paragraphs, subheads (``##``), quotations (``>``), lists (``-``, ``1.``), tables (``| a | b |``), pull quotes
(``::: pull`` … ``:::``), strong text (set in 黑), emphasis (set in 楷) and text with marks (``[北京]{.name}``). Anything
else that CommonMark would read as markup is a finding, so that no sign of it is printed or swallowed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from layout.diagnostics import Span, has_errors
from layout.manifest.areas import Align, StoryHead
from layout.manifest.copy import Emphasis, Marking, Paragraph, ParagraphKind, Story, TextRun
from layout.manifest.kinds import Record
from layout.manifest.marking import NUMBER, Marks, check_marks, number_marks, read_marks
from layout.manifest.settled import settled, settled_cell
from layout.manifest.source import Report, Scalar, parse_yaml, read_text
from layout.manifest.tables import Row, bare_cells, make_table
from layout.manifest.wording import check_words, is_too_long
from layout.script.items import item_label
from layout.script.joint import join_lines, joint
from layout.script.white import FENCE, hand_made_parts

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

FRONT = re.compile(r"---[ \t]*\r?\n(.*?\n)---[ \t]*(?:\r?\n|$)", re.DOTALL)
"""Front matter: YAML between two lines of three hyphens at the head of a story."""
_EMPHASIS = {"strong_open": Emphasis.STRONG, "em_open": Emphasis.KAI}
_OPENING = frozenset({*_EMPHASIS, "span_open"})
_CLOSING = frozenset({"strong_close", "em_close", "span_close"})
_SIGNS = {"image": "![", "link_open": "[", "html_inline": "<", "code_inline": "`"}
_HEAD = Record(StoryHead)
_SUBHEAD = "##"
_PULL = "pull"
_KINDS: dict[tuple[str, ...], ParagraphKind] = {
    ("paragraph_open",): ParagraphKind.TEXT,
    (f"heading_open{_SUBHEAD}",): ParagraphKind.SUBHEAD,
    ("blockquote_open", "paragraph_open"): ParagraphKind.QUOTATION,
    ("bullet_list_open", "list_item_open", "paragraph_open"): ParagraphKind.ITEM,
    ("ordered_list_open", "list_item_open", "paragraph_open"): ParagraphKind.ITEM,
    ("container_pull_open", "paragraph_open"): ParagraphKind.PULL,
}
"""The blocks round a paragraph, and what it is in them."""

_CONTAINERS = frozenset({"blockquote_open", "list_item_open", "container_pull_open"})


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
    head = _HEAD.read(node, report) if node is not None else None
    body_line = text.count("\n", 0, front.end()) + 1
    return None if head is None else make_story(path.stem, head, text[front.end() :], Span(name, body_line, 1), report)


def read_panel(path: Path, name: str, title: Scalar, span: Span, report: Report) -> Story | None:
    """Return the copy of a boxed text, which needs no front matter; None with findings.

    `title` is its headline unless its front matter gives one; `span` is where the manifest names the file.
    """
    text = read_text(path, name, span, report)
    if text is None:
        return None
    if not FRONT.match(text):
        return make_panel(path.stem, title, text, Span(name, 1, 1), report)
    story = read_story(path, name, span, report)
    return story and story._replace(headline=title if title.text else story.headline)


def make_panel(name: str, title: Scalar, body: str, span: Span, report: Report) -> Story:
    """Return the copy of a boxed text without a head but a title, which may be empty."""
    return make_story(name, StoryHead(headline=title, span=span), body, span, report)


def read_table(text: str, span: Span, report: Report) -> Paragraph | None:
    """Return the one table of a Markdown text; None with findings. `span` is the place of the text's first character."""
    before = len(report.problems)
    paragraphs = list(read_markdown(text, span, report))
    if len(paragraphs) == 1 and paragraphs[0].table is not None:
        return paragraphs[0]
    if not has_errors(tuple(report.problems[before:])):
        report.add("not-one-table", span)
    return None


def make_story(name: str, head: StoryHead, body: str, span: Span, report: Report) -> Story:
    """Return the story that a head and Markdown make; `span` is the place of the Markdown's first character."""
    paragraphs = (*editorial(head, report), *read_markdown(body, span, report))
    words = (head.kicker, head.headline, head.deck, head.byline, head.dateline)
    return Story(name, *words, paragraphs, head.span, head.short, head.summary, head.column_title, head.index_title)


def editorial(head: StoryHead, report: Report) -> Iterator[Paragraph]:
    """Yield the paragraphs of a story's editor's note, its title run in before the first, and the rule below them."""
    words, title = head.editor_note, TextRun(head.editor_note_title.text + "：", _STRONG_TEXT)
    if not words.text:
        return
    for number, paragraph in enumerate(read_markdown(words.text, words.inner, report)):
        kind = ParagraphKind.EDITORIAL if paragraph.kind is ParagraphKind.TEXT else paragraph.kind
        runs = (_in_kai(run) for run in paragraph.runs)
        yield paragraph._replace(kind=kind, runs=(*runs,) if number else (title, *runs))
    yield Paragraph((), words.span, "", ParagraphKind.RULE)


def _in_kai(run: TextRun) -> TextRun:
    is_plain = run.marking.emphasis is Emphasis.NONE
    return run._replace(marking=run.marking._replace(emphasis=Emphasis.KAI)) if is_plain else run


def read_markdown(text: str, span: Span, report: Report) -> Iterator[Paragraph]:
    """Yield the paragraphs and subheads of a Markdown text; `span` is the place of its first character.

    Indents made by hand, of U+3000, spaces or tabs, are dropped, since the engine indents; each begins a paragraph. What
    copy should not have is a finding, and what has no ink is left out. Copy without other signs than ``##`` and plain
    ``**`` is read by `plain_markdown`, which spares the parser's time.
    """
    if is_too_long(text, span, report):
        return
    check_words(text, Paragraph((), span, text).place_at, report)
    for line, part in hand_made_parts(text):
        place = _line_span(span, line)
        plain = plain_markdown(part, place)
        for paragraph in parsed_markdown(part, place, report) if plain is None else plain:
            yield from settled(paragraph, report)


_OTHER_SIGNS = re.compile(
    r"\*{3}|[_\[\]{<>&\\`~|\t]"  # signs that may be markup anywhere
    r"|(?m:^[ ]*(?:[^\S\n ]|[>+=-]|:::|[0-9]{1,9}[.)]|\*(?!\*)|#(?!# \S)))"  # and at the start of a line
    r"|#[ ]*$|(?m:[^\S\n]$)|[^\n#]#"  # closing hashes, white at line ends
)
_ANYWHERE = re.compile(r"[_\[\]{<>&\\`~|\t]")
_AT_START = re.compile(r"[ ]*(?:[^\S\n ]|[>+=-]|:::|[0-9]{1,9}[.)]|\*(?!\*))")
_STRONG_TEXT = Marking(Emphasis.STRONG)
_STRONG = re.compile(r"\*\*([\u4e00-\u9fff](?:[^*\n]*[\u4e00-\u9fff])?)\*\*")


def has_other_signs(text: str) -> bool:
    """Return whether anything in a text may be markup other than subheads and strong text: what `_OTHER_SIGNS` finds."""
    if _ANYWHERE.search(text):
        return True
    if "#" in text or "***" in text:
        return bool(_OTHER_SIGNS.search(text))
    return any(_AT_START.match(line) or line[-1:].isspace() for line in text.split("\n"))


def plain_markdown(text: str, span: Span) -> list[Paragraph] | None:
    """Return the paragraphs of a text in which only subheads and strong Han are marked; None for any other text."""
    if has_other_signs(text) or ("*" in text and "*" in _STRONG.sub("", text)):
        return None
    paragraphs: list[Paragraph] = []
    open_lines: list[str] = []
    lines = [*text.split("\n"), ""]
    for number, line in enumerate(lines):
        is_subhead = line.lstrip(" ").startswith(_SUBHEAD)
        if open_lines and (is_subhead or not line):
            paragraphs.append(_plain(open_lines, _line_span(span, number - len(open_lines)), ParagraphKind.TEXT))
            open_lines = []
        if is_subhead:
            paragraphs.append(_plain([line], _line_span(span, number), ParagraphKind.SUBHEAD))
        elif line:
            open_lines.append(line)
    return paragraphs


def _plain(lines: list[str], span: Span, kind: ParagraphKind) -> Paragraph:
    is_subhead = kind is ParagraphKind.SUBHEAD
    bare = (line.strip(" ") for line in lines)
    words = join_lines(line.removeprefix(_SUBHEAD).strip() if is_subhead else line for line in bare)
    parts = _STRONG.split(words)
    runs = (TextRun(part, _STRONG_TEXT if number % 2 else Marking()) for number, part in enumerate(parts) if part)
    return Paragraph(tuple(runs), span, "\n".join(lines), kind)


def parsed_markdown(text: str, span: Span, report: Report) -> Iterator[Paragraph]:
    """Yield the paragraphs of any Markdown text, with findings for what a story cannot have."""
    lines = text.split("\n")
    environment: dict[str, Any] = {}
    marks = number_marks(text, span, report)
    tokens = _parser().parse(marks.text, environment)
    for reference in environment.get("references", {}).values():
        report.add("markup", _line_span(span, reference["map"][0]), markup="reference")
    blocks = _Blocks()
    stream = iter(tokens)
    for token in stream:
        if token.type == "table_open" and not blocks.open:
            inner = takewhile(lambda inner: inner.type != "table_close", stream)
            yield from _table(inner, _Source(lines, span, marks, report))
            continue
        if token.type == "container_pull_open" and not _ends_container(token, lines):
            report.add("open-container", _line_span(span, token.map[0] if token.map else 0))
        foreign = blocks.enter(token)
        if foreign is not None:
            report.add("markup", _line_span(span, foreign.line), markup=foreign.type.removesuffix("_open"))
        if token.type == "inline" and token.map is not None and blocks.kind is not None:
            first, end = token.map
            paragraph = Paragraph((), _line_span(span, first), "\n".join(lines[first:end]), blocks.kind)
            runs = _runs(token.children or [], paragraph, marks, report)
            yield paragraph._replace(runs=(*blocks.label(), *runs))


def _ends_container(token: "Token", lines: list[str]) -> bool:
    """Return whether a container that begins with a token has its last line; the parser ends others with the text."""
    end = token.map[1] if token.map else 0
    return end < len(lines) and lines[end].strip(" ").startswith(FENCE)


class _Source(NamedTuple):
    """What a parsed text was read from: its lines, its place, its marks, and where findings go."""

    lines: list[str]
    span: Span
    marks: Marks
    report: Report


def _table(tokens: "Iterator[Token]", source: _Source) -> Iterator[Paragraph]:
    """Yield the table whose tokens these are; nothing with findings."""
    rows: list[Row] = []
    aligns: list[Align | None] = []
    for token in tokens:
        if token.type == "tr_open" and token.map is not None:
            place = _line_span(source.span, token.map[0])
            cells = bare_cells(source.lines[token.map[0]], place)
            rows.append(Row(tuple(cells), place))
            column = 0
        elif token.type == "th_open":
            aligns.append(_ALIGNS.get(str(token.attrGet("style"))))
        elif token.type == "inline":
            rows[-1] = _with_cell(rows[-1], column, token, source)
            column += 1
    table = make_table(rows, aligns, source.report)
    if table is not None:
        yield table


def _with_cell(row: Row, column: int, token: "Token", source: _Source) -> Row:
    """Return a row with the text of a cell, which is not there where the row is too short."""
    if column >= len(row.cells):
        return row
    cell = row.cells[column]
    runs = _runs(token.children or [], cell, source.marks, source.report)
    made = settled_cell(cell._replace(runs=runs), source.report)
    return row._replace(cells=(*row.cells[:column], made, *row.cells[column + 1 :]))


_ALIGNS = {"text-align:left": Align.LEFT, "text-align:center": Align.CENTRE, "text-align:right": Align.RIGHT}


@dataclass(slots=True)
class _Block:
    """An open block: its type, the line of its first sign, and whether a paragraph stands in it."""

    type: str
    line: int
    is_filled: bool = False


@dataclass(slots=True)
class _Blocks:
    """The blocks that are open while tokens go by, from the outermost in.

    `foreign` is the place of one that a story cannot have, `pending` the label of a list's item without text yet.
    """

    open: list[_Block] = field(default_factory=list)
    foreign: int = 0
    pending: str = ""

    def enter(self, token: "Token") -> _Block | None:
        """Follow a token; return a block that a story cannot have where it begins, an empty one where it ends."""
        line = token.map[0] if token.map else 0
        if token.nesting == -1:
            return self._left(self.open.pop())
        if token.nesting == 0:
            return _Block(token.type, line) if token.type != "inline" and not self.foreign else None
        self.open.append(_Block(token.type + (token.markup if token.type == "heading_open" else ""), line))
        if token.type == "list_item_open":
            self.pending = item_label(int(token.info) if token.info else None)
        if self.foreign or any(self._types == known[: len(self.open)] for known in _KINDS):
            return None
        self.foreign = len(self.open)
        self._fill()
        return _Block(token.type, line)

    def _left(self, block: _Block) -> _Block | None:
        if self.foreign:
            self.foreign = self.foreign if len(self.open) >= self.foreign else 0
            return None
        return block if block.type in _CONTAINERS and not block.is_filled else None

    @property
    def _types(self) -> tuple[str, ...]:
        return tuple(block.type for block in self.open)

    @property
    def kind(self) -> ParagraphKind | None:
        """What the paragraph under way is; None in blocks that a story cannot have."""
        return _KINDS.get(self._types)

    def label(self) -> tuple[TextRun, ...]:
        """Return the label of a list's item before its first paragraph; note that the open blocks have text."""
        self._fill()
        if not self.pending or self.kind is not ParagraphKind.ITEM:
            return ()
        label, self.pending = self.pending, ""
        return (TextRun(label),)

    def _fill(self) -> None:
        for block in self.open:
            block.is_filled = True


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt
    from mdit_py_plugins.attrs import attrs_plugin
    from mdit_py_plugins.container import container_plugin

    parser = MarkdownIt("commonmark").disable("code").enable("table").use(attrs_plugin, after=(), spans=True)
    return parser.use(container_plugin, _PULL)


def _line_span(span: Span, line: int) -> Span:
    """Return the place of a line's first character; all lines of a text in a manifest are indented alike."""
    return Span(span.file, span.line + line, span.column)


class _Open(NamedTuple):
    """What a sign opened: the marking of the text in it, the runs before it, and the words of its braces."""

    marking: Marking
    runs: int = 0
    words: Scalar | None = None


@dataclass(slots=True)
class _Runs:
    """The runs of a paragraph while they grow."""

    marks: Marks
    report: Report
    made: list[TextRun] = field(default_factory=list)
    open: list[_Open] = field(default_factory=lambda: [_Open(Marking())])
    pending: str = ""

    def begin(self, token: "Token") -> None:
        """Open what an opening token says."""
        self.end_run()
        outer = self.open[-1].marking
        words = self.marks.words.get(str(token.attrGet(NUMBER)))
        if token.type in _EMPHASIS:
            self.open.append(_Open(outer._replace(emphasis=_EMPHASIS[token.type])))
        elif words is not None:
            self.open.append(_Open(read_marks(words, outer, self.report), len(self.made), words))
        else:
            self.open.append(_Open(outer))

    def close(self) -> None:
        """Close what was opened last."""
        self.end_run()
        marking, start, words = self.open.pop()
        if words is not None:
            check_marks(words, self.open[-1].marking, marking, self.made[start:], self.report)

    def end_run(self) -> None:
        """End the run under way."""
        if self.pending:
            self.made.append(TextRun(self.pending, self.open[-1].marking))
        self.pending = ""


def _runs(children: "list[Token]", paragraph: Paragraph, marks: Marks, report: Report) -> tuple[TextRun, ...]:
    runs = _Runs(marks, report)
    said = ""
    foreign: dict[str, None] = {}
    for number, child in enumerate(children):
        if child.type in _OPENING:
            runs.begin(child)
        elif child.type in _CLOSING:
            runs.close()
        elif child.type in ("text", "softbreak"):
            is_text = child.type == "text"
            words = marks.restored(child.content, report) if is_text else joint(said, _next_text(children[number:]))
            runs.pending += words
            said += words
        elif not child.type.endswith("_close"):
            foreign[child.type] = None
    runs.end_run()
    for kind in foreign:
        report.add("markup", paragraph.place_of(_SIGNS.get(kind, kind)), markup=kind.removesuffix("_open"))
    _report_stray(children, paragraph, report)
    return tuple(runs.made)


def _next_text(children: "list[Token]") -> str:
    return next((child.content for child in children if child.type == "text" and child.content), "")


_FENCES = re.compile(rf"^[ ]*{FENCE}:*[ ]*(.*)$", re.MULTILINE)
_BAR = re.compile(r"^[ ]*\|", re.MULTILINE)


def _report_stray(children: "list[Token]", paragraph: Paragraph, report: Report) -> None:
    """Report emphasis signs that stayed in the text and would be printed; escaped ones are meant."""
    text = "".join(child.content for child in children if child.type == "text")
    fence = _FENCES.search(paragraph.raw)
    if fence is not None:
        report.add("no-container", paragraph.place_at(fence.start()), got=fence[1])
    bar = _BAR.search(paragraph.raw)
    if bar is not None and paragraph.kind is not ParagraphKind.TABLE:
        report.add("no-table", paragraph.place_at(bar.start()))
    if paragraph.raw.lstrip(" ").startswith("#") and not paragraph.is_subhead:
        report.add("stray-mark", paragraph.place_of("#"), mark="#")
    if text.count("*") > paragraph.raw.count("\\*"):
        mark = "**" if "**" in text else "*"
        paired = 2 * sum(child.type == "strong_open" for child in children) if mark == "**" else 0
        places = [match.start() for match in re.finditer(re.escape(mark), paragraph.raw)]
        report.add("stray-mark", paragraph.place_at(places[min(paired, len(places) - 1)]), mark=mark)
