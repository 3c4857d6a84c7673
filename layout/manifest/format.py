"""Formats (开本): the named ones, and a paper's own measures."""

from dataclasses import dataclass, fields, replace

from layout.diagnostics import Span
from layout.manifest.kinds import SIZE, Record, Schema, entry, one_of, whole
from layout.manifest.source import Node, Report
from layout.units import MM, Emu


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """Trimmed page, type area and base columns of a format; a gutter is some ems of the base columns' type."""

    trim_width: Emu
    trim_height: Emu
    type_width: Emu
    type_height: Emu
    columns: int
    ems: int
    gutter: int
    span: Span = Span("")

    def trimmed(self, width: Emu, height: Emu) -> "Format":
        """Return the format of another page with the same margins."""
        return replace(
            self,
            trim_width=width,
            trim_height=height,
            type_width=self.type_width + width - self.trim_width,
            type_height=self.type_height + height - self.trim_height,
        )


FORMATS = {
    "对开": Format(
        trim_width=390 * MM, trim_height=545 * MM, type_width=350 * MM, type_height=490 * MM, columns=8, ems=13, gutter=1
    ),
    "四开": Format(
        trim_width=275 * MM, trim_height=390 * MM, type_width=235 * MM, type_height=350 * MM, columns=5, ems=14, gutter=1
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFormat:
    """A paper's own format: all measures, or those in which it differs from a named one."""

    like: Format | None = entry(one_of(FORMATS), "named format that gives the other measures; its margins are kept", None)
    trim_width: Emu | None = entry(SIZE, "width of the trimmed page", None)
    trim_height: Emu | None = entry(SIZE, "height of the trimmed page", None)
    type_width: Emu | None = entry(SIZE, "width of the type area (版心)", None)
    type_height: Emu | None = entry(SIZE, "height of the type area (版心)", None)
    columns: int | None = entry(whole(1, 12), "number of base columns (基本栏)", None)
    ems: int | None = entry(whole(5, 60), "ems (字) in a base column", None)
    gutter: int | None = entry(whole(1, 4), "ems between base columns (栏距)", None)
    span: Span = Span("")


_OWN = Record(OwnFormat)
_MEASURES = tuple(field.name for field in fields(Format) if field.name != "span")


class FormatKind:
    """Reads a paper's own format; a measure that neither it nor a named format gives is a finding."""

    def read(self, node: Node, report: Report) -> Format | None:
        """Return the format with all of its measures."""
        own = _OWN.read(node, report)
        if own is None:
            return None
        given = {name: value for name in _MEASURES if (value := getattr(own, name)) is not None}
        if own.like is not None:
            like = own.like.trimmed(own.trim_width or own.like.trim_width, own.trim_height or own.like.trim_height)
            return replace(like, **given, span=own.span)
        lacking = [name for name in _MEASURES if name not in given]
        for name in lacking:
            report.add("missing-key", own.span, key=name.replace("_", "-"))
        return None if lacking else Format(**given, span=own.span)

    def schema(self) -> Schema:
        """Return the schema of the record: a named format, or every measure."""
        measures = [name.replace("_", "-") for name in _MEASURES]
        return _OWN.schema() | {"anyOf": [{"required": ["like"]}, {"required": measures}]}
