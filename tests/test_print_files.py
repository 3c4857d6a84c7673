"""The finished print files before outside judges: qpdf, poppler, Ghostscript, pypdf, and a reader of their type."""

import datetime
import functools
import json
import re
from collections import Counter

import pytest
from PIL import Image
from pypdf import PdfReader

from layout.manifest.areas import FurnitureArea
from layout.manifest.issue import AdvertContent, IndexContent, PictureContent, PictureGroup, StoryContent
from layout.manifest.load import load_issue
from layout.script.numerals import jump_words, rest_words
from tests.conftest import SAMPLE
from tests.finished import body_text, head_text, legs_of, plain_blocks, read_lines, squeezed, story_blocks, titled_blocks

MM = 72 / 25.4

OPENING = frozenset("“‘（《〈【「『〔［｛〖")
CLOSING = frozenset("。，、；：？！”’）》〉】」』〕］｝〗．")
NEVER_FIRST = CLOSING | frozenset("·～％%")
CENTRED = {"——": 2, "—": 1, "…": 1, "·": 0.5}
"""Marks that stand in the middle of a cell of so many ems, whatever the face's own advance is."""

NOT_UNIFIED = re.compile("[\u2e80-\u2fdf\ue000-\uf8ff\uf900-\ufaff\ufffd\U0002f800-\U0002fa1f\U000f0000-\U0010ffff]")
HALF_WIDTH = re.compile("[\u4e00-\u9fff][,:;?!()][\u4e00-\u9fff]")
WORDS = "他说——“等一等……”——就走了。**黑体里的——和……也是**如此，*楷体里的——和……也是*如此。The office waffle, fifth AVA."

DATE = "2023年3月27日星期一"
LUNAR_DATE = "农历癸卯年闰二月初六"
IMPRINT = {
    "authority": "主管：",
    "sponsor": "主办：",
    "publisher": "出版：",
    "cn": "国内统一连续出版物号：",
    "postal_code": "邮发代号：",
    "address": "地址：",
    "postcode": "邮编：",
    "phone": "电话：",
    "website": "网址：",
    "printer": "印刷：",
    "price": "零售：",
}
DATE_BAR = {"cn": "国内统一连续出版物号：", "postal_code": "邮发代号："}
STAFF = {"editor": "责编：", "proof": "校对：", "layout": "版式："}

READERS = ("pypdf", "pdftotext -raw", "pdftotext")
READERS_IN_ORDER = READERS[:2]


@pytest.fixture(scope="module")
def issue():
    loaded, problems = load_issue(SAMPLE)

    assert () == problems

    return loaded


@pytest.fixture(scope="module")
def print_files(sample):
    return sorted((sample / "print").iterdir())


@pytest.fixture(scope="module")
def whole(sample):
    return sample / "print" / "ruzhou_20230327.pdf"


@pytest.fixture(scope="module")
def pages(sample, issue):
    return [(page, sample / "print" / f"ruzhou_20230327_{page.number:04d}.pdf") for page in issue.pages]


@pytest.fixture(scope="module")
def read_text(judge):
    """Read a file's pages as a program does, white space aside."""

    @functools.cache
    def read(reader, file):
        if reader == "pypdf":
            return squeezed("".join(page.extract_text() for page in PdfReader(file).pages))
        program, *options = reader.split()
        return squeezed(judge(program, "-enc", "UTF-8", *options, file, "-").stdout)

    return read


@pytest.fixture(scope="module")
def lines(pages, issue):
    return [line for page, file in pages for line in read_lines(PdfReader(file).pages[0], page, issue)]


@pytest.fixture(scope="module")
def text_lines(lines):
    return [line for line in lines if not line.is_subhead]


@pytest.fixture(scope="module")
def legs(issue):
    """Where the legs of each story stand."""
    return {block.content.story.name: legs_of(block, issue) for page in issue.pages for block in plain_blocks(page)}


@pytest.fixture(scope="module")
def em(legs):
    return next(iter(legs.values())).em


# ---- files -------------------------------------------------------------------------------------------------------


def test_there_is_a_file_for_each_page_and_one_for_the_issue(print_files, pages, whole):
    assert [whole, *(file for _, file in pages)] == print_files


def test_qpdf_finds_nothing(judge, print_files):
    found = {file.name: judge("qpdf", "--check", file) for file in print_files}

    assert {} == {name: result.stdout + result.stderr for name, result in found.items() if result.returncode != 0}


def test_every_font_is_embedded_subset_and_mapped(judge, print_files):
    rows = [row.split() for file in print_files for row in judge("pdffonts", file).stdout.splitlines()[2:]]

    assert {"Identity-H", "Identity-V"} == {row[3] for row in rows}
    assert {("CID", "TrueType", "yes", "yes", "yes")} == {(*row[1:3], *row[4:7]) for row in rows}


def test_every_page_is_smaller_than_a_megabyte_and_a_half(pages):
    assert [] == [file.name for _, file in pages if file.stat().st_size >= 1_500_000]


def test_the_files_are_pdf_1_6(print_files):
    assert {b"%PDF-1.6"} == {file.read_bytes()[:8] for file in print_files}
    assert [] == [file.name for file in print_files if "/Version" in PdfReader(file).trailer["/Root"]]


def test_the_page_is_trimmed_to_390_by_545_mm_with_3_mm_of_bleed(print_files):
    for page in (page for file in print_files for page in PdfReader(file).pages):
        assert [0, 0, 396, 551] == pytest.approx([edge / MM for edge in page.bleedbox], abs=0.001)
        assert [3, 3, 393, 548] == pytest.approx([edge / MM for edge in page.trimbox], abs=0.001)


def test_each_box_holds_the_next_one(print_files):
    for page in (page for file in print_files for page in PdfReader(file).pages):
        assert holds(page.mediabox, page.bleedbox)
        assert holds(page.bleedbox, page.trimbox)


def holds(outer, inner):
    return all(a <= b for a, b in zip(outer[:2], inner[:2], strict=True)) and all(
        a >= b for a, b in zip(outer[2:], inner[2:], strict=True)
    )


COLOURED = frozenset({5, 8})
"""Pages with pictures or adverts in colour."""


def test_separations_carry_black_and_colour_where_pictures_or_adverts_are_coloured(judge, whole, issue, tmp_path):
    judge("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-r50", f"-sOutputFile={tmp_path}/%d.tif", whole)

    inked = sorted(plate.name for plate in tmp_path.glob("*(*).tif") if Image.open(plate).getextrema() != (255, 255))

    assert 4 * len(issue.pages) == len(list(tmp_path.glob("*(*).tif")))
    colours = [f"{number}({ink}).tif" for number in COLOURED for ink in ("Cyan", "Magenta", "Yellow")]
    assert sorted([*colours, *(f"{page.number}(Black).tif" for page in issue.pages)]) == inked


def test_title_and_subject_name_the_issue(whole, pages):
    issue_facts, page_facts = PdfReader(whole), PdfReader(pages[1][1])

    assert ["今日汝州 第3239期", "今日汝州 第3239期 02版 字体"] == [file.metadata.title for file in (issue_facts, page_facts)]
    assert ["今日汝州 2023年3月27日 第3239期"] * 2 == [file.metadata.subject for file in (issue_facts, page_facts)]


def test_the_files_bear_the_date_of_the_issue(print_files):
    beijing = datetime.timezone(datetime.timedelta(hours=8))
    midnight = datetime.datetime(2023, 3, 27, tzinfo=beijing)

    for facts in (PdfReader(file).metadata for file in print_files):
        assert (midnight, midnight) == (facts.creation_date, facts.modification_date)


def test_xmp_says_what_the_information_dictionary_says(print_files):
    for file in map(PdfReader, print_files):
        facts, xmp = file.metadata, file.xmp_metadata
        utc = facts.creation_date.astimezone(datetime.UTC).replace(tzinfo=None)
        assert [{"x-default": facts.title}, {"x-default": facts.subject}] == [xmp.dc_title, xmp.dc_description]
        assert [utc, utc] == [xmp.xmp_create_date, xmp.xmp_modify_date]


def test_bookmarks_lead_to_each_page_and_each_of_its_stories(whole, issue):
    expected = [
        (number, name)
        for number, page in enumerate(issue.pages)
        for name in (f"{page.label}版 {page.name.text}", titles_of(page))
    ]

    assert expected == bookmarks(PdfReader(whole))
    assert (
        sum(1 if isinstance(name, str) else len(name) for _, name in expected)
        == PdfReader(whole).root_object["/Outlines"]["/Count"]
    )


def test_a_page_file_has_the_bookmarks_of_its_page(pages):
    for page, file in pages:
        assert [(0, f"{page.label}版 {page.name.text}"), (0, titles_of(page))] == bookmarks(PdfReader(file))


def titles_of(page):
    return [title for block in titled_blocks(page) if (title := block.content.story.title)]


def bookmarks(file):
    """Return titles with the page that they lead to; the titles below one follow it as a list."""
    return [
        (file.get_destination_page_number(entry[0]), [child.title for child in entry])
        if isinstance(entry, list)
        else (file.get_destination_page_number(entry), entry.title)
        for entry in file.outline
    ]


# ---- text --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reader", READERS)
def test_a_page_has_each_character_of_its_copy_once(reader, read_text, pages, issue):
    for together in jumping_together(pages):
        expected, found = Counter(), Counter()
        for page, file in together:
            expected += Counter(copy_of(page, issue))
            found += Counter(read_text(reader, file))
        assert (Counter(), Counter()) == (expected - found, found - expected), [page.label for page, _ in together]


def jumping_together(pages):
    """Yield the pages one by one, but those between which a story jumps together."""
    waiting = []
    for page, file in pages:
        waiting.append((page, file))
        if not any(block.content.jump for block in story_blocks(page)):
            yield waiting
            waiting = []


@pytest.mark.parametrize("reader", READERS_IN_ORDER)
def test_a_story_is_read_from_its_kicker_to_its_last_word(reader, read_text, pages):
    for page, file in pages:
        text = read_text(reader, file)
        stories = [block.content.story for block in story_blocks(page) if not block.content.jump]
        assert [] == [story.name for story in stories if head_text(story) + body_text(story) not in text]


@pytest.mark.parametrize("reader", READERS)
def test_the_issue_file_reads_as_its_pages_do(reader, read_text, whole, pages):
    assert "".join(read_text(reader, file) for _, file in pages) == read_text(reader, whole)


@pytest.mark.parametrize("reader", READERS)
def test_no_character_is_a_radical_a_compatibility_form_or_private(reader, read_text, whole):
    assert [] == NOT_UNIFIED.findall(read_text(reader, whole))


@pytest.mark.parametrize("reader", READERS)
def test_marks_between_han_are_full_width(reader, read_text, whole):
    text = read_text(reader, whole)

    assert [] == HALF_WIDTH.findall(text)
    assert [] == [f"U+{ord(mark):04X}" for mark in "\uff0c\u3002\u3001\uff1b\uff1a\uff08\uff09\u201c\u201d" if mark not in text]


@pytest.fixture(scope="module")
def trial(tmp_path_factory, make_issue):
    """A page with the marks that are one glyph and two characters, in all faces of text; the sample has none."""
    folder = tmp_path_factory.mktemp("trial")
    areas = {"A": {"story": {"headline": "破折号——与省略号……", "text": WORDS}}}
    page = {"label": "01", "sketch": "A A A A A A A A", "areas": areas}
    issue = {"paper": "paper.yaml", "number": "1", "date": "2023-03-27", "pages": [page]}
    (folder / "paper.yaml").write_text("key: trial\nname: 今日汝州\n", encoding="utf-8")
    (folder / "1.yaml").write_text(json.dumps(issue), encoding="utf-8")

    assert 0 == make_issue("build", folder / "1.yaml", "--only", "print", "--out", folder).returncode

    return folder / "trial_20230327" / "print" / "trial_20230327.pdf"


@pytest.mark.parametrize("reader", READERS_IN_ORDER)
def test_dash_ellipsis_and_ligature_come_back_as_the_characters_that_were_written(reader, read_text, trial):
    assert "破折号——与省略号……" + squeezed(WORDS.replace("*", "")) in read_text(reader, trial)


def copy_of(page, issue):
    """Return all that has to stand on a page: what fills its areas, then folio or imprint, and who made it."""
    areas = [area_copy(block.content, issue) for block in page.blocks]
    return squeezed("".join((*areas, edge_copy(page, issue), *labelled(STAFF, page.staff))))


def area_copy(content, issue):
    match content:
        case IndexContent():
            return content.title + "".join(line.text.text + (f"{line.page}版" if line.page else "") for line in content.lines)
        case PictureContent():
            return content.caption + content.credit
        case PictureGroup():
            return "".join(picture.caption + picture.credit for picture in content.pictures) + content.caption + content.credit
        case AdvertContent():
            return "广告" if content.is_marked else ""
        case FurnitureArea(kind="masthead"):
            return issue.paper.name.text + issue.paper.latin.text
        case FurnitureArea():
            numbers = f"第{issue.number}期今日{len(issue.pages)}版"
            return "".join((DATE, LUNAR_DATE, *labelled(DATE_BAR, issue.paper.imprint), numbers))
        case _:
            return head_text(content.story) + body_text(content.story) + further_copy(content)


def further_copy(content):
    """Return what a story prints besides its own words: captions of its pictures, and where it comes from and goes on."""
    if not isinstance(content, StoryContent):
        return ""
    captions = [inset.picture.caption + inset.picture.credit for inset in content.insets]
    onwards = jump_words(content.jump.label) if content.jump else ""
    return "".join(captions) + onwards + (rest_words(content.source) if content.is_rest else "")


def edge_copy(page, issue):
    if any(isinstance(block.content, FurnitureArea) for block in page.blocks):
        return "".join(labelled(IMPRINT, issue.paper.imprint))
    return f"{page.name.text}{page.label}版{issue.paper.name.text}{DATE}第{issue.number}期"


def labelled(labels, record):
    words = {name: getattr(record, name) or "" for name in labels}
    return [label + text for name, label in labels.items() if (text := getattr(words[name], "text", words[name]))]


# ---- type --------------------------------------------------------------------------------------------------------


def test_all_text_has_the_size_that_the_grid_gives(lines, em):
    assert {round(em, 3)} == {glyph.size for line in lines for glyph in line.glyphs}


def test_no_line_begins_with_a_mark_that_closes(lines):
    assert [] == [(line.story, line.text) for line in lines if line.text[0] in NEVER_FIRST]


def test_no_line_ends_with_a_mark_that_opens(lines):
    assert [] == [(line.story, line.text) for line in lines if line.text[-1] in OPENING]


def test_every_baseline_lies_on_the_grid(text_lines, legs):
    off = [(abs(line.row - round(line.row)) * legs[line.story].pitch, line.story, line.text) for line in text_lines]

    assert [] == [line for line in off if line[0] > 0.02]


def test_every_line_begins_at_the_edge_of_its_leg(text_lines, em):
    off = [((left_edge(line.glyphs[0], em) - line.left) / em, line.story, line.text) for line in text_lines]

    assert [] == [line for line in off if abs(line[0]) > 0.01]


def test_every_full_line_ends_at_its_measure(text_lines, em):
    full = [line for line in text_lines if not line.is_last]
    off = [((right_edge(line.glyphs[-1], em) - line.right) / em, line.story, line.text) for line in full]

    assert [] == [line for line in off if abs(line[0]) > 0.01]


def test_no_line_runs_beyond_its_measure(lines, em):
    assert [] == [(line.story, line.text) for line in lines if right_edge(line.glyphs[-1], em) > line.right + 0.01 * em]


def test_the_legs_of_a_story_end_on_one_line_or_one_apart(lines, legs):
    ends = {story: [last_row(lines, story, leg) for leg in range(legs[story].count)] for story in legs}

    assert {} == {story: rows for story, rows in ends.items() if max(rows) - min(rows) > 1}


def last_row(lines, story, leg):
    return max((round(line.row) for line in lines if (line.story, line.leg) == (story, leg)), default=0)


def left_edge(glyph, em):
    """Return where a line begins with a glyph: a bracket there has lost the half em before it."""
    if glyph.text in OPENING:
        return glyph.end - em / 2
    return middle(glyph) - CENTRED[glyph.text] * em / 2 if glyph.text in CENTRED else glyph.x


def right_edge(glyph, em):
    """Return where a line ends with a glyph: a mark there is set half an em wide."""
    if glyph.text in CLOSING:
        return glyph.x + em / 2
    return middle(glyph) + CENTRED[glyph.text] * em / 2 if glyph.text in CENTRED else glyph.end


def middle(glyph):
    return (glyph.x + glyph.end) / 2
