"""The sample issue under the editor's hands: longer, shorter, and as it is."""

import re
import shutil

import pytest

from tests.conftest import SAMPLE


@pytest.fixture
def lead(tmp_path):
    """A copy of the sample, and its lead story's file."""
    folder = shutil.copytree(SAMPLE.parent, tmp_path / "ruzhou")
    return folder / "stories" / "sanquan.md"


def check(lead, make_issue):
    return make_issue("check", lead.parent.parent / SAMPLE.name)


def test_a_hundred_characters_more_are_told_as_overset(lead, make_issue):
    lead.write_text(lead.read_text(encoding="utf-8").rstrip() + "字" * 99 + "。\n", encoding="utf-8")

    result = check(lead, make_issue)

    found = re.search(r'error\[overset\]: page 01: story "sanquan" is (\d+) characters', result.stderr)
    assert result.returncode == 1
    assert found is not None
    assert 30 <= int(found[1]) <= 130


def test_a_hundred_characters_less_leave_the_page_full_or_are_told(lead, make_issue):
    text = lead.read_text(encoding="utf-8")
    place = text.index("如汝州2015年")
    lead.write_text(text[:place] + text[place + 100 :], encoding="utf-8")

    result = check(lead, make_issue)

    assert result.returncode == 0
    assert "overset" not in result.stderr
    assert result.stderr == "" or 'underset]: page 01: story "sanquan"' in result.stderr


def test_the_sample_says_nothing_that_a_night_editor_would_have_to_mend(make_issue):
    result = make_issue("check", SAMPLE)

    assert (0, "", "") == (result.returncode, result.stdout, result.stderr)


def test_no_story_of_the_samples_has_a_western_mark_between_han():
    texts = [path.read_text(encoding="utf-8") for path in SAMPLE.parent.glob("stories/*.md")]

    assert len(texts) == 44
    assert [] == [found for text in texts for found in re.findall(r"[\u4e00-\u9fff][,:;?!()][\u4e00-\u9fff]", text)]


def test_the_lead_is_the_copy_that_was_given(make_issue):
    """1710 characters in four paragraphs, marks restored, nothing else changed."""
    text = (SAMPLE.parent / "stories" / "sanquan.md").read_text(encoding="utf-8").split("---\n")[2]
    paragraphs = [line.replace("**", "") for line in text.splitlines() if line]

    assert [104, 556, 522, 528] == [len(paragraph) for paragraph in paragraphs]
    assert sum(paragraph.count("，") for paragraph in paragraphs) == 76
