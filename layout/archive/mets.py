"""The issue's METS 1.12 file: its files with their digests, its pages, and its articles down to blocks of text.

The physical map comes first, in the shape of NDNP (np:issue, np:page); the logical map has the head, the text, the pictures and
captions of each article by the ids of their ALTO blocks. Furniture is in the logical map, too: each block is in it once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple
from xml.etree.ElementTree import Element

from layout import __version__
from layout.archive import mods
from layout.archive.markup import add, root, xml_bytes
from layout.archive.model import ArchiveIssue, ArchivePage, Article, Block, BlockRole
from layout.archive.packed import PackedFile, Use

NAMESPACE = "http://www.loc.gov/METS/"
XLINK = "http://www.w3.org/1999/xlink"

_DIVISIONS = {
    BlockRole.COLUMN_TITLE: "HEADING",
    BlockRole.KICKER: "HEADING",
    BlockRole.HEADLINE: "HEADING",
    BlockRole.DECK: "HEADING",
    BlockRole.CONTINUED: "HEADING",
    BlockRole.SUMMARY: "ABSTRACT",
    BlockRole.BYLINE: "BYLINE",
    BlockRole.BODY: "BODY",
    BlockRole.PULL: "BODY",
    BlockRole.APART: "BODY",
    BlockRole.PICTURE: "ILLUSTRATION",
    BlockRole.CAPTION: "CAPTION",
    BlockRole.CREDIT: "CAPTION",
    BlockRole.ADVERT: "ADVERTISEMENT",
    BlockRole.FURNITURE: "FURNITURE",
}


class _Placed(NamedTuple):
    """A block and the id of its page's ALTO file."""

    block: Block
    file: str


def mets_file(issue: ArchiveIssue, files: Sequence[PackedFile]) -> bytes:
    """Return the METS file of an issue with the files of its package."""
    ids = {file.path: _file_id(number, file) for number, file in enumerate(files, 1)}
    made = root(
        "mets",
        {
            "xmlns": NAMESPACE,
            "xmlns:mods": mods.NAMESPACE,
            "xmlns:xlink": XLINK,
            "TYPE": "Newspaper",
            "OBJID": issue.name,
            "LABEL": f"{issue.paper} {issue.date.isoformat()}",
        },
    )
    head = add(made, "metsHdr", {"CREATEDATE": f"{issue.date.isoformat()}T00:00:00"})
    agent = add(head, "agent", {"ROLE": "CREATOR", "TYPE": "OTHER", "OTHERTYPE": "SOFTWARE"})
    add(agent, "name", text=f"Banmian {__version__}")
    _descriptions(made, issue)
    _files(made, files, ids)
    _physical(made, issue, files, ids)
    _logical(made, issue, files, ids)
    return xml_bytes(made)


def _file_id(number: int, file: PackedFile) -> str:
    return f"{file.use.name}_{number:04d}"


def _descriptions(parent: Element, issue: ArchiveIssue) -> None:
    mods.describe_issue(_wrapped(parent, "DMD_ISSUE"), issue)
    for page in issue.pages:
        mods.describe_page(_wrapped(parent, _page_description(page)), page)
    for article in issue.articles:
        mods.describe_article(_wrapped(parent, _article_description(article)), article)


def _page_description(page: ArchivePage) -> str:
    return f"DMD_PAGE_{page.number:04d}"


def _article_description(article: Article) -> str:
    return f"DMD_{article.id}"


def _wrapped(parent: Element, own: str) -> Element:
    section = add(parent, "dmdSec", {"ID": own})
    return add(add(section, "mdWrap", {"MDTYPE": "MODS", "MIMETYPE": "text/xml"}), "xmlData")


def _files(parent: Element, files: Iterable[PackedFile], ids: Mapping[str, str]) -> None:
    """Write the files: a group for each page, one for what shows the issue or an article, one for the sources."""
    section = add(parent, "fileSec")
    for name, group in groupby(files, key=_group):
        made = add(section, "fileGrp", {"ID": name})
        for file in group:
            attributes = {
                "ID": ids[file.path],
                "USE": file.use.value,
                "MIMETYPE": file.media_type,
                "SIZE": len(file.data),
                "CHECKSUMTYPE": "SHA-256",
                "CHECKSUM": file.digest,
            }
            entry = add(made, "file", attributes)
            add(entry, "FLocat", {"LOCTYPE": "URL", "xlink:href": _address(file.path)})


def _group(file: PackedFile) -> str:
    return f"GROUP_PAGE_{file.page:04d}" if file.page else f"GROUP_{file.use.name}"


def _address(path: str) -> str:
    from urllib.parse import quote

    return quote(path)


def _physical(parent: Element, issue: ArchiveIssue, files: Sequence[PackedFile], ids: Mapping[str, str]) -> None:
    map_ = add(parent, "structMap", {"TYPE": "PHYSICAL"})
    whole = add(map_, "div", {"TYPE": "np:issue", "DMDID": "DMD_ISSUE", "LABEL": issue.name})
    for order, page in enumerate(issue.pages, 1):
        attributes = {"TYPE": "np:page", "DMDID": _page_description(page), "ORDER": order, "ORDERLABEL": page.label}
        made = add(whole, "div", {**attributes, "LABEL": page.section})
        for file in files:
            if file.page == page.number:
                add(made, "fptr", {"FILEID": ids[file.path]})


def _logical(parent: Element, issue: ArchiveIssue, files: Sequence[PackedFile], ids: Mapping[str, str]) -> None:
    """Write the articles in their order, with pictures, adverts and furniture page by page after those that begin there."""
    alto = {file.page: ids[file.path] for file in files if file.use is Use.TEXT}
    shown = {file.owner: ids[file.path] for file in files if file.use is Use.ARTICLE and file.path.endswith(".json")}
    placed = [_Placed(block, alto[page.number]) for page in issue.pages for block in page.blocks]
    by_owner: dict[str, list[_Placed]] = {}
    for each in placed:
        by_owner.setdefault(each.block.owner, []).append(each)
    map_ = add(parent, "structMap", {"TYPE": "LOGICAL"})
    paper = add(map_, "div", {"TYPE": "NEWSPAPER", "LABEL": issue.paper})
    whole = add(paper, "div", {"TYPE": "ISSUE", "DMDID": "DMD_ISSUE", "LABEL": issue.number})
    content = add(whole, "div", {"TYPE": "CONTENT"})
    for order, article in enumerate(issue.articles, 1):
        attributes = {"ID": f"LOG_{article.id}", "TYPE": "ARTICLE", "ORDER": order, "DMDID": _article_description(article)}
        made = add(content, "div", {**attributes, "LABEL": article.headline or article.name})
        add(made, "fptr", {"FILEID": shown[article.id]})
        _divisions(made, by_owner.pop(article.id, ()))
    labels = {figure.id: figure.caption for figure in issue.figures} | {advert.id: advert.title for advert in issue.adverts}
    for owner, blocks in by_owner.items():
        kind = _DIVISIONS[blocks[0].block.role]
        _divisions(add(content, "div", {"TYPE": kind, "LABEL": labels.get(owner, owner)}), blocks)


def _divisions(parent: Element, blocks: Iterable[_Placed]) -> None:
    """Write what blocks are, in the order in which they are read, and where each stands."""
    for (kind, role), group in groupby(blocks, key=_kind):
        division = add(parent, "div", {"TYPE": kind, "LABEL": role})
        for each in group:
            leaf = add(division, "div", {"TYPE": "TEXTBLOCK" if each.block.lines else "IMAGE"})
            pointer = add(leaf, "fptr")
            add(pointer, "area", {"FILEID": each.file, "BETYPE": "IDREF", "BEGIN": each.block.id})


def _kind(each: _Placed) -> tuple[str, str]:
    return _DIVISIONS[each.block.role], each.block.role.value


def blocks_of(division: Element) -> Iterator[tuple[str, str]]:
    """Yield the file ids and the block ids to which a division of a METS file leads."""
    for area in division.iter(f"{{{NAMESPACE}}}area"):
        yield area.get("FILEID", ""), area.get("BEGIN", "")
