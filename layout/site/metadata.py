"""What machines read in a page of the site: JSON-LD by schema.org, citation tags, and the properties of Founder's pages."""

from collections.abc import Iterable, Iterator

from layout.site.authors import authors
from layout.site.record import Record
from layout.site.templates import Markup, escaped, script_data, tagged
from layout.site.views import ArticleView, PageView

_LANGUAGE = "zh-CN"
_DASHES = Markup("&#45;&#45;")
"""Two hyphens, which may not stand in a comment."""

_ARTICLE, _PAGE = "1", "2"
"""What a Founder page is, by its founder-type."""


def article_data(view: ArticleView, record: Record) -> Markup:
    """Return an article as JSON-LD (schema.org NewsArticle)."""
    article, entry = view.article, record.entry
    base = f"{record.paper.address}{entry.folder}/" if record.paper.address else ""
    names = authors(article.byline) or ((article.byline,) if article.byline else ())
    told: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": view.title,
        "alternativeHeadline": " ".join(filter(None, (article.kicker, article.deck))),
        "author": [{"@type": "Person", "name": name} for name in names],
        "datePublished": entry.date,
        "inLanguage": _LANGUAGE,
        "articleSection": article.section,
        "description": view.lead,
        "articleBody": article.text,
        "printPage": view.parts[0].label,
        "printEdition": entry.edition,
        "url": f"{base}{view.file}" if base else "",
        "image": [f"{base}{figure.file}" for figure in view.figures] if base else [],
        "publisher": {"@type": "NewsMediaOrganization", "name": record.paper.name},
        "isPartOf": _issue(record),
    }
    return script_data({name: value for name, value in told.items() if value})


def page_data(page: PageView, record: Record) -> Markup:
    """Return a page as JSON-LD: a part of its issue, and the headlines on it."""
    heads = [{"@type": "NewsArticle", "headline": each.title} for each in page.listed if each.file]
    told = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "name": f"第{page.label}版" + (f"：{page.section}" if page.section else ""),
        "datePublished": record.entry.date,
        "inLanguage": _LANGUAGE,
        "isPartOf": _issue(record),
        "hasPart": heads,
    }
    return script_data(told)


def _issue(record: Record) -> dict[str, object]:
    return {
        "@type": "PublicationIssue",
        "issueNumber": record.entry.number,
        "datePublished": record.entry.date,
        "isPartOf": {"@type": "Newspaper", "name": record.paper.name},
    }


def citation_tags(view: ArticleView, record: Record) -> Iterator[tuple[str, str]]:
    """Yield the names and values of the tags that reference managers and libraries read (Highwire, Dublin Core)."""
    entry = record.entry
    yield "citation_title", view.title
    for name in authors(view.article.byline):
        yield "citation_author", name
    yield "citation_publication_date", entry.date.replace("-", "/")
    yield "citation_journal_title", record.paper.name
    yield "citation_issue", entry.number
    yield "citation_firstpage", view.parts[0].label
    yield "citation_language", _LANGUAGE
    if record.paper.address:
        yield "citation_pdf_url", f"{record.paper.address}{entry.folder}/{view.parts[0].pdf}"
    yield "DC.type", "newspaperArticle"
    yield "DC.date", entry.date


def article_property(view: ArticleView, record: Record) -> Markup:
    """Return the properties of an article's page as Founder's pages have them."""
    article = view.article
    return _property((
        ("founder-date", record.entry.date),
        ("founder-introtitle", article.kicker),
        ("founder-title", view.title),
        ("founder-subtitle", article.deck),
        ("founder-author", article.byline),
        ("founder-pagenum", article.label),
        ("founder-papername", record.paper.name),
        ("founder-type", _ARTICLE),
    ))  # fmt: skip


def page_property(page: PageView, record: Record) -> Markup:
    """Return the properties of a page's page as Founder's pages have them."""
    return _property((
        ("founder-date", record.entry.date),
        ("founder-pagenum", page.label),
        ("founder-papername", record.paper.name),
        ("founder-type", _PAGE),
        ("founder-pagepicurl", page.brief.file),
    ))  # fmt: skip


def _property(properties: Iterable[tuple[str, str]]) -> Markup:
    """Return a comment that holds properties: their words are escaped, so that none of them ends it."""
    told = [tagged(f"<{name}>{{}}</{name}>", escaped(words).replace("--", _DASHES)) for name, words in properties if words]
    return tagged("<!--enpproperty {} /enpproperty-->", Markup(" ").join(told))
