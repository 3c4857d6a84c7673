"""Advert modules on a paper's own grid."""

from typing import NamedTuple

from layout.design.grid import PageGrid
from layout.manifest.modules import Module
from layout.units import divide


class ModuleSize(NamedTuple):
    """A module in base columns and lines; the lines include the white that parts it from what stands below."""

    columns: int
    lines: int


def module_sizes(module: Module, grid: PageGrid) -> tuple[ModuleSize, ...]:
    """Return the sizes in which a paper sells a module: its shares of the type area to the nearest whole column and line.

    Half a column is rounded up, so that half the width of five base columns is three of them. Modules one below the other make
    up the page exactly as far as their shares do, because the white between them is part of each. None come back for a
    module whose size the page gives.
    """
    sizes = (
        ModuleSize(
            max(1, divide(grid.columns * share.width.numerator, share.width.denominator)),
            max(1, divide(grid.lines * share.depth.numerator, share.depth.denominator)),
        )
        for share in module
    )
    return tuple(dict.fromkeys(sizes))
