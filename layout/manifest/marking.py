"""Marks on text in stories: what stands in the braces after a bracketed text, as in ``[北京]{.name}``.

The Markdown parser only pairs the brackets. It reads attributes in ASCII and without their places, so that it is
handed a number in their place; the words themselves are read here.
"""

import difflib
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from layout.diagnostics import Span
from layout.manifest.areas import SPACINGS
from layout.manifest.copy import Marking, Paragraph, Sideline, TextRun
from layout.manifest.kinds import Pattern, one_of, whole
from layout.manifest.source import Report, Scalar
from layout.messages import Phrase
from layout.script.han import count_han

NUMBER = "mark"
"""The attribute under which the parser hands a mark's number back."""

_BRACES = re.compile(
    r"\\.|\]\{(?P<words>[^{}\n]*)\}"  # an escaped sign; the braces of a mark
    r"|(?P<broken>\]\{|\{[ ]*(?:\.[A-Za-z]|[A-Za-z]+=)[^{}\n]*\})",  # braces left open; braces without brackets
    re.DOTALL,
)
_NUMBERED = re.compile(rf"\]\{{{NUMBER}=([0-9]+)\}}")
_WORD = re.compile(r'(?P<name>\.[^\s."=]+|[^\s."=]+=)(?:(?<==)(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+)))?(?!\S)|\S+')

_CLASSES: dict[str, dict[str, Any]] = {
    ".dots": {"dots": True},
    ".name": {"sideline": Sideline.NAME},
    ".book": {"sideline": Sideline.BOOK},
    ".superior": {"is_superior": True},
    ".framed": {"is_framed": True},
    ".kept": {"is_kept": True},
    ".level": {"is_level": True},
}
_READING: Pattern[str] = Pattern(
    Phrase('音节，如 "hàn zì"', 'syllables such as "hàn zì"'), lambda text: " ".join(text.split()) or None, r"\S"
)
_KEYS: dict[str, Pattern[Any]] = {
    "ruby=": _READING,
    "fit=": whole(1, 99),
    "spaced=": one_of(SPACINGS),
}
_WORDS = (*_CLASSES, *_KEYS)
_OF_ONE_ITEM = ("sideline", "is_framed", "is_level", "ruby", "fit")


class Marks(NamedTuple):
    """A Markdown text with a number in each pair of braces, and by number what stands in them with its place."""

    text: str
    words: dict[str, Scalar]

    def restored(self, text: str, report: Report) -> str:
        """Return a text in which braces stayed, with their words again; each is a finding."""
        return _NUMBERED.sub(lambda match: self._told(match, report), text)

    def _told(self, match: re.Match[str], report: Report) -> str:
        words = self.words.get(match[1])
        if words is None:
            return match[0]
        report.add("broken-mark", words.span, mark=_braces(words))
        return "]" + _braces(words)


def _braces(words: Scalar) -> str:
    return f"{{{words.text}}}"


def number_marks(text: str, span: Span, report: Report) -> Marks:
    """Return a Markdown text with its marks numbered, with findings for braces that cannot belong to a mark."""
    words: dict[str, Scalar] = {}
    place_at = Paragraph((), span, text).place_at

    def numbered(match: re.Match[str]) -> str:
        offset = match.start() + match[0].startswith("]")
        place = place_at(offset)
        if match["broken"]:
            report.add("broken-mark", place, mark=match["broken"].removeprefix("]"))
            return match[0].replace("{", "\\{")
        if match["words"] is None:
            return match[0]
        number = str(len(words))
        words[number] = Scalar(match["words"], place, place._replace(column=place.column + 1))
        return f"]{{{NUMBER}={number}}}"

    return Marks(_BRACES.sub(numbered, text), words)


def read_marks(words: Scalar, outer: Marking, report: Report) -> Marking:
    """Return the marking inside another that the words of a pair of braces make; faulty words are findings."""
    made: dict[str, Any] = {}
    for match in _WORD.finditer(words.text):
        for field, value in _read_word(match, words.place_at, report).items():
            if field in made:
                report.add("mark-twice", words.place_at(match.start()), mark=match["name"])
            made[field] = value
    if not words.text.strip():
        report.add("empty-mark", words.span)
    return outer._replace(**made)


def _read_word(match: re.Match[str], place_at: Callable[[int], Span], report: Report) -> dict[str, Any]:
    """Return the field of a marking that a word sets; nothing where a finding was recorded."""
    name = match["name"] or match[0]
    if name in _CLASSES:
        return _CLASSES[name]
    if name not in _KEYS:
        near = difflib.get_close_matches(name, _WORDS, 1)
        report.add("unknown-mark", place_at(match.start()), mark=name, near=near[0] if near else ", ".join(_WORDS))
        return {}
    group = "bare" if match["bare"] else "quoted"
    start = match.start(group) if match[group] is not None else match.end()
    place = place_at(start)
    value = _KEYS[name].read(Scalar(match[group] or "", place, place), report)
    return {} if value is None else {name[:-1]: value}


def check_marks(words: Scalar, outer: Marking, inner: Marking, runs: list[TextRun], report: Report) -> None:
    """Report a marked text that is empty, one in pieces whose mark belongs to a whole, and a reading of another length."""
    text = "".join(run.text for run in runs)
    if not text.strip():
        report.add("empty-mark", words.span)
        return
    own = [field for field in _OF_ONE_ITEM if getattr(inner, field) != getattr(outer, field)]
    if own and any(len(runs) > 1 or getattr(runs[0].marking, field) != getattr(inner, field) for field in own):
        report.add("divided-mark", words.span, mark=_braces(words))
    syllables, han = len(inner.ruby.split()), count_han(text)
    if inner.ruby != outer.ruby and syllables not in (1, han):
        report.add("ruby-count", words.place_of("ruby="), got=syllables, wanted=han)
