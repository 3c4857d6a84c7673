"""Preflight of a file: opens it, reads its pages, runs the checks of a list, gathers what they find."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from layout.messages import Severity
from layout.preflight.checks.boxes import check_boxes, check_sizes
from layout.preflight.checks.colour import check_colour
from layout.preflight.checks.document import check_document, check_extras, intent_space
from layout.preflight.checks.fonts import check_fonts, check_text
from layout.preflight.checks.images import check_images
from layout.preflight.checks.ink import check_ink
from layout.preflight.checks.lines import check_lines
from layout.preflight.facts import FileFacts, Found, PageFacts, Rules, Size, page_facts
from layout.preflight.findings import Finding, gathered
from layout.preflight.reading import Opened, Record, Refusal, open_pdf, read_file
from layout.preflight.table import List

_PAGE_CHECKS: tuple[Callable[[PageFacts, Rules], Iterator[Found]], ...] = (
    check_extras,
    check_boxes,
    check_fonts,
    check_text,
    check_lines,
    check_colour,
    check_images,
)


class Result(NamedTuple):
    """What a preflight of one file found, and the sizes of its pages in mm as they are shown."""

    name: str
    findings: tuple[Finding, ...]
    facts: FileFacts | None

    @property
    def has_errors(self) -> bool:
        """Whether the file must not go to press."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def examine_file(path: Path, checks: List, booked: Size | None = None) -> tuple[Result, bytes]:
    """Return the preflight of a file, and its bytes. Raises OSError where it cannot be read."""
    data = read_file(path)
    if data is None:
        return Result(str(path), gathered(str(path), [Found("too-much-content")], None, checks), None), b""
    return examine(data, str(path), checks, booked), data


def examine(data: bytes, name: str, checks: List, booked: Size | None = None) -> Result:
    """Return the preflight of a PDF against a list, and against a booked size where one is given."""
    opened = open_pdf(data)
    if isinstance(opened, Refusal):
        return Result(name, gathered(name, [Found(opened.value)], None, checks), None)
    try:
        found: list[Found] = []
        pages = tuple(_examined(opened, record, number, Rules(checks), found) for number, record in enumerate(opened.pages, 1))
        facts = FileFacts(opened, pages)
        found += [*check_document(facts, Rules(checks)), *check_sizes(facts, Rules(checks), booked)]
        return Result(name, gathered(name, found, facts, checks), facts)
    finally:
        opened.close()


def _examined(opened: Opened, record: Record, number: int, rules: Rules, found: list[Found]) -> PageFacts:
    """Return a page, what was found on it added to `found`, and its content let go of, since pages can be many and large."""
    page = page_facts(record, number, intent_space(opened.root))
    for check in _PAGE_CHECKS:
        found += check(page, rules)
    found += check_ink(opened, page, rules)
    return page.emptied()
