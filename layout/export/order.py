"""The order of pages for the press room (印张表): what stands where, in which inks, in which file, as data and as a list."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from unicodedata import east_asian_width

from layout.export.imposition import BLANK, BLANK_NAME, FOLDINGS, PLACES, SIDES, Side, SideName, folding_of, label_of
from layout.frame import Page
from layout.manifest.issue import Issue
from layout.manifest.pressroom import Standard
from layout.script.numerals import date_in_words
from layout.units import Emu, millimetres

STANDARDS = {Standard.X4: "PDF/X-4, PDF/A-2u", Standard.X1A: "PDF/X-1a:2003"}

_INKS = {"C": "青", "M": "品红", "Y": "黄", "K": "黑"}


class Ordered(NamedTuple):
    """What the order is made of: an issue and its pages, the sides of its sheets, and files by name.

    `names` and `plates` are the name of each page's file, where it has one, and the letters of its inks, by its number.
    `sheets` is the name of the file with the sides, each on a page of its own; empty where there is none.
    """

    issue: Issue
    pages: Sequence[Page]
    sides: Sequence[Side]
    names: Mapping[int, str]
    plates: Mapping[int, Sequence[str]]
    files: Mapping[str, bytes]
    sheets: str = ""


def checksums(files: Mapping[str, bytes]) -> str:
    """Return the list of files that ``sha256sum --check`` reads."""
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))


def page_order(ordered: Ordered) -> dict[str, Any]:
    """Return the order as plain data; lengths are in millimetres."""
    issue, paper = ordered.issue, ordered.issue.paper
    return {
        "paper": paper.name.text,
        "key": paper.key,
        "number": issue.number,
        "date": issue.date.isoformat(),
        "edition": issue.edition_name,
        "standard": STANDARDS[paper.print.standard],
        "folding": folding_of(issue).value,
        "trim": _size(paper.format.trim_width, paper.format.trim_height),
        "bleed": millimetres(paper.bleed),
        "sides": [_side(ordered, side, number) for number, side in enumerate(ordered.sides, 1)],
        "files": [
            {"file": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in sorted(ordered.files.items())
        ],
    }


def _size(width: Emu, height: Emu) -> list[float]:
    return [millimetres(width), millimetres(height)]


def _side(ordered: Ordered, side: Side, number: int) -> dict[str, Any]:
    own = ordered.issue.paper.format
    pages = {page.number: page for page in ordered.pages}
    widths = (pages[page].size.width if page else own.trim_width for page in side.pages)
    file = {"file": ordered.sheets, "file-page": number} if ordered.sheets else {}
    return {
        "sheet": side.sheet,
        "side": side.name.value,
        **file,
        "trim": _size(sum(widths), own.trim_height),
        "inks": [letter for letter in _INKS if any(letter in ordered.plates.get(page, ()) for page in side.pages)],
        "places": [
            {"place": place.en, **_place(ordered, page)}
            for place, page in zip(PLACES[len(side.pages)], side.pages, strict=True)
        ],
    }


def _place(ordered: Ordered, number: int) -> dict[str, Any]:
    if number == BLANK:
        return {"blank": True}
    page = next(page for page in ordered.issue.pages if page.number == number)
    told = {"page": number, "label": label_of(page), "section": page.name.text, "inks": list(ordered.plates[number])}
    return told | ({"file": ordered.names[number]} if number in ordered.names else {})


def order_list(ordered: Ordered) -> str:
    """Return the order as a list to be printed and hung up: a line for each place of each side."""
    issue, data = ordered.issue, page_order(ordered)
    date = date_in_words(issue.date)
    lines = [
        f"印张表　{data['paper']}　{date}　第{issue.number}期　版本 {issue.edition_name}",
        f"折法：{FOLDINGS[folding_of(issue)].zh}　成品 {_shown(data['trim'])}　出血 {data['bleed']:g} 毫米　{data['standard']}",
    ]
    for side in data["sides"]:
        lines += ["", *_side_lines(side)]
    return "\n".join((*lines, "", "文件（SHA-256）", checksums(ordered.files)))


def _shown(size: Sequence[float]) -> str:
    return f"{size[0]:g} × {size[1]:g} 毫米"


def _side_lines(side: Mapping[str, Any]) -> Iterator[str]:
    name = SIDES[SideName(side["side"])].zh
    file = f"　{side['file']} 第{side['file-page']}页" if "file" in side else ""
    yield f"第{side['sheet']}张 {name}　{_shown(side['trim'])}　{_inks(side['inks'])}{file}"
    for place, told in zip(PLACES[len(side["places"])], side["places"], strict=True):
        if "blank" in told:
            yield f"  {_padded(place.zh, 4)}{BLANK_NAME}"
            continue
        columns = (_padded(f"{told['label']}版", 10), _padded(told["section"], 16), _padded(_inks(told["inks"]), 12))
        yield f"  {_padded(place.zh, 4)}{''.join(columns)}{told.get('file', '')}".rstrip()


def _inks(letters: Sequence[str]) -> str:
    return "".join(_INKS[letter] for letter in letters) or "无墨"


def _padded(text: str, columns: int) -> str:
    """Return a text with blanks to a number of columns, of which a Han character takes two; one blank at least."""
    taken = sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
    return text + " " * max(1, columns - taken)
