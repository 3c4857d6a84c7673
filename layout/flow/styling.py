"""Which face sets each run of a paragraph."""

from collections.abc import Iterator

from layout.design.grid import PageGrid
from layout.design.plan import BODY_ROLES
from layout.flow.interlinear import has_room
from layout.manifest.copy import Emphasis, Paragraph, ParagraphKind
from layout.manifest.paper import Role
from layout.text.shaped import Over, StyledText

_PLAIN = {ParagraphKind.SUBHEAD: Role.HEI_HEAVY, ParagraphKind.QUOTATION: Role.KAI}
"""The faces of kinds that are not set in the body's (CLREQ, "Four commonly used typefaces"): a quotation is 楷."""


def styled(paragraph: Paragraph, grid: PageGrid, plain: Role | None = None) -> Iterator[StyledText]:
    """Yield a paragraph's runs with their faces; `plain` is that of text without emphasis, by its kind where None is given.

    Dots that have no room between the lines become 黑.
    """
    usual = plain or _PLAIN.get(paragraph.kind)
    for run in paragraph.runs:
        if run.marking.dots and not has_room(Over.DOTS, grid):
            yield StyledText(run.text, Role.HEI_HEAVY.value, run.marking._replace(dots=False))
        else:
            yield StyledText(run.text, _role(usual, paragraph.kind, run.marking.emphasis), run.marking)


def _role(usual: Role | None, kind: ParagraphKind, emphasis: Emphasis) -> str:
    is_plain = emphasis is Emphasis.NONE or kind is ParagraphKind.SUBHEAD
    return usual.value if usual and is_plain else BODY_ROLES[emphasis]
