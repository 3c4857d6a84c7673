"""Issue to plan: one grid for the paper, and the styles that depend on it."""

from typing import NamedTuple

from layout.design.grid import PageGrid, derive_grid, spread_grid
from layout.design.styles import HEADS, STEPS, WHITE_ROLES, HeadStyle, LineStyle
from layout.frame import WHITE
from layout.manifest.areas import DARK_GROUND, Head
from layout.manifest.copy import Emphasis
from layout.manifest.issue import Issue, IssuePage
from layout.manifest.paper import Colon, Hyphens, Role, TypeStyle
from layout.script.rules import TypeRules
from layout.script.sizes import SIZES
from layout.units import PT, Emu, parse_length, per_mille


class Design(NamedTuple):
    """What every page of an issue shares."""

    grid: PageGrid
    bleed: Emu
    rules: TypeRules
    sizes: dict[str, Emu] = SIZES
    steps: tuple[Emu, ...] = STEPS
    condensed: int = 850

    def on(self, page: IssuePage) -> "Design":
        """Return the design of a page: a spread has a grid of two pages."""
        return self._replace(grid=spread_grid(self.grid)) if page.spread else self

    def size_name(self, size: Emu) -> str:
        """Return the name of a size (字号), empty where it has none."""
        return next((name for name, named in self.sizes.items() if named == size), "")

    def smaller(self, size: Emu) -> tuple[Emu, ...]:
        """Return a size and the steps below it down to the body's, at which a head may be set that does not fit."""
        em = self.grid.em
        return (size, *(step for step in reversed(self.steps) if em < step < size), em)

    def head(self, head: Head) -> HeadStyle:
        """Return the style of a head as the manifest asks for it."""
        style = self._sized(HEADS[head.level], head)
        headline = style.headline._replace(
            role=head.face or style.headline.role,
            align=head.align or style.headline.align,
            tracking=head.tracking,
            stretch=per_mille(head.stretch),
        )
        style = style._replace(headline=headline)
        if head.align is not None:
            lines = {name: getattr(style, name)._replace(align=head.align) for name in ("kicker", "deck", "byline")}
            style = style._replace(**lines)
        return _in_white(style) if head.ground.value >= DARK_GROUND else style

    @property
    def summary_size(self) -> Emu:
        """The size of a summary: a step above the body's."""
        return min((step for step in self.steps if 8 * step >= 9 * self.grid.em), default=self.grid.em)

    def _sized(self, style: HeadStyle, head: Head) -> HeadStyle:
        """Return a level's style in the sizes that a head asks for; kicker and deck keep to the steps below theirs."""
        size = self._size(head.size, style.headline.size)

        def lesser(line: LineStyle, wanted: str | None) -> LineStyle:
            proportional = line.size * size // style.headline.size
            step = max((step for step in self.steps if step <= proportional), default=proportional)
            return line._replace(size=self._size(wanted, line.size if head.size is None else step))

        return style._replace(
            kicker=lesser(style.kicker, head.kicker_size),
            headline=style.headline._replace(size=size),
            deck=lesser(style.deck, head.deck_size),
        )

    def _size(self, wanted: str | None, default: Emu) -> Emu:
        return default if wanted is None else self.sizes.get(wanted) or parse_length(wanted) or default


def _in_white(style: HeadStyle) -> HeadStyle:
    """Return the style of a head on a dark ground: kicker, headline and deck in white; the byline stands below it."""
    kicker, deck = (line._replace(role=WHITE_ROLES.get(line.role, line.role), ink=WHITE) for line in (style.kicker, style.deck))
    return style._replace(kicker=kicker, headline=style.headline._replace(ink=WHITE), deck=deck)


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
    own = {name: place.value for name, place in (paper.head_sizes or {}).items() if place.value is not None}
    sizes = SIZES | own
    steps = tuple(sorted(set(sizes.values()))) if own else STEPS
    grid = derive_grid(paper.format, paper.leading)
    return Design(grid, paper.bleed, type_rules(paper.type), sizes, steps, per_mille(paper.head_condensed))


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
        adjustment=style.adjustment,
        standing_figures=style.standing_figures,
        interlinear=style.interlinear,
    )
