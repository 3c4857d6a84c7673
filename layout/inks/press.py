"""The press that a paper is printed on: its profile, how much ink its paper takes, how fine its pictures are."""

from enum import Enum
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import NamedTuple

from layout.deflated import deflated
from layout.units import Emu

NEWSPRINT = Path(__file__).resolve().parent / "profiles" / "snap-tr002.icc"
"""The bundled profile; ``profiles/README.md`` tells its source (ANSI CGATS/SNAP TR 002-2007) and its licence."""

INK_LIMIT = 240
"""Per cent of ink in all four plates that newsprint takes without setting off (ISO 12647-3:2004)."""


class Intent(Enum):
    """How colours that ink on newsprint cannot reach are brought there.

    Colorimetric keeps every colour that can be printed and takes the nearest for one that cannot, with black on black;
    perceptual draws all colours together, so that steps between the strongest remain.
    """

    COLORIMETRIC = "colorimetric"
    PERCEPTUAL = "perceptual"


class Press(NamedTuple):
    """How pictures become ink: by which CMYK profile, with how many per cent of ink in a place at most.

    `condition` is the registered name of the printing condition that the profile describes, empty where it has none.
    """

    profile: Path = NEWSPRINT
    limit: int = INK_LIMIT
    intent: Intent = Intent.COLORIMETRIC
    condition: str = ""


PRESS = Press(condition="CGATS TR 002")
"""The press where a paper names none."""

CUSTOM, REGISTRY = "Custom", "http://www.color.org"
"""What stands for a printing condition that has no registered name, and where the others are registered."""

SCREEN = "sRGB IEC61966-2.1"
"""The registered name of the colours of screens."""


@cache
def deflated_profile(path: Path) -> bytes:
    """Return a profile as all files of an issue hold it."""
    return deflated(path.read_bytes())


class ProfileFault(Enum):
    """Why a file cannot serve as a press's profile; named like its finding."""

    BROKEN = "no-profile"
    OTHER_KIND = "no-press-profile"


_HEADER = 132


def space_of(profile: bytes) -> str:
    """Return the colour space of an ICC profile in four letters, empty where the data are no whole profile (ICC.1 7.2)."""
    is_whole = len(profile) > _HEADER and profile[36:40] == b"acsp" and int.from_bytes(profile[:4], "big") <= len(profile)
    return profile[16:20].decode("latin-1") if is_whole else ""


def profile_fault(profile: bytes) -> ProfileFault | None:
    """Return why a profile cannot serve a press, as far as its header tells; None where it can."""
    space = space_of(profile)
    if not space:
        return ProfileFault.BROKEN
    return None if (space, profile[12:16]) == ("CMYK", b"prtr") else ProfileFault.OTHER_KIND


EMU_AN_INCH = 914_400


class Resolution(NamedTuple):
    """Pixels an inch on paper: below `unprintable` a picture is refused, below `coarse` told, and beyond `fine` wasted."""

    unprintable: int
    coarse: int
    fine: int

    @staticmethod
    def per_inch(pixels: int, length: Emu) -> Fraction:
        """Return the pixels an inch of pixels over a length."""
        return Fraction(pixels * EMU_AN_INCH, length)


TONES, LINE_ART = Resolution(100, 150, 300), Resolution(550, 800, 1200)
"""GWG 2022, Newspaper Ads CMYK, R0031 and R0032: more than 99 and 149, in pictures of 1 bit more than 549 and 799.

A screen of 40 lines a centimetre shows no more than 200 to 300 pixels an inch.
"""
