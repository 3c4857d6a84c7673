"""What a content stream of a foreign PDF does, found without drawing it: the fonts that show text, forms drawn, RGB."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

_TOKEN = re.compile(
    rb"(?P<name>/[^\s\x00()<>\[\]{}/%]*)|(?P<word>[A-Za-z'\"][A-Za-z0-9'\"*]*)|(?P<string>\()|<[0-9A-Fa-f\s]*>|%[^\r\n]*"
)
_BRACKETS = re.compile(rb"\\.|[()]", re.DOTALL)
_IMAGE_END = re.compile(rb"\sEI(?=[\s\x00]|$)")

_SHOWS = frozenset((b"Tj", b"TJ", b"'", b'"'))
_WORDS = frozenset((b"true", b"false", b"null"))
"""Words that are operands."""

RGB_SPACES = frozenset(("/DeviceRGB", "/CalRGB"))


class Operators(NamedTuple):
    """What a content stream names: fonts that show text, XObjects with how often each is drawn, and whether it sets RGB.

    `unopened` states are restored without having been saved, `unclosed` ones saved without being restored.
    """

    fonts: frozenset[str]
    drawn: dict[str, int]
    has_rgb: bool
    unopened: int
    unclosed: int


@dataclass(slots=True)
class _State:
    """The part of the graphics state that is followed."""

    name: str = ""
    font: str = ""
    saved: list[str] = field(default_factory=list)
    fonts: set[str] = field(default_factory=set)
    drawn: Counter[str] = field(default_factory=Counter)
    has_rgb: bool = False
    unopened: int = 0

    def operate(self, word: bytes) -> None:
        if word in _SHOWS:
            self.fonts.add(self.font)
        elif word == b"Tf":
            self.font = self.name
        elif word == b"q":
            self.saved.append(self.font)
        elif word == b"Q":
            self._restore()
        elif word == b"Do":
            self.drawn[self.name] += 1
        elif word in (b"rg", b"RG") or (word in (b"cs", b"CS") and self.name in RGB_SPACES):
            self.has_rgb = True

    def _restore(self) -> None:
        if self.saved:
            self.font = self.saved.pop()
        else:
            self.unopened += 1


def read_operators(data: bytes) -> Operators:
    """Return what an inflated content stream does; what is no operator or name is passed over."""
    state = _State()
    in_image = False
    for kind, token, _ in _tokens(data):
        if kind == "name":
            state.name = token.decode("latin-1")
            state.has_rgb |= in_image and state.name in ("/DeviceRGB", "/RGB")
        else:
            in_image = token == b"BI" or (in_image and token != b"ID")
            state.operate(token)
    return Operators(frozenset(state.fonts - {""}), dict(state.drawn), state.has_rgb, state.unopened, len(state.saved))


def spans(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield each operator of an inflated content stream with the places where its operands begin and where it ends."""
    start = 0
    for kind, token, end in _tokens(data):
        if kind == "word" and token not in _WORDS:
            yield token, start, end
            start = end


def _tokens(data: bytes) -> Iterator[tuple[str, bytes, int]]:
    """Yield names and operators with the places where they end; strings, numbers, comments and samples are skipped."""
    place = 0
    while (match := _TOKEN.search(data, place)) is not None:
        place = match.end()
        kind = match.lastgroup
        if kind == "string":
            place = _string_end(data, place)
        elif kind is not None:
            if match[0] == b"ID":
                end = _IMAGE_END.search(data, place)
                place = end.end() if end else len(data)
            yield kind, match[0], place


def _string_end(data: bytes, place: int) -> int:
    """Return where a string ends whose bracket was opened before `place`; brackets in it pair up unless escaped."""
    depth = 1
    for match in _BRACKETS.finditer(data, place):
        depth += (match[0] == b"(") - (match[0] == b")")
        if not depth:
            return match.end()
    return len(data)
