"""Checks what viewers and readers get out of a package: its IIIF manifest, its tiles, its EPUB; nothing of it is trusted."""

import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from layout.archive import alto
from layout.archive.bag import PAYLOAD
from layout.archive.following import inked
from layout.archive.packed import VIEW_NAME
from layout.archive.raster import FINER
from layout.archive.tiles import INFORMATION, tiles
from layout.diagnostics import Diagnostic, Span, finding
from layout.geometry import Size
from layout.messages import Phrase

_ALTO = f"{{{alto.NAMESPACE}}}"
_FILES = ("Image", "Dataset", "Text")
"""What in a manifest is a file of the package, by its type."""

_SIZE, _TEXT = Phrase("尺寸", "size"), Phrase("文字", "text")
_OTHER_SIZE = Phrase("尺寸不是细图的", "its size is not that of a fine image")
_EPUB = b"application/epub+zip"


class _PageText(NamedTuple):
    """What ALTO says of a page: its size in pixels, and the text of its blocks by their ids."""

    size: Size
    blocks: Mapping[str, str]


def view_findings(folder: Path, paths: frozenset[str], pages: Sequence[Element]) -> Iterator[Diagnostic]:
    """Yield what is wrong for viewers; `paths` are the package's files, `pages` its ALTO files in the order of the pages."""
    texts = [_page_text(page) for page in pages]
    for path in sorted(paths):
        if path == f"{PAYLOAD}/{VIEW_NAME}":
            yield from _manifest_findings(folder, path, paths, texts)
        elif path.endswith(f"/{INFORMATION}"):
            finer = {Size(FINER * text.size.width, FINER * text.size.height) for text in texts}
            yield from _tile_findings(folder, path, paths, finer)
        elif path.endswith(".epub"):
            yield from _book_findings(folder, path)


def _told(folder: Path, code: str, path: str, **values: object) -> Diagnostic:
    return finding(code, Span(str(folder / path)), path=path, **values)


def _page_text(page: Element) -> _PageText:
    whole = page.find(f".//{_ALTO}Page")
    width, height = (whole.get(name, "") if whole is not None else "" for name in ("WIDTH", "HEIGHT"))
    size = Size(int(width), int(height)) if width.isdecimal() and height.isdecimal() else Size(0, 0)
    blocks = {block.get("ID", ""): block for block in page.iter(f"{_ALTO}TextBlock")}
    return _PageText(size, {own: _content(block) for own, block in blocks.items()})


def _content(block: Element) -> str:
    return "".join(string.get("CONTENT", "") for string in block.iter(f"{_ALTO}String"))


def _read(folder: Path, path: str) -> object | Diagnostic:
    """Return plain data, or the finding why they cannot be read."""
    try:
        made: object = json.loads((folder / path).read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        return _told(folder, "archive-file", path, reason=str(error))
    return made


def _manifest_findings(folder: Path, path: str, paths: frozenset[str], texts: list[_PageText]) -> Iterator[Diagnostic]:
    """Yield each file that is not there, and each page that is not as large or does not say what its ALTO file says."""
    made = _read(folder, path)
    if isinstance(made, Diagnostic):
        yield made
        return
    records = list(_records(made))
    base = next((str(each.get("id")) for each in records if each.get("type") == "Manifest"), "").removesuffix(VIEW_NAME)
    for each in records:
        own = str(each.get("id", ""))
        if each.get("type") in _FILES and (not base or f"{PAYLOAD}/{own.removeprefix(base)}" not in paths):
            yield _told(folder, "archive-link", path, target=own)
    canvases = [each for each in records if each.get("type") == "Canvas" and "items" in each]
    if len(canvases) != len(texts):
        yield _told(folder, "archive-pages", path, found=len(canvases), wanted=len(texts))
        return
    for number, (canvas, text) in enumerate(zip(canvases, texts, strict=True), 1):
        if (canvas.get("width"), canvas.get("height")) != text.size:
            yield _told(folder, "archive-view", path, page=number, what=_SIZE)
        if _words(canvas) != text.blocks:
            yield _told(folder, "archive-view", path, page=number, what=_TEXT)


def _records(value: object) -> Iterator[dict[str, Any]]:
    """Yield the records in plain data, each before those within it, in their order."""
    pending = [value]
    while pending:
        each = pending.pop()
        if isinstance(each, dict):
            yield each
        within = each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()
        pending += reversed(list(within))


def _words(canvas: dict[str, Any]) -> dict[str, str]:
    """Return the text of a canvas by the ids of its blocks."""
    bodies = ((each.get("id"), each.get("body")) for each in _records(canvas) if each.get("motivation") == "supplementing")
    texts = {str(own).rpartition("/")[2]: body.get("value") for own, body in bodies if isinstance(body, dict)}
    return {own: inked(str(text)) for own, text in texts.items()}


def _tile_findings(folder: Path, path: str, paths: frozenset[str], sizes: set[Size]) -> Iterator[Diagnostic]:
    """Yield a finding where an image is not one of the pages' finer ones, or for each of its tiles that is not there."""
    made = _read(folder, path)
    if isinstance(made, Diagnostic):
        yield made
        return
    told = [made.get("width"), made.get("height")] if isinstance(made, dict) else []
    found = next((size for size in sizes if list(size) == told), None)
    if found is None:
        yield _told(folder, "archive-file", path, reason=_OTHER_SIZE)
        return
    for tile in tiles(found):
        wanted = f"{path.removesuffix(INFORMATION)}{tile.path}"
        if wanted not in paths:
            yield _told(folder, "archive-link", path, target=wanted)


def _book_findings(folder: Path, path: str) -> Iterator[Diagnostic]:
    """Yield a finding where an EPUB is no whole container, or does not say first what it is (OCF, section 4.3)."""
    try:
        with zipfile.ZipFile(folder / path) as container:
            first = container.infolist()[0] if container.infolist() else None
            broken = container.testzip()
            is_epub = first is not None and first.filename == "mimetype" and container.read(first) == _EPUB
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        yield _told(folder, "archive-file", path, reason=str(error))
        return
    if broken or not is_epub:
        yield _told(folder, "archive-file", path, reason=broken or "mimetype")
