"""Copy (稿): a story as it was read, in paragraphs and runs of one marking."""

from enum import Enum
from typing import NamedTuple

from layout.diagnostics import Span
from layout.manifest.areas import Align
from layout.manifest.source import NOTHING, Scalar
from layout.script.joint import join_lines
from layout.units import Emu


class Emphasis(Enum):
    """In which face a piece of text is set in a story."""

    NONE = "none"
    STRONG = "strong"
    KAI = "kai"


class Sideline(Enum):
    """The line that runs beside or below a text: a name line (专名号) or a book line (书名号甲式).

    GB/T 15834-2011 4.15 and 4.16; CLREQ `#handling_interlinear_punctuation`.
    """

    NONE = "none"
    NAME = "name"
    BOOK = "book"


class Marking(NamedTuple):
    """How a text is marked in a story.

    A sideline, a frame, a level text, a reading and a fit belong to one item, which is one run: two runs beside each
    other that have the same are two items. Two kept runs beside each other are kept together.

    `dots` are those of emphasis (着重号, GB/T 15834-2011 4.12). `is_superior` makes a superior figure, such as a note
    mark. `is_framed` draws the frame round the name of one who has died (示亡号, CLREQ `#symbol_of_death`). `is_kept`
    text is never parted by a line end. `is_level` text stands level in one em where the text runs down (纵中横, CLREQ
    `#mixed_text_composition_in_vertical_writing_mode`). `ruby` is the reading (行间注: pinyin or zhuyin), its syllables
    parted by spaces: one for each Han letter, or one for all of them (CLREQ `#positioning_of_romanization`,
    `#positioning_of_zhuyin`); empty where there is none. `fit` is the number of ems into which the text is spread evenly
    (均排, CLREQ `#ways_of_alignments`), 0 for none. `spaced` is the white between characters in per mille of the em
    (疏排, CLREQ `#principles_of_arrangement_of_han_characters`).
    """

    emphasis: Emphasis = Emphasis.NONE
    dots: bool = False
    sideline: Sideline = Sideline.NONE
    is_superior: bool = False
    is_framed: bool = False
    is_kept: bool = False
    is_level: bool = False
    ruby: str = ""
    fit: int = 0
    spaced: int = 0


class TextRun(NamedTuple):
    """A text in one marking."""

    text: str
    marking: Marking = Marking()


class ParagraphKind(Enum):
    """What a paragraph is.

    Running text, a subhead (小标题), a quotation set in (引文), an item of a list (列项), a table (表), a note below one
    (表注), an editor's note (编者按), a rule across the leg; a pull quote (引语), whose words stand in the text as well and are
    no part of it.
    """

    TEXT = "text"
    SUBHEAD = "subhead"
    QUOTATION = "quotation"
    ITEM = "item"
    TABLE = "table"
    REMARK = "remark"
    EDITORIAL = "editorial"
    RULE = "rule"
    PULL = "pull"


class Paragraph(NamedTuple):
    """A paragraph; `raw` is its Markdown, from which places of characters are found. A table's text stands in its cells."""

    runs: tuple[TextRun, ...]
    span: Span
    raw: str
    kind: ParagraphKind = ParagraphKind.TEXT
    table: "Table | None" = None

    @property
    def is_subhead(self) -> bool:
        """Whether it is a subhead."""
        return self.kind is ParagraphKind.SUBHEAD

    @property
    def text(self) -> str:
        """The text without its marks."""
        return "".join(run.text for run in self.runs) if self.table is None else self.table.text

    def place_of(self, needle: str) -> Span:
        """Return where `needle` first stands in the file, or the paragraph's own place."""
        return self.place_at(max(0, self.raw.find(needle)))

    def place_at(self, offset: int) -> Span:
        """Return the place in the file of a character of `raw`; all lines of a text in a manifest are indented alike."""
        line = self.raw.count("\n", 0, offset)
        column = offset - self.raw.rfind("\n", 0, offset) - 1
        return Span(self.span.file, self.span.line + line, self.span.column + column)


class Table(NamedTuple):
    """A table: its heads, rows of as many cells, and where each column stands, None where its cells say that.

    `size` is that of its type, 0 for the body's; `has_rules` says whether rules stand between its columns.
    """

    heads: tuple[Paragraph, ...]
    rows: tuple[tuple[Paragraph, ...], ...]
    aligns: tuple[Align | None, ...]
    size: Emu = 0
    has_rules: bool = False

    @property
    def text(self) -> str:
        """The text of all cells."""
        return "".join(cell.text for row in (self.heads, *self.rows) for cell in row)


class Story(NamedTuple):
    """A story: the words of its head, and its paragraphs."""

    name: str
    kicker: Scalar
    headline: Scalar
    deck: Scalar
    byline: Scalar
    dateline: Scalar
    paragraphs: tuple[Paragraph, ...]
    span: Span
    short: Scalar = NOTHING
    summary: tuple[Scalar, ...] = ()
    column_title: Scalar = NOTHING
    index_title: Scalar = NOTHING

    @property
    def title(self) -> str:
        """The headline in one line."""
        return join_lines(marked_lines(self.headline))

    @property
    def index_entry(self) -> Scalar:
        """What an index prints for the story: its short headline, or else its headline, in one line."""
        return self.index_title if self.index_title.text else self.headline._replace(text=self.title)


def marked_lines(words: Scalar) -> tuple[str, ...]:
    """Return the words of a head in the lines that their writer marked."""
    return tuple(line.strip() for line in words.text.splitlines() if line.strip())
