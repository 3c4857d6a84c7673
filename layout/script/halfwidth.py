"""Western marks between Han, which web systems leave behind, and the full-width marks that they were."""

import re
from collections.abc import Iterator

from layout.script.unprintable import INVISIBLE

_FULL = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
_MARK = re.compile(r"&#?\w{1,31};|[,:;?]|!(?!\[)")
_PAIR = re.compile(r"\(([^()\n]{0,80})\)")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3003-\u303f\uff01-\uff5e]")
_QUOTES = "“”‘’"
_QUOTED = re.compile(r"""(?<![0-9A-Za-z"])"([^"\n]{0,200})"(?!")""")
_STOPS = re.compile(r"\.{2,}|--+|\.(?![0-9A-Za-z.])")
_CLOSING = re.compile(r"\s|[”’」』）)]|$")
_LATIN = re.compile(r"[0-9A-Za-z%]")
_SIGNS = "*_"
_POINTS = ",:;?!"
_NO_TEXT = re.compile(rf"\]\{{[^{{}}\n]*\}}|\[(?=[^\[\]\n]*\]\{{)|{INVISIBLE}")
"""The brackets and braces of marked text, which are signs like those of emphasis, and what has no ink."""


def halfwidth_marks(text: str) -> list[int]:
    """Return the places of ASCII marks that stand beside Han where Chinese has a full-width mark."""
    return sorted(_full_marks(text))


def restore_marks(text: str) -> str:
    """Return the text with those marks in their full width; everything else stays as it is.

    Marks that may stand for more than one stay, too: a stop inside a sentence, several stops, hyphens in a row. One that
    is restored may tell what the next one was, so the text is gone over until nothing changes.
    """
    characters = list(text)
    for place, mark in _full_marks(text).items():
        characters[place] = mark
    made = "".join(characters)
    return made if made == text else restore_marks(made)


def has_unpaired_quotes(text: str) -> bool:
    """Return whether quotation marks do not pair: one left open or closed twice, or a straight one beside Han."""
    depth = 0
    for sign in re.findall(f"[{_QUOTES[:2]}]", text):
        depth += 1 if sign == _QUOTES[0] else -1
        if depth not in (0, 1):
            return True
    straight = (match.start() for match in re.finditer('"', text))
    return depth != 0 or any(_HAN.match(_neighbour(text, place, step)) for place in straight for step in (-1, 1))


def _full_marks(text: str) -> dict[int, str]:
    """Return by place what the marks were, or the marks themselves where that is open."""
    words = _NO_TEXT.sub(lambda match: "_" * len(match[0]), text)
    marks = dict(_quotes(words))
    if marks:
        characters = list(words)
        for place, mark in marks.items():
            characters[place] = mark
        words = "".join(characters)
    marks |= {place: _FULL[words[place]] for place in (*_points(words), *_brackets(words))}
    return marks | dict(_stops(words))


def _quotes(text: str) -> Iterator[tuple[int, str]]:
    """Yield the quotation marks of each pair that stands after Han or encloses Han."""
    for match in _QUOTED.finditer(text):
        if _HAN.match(_neighbour(text, match.start(), -1)) or _HAN.search(match[1]):
            yield match.start(), "“"
            yield match.end() - 1, "”"


def _stops(text: str) -> Iterator[tuple[int, str]]:
    """Yield a full stop after Han, and the first of several stops or hyphens."""
    for match in _STOPS.finditer(text):
        if _HAN.match(_neighbour(text, match.start(), -1)):
            is_final = match[0] == "." and _CLOSING.match(_neighbour(text, match.start(), 1))
            yield match.start(), "。" if is_final else match[0][0]


def _points(text: str) -> Iterator[int]:
    before, start = "", 0
    for match in _MARK.finditer(text):
        before = text[start : match.start()].rstrip(_SIGNS + _POINTS)[-1:] or before
        start = match.start()
        if len(match[0]) > 1:
            continue
        after = _neighbour(text, start, 1)
        if _HAN.match(before):
            is_chinese = True
        elif before and before in _QUOTES:
            is_chinese = bool(_HAN.match(after)) or not after.strip()
        else:
            is_chinese = bool(_LATIN.match(before) and _HAN.match(after))
        if is_chinese:
            yield start


def _brackets(text: str) -> Iterator[int]:
    """Yield both brackets of each pair that stands after Han or encloses Han; one left alone beside Han, too."""
    paired: set[int] = set()
    for match in _PAIR.finditer(text):
        paired |= {match.start(), match.end() - 1}
        if _HAN.match(_neighbour(text, match.start(), -1)) or _HAN.search(match[1]):
            yield match.start()
            yield match.end() - 1
    for match in re.finditer(r"[()]", text):
        if match.start() not in paired and _HAN.match(_neighbour(text, match.start(), -1)):
            yield match.start()


def _neighbour(text: str, place: int, step: int) -> str:
    """Return the next character on one side that is no emphasis sign and, leftwards, no other mark of the run."""
    place += step
    skipped = _SIGNS if step > 0 else _SIGNS + _POINTS
    while 0 <= place < len(text) and text[place] in skipped:
        place += step
    return text[place] if 0 <= place < len(text) else ""
