"""Word files (.docx): paragraphs, subheads, lists, tables, notes and pictures; the only module that imports docx."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layout.diagnostics import Span
from layout.incoming.dump import parted_dateline
from layout.incoming.matter import Article, Guess, Image, Intake, Left, Line, Passage
from layout.incoming.rules import DASH, head_order, is_byline, is_text
from layout.incoming.words import bare, markdown_of
from layout.manifest.source import Report
from layout.messages import Phrase

if TYPE_CHECKING:
    from docx.document import Document

MOST_UNPACKED = 256 << 20
"""Bytes of all parts of a file once they are unpacked; a zip bomb has more."""

MOST_PART = 64 << 20
_MOST_TIMES = 200
"""How many times larger than packed a part may be that has a megabyte or more: text shrinks to a fiftieth at most."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_V_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXTS = {f"{_W}t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"}
_SYMBOL = f"{_W}sym"
_ART = "{urn:schemas-microsoft-com:vml}textpath"
_DRAWN = {
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
}
_BREAKS = {f"{_W}br", f"{_W}cr"}
_NOTES = {f"{_W}footnoteReference": "footnotes", f"{_W}endnoteReference": "endnotes"}
_TITLES = frozenset({"title", "标题"})
_SUBTITLES = frozenset({"subtitle", "副标题"})
_HEADING = re.compile(r"(?i)(?:heading|标题) ?([1-9])")
_MOST_STYLES = 20
_LONGEST_KICKER = 2
_NOT_WORD = Phrase("压缩文件，不是 Word", "an archive and no Word file")


@dataclass(slots=True)
class _Paragraph:
    """A paragraph: its Markdown and bare text, the name of its style, and the label before it where it is an item of a list."""

    markdown: str
    line: Line
    style: str
    item: str = ""
    is_table: bool = False


@dataclass(slots=True)
class _Reading:
    """A Word file while it is read; `number` counts paragraphs, which stand for lines in findings."""

    document: "Document"
    name: str
    number: int = 0
    paragraphs: list[_Paragraph] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    notes: dict[str, dict[str, str]] = field(default_factory=dict)
    styles: dict[str, Any] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def place(self) -> Span:
        """The place of the paragraph under way."""
        return Span(self.name, self.number, 1)


def read_word(path: Path, name: str, report: Report) -> Intake | None:
    """Return what is found in a Word file; None with a finding for one that is damaged, a bomb or no Word file."""
    if not _is_sound(path, name, report):
        return None
    import docx
    from docx.opc.exceptions import OpcError

    try:
        document = docx.Document(str(path))
        reading = _Reading(document, name)
        reading.notes = {kind: dict(_notes(document, kind)) for kind in _NOTES.values()}
        reading.styles = {style.get(f"{_W}styleId") or "": style for style in document.styles.element.iter(f"{_W}style")}
        _read_blocks(document.element.body, reading)
        _read_edges(document, reading)
    except (OpcError, KeyError, ValueError, SyntaxError, AttributeError, zipfile.BadZipFile, NotImplementedError, EOFError):
        report.add("import-broken", Span(name), path=name)
        return None
    return _intake(path, reading)


def _is_sound(path: Path, name: str, report: Report) -> bool:
    """Return whether an archive holds a document and is no bomb; what it says of its sizes is not trusted alone."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            if not any(info.filename == "[Content_Types].xml" for info in infos):
                report.add("import-kind", Span(name), path=name, kind=_NOT_WORD)
                return False
            if _is_bomb(infos):
                report.add("import-bomb", Span(name), path=name)
                return False
            return (archive.testzip() is None and not _has_entities(archive)) or _broken(name, report)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        return _broken(name, report)
    except zipfile.zlib.error:  # type: ignore[attr-defined]
        return _broken(name, report)


def _is_bomb(infos: list[zipfile.ZipInfo]) -> bool:
    grown = any(
        info.file_size > MOST_PART or (info.file_size > 1 << 20 and info.file_size > _MOST_TIMES * max(1, info.compress_size))
        for info in infos
    )
    return grown or len(infos) > 10_000 or sum(info.file_size for info in infos) > MOST_UNPACKED


def _has_entities(archive: zipfile.ZipFile) -> bool:
    """Return whether a part declares a document type, which no Word file does: entities could multiply its text."""
    parts = (info for info in archive.infolist() if info.filename.endswith((".xml", ".rels")))
    return any(b"<!DOCTYPE" in archive.read(part) for part in parts)


def _broken(name: str, report: Report) -> bool:
    report.add("import-broken", Span(name), path=name)
    return False


def _notes(document: "Document", kind: str) -> Iterator[tuple[str, str]]:
    """Yield the foot- or endnotes of a document by their numbers."""
    from docx.oxml import parse_xml

    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            for note in parse_xml(relation.target_part.blob).iter(f"{_W}{kind[:-1]}"):
                words = "".join(text.text or "" for text in note.iter(f"{_W}t"))
                if bare(words):
                    yield note.get(f"{_W}id") or "", bare(words)


def _read_edges(document: "Document", reading: _Reading) -> None:
    """Leave headers, footers and comments with what is in no story."""
    from docx.oxml import parse_xml

    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        reason = {"header": "page-head", "footer": "page-head", "comments": "comment"}.get(kind)
        if reason and not relation.is_external:
            for paragraph in parse_xml(relation.target_part.blob).iter(f"{_W}p"):
                words = bare("".join(text.text or "" for text in paragraph.iter(f"{_W}t")))
                if words:
                    reading.left.append(Left(reason, Line(words, Span(reading.name))))


def _read_blocks(element: Any, reading: _Reading) -> None:
    """Read the paragraphs and tables of an element, those within other elements of it, too, in their order."""
    for child in _blocks_of(element):
        if child.tag == f"{_W}tbl":
            _read_table(child, reading)
        else:
            _read_paragraph(child, reading)


def _blocks_of(element: Any) -> Iterator[Any]:
    """Yield paragraphs and tables, without those that stand within one of them."""
    stack = list(reversed(list(element)))
    while stack:
        child = stack.pop()
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag != _FALLBACK:
            stack += reversed(list(child))


def _read_paragraph(element: Any, reading: _Reading) -> None:
    reading.number += 1
    style = _style(element, reading)
    for words, markdown in _rows(element, reading):
        if words:
            reading.paragraphs.append(_Paragraph(markdown, Line(words, reading.place), style, _item(element, reading)))
    for box in element.iter(f"{_W}txbxContent"):
        if next(box.iterancestors(_FALLBACK), None) is None and next(box.iterancestors(f"{_W}p"), None) is element:
            _read_blocks(box, reading)


def _rows(element: Any, reading: _Reading) -> list[tuple[str, str]]:
    """Return the lines of a paragraph, parted by its line breaks: bare, and as Markdown with its bold text marked."""
    rows: list[list[tuple[str, bool]]] = [[]]
    for node in _inline(element, reading):
        if node.tag in _BREAKS:
            rows.append([])
        elif node.tag in _TEXTS:
            rows[-1].append((node.text or "", _is_bold(node)))
        elif node.tag in (f"{_W}tab", f"{_W}noBreakHyphen"):
            rows[-1].append(("\t" if node.tag == f"{_W}tab" else "-", False))
        elif node.tag == f"{_W}delText":
            words = bare(node.text or "")
            reading.left += [Left("deleted", Line(words, reading.place))] if words else []
        elif node.tag in _NOTES:
            _read_note(node, reading)
        elif node.tag in (_SYMBOL, _ART, *_DRAWN):
            reading.left.append(_drawn(node, reading))
        else:
            _read_image(node, reading)
    return [(bare("".join(text for text, _ in row)), _marked(row)) for row in rows]


def _inline(element: Any, reading: _Reading) -> Iterator[Any]:
    """Yield what stands in a paragraph in its order, without the text of boxes and of fallbacks."""
    kinds = {
        *_TEXTS,
        *_DRAWN,
        _SYMBOL,
        _ART,
        f"{_W}tab",
        f"{_W}noBreakHyphen",
        f"{_W}delText",
        _A_BLIP,
        _V_IMAGE,
        *_BREAKS,
        *_NOTES,
    }
    stack = list(reversed(list(element)))
    while stack:
        node = stack.pop()
        if node.tag in kinds:
            yield node
        elif node.tag not in (_FALLBACK, f"{_W}txbxContent", f"{_W}pPr"):
            stack += reversed(list(node))


def _drawn(node: Any, reading: _Reading) -> Left:
    """Return what stands for a symbol of a font of its own, for letters that are drawn, for a chart or a diagram."""
    if node.tag == _SYMBOL:
        return Left("symbol", Line(f"U+{node.get(f'{_W}char') or ''} {node.get(f'{_W}font') or ''}", reading.place))
    words = bare(node.get("string") or "")
    return Left("art", Line(words, reading.place)) if words else Left("chart", Line(node.tag.rpartition("}")[2], reading.place))


def _read_note(node: Any, reading: _Reading) -> None:
    """Leave a note, at the place of its mark, with what is in no story."""
    words = reading.notes[_NOTES[node.tag]].pop(node.get(f"{_W}id") or "", "")
    if words:
        reading.left.append(Left("note", Line(words, reading.place)))


def _read_image(node: Any, reading: _Reading) -> None:
    number = node.get(f"{_R}embed") or node.get(f"{_R}id") or node.get(f"{_R}link") or ""
    relation = reading.document.part.rels.get(number)
    if relation is None:
        return
    data = None if relation.is_external else relation.target_part.blob
    source = relation.target_ref if relation.is_external else str(relation.target_part.partname)
    reading.images.append(Image(source, reading.place, data))


def _is_bold(node: Any) -> bool:
    run = next(node.iterancestors(f"{_W}r"), None)
    bold = run.find(f"{_W}rPr/{_W}b") if run is not None else None
    return bold is not None and bold.get(f"{_W}val", "1") not in ("0", "false", "off", "none")


def _marked(row: list[tuple[str, bool]]) -> str:
    """Return a line as Markdown: bold text between asterisks, unless all of the line is bold or it would not be read so."""
    texts = [(bare(text) if number in (0, len(row) - 1) else text, is_bold) for number, (text, is_bold) in enumerate(row)]
    plain = markdown_of(bare("".join(text for text, _ in row)))
    if all(is_bold or not text.strip() for text, is_bold in texts) or not any(is_bold for _, is_bold in texts):
        return plain
    return _with_strong(bare("".join(text for text, _ in row)), row)


def _with_strong(words: str, row: list[tuple[str, bool]]) -> str:
    """Return words with asterisks round their bold parts, which hold Han at both ends so that they are read as strong."""
    made, place = "", 0
    for bold in _bold_parts(row):
        start = words.find(bold, place)
        if start < 0:
            continue
        made += _inner(words[place:start], not made) + f"**{_inner(bold, False)}**"
        place = start + len(bold)
    return made + _inner(words[place:], not made)


def _bold_parts(row: list[tuple[str, bool]]) -> Iterator[str]:
    """Yield the bold texts of a line, those beside each other as one, without marks and white at their ends."""
    part = ""
    for text, is_bold in [*row, ("", False)]:
        if is_bold:
            part += text
            continue
        inner = re.search(r"[\u4e00-\u9fff](?:.*[\u4e00-\u9fff])?", part)
        if inner:
            yield inner[0]
        part = ""


def _inner(words: str, is_first: bool) -> str:
    """Return a piece of a line as Markdown; only at the start of a line do its first signs count."""
    return markdown_of(words) if is_first or not words else markdown_of("字" + words)[1:]


def _style(element: Any, reading: _Reading) -> str:
    key = _value(element.find(f"{_W}pPr"), "pStyle")
    return (_value(reading.styles.get(key), "name") or key).lower()


def _item(element: Any, reading: _Reading) -> str:
    """Return the label of a list's item in Markdown, counted in its list; empty for what is no item."""
    places = (element, *_styles_of(element, reading))
    number = next((found for place in places if (found := place.find(f"{_W}pPr/{_W}numPr")) is not None), None)
    key = _value(number, "numId")
    if not key or key == "0":
        return ""
    if _is_bulleted(key, _value(number, "ilvl") or "0", reading):
        return "- "
    reading.counts[key] = reading.counts.get(key, 0) + 1
    return f"{reading.counts[key]}. "


def _styles_of(element: Any, reading: _Reading) -> Iterator[Any]:
    """Yield the style of a paragraph and those that it is based on."""
    key = _value(element.find(f"{_W}pPr"), "pStyle")
    for _ in range(_MOST_STYLES):
        style = reading.styles.get(key)
        if style is None:
            return
        yield style
        key = _value(style, "basedOn")


def _is_bulleted(key: str, level: str, reading: _Reading) -> bool:
    """Return whether a list's items have bullets; one that is described nowhere has."""
    part = next((one.target_part for one in reading.document.part.rels.values() if one.reltype.endswith("/numbering")), None)
    root = getattr(part, "element", None)
    if root is None:
        return True
    number = next((one for one in root.iter(f"{_W}num") if one.get(f"{_W}numId") == key), None)
    abstract = _value(number, "abstractNumId")
    lists = (one for one in root.iter(f"{_W}abstractNum") if one.get(f"{_W}abstractNumId") == abstract)
    levels = (one for found in lists for one in found.iter(f"{_W}lvl") if one.get(f"{_W}ilvl") == level)
    return next((_value(one, "numFmt") == "bullet" for one in levels), True)


def _value(element: Any, name: str) -> str:
    """Return the value of an element's child; empty where there is none."""
    child = element.find(f"{_W}{name}") if element is not None else None
    return (child.get(f"{_W}val") or "") if child is not None else ""


def _read_table(element: Any, reading: _Reading) -> None:
    """Read a table into one of Markdown; where its rows are of unequal length or it has another in it, as paragraphs."""
    rows = []
    for row in element.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl"), None) is element:
            rows.append([cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr"), None) is row])
    is_even = len({len(row) for row in rows}) == 1 and len(rows) > 1 and len(rows[0]) > 1
    if not is_even or next(element.iterdescendants(f"{_W}tbl"), None) is not None:
        for paragraph in _blocks_within(element):
            _read_paragraph(paragraph, reading)
        return
    before = len(reading.paragraphs)
    texts = []
    for row in rows:
        texts.append([_cell(cell, reading) for cell in row])
    del reading.paragraphs[before:]
    lines = ["| " + " | ".join(row) + " |" for row in texts]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    if any(cell for row in texts[1:] for cell in row):
        line = Line(" ".join(map(" ".join, texts)), reading.place)
        reading.paragraphs.append(_Paragraph("\n".join(lines), line, "", is_table=True))
    else:
        for cell in (cell for row in texts for cell in row if cell):
            reading.paragraphs.append(_Paragraph(cell, Line(cell, reading.place), ""))


def _blocks_within(element: Any) -> Iterator[Any]:
    """Yield the paragraphs of a table and of tables in it."""
    for paragraph in element.iter(f"{_W}p"):
        if next(paragraph.iterancestors(_FALLBACK, f"{_W}txbxContent"), None) is None:
            yield paragraph


def _cell(element: Any, reading: _Reading) -> str:
    """Return the words of a cell in one line of Markdown."""
    before = len(reading.paragraphs)
    _read_blocks(element, reading)
    words = " ".join(paragraph.line.text for paragraph in reading.paragraphs[before:])
    return markdown_of(words).replace("\n", " ")


def _intake(path: Path, reading: _Reading) -> Intake:
    for notes in reading.notes.values():
        reading.left += [Left("note", Line(words, Span(reading.name))) for words in notes.values()]
    article = _article(reading)
    if article is None:
        lone = [Left("no-text", paragraph.line) for paragraph in reading.paragraphs]
        return Intake(path, unsorted=(*lone, *reading.left))
    return Intake(path, articles=(article,), unsorted=tuple(reading.left))


def _article(reading: _Reading) -> Article | None:
    """Return the article of a Word file: its title by style, or else the lines before its text."""
    paragraphs = reading.paragraphs
    titled = next((number for number, one in enumerate(paragraphs) if one.style in _TITLES), None)
    if titled is None:
        titled = next((number for number, one in enumerate(paragraphs[:3]) if _HEADING.fullmatch(one.style)), None)
    parts: dict[str, list[Line]] = {}
    guesses: list[Guess] = []
    if titled is not None and titled <= _LONGEST_KICKER:
        parts = {"kicker": [one.line for one in paragraphs[:titled]], "headline": [paragraphs[titled].line]}
        rest = paragraphs[titled + 1 :]
        while rest and (rest[0].style in _SUBTITLES or DASH.match(rest[0].line.text)) and len(parts.get("deck", [])) < 2:
            parts.setdefault("deck", []).append(rest.pop(0).line)
        guesses += [Guess("kicker", "above", line) for line in parts["kicker"]]
    else:
        rest = _parted_head(paragraphs, parts, guesses)
    byline = [rest.pop(0).line] if rest and is_byline(rest[0].line.text) else []
    if not byline and len(rest) > 1 and is_byline(rest[-1].line.text):
        byline = [rest.pop().line]
    guesses += [Guess("byline", "writer", line) for line in byline]
    if not rest or not parts.get("headline"):
        return None
    dateline, rest[0] = _parted(rest[0])
    guesses += [Guess("dateline", "wire", line) for line in dateline]
    return Article(
        tuple(parts["headline"]),
        tuple(_passages(rest)),
        kicker=tuple(parts.get("kicker", ())),
        deck=tuple(parts.get("deck", ())),
        byline=tuple(byline),
        dateline=dateline,
        images=tuple(reading.images),
        guesses=tuple(guesses),
    )


def _parted(paragraph: _Paragraph) -> tuple[tuple[Line, ...], _Paragraph]:
    """Return the dateline with which a paragraph begins, if it does, and the paragraph without it."""
    dateline, first = parted_dateline(paragraph.line)
    if not dateline or paragraph.is_table or paragraph.item:
        return (), paragraph
    return dateline, _Paragraph(_without(paragraph.markdown, dateline[0], first), first, paragraph.style)


def _without(markdown: str, dateline: Line, first: Line) -> str:
    """Return the Markdown of a paragraph without its dateline; marks in the dateline itself are given up."""
    start = markdown_of(dateline.text)
    return markdown[len(start) :].lstrip() if markdown.startswith(start) else markdown_of(first.text)


def _parted_head(paragraphs: list[_Paragraph], parts: dict[str, list[Line]], guesses: list[Guess]) -> list[_Paragraph]:
    """Sort the lines before the text into the parts of a head; return the paragraphs that follow."""
    head: list[Line] = []
    for one in paragraphs[:-1]:
        if is_text(one.line.text) or is_byline(one.line.text) or one.is_table or one.item or len(head) == 3:
            break
        head.append(one.line)
    if not head and paragraphs:
        head = [paragraphs[0].line]
    for line, (part, reason) in zip(head, head_order([line.text for line in head], []), strict=True):
        parts.setdefault(part, []).append(line)
        guesses.append(Guess(part, reason, line))
    return paragraphs[len(head) :]


def _passages(paragraphs: list[_Paragraph]) -> Iterator[Passage]:
    for one in paragraphs:
        is_subhead = bool(_HEADING.fullmatch(one.style)) or one.style in _TITLES | _SUBTITLES
        sign = "## " if is_subhead else one.item
        yield Passage(sign + one.markdown, one.line.place)
