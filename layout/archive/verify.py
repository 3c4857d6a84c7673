"""Checks a package as a library would: its bag, its files before their schemas, its links, and its texts before each other.

Nothing of the package is trusted: paths that lead out of it are told and not followed, and XML with a DOCTYPE is not read.
"""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from layout.archive import alto, mets, mods
from layout.archive.bag import ALGORITHMS, DECLARATION, INFO, PAYLOAD, decoded
from layout.archive.following import inked
from layout.archive.model import BlockRole
from layout.archive.packed import Use
from layout.archive.viewing import view_findings
from layout.diagnostics import Diagnostic, Span, finding
from layout.messages import Phrase

_SCHEMAS = Path(__file__).resolve().parent / "schemas"
_METS, _ALTO, _MODS = (f"{{{module.NAMESPACE}}}" for module in (mets, alto, mods))
_HREF = f"{{{mets.XLINK}}}href"
_REFERENCES = ("FILEID", "DMDID", "ADMID")

_SEAL = f"tagmanifest-{ALGORITHMS[0]}.txt"

_WHOLE_LINES = ("column-title", "kicker", "headline", "deck", "byline")
"""The words of a head that an article's JSON has as one text each."""


_OF_PICTURES = (BlockRole.CAPTION.value, BlockRole.CREDIT.value)
"""The words of a picture."""


def verify(folder: Path) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a package; the bag first, and its contents only where the bag holds what it says."""
    refusal = _refusal(folder)
    if refusal is not None:
        return (finding("no-bag", Span(str(folder)), path=folder.name, reason=refusal),)
    damage = tuple(_bag_findings(folder))
    return damage or tuple(_content_findings(folder))


def seal(folder: Path) -> str | None:
    """Return the SHA-256 of a bag's list of tag files, None where it is not as it was written; its payload is only measured."""
    if _refusal(folder) is not None:
        return None
    present, listed = _present(folder), _manifest(_lines(folder / _SEAL) or ())
    tags = {path for path in present if not path.startswith((f"{PAYLOAD}/", "tagmanifest-"))}
    damage = (*_digest_findings(folder, listed, present, ALGORITHMS[0]), *_size_findings(folder, present))
    return _digest(folder / _SEAL, ALGORITHMS[0]) if tags == set(listed) and not damage else None


def _refusal(folder: Path) -> Phrase | None:
    if not folder.is_dir():
        return Phrase("没有这个文件夹", "there is no such folder")
    if not (folder / DECLARATION).is_file():
        return Phrase(f"没有 {DECLARATION}", f"it has no {DECLARATION}")
    if not any((folder / f"manifest-{algorithm}.txt").is_file() for algorithm in ALGORITHMS):
        return Phrase("没有校验清单", "it has no manifest of digests")
    return None


# ---- the bag -----------------------------------------------------------------------------------------------------


def _bag_findings(folder: Path) -> Iterator[Diagnostic]:
    present = _present(folder)
    told: set[str] = set()
    for algorithm in ALGORITHMS:
        for name in (f"manifest-{algorithm}.txt", f"tagmanifest-{algorithm}.txt"):
            lines = _lines(folder / name) if name in present else []
            listed = _manifest(lines or [])
            if lines is None or len(listed) < len(lines):
                yield _told(folder, "bag-list", name)
            told |= {name, *listed}
            yield from _digest_findings(folder, listed, present, algorithm)
    yield from (_told(folder, "bag-extra", path) for path in sorted(present - told))
    yield from _size_findings(folder, present)


def _present(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


def _lines(file: Path) -> list[str] | None:
    """Return the lines of a tag file, None where it is no text."""
    try:
        return file.read_text(encoding="utf-8").splitlines() if file.is_file() else None
    except (OSError, UnicodeDecodeError):
        return None


def _manifest(lines: Iterable[str]) -> dict[str, str]:
    """Return the digest of each path of a manifest; fewer than its lines where one is broken or names a path again."""
    pairs = (line.split(maxsplit=1) for line in lines)
    return {decoded(pair[1].strip()): pair[0].lower() for pair in pairs if len(pair) == 2}


def _digest_findings(folder: Path, listed: Mapping[str, str], present: set[str], algorithm: str) -> Iterator[Diagnostic]:
    for path, digest in listed.items():
        if path not in present:
            if algorithm == ALGORITHMS[0]:
                yield _told(folder, "bag-missing", path)
        elif not (folder / path).is_file() or _digest(folder / path, algorithm) != digest:
            yield _told(folder, "bag-changed", path, algorithm=algorithm.upper())


def _digest(file: Path, algorithm: str) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, algorithm).hexdigest()


def _size_findings(folder: Path, present: set[str]) -> Iterator[Diagnostic]:
    """Yield a finding where the payload's size is not what the bag says (Payload-Oxum)."""
    payload = [path for path in present if path.startswith(f"{PAYLOAD}/")]
    found = f"{sum((folder / path).stat().st_size for path in payload)}.{len(payload)}"
    lines = _lines(folder / INFO) or []
    told = next((line.partition(":")[2].strip() for line in lines if line.startswith("Payload-Oxum:")), found)
    if told != found:
        yield _told(folder, "bag-size", INFO, told=told, found=found)


def _told(folder: Path, code: str, path: str, **values: object) -> Diagnostic:
    return finding(code, Span(str(folder / path)), path=path, **values)


# ---- its contents ------------------------------------------------------------------------------------------------


class _Package(NamedTuple):
    """A package while it is read: its METS file, and the paths below the bag of the files that it names, by id."""

    folder: Path
    path: str
    root: Element
    files: dict[str, str]
    uses: dict[str, str]

    def of_use(self, use: Use) -> list[str]:
        """Return the ids of files by their use."""
        return [own for own, known in self.uses.items() if known == use.value]


def _content_findings(folder: Path) -> Iterator[Diagnostic]:
    found = sorted((folder / PAYLOAD).glob("*_mets.xml"))
    if len(found) != 1:
        yield _told(folder, "bag-missing", f"{PAYLOAD}/*_mets.xml")
        return
    path, root = found[0].relative_to(folder).as_posix(), _xml(found[0])
    if not isinstance(root, Element):
        yield _told(folder, "archive-file", path, reason=root)
        return
    yield from _schema_findings(folder, path, root)
    package, entries = _read(folder, path, root)
    lost = tuple(_link_findings(package, entries))
    yield from lost
    if not lost:
        yield from _text_findings(package)
        yield from _page_findings(package)


def _read(folder: Path, path: str, root: Element) -> tuple[_Package, dict[str, Element]]:
    """Return a package by its METS file, and the entries of its files by their ids."""
    entries = {entry.get("ID", ""): entry for entry in root.iter(f"{_METS}file")}
    links = {own: entry.find(f"{_METS}FLocat") for own, entry in entries.items()}
    files = {own: f"{PAYLOAD}/{unquote(link.get(_HREF, ''))}" for own, link in links.items() if link is not None}
    return _Package(folder, path, root, files, {own: entry.get("USE", "") for own, entry in entries.items()}), entries


def _text_findings(package: _Package) -> Iterator[Diagnostic]:
    """Yield what is wrong with the text of pages: by itself, in the map, and before the articles."""
    pages = {own: _xml(package.folder / package.files[own]) for own in package.of_use(Use.TEXT)}
    texts = {own: page for own, page in pages.items() if isinstance(page, Element)}
    for own, page in pages.items():
        path = package.files[own]
        if isinstance(page, Element):
            yield from _schema_findings(package.folder, path, page)
            yield from _place_findings(package, path, page)
        else:
            yield _told(package.folder, "archive-file", path, reason=page)
    if len(texts) == len(pages):
        paths = frozenset((package.path, *package.files.values()))
        yield from view_findings(package.folder, paths, [texts[own] for own in package.of_use(Use.TEXT)])
        yield from _block_findings(package, texts)
        yield from _article_findings(package, texts)


def _xml(file: Path) -> Element | str:
    """Return the root of an XML file, or why it cannot be read."""
    try:
        data = file.read_bytes()
        return "DOCTYPE" if b"<!DOCTYPE" in data else ElementTree.fromstring(data)
    except OSError as error:
        return error.strerror or type(error).__name__
    except ElementTree.ParseError as error:
        return str(error)


def _schema_findings(folder: Path, path: str, root: Element) -> Iterator[Diagnostic]:
    """Yield what a file has against its schema."""
    from lxml import etree

    try:
        tree: Any = etree.fromstring((folder / path).read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        yield _told(folder, "archive-file", path, reason=error.msg)
        return
    if root.tag.startswith(_ALTO):
        judged = [(etree.RelaxNG(file=str(_SCHEMAS / "alto.rng")), tree, "ALTO 4.4")]
    else:
        grammar = etree.RelaxNG(file=str(_SCHEMAS / "mods.rng"))
        judged = [(etree.XMLSchema(file=str(_SCHEMAS / "mets.xsd")), tree, "METS 1.12")]
        judged += [(grammar, etree.fromstring(etree.tostring(record)), "MODS 3.8") for record in tree.iter(f"{_MODS}mods")]
    for judge, judged_tree, schema in judged:
        if not judge.validate(judged_tree):
            yield _told(folder, "archive-schema", path, schema=schema, reason=judge.error_log[0].message)


def _link_findings(package: _Package, entries: Mapping[str, Element]) -> Iterator[Diagnostic]:
    """Yield a finding for each file that is not there or not as the METS file says, and for each id that leads nowhere."""
    payload = os.path.realpath(package.folder / PAYLOAD)
    for own, path in package.files.items():
        file, entry = package.folder / path, entries[own]
        if not file.is_file() or not os.path.realpath(file).startswith(payload + os.sep):
            yield _told(package.folder, "archive-link", package.path, target=path)
        elif entry.get("CHECKSUM") != _digest(file, "sha256") or entry.get("SIZE") != str(file.stat().st_size):
            yield _told(package.folder, "bag-changed", path, algorithm="METS")
    ids = {element.get("ID") for element in package.root.iter() if element.get("ID")}
    for element in package.root.iter():
        for name in _REFERENCES:
            for target in element.get(name, "").split():
                if target not in ids:
                    yield _told(package.folder, "archive-link", package.path, target=target)


def _place_findings(package: _Package, path: str, page: Element) -> Iterator[Diagnostic]:
    """Yield a finding for each place of an ALTO file that is not within that of what holds it."""
    for outer in page.iter():
        box = _box(outer)
        for inner in outer:
            place = _box(inner)
            if box is None or place is None:
                continue
            if place[0] < box[0] or place[1] < box[1] or place[2] > box[2] or place[3] > box[3]:
                yield _told(package.folder, "archive-place", path, block=inner.get("ID", inner.tag.rpartition("}")[2]))


def _box(element: Element) -> tuple[float, float, float, float] | None:
    """Return the left, upper, right and lower edge of an element, None where it has none."""
    try:
        width, height = float(element.attrib["WIDTH"]), float(element.attrib["HEIGHT"])
        x, y = float(element.get("HPOS", 0)), float(element.get("VPOS", 0))
    except (KeyError, ValueError):
        return None
    return x, y, x + width, y + height


def _block_findings(package: _Package, pages: Mapping[str, Element]) -> Iterator[Diagnostic]:
    """Yield a finding for each block that does not stand in the logical map once, and for each that is not there."""
    logical = (map_ for map_ in package.root.iter(f"{_METS}structMap") if map_.get("TYPE") == "LOGICAL")
    counts = Counter(pair for map_ in logical for pair in mets.blocks_of(map_))
    for own, page in pages.items():
        blocks = {block.get("ID", "") for name in ("TextBlock", "Illustration") for block in page.iter(_ALTO + name)}
        for block in sorted(blocks):
            if counts.pop((own, block), 0) != 1:
                path = package.files[own]
                yield _told(package.folder, "archive-block", path, block=block, count=counts[own, block])
    for own, block in counts:
        if counts[own, block]:
            yield _told(package.folder, "archive-link", package.path, target=f"{own} {block}")


def _article_findings(package: _Package, pages: Mapping[str, Element]) -> Iterator[Diagnostic]:
    """Yield a finding for each article without its file, or whose words are not those of its blocks."""
    blocks = {(own, block.get("ID", "")): block for own, page in pages.items() for block in page.iter(f"{_ALTO}TextBlock")}
    for division in package.root.iter(f"{_METS}div"):
        if division.get("TYPE") != "ARTICLE":
            continue
        pointer = division.find(f"{_METS}fptr")
        path = package.files.get(pointer.get("FILEID", "") if pointer is not None else "", "")
        article = _json(package.folder / path) if path else {}
        if not _is_article(article):
            yield _told(package.folder, "archive-link", package.path, target=division.get("LABEL", "") or path)
            continue
        shown: dict[str, str] = {}
        for part in division.findall(f"{_METS}div"):
            text = "".join(_text(blocks[pair]) for pair in mets.blocks_of(part) if pair in blocks)
            shown[part.get("LABEL", "")] = shown.get(part.get("LABEL", ""), "") + text
        for role, words in _words(article).items():
            if inked(words) != inked(shown.get(role, "")):
                yield _told(package.folder, "archive-text", path, article=article.get("id"), text=words or shown.get(role, ""))


def _json(file: Path) -> dict[str, Any]:
    try:
        made = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    return made if isinstance(made, dict) else {}


def _is_article(made: Mapping[str, Any]) -> bool:
    """Return whether plain data have the shape of an article, as far as its words are read."""
    listed: list[Any] = [made.get(name) for name in ("paragraphs", "pictures", "summary")]
    if not all(isinstance(each, list) for each in listed):
        return False
    paragraphs, pictures, summary = listed
    rows = [row for each in paragraphs if isinstance(each, dict) for row in _lists(each.get("rows", []))]
    texts = [each.get("text", "") for each in paragraphs if isinstance(each, dict)]
    words = [*summary, *texts, *(each.get(role, "") for each in pictures if isinstance(each, dict) for role in _OF_PICTURES)]
    are_records = all(isinstance(each, dict) for each in (*paragraphs, *pictures))
    return are_records and all(isinstance(word, str) for word in (*words, *(cell for row in rows for cell in row)))


def _lists(rows: object) -> list[list[Any]]:
    """Return rows that are lists; one cell that is no text for any other."""
    listed = rows if isinstance(rows, list) else [rows]
    return [row if isinstance(row, list) else [None] for row in listed]


def _text(block: Element) -> str:
    return "".join(string.get("CONTENT", "") for string in block.iter(f"{_ALTO}String"))


def _words(article: Mapping[str, Any]) -> dict[str, str]:
    """Return the words of an article by the role in which a page shows them."""
    words = {name: str(article.get(name, "")) for name in _WHOLE_LINES}
    paragraphs = [each for each in article.get("paragraphs", ()) if each.get("kind") != "pull"]
    texts = ["".join(map("".join, each["rows"])) if "rows" in each else each.get("text", "") for each in paragraphs]
    first = next((number for number, each in enumerate(paragraphs) if each.get("kind") == "text"), None)
    if first is not None:
        texts[first] = article.get("dateline", "") + texts[first]
    words[BlockRole.SUMMARY.value] = "".join(article.get("summary", ()))
    words[BlockRole.BODY.value] = "".join(texts)
    for role in _OF_PICTURES:
        words[role] = "".join(each.get(role, "") for each in article.get("pictures", ()))
    return words


def _page_findings(package: _Package) -> Iterator[Diagnostic]:
    """Yield a finding for each page without its text, and for each PDF with another number of pages than it shows."""
    from layout.export.proof import count_pages

    pages = [division for division in package.root.iter(f"{_METS}div") if division.get("TYPE") == "np:page"]
    texts = set(package.of_use(Use.TEXT))
    for page in pages:
        if not any(pointer.get("FILEID") in texts for pointer in page.iter(f"{_METS}fptr")):
            yield _told(package.folder, "archive-link", package.path, target=f"ALTO {page.get('ORDERLABEL', '')}")
    whole = [own for own in package.of_use(Use.ISSUE) if package.files[own].endswith(".pdf")]
    wanted = {**dict.fromkeys(package.of_use(Use.PRINT), 1), **dict.fromkeys(whole, len(pages))}
    for own, count in wanted.items():
        path = package.files[own]
        found = count_pages((package.folder / path).read_bytes())
        if found != count:
            yield _told(package.folder, "archive-pages", path, found=found or 0, wanted=count)
