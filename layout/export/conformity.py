"""What art from other files may hold that a PDF/X-1a must not: transparency, colour by profile, later filters.

Source: ISO 15930-4:2003, its rules of filters, colour and transparency. What this engine draws itself has none of it.
"""

import re
from collections.abc import Iterator

from layout.diagnostics import Diagnostic, finding
from layout.export.plates import is_black, operators_of, told_of
from layout.frame import ForeignObject, ForeignPage
from layout.manifest.areas import FurnitureArea
from layout.manifest.issue import AdvertContent, Content, Issue, PictureContent, PictureGroup, StoryContent
from layout.manifest.issue_file import Ink
from layout.manifest.pressroom import Standard
from layout.messages import Phrase

_TRANSPARENT = Phrase("透明效果", "transparency")
_COLOURED = Phrase("带特性文件的颜色", "colour by a profile")
_FILTERED = Phrase("JPEG 2000、JBIG2 或 LZW 压缩的数据", "data packed by JPEG 2000, JBIG2 or LZW")

_IN_DICTIONARIES: tuple[tuple[re.Pattern[bytes], Phrase], ...] = (
    (re.compile(rb"/S\s*/Transparency\b"), _TRANSPARENT),
    (re.compile(rb"/SMask\b(?!\s*/None)"), _TRANSPARENT),
    (re.compile(rb"/(?:CA|ca)\s+0?(?:\.\d*)?(?![\d.])"), _TRANSPARENT),
    (re.compile(rb"/BM\s*\[?\s*/(?!(?:Normal|Compatible)\b)"), _TRANSPARENT),
    (re.compile(rb"/(?:CalGray|Lab|ICCBased)\b"), _COLOURED),
    (re.compile(rb"/(?:JPXDecode|JBIG2Decode|LZWDecode|LZW)\b"), _FILTERED),
)
_INLINE_LZW = re.compile(rb"/LZW(?:Decode)?\b")


def standard_problems(issue: Issue) -> tuple[Diagnostic, ...]:
    """Return a finding for all art of an issue that keeps its files from the standard that the paper wants."""
    if issue.paper.print.standard is Standard.X4:
        return ()
    found = (
        finding("not-x1a", picture.span, path=picture.path.name, what=fault)
        for picture in _pictures(issue)
        if isinstance(picture.art, ForeignPage)
        for fault in dict.fromkeys(_faults(picture.art))
    )
    return tuple(dict.fromkeys(found))


def black_problems(issue: Issue) -> tuple[Diagnostic, ...]:
    """Return a finding for art of other inks on each page that is printed in black alone; drawings are made grey."""
    found = (
        finding("art-coloured", picture.span, path=picture.path.name, page=page.label)
        for page in issue.pages
        if page.ink is Ink.BLACK
        for block in page.blocks
        for picture in _pictures_of(block.content, issue)
        if isinstance(picture.art, ForeignPage) and not is_black(picture.art)
    )
    return tuple(dict.fromkeys(found))


def _pictures(issue: Issue) -> Iterator[PictureContent]:
    for page in issue.pages:
        for block in page.blocks:
            yield from _pictures_of(block.content, issue)


def _pictures_of(content: Content, issue: Issue) -> Iterator[PictureContent]:
    if isinstance(content, FurnitureArea):
        yield from (issue.masthead,) if content.kind == "masthead" and issue.masthead is not None else ()
    elif isinstance(content, PictureContent):
        yield content
    elif isinstance(content, AdvertContent):
        yield content.picture
    elif isinstance(content, PictureGroup):
        yield from content.pictures
    elif isinstance(content, StoryContent):
        yield from (inset.picture for inset in content.insets)


def _faults(page: ForeignPage) -> Iterator[Phrase]:
    for made in page.objects:
        yield from _faults_of(made)


def _faults_of(made: ForeignObject) -> Iterator[Phrase]:
    told = told_of(made)
    yield from (fault for pattern, fault in _IN_DICTIONARIES if pattern.search(told))
    data = operators_of(made) or b""
    if _INLINE_LZW.search(data):
        yield _FILTERED
