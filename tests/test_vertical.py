"""Vertical heads: how pieces stand, how deep their cells are, and what comes back from the finished file."""

import re

import pytest
from pypdf import PdfReader

from layout.design.styles import LineStyle
from layout.frame import Direction
from layout.manifest.paper import Role
from layout.script.classes import classify
from layout.script.rules import Axis
from layout.script.vertical import pieces
from layout.text.shape import Shaper
from layout.text.shaped import StyledText
from layout.text.vertical import set_vertical

EM = 100_000

PAPER = """key: upright
name: 竖题报
format: {trim-width: 148mm, trim-height: 200mm, type-width: 120mm, type-height: 160mm, columns: 3, ems: 12, gutter: 1}
"""
ISSUE = """paper: paper.yaml
number: 1
date: 2026-01-01
pages:
  - label: "01"
    sketch: A A A
    areas:
      A: {story: {kicker: 横文竖题, headline: HEADLINE, text: TEXT}, head: {level: 4, direction: vertical}, columns: 2}
"""
HEADLINES = ["三全赋能", "“三全”——赋能", "他说：“好！”", "2023年12月", "看《论语》·学而", "用Wi-Fi上网（八）", "……且听下回"]


def vertical(text, faces, role=Role.SONG_HEAVY):
    return set_vertical(text, LineStyle(role, EM), Shaper(faces))


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("天地", "upright upright"),
        ("12版", "level upright"),
        ("123版", "level upright"),
        ("2023年", "turned upright"),
        ("A座", "upright upright"),
        ("Wi-Fi", "turned"),
        ("——天", "upright upright"),
    ],
)
def test_how_pieces_stand(text, stands):
    assert stands == " ".join(stand.value for _, _, stand in pieces(text, classify(text)))


@pytest.mark.parametrize(
    ("text", "halves"),
    [
        ("天地", 4),
        ("天，地", 6),
        ("天。”地", 7),
        ("天：“地", 7),
        ("天！地", 6),
        ("天；地", 6),
        ("天·地", 5),
        ("天——地", 8),
        ("天……地", 8),
        ("“天”", 4),
        ("12", 2),
    ],
)
def test_depths(text, halves, faces):
    assert halves * EM // 2 == vertical(text, faces).length


@pytest.mark.parametrize("role", [Role.SONG, Role.SONG_HEAVY, Role.HEI_HEAVY, Role.KAI])
@pytest.mark.parametrize("text", HEADLINES)
def test_no_character_is_lost(text, role, faces):
    line = vertical(text, faces, role)

    assert text == line.text
    assert line.absent == ()


def test_marks_take_their_vertical_forms(faces):
    level = {mark: faces["song"].glyphs[mark] for mark in "，（“……"}
    standing = {mark: faces["song"].stand(mark)[0].glyph for mark in level}

    assert all(standing[mark] != level[mark] for mark in level)


def test_a_word_is_turned_and_a_short_number_level(faces):
    directions = [placed.item.direction for placed in vertical("天Word地12年", faces).runs]

    assert [Direction.UPRIGHT, Direction.TURNED, Direction.UPRIGHT, Direction.LEVEL, Direction.UPRIGHT] == directions


@pytest.fixture(scope="module")
def finished(tmp_path_factory, make_issue):
    """The issue file with each headline, and that headline."""

    def make(headline):
        folder = tmp_path_factory.mktemp("vertical")
        text = "字" * 1060
        (folder / "paper.yaml").write_text(PAPER, encoding="utf-8")
        manifest = ISSUE.replace("HEADLINE", f'"{headline}"').replace("TEXT", text)
        (folder / "issue.yaml").write_text(manifest, encoding="utf-8")
        result = make_issue("build", folder / "issue.yaml", "--only", "print", "--out", folder)
        assert result.returncode == 0, result.stderr
        return folder / "upright_20260101" / "print" / "upright_20260101.pdf"

    return make


@pytest.mark.parametrize("headline", ["“三全”——赋能12月", "用Wi-Fi上网（八）……"])
def test_readers_get_the_head_in_reading_order(headline, finished, judge):
    file = finished(headline)

    poppler = re.sub(r"\s", "", judge("pdftotext", "-raw", file, "-").stdout)
    own = re.sub(r"\s", "", PdfReader(file).pages[0].extract_text())

    assert f"横文竖题{headline}" in poppler
    assert f"横文竖题{headline}" in own


def test_upright_runs_have_a_vertical_font_and_qpdf_finds_nothing(finished, judge):
    file = finished("“三全”——赋能")

    assert "Identity-V" in judge("pdffonts", file).stdout
    assert judge("qpdf", "--check", file).returncode == 0


@pytest.mark.parametrize(("text", "halves"), [("天12地", 6), ("天A地", 6), ("天2023地", 4 + 1 + 1)])
def test_only_turned_words_have_a_gap(text, halves, faces):
    paragraph, _ = Shaper(faces).shape([StyledText(text, "song")], EM, Axis.VERTICAL)
    words = sum(advance for advance, code in zip(paragraph.advances, paragraph.classes, strict=True) if code != "H")

    assert any(paragraph.gaps) == ("2023" in text)
    assert sum(paragraph.advances) == (halves * EM // 2 if "2023" not in text else 2 * EM + words + EM // 4)
