"""The choices of a house style in setting Chinese: how strict, how wide, how mixed.

Sources: CLREQ `#prohibition_rules_for_line_start_end` (four levels), `#punctuation_width_adjustment` and
`#h-adjustment_of_adjacent_punctuation_marks` (widths), `#mixed_text_composition_in_horizontal_writing_mode` (gap),
`#glyphs_sizes_and_positions_in_character_faces_of_punctuation_marks` (regions),
`#handling_of_grid_alignment_in_chinese_and_western_mixed_text_composition` (strict
grid); GB/T 15835-2011 on the width of figures.
"""

from enum import Enum, IntEnum
from typing import NamedTuple


class Kinsoku(IntEnum):
    """How much is forbidden at the edges of a line (避头尾); each level holds what the one before it holds."""

    NONE = 0
    BASIC = 1
    GB = 2
    STRICT = 3


class MarkWidths(Enum):
    """How wide a mark is that stands by itself.

    An em inside a line, and less where the line needs it (the default, 挤压); an em everywhere (全角); half an em wherever it
    ends no sentence (开明); an em inside a line, and half of one at its end (行末半角). Beside each other marks are brought
    together in all styles.
    """

    SQUEEZED = "squeezed"
    FULL = "full"
    KAIMING = "kaiming"
    LINE_END = "line-end"


class PairWidth(Enum):
    """How wide two marks become of which one is a bracket: 1.5 em, or 1 em where both blanks lie between them."""

    ONE_AND_A_HALF = "one-and-a-half"
    ONE = "one"


class Digits(Enum):
    """How wide figures are."""

    PROPORTIONAL = "proportional"
    HALF = "half"
    FULL = "full"


class Region(Enum):
    """Where marks stand in their em: at its edge on the mainland, in its middle in Taiwan and Hong Kong."""

    MAINLAND = "mainland"
    TAIWAN = "taiwan"


class Breaking(Enum):
    """How lines are chosen: the whole paragraph at once, or one after the other as they come."""

    PARAGRAPH = "paragraph"
    LINE = "line"


class Adjustment(Enum):
    """What a paragraph's lines do first: as little as they can, or squeeze wherever that is enough (先挤进，后推出)."""

    EVEN = "even"
    SQUEEZE_FIRST = "squeeze-first"


class StandingFigures(Enum):
    """How figures stand in lines that run down: up to three level in one em (纵中横), or all turned with the line."""

    LEVEL = "level"
    TURNED = "turned"


class Interlinear(Enum):
    """What room lines and readings beside a text must have: what newspapers lead by, or half an em like dots."""

    NEWSPAPER = "newspaper"
    HALF = "half"


class Axis(Enum):
    """Which way lines of text run: level from left to right, or down the page (竖排)."""

    LEVEL = "level"
    VERTICAL = "vertical"


class Grid(Enum):
    """Whether lines fill their measure, or every character keeps to its em (纵横对齐)."""

    FILLED = "filled"
    STRICT = "strict"


class TypeRules(NamedTuple):
    """A house style. `gap` is the white between Han and Latin, `widest_gap` what it may grow to, in thousandths of an em."""

    kinsoku: Kinsoku = Kinsoku.GB
    marks: MarkWidths = MarkWidths.SQUEEZED
    pairs: PairWidth = PairWidth.ONE_AND_A_HALF
    digits: Digits = Digits.PROPORTIONAL
    gap: int = 250
    widest_gap: int = 333
    squeezes_colon: bool = False
    region: Region = Region.MAINLAND
    breaking: Breaking = Breaking.PARAGRAPH
    grid: Grid = Grid.FILLED
    hyphenates: bool = True
    adjustment: Adjustment = Adjustment.EVEN
    standing_figures: StandingFigures = StandingFigures.LEVEL
    interlinear: Interlinear = Interlinear.NEWSPAPER
