"""Wires what comes in: files to articles, articles to pages with sketches, pages to a folder that builds."""

import string
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from layout.diagnostics import Diagnostic, Language, Span, finding, has_errors
from layout.incoming.dump import read_dump
from layout.incoming.files import FileKind, read_arrival
from layout.incoming.matter import Article, Facts, Image, Intake, Left, Line, PageMap
from layout.incoming.rules import PARTS, REASONS
from layout.incoming.sketch import LETTERS, draw
from layout.incoming.writing import UNSORTED, PageOut, Placed, issue_yaml, paper_yaml, story_markdown, unsorted_markdown
from layout.manifest.format import FORMATS, Format
from layout.manifest.kinds import Record
from layout.manifest.paper import Paper
from layout.manifest.source import Report, parse_yaml, read_text
from layout.messages import Phrase
from layout.script.halfwidth import has_unpaired_quotes

ISSUE, PAPER = "issue.yaml", "paper.yaml"
_FIRST_PAGE = "01"
_UNKNOWN = Facts(number="1", date="1900-01-01", label=_FIRST_PAGE, paper="未名")
"""What stands where the input does not say it."""

_WANTED = {
    "number": Phrase("总期号", "the issue number"),
    "date": Phrase("日期", "the date"),
    "paper": Phrase("报名", "the name of the paper"),
    "label": Phrase("版次", "the label of the page"),
}
_SUFFIXES = {b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg", b"II*\0": ".tif", b"MM\0*": ".tif", b"RIFF": ".webp"}
_MOST_PICTURE = 64 << 20
_MOST_SHOWN = 40
"""Characters of a line that a finding repeats."""


class Made(NamedTuple):
    """The files of an issue that came in, by their names; none where an error leaves nothing to write."""

    files: dict[str, bytes]
    problems: tuple[Diagnostic, ...]


def import_files(paths: Sequence[Path], paper: Path | None, key: str, language: Language) -> Made:
    """Return an issue's files made from dumps, saved pages, Word and plain text, with all findings.

    `paper` is the file of the paper, without which one is made whose `key` this is.
    """
    report = Report()
    form, paper_files = _paper(paper, report)
    intakes = [intake for path in paths if (intake := _read(path, report)) is not None]
    if not has_errors(tuple(report.problems)):
        _check_issue(intakes, report)
        if not any(intake.articles for intake in intakes):
            report.add("import-no-article", Span(str(paths[0])))
    if has_errors(tuple(report.problems)):
        return Made({}, tuple(report.problems))
    facts = _facts(intakes, paper is not None, report)
    unsorted = [left for intake in intakes for left in (*intake.unsorted, *_not_given(intake.page_map, intakes))]
    furniture = [left for intake in intakes for left in intake.furniture]
    files = dict(paper_files) or {PAPER: paper_yaml(facts, key).encode()}
    pages: list[PageOut] = []
    for said, articles in _pages(intakes, report):
        pages.append(_page_out(said, articles, form, not pages and _is_front(said.label), report, files))
    files[ISSUE] = issue_yaml(PAPER, facts, pages, form).encode()
    for page in pages:
        files |= {placed.name: story_markdown(placed, language).encode() for placed in page.stories}
    words = unsorted_markdown(unsorted, furniture, language)
    if words:
        files[UNSORTED] = words.encode()
    _tell(pages, unsorted, furniture, report)
    return Made(files, tuple(report.problems))


def _paper(path: Path | None, report: Report) -> tuple[Format, dict[str, bytes]]:
    """Return the format of a paper, and its file with the files below its folder that it names."""
    text = read_text(path, str(path), Span(str(path)), report) if path else None
    node = parse_yaml(text, str(path), report) if text is not None else None
    paper = Record(Paper).read(node, report) if node is not None else None
    if path is None or text is None or paper is None:
        return FORMATS["对开"], {}
    files = {PAPER: text.encode()}
    for name in _files_of(paper):
        if (path.parent / name).is_file() and ".." not in Path(name).parts and not Path(name).is_absolute():
            files[name] = (path.parent / name).read_bytes()
    return paper.format, files


def _files_of(paper: Paper) -> Iterator[str]:
    """Yield the files that a paper names: faces, art and the profile of its press."""
    fonts = (font.value.value.file for font in (paper.fonts or {}).values() if font.value is not None)
    named = (paper.masthead.art if paper.masthead else None, paper.colour.profile)
    yield from (*fonts, *(place.value for place in named if place is not None))


def _read(path: Path, report: Report) -> Intake | None:
    name = str(path)
    arrival = read_arrival(path, name, report)
    match arrival.kind if arrival else None:
        case FileKind.WORD:
            from layout.incoming.word import read_word

            return read_word(path, name, report)
        case FileKind.PAGE:
            from layout.incoming.page import read_page

            return read_page(path, arrival.text if arrival else "", name, report)
        case FileKind.TEXT:
            return read_dump(path, arrival.text if arrival else "", name)
    return None


def _check_issue(intakes: Sequence[Intake], report: Report) -> None:
    """Report files that are of another issue than the first that says of which it is."""
    for name in ("number", "date"):
        said = [(getattr(intake.facts, name), intake.path) for intake in intakes if getattr(intake.facts, name)]
        other = next(((value, path) for value, path in said if value != said[0][0]), None)
        if other is not None:
            values = {"what": _WANTED[name], "got": other[0], "wanted": said[0][0]}
            report.add("import-other-issue", Span(str(other[1])), path=other[1].name, **values)


def _facts(intakes: Sequence[Intake], has_paper: bool, report: Report) -> Facts:
    """Return what the files say of their issue, all together; what none says is a finding."""
    found = Facts()
    for intake in intakes:
        found = found.with_others(intake.facts)
    place = Span(str(intakes[0].path))
    for name in ("number", "date", "paper"):
        what = _WANTED[name]
        if not getattr(found, name) and not (has_paper and name == "paper"):
            report.add("import-no-fact", place, what=what, value=getattr(_UNKNOWN, name))
    if found.paper and not has_paper:
        report.add("import-paper-name", place, name=found.paper)
    return found.with_others(_UNKNOWN)


def _label_of(intake: Intake, intakes: Sequence[Intake]) -> Facts:
    """Return the page of a file: what the page that maps it says, or else what it says itself."""
    own = Facts(label=intake.facts.label, section=intake.facts.section)
    mapping = next((other for other in intakes if other.page_map and intake.path.name in other.page_map.outlines), None)
    if mapping is not None:
        return Facts(label=mapping.facts.label, section=mapping.facts.section).with_others(own)
    return own


def _pages(intakes: Sequence[Intake], report: Report) -> list[tuple[Facts, list[Article]]]:
    """Return the pages in the order of their labels, with the facts and the articles of each."""
    pages: dict[str, tuple[Facts, list[Article]]] = {}
    maps = {file: areas for intake in intakes if intake.page_map for file, areas in intake.page_map.outlines.items()}
    for intake in intakes:
        facts = _label_of(intake, intakes)
        label = facts.label or _FIRST_PAGE
        if intake.articles and not facts.label:
            report.add("import-no-fact", Span(str(intake.path)), what=_WANTED["label"], value=label)
        before, articles = pages.get(label, (Facts(label=label), []))
        outlines = maps.get(intake.path.name, ())
        articles += [article._replace(outlines=outlines) for article in intake.articles]
        pages[label] = before.with_others(facts), articles
    held = [(label, page) for label, page in pages.items() if page[1]]
    held.sort(key=lambda page: (len(page[0]), page[0]))
    return [part for _, (facts, articles) in held for part in _parted(facts, articles)]


def _parted(facts: Facts, articles: list[Article]) -> Iterator[tuple[Facts, list[Article]]]:
    """Yield a page; one with more articles than there are letters goes on on pages of labels of its own."""
    for number, start in enumerate(range(0, len(articles), len(LETTERS))):
        label = facts.label if not number else f"Z{number:02d}"
        yield facts._replace(label=label), articles[start : start + len(LETTERS)]


def _is_front(label: str) -> bool:
    return int(label.lstrip(string.ascii_uppercase)) == 1


def _page_out(
    facts: Facts, articles: list[Article], form: Format, has_masthead: bool, report: Report, files: dict[str, bytes]
) -> PageOut:
    drawn = draw(articles, form, has_masthead)
    if any(article.outlines for article in articles) and not drawn.is_from_map:
        report.add("import-plain-sketch", articles[0].place, page=facts.label)
    stories = []
    for number, article in enumerate(articles, start=1):
        stem = f"{facts.label.lower()}-{number:02d}"
        images = tuple(_images(article, stem, report, files))
        stories.append(Placed(article, f"stories/{stem}.md", images))
    return PageOut(facts, tuple(stories), drawn, has_masthead)


def _images(article: Article, stem: str, report: Report, files: dict[str, bytes]) -> Iterator[tuple[str, Image]]:
    """Yield the pictures of an article, each with its file's name among those to be written, "" if it is not at hand."""
    for number, image in enumerate(article.images, start=1):
        data = image.data if image.data is not None else _saved_picture(Path(image.place.file), image.source)
        suffix = next((suffix for begin, suffix in _SUFFIXES.items() if data and data.startswith(begin)), "")
        name = f"pictures/{stem}-{number}{suffix}" if suffix else ""
        if name and data:
            files[name] = data
        report.add("import-picture" if name else "import-no-picture", image.place, name=name, source=image.source)
        yield name, image


def _saved_picture(page: Path, source: str) -> bytes | None:
    """Return the bytes of a picture that was saved with a page; None for one that is not at hand."""
    try:
        parts = urlsplit(source)
        path = page.parent / PurePosixPath(unquote(parts.path))
        if parts.scheme or parts.netloc or not path.is_file() or path.stat().st_size > _MOST_PICTURE:
            return None
        return path.read_bytes()
    except (OSError, ValueError):
        return None


def _not_given(page_map: PageMap | None, intakes: Sequence[Intake]) -> Iterator[Left]:
    """Yield the titles of a page whose articles are not among the files."""
    given = {intake.path.name for intake in intakes}
    for file, line in page_map.titles.items() if page_map else ():
        if file not in given:
            yield Left("not-given", line)


def _tell(pages: Sequence[PageOut], unsorted: Sequence[Left], furniture: Sequence[Left], report: Report) -> None:
    """Report every guess, what looks wrong in the text, and every line that went into no story."""
    for placed in (placed for page in pages for placed in page.stories):
        for guess in placed.article.guesses:
            report.add(
                "import-guess",
                guess.line.place,
                part=PARTS[guess.part],
                text=_shown(guess.line),
                reason=REASONS[guess.reason],
                story=placed.name,
            )
        report.problems += _quotes(placed)
    for left in unsorted:
        report.add("import-unsorted", left.line.place, text=_shown(left.line), reason=REASONS[left.reason])
    kinds: dict[tuple[str, str], list[Line]] = {}
    for left in furniture:
        kinds.setdefault((left.line.place.file, left.reason), []).append(left.line)
    for (_, reason), lines in kinds.items():
        report.add("import-left-out", lines[0].place, text=_shown(lines[0]), reason=REASONS[reason], count=len(lines))


def _shown(line: Line) -> str:
    return " ".join(line.text.split())[:_MOST_SHOWN]


def _quotes(placed: Placed) -> Iterator[Diagnostic]:
    for passage in placed.article.passages:
        if has_unpaired_quotes(passage.markdown):
            yield finding("import-quotes", passage.place, story=placed.name)
