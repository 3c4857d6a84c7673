"""White in copy: what tabs and spaces stand for, and the indents made by hand, which the engine makes itself."""

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

from layout.script.classes import HAN, classify
from layout.script.unprintable import INVISIBLE

EM_SPACE = "\u3000"

_GROUPING = re.compile("(?<=[0-9])[\u2009\u202f](?=[0-9])")
_ODD = re.compile("[\u2001\u2003]|([\t\u1680\u2000\u2002\u2004-\u200a\u202f\u205f])")
_RUNS = re.compile("[ \u00a0]+")
_WHITE = re.compile(r"\s")
_OWN_WHITE = frozenset("ocpkxsq")
"""The classes of the marks that bring their own white."""

_BLANK = rf"(?:[^\S\n]|{INVISIBLE})"
_EDGES = re.compile(rf"^{_BLANK}|{_BLANK}$", re.MULTILINE)
_BLANKS = re.compile(f"{_BLANK}*")
_NO_MARKUP = re.compile(r"[-+>=]|\*(?!\*[^*])|[0-9]{1,9}[.)]|#(?![#\s])")
FENCE = ":::"
"""What a line begins with that opens or closes a container: a paragraph may begin right below it."""

_INDENT = 4
"""The least indent in half ems that says that a paragraph begins, even without an empty line before it."""


def plain_white(text: str) -> str:
    """Return a text of the same length: a space for tabs and the narrow spaces of Unicode, U+3000 for an em space.

    The narrow spaces that group the figures of a number become U+00A0, which most faces have, and which never parts.
    """
    return _ODD.sub(lambda match: " " if match[1] else EM_SPACE, _GROUPING.sub("\u00a0", text))


def body_white(texts: Sequence[str]) -> list[str]:
    """Return the runs of a paragraph with their white as it is set.

    White at its ends goes. A run of spaces is one between two Western characters, and between two Han, where it parts
    names; beside marks and between Han and Western characters it goes, since these have their own white (CLREQ
    `#mixed_text_composition_in_horizontal_writing_mode`). U+3000 stays.
    """
    text = plain_white("".join(texts))
    if not _WHITE.search(text):
        return list(texts)
    classes = classify(text)
    characters = list(text)
    for match in _RUNS.finditer(text):
        start, end = match.span()
        characters[start:end] = [match[0][0] if _is_word_space(text, classes, start, end) else "", *[""] * (end - start - 1)]
    for place in (*range(len(text) - len(text.lstrip())), *range(len(text.rstrip()), len(text))):
        characters[place] = ""
    return ["".join(characters[start:end]) for start, end in pairwise(accumulate(map(len, texts), initial=0))]


def _is_word_space(text: str, classes: str, start: int, end: int) -> bool:
    if start == 0 or end == len(text) or EM_SPACE in (text[start - 1], text[end]):
        return False
    before, after = classes[start - 1], classes[end]
    return (before == HAN.code) == (after == HAN.code) and _OWN_WHITE.isdisjoint((before, after))


def hand_made_parts(text: str) -> list[tuple[int, str]]:
    """Return a Markdown text in parts, each with the number of its first line, whose hand-made indents are plain spaces.

    Writers begin paragraphs with two U+3000, four spaces or a tab, often without an empty line before them: such a line
    begins a part. White at the ends of lines goes; all other characters keep their places in their lines. Where a line
    would become a list or a quotation by the loss of its indent, it keeps U+3000, which Markdown takes for text.
    """
    lines = text.split("\n")
    if not _EDGES.search(text):
        return [(0, text)]
    starts = [0]
    for number, line in enumerate(lines):
        words = line[: len(line) - _blanks(line[::-1])]
        indent = _blanks(words)
        is_first = number == 0 or not lines[number - 1] or lines[number - 1].startswith(FENCE)
        if indent and (is_first or _halves(words[:indent]) >= _INDENT):
            words = _indented(words[:indent], words[indent:])
            starts += [] if is_first else [number]
        lines[number] = words
    return [(start, "\n".join(lines[start:end])) for start, end in pairwise([*starts, len(lines)])]


def _blanks(line: str) -> int:
    """Return how many characters without ink a line begins with."""
    match = _BLANKS.match(line)
    return match.end() if match else 0


def _halves(white: str) -> int:
    """Return the width of an indent in half ems, as editors show it."""
    shown = plain_white(re.sub(INVISIBLE, "", white.replace("\t", " " * _INDENT)))
    return len(shown) + shown.count(EM_SPACE)


def _indented(white: str, words: str) -> str:
    is_made_by_hand = len(white) >= _INDENT or bool(white.strip(" "))
    return (EM_SPACE if is_made_by_hand and _NO_MARKUP.match(words) else " ") * len(white) + words
