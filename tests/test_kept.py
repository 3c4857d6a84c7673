"""An issue in a kept process: after every edit its file is that of a build from nothing, to the byte."""

import shutil
from pathlib import Path

import pytest

from layout import kept
from layout.export.objects import Document
from layout.issue import Product, build_issue
from layout.kept import KeptIssue
from layout.page.compose import measure_block
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
    """Among them glyphs that stand for two texts, on one page and on both, hyphens, and copy that moves what is below it."""
    manifest, issue, stories = pages
    for name, after in (("02A", "⋯⋯"), ("01A", "……"), ("01C", "⋯⋯hyphenation"), ("02A", "报\n\n报"), ("01A", "")):
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
