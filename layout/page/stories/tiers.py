"""Tiers (档): the legs of a vertical story, which lie above each other.

Source: CLREQ `#considerations_in_designing_type_area` (a line is a whole number of ems long).
"""

from dataclasses import dataclass

from layout.design.grid import PageGrid
from layout.page.block import lines_for
from layout.units import Emu


@dataclass(frozen=True, slots=True)
class Tiers:
    """How many tiers, the ems of their lines, and the distance from the top of one to the top of the next."""

    count: int
    ems: int
    step: Emu


def share_height(lines: int, count: int, grid: PageGrid) -> Tiers:
    """Return the tiers in a depth of page lines: whole ems each, and what does not divide goes to the white between them.

    That white is a line at least. The first em of the first tier and the last em of the last one stand level with the
    first and the last line of level text, but for what does not divide where there is one tier.
    """
    height = lines * grid.pitch - (grid.pitch - grid.em)
    ems = max(0, (height - (count - 1) * grid.pitch) // (count * grid.em))
    white = (height - count * ems * grid.em) // (count - 1) if count > 1 else 0
    return Tiers(count, ems, ems * grid.em + white)


def depth_of_tiers(count: int, ems: int, grid: PageGrid) -> int:
    """Return the least depth in page lines in which `share_height` makes tiers of so many ems."""
    return lines_for(count * ems * grid.em + (count - 1) * grid.pitch + grid.pitch - grid.em, grid.pitch)


def breadth_of_lines(lines: int, grid: PageGrid) -> Emu:
    """Return the breadth of lines beside each other, from the edge of the first one's em to that of the last one's."""
    return (lines - 1) * grid.pitch + grid.em


def lines_across(width: Emu, grid: PageGrid) -> int:
    """Return how many lines have room beside each other in a width; 0 or less where not one has."""
    return (width - grid.em) // grid.pitch + 1
