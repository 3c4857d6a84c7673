"""XML files from plain values; text is escaped by the writer, and what XML cannot hold is replaced by U+FFFD."""

import re
from collections.abc import Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no character of XML 1.0 (section 2.2)."""

Attributes = Mapping[str, object]


def root(name: str, attributes: Attributes) -> Element:
    """Return the root of a file; names carry their prefixes, whose namespaces are among the attributes."""
    return Element(name, _shown(attributes))


def add(parent: Element, name: str, attributes: Attributes | None = None, text: str = "") -> Element:
    """Return a new last child of an element; attributes without a value are left out."""
    child = SubElement(parent, name, _shown(attributes or {}))
    if text:
        child.text = _legal(text)
    return child


def say(parent: Element, text: str) -> None:
    """Add text at the end of an element, behind its last child where it has one."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + _legal(text)
    else:
        parent.text = (parent.text or "") + _legal(text)


def _shown(attributes: Attributes) -> dict[str, str]:
    shown = ((name, value) for name, value in attributes.items() if value not in ("", None))
    return {name: _legal(value) if isinstance(value, str) else str(value) for name, value in shown}


def _legal(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)


def xml_bytes(element: Element) -> bytes:
    """Return a file in UTF-8, indented by a space a level."""
    ElementTree.indent(element, " ")
    return page_bytes(element)


def page_bytes(element: Element) -> bytes:
    """Return an XHTML file in UTF-8: nothing is indented, since white between its elements would show between Han."""
    written = ElementTree.tostring(element, "unicode")  # encoded at once: piece by piece it takes twice as long
    return f"<?xml version='1.0' encoding='UTF-8'?>\n{written}\n".encode()
