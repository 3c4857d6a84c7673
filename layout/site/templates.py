"""Fills the templates of the site; the only module that imports Jinja2.

Whatever a template shows is escaped, and characters that HTML and XML cannot hold are left out.
"""

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

__all__ = ["Markup", "escaped", "fill", "filled", "held", "script_data", "tagged"]

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent / "templates"

_UNHELD: dict[int, None] = dict.fromkeys(
    (*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
)
"""Control characters, halves of surrogates and what is no character."""

_LIVE = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
"""What would end a script or begin a comment in one; JSON says it otherwise."""


def fill(template: str, **values: object) -> bytes:
    """Return a template with values in their places, as UTF-8."""
    return _environment().get_template(template).render(**values).encode("utf-8")


def filled(template: str, **values: object) -> Markup:
    """Return a template with values in their places, as a part of another one."""
    return Markup(_environment().get_template(template).render(**values))


def tagged(form: str, inner: str) -> Markup:
    """Return a text within tags; what it holds stays text unless it was made here."""
    return Markup(form).format(inner)


def escaped(text: str) -> Markup:
    """Return a text as markup that shows it."""
    return escape(held(text))


def held(text: str) -> str:
    """Return a text without what HTML and XML cannot hold."""
    return text.translate(_UNHELD)


def script_data(value: object) -> Markup:
    """Return plain data as JSON that may stand in a script of a page."""
    return Markup(json.dumps(value, ensure_ascii=False).translate(_UNHELD).translate(_LIVE))


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        auto_reload=False,
        finalize=_printable,
        keep_trailing_newline=True,
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )


def _printable(value: Any) -> Any:
    return value.translate(_UNHELD) if isinstance(value, str) else value
