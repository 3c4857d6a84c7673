"""An SVG file as elements with their places and their properties: attributes, style sheet and inheritance resolved by us.

Source: SVG 1.1 (second edition), chapters 5 and 6; of CSS, the selectors by type, class and name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from layout.diagnostics import Span

SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"

MAX_ELEMENTS = 200_000

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SELECTOR = re.compile(r"(?P<type>\*|[A-Za-z][\w-]*)?(?P<marks>(?:[.#][\w-]+)*)")
_MARK = re.compile(r"[.#][\w-]+")


@dataclass(slots=True)
class Element:
    """An element of SVG; those of other languages are left out, with what they hold."""

    tag: str
    attributes: dict[str, str]
    span: Span
    children: "list[Element]" = field(default_factory=list)
    text: str = ""

    def walk(self) -> "Iterator[Element]":
        """Yield the element and all below it."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(element.children)


class _Rule(NamedTuple):
    """A rule of a style sheet: its selector's parts, and what it declares; `weight` orders rules."""

    weight: tuple[int, int, int]
    type: str
    marks: frozenset[str]
    declared: dict[str, str]


class Sheet:
    """The style sheets of a file as one."""

    def __init__(self) -> None:
        self._rules: dict[str, list[_Rule]] = {}
        self._count = 0

    def add(self, text: str) -> list[str]:
        """Add the rules of a text; return the selectors that are beyond us."""
        beyond = []
        bare = _COMMENT.sub("", text)
        for selectors, declared in _RULE.findall(bare):
            for selector in map(str.strip, selectors.split(",")):
                if not self._add_rule(selector, declared) and selector != "@font-face":  # text is told by itself
                    beyond.append(selector)
        return [*beyond, *re.findall(r"@[\w-]+", _RULE.sub("", bare))]

    def _add_rule(self, selector: str, declared: str) -> bool:
        match = _SELECTOR.fullmatch(selector)
        if match is None or not selector:
            return False
        marks = _MARK.findall(match["marks"])
        names = sum(mark.startswith("#") for mark in marks)
        weight = (names, 2 * (len(marks) - names) + (match["type"] not in (None, "*")), self._count)
        rule = _Rule(weight, match["type"] or "*", frozenset(marks), declarations(declared))
        self._rules.setdefault(marks[0] if marks else rule.type, []).append(rule)
        self._count += 1
        return True

    def declared(self, element: Element) -> dict[str, str]:
        """Return what the rules declare for an element, the weightiest having their way."""
        marks = {f".{name}" for name in element.attributes.get("class", "").split()} | {f"#{element.attributes.get('id', '')}"}
        rules = (rule for key in (*marks, element.tag, "*") for rule in self._rules.get(key, ()))
        fitting = [rule for rule in rules if rule.marks <= marks and rule.type in ("*", element.tag)]
        declared: dict[str, str] = {}
        for rule in sorted(fitting, key=lambda rule: rule.weight):
            declared |= rule.declared
        return declared


def parse_markup(data: bytes, name: str) -> Element | Span | None:
    """Return the root of an SVG file; the place where it is no XML; None where it is no SVG. `name` stands in places."""
    builder = _Builder(name)
    parser = expat.ParserCreate(namespace_separator=" ")
    builder.parser = parser
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.characters
    parser.buffer_text = True
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        return Span(name, error.lineno, error.offset + 1)
    return builder.root


class _Builder:
    """Puts elements together."""

    parser: expat.XMLParserType

    def __init__(self, name: str) -> None:
        self.name = name
        self.root: Element | None = None
        self.open: list[Element] = []
        self.foreign = 0
        self.count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        self.count += 1
        if self.foreign or space not in (SVG, "") or self.count > MAX_ELEMENTS:
            self.foreign += 1
            return
        plain = {key.removeprefix(f"{_XLINK} "): value for key, value in attributes.items()}
        span = Span(self.name, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        element = Element(tag, plain, span)
        if self.open:
            self.open[-1].children.append(element)
        elif tag == "svg":
            self.root = element
        self.open.append(element)

    def end(self, name: str) -> None:
        if self.foreign:
            self.foreign -= 1
        else:
            self.open.pop()

    def characters(self, text: str) -> None:
        if self.open and not self.foreign:
            self.open[-1].text += text


def declarations(text: str) -> dict[str, str]:
    """Return what a style declares, property by property."""
    pairs = (part.partition(":") for part in text.split(";"))
    return {name.strip().lower(): value.replace("!important", "").strip() for name, mark, value in pairs if mark}
