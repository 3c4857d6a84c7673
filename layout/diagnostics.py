"""Findings with their place in the copy: what is wrong, where, how bad, and what to do next.

Stages return findings with their value, so a discarded trial leaves no trace. The words stand in
`layout.messages`, once for each language.
"""

from collections.abc import Callable, Iterable
from enum import Enum
from typing import NamedTuple

from layout.messages import MESSAGES, Message, Phrase, Severity, shortened

_LONGEST = 120
"""The most characters of a value that a message repeats."""


class Language(Enum):
    """The language of messages."""

    ZH = "zh"
    EN = "en"


class Span(NamedTuple):
    """A place in a file; line and column count from 1, and 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return ``file:line:column`` as editors and terminals read it."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Diagnostic(NamedTuple):
    """One finding. `values` fill the places in the words of `layout.messages`; `chosen` is how bad a paper says it is."""

    code: str
    span: Span
    values: tuple[tuple[str, object], ...] = ()
    chosen: Severity | None = None

    @property
    def _message(self) -> Message:
        return MESSAGES[self.code]

    @property
    def severity(self) -> Severity:
        """How bad the finding is: what the paper chose, or else what its row says."""
        return self.chosen or self._message.severity

    def message(self, language: Language) -> str:
        """Return what was found, in one sentence."""
        return filled(self._message.zh if language is Language.ZH else self._message.en, self.values, language)

    def hint(self, language: Language) -> str:
        """Return what to do next."""
        return filled(self._message.zh_hint if language is Language.ZH else self._message.en_hint, self.values, language)

    def text(self, language: Language) -> str:
        """Return the finding as a compiler prints it, with its hint on a line of its own."""
        head = f"{_on_a_line(str(self.span))}: {self.severity.value}[{self.code}]: {self.message(language)}"
        hint = self.hint(language)
        return f"{head}\n  hint: {hint}" if hint else head

    def as_json(self) -> dict[str, object]:
        """Return the finding as plain data, with the words of both languages."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "file": self.span.file,
            "line": self.span.line,
            "column": self.span.column,
            "message": {language.value: self.message(language) for language in Language},
            "hint": {language.value: self.hint(language) for language in Language},
        }


def finding(code: str, span: Span, **values: object) -> Diagnostic:
    """Return a diagnostic; `code` names its row in `layout.messages.MESSAGES`."""
    return Diagnostic(code, span, tuple(values.items()))


class Absent(NamedTuple):
    """A character that the face of its role lacks, and the font file that served it; empty if none has it."""

    character: str
    server: str


def absent_glyphs(absent: Iterable[Absent], place: Callable[[str], Span]) -> tuple[Diagnostic, ...]:
    """Return a finding for each character that its face lacks; `place` says where it stands in the copy."""
    return tuple(
        finding(
            "fallback-face" if server else "missing-glyph",
            place(character),
            character=character,
            point=" ".join(f"U+{ord(sign):04X}" for sign in character),
            **({"server": server} if server else {}),
        )
        for character, server in dict.fromkeys(absent)
    )


def has_errors(problems: tuple[Diagnostic, ...]) -> bool:
    """Return whether any finding means that the copy needs work."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def filled(words: str, values: Iterable[tuple[str, object]], language: Language) -> str:
    """Return the words of a message with its values in their places."""
    return words.format(**{name: _shown(value, language) for name, value in values})


def _shown(value: object, language: Language) -> object:
    """Return a value as a message shows it: one short line without control characters, phrases in their language."""
    if isinstance(value, Phrase):
        return value.zh if language is Language.ZH else value.en
    if not isinstance(value, str):
        return value
    return shortened(_on_a_line(value[: _LONGEST + 1]), _LONGEST)


def _on_a_line(text: str) -> str:
    """Return a text as one line that cannot move a terminal's cursor or turn its direction; file names may hold anything."""
    return "".join(sign if sign.isprintable() or sign == "\u3000" else "�" for sign in text)
