"""The findings of a preflight as one web page: each page's picture with the findings drawn on it, and their list."""

import base64
from collections.abc import Iterator, Sequence
from html import escape

from layout.diagnostics import Language
from layout.export.proof import foreign_page_image
from layout.messages import Phrase, Severity
from layout.preflight.examine import Result
from layout.preflight.facts import PageFacts
from layout.preflight.findings import Finding
from layout.preflight.table import CHECKS, List

_PPI = 72
_MOST_PIXELS = 4_000_000
_MOST_PICTURES = 24
_MOST_DRAWN = 3000
_MOST_NUMBERED = 5
"""How many marks of one finding bear its number."""

_LARGE_MM2 = 50_000.0
"""Marks from this area on, a quarter of a broadsheet, are outlines, so that what lies in them is seen."""

_LEAST_MM = 3.0
"""Smaller marks and numbers are drawn larger, so that they are seen."""

_TITLES = {
    List.ADS: Phrase("报纸广告（GWG 2022 Newspaper Ads CMYK）", "newspaper adverts (GWG 2022 Newspaper Ads CMYK)"),
    List.PAPERS: Phrase("整期报纸（GWG 2022 WebCMYKNews CMYK）", "whole newspapers (GWG 2022 WebCMYKNews CMYK)"),
    List.X4: Phrase("PDF/X-4（ISO 15930-7）", "PDF/X-4 (ISO 15930-7)"),
}
_PREFLIGHT = Phrase("印前检查", "Preflight")
_CLEAN = Phrase("没有发现问题", "nothing was found")
_FILE = Phrase("整个文件", "The file")
_PAGE = Phrase("第 {} 页", "Page {}")
_SUM = Phrase("错误 {}，警告 {}", "{} errors, {} warnings")
_GRADES = {Severity.ERROR: Phrase("错误", "error"), Severity.WARNING: Phrase("警告", "warning")}
_TO_DO = Phrase("办法：", "To do: ")

_STYLE = """
body{font:15px/1.5 system-ui,sans-serif;margin:0 auto;max-width:1500px;padding:1em 2em;color:#111;background:#fff}
h1{font-size:1.4em}h2{font-size:1.15em;border-top:2px solid #111;padding-top:.5em;overflow-wrap:anywhere}h3{font-size:1em}
.page{display:flex;gap:2em;align-items:flex-start;flex-wrap:wrap;margin:1em 0 2em}
svg{flex:2 1 500px;max-width:900px;height:auto;border:1px solid #999;background:#fff}
ol{flex:1 1 360px;margin:0;padding:0;list-style:none}li{margin:0 0 .9em;padding-left:.7em;border-left:4px solid #c47a00}
li.error{border-color:#c00018}b{margin-right:.4em}small{color:#555;display:block;overflow-wrap:anywhere}
"""

_LOOKS = {
    "trim": 'fill="none" stroke="#0a7d33" stroke-dasharray="2 1"',
    "warning": 'fill="#f5a300" stroke="#c47a00"',
    "error": 'fill="#e00020" stroke="#c00018"',
}
"""Of marks on the picture; they stand in the drawing itself, so that it can be taken out of the page."""

_GROUNDS = {Severity.ERROR: "#c00018", Severity.WARNING: "#8a5600"}

_LABELS_ACROSS = 70
"""How many numbers stand in the width of a page as high as they are."""

_WIDE = 1.6
"""How wide a number's ground is, in its height."""

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def web_page(results: Sequence[tuple[Result, bytes]], checks: List, language: Language) -> str:
    """Return the page for files and their bytes; it needs nothing beside itself and runs no script."""
    title = f"{_say(_PREFLIGHT, language)}: {_say(_TITLES[checks], language)}"
    tongue = "zh-Hans" if language is Language.ZH else "en"
    sections = "".join(part for result, data in results for part in _file(result, data, language))
    return (
        f'<!DOCTYPE html>\n<html lang="{tongue}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title><style>{_STYLE}</style></head>\n'
        f"<body><h1>{escape(title)}</h1>\n{sections}</body></html>\n"
    )


def _say(phrase: Phrase, language: Language) -> str:
    return phrase.zh if language is Language.ZH else phrase.en


def _file(result: Result, data: bytes, language: Language) -> Iterator[str]:
    yield f"<h2>{escape(result.name)}</h2>\n"
    if not result.findings:
        yield f"<p>{_say(_CLEAN, language)}</p>\n"
        return
    errors = sum(finding.severity is Severity.ERROR for finding in result.findings)
    yield f"<p>{_say(_SUM, language).format(errors, len(result.findings) - errors)}</p>\n"
    whole = [finding for finding in result.findings if not finding.page]
    if whole:
        yield f"<h3>{_say(_FILE, language)}</h3>\n{_list(whole, language)}"
    for count, number in enumerate(dict.fromkeys(finding.page for finding in result.findings if finding.page)):
        own = [finding for finding in result.findings if finding.page == number]
        page = result.facts.pages[number - 1] if result.facts and count < _MOST_PICTURES else None
        picture = _picture(page, own, data) if page else ""
        heading = escape(_say(_PAGE, language).format(number))
        yield f'<h3>{heading}</h3>\n<div class="page">{picture}{_list(own, language)}</div>\n'


def _list(findings: Sequence[Finding], language: Language) -> str:
    return f"<ol>{''.join(_item(number, finding, language) for number, finding in enumerate(findings, 1))}</ol>\n"


def _item(number: int, finding: Finding, language: Language) -> str:
    grade = finding.severity.value
    what = escape(f"{finding.message(language)}{finding.more(language)}")
    hint = escape(f"{_say(_TO_DO, language)}{finding.hint(language)}")
    place = ""
    if finding.boxes:
        left, top, right, foot = finding.boxes[0]
        place = f" · {left:g}, {top:g} – {right:g}, {foot:g} mm"
    source = escape(f"{_say(_GRADES[finding.severity], language)} · {finding.code} · {CHECKS[finding.code].source}{place}")
    return f'<li class="{grade}"><b>{number}</b>{what}<br>{hint}<small>{source}</small></li>\n'


def _picture(page: PageFacts, findings: Sequence[Finding], data: bytes) -> str:
    """Return the page's picture with its trim and the places of its findings, in mm from the trim's upper left corner."""
    left, top, right, foot = page.millimetres(page.crop)
    width, height = max(right - left, 1.0), max(foot - top, 1.0)
    points = page.crop.width * page.crop.height
    ppi = min(_PPI, 72 * (_MOST_PIXELS / points) ** 0.5) if points else _PPI
    png = foreign_page_image(data, ppi, page.number)
    frame = f'x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}"'
    source = f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}" if png else ""
    image = f'<image {frame} preserveAspectRatio="none" href="{source}"/>' if png else ""
    trim = _rectangle(page.millimetres(page.edge), "trim", 0.0)
    label = max(width / _LABELS_ACROSS, _LEAST_MM)
    marks = f'<g stroke-width="{label / 8:.2f}">{trim}{"".join(_marks(findings, label, top))}</g>'
    view = f'viewBox="{left:g} {top:g} {width:g} {height:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {view}>{image}{marks}</svg>\n'


def _marks(findings: Sequence[Finding], label: float, head: float) -> Iterator[str]:
    """Return the marks of findings, warnings below errors, and numbers at the first of each, none of which covers another.

    `head` is the height of the picture's upper edge.
    """
    numbered = list(enumerate(findings, 1))
    places = [(finding, box) for finding in reversed(findings) for box in finding.boxes]
    for finding, box in places[-_MOST_DRAWN:]:
        yield _rectangle(box, finding.severity.value, _LEAST_MM)
    taken: list[tuple[float, float]] = []
    for number, finding in numbered:
        for box in finding.boxes[:_MOST_NUMBERED]:
            x, y = box[0], max(box[1] - label, head)
            while any(abs(x - left) < _WIDE * label and abs(y - top) < label for left, top in taken):
                x += _WIDE * label
            taken.append((x, y))
            yield _tag(number, x, y, finding.severity, label)


def _tag(number: int, x: float, y: float, severity: Severity, label: float) -> str:
    """Return a number on a ground, which stands on its mark's upper left corner."""
    middle = f'x="{x + _WIDE / 2 * label:.1f}" y="{y + 0.85 * label:.1f}" text-anchor="middle"'
    size = f'width="{_WIDE * label:.1f}" height="{label:.1f}"'
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" {size} fill="{_GROUNDS[severity]}" stroke="none"/>'
        f'<text {middle} font-size="{label:.1f}" font-weight="bold" fill="#fff" stroke="none">{number}</text>'
    )


def _rectangle(box: tuple[float, float, float, float], kind: str, least: float) -> str:
    left, top, right, foot = box
    wide, high = max(right - left, least), max(foot - top, least)
    x, y = (left + right - wide) / 2, (top + foot - high) / 2
    opacity = 0.1 if wide * high < _LARGE_MM2 else 0
    frame = f'x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}"'
    return f'<rect class="{kind}" {_LOOKS[kind]} fill-opacity="{opacity}" {frame}/>'
