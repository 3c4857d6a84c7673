"""Pictures brought to a shape (裁图): what of them is seen, and whether it has pixels enough for paper."""

from layout.art.black import in_black
from layout.diagnostics import Diagnostic, finding
from layout.frame import Art, Drawing, Picture
from layout.geometry import Rect
from layout.inks.press import LINE_ART, TONES
from layout.manifest.issue import PictureContent
from layout.manifest.issue_file import Ink
from layout.messages import Severity
from layout.page.block import Setting
from layout.units import Emu, divide

_SMALLEST = 16
"""Pictures of so many pixels are marks or grounds, whose resolution is not judged (GWG 2022 R0031)."""


def visible_part(content: PictureContent, width: Emu, height: Emu) -> Rect | None:
    """Return the largest part of a picture, in pixels, that has the proportions of a width and a height; None if all.

    The point of its focus lies in the part where it lies in the whole: a third from the top stays a third from the top.
    """
    broad, deep = content.width, content.height
    seen_broad = min(broad, max(1, divide(deep * width, height)))
    seen_deep = min(deep, max(1, divide(broad * height, width)))
    if (seen_broad, seen_deep) == (broad, deep):
        return None
    x, y = content.focus
    return Rect(int(x * (broad - seen_broad)), int(y * (deep - seen_deep)), seen_broad, seen_deep)


def shaped_picture(content: PictureContent, width: Emu, height: Emu, setting: Setting) -> Picture | Art:
    """Return a picture in a width and a height, of which nothing but its edges is lost and which is never distorted."""
    visible = visible_part(content, width, height)
    is_black = setting.page.ink is Ink.BLACK
    if content.art is None:
        return Picture(content.path, width, height, content.caption, is_black, visible)
    art = in_black(content.art) if is_black and isinstance(content.art, Drawing) else content.art
    return Art(art, width, height, content.caption, visible)


def fitted(content: PictureContent, width: Emu, height: Emu) -> tuple[Emu, Emu]:
    """Return the largest size that a whole picture has in a room."""
    if content.width * height > width * content.height:
        return width, divide(width * content.height, content.width)
    return divide(height * content.width, content.height), height


def resolution_findings(content: PictureContent, placed: Picture | Art) -> tuple[Diagnostic, ...]:
    """Return a finding where a picture has too few pixels an inch for the press; an error where it cannot be printed.

    Art has no pixels of its own.

    Cropping takes pixels from one direction alone, and the other one counts. Source: GWG 2022, Newspaper Ads CMYK, R0031
    and R0032.
    """
    if content.art is not None:
        return ()
    limits = LINE_ART if content.is_line_art else TONES
    ppi = min(limits.per_inch(content.width, placed.width), limits.per_inch(content.height, placed.height))
    if ppi >= limits.coarse or max(content.width, content.height) <= _SMALLEST:
        return ()
    values = {"path": content.path.name, "ppi": int(ppi), "least": limits.coarse}
    severity = Severity.ERROR if ppi < limits.unprintable else Severity.WARNING
    return (finding("picture-coarse", content.span, **values)._replace(chosen=severity),)
