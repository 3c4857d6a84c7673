"""The manual and the gallery: snippets that stand in the gallery's files, every key and choice told, pictures as they are printed."""

import functools
import io
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import pytest
from PIL import Image, ImageChops

from layout.export.proof import page_image
from layout.geometry import Rect
from layout.issue import set_issue
from layout.units import MM
from layout.watch import Watch
from tests.conftest import GALLERY, ROOT

MANUAL = ROOT / "issues" / "MANUAL.md"
SHOWN = GALLERY.parent / "shown"
FILES = [GALLERY, GALLERY.parent / "paper.yaml", *sorted(GALLERY.parent.glob("stories/*.md"))]
TEXT = MANUAL.read_text(encoding="utf-8")
PICTURES = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", TEXT)
SCHEMAS = ("paper", "issue", "story")

AREA_PPI, PAGE_PPI = 120, 60
"""Pixels an inch of an area's picture, and of a whole page's."""
MARGIN = MM // 2
"""White that an area's picture has around it."""
CHANGED, MOST_CHANGED = 80, 1
"""A pixel has changed if it is so many greys darker or lighter; of a thousand pixels so many may have."""
LARGEST = 1_500_000
"""Bytes of all pictures together."""


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)


@functools.cache
def lines_of(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def stands_in(snippet: str, file: Path) -> bool:
    """Whether lines of a file are those of a snippet, however far they are indented."""
    lines, count = lines_of(file), snippet.count("\n")
    parts = ("\n".join(lines[start : start + count]) + "\n" for start in range(len(lines) - count + 1))
    return any(dedent(part) == snippet for part in parts)


def snippets() -> list[str]:
    """The manual's snippets; one with several areas stands for each of them."""
    areas = [re.split(r"^(?=\w: *$)", block, flags=re.MULTILINE) for block in blocks("yaml")]
    return [part for parts in areas for part in parts if part] + blocks("markdown")


@pytest.mark.parametrize("snippet", snippets(), ids=lambda snippet: snippet.partition("\n")[0])
def test_a_snippet_stands_in_the_gallery(snippet):
    assert any(stands_in(snippet, file) for file in FILES)


def test_every_area_of_the_gallery_stands_in_the_manual():
    drawn = {(page["label"], letter) for page in pages() for letter in page["areas"]}
    shown = {(name.partition("-")[0], letter) for name in map(stem, PICTURES) for letter in name.partition("-")[2]}

    assert drawn == shown


def pages():
    import yaml

    return yaml.safe_load(GALLERY.read_text(encoding="utf-8"))["pages"]


def stem(link: str) -> str:
    return Path(link).stem


# ---- keys and choices ---------------------------------------------------------------------------------------------


def schema_entries(schema: object) -> Iterator[tuple[str, object]]:
    """Yield the keys of a JSON Schema with what each one takes."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {}).items()
        for part in schema.values():
            yield from schema_entries(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from schema_entries(part)


def all_entries() -> list[tuple[str, object]]:
    files = [ROOT / "issues" / f"{name}.schema.json" for name in SCHEMAS]
    return [entry for file in files for entry in schema_entries(json.loads(file.read_text(encoding="utf-8")))]


def is_told(word: str) -> bool:
    """Whether the manual says a word as code: between backquotes, or in a snippet."""
    code = [*re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", TEXT, flags=re.DOTALL | re.MULTILINE)), *blocks("yaml")]
    return any(re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", part) for part in code)


@pytest.mark.parametrize("key", sorted({key for key, _ in all_entries()}))
def test_every_key_is_told(key):
    assert is_told(key)


def choices() -> set[str]:
    """The words from which keys let an editor choose."""
    listed = (
        re.findall(r'"pattern": "\^\(?([^()\[\]]+?)\)?\$"', json.dumps(takes, ensure_ascii=False)) for _, takes in all_entries()
    )
    words = {word.replace("\\\\", "") for patterns in listed for pattern in patterns for word in pattern.split("|")}
    return {word for word in words if re.fullmatch(r"[\w/-]+", word)}


@pytest.mark.parametrize("choice", sorted(choices()))
def test_every_choice_is_told(choice):
    assert is_told(choice)


def test_the_choices_are_those_of_the_manifest():
    assert {"bamboo", "thin-thick-thin", "left-corner", "小初", "1/16", "perceptual", "song-heavy", "either"} <= choices()


def test_every_link_of_the_manual_leads_somewhere():
    files = [link for link in re.findall(r"\]\(([^)#]+)", TEXT) if "://" not in link]
    headings = {anchor(line) for line in TEXT.splitlines() if line.startswith("#")}

    assert [] == [link for link in files if not (MANUAL.parent / link).exists()]
    assert set(re.findall(r"\]\(#([^)]+)\)", TEXT)) <= headings


def anchor(heading: str) -> str:
    """The anchor that GitHub makes of a heading."""
    words = heading.lstrip("#").strip().lower()
    return re.sub(r"[^\w\- ]", "", words.replace("\u3000", "")).replace(" ", "-")


# ---- pictures -----------------------------------------------------------------------------------------------------


@functools.cache
def rendered(pdf: bytes, ppi: int) -> Image.Image:
    return Image.open(io.BytesIO(page_image(pdf, ppi))).convert("RGB")


class Printed(NamedTuple):
    """A page as it is printed: its file, its bleed, and where the area of each letter stands."""

    pdf: bytes
    bleed: int
    trim: Rect
    areas: dict[str, Rect]

    def picture(self, letters: str) -> Image.Image:
        """Return the areas of some letters, or the whole page where there are none, in few greys or colours."""
        room = self._room(letters) if letters else self.trim
        ppi = AREA_PPI if letters else PAGE_PPI
        edges = (room.x, room.y, room.right, room.bottom)
        part = rendered(self.pdf, ppi).crop(tuple(round((edge + self.bleed) * ppi / (MM * 25.4)) for edge in edges))
        grey = part.convert("L")
        is_grey = not any(ImageChops.difference(part, grey.convert("RGB")).getextrema()[band][1] > 8 for band in range(3))
        return part.quantize(64, dither=Image.Dither.NONE) if not is_grey else grey.quantize(16, dither=Image.Dither.NONE)

    def _room(self, letters: str) -> Rect:
        found = [self.areas[letter] for letter in letters]
        left, top = min(area.x for area in found) - MARGIN, min(area.y for area in found) - MARGIN
        right, bottom = max(area.right for area in found) + MARGIN, max(area.bottom for area in found) + MARGIN
        return Rect(left, top, right - left, bottom - top)


@pytest.fixture(scope="module")
def printed(gallery):
    """The pages of the gallery by their labels."""
    made = set_issue(GALLERY, Watch())
    found = {}
    for page, source in zip(made.pages, made.issue.pages, strict=True):
        pdf = (gallery / "print" / f"{made.issue.name}_{page.number:04d}.pdf").read_bytes()
        frames = zip(source.blocks, page.frame.items, strict=False)
        areas = {block.letter: Rect(x, y, frame.width, frame.height) for block, (x, y, frame) in frames}
        found[page.label] = Printed(pdf, page.bleed, Rect(0, 0, page.size.width, page.size.height), areas)
    return found


@pytest.mark.parametrize("link", PICTURES, ids=stem)
def test_a_picture_shows_what_is_printed(link, printed, request):
    label, _, letters = stem(link).partition("-")
    now, file = printed[label].picture(letters), MANUAL.parent / link
    if request.config.getoption("--update-manual"):
        assert not os.environ.get("CI"), "pictures are not made anew in CI"
        SHOWN.mkdir(exist_ok=True)
        now.save(file, optimize=True)

    with Image.open(file) as kept:
        assert kept.size == now.size
        assert changed(kept, now) <= MOST_CHANGED


def changed(one: Image.Image, other: Image.Image) -> float:
    """Return how many of a thousand pixels differ, each of them the mean of four."""
    pair = [image.convert("RGB").convert("L").reduce(2) for image in (one, other)]
    counts = ImageChops.difference(*pair).histogram()
    return 1000 * sum(counts[CHANGED:]) / sum(counts)


def test_every_picture_that_is_kept_is_shown_and_all_are_small():
    assert sorted(f"{stem(link)}.png" for link in PICTURES) == sorted(path.name for path in SHOWN.iterdir())
    assert sum(path.stat().st_size for path in SHOWN.iterdir()) < LARGEST


def test_a_picture_of_another_text_is_told(printed):
    assert (
        changed(printed["01"].picture("B"), printed["01"].picture("B").transpose(Image.Transpose.FLIP_LEFT_RIGHT))
        > MOST_CHANGED
    )


# ---- the gallery --------------------------------------------------------------------------------------------------


def test_the_gallery_says_nothing(make_issue):
    result = make_issue("check", GALLERY)

    assert (0, "", "") == (result.returncode, result.stdout, result.stderr)


def test_qpdf_and_the_fonts_of_the_gallery_are_sound(gallery, judge):
    for file in sorted((gallery / "print").glob("*.pdf")):
        assert judge("qpdf", "--check", file).returncode == 0
        rows = [row.split() for row in judge("pdffonts", file).stdout.splitlines()[2:]]
        assert {("yes", "yes", "yes")} == {tuple(row[4:7]) for row in rows}


def test_the_black_page_has_no_other_ink_and_the_first_page_has(gallery, judge, tmp_path):
    inks = {}
    for number in (1, 4):
        out = tmp_path / f"{number}-%d.tif"
        file = gallery / "print" / f"gallery_20260101_{number:04d}.pdf"
        judge("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-r50", f"-sOutputFile={out}", file)
        plates = tmp_path.glob(f"{number}-*(*).tif")
        inks[number] = {
            re.search(r"\((\w+)\)", plate.name)[1] for plate in plates if Image.open(plate).getextrema() != (255, 255)
        }

    assert {1: {"Cyan", "Magenta", "Yellow", "Black"}, 4: {"Black"}} == inks


@pytest.mark.parametrize("story", sorted(GALLERY.parent.glob("stories/*.md")), ids=lambda path: path.stem)
def test_no_story_of_the_gallery_has_a_western_mark_between_han(story):
    assert [] == re.findall(r"[\u4e00-\u9fff][,:;?!()][\u4e00-\u9fff]", story.read_text(encoding="utf-8"))


def test_the_text_of_the_gallery_comes_back_whole(gallery, judge):
    text = "".join(judge("pdftotext", "-raw", gallery / "print" / "gallery_20260101.pdf", "-").stdout.split())

    for phrase in (
        "这份报纸没有新闻。它是一份版面样本",
        "洞里的短文",
        "学而时习之，不亦说乎？",
        "程序会指出来，算警告还是算错误，由报纸自己定。",
    ):
        assert phrase in text
