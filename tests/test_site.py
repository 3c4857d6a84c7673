"""The digital edition: pages that a browser shows and that programs read; issues added in any order."""

import itertools
import json
import os
import re
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import extruct
import feedparser
import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from PIL import Image, ImageCms

from layout.cli import main
from layout.diagnostics import Language
from layout.export.files import write_changed
from layout.export.printing import PrintFiles, print_files
from layout.frame import Page
from layout.incoming.intake import import_files
from layout.inks.press import NEWSPRINT, PRESS
from layout.issue import Product, build_issue, index_sites, set_issue
from layout.manifest.copy import Emphasis, Marking, ParagraphKind, Sideline, TextRun
from layout.manifest.issue import Issue
from layout.manifest.keeping import ADDRESS
from layout.pictures import web_picture
from layout.site.authors import authors
from layout.site.index import spaced
from layout.site.names import issue_folder
from layout.site.passages import passages
from layout.site.record import read_record, read_year
from layout.site.writing import write_site
from layout.watch import Watch
from tests.browser import served, visit
from tests.conftest import SAMPLE
from tests.small_issue import write_issue

DAY = "html/2023-03/27"
LEAD = f"{DAY}/content_01_02.htm"
ADDRESS_KEY = "site: {address: 'https://epaper.example.com/bao'}\n"


class Made(NamedTuple):
    """An issue that is ready to be added to a site."""

    issue: Issue
    pages: tuple[Page, ...]
    files: PrintFiles


def made(path: Path) -> Made:
    found = set_issue(path, Watch())
    assert found.issue is not None, found.problems
    assert found.faces is not None
    return Made(found.issue, found.pages, print_files(found.issue, found.pages, found.faces))


def dated(folder: Path, date: str, number: int, paper: str = "", count: int = 2, **more: str) -> Path:
    """Write a small issue of a day."""
    path = write_issue(folder, count, paper)
    keys = "".join(f"{key}: {value}\n" for key, value in more.items())
    text = path.read_text(encoding="utf-8").replace("number: 7\ndate: 2026-01-01\n", f"number: {number}\ndate: {date}\n{keys}")
    path.write_text(text.replace("题号", f"第{number}期题号"), encoding="utf-8")
    return path


def add(out: Path, given: Made) -> tuple[str, ...]:
    return tuple(problem.code for problem in write_site(out, *given))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory):
    """The site with the sample issue."""
    out = tmp_path_factory.mktemp("site")
    assert () == build_issue(SAMPLE, out, frozenset({Product.SITE}), Watch())
    assert () == index_sites(out, Watch())
    return out / "ruzhou_site"


DATES = (("2025-12-31", 6), ("2026-01-01", 7), ("2026-01-02", 8))


@pytest.fixture(scope="session")
def three(tmp_path_factory):
    """Three issues of one paper, two of them in one year."""
    folder = tmp_path_factory.mktemp("three")
    return [made(dated(folder / date, date, number, ADDRESS_KEY)) for date, number in DATES]


@pytest.fixture(scope="session")
def tiny_site(three, tmp_path_factory):
    """The site with three small issues."""
    out = tmp_path_factory.mktemp("tiny")
    assert [()] * 3 == [add(out, each) for each in three]
    index_sites(out, Watch())
    return out / "tiny_site"


@pytest.fixture(scope="session", params=["disk", "server"])
def address(request, sample_site):
    """The address of the sample's site."""
    if request.param == "disk":
        yield f"{sample_site.as_uri()}/"
        return
    with served(sample_site) as here:
        yield here


@pytest.fixture(scope="session")
def disk(sample_site):
    """The address of the sample's site on a disk, for what is the same wherever a site stands."""
    return f"{sample_site.as_uri()}/"


@pytest.fixture
def page(browser):
    with visit(browser) as opened:
        yield opened


# ---- a page of the paper -----------------------------------------------------------------------------------------

TITLE = "“三全”赋能“四链”融合推动党建与项目互促共进"


def test_a_click_on_the_picture_opens_the_story(page, address):
    page.goto(f"{address}{DAY}/node_01.htm")
    page.locator(".view .areas a", has_text=TITLE).click()

    assert page.locator("h1").inner_text() == TITLE
    assert page.url.endswith("content_01_02.htm")


def test_the_picture_is_walked_by_keyboard(page, address):
    page.goto(f"{address}{DAY}/node_01.htm")
    area = page.locator(".view .areas a", has_text=TITLE)
    area.focus()
    lit = page.locator(".listed .is-lit").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/content_01_02.htm")

    assert TITLE in lit
    assert page.locator("h1").inner_text() == TITLE


def test_every_story_of_the_picture_is_reached_by_tab(page, disk):
    page.goto(f"{disk}{DAY}/node_06.htm")
    page.locator(".page-bar h1").evaluate("each => { each.tabIndex = -1; each.focus(); }")
    reached = set()
    for _ in range(25):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.dataset.story || ''"))

    assert reached >= set(page.locator(".view .areas a").evaluate_all("all => all.map(each => each.dataset.story || '')"))


def test_the_outlines_lie_over_the_stories(page, disk):
    """The head of the lead is seen in the upper left of the page: what stands there in the picture leads to it."""
    page.goto(f"{disk}{DAY}/node_01.htm")
    picture = page.locator(".view .photograph")
    box = picture.bounding_box()
    picture.click(position={"x": box["width"] * 0.3, "y": box["height"] * 0.27})
    page.wait_for_url("**/content_01_02.htm")


@pytest.mark.parametrize(
    ("start", "link", "goal"),
    [
        ("node_01.htm", "下一版", "node_02.htm"),
        ("node_08.htm", "上一版", "node_07.htm"),
        ("node_01.htm", "第05版：图片", "node_05.htm"),
        ("content_01_04.htm", "下一篇", "content_02_01.htm"),
        ("content_02_01.htm", "上一篇", "content_01_04.htm"),
        ("content_03_01.htm", "第03版：标点", "node_03.htm"),
        ("content_03_01.htm", "今日头版", "node_01.htm"),
        ("content_03_01.htm", "往期回顾", "calendar/2023.html#m3"),
        ("node_03.htm", "高级检索", "search.html"),
    ],
)  # fmt: skip
def test_a_link_leads_on(page, disk, start, link, goal):
    page.goto(f"{disk}{DAY}/{start}")
    page.get_by_role("link", name=link).first.click()
    page.wait_for_url(f"**/{goal}")

    assert page.url.endswith(goal)


@pytest.mark.parametrize("name", ["index.html", "paperindex.htm"])
def test_the_old_first_pages_lead_to_the_latest_front_page(page, address, name):
    page.goto(f"{address}{name}")
    page.wait_for_url(f"**/{DAY}/node_01.htm")

    assert page.locator("h1").inner_text() == "第01版：要闻"


def test_headlines_of_every_page_stand_under_it(page, disk):
    page.goto(f"{disk}{DAY}/node_01.htm")
    page.locator(".pages .row", has_text="第08版").locator("summary").click()

    assert page.get_by_role("link", name="今天的报　百年后还找得到").is_visible()


@pytest.mark.parametrize(("date", "link", "goal"), [
    ("2026-01/01", "上一期", "2025-12/31/node_01.htm"),
    ("2026-01/01", "下一期", "2026-01/02/node_01.htm"),
])  # fmt: skip
@pytest.mark.parametrize("start", ["node_02.htm", "content_01_01.htm"])
def test_issues_lead_to_each_other(page, tiny_site, date, link, goal, start):
    page.goto(f"{tiny_site.as_uri()}/html/{date}/{start}")
    page.get_by_role("link", name=link).click()
    page.wait_for_url(f"**/{goal}")

    assert page.locator("h1").inner_text().startswith("第01版")


def test_the_calendar_shows_past_issues(page, tiny_site):
    page.goto(f"{tiny_site.as_uri()}/calendar/2026.html")
    days = page.locator(".month a").all_inner_texts()
    page.get_by_role("link", name="2025年").click()
    page.get_by_role("link", name="12月31日第6期").click()
    page.wait_for_url("**/2025-12/31/node_01.htm")

    assert days == ["1", "2"]
    assert page.locator(".date time").inner_text() == "2025年12月31日"


# ---- an article --------------------------------------------------------------------------------------------------


def test_an_article_has_its_head_its_text_and_its_page(sample_site):
    tree = html.parse(str(sample_site / LEAD))

    def words(selector: str) -> list[str]:
        return [" ".join(each.text_content().split()) for each in tree.getroot().cssselect(selector)]

    assert words(".story .kicker") == ["我市探索建立以“党旗红、项目兴、双赢之路靠引领”的党建助推机制"]
    assert words("h1") == [TITLE]
    assert words(".byline") == ["融媒体中心通讯员 申毅涛"]
    assert len(words(".text > p")) == 4
    assert words(".crumbs a") == ["第01版：要闻"]
    assert words(".mini") == ["第01版：要闻"]


def test_a_story_that_jumps_is_one_article_on_two_pages(sample_site):
    tree = html.parse(str(sample_site / DAY / "node_07.htm")).getroot()
    (rest,) = tree.cssselect(".listed .part")
    file = rest.getparent().get("href")
    article = html.parse(str(sample_site / DAY / file)).getroot()

    assert rest.text == "上接第06版"
    assert file.startswith("content_06")
    assert [each.get("href") for each in article.cssselect(".mini")] == ["node_06.htm", "node_07.htm"]


def test_a_head_over_several_stories_leads_to_the_first(sample_site):
    tree = html.parse(str(sample_site / DAY / "node_06.htm")).getroot()
    (over,) = tree.cssselect(".listed .over a")

    assert over.cssselect(".headline")[0].text == "版面上的小物件"
    assert (sample_site / DAY / over.get("href")).is_file()


def test_pictures_of_an_article_stand_in_it(sample_site):
    found = [
        (figure.cssselect("img")[0].get("src"), figure.cssselect("figcaption")[0].text_content().split())
        for path in sorted((sample_site / DAY).glob("content_08_*.htm"))
        for figure in html.parse(str(path)).getroot().cssselect(".text figure")
    ]

    assert found == [("ruzhou_20230327_0008_03_f01.jpg", ["全张怎样裁开", "示意图"])]


def test_pictures_are_for_screens(sample_site):
    for path in (sample_site / DAY).glob("*.jpg"):
        with Image.open(path) as image:
            assert (image.format, image.mode in ("RGB", "L")) == ("JPEG", True)
            assert max(image.size) < 3300


def run(text: str, **marks: object) -> TextRun:
    return TextRun(text, Marking(**marks))


@pytest.mark.parametrize(
    ("given", "markup"),
    [
        (run("字"), "字"),
        (run("字", emphasis=Emphasis.STRONG), "<strong>字</strong>"),
        (run("字", emphasis=Emphasis.KAI), '<span class="kai">字</span>'),
        (run("字", dots=True, emphasis=Emphasis.STRONG), '<strong><em class="dots">字</em></strong>'),
        (run("河", sideline=Sideline.NAME), '<u class="name">河</u>'),
        (run("书", sideline=Sideline.BOOK), '<u class="book">书</u>'),
        (run("1", is_superior=True), "<sup>1</sup>"),
        (run("某", is_framed=True), '<span class="framed">某</span>'),
        (run("一起", is_kept=True), '<span class="kept">一起</span>'),
        (
            run("汉字", ruby="hàn zì"),
            "<ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp>字<rp>(</rp><rt>zì</rt><rp>)</rp></ruby>",
        ),
        (run("汉字", ruby="hànzì"), "<ruby>汉字<rp>(</rp><rt>hànzì</rt><rp>)</rp></ruby>"),
        (run("<b>&\"'", emphasis=Emphasis.STRONG), "<strong>&lt;b&gt;&amp;&#34;&#39;</strong>"),
        (run("a\x00\x08\ud800b\x7f"), "ab"),
        (run("<i>", ruby="<x>"), "<ruby>&lt;i&gt;<rp>(</rp><rt>&lt;x&gt;</rt><rp>)</rp></ruby>"),
    ],
)  # fmt: skip
def test_marks_on_text_become_elements(given, markup):
    from types import SimpleNamespace

    paragraph = SimpleNamespace(kind=ParagraphKind.TEXT, runs=(given,), rows=())
    (passage,) = passages(SimpleNamespace(dateline="", paragraphs=(paragraph,)))

    assert passage.texts == (markup,)


KINDS = """---
headline: 各种段落
dateline: 本报讯
---
::: pull
行与行一样远
:::

行与行一样远，所以栏与栏才对得齐。

## 小标题

> 引文一段。

- 一项。
- 又一项。

| 行 | 数 |
| --- | --- |
| 甲 | 7 |

末一段。
"""


def test_paragraphs_become_elements_of_their_kind(tmp_path):
    path = dated(tmp_path, "2026-03-01", 1, count=1)
    path.write_text(path.read_text("utf-8").replace('{headline: 第1期题号1, text: "', "a.md #"), encoding="utf-8")
    path.write_text(re.sub(r"story: a\.md.*?\}, head", "story: a.md, head", path.read_text("utf-8")), encoding="utf-8")
    (tmp_path / "a.md").write_text(KINDS, encoding="utf-8")
    found = set_issue(path, Watch())
    assert found.issue is not None
    files = print_files(found.issue, found.pages, found.faces)
    assert () == write_site(tmp_path / "out", found.issue, found.pages, files)
    text = html.parse(str(tmp_path / "out/tiny_site/html/2026-03/01/content_01_01.htm")).getroot().cssselect(".text")[0]
    shown = [(each.tag, "".join(each.text_content().split())) for each in text if isinstance(each.tag, str)]

    assert shown == [
        ("p", "本报讯行与行一样远，所以栏与栏才对得齐。"),
        ("h2", "小标题"),
        ("blockquote", "引文一段。"),
        ("ul", "●一项。●又一项。"),
        ("div", "行数甲7"),
        ("p", "末一段。"),
    ]
    assert [cell.text for cell in text.cssselect("th")] == ["行", "数"]


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("融媒体中心通讯员　申毅涛", ("申毅涛",)),
        ("本报记者 王伟 李明明", ("王伟", "李明明")),
        ("本报记者王 伟 通讯员：李 明、赵大力", ("王伟", "李明", "赵大力")),
        ("■ 海南日报全媒体记者 李艳玫", ("李艳玫",)),
        ("王伟 文/图", ("王伟",)),
        ("司马相如（摄影）", ("司马相如",)),
        ("阿卜杜·热合曼", ("阿卜杜·热合曼",)),
        ("本报讯员", ("本报讯员",)),
        ("", ()),
    ],
)  # fmt: skip
def test_names_are_found_in_bylines(byline, names):
    assert names == authors(byline)


# ---- reading aloud, type size, colours, print, sharing -----------------------------------------------------------

VOICE = """
const voices = VOICES;
const listeners = [];
window.spoken = [];
window.marked = [];
const speech = {
  getVoices: () => window.areVoicesLate ? [] : voices,
  addEventListener: (name, listener) => listeners.push(listener),
  cancel: () => { clearTimeout(speech.timer); },
  speak: (utterance) => {
    window.spoken.push(utterance.text);
    const shown = CSS.highlights.get('spoken');
    window.marked.push([...shown].map(each => each.toString()).join(''));
    speech.timer = setTimeout(() => utterance.onend(), window.pace || 0);
  },
};
window.areVoicesLate = ARE_LATE;
window.arrive = () => { window.areVoicesLate = false; listeners.forEach(each => each()); };
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, 'speechSynthesis', {value: speech});
"""
CHINESE = [{"name": "a", "lang": "en-US", "localService": True}, {"name": "b", "lang": "zh_CN", "localService": True}]


def with_voices(page, voices, are_late=False):
    page.add_init_script(VOICE.replace("VOICES", json.dumps(voices)).replace("ARE_LATE", json.dumps(are_late)))


def test_an_article_is_read_aloud_sentence_by_sentence(page, address):
    with_voices(page, CHINESE)
    page.goto(f"{address}{LEAD}")
    page.get_by_role("button", name="语音播报").click()
    page.wait_for_function("document.querySelector('[data-speak]').textContent === '语音播报'")
    spoken, marked = page.evaluate("[window.spoken, window.marked]")
    text = page.evaluate("[...document.querySelectorAll('[data-spoken]')].map(each => each.textContent).join('')")

    assert spoken[:3] == [page.locator(".story .kicker").inner_text(), TITLE, "融媒体中心通讯员　申毅涛"]
    assert "".join("".join(spoken).split()) == "".join(text.split())
    assert [each.strip() for each in marked] == spoken
    assert all(len(each) <= 120 for each in spoken)
    assert len(spoken) > 30
    assert page.locator(".is-spoken").count() == 0


def test_the_sentence_that_is_read_is_seen_and_so_is_the_button(browser, disk):
    with visit(browser, viewport={"width": 390, "height": 600}, reduced_motion="reduce") as page:
        with_voices(page, CHINESE)
        page.goto(f"{disk}{LEAD}")
        page.evaluate("window.pace = 20")
        page.get_by_role("button", name="语音播报").click()
        page.wait_for_function("window.spoken.length > 20")
        page.evaluate("window.pace = 60_000")
        box = page.evaluate("[...CSS.highlights.get('spoken')][0].getBoundingClientRect().toJSON()")
        button = page.get_by_role("button", name="停止播报").bounding_box()

        assert 0 <= box["top"] < 600
        assert 0 <= button["y"] < 600


def test_reading_stops_and_goes_on_where_it_stopped(page, disk):
    with_voices(page, CHINESE)
    page.goto(f"{disk}{LEAD}")
    page.evaluate("window.pace = 60_000")
    page.get_by_role("button", name="语音播报").click()
    shown = page.locator(".is-spoken").count()
    page.get_by_role("button", name="停止播报").click()
    left = page.locator(".is-spoken").count()
    page.get_by_role("button", name="语音播报").click()

    assert (shown, left) == (1, 0)
    assert page.evaluate("window.spoken[0] === window.spoken[1]")


@pytest.mark.parametrize("voices", [[], CHINESE[:1], [CHINESE[1] | {"localService": False}]], ids=["none", "english", "remote"])
def test_without_a_chinese_voice_of_this_machine_there_is_no_button(page, disk, voices):
    with_voices(page, voices)
    page.goto(f"{disk}{LEAD}")

    assert page.locator("[data-print]").is_visible()
    assert not page.locator("[data-speak]").is_visible()


def test_voices_may_arrive_late(page, disk):
    with_voices(page, CHINESE, are_late=True)
    page.goto(f"{disk}{LEAD}")
    before = page.locator("[data-speak]").is_visible()
    page.evaluate("window.arrive()")

    assert (before, page.locator("[data-speak]").is_visible()) == (False, True)


def test_the_type_size_stays_from_page_to_page(page, address):
    def size() -> float:
        return page.evaluate("parseFloat(getComputedStyle(document.querySelector('.text p')).fontSize)")

    page.goto(f"{address}{LEAD}")
    usual = size()
    page.get_by_role("button", name="特大").click()
    large = size()
    page.goto(f"{address}{DAY}/content_02_01.htm")

    assert large > 1.4 * usual
    assert size() == large
    assert page.get_by_role("button", name="特大").get_attribute("aria-pressed") == "true"


def test_colours_follow_the_system_and_the_reader(browser, disk):
    with visit(browser, color_scheme="dark") as page:
        page.goto(f"{disk}{LEAD}")
        ground = "getComputedStyle(document.body).backgroundColor"
        night = page.evaluate(ground)
        page.get_by_role("button", name="浅色").click()
        day = page.evaluate(ground)
        page.goto(f"{disk}{DAY}/node_01.htm")

        assert night == "rgb(21, 20, 18)"
        assert day == "rgb(250, 248, 243)"
        assert page.evaluate(ground) == day


def test_print_has_the_article_and_nothing_to_press(page, disk):
    page.goto(f"{disk}{LEAD}")
    page.emulate_media(media="print")
    seen = [
        name for name in (".tools", ".beside", ".site", ".find", ".steps", ".issues") if page.locator(name).first.is_visible()
    ]

    assert seen == []
    assert page.locator(".story h1").is_visible()
    assert page.locator(".text p").last.is_visible()


def test_a_link_is_copied_where_nothing_shares(browser, sample_site):
    with served(sample_site) as here, visit(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.add_init_script("delete Navigator.prototype.share")
        page.goto(f"{here}{LEAD}")
        page.get_by_role("button", name="分享").click()
        page.get_by_text("链接已复制").wait_for()

        assert page.evaluate("navigator.clipboard.readText()") == f"{here}{LEAD}"


def test_a_link_is_shared_by_the_system(page, disk):
    page.add_init_script("Navigator.prototype.share = async (told) => { window.shared = told; }")
    page.goto(f"{disk}{LEAD}")
    page.get_by_role("button", name="分享").click()

    assert page.evaluate("window.shared.url").endswith(LEAD)


# ---- search ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def finder(browser, address):
    """A window with the search page, in which one search follows the other."""
    with visit(browser) as opened:
        yield opened


def hits(page, address, query, **filters):
    """Search; return the titles that are found."""
    if not page.url.startswith(f"{address}search.html"):
        page.goto(f"{address}search.html")
        page.wait_for_function("document.querySelectorAll('#label option').length > 1")
    page.evaluate("document.querySelector('[data-search]').reset(); document.querySelector('[data-count]').textContent = ''")
    page.fill("#q", query)
    for name, value in filters.items():
        field = page.locator(f"#{name}")
        field.select_option(value) if name in ("label", "section") else field.fill(value)
    page.locator(".search button").click()
    page.wait_for_function("/篇|没有/.test(document.querySelector('[data-count]').textContent)")
    found = page.locator("[data-count]").inner_text()
    number = int(found.split()[0]) if found[0].isdigit() else 0
    while page.locator("[data-more]").is_visible():
        shown = page.locator(".hits li").count()
        page.locator("[data-more]").click()
        page.wait_for_function(f"document.querySelectorAll('.hits li').length > {shown}")
    titles = page.locator(".hits .headline").all_inner_texts()
    assert len(titles) == number
    return titles


def articles(site):
    return [article for path in (site / "html").rglob("issue.js") for article in read_record(path.read_bytes()).articles]


@pytest.mark.parametrize(
    "query",
    [
        "申毅涛",
        "毅涛",
        "毫米",
        "铅字",
        "占行",
        "标点挤压",
        "GB/T 15834",
        "2023年",
        "的",
        "版面 字号",
        "标点，",
        "“三全”赋能",
        "3.153",
        "——",
        "w3c",
    ],
)
def test_search_finds_exactly_what_holds_the_words(finder, address, sample_site, query):
    wanted = {
        each.headline for each in articles(sample_site) if all(word.lower() in each.text.lower() for word in query.split())
    }

    found = hits(finder, address, query)

    assert set(found) == wanted
    assert len(found) == len(wanted)


@pytest.mark.parametrize("query", ["不存在的词", "毅申涛", "鑫鑫鑫", "涛毅"])
def test_nonsense_is_not_found(finder, address, query):
    assert [] == hits(finder, address, query)


def test_an_excerpt_shows_the_words_closed_up_and_marked(finder, address):
    page = finder
    hits(page, address, "项目攻坚")
    marks = page.locator(".hits .excerpt mark").all_inner_texts()

    assert set(marks) == {"项目攻坚"}
    assert all(" " not in words for words in page.locator(".hits .excerpt").all_inner_texts() if words.isascii())
    assert page.locator(".hits .where").first.inner_text() == "2023-03-27 第01版：要闻"


@pytest.mark.parametrize(
    ("filters", "is_wanted"),
    [
        ({"label": "03"}, lambda each: each.label == "03"),
        ({"section": "校对"}, lambda each: each.section == "校对"),
        ({"author": "申毅涛"}, lambda each: "申毅涛" in each.authors),
        ({"author": "毅"}, lambda each: "申毅涛" in each.authors),
        ({"author": "某某"}, lambda each: False),
        ({"from": "2023-03-28"}, lambda each: False),
        ({"from": "2023-03-27", "to": "2023-03-27"}, lambda each: True),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
@pytest.mark.parametrize("query", ["", "字"])
def test_filters_narrow_what_is_found(finder, address, sample_site, filters, is_wanted, query):
    wanted = [each.headline for each in articles(sample_site) if is_wanted(each) and query in each.text]
    assert sorted(wanted) == sorted(hits(finder, address, query, **filters))


@pytest.fixture(scope="session", params=["disk", "server"])
def tiny_address(request, tiny_site):
    if request.param == "disk":
        yield f"{tiny_site.as_uri()}/"
        return
    with served(tiny_site) as here:
        yield here


def test_years_are_searched_together_the_latest_first(page, tiny_address):
    assert hits(page, tiny_address, "版心有多高") == [f"第{number}期题号{page}" for number in (8, 7, 6) for page in (1, 2)]
    assert hits(page, tiny_address, "题号1", **{"from": "2026-01-01", "to": "2026-01-01"}) == ["第7期题号1"]


def test_a_server_without_an_index_is_searched_as_well(browser, tiny_site, tmp_path):
    shutil.copytree(tiny_site, tmp_path / "site", ignore=shutil.ignore_patterns("pagefind"))
    with served(tmp_path / "site") as here:
        page = browser.new_page()

        assert hits(page, here, "题号1") == [f"第{number}期题号1" for number in (8, 7, 6)]
        page.close()


def test_a_hit_leads_to_its_article(page, address):
    page.goto(f"{address}{DAY}/node_01.htm")
    page.locator(".find input").fill("申毅涛")
    page.locator(".find button").click()
    page.locator(".hits .headline").click()
    page.wait_for_url(f"**/{LEAD}")

    assert page.locator("h1").inner_text() == TITLE


def test_script_and_index_know_the_same_han_letters():
    from layout.site import index, templates

    script = (Path(templates.__file__).parent / "assets" / "search.js").read_text(encoding="utf-8")
    (ranges,) = re.findall(r"const HAN = /\[(.*?)\]/gu", script)

    assert re.sub(r"\\u\{(\w+)\}|\\u(\w{4})", lambda code: chr(int(code[1] or code[2], 16)), ranges) == index._HAN[1:-1]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("汉字ab", "汉 字 ab"), ("a〇𠮷b", "a 〇 𠮷 b"), ("《书》 GB/T", "《 书 》 ␠ GB / T"), ("甲\n乙", "甲 ¶ 乙"), ("", "")],
)
def test_white_stands_round_han_letters(text, wanted):
    assert wanted == " ".join(spaced(text).split())


# ---- what everyone can use ---------------------------------------------------------------------------------------

KINDS_OF_PAGES = {
    "page": f"{DAY}/node_01.htm",
    "spread of lists": f"{DAY}/node_06.htm",
    "article": LEAD,
    "article with a table": f"{DAY}/content_07_07.htm",
    "calendar": "calendar/2023.html",
    "search": "search.html?q=标点",
}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", KINDS_OF_PAGES.values(), ids=KINDS_OF_PAGES)
def test_axe_finds_nothing(browser, sample_site, path, scheme):
    with served(sample_site) as here, visit(browser, color_scheme=scheme, reduced_motion="reduce") as page:
        with_voices(page, CHINESE)
        page.goto(f"{here}{path}")
        if "search" in path:
            page.locator(".hits li").first.wait_for()
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}}).response["violations"]

    assert [] == [(each["id"], [node["html"][:200] for node in each["nodes"][:3]]) for each in found]


@pytest.mark.parametrize("path", KINDS_OF_PAGES.values(), ids=KINDS_OF_PAGES)
def test_a_phone_need_not_scroll_sideways(browser, sample_site, path):
    with visit(browser, viewport={"width": 320, "height": 640}) as page:
        page.goto(f"{sample_site.as_uri()}/{path}")

        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def pages_of(site: Path) -> Iterator[Path]:
    yield from (path for path in sorted(site.rglob("*.htm*")) if "pagefind" not in path.parts)


@pytest.mark.parametrize("which", ["sample_site", "tiny_site"])
def test_every_page_is_good_html(which, request):
    for path in pages_of(request.getfixturevalue(which)):
        html5lib.HTMLParser(strict=True).parse(path.read_bytes(), transport_encoding="utf-8")


@pytest.mark.parametrize("which", ["sample_site", "tiny_site"])
def test_every_link_leads_somewhere(which, request):
    assert [] == broken_links(request.getfixturevalue(which))


def broken_links(site: Path) -> list[tuple[str, str]]:
    ids = {path: set(html.parse(str(path)).xpath("//@id")) for path in pages_of(site)}
    broken = []
    for path in ids:
        for link in html.parse(str(path)).xpath("//@href | //@src | //area/@href"):
            parts = urlsplit(link)
            if parts.scheme:
                assert link.startswith("https://epaper.example.com/bao/"), link
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.is_file() or (parts.fragment and parts.fragment not in ids.get(target, ())):
                broken.append((path.relative_to(site).as_posix(), link))
    return broken


# ---- what programs read ------------------------------------------------------------------------------------------


def test_articles_have_json_ld_and_citation_tags(tiny_site):
    data = (tiny_site / "html/2026-01/01/content_01_01.htm").read_bytes().decode()
    (article,) = extruct.extract(data, syntaxes=["json-ld"])["json-ld"]
    tree = html.fromstring(data)
    tags = {tag.get("name"): tag.get("content") for tag in tree.cssselect("meta[name]")}

    assert article["@type"] == "NewsArticle"
    assert article["headline"] == "第7期题号1"
    assert article["datePublished"] == "2026-01-01"
    assert article["isPartOf"]["issueNumber"] == "7"
    assert article["isPartOf"]["isPartOf"] == {"@type": "Newspaper", "name": "小报"}
    assert article["url"] == "https://epaper.example.com/bao/html/2026-01/01/content_01_01.htm"
    assert article["articleBody"].startswith("版心有多高")
    assert tags["citation_title"] == "第7期题号1"
    assert tags["citation_publication_date"] == "2026/01/01"
    assert tags["citation_pdf_url"].endswith("html/2026-01/01/tiny_20260101_0001.pdf")
    assert tree.cssselect("link[rel=canonical]")[0].get("href") == article["url"]


def test_the_feed_is_read(tiny_site, sample_site):
    tiny, sample = (feedparser.parse((site / "feed.xml").read_bytes()) for site in (tiny_site, sample_site))

    assert not tiny.bozo
    assert not sample.bozo
    assert [entry.title for entry in tiny.entries] == [f"第{number}期题号{page}" for number in (8, 7, 6) for page in (1, 2)]
    assert tiny.entries[0].link == "https://epaper.example.com/bao/html/2026-01/02/content_01_01.htm"
    assert len({entry.id for entry in tiny.entries}) == 6
    assert tiny.feed.updated == "2026-01-02T00:00:00+08:00"
    found = next(entry for entry in sample.entries if entry.title == TITLE)
    assert (found.link, found.author) == (LEAD, "申毅涛")
    assert found.summary.startswith("近年来")


def test_site_maps_name_every_page(tiny_site, sample_site):
    from lxml import etree

    def named(path: Path) -> list[str]:
        return [each.text for each in etree.parse(str(path)).iter("{*}loc")]

    maps = named(tiny_site / "sitemap.xml")
    start = "https://epaper.example.com/bao/"
    found = [name.removeprefix(start) for each in maps for name in named(tiny_site / each.removeprefix(start))]

    assert sorted(found) == sorted(path.relative_to(tiny_site).as_posix() for path in tiny_site.rglob("html/**/*.htm"))
    assert "Sitemap: https://epaper.example.com/bao/sitemap.xml" in (tiny_site / "robots.txt").read_text()
    assert not (sample_site / "sitemap.xml").exists()


def test_our_own_pages_are_imported_back(sample_site):
    """Founder's markers stand where those who read old digital editions look for them."""
    paths = [*sorted((sample_site / DAY).glob("node_*.htm")), *sorted((sample_site / DAY).glob("content_*.htm"))]
    files = import_files(paths, None, "back", Language.EN).files
    record = read_record((sample_site / DAY / "issue.js").read_bytes())
    stories = {name: data.decode() for name, data in files.items() if name.startswith("stories/")}
    issue = files["issue.yaml"].decode()

    assert "number: 3239" in issue
    assert "date: 2023-03-27" in issue
    assert [page.section for page in record.entry.pages] == re.findall(r"name: (\S+)", issue)
    assert len(stories) == len(record.articles)
    for article, text in zip(record.articles, stories.values(), strict=True):
        for words in (article.headline, article.kicker, article.deck, article.byline):
            assert plain(words) in plain(text)
        assert plain(article.lead[:60]) in plain(text)


def plain(text: str) -> str:
    return re.sub(r"[\s\\*|]", "", text)


# ---- hostile copy ------------------------------------------------------------------------------------------------

HOSTILE = (
    '</script><script>window.broken = 1</script><img src=x onerror="window.broken = 2">',
    "'\"><svg onload=alert(1)>&amp;&#x3c;b&#x3e;{{ 7 }}{% raw %}",
    "--><!--issues-->--!><!--/issues--></title></textarea></founder-title> /enpproperty-->",
    "]]></entry>&lt;b&gt; \\u003cb\\u003e ${window.broken = 3}",
)


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    path = dated(folder, "2026-02-01", 9, ADDRESS_KEY, count=1)
    one, two, three, four = (json.dumps(words, ensure_ascii=False) for words in HOSTILE)
    areas = (
        f"      A: {{story: {{headline: {one}, kicker: {two}, deck: {three}, byline: {four}, text: TEXT}}, head: {{level: 5}}}}"
    )
    text = json.dumps("\n\n".join(words.replace("\\", "\\\\").replace("<", "\\<").replace("&", "\\&") for words in HOSTILE))
    lines = path.read_text("utf-8").splitlines()[:-1]
    lines = [line.replace("第1页", json.dumps(HOSTILE[0])) for line in lines]
    path.write_text("\n".join([*lines, areas.replace("TEXT", text)]) + "\n", encoding="utf-8")
    found = set_issue(path, Watch())
    assert found.issue is not None, found.problems
    assert found.faces is not None
    assert () == write_site(folder / "out", found.issue, found.pages, print_files(found.issue, found.pages, found.faces))
    assert () == index_sites(folder / "out", Watch())
    return folder / "out" / "tiny_site"


def test_copy_never_becomes_markup(hostile_site, browser):
    article = "html/2026-02/01/content_01_01.htm"
    with served(hostile_site) as here, visit(browser) as page:
        for path in ("html/2026-02/01/node_01.htm", article, "calendar/2026.html", "search.html?q=broken"):
            page.goto(f"{here}{path}")
            page.wait_for_load_state("networkidle")
            assert page.evaluate("window.broken") is None
        assert page.locator(".hits .headline").inner_text() == HOSTILE[0]
        page.goto(f"{here}{article}")
        assert page.locator("h1").inner_text() == HOSTILE[0]
        assert page.locator(".story .kicker").inner_text() == HOSTILE[1]
        assert [" ".join(words.split()) for words in page.locator(".text p").all_inner_texts()] == list(HOSTILE)
    data = (hostile_site / article).read_text(encoding="utf-8")
    (told,) = extruct.extract(data, syntaxes=["json-ld"])["json-ld"]
    assert told["headline"] == HOSTILE[0]
    assert data.count("<!--issues-->") == 1
    feed = feedparser.parse((hostile_site / "feed.xml").read_bytes(), sanitize_html=False)
    assert not feed.bozo
    for path in pages_of(hostile_site):
        html5lib.HTMLParser(strict=True).parse(path.read_bytes(), transport_encoding="utf-8")


# ---- many issues -------------------------------------------------------------------------------------------------


def test_the_order_in_which_issues_are_added_does_not_show(three, tmp_path, tiny_site):
    wanted = contents(tiny_site)
    for number, order in enumerate(itertools.permutations(three)):
        out = tmp_path / str(number)
        for each in order:
            assert () == add(out, each)
        index_sites(out, Watch())

        assert wanted == contents(out / "tiny_site"), [each.issue.number for each in order]


def test_adding_an_issue_touches_only_what_leads_to_it(three, tmp_path):
    first, middle, last = three
    out = tmp_path / "tiny_site"
    for each in (first, last):
        add(tmp_path, each)
    index_sites(tmp_path, Watch())
    (earlier, later) = (f"html/{DATES[0][0][:7]}/31/", "html/2026-01/02/")
    before = contents(out)
    for path in out.rglob("*"):
        os.utime(path, (1, 1))
    add(tmp_path, middle)
    index_sites(tmp_path, Watch())
    written = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file() and path.stat().st_mtime > 1}
    own = {name for name in written if name.startswith("html/2026-01/01/")}
    others = {name for name in written - own if not name.startswith("pagefind/2026/")}

    assert {name for name in others if name.startswith("html/")} == {
        f"{folder}{name}.htm"
        for folder in (earlier, later)
        for name in ("node_01", "node_02", "content_01_01", "content_02_01")
    }
    assert {name for name in others if not name.startswith("html/")} == {
        "calendar/2026.html", "issues/2026.json", "issues/2026.js", "feed.xml", "sitemap.xml",
    }  # fmt: skip
    assert all(before.get(name) != (out / name).read_bytes() for name in others)


def test_building_again_writes_nothing(three, tmp_path):
    add(tmp_path, three[0])
    index_sites(tmp_path, Watch())
    for path in tmp_path.rglob("*"):
        os.utime(path, (1, 1))
    add(tmp_path, three[0])
    index_sites(tmp_path, Watch())

    assert [] == [path for path in (tmp_path / "tiny_site").rglob("*") if path.is_file() and path.stat().st_mtime > 1]


@pytest.mark.parametrize("last", [0, 5, 12, 14, 17, 19, 22])
def test_a_run_that_stops_leaves_a_site_that_works_and_the_next_one_mends_it(three, tmp_path, monkeypatch, last):
    first, middle, _ = three
    for name in ("whole", "stopped"):
        add(tmp_path / name, first)
    add(tmp_path / "whole", middle)
    count = itertools.count()

    def stopping(path: Path, data: bytes) -> bool:
        if next(count) == last:
            raise KeyboardInterrupt
        return write_changed(path, data)

    monkeypatch.setattr("layout.site.writing.write_changed", stopping)
    with pytest.raises(KeyboardInterrupt):
        add(tmp_path / "stopped", middle)
    monkeypatch.undo()
    site = tmp_path / "stopped/tiny_site"

    assert [] == [(page, link) for page, link in broken_links(site) if not page.startswith("html/2026-01/01/")]
    add(tmp_path / "stopped", middle)
    assert contents(tmp_path / "whole") == contents(tmp_path / "stopped")


def test_an_issue_that_is_built_again_leaves_nothing_of_the_former(tmp_path):
    add(tmp_path / "once", made(dated(tmp_path / "b", "2026-01-05", 5, count=1)))
    for name, count in (("a", 3), ("b", 1)):
        add(tmp_path / "twice", made(dated(tmp_path / name, "2026-01-05", 5, count=count)))

    assert contents(tmp_path / "once") == contents(tmp_path / "twice")


@pytest.mark.parametrize("extra", ["edition: B", "extra: 号外"])
def test_another_edition_of_a_day_stands_beside_the_first(tmp_path, extra):
    key, value = extra.split(": ")
    add(tmp_path, made(dated(tmp_path / "a", "2026-01-05", 5, count=1)))
    assert () == add(tmp_path, made(dated(tmp_path / "b", "2026-01-05", 6, count=1, **{key: value})))
    site = tmp_path / "tiny_site"
    folders = sorted(path.name for path in (site / "html/2026-01").iterdir())

    assert folders == ["05", "05-b" if key == "edition" else "05-extra"]
    assert [entry.number for entry in read_year((site / "issues/2026.json").read_bytes(), 2026)] == ["5", "6"]
    assert len(html.parse(str(site / "calendar/2026.html")).getroot().cssselect(".month a")) == 2


def test_another_issue_of_a_day_is_told_and_overwrites_nothing(tmp_path, three, capsys):
    add(tmp_path, three[1])
    index_sites(tmp_path, Watch())
    before = contents(tmp_path)
    other = dated(tmp_path.parent / f"{tmp_path.name}-other", "2026-01-01", 99)

    status = main(["build", str(other), "--only", "site", "--out", str(tmp_path), "--lang", "en"])
    told = capsys.readouterr().err

    assert status == 1
    assert re.search(rf"^{re.escape(str(other))}:\d+:\d+: error\[site-taken\]", told, re.MULTILINE)
    assert "needs an edition" in told
    assert before == contents(tmp_path)


def test_another_manifest_with_the_same_number_is_told(tmp_path, three):
    add(tmp_path, three[1])
    path = dated(tmp_path / "other", "2026-01-01", 7)

    assert ("site-taken",) == add(tmp_path, made(path.rename(path.with_name("copy.yaml"))))


def test_an_issue_whose_folder_was_removed_is_gone(three, tmp_path):
    for each in three:
        add(tmp_path / "once", each)
    for each in (*three, made(dated(tmp_path / "void", "2026-01-03", 9))):
        add(tmp_path / "twice", each)
    shutil.rmtree(tmp_path / "twice/tiny_site/html/2026-01/03")
    add(tmp_path / "twice", three[0])

    assert contents(tmp_path / "once") == contents(tmp_path / "twice")


DAMAGES = {
    "cut": lambda data: data[: len(data) // 2],
    "empty": lambda data: b"",
    "no utf-8": lambda data: b"\xff\xfe" + data,
    "other data": lambda data: b"{}",
    "a list": lambda data: b"[1, 2]",
    "deep": lambda data: b"[" * 100_000,
    "other year": lambda data: data.replace(b"2026", b"2027"),
    "a number": lambda data: data.replace(b'"number": "7"', b'"number": 7'),
    "way out": lambda data: data.replace(b"html/2026-01/01", b"../../2026-01/1"),
    "no pages": lambda data: re.sub(rb'"pages": \[.*?\]', b'"pages": []', data, flags=re.DOTALL),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize("name", ["issues/2026.json", "html/2026-01/01/issue.js"])
def test_damaged_data_are_told_and_nothing_is_written(three, tmp_path, name, damage):
    add(tmp_path, three[1])
    path = tmp_path / "tiny_site" / name
    path.write_bytes(damage(path.read_bytes()))
    before = contents(tmp_path)

    assert ("site-data",) == add(tmp_path, three[2])
    assert before == contents(tmp_path)
    assert "site-data" in [problem.code for problem in index_sites(tmp_path, Watch())]


@pytest.mark.parametrize("damage", [b"", b"<p>", b"<!--issues--><!--/issues-->" * 2])
def test_a_damaged_page_of_a_neighbour_is_told(three, tmp_path, damage):
    add(tmp_path, three[1])
    (tmp_path / "tiny_site/html/2026-01/01/node_02.htm").write_bytes(damage)
    before = contents(tmp_path)

    assert ("site-data",) == add(tmp_path, three[2])
    assert before == contents(tmp_path)


def test_an_index_that_cannot_be_made_is_told(three, tmp_path, monkeypatch):
    add(tmp_path, three[1])
    monkeypatch.setattr("sys.executable", "false")
    (problem,) = index_sites(tmp_path, Watch())

    assert (problem.code, dict(problem.values)["year"]) == ("site-index", 2026)
    assert not (tmp_path / "tiny_site/pagefind").exists()


def test_several_issues_are_added_at_once(tmp_path, tiny_site):
    paths = [str(dated(tmp_path / date, date, number, ADDRESS_KEY)) for date, number in DATES]

    assert main(["build", *paths, "--only", "site", "--out", str(tmp_path / "out")]) == 0
    assert contents(tiny_site) == contents(tmp_path / "out" / "tiny_site")


def test_an_issue_with_an_error_is_not_added(tmp_path):
    path = dated(tmp_path, "2026-01-05", 5, count=1)
    path.write_text(path.read_text("utf-8").replace("版心有多高", "版心有多高" * 400), encoding="utf-8")

    assert "overset" in {problem.code for problem in build_issue(path, tmp_path / "out", frozenset({Product.SITE}), Watch())}
    assert not (tmp_path / "out" / "tiny_site").exists()


# ---- small parts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://epaper.example.com/", "https://epaper.example.com"),
        ("http://example.com:8080/bao", "http://example.com:8080/bao"),
        ("ftp://example.com/", None),
        ("https://example.com/a?b", None),
        ("javascript:alert(1)", None),
        ('https://example.com/"', None),
        ("example.com", None),
    ],
)
def test_the_address_of_a_site(address, kept):
    assert ADDRESS.parse(address) == kept


def saved(image: Image.Image, path: Path, **options: object) -> Path:
    image.save(path, **options)
    return path


@pytest.mark.parametrize(
    ("image", "name", "mode", "colour"),
    [
        (Image.new("RGB", (40, 20), (250, 0, 0)), "a.png", "RGB", (250, 0, 0)),
        (Image.new("L", (40, 20), 99), "a.png", "L", 99),
        (Image.new("1", (40, 20), 1), "a.png", "L", 255),
        (Image.new("RGBA", (40, 20), (250, 0, 0, 0)), "a.png", "L", 255),
        (Image.new("P", (40, 20), 0), "a.png", "L", 0),
        (Image.new("CMYK", (40, 20), (0, 0, 0, 0)), "a.jpg", "RGB", (255, 255, 255)),
        (Image.new("LAB", (40, 20), (255, 128, 128)), "a.tif", "L", 255),
    ],
    ids=lambda value: getattr(value, "mode", None),
)
def test_a_picture_becomes_one_for_screens(tmp_path, image, name, mode, colour):
    found = web_picture(saved(image, tmp_path / name), 20, PRESS)
    with Image.open(BytesIO(found.jpeg)) as seen:
        pixel = seen.getpixel((5, 5))
        assert (seen.format, seen.mode, seen.size) == ("JPEG", mode, (20, 10))
        assert (found.width, found.height) == (20, 10)
        assert "icc_profile" not in seen.info
    pairs = zip(pixel, colour, strict=True) if isinstance(pixel, tuple) else [(pixel, colour)]
    assert all(abs(one - other) < 12 for one, other in pairs), pixel


def test_a_profile_of_a_picture_is_heeded(tmp_path):
    profile = ImageCms.ImageCmsProfile(str(NEWSPRINT)).tobytes()
    path = saved(Image.new("CMYK", (10, 10), (0, 0, 0, 255)), tmp_path / "a.tif", icc_profile=profile)
    with Image.open(BytesIO(web_picture(path, 20, PRESS).jpeg)) as seen:
        assert max(seen.getpixel((5, 5))) < 90


@pytest.mark.parametrize(
    ("day", "edition", "folder"),
    [
        ("2026-01-05", "1", "html/2026-01/05"),
        ("2026-11-15", "B", "html/2026-11/15-b"),
        ("2026-01-05", "extra", "html/2026-01/05-extra"),
    ],
)
def test_the_folder_of_an_issue(day, edition, folder):
    import datetime

    assert folder == issue_folder(datetime.date.fromisoformat(day), edition)
