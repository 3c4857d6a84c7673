"""What a line costs while a paragraph's lines are chosen: one table, with what each number stands for.

A line set solid costs nothing. All costs are measured by what an opened line costs, which is what a reader sees first.
"""

from layout.script.breaks import Break

OPENED = 15_000.0
"""Times the square of the ems by which each joint opens: a tenth of an em costs 150, a quarter 940."""

OPENED_FIRST = 1000.0
"""Times more, where a house squeezes first: an opening of a fiftieth of an em is dearer than all that marks can give."""

GROWN = 10.0
"""An em by which gaps and word spaces grow within their limits: next to nothing, so that it only decides between equals."""

SQUEEZED = 40.0
"""A line that gives anything, as one opened by a twentieth of an em: what marks can give is left for copy-fitting."""

MARKS_HALVED = 130.0
"""More, by the square of the part that is taken, where all marks but stops and all gaps give what they can: as a tenth."""

STOPS_HALVED = 400.0
"""More, where the stops give all, too, which is CLREQ's last step: as a fifth of an em."""

PUSHED_IN = 0.25
"""The part of these three that a line costs where it ends with a mark that may begin none: it is squeezed in before a
character is pushed out with it (先挤进，后推出, CLREQ `#prohibition_rules_for_line_start_end`)."""

TOO_WIDE = 1e9
"""A line that is wider than its measure once squeezed: only a single glyph or what cannot be parted is."""

RUNT = 50_000.0
"""A last line of one character (孤字): dearer than any line that is not too wide."""

PENALTIES: dict[int, float] = {Break.FREE: 0.0, Break.HYPHEN: 250.0, Break.RELUCTANT: 300.0, Break.RESCUE: 2500.0}
"""Where a line ends: a hyphen or a unit parted from its figure weighs as an eighth of an em, marks in a row as two fifths."""

DEAR, HOPELESS = 1000.0, 4000.0
"""Lines opened by a quarter of an em, and by half of one: the first ask for others to be tried, the second end the search."""

TOLERANCE = 40_000.0
"""States so much dearer than the best one of their line are dropped, which keeps a search line by line linear."""

ENDLESS = 1e18
"""What a break costs to which no lines lead."""
