"""The issue's manifest for IIIF viewers (Presentation API 3.0, https://iiif.io/api/presentation/3.0/).

A canvas is a page, as large as the page image, so that places are the same pixels as in ALTO. Its text stands in
annotations, one a block, in reading order: whole paragraphs can be searched and read aloud, and lines are in ALTO. Ranges
lead from the issue to its pages, and from each to the articles that begin there, with a part for each page they stand on.

Names must be addresses (section 4.1). Below the paper's own address stand bags as they are, so that copying one there
publishes it. A paper without an address has its names below one that no one can own (RFC 2606, `.invalid`): a viewer says at
once that nothing is there, where a real server's page could be taken for a lost image.
"""

from collections.abc import Iterator, Mapping, Sequence

from layout.archive.bag import PAYLOAD
from layout.archive.data import as_json
from layout.archive.images import fine_size, thumbnail_size
from layout.archive.model import ArchiveIssue, ArchivePage, Article, Block
from layout.archive.packed import VIEW_NAME, PackedFile, Use, media_type, mets_name, service_path
from layout.archive.raster import pixel_box, pixel_size
from layout.geometry import Rect, Size

NO_ADDRESS = "https://no-address.invalid"

_CONTEXTS = ["http://iiif.io/api/extension/text-granularity/context.json", "http://iiif.io/api/presentation/3/context.json"]
_CHINESE = "zh-Hans"

Data = dict[str, object]


def payload_address(issue: ArchiveIssue) -> str:
    """Return where the payload of an issue's bag stands on the web."""
    return f"{issue.address or NO_ADDRESS}/{issue.name}/{PAYLOAD}"


def service_address(issue: ArchiveIssue, number: int) -> str:
    """Return where the tiles of a page stand on the web."""
    return f"{payload_address(issue)}/{service_path(issue.name, number)}"


def iiif_manifest(issue: ArchiveIssue, files: Sequence[PackedFile]) -> bytes:
    """Return the manifest of an issue with the files of its package."""
    view = _View(issue, files)
    own = view.address(VIEW_NAME)
    return as_json(
        {
            "@context": _CONTEXTS,
            "id": own,
            "type": "Manifest",
            "label": _words(f"{issue.paper} 第{issue.number}期{issue.extra} {issue.date.isoformat()}"),
            "metadata": [{"label": _words(label), "value": _words(text)} for label, text in _facts(issue)],
            "navDate": f"{issue.date.isoformat()}T00:00:00Z",
            "viewingDirection": "left-to-right",
            "behavior": ["individuals"],
            "thumbnail": view.thumbnails(issue.pages[0]),
            "seeAlso": [
                view.link(mets_name(issue.name), "Dataset", "METS", "http://www.loc.gov/METS/"),
                view.link(f"{issue.name}.json", "Dataset", "本期数据 JSON"),
                view.link(f"{issue.name}.csv", "Dataset", "本期稿件 CSV"),
            ],
            "rendering": [view.link(file.path, "Text", _READABLE[file.media_type]) for file in files if _is_readable(file)],
            "items": [view.canvas(page) for page in issue.pages],
            "structures": [view.contents()],
        }
    )


_READABLE = {"application/pdf": "本期 PDF", "application/epub+zip": "本期 EPUB"}


def _is_readable(file: PackedFile) -> bool:
    return file.use is Use.ISSUE and file.media_type in _READABLE


def _words(text: str) -> dict[str, list[str]]:
    return {_CHINESE: [text]}


def _facts(issue: ArchiveIssue) -> Iterator[tuple[str, str]]:
    """Yield what is said of an issue, by what it is called."""
    yield "报名", issue.paper
    if issue.latin:
        yield "外文名", issue.latin
    yield "期号", f"第{issue.number}期{issue.extra}"
    yield "出版日期", issue.date.isoformat()
    if issue.edition:
        yield "版本", issue.edition
    yield from issue.imprint


class _View:
    """An issue with the addresses of its files."""

    def __init__(self, issue: ArchiveIssue, files: Sequence[PackedFile]) -> None:
        self._issue = issue
        self._of_pages: Mapping[tuple[int, Use], PackedFile] = {(file.page, file.use): file for file in files if file.page}

    def address(self, path: str) -> str:
        """Return where a file of the payload stands, or what has a name below it."""
        return f"{payload_address(self._issue)}/{path}"

    def link(self, path: str, kind: str, label: str, profile: str = "") -> Data:
        """Return a link to a file of the payload."""
        made: Data = {"id": self.address(path), "type": kind, "label": _words(label), "format": media_type(path)}
        return made | ({"profile": profile} if profile else {})

    def _canvas_name(self, number: int) -> str:
        return self.address(f"iiif/canvas/{number:04d}")

    def _image(self, file: PackedFile, size: Size) -> Data:
        return {"id": self.address(file.path), "type": "Image", "format": file.media_type, **size._asdict()}

    def thumbnails(self, page: ArchivePage) -> list[Data]:
        """Return the thumbnail of a page."""
        return [self._image(self._of_pages[page.number, Use.THUMBNAIL], thumbnail_size(page))]

    def canvas(self, page: ArchivePage) -> Data:
        """Return a page with its image and its text."""
        own = self._canvas_name(page.number)
        text, pdf = (self._of_pages[page.number, use].path for use in (Use.TEXT, Use.PRINT))
        return {
            "id": own,
            "type": "Canvas",
            "label": _words(_page_name(page)),
            **pixel_size(page.size)._asdict(),
            "thumbnail": self.thumbnails(page),
            "seeAlso": [self.link(text, "Dataset", "ALTO", "http://www.loc.gov/standards/alto/")],
            "rendering": [self.link(pdf, "Text", "本版 PDF")],
            "items": [self._annotations(f"{own}/image", [self._painting(page, own)])],
            "annotations": [self._annotations(f"{own}/text", [_text(block, own) for block in page.blocks if block.lines])],
        }

    def _annotations(self, own: str, items: Sequence[Data]) -> Data:
        return {"id": own, "type": "AnnotationPage", "items": items}

    def _painting(self, page: ArchivePage, canvas: str) -> Data:
        """Return the image of a page on its canvas, with its tiles where there are any."""
        fine = self._of_pages.get((page.number, Use.FINE_IMAGE))
        file = fine or self._of_pages[page.number, Use.IMAGE]
        body = self._image(file, fine_size(page) if fine else pixel_size(page.size))
        if (page.number, Use.VIEW) in self._of_pages:
            own = service_address(self._issue, page.number)
            body["service"] = [{"id": own, "type": "ImageService3", "profile": "level0"}]
        return {"id": f"{canvas}/image/1", "type": "Annotation", "motivation": "painting", "body": body, "target": canvas}

    def contents(self) -> Data:
        """Return the ranges of an issue: its pages, with the articles that begin on each."""
        pages = [self._page_range(page) for page in self._issue.pages]
        return self._range("issue", self._issue.paper, pages)

    def _range(self, name: str, label: str, items: Sequence[Data]) -> Data:
        return {"id": self.address(f"iiif/range/{name}"), "type": "Range", "label": _words(label), "items": items}

    def _page_range(self, page: ArchivePage) -> Data:
        begun = (article for article in self._issue.articles if article.number == page.number)
        whole: Data = {"id": self._canvas_name(page.number), "type": "Canvas"}
        return self._range(f"{page.number:04d}", _page_name(page), [whole, *map(self._article_range, begun)])

    def _article_range(self, article: Article) -> Data:
        """Return an article with its part on each page."""
        sizes = {page.number: pixel_size(page.size) for page in self._issue.pages}
        parts: list[Data] = [
            {"id": f"{self._canvas_name(part.number)}#{_place(part.area, sizes[part.number])}", "type": "Canvas"}
            for part in article.parts
        ]
        made = self._range(article.id, article.headline or article.name, parts)
        return made | {"seeAlso": [self.link(f"articles/{article.id}.json", "Dataset", "稿件 JSON")]}


def _page_name(page: ArchivePage) -> str:
    return f"第{page.label}版 {page.section}".rstrip()


def _text(block: Block, canvas: str) -> Data:
    """Return the text of a block at its place."""
    return {
        "id": f"{canvas}/text/{block.id}",
        "type": "Annotation",
        "motivation": "supplementing",
        "textGranularity": "block",
        "body": {"type": "TextualBody", "value": block.reading, "language": _CHINESE, "format": "text/plain"},
        "target": f"{canvas}#xywh={','.join(map(str, pixel_box(block.box)))}",
    }


def _place(area: Rect, size: Size) -> str:
    """Return the fragment for an area, as far as it lies on its page."""
    box = pixel_box(area)
    x, y = max(0, box.x), max(0, box.y)
    return f"xywh={x},{y},{min(box.right, size.width) - x},{min(box.bottom, size.height) - y}"
