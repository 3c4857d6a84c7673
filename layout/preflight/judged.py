"""Adverts that come as PDF are judged before they meet the page, and pages before they are delivered."""

from collections.abc import Iterator, Mapping

from layout.diagnostics import Diagnostic, Language, finding
from layout.manifest.issue import AdvertContent, Issue
from layout.manifest.paper import Gravity
from layout.messages import Phrase, Severity
from layout.preflight.examine import examine, examine_file
from layout.preflight.findings import Finding
from layout.preflight.table import List


def advert_findings(issue: Issue) -> Iterator[Diagnostic]:
    """Yield what the preflight of each advert's file finds, at the place that names the file; each file is judged once."""
    if issue.paper.preflight is Gravity.OFF:
        return
    files = {
        block.content.picture.path: block.content.picture.span
        for page in issue.pages
        for block in page.blocks
        if isinstance(block.content, AdvertContent) and block.content.picture.path.suffix.lower() == ".pdf"
    }
    for path, span in files.items():
        result, _ = examine_file(path, List.ADS)
        for found in result.findings:
            told = finding("advert-preflight", span, path=path.name, **_words(found))
            yield told._replace(chosen=_severity(found, issue.paper.preflight))


def page_findings(issue: Issue, files: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    """Yield what the preflight of finished pages finds, as a press would find it in them."""
    for name, data in files.items():
        for found in examine(data, name, List.PAPERS).findings:
            told = finding("page-preflight", issue.span, path=name, place=found.place, **_words(found))
            yield told._replace(chosen=found.severity)


def _words(found: Finding) -> dict[str, Phrase | str]:
    languages = (Language.ZH, Language.EN)
    what = Phrase(*(f"{found.message(language)}{found.more(language)}" for language in languages))
    return {"check": found.code, "what": what, "remedy": Phrase(*(found.hint(language) for language in languages))}


def _severity(found: Finding, gravity: Gravity) -> Severity:
    return Severity.WARNING if gravity is Gravity.WARNING else found.severity
