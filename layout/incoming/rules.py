"""What lines of saved pages are: tables of patterns, and the reasons that stories and findings give for a guess."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from layout.incoming.matter import Facts
from layout.messages import Phrase

REASONS = {
    "in-title-list": Phrase("标题导航里有这一条", "it stands in the page's list of titles"),
    "only-line": Phrase("正文之前只有这一行", "it is the only line before the text"),
    "shortest": Phrase("两行标题里较短的一行", "it is the shorter of two lines"),
    "middle": Phrase("三行标题的中间一行", "it is the middle one of three lines"),
    "first-line": Phrase("正文之前的第一行", "it is the first line before the text"),
    "above": Phrase("在主题之上", "it stands above the headline"),
    "below": Phrase("在主题之下", "it stands below the headline"),
    "dash": Phrase("以破折号开头", "it begins with a dash"),
    "writer": Phrase("有记者、通讯员等字样和姓名，不成句", "it names a reporter and is no sentence"),
    "wire": Phrase("像电头，在第一段开头", "it reads like a dateline and begins the first paragraph"),
    "between": Phrase("正文之间的短行", "it is a short line between paragraphs"),
    "copyright": Phrase("从版权行里取出", "it was taken from the copyright line"),
    "property": Phrase("取自页面注释里的属性", "it was taken from the properties in the page's comments"),
    "title-list": Phrase("标题导航，各条连写", "list of the page's titles, run together"),
    "menu": Phrase("菜单与翻页", "menu and paging"),
    "issue-line": Phrase("期号、版次、日期", "issue number, page and date"),
    "footer": Phrase("页脚：版权、地址、链接", "foot of the page: copyright, address, links"),
    "link": Phrase("链接", "link"),
    "staff": Phrase("本版责编等", "staff of the page"),
    "caption": Phrase("像图片说明，文件里没有图", "it reads like a caption, and there is no picture"),
    "head-too-long": Phrase("标题行太多", "there are too many lines of head"),
    "no-text": Phrase("下面没有正文", "there is no text below it"),
    "outside": Phrase("在稿件各栏之外", "it stands outside the fields of the article"),
    "not-given": Phrase("标题导航里有，没有给出这篇稿件的文件", "the page lists it, but its file was not given"),
    "picture-words": Phrase("图片说明", "caption"),
    "deleted": Phrase("修订中已删去的文字", "text that a tracked change deletes"),
    "comment": Phrase("批注", "comment"),
    "note": Phrase("脚注、尾注", "foot- or endnote"),
    "symbol": Phrase("符号字体里的符号", "symbol of a font of symbols"),
    "art": Phrase("艺术字", "letters that are drawn"),
    "chart": Phrase("图表或 SmartArt", "a chart or a diagram"),
    "page-head": Phrase("页眉、页脚", "header or footer"),
}
"""Why a line was taken for what it is said to be: one row a reason."""

PARTS = {
    "kicker": Phrase("引题", "kicker"),
    "headline": Phrase("主题", "headline"),
    "deck": Phrase("副题", "deck"),
    "byline": Phrase("署名", "byline"),
    "dateline": Phrase("电头", "dateline"),
    "subhead": Phrase("小标题", "subhead"),
}
"""The parts of a story that are told apart by rules."""

WHITE = " \t\u00a0\u3000\u2002\u2003\u2009\u202f"

_FACT = re.compile(
    r"第(?P<number>\d{1,6})期|第(?P<label>[A-Z]?\d{1,3})版(?:[:：][ \u3000]*(?P<section>[\u4e00-\u9fff·]{1,10}))?"
    r"|(?P<date>(?:19|20)\d\d(?:-\d{1,2}-|/\d{1,2}/|\.\d{1,2}\.|年\d{1,2}月)\d{1,2}日?)"
    r"|(?:本期)?(?:出版)?日期|星期[一二三四五六日天]|总(?=第)"
)
_MENU = re.compile(
    r"[上下]一[期版篇]|上期|下期|返回(?:首页|目录|版面)?|首页|目录|版面(?:导航|目录|概览|图)|标题导航|往期回顾|按日期查阅|数字报(?:首页)?"
    r"|(?:站内)?(?:高级)?(?:搜索|检索)|标题(?!\w)|全文(?!\w)|语音播报|朗读|播放|暂停|字号|[大中小](?!\w)|放大|缩小|默认|打印(?:本页|本稿)?|关闭(?:窗口)?"
    r"|新闻评论\d*|评论\d*(?!\w)|收藏(?:本文)?|推荐(?!\w)|分享(?:到|至)?(?!\w)|微信(?!\w)|微博(?!\w)|阅读(?:量|数)?\d*(?!\w)|点击(?:量|数)?\d*(?!\w)"
    r"|登录(?!\w)|注册(?!\w)|PDF(?:版|下载)?|更多(?!\w)"
)
_BETWEEN = re.compile(rf"[{WHITE}:：,，|｜•·●◆>＞<＜«»/=\-\[\]【】()（）]+")
LINKS = re.compile(r"友情链接|相关链接(?:[:：]|$)")
_FOOTER = re.compile(r"(?i)(?:copyright|©|版权所有|未经许可|技术支持|.{0,6}ICP备|.{0,4}公网安备|主办单位[:：]|Corporation)")
_ADDRESS = re.compile(rf"(?:社址|地址)[:：][{WHITE}]*(?P<address>\S+)")
_POSTCODE = re.compile(rf"邮(?:政编码|编)[:：][{WHITE}]*(?P<postcode>\d{{6}})")
_HOLDER = re.compile(
    r"(?:©|版权所有)[^\u4e00-\u9fff]*(?P<paper>[\u4e00-\u9fff]{2,8}?)(?:报社|智慧|全媒体|数字报|电子报|数字版|版权|$|[^\u4e00-\u9fff])"
)
STAFF = re.compile(r"(?:本版)?(?:责任编辑|责编|版面编辑|美编|美术编辑|校对|版式|编辑)[:：\s]\S.{0,40}")

_NAME = r"[\u4e00-\u9fff·]{2,8}|[\u4e00-\u9fff][ \u3000\u00a0]{1,2}[\u4e00-\u9fff]"
_ROLE = (
    r"(?:[\u4e00-\u9fffA-Za-z]{0,16}?(?:记者|通讯员|实习生|评论员|特派员|撰稿人|摄影|作者)|文[/／、]?[图摄]|[图摄][/／、]?文"
    r"|文字|撰文|文(?=[:：/／ \u3000\u00a0]))"
)
BYLINE = re.compile(
    rf"[■●◆▲□]?[{WHITE}]*[（(]?(?:{_ROLE}[{WHITE}:：/／]*(?:{_NAME})(?:[{WHITE}、,，/／]+(?:{_ROLE}[{WHITE}:：/／]*)?(?:{_NAME}))*"
    rf"[{WHITE}、,，/／]*)+(?:[文图摄/／]{{1,3}}|报道)?[）)]?"
)
LONGEST_BYLINE = 48
_CAPTION_END = re.compile(r"(?:[摄]影?|供图|资料图片?|新华社发)[）)]?$")
LONGEST_CAPTION = 120
_AGENCY = r"(?:新华社|中新社|中新网|新华网|人民网|央视网|中国新闻社)"
_WHEN = r"[\u4e00-\u9fff]{0,12}\d{1,2}月\d{1,2}日"
DATELINE = re.compile(
    rf"(?:本报(?:{_WHEN})?[讯电]|{_AGENCY}{_WHEN}[电讯]|{_AGENCY}[\u4e00-\u9fff]{{1,10}}电)"
    rf"(?:[{WHITE}]*[（(][^（）()]{{0,40}}(?:记者|通讯员|特约|实习生)[^（）()]{{0,40}}[）)])?"
)
DASH = re.compile(r"[—―]{1,2}|--")
SENTENCE = re.compile(r"。|[！？…；][”’」』）]?$")
LONG_LINE = 60
"""A line of so many characters is text, not head."""


class Furniture(NamedTuple):
    """What a line says that is no copy: which kind of furniture it is, and the facts in it."""

    reason: str
    facts: Facts


def furniture(text: str, is_tail: bool) -> Furniture | None:
    """Return what a line of web furniture is, None for copy; `is_tail` says that the foot of the page has begun."""
    facts = _facts(text)
    if facts is not None:
        return facts
    if LINKS.match(text) or (len(text) < LONG_LINE * 2 and _FOOTER.match(text)) or STAFF.fullmatch(text):
        return Furniture("staff" if STAFF.fullmatch(text) else "footer", _imprint(text))
    if _ADDRESS.match(text) or _POSTCODE.match(text) or (is_tail and not SENTENCE.search(text)):
        return Furniture("footer", _imprint(text))
    return None


def _facts(text: str) -> Furniture | None:
    """Return the furniture of a line that has nothing but facts of the issue and words of menus."""
    facts, place, is_issue_line = Facts(), 0, False
    while place < len(text):
        between = _BETWEEN.match(text, place)
        match = between or _FACT.match(text, place) or _MENU.match(text, place)
        if match is None:
            return None
        if match.re is _FACT:
            found = {name: words for name, words in match.groupdict().items() if words}
            is_issue_line = is_issue_line or "number" in found or "date" in found
            facts = facts.with_others(Facts(**found))
        place = match.end()
    date = plain_date(facts.date)
    return Furniture("issue-line" if is_issue_line else "menu", facts._replace(date=date))


def plain_date(text: str) -> str:
    """Return a date as manifests write it, such as 2023-03-27; empty where there is none."""
    parts = re.findall(r"\d+", text)
    return "-".join((parts[0], parts[1].zfill(2), parts[2].zfill(2))) if len(parts) >= 3 else ""


def _imprint(text: str) -> Facts:
    found: dict[str, str] = {}
    for pattern in (_ADDRESS, _POSTCODE, _HOLDER):
        match = pattern.search(text)
        found |= match.groupdict() if match else {}
    return Facts(**found)


def is_caption(text: str) -> bool:
    """Return whether a line reads like the caption of a picture, which names its maker at the end."""
    return len(text) <= LONGEST_CAPTION and bool(_CAPTION_END.search(text)) and not BYLINE.fullmatch(text)


def is_byline(text: str) -> bool:
    """Return whether a line names who wrote the article, and is no sentence."""
    return len(text) <= LONGEST_BYLINE and BYLINE.fullmatch(text) is not None


def is_text(text: str) -> bool:
    """Return whether a line is a paragraph of running text rather than one of a head."""
    return len(text) >= LONG_LINE or SENTENCE.search(text) is not None


def head_order(texts: list[str], titles: list[str]) -> Iterator[tuple[str, str]]:
    """Yield for each line of a head its part and the reason; a line of neither is "" with the reason.

    `titles` are lists of titles of the page, in which a headline stands and a kicker does not.
    """
    dashed = next((number for number, text in enumerate(texts) if number and DASH.match(text)), len(texts))
    listed = [number for number, text in enumerate(texts) if any(text in title for title in titles)]
    if listed:
        main, reason = listed[0], "in-title-list"
    elif dashed == 1:
        main, reason = 0, "only-line" if len(texts) == 1 else "first-line"
    elif dashed == 2:
        main, reason = (1 if len(texts[1]) < len(texts[0]) else 0), "shortest"
    else:
        main, reason = (1, "middle") if dashed == 3 else (0, "first-line")
    for number, text in enumerate(texts):
        if number == main:
            yield "headline", reason
        elif number < main:
            yield ("kicker", "above") if main - number <= 2 else ("", "head-too-long")
        elif number - main <= 2:
            yield "deck", "dash" if DASH.match(text) else "below"
        else:
            yield "", "head-too-long"
