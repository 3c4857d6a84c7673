"""Which face sets each run of a paragraph."""

from collections.abc import Iterator

from layout.design.grid import PageGrid
from layout.design.plan import BODY_ROLES
from layout.flow.interlinear import has_dots
from layout.manifest.copy import Emphasis, Paragraph, ParagraphKind
from layout.manifest.paper import Role
from layout.script.rules import Axis
from layout.text.shaped import StyledText

_ROLES = {ParagraphKind.SUBHEAD: Role.HEI_HEAVY, ParagraphKind.PULL: Role.SONG_HEAVY}
_KAI = (ParagraphKind.QUOTATION, ParagraphKind.EDITORIAL)


def styled(paragraph: Paragraph, grid: PageGrid, axis: Axis = Axis.LEVEL, plain: Role | None = None) -> Iterator[StyledText]:
    """Yield a paragraph's runs with their faces; `plain` is that of text without emphasis, by its kind where None is given.

    Dots that have no room between the lines become 黑.
    """
    for run in paragraph.runs:
        if run.marking.dots and not has_dots(run.marking, grid, axis):
            yield StyledText(run.text, Role.HEI_HEAVY.value, run.marking._replace(dots=False))
        elif plain is not None and run.marking.emphasis is Emphasis.NONE:
            yield StyledText(run.text, plain.value, run.marking)
        else:
            yield StyledText(run.text, _role(paragraph.kind, run.marking.emphasis), run.marking)


def _role(kind: ParagraphKind, emphasis: Emphasis) -> str:
    """Return the face of a run: a subhead is 黑, a pull quote heavy 宋, a quotation and an editor's note 楷.

    Source: CLREQ, "Four commonly used typefaces".
    """
    if kind in _ROLES:
        return _ROLES[kind].value
    is_kai = kind in _KAI and emphasis is Emphasis.NONE
    return BODY_ROLES[Emphasis.KAI if is_kai else emphasis]
