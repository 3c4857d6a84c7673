"""Sketches of pages that came in: drawn from the areas of an image map, or plain, one band a story."""

import string
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from layout.incoming.matter import Article, Outline
from layout.manifest.format import Format

LETTERS = "".join(letter for letter in string.ascii_uppercase + string.ascii_lowercase if letter not in "MT")
"""The letters of stories: M and T are masthead and date bar."""

_EMPTY = "."
_ROWS = 36
"""Steps of a page's depth to which areas of an image map are drawn."""

_LEAST_LINES = 3
_WIDEST = 48
"""Ems of the widest line that is read with ease (CLREQ `#considerations_in_designing_type_area`)."""


class Drawn(NamedTuple):
    """A sketch: its rows, the letter of each article in their order, and whether it follows an image map."""

    rows: tuple[str, ...]
    letters: str
    is_from_map: bool


def draw(articles: Sequence[Article], form: Format, has_masthead: bool) -> Drawn:
    """Return the sketch of a page: by the areas of its articles where all have them and none overlap, else plain."""
    mapped = _from_map(articles, form.columns, has_masthead)
    if mapped is not None:
        return mapped
    letters = LETTERS[: len(articles)]
    rows = [letter * form.columns for letter in letters]
    return Drawn((*_top(form.columns, has_masthead), *rows), letters, False)


def legs_of(article: Article, form: Format) -> int:
    """Return how many legs a story across the page has: no line too long, and three lines in each leg if it may be."""
    ems = form.columns * (form.ems + form.gutter) - form.gutter
    characters = sum(len(passage.markdown) + form.ems // 2 for passage in article.passages)
    least = -(-ems // _WIDEST)
    fitting = (legs for legs in range(form.columns, least, -1) if characters * legs >= _LEAST_LINES * ems * 1)
    enough = (legs for legs in fitting if characters / (ems / legs) / legs >= _LEAST_LINES)
    return next(enough, least)


def _top(columns: int, has_masthead: bool) -> tuple[str, ...]:
    return ("M" * columns, "T" * columns) if has_masthead else ()


def _from_map(articles: Sequence[Article], columns: int, has_masthead: bool) -> Drawn | None:
    """Return the sketch that the areas make; None where an article has none, is lost between others, or is in pieces."""
    if not articles or not all(article.outlines for article in articles):
        return None
    letters = LETTERS[: len(articles)]
    cells = [[_EMPTY] * columns for _ in range(_ROWS)]
    for letter, article in zip(letters, articles, strict=True):
        for row, column in _cells(article.outlines, columns):
            if cells[row][column] not in (_EMPTY, letter):
                return None
            cells[row][column] = letter
    rows = _pressed("".join(row) for row in cells)
    if set("".join(rows)) - {_EMPTY} != set(letters) or not all(_is_rectangle(rows, letter) for letter in letters):
        return None
    return Drawn((*_top(columns, has_masthead), *_filled(rows)), letters, True)


def _cells(outlines: Sequence[Outline], columns: int) -> Iterator[tuple[int, int]]:
    """Yield the cells whose middles lie within the bounds of an area."""
    for outline in outlines:
        box, (width, height) = outline.bounds, outline.page
        for row in range(_ROWS):
            for column in range(columns):
                x, y = (2 * column + 1) * width, (2 * row + 1) * height
                across = 2 * columns * box.x <= x < 2 * columns * box.right
                if across and 2 * _ROWS * box.y <= y < 2 * _ROWS * (box.y + box.height):
                    yield row, column


def _pressed(rows: Iterator[str]) -> list[str]:
    """Return the rows that differ from the one above, without those in which nothing stands."""
    pressed: list[str] = []
    for row in rows:
        if row.strip(_EMPTY) and (not pressed or row != pressed[-1]):
            pressed.append(row)
    return pressed


def _is_rectangle(rows: Sequence[str], letter: str) -> bool:
    spots = {(number, column) for number, row in enumerate(rows) for column, sign in enumerate(row) if sign == letter}
    down, across = {row for row, _ in spots}, {column for _, column in spots}
    size = (max(down) - min(down) + 1) * (max(across) - min(across) + 1)
    return len(spots) == size


def _filled(rows: Sequence[str]) -> Iterator[str]:
    """Yield the rows with cells of no area given to the area beside them, as far as that stays a rectangle."""
    grid = list(rows)
    for letter in dict.fromkeys("".join(rows).replace(_EMPTY, "")):
        grid = _widened(grid, letter)
    yield from grid


def _widened(rows: Sequence[str], letter: str) -> list[str]:
    own = [number for number, row in enumerate(rows) if letter in row]
    first, last = rows[own[0]].index(letter), rows[own[0]].rindex(letter)
    while last + 1 < len(rows[0]) and all(rows[number][last + 1] == _EMPTY for number in own):
        last += 1
    while first and all(rows[number][first - 1] == _EMPTY for number in own):
        first -= 1
    width = last - first + 1
    return [row[:first] + letter * width + row[last + 1 :] if number in own else row for number, row in enumerate(rows)]
