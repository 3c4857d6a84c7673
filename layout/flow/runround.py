"""Text that runs round what stands in its legs: set and poured for a depth, and the least depth that holds it."""

from typing import NamedTuple

from layout.flow.galley import Galley, ShapedStory, set_galley
from layout.flow.pour import Filled, capacities, holds, level, pour, shortened, spare_lines
from layout.flow.region import Region, Stretch
from layout.flow.uneven import SetIn, pour_uneven, set_once
from layout.units import Emu


class Poured(NamedTuple):
    """A galley in its stretches."""

    galley: Galley
    stretches: tuple[Stretch, ...]
    filled: Filled

    @property
    def spare(self) -> int:
        """The lines that stay free below the text."""
        return sum(capacities(self.stretches)) - sum(self.filled.depths)


class RoundText(NamedTuple):
    """A shaped story, and its galley at the measure of legs in which nothing stands."""

    story: ShapedStory
    set_in: SetIn
    galley: Galley
    em: Emu

    def fits(self, region: Region, depth: int) -> bool:
        """Return whether a region so deep holds the text."""
        stretches = region.stretches(depth)
        if self._is_even(stretches):
            return holds(self.galley, capacities(stretches))
        return not self._poured(stretches).filled.rest

    def poured(self, region: Region, depth: int) -> Poured:
        """Return the text in a region, its legs level or a line apart where they are full."""
        stretches = region.stretches(depth)
        if self._is_even(stretches):
            return self._poured(level(self.galley, stretches))
        whole = self._poured(stretches)
        if whole.filled.rest:
            return whole
        trials = (
            self._poured(next(shortened(stretches, count))) for count in range(spare_lines(whole.galley, stretches), 0, -1)
        )
        return next((trial for trial in trials if not trial.filled.rest), whole)

    def changed(self, galley: Galley) -> "RoundText":
        """Return the text with its paragraphs as much longer or shorter as they are in a galley of it."""
        pairs = enumerate(zip(galley.paragraphs, set_galley(self.story, galley.measure, self.em).paragraphs, strict=True))
        changes = {number: len(made.lines) - len(own.lines) for number, (made, own) in pairs}
        changed = {number: change for number, change in changes.items() if change}
        return self._replace(galley=galley, set_in=set_once(self.story, self.em, changed))

    def guess(self, region: Region) -> int:
        """Return about how deep a region must be to hold the text."""
        area, across = self.galley.depth * self.galley.measure, sum(leg.measure for leg in region.legs)
        depth = -(-area // across)
        while (lacking := area - sum(stretch.lines * stretch.measure for stretch in region.stretches(depth))) > 0:
            depth += -(-lacking // across)
        return depth

    def _is_even(self, stretches: tuple[Stretch, ...]) -> bool:
        return all(stretch.measure == self.galley.measure for stretch in stretches)

    def _poured(self, stretches: tuple[Stretch, ...]) -> Poured:
        if self._is_even(stretches):
            return Poured(self.galley, stretches, pour(self.galley, capacities(stretches)))
        galley, filled = pour_uneven(self.story, self.set_in, stretches, self.em)
        return Poured(galley, stretches, filled)


def round_text(story: ShapedStory, measure: Emu, em: Emu) -> RoundText:
    """Return a story that runs round what stands in legs of a measure."""
    return RoundText(story, set_once(story, em), set_galley(story, measure, em), em)
