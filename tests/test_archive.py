"""The archive of an issue: articles as they were read, on the pages where they stand; files that stay as they are."""

import csv
import hashlib
import io
import json
import re
import shutil
import sys
from html import unescape
from typing import NamedTuple
from unicodedata import category
from xml.etree import ElementTree

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt
from PIL import Image

from layout import __version__, crew
from layout.archive.articles import archive_issue
from layout.archive.bag import decoded, encoded
from layout.archive.data import article_data, as_json
from layout.archive.following import follow, inked
from layout.archive.markup import add, page_bytes, root, say, xml_bytes
from layout.archive.model import BlockRole
from layout.archive.plain import markdown, plain_text
from layout.archive.raster import PAGE_PPI
from layout.cli import main
from layout.export import fonts
from layout.issue import set_issue
from layout.manifest.issue import HeadlineContent, StoryContent
from layout.manifest.load import load_issue
from layout.page.compose import compose_page
from layout.typeface.face import BrokenFaceError
from layout.watch import Watch
from tests.builds import digests
from tests.bundled import bundled
from tests.conftest import ROOT, SAMPLE
from tests.kept_issue import ISSUE, LEAD, PAPER, SENTENCE, write_kept
from tests.test_random_pages import made, setting
from tests.test_random_pages import told as told_of

__all__ = ["setting"]


@pytest.fixture
def folder(tmp_path):
    """A folder with an issue that has all that an archive must tell apart."""
    return write_kept(tmp_path).parent


@pytest.fixture
def kept(folder):
    """What the archive knows of that issue."""
    made = set_issue(folder / "issue.yaml", Watch())
    assert made.issue is not None, made.problems
    told = {problem.code for problem in made.problems}
    assert not told & {"overset", "no-picture", "unknown-key"}, made.problems
    archived, problems = archive_issue(made.issue, made.pages)
    assert () == problems
    return archived


def shown(archived, article):
    """The text of an article's blocks by their roles, in the order of the pages."""
    texts = {}
    for page in archived.pages:
        for block in page.blocks:
            if block.owner == article.id:
                texts[block.role] = texts.get(block.role, "") + inked(block.text)
    return texts


def test_the_words_of_every_article_stand_on_its_pages_once(kept):
    assert 5 == len(kept.articles)
    for article in kept.articles:
        words = {role: inked(text) for role, text in article.copy.items() if inked(text)}
        assert words == {role: text for role, text in shown(kept, article).items() if role.is_copy and text}


def test_what_jumps_is_one_article_in_two_parts(kept):
    lead = next(article for article in kept.articles if article.name == "lead")

    assert ("kept_20260101_0001_02", "A01", ["A01", "A02"]) == (lead.id, lead.label, [part.label for part in lead.parts])
    assert "本报评论报纸的行数" == shown(kept, lead)[BlockRole.CONTINUED]
    assert "（下转第A2版）" in shown(kept, lead)[BlockRole.APART]
    assert "（上接第A1版）" in shown(kept, lead)[BlockRole.APART]


def test_a_rest_whose_type_is_that_of_its_first_words_is_told_from_them(folder):
    text = LEAD.split("---\n")[1].replace("dateline: 本报讯\n", "")
    (folder / "lead.md").write_text(f"---\n{text}---\n*{SENTENCE * 90}*\n", encoding="utf-8")
    made = set_issue(folder / "issue.yaml", Watch())

    archived, problems = archive_issue(made.issue, made.pages)

    assert () == problems
    lead = next(article for article in archived.articles if article.name == "lead")
    assert SENTENCE * 90 == shown(archived, lead)[BlockRole.BODY]
    assert "（下转第A2版）（上接第A1版）" == shown(archived, lead)[BlockRole.APART]


def test_pull_quotes_readings_and_heads_set_again_are_no_text_of_the_story(kept):
    lead = next(article for article in kept.articles if article.name == "lead")
    texts = shown(kept, lead)

    assert "行与行一样远" == texts[BlockRole.PULL]
    assert "hànzì" in texts[BlockRole.APART]
    assert "行数" in texts[BlockRole.APART], "the table's heads, set again in a further leg"
    assert "hàn" not in texts[BlockRole.BODY]
    assert "<b>不是标记</b>&_#" in texts[BlockRole.BODY]


def test_a_head_over_several_stories_names_them(kept):
    over = kept.articles[0]

    assert ("两篇在下面", ()) == (over.headline, over.paragraphs)
    assert [kept.articles[1].id, kept.articles[2].id] == list(over.over)


def test_pictures_belong_to_their_story_or_to_their_page(kept):
    (inset,) = (figure for article in kept.articles for figure in article.figures)

    assert ("kept_20260101_0001_04_f01", "grey.png", "灰", "甲摄") == (inset.id, inset.file, inset.caption, inset.credit)
    assert [("左", "乙摄"), ("两张灰图", "乙摄")] == [(figure.caption, figure.credit) for figure in kept.figures]
    assert [("kept_20260101_0002_a01", "灰色", "wide.png")] == [(each.id, each.title, each.file) for each in kept.adverts]
    captions = [block.text for page in kept.pages for block in page.blocks if block.role is BlockRole.CAPTION]
    assert ["灰", "左", "两张灰图"] == captions


def test_lines_go_down_the_page_where_the_story_does(kept):
    blocks = [block for page in kept.pages for block in page.blocks if block.role is BlockRole.BODY]
    down = [block for block in blocks if any(line.is_vertical for line in block.lines)]

    assert {"kept_20260101_0001_03"} == {block.owner for block in down}
    assert {1, 2} == {block.leg for block in down}
    for block in down:
        assert all(line.box.height > line.box.width for line in block.lines if len(line.text) > 3)
    text = inked("".join(block.text for block in down))
    assert "“竖排从右到左。”2026年共有12个月，thepage也一样。" in text


def test_hyphens_are_no_text(kept):
    lines = [line for page in kept.pages for block in page.blocks for line in block.lines]

    assert any(line.hyphen is not None for line in lines)
    assert not any("\u00ad" in line.text for line in lines)


def test_boxes_lie_within_the_page_and_lines_within_their_blocks(kept):
    for page in kept.pages:
        for block in page.blocks:
            assert 0 <= block.box.x < block.box.right <= page.size.width
            assert 0 <= block.box.y < block.box.bottom <= page.size.height
            for line in block.lines:
                assert block.box.x <= line.box.x < line.box.right <= block.box.right
                assert all(line.box.y <= word.box.y and word.box.bottom <= line.box.bottom for word in line.words)


def test_a_leg_that_begins_below_the_end_of_the_one_before_it_is_another_leg(folder):
    Image.new("L", (1000, 1600), 128).save(folder / "tall.png")
    (folder / "latin.md").write_text(f"---\nheadline: 行数\n---\n{SENTENCE * 35}\n", encoding="utf-8")
    insets = "[{picture: tall.png, leg: 1, at: foot}, {picture: tall.png, leg: 2, at: top}]"
    area = f"A: {{story: latin.md, head: {{level: 5}}, insets: {insets}}}"
    head, _ = ISSUE.split("pages:\n")
    page = f'pages:\n  - label: "01"\n    sketch: |\n      A A A A . . . .\n      . . . . . . . .\n    areas: {{{area}}}\n'
    (folder / "issue.yaml").write_text(head + page, encoding="utf-8")
    made = set_issue(folder / "issue.yaml", Watch())

    archived, problems = archive_issue(made.issue, made.pages)

    assert () == problems
    body = [block for block in archived.pages[0].blocks if block.role is BlockRole.BODY]
    assert body[1].box.y > body[0].box.bottom
    assert [1, 2, 3, 4] == [block.leg for block in body]


def test_pages_cut_at_random_are_read_back_to_the_letter(setting):
    """Text that runs in legs of any shape, round heads and pictures."""
    done = 0
    for seed in range(60):
        cut = made(seed, setting)
        if cut is None:
            continue
        issue = setting.issue._replace(pages=(cut.page,))
        page = compose_page(issue, cut.page, setting.design, setting.shaper).page
        archived, _ = archive_issue(issue, [page])
        for article in archived.articles:
            whole = inked(article.text)
            text = shown(archived, article)[BlockRole.BODY]
            assert whole.startswith(text), seed
            assert len(whole) == len(text) or "overset" in {problem.code for problem in told_of(cut.page, setting)}, seed
        legs = {(block.owner, block.leg): block.box for block in archived.pages[0].blocks if block.role is BlockRole.BODY}
        done += len(legs) > 0
    assert done > 20


@given(st.lists(st.text("一二三四，。 a", min_size=1, max_size=30), min_size=1, max_size=6), st.data())
def test_text_cut_into_lines_anywhere_is_found_again(copies, data):
    pieces = []
    for copy in copies:
        while copy:
            cut = data.draw(st.integers(1, len(copy)))
            pieces.append(copy[:cut])
            copy = copy[cut:]

    followed = follow(pieces, copies, 1)

    assert ("",) * len(copies) == followed.left
    assert len(pieces) == len(followed.numbers)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_text_becomes_markup(text):
    made = root("a", {"b": text})
    add(made, "c", {"d": text}, text)

    read = ElementTree.fromstring(xml_bytes(made))

    assert ["c"] == [child.tag for child in read]
    if text and text.isprintable() and text.strip():
        assert text == read[0].text


@given(st.lists(st.tuples(st.booleans(), st.text("一二<&a ", max_size=4)), max_size=8))
def test_text_in_pieces_stands_in_its_order_round_elements(pieces):
    made = root("p", {})
    for is_element, text in pieces:
        if is_element:
            add(made, "b", text=text)
        else:
            say(made, text)

    read = ElementTree.fromstring(page_bytes(made))
    assert "".join(text for _, text in pieces) == "".join(read.itertext()).removesuffix("\n")


def test_words_of_an_article_are_no_markup_in_markdown(kept):
    lead = next(article for article in kept.articles if article.name == "lead")
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown(lead))
    words = [child for token in tokens for child in token.children or ()]
    text = inked("".join(child.content for child in words if child.type == "text"))

    assert {"text", "strong_open", "strong_close", "softbreak"} >= {child.type for child in words}
    assert not any(token.type == "html_block" for token in tokens)
    assert "<b>不是标记</b>&_#" in text
    assert inked(lead.text) in text
    assert [39] == [sum(token.type == "tr_open" for token in tokens) - 1]


def test_plain_text_has_head_and_text_in_order(kept):
    lead = next(article for article in kept.articles if article.name == "lead")
    text = plain_text(lead)

    assert text.startswith("本报评论\n存档的道理\n一张报纸的行数\n——记一格一行\n")
    assert "\n\n本报讯版心有多高" in text
    assert "\n第1行\t7\n" in text


def test_an_articles_json_is_its_documented_shape(kept):
    lead = next(article for article in kept.articles if article.name == "lead")
    read = json.loads(as_json(article_data(lead, kept)))

    assert ["行是量出来的", "栏是算出来的"] == read["summary"]
    assert {"text", "subhead", "pull", "table", "quotation", "item"} == {each["kind"] for each in read["paragraphs"]}
    assert ["行", "数"] == next(each["rows"] for each in read["paragraphs"] if each["kind"] == "table")[0]
    assert [("A01", 2), ("A02", 3)] <= [(part["label"], len(part["boxes"])) for part in read["parts"]]
    assert all(len(box) == 4 for part in read["parts"] for box in (part["area"], *part["boxes"]))


# ---- the package -----------------------------------------------------------------------------------------------------


@pytest.fixture
def copied(bag, tmp_path):
    """A copy of the package to be harmed."""
    return shutil.copytree(bag, tmp_path / bag.name)


def files_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_issue_makes_the_same_bag_over_an_older_one(bag, tmp_path):
    first = files_of(bag)
    target = tmp_path / "ruzhou_20230327" / "archive" / "ruzhou_20230327"
    target.mkdir(parents=True)
    (target / "leftover.txt").write_text("old", encoding="utf-8")

    assert 0 == main(["build", str(SAMPLE), "--only", "archive", "--out", str(tmp_path)])

    assert first == files_of(target)
    assert [target] == list(target.parent.iterdir())


def test_the_bag_has_all_of_the_issue(bag):
    names = set(files_of(bag / "data"))

    for number in range(1, 9):
        assert {f"pages/ruzhou_20230327_{number:04d}.{ending}" for ending in ("pdf", "jpg", "xml")} <= names
    issue, _ = load_issue(SAMPLE)
    contents = [block.content for page in issue.pages for block in page.blocks]
    stories = [content for content in contents if isinstance(content, StoryContent | HeadlineContent)]
    begun = [content for content in stories if isinstance(content, HeadlineContent) or not content.is_rest]
    assert 3 * len(begun) == sum(name.startswith("articles/") for name in names)
    assert {f"ruzhou_20230327{ending}" for ending in (".pdf", ".json", ".csv", "_mets.xml")} <= names
    stories = {path.relative_to(SAMPLE.parent).as_posix() for path in SAMPLE.parent.glob("stories/*.md")}
    assert {f"sources/{name}" for name in (*stories, "3239.yaml", "paper.yaml")} <= names
    assert all(name.isascii() for name in names)
    assert f"Bag-Software-Agent: Banmian {__version__}" in (bag / "bag-info.txt").read_text(encoding="utf-8")


def test_the_version_is_that_of_the_project():
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_the_sources_of_the_bag_make_the_issue_again(bag, tmp_path):
    assert 0 == main(["build", str(bag / "data" / "sources" / "3239.yaml"), "--only", "archive", "--out", str(tmp_path)])

    assert files_of(bag) == files_of(tmp_path / "ruzhou_20230327" / "archive" / "ruzhou_20230327")


def test_the_bag_is_one_to_another_program(bag):
    bagit = pytest.importorskip("bagit")

    bagit.Bag(str(bag)).validate()


def test_another_program_finds_one_changed_byte(copied):
    bagit = pytest.importorskip("bagit")
    file = copied / "data/iiif/manifest.json"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)

    with pytest.raises(bagit.BagValidationError, match=r"manifest\.json"):
        bagit.Bag(str(copied)).validate()


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone")
def test_a_package_is_the_same_whoever_makes_it_and_what_else_is_made(folder, monkeypatch):
    """The pages are not made alone: on the second one a glyph stands for two dots that stood for others on the first."""
    for name, text in (("latin.md", "点到这里……"), ("lead.md", "点到这里⋯⋯")):
        with (folder / name).open("a", encoding="utf-8") as story:
            story.write(f"\n{text}\n")
    made = folder / "build/kept_20260101"
    packages = []
    for hands, products in ((1, "archive"), (3, "archive"), (2, "archive,print")):
        monkeypatch.setattr(crew, "hands", lambda hands=hands: hands)
        assert not (made / "print").exists()
        assert 0 == main(["build", str(folder / "issue.yaml"), "--only", products, "--out", str(folder / "build")])
        packages.append(digests(made / "archive"))

    assert packages[0] == packages[1] == packages[2]
    assert (made / "print").exists()


@pytest.mark.parametrize("products", ["archive", "archive,print"])
def test_a_face_that_proves_damaged_when_it_is_embedded_is_told(products, folder, monkeypatch, capsys):
    def broken(face, *_):
        raise BrokenFaceError(face.role)

    monkeypatch.setattr(fonts, "_embedded", broken)
    assert 1 == main(["build", str(folder / "issue.yaml"), "--only", products, "--out", str(folder / "build")])

    assert "error[no-face]" in capsys.readouterr().err
    assert [] == [path for path in (folder / "build").rglob("*") if path.is_file()]


def test_page_images_are_as_large_as_alto_says(bag):
    for number in range(1, 9):
        page = ElementTree.parse(bag / f"data/pages/ruzhou_20230327_{number:04d}.xml").find(".//{*}Page")
        with Image.open(bag / f"data/pages/ruzhou_20230327_{number:04d}.jpg") as image:
            assert image.size == (int(page.get("WIDTH")), int(page.get("HEIGHT")))


@pytest.mark.parametrize("number", range(1, 9))
def test_another_reader_finds_each_word_where_alto_says_it_stands(bag, number):
    """The judge is PDFium: the text within a word's box on the PDF page is the word."""
    page = ElementTree.parse(bag / f"data/pages/ruzhou_20230327_{number:04d}.xml").find(".//{*}Page")
    document = pypdfium2.PdfDocument(bag / f"data/pages/ruzhou_20230327_{number:04d}.pdf")
    text = document[0].get_textpage()
    left, _, _, top = document[0].get_trimbox()
    words = [word for word in page.iterfind(".//{*}String") if len(word.get("CONTENT")) > 1]
    odd = []
    for word in words:
        x, y, width, height = (int(word.get(name)) * 72 / PAGE_PPI for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
        found = text.get_text_bounded(left + x - 0.5, top - y - height - 0.5, left + x + width + 0.5, top - y + 0.5)
        if inked(found) != word.get("CONTENT"):
            odd.append((word.get("CONTENT"), found))
    assert len(words) > 50
    assert [] == odd


WORD = re.compile(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>')


class Line(NamedTuple):
    """The box of a line of an ALTO file in points, and whether it goes down the page."""

    left: float
    top: float
    right: float
    bottom: float
    is_down: bool

    def holds(self, left, top, right, bottom, text):
        """Whether a word's box lies on the line; a mark at an end may have lost the white of half an em."""
        em = self.right - self.left if self.is_down else self.bottom - self.top
        before, after = (
            0.55 * em if category(mark).startswith("P") and not mark.isascii() else 1 for mark in (text[0], text[-1])
        )
        x, y = (left + right) / 2, (top + bottom) / 2
        if not (self.left - 0.5 <= x <= self.right + 0.5 and self.top - 0.5 <= y <= self.bottom + 0.5):
            return False
        if self.is_down:
            return self.top <= top + before and bottom - after <= self.bottom
        return self.left <= left + before and right - after <= self.right


def lines_of(page):
    for block in page.iterfind(".//{*}TextBlock"):
        for line in block.iterfind("{*}TextLine"):
            x, y, width, height = (int(line.get(name)) * 72 / PAGE_PPI for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
            way = line.get("BASEDIRECTION") or block.get("BASEDIRECTION")
            yield Line(x, y, x + width, y + height, way == "ttb")


@pytest.mark.parametrize("number", range(1, 9))
def test_every_line_holds_its_glyphs_as_poppler_sees_them(bag, judge, number):
    """Poppler takes the origin of an upright glyph, the middle of its em's top, for the lower left corner of its box."""
    name = bag / f"data/pages/ruzhou_20230327_{number:04d}"
    lines = list(lines_of(ElementTree.parse(f"{name}.xml").find(".//{*}Page")))
    page = pypdfium2.PdfDocument(f"{name}.pdf")[0]
    crop, trim = page.get_cropbox(), page.get_trimbox()
    across, down = trim[0] - crop[0], crop[3] - trim[3]
    told = judge("pdftotext", "-bbox", "-cropbox", f"{name}.pdf", "-").stdout
    words = [(*map(float, word[:4]), unescape(word[4])) for word in WORD.findall(told)]
    odd = []
    for left, top, right, bottom, text in words:
        level = (left - across, top - down, right - across, bottom - down)
        em = right - left
        upright = (level[0] - em / 2, level[1] + em, level[2] - em / 2, level[3] + em)
        if not any(line.holds(*level, text) or (line.is_down and line.holds(*upright, text)) for line in lines):
            odd.append((text, level))
    assert len(words) > 400
    assert [] == [text for text, _ in odd if not is_joined(text)]


def is_joined(text):
    """Whether poppler took words of the page itself and the text behind them for one."""
    return text.startswith("（上接第")


def test_the_issues_table_opens_in_spreadsheets(bag):
    data = (bag / "data/ruzhou_20230327.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))

    assert data.startswith(b"\xef\xbb\xbf")
    assert sorted(path.stem for path in (bag / "data/articles").glob("*.json")) == [row["id"] for row in rows]
    assert "ruzhou_20230327_0001_02 “三全”赋能“四链”融合推动党建与项目互促共进 1710" == " ".join(
        (rows[1]["id"], rows[1]["headline"], rows[1]["characters"])
    )


def test_the_articles_of_the_sample_are_its_copy(bag):
    read = json.loads((bag / "data/articles/ruzhou_20230327_0001_02.json").read_bytes())

    assert "融媒体中心通讯员　申毅涛" == read["byline"].replace(" ", "\u3000")
    assert [104, 556, 522, 528] == [len(each["text"]) for each in read["paragraphs"]]


def told(folder, capsys):
    """The exit status of a check, and what it tells, without hints."""
    status = main(["archive", "--verify", str(folder), "--lang", "en"])
    lines = capsys.readouterr().err.replace(str(folder), "BAG").splitlines()
    return status, [line for line in lines if not line.startswith("  hint")]


def test_a_whole_package_has_no_findings(bag, capsys):
    assert (0, []) == told(bag, capsys)


def test_the_package_of_a_mixed_issue_has_no_findings(folder, capsys):
    assert 0 == main(["build", str(folder / "issue.yaml"), "--only", "archive", "--out", str(folder / "build")])
    capsys.readouterr()

    assert (0, []) == told(folder / "build/kept_20260101/archive/kept_20260101", capsys)


@pytest.mark.parametrize(
    "path",
    [
        "data/pages/ruzhou_20230327_0002.pdf",
        "data/articles/ruzhou_20230327_0003_01.txt",
        "data/sources/stories/ear.md",
        "bag-info.txt",
    ],
)
def test_a_changed_byte_is_told_with_the_files_name(copied, capsys, path):
    data = bytearray((copied / path).read_bytes())
    data[len(data) // 2] ^= 1
    (copied / path).write_bytes(data)

    status, lines = told(copied, capsys)

    assert 1 == status
    assert f"BAG/{path}: error[bag-changed]: {path} does not have the SHA256 digest of its manifest" in lines


def test_files_lost_and_files_added_are_told(copied, capsys):
    (copied / "data/pages/ruzhou_20230327_0001.xml").unlink()
    (copied / "data/note.txt").write_text("x", encoding="utf-8")

    status, lines = told(copied, capsys)

    assert 1 == status
    assert ["bag-missing", "bag-extra", "bag-size"] == [line.partition("[")[2].partition("]")[0] for line in lines]


def resealed(folder):
    """Write the manifests of a bag anew, as one who changes a package on purpose would."""
    for algorithm in ("sha256", "sha512"):
        for prefix, names in (("", sorted(name for name in files_of(folder) if name.startswith("data/"))), ("tag", None)):
            files = files_of(folder)
            names = names or [name for name in files if not name.startswith(("data/", "tagmanifest"))]
            text = "".join(f"{hashlib.new(algorithm, files[name]).hexdigest()}  {name}\n" for name in names)
            (folder / f"{prefix}manifest-{algorithm}.txt").write_text(text, encoding="utf-8")
    payload = {name: data for name, data in files_of(folder).items() if name.startswith("data/")}
    info = folder / "bag-info.txt"
    lines = [line for line in info.read_text(encoding="utf-8").splitlines() if not line.startswith("Payload-Oxum")]
    lines.append(f"Payload-Oxum: {sum(map(len, payload.values()))}.{len(payload)}")
    info.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for algorithm in ("sha256", "sha512"):
        files = files_of(folder)
        names = [name for name in files if not name.startswith(("data/", "tagmanifest"))]
        text = "".join(f"{hashlib.new(algorithm, files[name]).hexdigest()}  {name}\n" for name in names)
        (folder / f"tagmanifest-{algorithm}.txt").write_text(text, encoding="utf-8")


def remet(folder, path):
    """Let the METS file say what a changed file now is."""
    mets = folder / "data/ruzhou_20230327_mets.xml"
    data = (folder / "data" / path).read_bytes()
    tree = ElementTree.parse(mets)
    for entry in tree.iter("{http://www.loc.gov/METS/}file"):
        if entry[0].get("{http://www.w3.org/1999/xlink}href") == path:
            entry.set("CHECKSUM", hashlib.sha256(data).hexdigest())
            entry.set("SIZE", str(len(data)))
    tree.write(mets, "UTF-8", xml_declaration=True)


@pytest.mark.parametrize(
    ("path", "old", "new", "code"),
    [
        pytest.param(
            "pages/ruzhou_20230327_0001.xml", "汝州市锚", "汝川市锚", "archive-text", id="a character of a page's text"
        ),
        pytest.param("articles/ruzhou_20230327_0001_02.json", "汝州市", "汝川市", "archive-text", id="one of an article"),
        pytest.param("pages/ruzhou_20230327_0001.xml", 'SCHEMAVERSION="4.4"', "", "archive-schema", id="an attribute lost"),
        pytest.param("pages/ruzhou_20230327_0001.xml", "<alto ", "<!DOCTYPE alto><alto ", "archive-file", id="a document type"),
        pytest.param(
            "articles/ruzhou_20230327_0001_02.json", '"paragraphs": [', '"paragraphs": [5,', "archive-link", id="no shape"
        ),
        pytest.param(
            "articles/ruzhou_20230327_0001_02.json", '"text": "', '"rows": 5, "text": "', "archive-link", id="no rows"
        ),
        pytest.param(
            "pages/ruzhou_20230327_0001.xml", "<Layout>", "<Layout>" + "<a>" * 3000 + "</a>" * 3000, "archive-file", id="deep"
        ),
        pytest.param("pages/ruzhou_20230327_0001.xml", "</Layout>", "", "archive-file", id="XML that does not end"),
        pytest.param("iiif/manifest.json", "汝州市锚", "汝川市锚", "archive-view", id="a character of the text for viewers"),
        pytest.param(
            "pages/ruzhou_20230327_0001.xml", 'ID="p0001_b009"', 'ID="p0001_b900"', "archive-link", id="a block renamed"
        ),
    ],
)
def test_what_is_at_odds_within_a_sealed_package_is_told(copied, capsys, path, old, new, code):
    file = copied / "data" / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    remet(copied, path)
    resealed(copied)

    status, lines = told(copied, capsys)

    assert 1 == status
    assert any(f"error[{code}]" in line for line in lines), lines


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        pytest.param('DMDID="DMD_PAGE_0002"', 'DMDID="DMD_PAGE_0009"', "archive-link", id="a record that is not there"),
        pytest.param("pages/ruzhou_20230327_0001.pdf", "../../../x.pdf", "archive-link", id="a way out of the package"),
        pytest.param("pages/ruzhou_20230327_0001.pdf", "pages/ruzhou_20230327_0002.pdf", "bag-changed", id="another file"),
        pytest.param('TYPE="LOGICAL"', 'TYPE="OTHER"', "archive-block", id="no logical map"),
        pytest.param("<metsHdr", "<metsHead", "archive-file", id="XML that does not end"),
    ],
)
def test_what_is_wrong_in_the_mets_file_is_told(copied, capsys, old, new, code):
    file = copied / "data/ruzhou_20230327_mets.xml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    resealed(copied)

    status, lines = told(copied, capsys)

    assert 1 == status
    assert any(f"error[{code}]" in line for line in lines), lines


def test_a_pdf_with_other_pages_is_told(copied, capsys):
    shutil.copyfile(copied / "data/pages/ruzhou_20230327_0001.pdf", copied / "data/ruzhou_20230327.pdf")
    remet(copied, "ruzhou_20230327.pdf")
    resealed(copied)

    assert (
        1,
        ["BAG/data/ruzhou_20230327.pdf: error[archive-pages]: data/ruzhou_20230327.pdf has 1 pages where there should be 8"],
    ) == told(copied, capsys)


def test_wrong_use_and_folders_that_are_no_bag(tmp_path, capsys):
    assert 2 == main(["archive", "--verify", str(tmp_path / "nothing")])
    status, lines = told(tmp_path, capsys)

    assert 1 == status
    assert "error[no-bag]" in lines[-1]


@given(st.text())
def test_paths_of_manifests_are_read_as_they_were_written(path):
    assert path == decoded(encoded(path))
    assert "\n" not in encoded(path)


def test_an_issue_with_errors_leaves_an_older_package_alone(folder, capsys):
    target = folder / "build/kept_20260101/archive/kept_20260101"
    assert 0 == main(["build", str(folder / "issue.yaml"), "--only", "archive", "--out", str(folder / "build")])
    before = files_of(target)
    (folder / "paper.yaml").write_text(PAPER + "imprint: {cn: CN 41-9999}\n", encoding="utf-8")

    assert 1 == main(["build", str(folder / "issue.yaml"), "--only", "archive", "--out", str(folder / "build")])

    assert before == files_of(target)


def test_every_file_of_the_package_follows_its_schema(bag):
    schemas = ROOT / "layout" / "archive" / "schemas"
    alto = etree.RelaxNG(file=schemas / "alto.rng")
    for number in range(1, 9):
        alto.assertValid(etree.parse(bag / f"data/pages/ruzhou_20230327_{number:04d}.xml"))
    etree.XMLSchema(file=schemas / "mets.xsd").assertValid(etree.parse(bag / "data/ruzhou_20230327_mets.xml"))


class BesideIt(etree.Resolver):
    """Finds the schemas that a schema imports in its own folder; nothing is asked for over a network."""

    def __init__(self, folder):
        self.folder = folder

    def resolve(self, url, _public, context):
        name = url.rpartition("/")[2]
        if name == "xml.xsd":
            return self.resolve_string(LANGUAGES, context)
        return self.resolve_filename(str(self.folder / name), context)


LANGUAGES = """<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">
<attribute name="lang" type="string"/></schema>"""


def test_every_record_follows_the_schema_of_the_library_of_congress(bag):
    """The newest schema of MODS that a package has is that of 3.4; of what came later the records use nothing but the number."""
    path = bundled("eulxml", "mods-3-4.xsd")
    parser = etree.XMLParser()
    parser.resolvers.add(BesideIt(path.parent))
    schema = etree.XMLSchema(etree.parse(path, parser))
    records = list(etree.parse(bag / "data/ruzhou_20230327_mets.xml").iter("{http://www.loc.gov/mods/v3}mods"))
    for record in records:
        assert "3.8" == record.get("version")
        record.set("version", "3.4")
        schema.assertValid(etree.fromstring(etree.tostring(record)))

    assert len(records) > 50
    records[0].append(etree.Element("{http://www.loc.gov/mods/v3}headline"))
    assert not schema.validate(etree.fromstring(etree.tostring(records[0])))
