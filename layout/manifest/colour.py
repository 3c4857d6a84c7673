"""Inks that a paper names for its type: black, red (套红), or four percentages."""

from dataclasses import dataclass
from fractions import Fraction

from layout.diagnostics import Span
from layout.frame import BLACK, Ink
from layout.manifest.kinds import Either, Kind, Record, Schema, entry, one_of, percentage
from layout.manifest.source import Node, Report
from layout.units import per_mille

RED = Ink(magenta=1000, yellow=1000)
"""The red of mastheads (套红): full magenta over full yellow."""

_PART = percentage(0, 100, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class InkParts:
    """An ink by its parts."""

    cyan: Fraction = entry(_PART, "cyan in per cent", Fraction(0))
    magenta: Fraction = entry(_PART, "magenta in per cent", Fraction(0))
    yellow: Fraction = entry(_PART, "yellow in per cent", Fraction(0))
    black: Fraction = entry(_PART, "black in per cent", Fraction(0))
    span: Span = Span("")


_PARTS = Record(InkParts)


class InkKind:
    """Reads an ink by its parts."""

    def read(self, node: Node, report: Report) -> Ink | None:
        """Return the ink."""
        parts = _PARTS.read(node, report)
        return None if parts is None else Ink(*map(per_mille, (parts.cyan, parts.magenta, parts.yellow, parts.black)))

    def schema(self) -> Schema:
        """Return the schema of the parts."""
        return _PARTS.schema()


INK: Kind[Ink] = Either(one_of({"black": BLACK, "red": RED}), InkKind())
