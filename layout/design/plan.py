"""Issue to plan: one grid for the paper, and the styles that depend on it."""

from typing import NamedTuple

from layout.design.grid import PageGrid, derive_grid
from layout.design.styles import HEADS, HeadStyle
from layout.manifest.areas import Head
from layout.manifest.copy import Emphasis
from layout.manifest.issue import Issue
from layout.manifest.paper import Colon, Hyphens, Role, TypeStyle
from layout.script.rules import TypeRules
from layout.units import PT, Emu, per_mille


class Design(NamedTuple):
    """What every page of an issue shares."""

    grid: PageGrid
    bleed: Emu
    rules: TypeRules

    def head(self, head: Head) -> HeadStyle:
        """Return the style of a head as the manifest asks for it."""
        style = HEADS[head.level]
        headline = style.headline._replace(
            role=head.face or style.headline.role,
            align=head.align or style.headline.align,
            tracking=head.tracking,
            stretch=per_mille(head.stretch),
        )
        if head.align is None:
            return style._replace(headline=headline)
        lines = {name: getattr(style, name)._replace(align=head.align) for name in ("kicker", "deck", "byline")}
        return style._replace(headline=headline, **lines)


BODY_ROLES: dict[Emphasis, str] = {
    Emphasis.NONE: Role.SONG.value,
    Emphasis.STRONG: Role.HEI_HEAVY.value,
    Emphasis.KAI: Role.KAI.value,
}
"""The face of each emphasis in body text."""

RULE: Emu = PT // 4
"""A hairline (正线): about 0.1 mm, the least that newsprint holds."""

HEAVY_RULE: Emu = 5 * PT // 2
"""The heavy line (反线) of masthead and folio: about 0.9 mm."""


def resolve(issue: Issue) -> Design:
    """Return the design of an issue."""
    paper = issue.paper
    return Design(derive_grid(paper.format, paper.leading), paper.bleed, type_rules(paper.type))


def type_rules(style: TypeStyle) -> TypeRules:
    """Return the rules that a paper's style asks for."""
    return TypeRules(
        kinsoku=style.kinsoku,
        marks=style.marks,
        pairs=style.pairs,
        digits=style.digits,
        gap=per_mille(style.gap),
        widest_gap=per_mille(style.widest_gap),
        squeezes_colon=style.colon is Colon.SQUEEZED,
        region=style.region,
        breaking=style.breaking,
        grid=style.grid,
        hyphenates=style.hyphens is Hyphens.LOOSE,
    )
