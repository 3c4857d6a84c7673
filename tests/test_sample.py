"""The sample issue under the editor's hands: longer, shorter, and as it is."""

import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
import yaml

from tests.conftest import GALLERY, SAMPLE

KINDS = GALLERY.parent / "kinds.yaml"
ISSUES = (SAMPLE, GALLERY, KINDS)


@pytest.fixture
def lead(tmp_path):
    """A copy of the sample, and its lead story's file."""
    folder = shutil.copytree(SAMPLE.parent, tmp_path / "ruzhou")
    return folder / "stories" / "sanquan.md"


def check(lead, make_issue):
    return make_issue("check", lead.parent.parent / SAMPLE.name)


def test_a_hundred_characters_more_are_told_as_overset(lead, make_issue):
    lead.write_text(lead.read_text(encoding="utf-8").rstrip() + "字" * 99 + "。\n", encoding="utf-8")

    result = check(lead, make_issue)

    found = re.search(r'error\[overset\]: page 01: story "sanquan" is (\d+) characters', result.stderr)
    assert result.returncode == 1
    assert found is not None
    assert 30 <= int(found[1]) <= 130


def test_a_hundred_characters_less_leave_the_page_full_or_are_told(lead, make_issue):
    text = lead.read_text(encoding="utf-8")
    place = text.index("如汝州2015年")
    lead.write_text(text[:place] + text[place + 100 :], encoding="utf-8")

    result = check(lead, make_issue)

    assert result.returncode == 0
    assert "overset" not in result.stderr
    assert result.stderr == "" or 'underset]: page 01: story "sanquan"' in result.stderr


@pytest.mark.parametrize("issue", [SAMPLE, KINDS], ids=lambda issue: issue.stem)
def test_a_sample_says_nothing_that_a_night_editor_would_have_to_mend(issue, make_issue):
    result = make_issue("check", issue)

    assert (0, "", "") == (result.returncode, result.stdout, result.stderr)


def test_no_story_of_the_samples_has_a_western_mark_between_han():
    texts = [path.read_text(encoding="utf-8") for path in SAMPLE.parent.glob("stories/*.md")]

    assert len(texts) == 44
    assert [] == [found for text in texts for found in re.findall(r"[\u4e00-\u9fff][,:;?!()][\u4e00-\u9fff]", text)]


def test_the_lead_is_the_copy_that_was_given(make_issue):
    """1710 characters in four paragraphs, marks restored, nothing else changed."""
    text = (SAMPLE.parent / "stories" / "sanquan.md").read_text(encoding="utf-8").split("---\n")[2]
    paragraphs = [line.replace("**", "") for line in text.splitlines() if line]

    assert [104, 556, 522, 528] == [len(paragraph) for paragraph in paragraphs]
    assert sum(paragraph.count("，") for paragraph in paragraphs) == 76


# ---- constructs: each stands in a sample at least once


def _read(path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


@cache
def issues() -> tuple[Any, ...]:
    """The samples as plain values, each with its paper under `paper`."""
    return tuple({**(made := _read(path)), "paper": _read(path.parent / made["paper"])} for path in ISSUES)


@cache
def pages() -> tuple[Any, ...]:
    return tuple(page for issue in issues() for page in issue["pages"])


@cache
def areas() -> tuple[Any, ...]:
    found = [area for page in pages() for area in page["areas"].values()]
    return tuple({area: ""} if isinstance(area, str) else area for area in found)


@cache
def stories() -> str:
    """The text of all story files of the samples."""
    files = (path for issue in ISSUES for path in sorted(issue.parent.glob("stories/*.md")))
    return "\n".join(dict.fromkeys(path.read_text(encoding="utf-8") for path in files))


def heads() -> Iterator[Any]:
    return (area.get("head", {}) for area in areas())


def pictures() -> Iterator[Any]:
    for area in areas():
        yield from ([area] if "picture" in area else area.get("pictures") or area.get("insets") or ())


def named(key: str, value: str) -> bool:
    return any(area.get(key) == value for area in areas())


def head(key: str, value: str) -> bool:
    return any(made.get(key) == value for made in heads())


def front(key: str, value: str = r"\S") -> bool:
    """Whether the front matter of a story has a key whose value begins so."""
    return re.search(rf"^{key}: *(\|\n *)?{value}", stories(), re.MULTILINE) is not None


def picture(kind: str) -> bool:
    return any(each["picture"].endswith(kind) for each in pictures())


ORNAMENTS = frozenset(
    [
        "fret",
        "lozenge",
        "sawtooth",
        "brick",
        "beads",
        "scales",
        "scroll",
        "rope",
        "coin",
        "star",
        "fence",
        "ruyi",
        "cloud",
        "bamboo",
        "wheat",
        "leaf",
        "plum",
    ]
)
CONSTRUCTS: dict[str, Callable[[], bool]] = {
    "对开": lambda: any(issue["paper"]["format"] == "对开" and len(issue["pages"]) == 8 for issue in issues()),
    "四开": lambda: any(issue["paper"]["format"] == "四开" and len(issue["pages"]) == 4 for issue in issues()),
    "通版": lambda: any("spread" in page for page in pages()),
    "引题": lambda: front("kicker"),
    "主题": lambda: front("headline"),
    "副题": lambda: front("deck", "[^—]"),
    "破折号副题": lambda: any(area.get("headline", {}).get("deck", "").startswith("——") for area in areas()),
    "小标题": lambda: re.search(r"^## ", stories(), re.MULTILINE) is not None,
    "通栏题": lambda: any("headline" in area for area in areas()),
    "大标题": lambda: any(len(area.get("over", ())) > 1 for area in areas()),
    "盖文题": lambda: any("story" in area and "place" not in area.get("head", {}) for area in areas()),
    "竖题": lambda: head("direction", "vertical"),
    "竖排": lambda: named("direction", "vertical"),
    "反白": lambda: head("ground", "black"),
    "题下底纹": lambda: any(made.get("ground", "").endswith("%") for made in heads()),
    **{f"提要题 {look}": lambda look=look: head("summary", look) for look in ("plain", "ruled", "boxed", "tinted")},
    **{f"栏题 {look}": lambda look=look: head("column-title", look) for look in ("boxed", "reversed", "ruled")},
    **{
        f"题文关系 {place}": lambda place=place: head("place", place)
        for place in ("beside", "left-corner", "right-corner", "brow", "centre", "waist")
    },
    **{f"图片 {kind}": lambda kind=kind: picture(kind) for kind in (".jpg", ".png", ".tif", ".webp", ".pdf", ".svg")},
    "裁图": lambda: any("focus" in each for each in pictures()),
    "图片说明": lambda: any("caption" in each and "credit" in each for each in pictures()),
    "说明在旁": lambda: named("caption-at", "beside"),
    "绕排": lambda: any(each.get("side") for each in pictures()),
    "嵌图": lambda: any("insets" in area for area in areas()),
    "组图": lambda: any("pictures" in area for area in areas()),
    "图片版": lambda: any(
        sum(bool({"picture", "pictures"} & set(area)) for area in page["areas"].values()) > 2 for page in pages()
    ),
    "单色版": lambda: any(page.get("ink") == "black" for page in pages()),
    "十二种花边": lambda: len({area.get("border") for area in areas()} & ORNAMENTS) >= 12,
    **{
        f"框线 {border}": lambda border=border: named("border", border)
        for border in ["hairline", "double", "dotted", "dashed", "wave", "rounded", "thick-thin", "thin-thick-thin"]
    },
    "底纹": lambda: any("tint" in area for area in areas()),
    "加框稿": lambda: any("story" in area and "border" in area for area in areas()),
    "短文": lambda: any("note" in area and "table" not in area for area in areas()),
    "表": lambda: any("table" in area for area in areas()),
    "列表": lambda: re.search(r"^[-*] ", stories(), re.MULTILINE) is not None,
    "编者按": lambda: front("editor-note"),
    "引语": lambda: re.search(r"^> ", stories(), re.MULTILINE) is not None,
    "导读": lambda: any("index" in area for area in areas()),
    **{
        f"广告 {size}": lambda size=size: named("size", size)
        for size in ("整版", "1/10", "1/16", "1/20", "通栏", "报眼", "下报眉")
    },
    "广告 PDF": lambda: any(area.get("advert", "").endswith(".pdf") for area in areas()),
    "广告 SVG": lambda: any(area.get("advert", "").endswith(".svg") for area in areas()),
    "报头用字": lambda: any("art" not in issue["paper"].get("masthead", {}) for issue in issues()),
    "报头用图": lambda: any("art" in issue["paper"].get("masthead", {}) for issue in issues()),
    "报头在左": lambda: any(issue["paper"].get("masthead", {}).get("form") == "left" for issue in issues()),
    "报眼": lambda: any("ear" in area for area in areas()),
    "天气": lambda: any("weather" in area for area in areas()),
    "今日": lambda: any("numbers" in area for area in areas()),
    "报眉在外": lambda: any(issue["paper"].get("folio", {}).get("form") == "name-out" for issue in issues()),
    "增期": lambda: any(issue.get("extra") == "增期" for issue in issues()),
    "版权项": lambda: all("imprint" in issue["paper"] for issue in issues()),
    "转版": lambda: any("jump" in area for area in areas()),
    "接版": lambda: any("rest" in area for area in areas()),
}


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_a_sample_has_each_construct(construct):
    assert CONSTRUCTS[construct]()
