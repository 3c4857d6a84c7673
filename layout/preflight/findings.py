"""Findings of a preflight: what is wrong, where on the page, how bad, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass

from layout.diagnostics import Language, filled
from layout.messages import Phrase, Severity
from layout.preflight.facts import NOTHING, FileFacts, Found
from layout.preflight.table import CHECKS, List

_MOST_BOXES = 1000
_PLACES = Phrase("（共 {} 处）", " ({} places)")

Edges = tuple[float, float, float, float]
"""Left, top, right and foot in mm from the upper left corner of the trimmed page."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding of one check on one page: the objects that fail it alike, the first of them named.

    Page 0 is the file as a whole. `boxes` are where the objects lie, as many as are worth showing.
    """

    file: str
    code: str
    severity: Severity
    page: int
    boxes: tuple[Edges, ...]
    count: int
    thing: Phrase
    has: object
    limit: object

    @property
    def place(self) -> str:
        """Where it is: file, page, box."""
        parts = [self.file]
        if self.page:
            parts.append(f"page {self.page}")
        if self.boxes:
            left, top, right, foot = self.boxes[0]
            parts.append(f"box {left:g},{top:g} to {right:g},{foot:g} mm")
        return f"{parts[0]}: {', '.join(parts[1:])}" if len(parts) > 1 else parts[0]

    def message(self, language: Language) -> str:
        """Return what was found, in one sentence."""
        row = CHECKS[self.code]
        return filled(row.zh if language is Language.ZH else row.en, self._values, language)

    def hint(self, language: Language) -> str:
        """Return what to do next."""
        row = CHECKS[self.code]
        return filled(row.zh_hint if language is Language.ZH else row.en_hint, self._values, language)

    @property
    def _values(self) -> Iterable[tuple[str, object]]:
        return (("thing", self.thing), ("has", self.has), ("limit", self.limit))

    def more(self, language: Language) -> str:
        """Return how many objects beside the first fail alike."""
        if self.count < 2:
            return ""
        return (_PLACES.zh if language is Language.ZH else _PLACES.en).format(self.count)

    def text(self, language: Language) -> str:
        """Return the finding as a compiler prints it, with its hint on a line of its own."""
        what = f"{self.message(language)}{self.more(language)}"
        head = f"{self.place}: {self.severity.value}[{self.code}]: {what} [{CHECKS[self.code].source}]"
        return f"{head}\n  hint: {self.hint(language)}"

    def as_json(self) -> dict[str, object]:
        """Return the finding as plain data, with the words of both languages."""
        words = {language: language.value for language in Language}
        return {
            "code": self.code,
            "source": CHECKS[self.code].source,
            "severity": self.severity.value,
            "file": self.file,
            "page": self.page,
            "boxes": [list(box) for box in self.boxes],
            "count": self.count,
            "object": {value: filled("{thing}", self._values, language) for language, value in words.items()},
            "has": {value: filled("{has}", self._values, language) for language, value in words.items()},
            "limit": None if self.limit is None else self.limit if isinstance(self.limit, float | int) else str(self.limit),
            "message": {value: self.message(language) for language, value in words.items()},
            "hint": {value: self.hint(language) for language, value in words.items()},
        }


def gathered(name: str, found: Iterable[Found], facts: FileFacts | None, checks: List) -> tuple[Finding, ...]:
    """Return findings by page, the graver first: objects that fail one check with one value on one page are one finding.

    What the list passes over is left out.
    """
    groups: dict[tuple[str, int, str], list[Found]] = {}
    for each in found:
        if checks in CHECKS[each.code].rules:
            groups.setdefault((each.code, each.page, str(each.has)), []).append(each)
    made = [_finding(name, group, facts, checks) for group in groups.values()]
    order = list(CHECKS)
    return tuple(sorted(made, key=lambda each: (each.page, each.severity is not Severity.ERROR, order.index(each.code))))


def _finding(name: str, group: list[Found], facts: FileFacts | None, checks: List) -> Finding:
    first = group[0]
    rule = CHECKS[first.code].rules[checks]
    page = facts.pages[first.page - 1] if facts and first.page else None
    boxes = [page.millimetres(each.box) for each in group[:_MOST_BOXES] if each.box is not None] if page else []
    limit = rule.limit if first.limit is None else first.limit
    thing = first.thing or NOTHING
    return Finding(name, first.code, rule.severity, first.page, tuple(boxes), len(group), thing, first.has, limit)
