"""A page's text with its places as ALTO 4.4 (Library of Congress, https://www.loc.gov/standards/alto/).

A line has one String as long as no white stands in it: readers join Strings by spaces, so that Han may not be parted.
The default namespace carries no prefix, and places are whole pixels of the page image, since readers in use ask for both.
`BASEDIRECTION` (4.3) tells lines that go down the page. Text blocks are tagged with their article and with what they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from xml.etree.ElementTree import Element

from layout import __version__
from layout.archive.lines import TextLine, TextStyle, Word, union
from layout.archive.markup import add, root, xml_bytes
from layout.archive.model import ArchiveIssue, ArchivePage, Block, BlockRole
from layout.archive.raster import PAGE_PPI, pixel_box, pixels
from layout.geometry import Rect
from layout.units import points

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"

_HYPHEN = "-"
_HEAVY = ("heavy", "brush")
_SANS = ("hei", "latin-hei")


def alto_file(page: ArchivePage, issue: ArchiveIssue, image: str, families: Mapping[str, str]) -> bytes:
    """Return the ALTO file of a page whose image has a name; `families` are the names of the faces by their roles."""
    file = root("alto", {"xmlns": NAMESPACE, "xmlns:xlink": "http://www.w3.org/1999/xlink", "SCHEMAVERSION": "4.4"})
    _description(file, issue, image)
    styles = _styles(file, page, families)
    _tags(file, page, issue)
    _reading_order(file, page)
    _layout(file, page, styles)
    return xml_bytes(file)


def _description(file: Element, issue: ArchiveIssue, image: str) -> None:
    made = add(file, "Description")
    add(made, "MeasurementUnit", text="pixel")
    source = add(made, "sourceImageInformation")
    add(source, "fileName", text=image)
    step = add(made, "Processing", {"ID": "PROCESSING"})
    add(step, "processingCategory", text="contentGeneration")
    add(step, "processingDateTime", text=issue.date.isoformat())
    add(step, "processingStepDescription", text="Text and places from the page as it was set, not from its image")
    add(step, "processingStepSettings", text=f"{PAGE_PPI} pixels an inch")
    software = add(step, "processingSoftware")
    add(software, "softwareName", text="Banmian")
    add(software, "softwareVersion", text=__version__)


def _styles(file: Element, page: ArchivePage, families: Mapping[str, str]) -> dict[TextStyle, str]:
    """Write the styles of a page's type; return their ids."""
    used = page.styles
    ids = {style: f"TS{number:03d}" for number, style in enumerate(used, 1)}
    if ids:
        parent = add(file, "Styles")
    for style, own in ids.items():
        attributes = {
            "ID": own,
            "FONTFAMILY": families.get(style.face, style.face),
            "FONTTYPE": "sans-serif" if style.face.startswith(_SANS) else "serif",
            "FONTSIZE": f"{points(style.size):.2f}",
            "FONTSTYLE": "bold" if style.face.endswith(_HEAVY) else "",
        }
        add(parent, "TextStyle", attributes)
    return ids


def _tags(file: Element, page: ArchivePage, issue: ArchiveIssue) -> None:
    """Write what the blocks of a page belong to and what they are."""
    if not page.blocks:
        return
    titles = {article.id: article.headline or article.name for article in issue.articles}
    parent = add(file, "Tags")
    for role in dict.fromkeys(block.role for block in page.blocks):
        add(parent, "LayoutTag", {"ID": _role_id(role), "TYPE": "role", "LABEL": role.value})
    for owner in dict.fromkeys(block.owner for block in page.blocks if block.owner):
        kind = "article" if owner in titles else "item"
        label = titles.get(owner) or owner
        add(parent, "StructureTag", {"ID": _owner_id(owner), "TYPE": kind, "LABEL": label, "DESCRIPTION": owner})


def _role_id(role: BlockRole) -> str:
    return f"ROLE_{role.value}"


def _owner_id(owner: str) -> str:
    return f"OF_{owner}"


def _reading_order(file: Element, page: ArchivePage) -> None:
    """Write the order of the page: a group for each article, in which its blocks follow each other."""
    if not page.blocks:
        return
    whole = add(add(file, "ReadingOrder"), "OrderedGroup", {"ID": "RO"})
    for number, (owner, blocks) in enumerate(groupby(page.blocks, key=lambda block: block.owner), 1):
        group = add(whole, "OrderedGroup", {"ID": f"RO{number:03d}", "TAGREFS": _owner_id(owner) if owner else ""})
        for block in blocks:
            add(group, "ElementRef", {"ID": f"RO_{block.id}", "REF": block.id})


def _layout(file: Element, page: ArchivePage, styles: dict[TextStyle, str]) -> None:
    """Write the page: folio and foot in its margins, all else in its print space."""
    whole = Rect(0, 0, *page.size)
    attributes = {
        "ID": f"PAGE{page.number:04d}",
        "PHYSICAL_IMG_NR": page.number,
        "PRINTED_IMG_NR": page.label,
        "WIDTH": pixels(page.size.width),
        "HEIGHT": pixels(page.size.height),
        "LANG": "zh-Hans",
        "PROCESSINGREFS": "PROCESSING",
    }
    parent = add(add(file, "Layout"), "Page", attributes)
    above = [block for block in page.blocks if block.owner == "folio"]
    below = [block for block in page.blocks if block.owner == "foot"]
    inner = [block for block in page.blocks if block not in above and block not in below]
    for name, blocks in (("TopMargin", above), ("BottomMargin", below)):
        if blocks:
            _space(parent, name, blocks, union([block.box for block in blocks]), styles)
    _space(parent, "PrintSpace", inner, union([block.box for block in inner]) if inner else whole, styles)


def _space(parent: Element, name: str, blocks: Iterable[Block], box: Rect, styles: dict[TextStyle, str]) -> None:
    space = add(parent, name, {"ID": name, **_place(box)})
    for block in blocks:
        refs = " ".join((_role_id(block.role), *([_owner_id(block.owner)] if block.owner else ())))
        attributes = {"ID": block.id, "TAGREFS": refs, **_place(block.box)}
        if not block.lines:
            add(space, "Illustration", {**attributes, "TYPE": block.role.value})
            continue
        language = {"LANG": "zh-Hans", "language": "chi"}
        down = {"BASEDIRECTION": "ttb"} if block.lines[0].is_vertical else {}
        text = add(space, "TextBlock", {**attributes, **language, **down})
        for number, line in enumerate(block.lines, 1):
            _line(text, line, f"{block.id}_l{number:03d}", styles, bool(down))


def _line(parent: Element, line: TextLine, own: str, styles: dict[TextStyle, str], is_down: bool) -> None:
    """Write a line: its words, white where its copy has it, and a hyphen."""
    direction = "" if line.is_vertical == is_down else "ttb" if line.is_vertical else "ltr"
    made = add(parent, "TextLine", {"ID": own, **_place(line.box), "BASEDIRECTION": direction})
    for number, word in enumerate(line.words, 1):
        refs = " ".join(styles[style] for style in word.styles)
        add(made, "String", {"ID": f"{own}_s{number:02d}", "STYLEREFS": refs, "CONTENT": word.text, **_place(word.box)})
        if word.is_parted:
            _white(made, line, number - 1)
    if line.hyphen is not None:
        add(made, "HYP", {"CONTENT": _HYPHEN, **_place(line.hyphen)})


def _white(parent: Element, line: TextLine, number: int) -> None:
    """Write the white behind a word."""
    words: Sequence[Word] = line.words
    box = pixel_box(words[number].box)
    if line.is_vertical:
        end = pixel_box(words[number + 1].box).y if number + 1 < len(words) else pixel_box(line.box).bottom
        add(parent, "SP", {"HPOS": box.x, "VPOS": box.bottom, "HEIGHT": max(0, end - box.bottom)})
    else:
        end = pixel_box(words[number + 1].box).x if number + 1 < len(words) else pixel_box(line.box).right
        add(parent, "SP", {"HPOS": box.right, "VPOS": box.y, "WIDTH": max(0, end - box.right)})


def _place(box: Rect) -> dict[str, object]:
    x, y, width, height = pixel_box(box)
    return {"HPOS": x, "VPOS": y, "WIDTH": width, "HEIGHT": height}
