"""The keys of a paper for what leaves the house: how sheets are folded, marks, the standard of files, delivery, the archive."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import Enum

from layout.diagnostics import Span
from layout.manifest.kinds import Either, Kind, ListOf, Pattern, Record, entry, one_of
from layout.messages import Phrase


class Folding(Enum):
    """How the sheets of an issue are folded: each by itself (各折各的), or all in each other (套折)."""

    SINGLE = "single"
    NESTED = "nested"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """How pages stand on the sheets of the press (拼版)."""

    folding: Folding = entry(
        one_of({folding.value: folding for folding in Folding}),
        "each sheet of four pages folded by itself, or sheets nested in each other",
        Folding.SINGLE,
    )
    span: Span = Span("")


class PressMark(Enum):
    """A mark that stands outside the bleed for those who print, fold and cut."""

    TRIM = "trim"
    FOLD = "fold"
    REGISTER = "register"
    COLOUR = "colour"
    SLUG = "slug"


_MARK = one_of({mark.value: mark for mark in PressMark})
_ALL_OR_NONE: dict[str, tuple[PressMark, ...]] = {"none": (), "all": tuple(PressMark)}

MARKS: Kind[tuple[PressMark, ...]] = Either(one_of(_ALL_OR_NONE), ListOf(_MARK))


class Standard(Enum):
    """To which standard print files are made: PDF/X-4, which is a PDF/A-2u at once, or PDF/X-1a:2003."""

    X4 = "x4"
    X1A = "x1a"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintStyle:
    """What the press asks of a print file."""

    standard: Standard = entry(
        one_of({standard.value: standard for standard in Standard}),
        "PDF/X-4 with PDF/A-2u (x4), or PDF/X-1a:2003 (x1a) for older presses",
        Standard.X4,
    )
    span: Span = Span("")


class Parcel(Enum):
    """What a delivery holds: a file for each page, the imposed sheets, the issue as one file."""

    PAGES = "pages"
    SHEETS = "sheets"
    ISSUE = "issue"


SHARED_FIELDS = ("issue", "key", "date", "year", "month", "day", "number", "edition")
"""What the name of a delivered folder may be made of; a file's name has the label or the number of its page as well."""

PAGE_FIELDS = ("label", "page")

_LONGEST = 100


def _name_pattern(names: Collection[str], needed: str) -> str:
    """Return the expression for a file name with fields in braces: ASCII, without a path, neither hidden nor an option."""
    inked = f"(?:[A-Za-z0-9_]|\\{{(?:{'|'.join(names)})\\}})"
    return f"^{needed}(?=.{{1,{_LONGEST}}}$){inked}(?:[.-]*{inked})*$"


def _named(pattern: str) -> Callable[[str], str | None]:
    expression = re.compile(pattern)
    return lambda text: text if expression.fullmatch(text) else None


_FILE = _name_pattern((*SHARED_FIELDS, *PAGE_FIELDS), f"(?=.*\\{{(?:{'|'.join(PAGE_FIELDS)})\\}})")
_FOLDER = _name_pattern(SHARED_FIELDS, "")
_FIELDS = " ".join(f"{{{name}}}" for name in SHARED_FIELDS)

FILE_NAME: Pattern[str] = Pattern(
    Phrase(
        f"由 ASCII 字母、数字、. _ - 和 {_FIELDS} 组成的文件名，必须有 {{label}} 或 {{page}}",
        f"a file name of ASCII letters, digits, . _ - and {_FIELDS}, with {{label}} or {{page}}",
    ),
    _named(_FILE),
    _FILE,
)
FOLDER_NAME: Pattern[str] = Pattern(
    Phrase(
        f"由 ASCII 字母、数字、. _ - 和 {_FIELDS} 组成的文件夹名",
        f"a folder name of ASCII letters, digits, . _ - and {_FIELDS}",
    ),
    _named(_FOLDER),
    _FOLDER,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What the press gets, under the names that it asks for."""

    name: str = entry(FILE_NAME, "name of a page's file without .pdf, with fields in braces", "{issue}-{label}")
    folder: str = entry(FOLDER_NAME, "name of the folder, with fields in braces", "{issue}")
    files: tuple[Parcel, ...] = entry(
        ListOf(one_of({parcel.value: parcel for parcel in Parcel})),
        "files that are delivered with the order of pages: of each page, of the sheets, of the whole issue",
        (Parcel.PAGES,),
    )
    span: Span = Span("")


SHEETS, PRINT, DELIVERY = Record(Sheets), Record(PrintStyle), Record(Delivery)
