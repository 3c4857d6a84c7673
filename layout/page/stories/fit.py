"""Whether a story fills its area: what does not fit is told in characters and lines, and so is what stays empty."""

from collections.abc import Sequence

from layout.diagnostics import Diagnostic, finding
from layout.flow.galley import GalleyLine
from layout.manifest.issue import Block, StoryContent
from layout.messages import Phrase
from layout.page.block import Setting

_SQUEEZE = Phrase("，或写 squeeze: tight", ", or allow squeeze: tight")


def overset(
    block: Block, setting: Setting, rest: Sequence[GalleyLine], more: int, could_be_tighter: bool = False
) -> tuple[Diagnostic, ...]:
    """Return the finding for the lines that have no room; `more` lines of depth, or tighter paragraphs, would give it."""
    characters, lines = sum(line.characters for line in rest), sum(line.depth for line in rest)
    remedy = _SQUEEZE if could_be_tighter else ""
    return (_finding("overset", block, setting, characters=characters, lines=lines, more=more, remedy=remedy),)


def too_deep(block: Block, rest: Sequence[GalleyLine], room: int) -> tuple[Diagnostic, ...]:
    """Return the finding for the first piece that has no place in any leg, with the lines that must stand beside it."""
    found = ((line.piece, _together(line)) for line in rest if line.piece is not None)
    piece, lines = next(((piece, lines) for piece, lines in found if lines > room), (None, 0))
    if piece is None:
        return ()
    values = {"text": piece.text, "lines": lines, "room": room, "area": block.letter}
    return (finding("piece-too-deep", piece.span, **values),)


def _together(line: GalleyLine) -> int:
    """Return the depth of a piece with the line above or below it, or the heads, that it needs in its leg."""
    return line.depth + line.kind.leads + line.kind.follows + (line.again.depth if line.again else 0)


def crowded(block: Block, setting: Setting, rest: Sequence[GalleyLine], lines: int, most: int) -> tuple[Diagnostic, ...]:
    """Return the finding for a story that runs down and takes more lines than its area has, however long they are."""
    characters = sum(line.characters for line in rest)
    return (_finding("too-many-paragraphs", block, setting, characters=characters, lines=lines, most=most),)


def underset(block: Block, setting: Setting, characters: int, lines: int, less: int) -> tuple[Diagnostic, ...]:
    """Return the finding for white of so many lines, with room for so many characters; `less` lines of depth remove it."""
    return (_finding("underset", block, setting, characters=characters, lines=lines, less=less),)


def uneven(block: Block, setting: Setting) -> tuple[Diagnostic, ...]:
    """Return the finding for a leg that ends early because a subhead went to the next one."""
    return (_finding("uneven-legs", block, setting),)


def _finding(code: str, block: Block, setting: Setting, **values: object) -> Diagnostic:
    assert isinstance(block.content, StoryContent)
    name = block.content.story.name
    return finding(code, block.span, story=name, area=block.letter, page=setting.page.label, **values)
