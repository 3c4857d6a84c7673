"""Reads the tags of a finished PDF: what each element shows, from the sequences of marked content that it names."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, DictionaryObject, NullObject

from tests.finished import Font

_SHOWING = (b"Tj", b"TJ")


@dataclass
class Read:
    """A page as its operators tell it: the text of each sequence by its number, and what no sequence shows."""

    texts: dict[int, str] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)
    artifacts: str = ""
    bare: list[bytes] = field(default_factory=list)


def read_page(page: PageObject) -> Read:
    """Return the texts of a page's sequences; painting outside of any of them is kept as `bare`."""
    read, open_marks = Read(), []
    fonts = {name: Font(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
    font = None
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        match operator:
            case b"Tf":
                font = fonts[operands[0]]
            case b"BMC" | b"BDC":
                told = operands[1] if operator == b"BDC" else {}
                open_marks.append((operands[0], told))
                if "/MCID" in told:
                    assert told["/MCID"] not in read.texts, "a number for two sequences"
                    assert len(open_marks) == 1, "a sequence within another one"
                    read.texts[told["/MCID"]], read.kinds[told["/MCID"]] = "", operands[0][1:]
                if "/ActualText" in told:
                    _show(read, open_marks, told["/ActualText"])
            case b"EMC":
                open_marks.pop()
            case b"Tj" | b"TJ" | b"f" | b"f*" | b"S" | b"s" | b"Do":
                if not open_marks:
                    read.bare.append(operator)
                is_said = any("/ActualText" in told for _, told in open_marks)
                if operator in _SHOWING and not is_said:
                    _show(read, open_marks, _text(font, operands if operator == b"Tj" else operands[0]))
    assert [] == open_marks
    return read


def _text(font: Font, parts: Any) -> str:
    codes = [part.original_bytes for part in parts if isinstance(part, str | bytes)]
    return "".join(
        font.texts.get(int.from_bytes(data[at : at + 2], "big"), "") for data in codes for at in range(0, len(data), 2)
    )


def _show(read: Read, open_marks: list[tuple[str, Any]], text: str) -> None:
    numbers = [told["/MCID"] for _, told in open_marks if "/MCID" in told]
    if numbers:
        read.texts[numbers[-1]] += text
    elif any(name == "/Artifact" for name, _ in open_marks):
        read.artifacts += text


@dataclass
class Node:
    """An element with its kids: elements, pairs of a page's and a sequence's number, or annotations."""

    kind: str
    told: DictionaryObject
    kids: list[Any]

    def walk(self) -> "Iterator[Node]":
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()

    @property
    def title(self) -> str:
        return str(self.told.get("/T", ""))

    @property
    def alt(self) -> str:
        return str(self.told.get("/Alt", ""))

    @property
    def sequences(self) -> list[tuple[int, int]]:
        return [kid for node in self.walk() for kid in node.kids if isinstance(kid, tuple)]

    @property
    def links(self) -> list[DictionaryObject]:
        return [kid for kid in self.kids if isinstance(kid, DictionaryObject)]


class TaggedFile:
    """A tagged file: its pages as they are read, and the root of its structure."""

    def __init__(self, data: Any) -> None:
        self.reader = PdfReader(data)
        self.root = self.reader.trailer["/Root"]
        self.numbers = {page.indirect_reference.idnum: number for number, page in enumerate(self.reader.pages)}
        self.pages = [read_page(page) for page in self.reader.pages]
        top = self.root["/StructTreeRoot"]["/K"]
        assert 1 == len(top)
        self.document = self._node(top[0].get_object())

    def text(self, node: Node, without: tuple[str, ...] = ()) -> str:
        """Return the text of an element in the order of its kids, without that of some kinds of elements."""
        if node.kind in without:
            return ""
        return "".join(
            self.text(kid, without) if isinstance(kid, Node) else self.pages[kid[0]].texts[kid[1]]
            for kid in node.kids
            if isinstance(kid, Node | tuple)
        )

    def find(self, *kinds: str) -> list[Node]:
        return [node for node in self.document.walk() if node.kind in kinds]

    def page_of(self, reference: Any) -> int:
        return self.numbers[reference.idnum]

    def _node(self, told: DictionaryObject) -> Node:
        kids = told.get("/K", NullObject())
        entries = kids if isinstance(kids, list) else [] if isinstance(kids, NullObject) else [kids]
        return Node(str(told["/S"])[1:], told, [self._kid(told, entry) for entry in entries])

    def _kid(self, told: DictionaryObject, entry: Any) -> Any:
        found = entry.get_object()
        if not isinstance(found, DictionaryObject):
            return self.page_of(told.raw_get("/Pg")), int(found)
        if found.get("/Type") == "/MCR":
            return self.page_of(found.raw_get("/Pg")), int(found["/MCID"])
        if found.get("/Type") == "/OBJR":
            return found["/Obj"].get_object()
        assert told.indirect_reference == found.raw_get("/P"), "a kid with another parent"
        return self._node(found)
