"""What is said of an issue, its pages and its articles in MODS 3.8 (https://www.loc.gov/standards/mods/).

The issue's record has the shape that newspaper programmes read (NDNP): the paper as host, in its part the number of the issue
and of the edition, and the date of issue in ISO 8601.
"""

from xml.etree.ElementTree import Element

from layout.archive.markup import add
from layout.archive.model import ArchiveIssue, ArchivePage, Article

NAMESPACE = "http://www.loc.gov/mods/v3"


def _record(parent: Element) -> Element:
    return add(parent, "mods:mods", {"version": "3.8"})


def describe_issue(parent: Element, issue: ArchiveIssue) -> None:
    """Add the record of the issue."""
    record = _record(parent)
    add(record, "mods:genre", {"authority": "marcgt"}, "newspaper")
    origin = add(record, "mods:originInfo")
    if issue.publisher:
        add(origin, "mods:publisher", text=issue.publisher)
    add(origin, "mods:dateIssued", {"encoding": "iso8601", "keyDate": "yes"}, issue.date.isoformat())
    if issue.extra:
        add(origin, "mods:edition", text=issue.extra)
    _language(record)
    host = add(record, "mods:relatedItem", {"type": "host"})
    _title(host, issue.paper)
    if issue.latin:
        add(add(host, "mods:titleInfo", {"type": "alternative"}), "mods:title", text=issue.latin)
    if issue.serial:
        add(host, "mods:identifier", {"type": "cn"}, issue.serial)
    part = add(host, "mods:part")
    _detail(part, "issue", issue.number)
    edition = _detail(part, "edition", _edition_order(issue.edition))
    if issue.edition:
        add(edition, "mods:caption", text=issue.edition)
    add(record, "mods:identifier", {"type": "local"}, issue.name)


def _edition_order(edition: str) -> str:
    """Return the number of an edition, which programmes read as a whole one: that of its letter, or 1 where it has neither."""
    if edition.isdecimal():
        return str(int(edition))
    return str(ord(edition.upper()) - ord("A") + 1) if len(edition) == 1 else "1"


def describe_page(parent: Element, page: ArchivePage) -> None:
    """Add the record of a page: its number in the file, its printed label, and the name of its section."""
    record = _record(parent)
    part = add(record, "mods:part")
    if page.section:
        add(_detail(part, "section", ""), "mods:title", text=page.section)
    _detail(part, "page number", page.label)
    add(add(part, "mods:extent", {"unit": "pages"}), "mods:start", text=str(page.number))


def describe_article(parent: Element, article: Article) -> None:
    """Add the record of an article: the words of its head, who wrote it, and the pages on which it stands."""
    record = _record(parent)
    title = _title(record, article.headline or article.name)
    if article.deck:
        add(title, "mods:subTitle", text=article.deck)
    for label, words in (("引题", article.kicker), ("栏题", article.column_title)):
        if words:
            other = add(record, "mods:titleInfo", {"type": "alternative", "displayLabel": label})
            add(other, "mods:title", text=words)
    add(record, "mods:genre", text="article")
    _language(record)
    for point in article.summary:
        add(record, "mods:abstract", text=point)
    if article.byline:
        add(record, "mods:note", {"type": "statement of responsibility"}, article.byline)
    part = add(record, "mods:part")
    extent = add(part, "mods:extent", {"unit": "pages"})
    add(extent, "mods:start", text=str(article.number))
    if len(article.parts) > 1:
        add(extent, "mods:list", text=", ".join(str(each.number) for each in article.parts))
    add(record, "mods:identifier", {"type": "local"}, article.id)


def _title(parent: Element, text: str) -> Element:
    info = add(parent, "mods:titleInfo")
    add(info, "mods:title", text=text)
    return info


def _detail(parent: Element, kind: str, number: str) -> Element:
    detail = add(parent, "mods:detail", {"type": kind})
    if number:
        add(detail, "mods:number", text=number)
    return detail


def _language(record: Element) -> None:
    language = add(record, "mods:language")
    add(language, "mods:languageTerm", {"type": "code", "authority": "iso639-2b"}, "chi")
    add(language, "mods:scriptTerm", {"type": "code", "authority": "iso15924"}, "Hans")
