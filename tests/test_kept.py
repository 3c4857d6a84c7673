"""An issue in a kept process: after every edit its file is that of a build from nothing, to the byte."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from layout import kept
from layout.deflated import deflated
from layout.export.content import page_content
from layout.export.fonts import Fonts
from layout.export.metadata import DocumentFacts
from layout.export.objects import Document
from layout.export.pdf import KeptFile, write_surfaces
from layout.export.surface import page_surface
from layout.frame import Direction, Frame, GlyphRun, Mark, MarkKind, Page, Picture, Placed
from layout.geometry import Size
from layout.inks.press import PRESS
from layout.issue import Product, build_issue
from layout.kept import KeptIssue
from layout.manifest.pressroom import Standard
from layout.page.compose import measure_block
from layout.pictures import Samples
from layout.typeface.catalogue import Faces, read_catalogue
from layout.watch import Watch
from tests.bench.newspaper import newspaper, write_manifest
from tests.conftest import SAMPLE


def cold(manifest: Path) -> bytes | None:
    out = manifest.parent / "build"
    shutil.rmtree(out, ignore_errors=True)
    build_issue(manifest, out, frozenset({Product.ISSUE}), Watch())
    return next((file.read_bytes() for file in out.rglob("*.pdf")), None)


def change(story: Path, before: str, after: str) -> None:
    text = story.read_text(encoding="utf-8")
    assert before in text
    story.write_text(text.replace(before, after, 1), encoding="utf-8")


def body(story: Path) -> str:
    """Return some words of a story's text."""
    text = story.read_text(encoding="utf-8")
    start = text.index("---\n", 4) + 4
    return text[start + 20 : start + 24]


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """An issue of two pages that has been built once."""
    folder = tmp_path_factory.mktemp("kept")
    manifest = write_manifest(folder, newspaper(2))
    issue = KeptIssue(manifest)
    return manifest, issue, issue.build()


@pytest.fixture
def pages(first):
    """The manifest, the issue and its stories, which are as they were before when the test is over."""
    manifest, issue, _ = first
    stories = manifest.parent / "stories"
    former = {path: path.read_bytes() for path in stories.iterdir()}
    yield manifest, issue, stories
    for path, data in former.items():
        path.write_bytes(data)
    issue.build()


def test_the_first_build_is_that_from_nothing(first):
    manifest, _, made = first

    assert cold(manifest) == made.file


@pytest.mark.parametrize("after", ["报城", "報城市民", "䶮", "", "**铅字**", "\n\n", "[铅]{.name}"], ids=repr)
def test_an_edit_of_copy(pages, after):
    manifest, issue, stories = pages
    story = stories / "02D.md"
    change(story, body(story), after)

    assert (made := issue.edit(story).file) is not None
    assert cold(manifest) == made


def test_an_edit_after_the_other_leaves_what_a_build_from_nothing_leaves(pages):
    """Among them glyphs that stand for two texts, on one page and on both, hyphens, and a face that is new on a page."""
    manifest, issue, stories = pages
    for name, after in (("02A", "⋯⋯"), ("01A", "……"), ("01C", "⋯⋯hyphenation"), ("01A", "*楷*"), ("02A", "*楷*"), ("01A", "")):
        story = stories / f"{name}.md"
        change(story, body(story), after)

        assert (made := issue.edit(story).file) is not None
        assert KeptIssue(manifest).build().file == made


def test_an_edit_of_an_issue_with_press_marks(tmp_path):
    manifest = write_manifest(tmp_path, newspaper(2))
    paper = tmp_path / "paper.yaml"
    paper.write_text(paper.read_text(encoding="utf-8") + "\nmarks: all\n", encoding="utf-8")
    issue, story = KeptIssue(manifest), tmp_path / "stories" / "02B.md"
    issue.build()
    change(story, body(story), "䶮⋯⋯")

    assert cold(manifest) == issue.edit(story).file is not None


def test_an_edit_writes_only_the_objects_that_it_changed(pages, monkeypatch):
    _, issue, stories = pages
    issue.build()
    written = []
    write = Document._write
    monkeypatch.setattr(Document, "_write", lambda document, number: written.append(number) or write(document, number))
    change(stories / "02C.md", body(stories / "02C.md"), body(stories / "02C.md")[::-1])

    issue.edit(stories / "02C.md")

    streams, titles, metadata = 1, 1 + len(list(stories.glob("02*"))), 1
    assert len(written) <= streams + titles + metadata


@pytest.mark.parametrize("role", ["song", "song-heavy", "hei", "hei-heavy", "kai"])
def test_a_prepared_face_gives_the_same_subsets(role):
    face = Faces(read_catalogue({}))[role]
    glyphs = [{face.glyphs[character] for character in text} for text in ("版", "报城市民众。“”", "Print 2026")]
    before = [face.subset(some) for some in glyphs]
    face.prepare_subsets()

    assert before == [face.subset(some) for some in glyphs]


MARK, RED = Mark(MarkKind.STORY, "story", "铅字"), Picture(Path("red.png"), 127_000, 127_000)
WORDS = GlyphRun("song", 127_000, (7, 8), (0, 127_000), ("铅", "字"), 254_000)
UPRIGHT, BESIDE = WORDS._replace(direction=Direction.UPRIGHT), WORDS._replace(face="hei")
SHOWN = {
    "as it was": [(0, MARK), (0, WORDS)],
    "lower": [(254_000, MARK), (254_000, WORDS)],
    "by another title": [(0, MARK._replace(title="活字")), (0, WORDS)],
    "without a title": [(0, MARK._replace(title="")), (0, WORDS)],
    "down the page": [(0, MARK), (0, UPRIGHT)],
    "in another face": [(0, MARK), (0, BESIDE)],
    "with a picture": [(0, MARK), (0, WORDS), (0, RED)],
}


def surfaces_of(faces, *shown):
    """Return surfaces of pages that show things at heights; of a page before them, with both faces that go both ways."""
    all_of_it = ((0, WORDS), (0, UPRIGHT), (0, BESIDE), (0, BESIDE._replace(direction=Direction.UPRIGHT)), (0, RED))
    frames = [Frame(1_270_000, 1_270_000, tuple(Placed(0, y, item) for y, item in one)) for one in (all_of_it, *shown)]
    pages = (Page(number, f"{number}", "", Size(1_270_000, 1_270_000), 0, frame) for number, frame in enumerate(frames))
    return [page_surface(page_content(page, faces, {})) for page in pages]


@pytest.mark.parametrize("after", SHOWN.values(), ids=SHOWN)
def test_a_kept_file_is_the_file_that_is_written_anew(faces, after):
    samples = {RED: Samples(10, 10, 1, deflated(bytes(100)))}
    facts, embedded = DocumentFacts("", "", "", date(2026, 1, 1), Standard.X4), Fonts(faces)
    file = KeptFile(samples, PRESS)
    for second in (SHOWN["as it was"], after, SHOWN["as it was"]):
        surfaces = surfaces_of(faces, second, SHOWN["as it was"])
        fonts = embedded.embed(content for surface in surfaces for content in surface.contents)

        assert write_surfaces(surfaces, fonts, samples, facts, PRESS) == file.written(surfaces, fonts, facts)


def test_an_edit_of_a_head_is_read_with_everything_else(pages):
    manifest, issue, stories = pages
    change(stories / "01B.md", "headline: ", "headline: 新")

    assert cold(manifest) == issue.edit(stories / "01B.md").file


def test_a_fault_keeps_the_file_back_until_it_is_mended(pages):
    _, issue, stories = pages
    story = stories / "01A.md"
    good, before = story.read_text(encoding="utf-8"), issue.build().file
    story.write_text(good + "\n铅字" * 4000, encoding="utf-8")
    faulty = issue.edit(story)
    story.write_text(good, encoding="utf-8")

    assert (None, True) == (faulty.file, any(problem.code == "overset" for problem in faulty.problems))
    assert before == issue.edit(story).file


def test_findings_are_those_of_a_build(pages):
    manifest, issue, stories = pages
    change(stories / "02A.md", body(stories / "02A.md"), "铅&#8203;字\u200b")

    problems = issue.edit(stories / "02A.md").problems

    assert build_issue(manifest, manifest.parent / "build", frozenset({Product.ISSUE}), Watch()) == problems


def test_only_the_story_that_changed_is_measured_again(pages, monkeypatch):
    _, issue, stories = pages
    measured = []
    monkeypatch.setattr(
        kept, "measure_block", lambda block, setting: measured.append(block.letter) or measure_block(block, setting)
    )
    change(stories / "02C.md", body(stories / "02C.md"), "铅字")

    issue.edit(stories / "02C.md")

    assert ["C"] == measured


def test_a_file_of_no_story_is_read_with_everything_else(pages):
    manifest, issue, _ = pages
    paper = manifest.parent / "paper.yaml"
    change(paper, "leading: 51%", "leading: 50%")
    try:
        assert cold(manifest) == issue.edit(paper).file
    finally:
        change(paper, "leading: 50%", "leading: 51%")


def test_the_sample(tmp_path):
    shutil.copytree(SAMPLE.parent, tmp_path / "ruzhou")
    manifest = tmp_path / "ruzhou" / SAMPLE.name
    issue = KeptIssue(manifest)
    issue.build()
    story = tmp_path / "ruzhou" / "stories" / "songti.md"
    change(story, body(story), "铅字两枚")

    assert cold(manifest) == issue.edit(story).file is not None
