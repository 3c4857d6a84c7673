"""The archival PDF files: what is heard is the copy, in its order and once; links, threads, labels and sources are right."""

import io
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops
from pypdf import PdfReader

from layout.archive.articles import archive_issue
from layout.archive.following import inked
from layout.archive.tags import structure_of
from layout.art.bare import without_marks
from layout.cli import main
from layout.export.proof import painted_page
from layout.export.structure import Element
from layout.geometry import Size
from layout.issue import set_issue
from layout.manifest.copy import ParagraphKind
from layout.manifest.issue import HeadlineContent, IndexContent, StoryContent
from layout.manifest.load import load_issue
from layout.script.numerals import jump_words, rest_words
from layout.watch import Watch
from tests import foreign
from tests.conftest import GALLERY, SAMPLE
from tests.tagged import TaggedFile
from tests.test_archive import LEAD, SENTENCE, folder
from tests.verapdf import broken_rules

__all__ = ["folder"]

NAME = "ruzhou_20230327"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The packages of the samples."""
    out = tmp_path_factory.mktemp("tagged")
    for path in (SAMPLE, GALLERY):
        assert 0 == main(["build", str(path), "--only", "archive", "--out", str(out)])
    return out


@pytest.fixture(scope="module")
def data(built):
    """The payload of the sample's package."""
    return built / NAME / "archive" / NAME / "data"


@pytest.fixture(scope="module")
def whole(data):
    """The sample's file."""
    return TaggedFile(data / f"{NAME}.pdf")


@pytest.fixture(scope="module")
def singles(data):
    """The files of the sample's pages."""
    return [TaggedFile(path) for path in sorted((data / "pages").glob("*.pdf"))]


@pytest.fixture(scope="module")
def issue():
    """The sample as it was read."""
    return load_issue(SAMPLE)[0]


def stories(issue):
    """The stories of an issue with the numbers of the pages where they begin."""
    for page in issue.pages:
        for block in page.blocks:
            content = block.content
            if isinstance(content, HeadlineContent) or (isinstance(content, StoryContent) and not content.is_rest):
                yield page.number, content.story


def title_of(story):
    """What a reader calls a story: its headline, or its first words."""
    return story.title or story.paragraphs[0].text[:20]


def copy_of(story):
    """All words of a story in the order in which they are read, once."""
    summary = "".join(point.text for point in story.summary)
    head = f"{story.column_title.text}{story.kicker.text}{story.title}{story.deck.text}{summary}{story.byline.text}"
    dateline, body = story.dateline.text, ""
    for paragraph in story.paragraphs:
        if paragraph.kind is ParagraphKind.PULL:
            continue
        is_first = bool(dateline) and paragraph.kind is ParagraphKind.TEXT
        body += (dateline if is_first else "") + paragraph.text
        dateline = "" if is_first else dateline
    return inked(head + body)


APART = ("Figure", "Link", "Art")
"""What within an article is no part of its own text."""


def heard(file, node):
    return inked("".join(file.text(kid, APART) if not isinstance(kid, tuple) else file.text(node, APART) for kid in node.kids))


def test_what_is_heard_of_each_article_is_its_copy_once(whole, issue):
    found = {node.title: heard(whole, node) for node in whole.find("Art", "Sect") if node.title}

    assert {title_of(story): copy_of(story) for _, story in stories(issue)} == found
    assert [title_of(story) for _, story in stories(issue)] == list(found)


def test_the_files_of_pages_say_together_what_the_issues_file_says(singles, issue):
    said = Counter()
    for number, file in enumerate(singles, 1):
        for node in file.find("Art", "Sect"):
            if node.title:
                begins = any(title_of(story) == node.title and page == number for page, story in stories(issue))
                text = heard(file, node)
                again = "" if begins else inked(file.text(next(kid for kid in node.kids if kid.kind == "H1")))
                said[node.title, text.removeprefix(again)] += 1
    texts = {}
    for title, text in said:
        texts[title] = texts.get(title, "") + text

    assert {title_of(story): copy_of(story) for _, story in stories(issue)} == texts
    assert {1} == set(said.values())


def test_each_sequence_belongs_to_one_element_and_nothing_is_painted_outside(whole, singles):
    for file in (whole, *singles):
        claimed = Counter(file.document.sequences)
        there = {(number, sequence) for number, page in enumerate(file.pages) for sequence in page.texts}
        assert there == set(claimed)
        assert {1} == set(claimed.values())
        assert [] == [operator for page in file.pages for operator in page.bare]


def test_the_parent_tree_leads_from_each_sequence_and_link_to_its_element(whole, singles):
    for file in (whole, *singles):
        entries = file.root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
        tree = dict(zip(map(int, entries[::2]), entries[1::2], strict=True))
        for node in file.document.walk():
            for page, sequence in (kid for kid in node.kids if isinstance(kid, tuple)):
                parents = tree[file.reader.pages[page]["/StructParents"]].get_object()
                assert node.told.indirect_reference == parents[sequence]
                assert node.kind == file.pages[page].kinds[sequence]
            for link in node.links:
                assert node.told.indirect_reference == tree[link["/StructParent"]]


def test_what_is_no_text_of_the_copy_is_an_artifact(whole, issue):
    second = inked(whole.pages[1].artifacts)

    assert "02版" in second, "the folio"
    assert not any("02版" == inked(whole.text(node)) for node in whole.find("P"))
    turned = next(page for page in whole.pages if "下转与上接" in inked(page.artifacts))
    assert turned is whole.pages[6], "the short head over a rest is heard once, with its story"


def test_masthead_date_and_imprint_are_heard_and_the_index_is_a_list(whole):
    front = whole.document.kids[0]
    words = [inked(whole.text(node)) for node in front.walk() if node.kind in ("P", "Link")]

    for said in ("今日汝州", "第3239期", "农历癸卯年闰二月初六", "导读", "邮编：467599", "题文关系有几种06版"):
        assert said in words


def test_headings_never_skip_a_level(whole, singles):
    for file in (whole, *singles):
        level = 0
        for node in file.document.walk():
            if re.fullmatch(r"H\d", node.kind):
                assert 1 <= int(node.kind[1]) <= level + 1
                level = int(node.kind[1])
        assert level


def test_tables_are_regular_with_heads_and_lists_have_bodies(whole, singles):
    tables = 0
    for file in (whole, *singles):
        for table in file.find("Table"):
            tables += 1
            heads, *rows = table.kids
            assert {"TH"} == {cell.kind for cell in heads.kids}
            assert all("/Column" == cell.told["/A"]["/Scope"] for cell in heads.kids)
            assert {("TD",) * len(heads.kids)} == {tuple(cell.kind for cell in row.kids) for row in rows}
        for items in file.find("L"):
            assert {"LI"} == {item.kind for item in items.kids}
            assert {("LBody",)} == {tuple(kid.kind for kid in item.kids) for item in items.kids}
    assert tables > 2


def test_pictures_have_words_and_the_place_where_they_stand(whole):
    figures = whole.find("Figure")

    assert len(figures) > 5
    for figure in figures:
        (page, _) = figure.sequences[0]
        assert figure.alt
        left, foot, right, top = map(float, figure.told["/A"]["/BBox"])
        crop = list(map(float, whole.reader.pages[page].cropbox))
        assert crop[0] <= left < right <= crop[2]
        assert crop[1] <= foot < top <= crop[3]


# ---- links, labels, threads --------------------------------------------------------------------------------------


def target(file, link):
    """The number of the page in the file, or the name of the file, to which a link leads."""
    if "/A" in link:
        assert "/GoToR" == link["/A"]["/S"]
        return str(link["/A"]["/F"])
    return file.page_of(link["/Dest"][0])


def test_entries_of_the_index_lead_to_their_pages(whole, singles, issue):
    lines = [line for block in issue.pages[0].blocks if isinstance(block.content, IndexContent) for line in block.content.lines]
    labels = [page.label for page in issue.pages]
    for file, leads in ((whole, labels.index), (singles[0], lambda label: f"{NAME}_{labels.index(label) + 1:04d}.pdf")):
        links = {inked(file.text(node)): target(file, node.links[0]) for node in file.document.kids[0].walk() if node.links}
        assert {inked(f"{line.text.text}{line.page}版"): leads(line.page) for line in lines} == links


def test_jumps_lead_to_where_the_story_goes_on_and_back(whole, singles):
    links = {inked(whole.text(node)): node.links[0] for node in whole.find("Link")}
    there, back = links[inked(jump_words("07"))], links[inked(rest_words("06"))]

    assert (6, 5) == (target(whole, there), target(whole, back))
    out = {inked(file.text(node)): target(file, node.links[0]) for file in singles for node in file.find("Link")}
    assert f"{NAME}_0007.pdf" == out[inked(jump_words("07"))]
    assert f"{NAME}_0006.pdf" == out[inked(rest_words("06"))]
    rest = next(node for node in singles[6].find("Art") if rest_words("06") in singles[6].text(node))
    assert ["H1", "P"] == [kid.kind for kid in rest.kids[:2]]
    assert rest_words("06") == singles[6].text(rest.kids[1])


def test_links_are_where_their_words_are_and_say_where_they_lead(whole):
    document = pypdfium2.PdfDocument(io.BytesIO(whole.reader.stream.getvalue()))
    links = [(node, link) for node in whole.find("Link") for link in node.links]
    for number, page in enumerate(whole.reader.pages):
        assert list(page.get("/Annots", [])) == [
            link.indirect_reference for _, link in links if whole.page_of(link.raw_get("/P")) == number
        ]
        assert "/S" == page["/Tabs"]
    for node, link in links:
        text = document[whole.page_of(link.raw_get("/P"))].get_textpage()
        left, foot, right, top = map(float, link["/Rect"])
        assert inked(whole.text(node)) in inked(text.get_text_bounded(left - 0.5, foot - 0.5, right + 0.5, top + 0.5))
        assert re.fullmatch(r"转到第\d\d版", link["/Contents"])


def test_pages_have_the_labels_that_are_printed_on_them(whole, singles, issue, built):
    assert [page.label for page in issue.pages] == whole.reader.page_labels
    assert [[page.label] for page in issue.pages] == [file.reader.page_labels for file in singles]
    gallery = PdfReader(next(built.glob("gallery*/archive/*/data/gallery_20260101.pdf")))
    assert ["01", "02-03", "04"] == gallery.page_labels


def test_bookmarks_name_pages_and_stories(whole, issue):
    outline = whole.reader.outline

    pages = [entry.title for entry in outline if not isinstance(entry, list)]
    assert [f"{page.label}版 {page.name.text}" for page in issue.pages] == pages
    assert "“三全”赋能“四链”融合推动党建与项目互促共进" in [entry.title for entry in outline[1]]


def beads(file, thread):
    """The pages and rectangles of a thread, once round."""
    bead = first = thread["/F"]
    while True:
        page = file.page_of(bead.raw_get("/P"))
        assert bead.indirect_reference in file.reader.pages[page]["/B"]
        assert bead.indirect_reference == bead["/N"]["/V"].indirect_reference
        assert thread.indirect_reference == bead.raw_get("/T")
        yield page, tuple(map(float, bead["/R"]))
        bead = bead["/N"]
        if bead.indirect_reference == first.indirect_reference:
            return


def test_threads_follow_the_heads_and_legs_of_articles(whole, issue):
    threads = {str(thread["/I"]["/Title"]): list(beads(whole, thread.get_object())) for thread in whole.root["/Threads"]}

    assert [title_of(story) for _, story in stories(issue)] == list(threads)
    turn = next(story.title for _, story in stories(issue) if story.name == "turn")
    assert [5, 6] == list(dict.fromkeys(page for page, _ in threads[turn]))
    document = pypdfium2.PdfDocument(io.BytesIO(whole.reader.stream.getvalue()))
    story = next(story for _, story in stories(issue) if story.name == "sanquan")
    read = "".join(document[page].get_textpage().get_text_bounded(*rect) for page, rect in threads[story.title])
    assert inked(story.paragraphs[0].text) in inked(read)
    assert 4 == len(threads[story.title]), "a head and three legs"


# ---- sources -----------------------------------------------------------------------------------------------------


def test_attached_files_are_the_sources_to_the_byte(whole, data):
    specs = [spec.get_object() for spec in whole.root["/AF"]]
    attached = {str(spec["/Desc"]): spec["/EF"]["/F"].get_data() for spec in specs}
    texts = [path for path in (data / "sources").rglob("*") if path.suffix in (".yaml", ".md", ".csv")]
    sources = {path.relative_to(data / "sources").as_posix(): path.read_bytes() for path in texts}

    assert len(sources) > 40
    assert sources | {f"{NAME}.json": (data / f"{NAME}.json").read_bytes()} == attached
    relations = {str(spec["/Desc"]): str(spec["/AFRelationship"]) for spec in specs}
    assert ["/Source", "/Source", "/Data", "/Data"] == [
        relations[name] for name in ("3239.yaml", "stories/sanquan.md", "tables/marks.csv", f"{NAME}.json")
    ]
    entries = whole.root["/Names"]["/EmbeddedFiles"]["/Names"]
    assert {spec.indirect_reference for spec in specs} == set(entries[1::2])
    assert sorted(map(str, entries[::2])) == list(map(str, entries[::2]))
    assert len(entries) == 2 * len({str(name) for name in entries[::2]}), "stories/sizes.md and tables/sizes.md, too"


def test_the_file_of_a_page_has_the_stories_that_it_shows(singles):
    attached = set(singles[0].reader.attachments)

    assert {"3239.yaml", "paper.yaml", "ear.md", "grid.md", "reading.md", "sanquan.md"} == attached
    assert "turn.md" in set(singles[5].reader.attachments) & set(singles[6].reader.attachments)


def test_poppler_saves_what_is_attached(data, judge, tmp_path):
    judge("pdfdetach", "-saveall", "-o", tmp_path, data / f"{NAME}.pdf")

    assert (data / "sources/stories/sanquan.md").read_bytes() == (tmp_path / "sanquan.md").read_bytes()


def test_poppler_reads_paragraphs_as_they_were_written(data, issue, judge):
    judge("pdfinfo", "-v")
    command = ["pdfinfo", "-struct-text", str(data / "pages" / f"{NAME}_0001.pdf")]
    said = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8", "replace")

    story = next(story for _, story in stories(issue) if story.name == "sanquan")
    places = [said.index(f'"{paragraph.text}"') for paragraph in story.paragraphs]
    assert sorted(places) == places
    assert said.index('"2023年3月27日') < places[0] < said.index('"地址：汝州市老二门街南段"')


# ---- issues that mix everything ----------------------------------------------------------------------------------


@pytest.fixture
def mixed(folder):
    """An issue with heads over stories, tables, readings, quotes, insets; its advert is a page that has tags of its own."""
    assert 0 == main(["build", str(folder / "issue.yaml"), "--only", "archive", "--out", str(folder / "first")])
    shutil.copy(folder / "first/kept_20260101/archive/kept_20260101/data/pages/kept_20260101_0002.pdf", folder / "page.pdf")
    text = (folder / "issue.yaml").read_text(encoding="utf-8")
    picture = "V: {picture: page.pdf, caption: 另一张报纸的一版, depth: 20-40}"
    (folder / "issue.yaml").write_text(re.sub(r"V: \{.*\}", picture, text), encoding="utf-8")
    assert 0 == main(["build", str(folder / "issue.yaml"), "--only", "archive", "--out", str(folder / "build")])
    return folder / "build/kept_20260101/archive/kept_20260101/data"


SUN = """<svg xmlns="http://www.w3.org/2000/svg" width="350mm" height="122.5mm" viewBox="0 0 200 70">
<rect width="200" height="70" fill="#00a0e0"/><circle cx="50" cy="35" r="20" fill="#000"/></svg>"""


def in_screen_colours(folder, art):
    """Build the issue in a folder for screens, with pictures in colour and an advert; return its payload."""
    gradient = Image.linear_gradient("L").resize((2400, 1800))
    Image.merge("RGB", (gradient, gradient.rotate(180), Image.new("L", gradient.size, 40))).save(folder / "grey.png")
    (folder / "sun.svg").write_text(SUN, encoding="utf-8")
    with (folder / "paper.yaml").open("a", encoding="utf-8") as paper:
        paper.write("archive: {colour: srgb}\npreflight: warning\n")
    text = (folder / "issue.yaml").read_text(encoding="utf-8").replace("advert: wide.png", f"advert: {art}")
    (folder / "issue.yaml").write_text(text, encoding="utf-8")
    status = main(["build", str(folder / "issue.yaml"), "--only", "archive", "--out", str(folder / "screen"), "--lang", "en"])
    assert 0 == status
    return folder / "screen/kept_20260101/archive/kept_20260101/data"


@pytest.fixture
def screened(folder, tmp_path_factory):
    """An issue for screens, apart from the one in the folder."""
    return in_screen_colours(shutil.copytree(folder, tmp_path_factory.mktemp("screen") / "issue"), "sun.svg")


def test_archival_files_for_screens_have_pictures_in_their_own_colours(screened):
    reader = PdfReader(screened / "kept_20260101.pdf")
    (intent,) = reader.trailer["/Root"]["/OutputIntents"]
    original = Image.open(screened / "sources/grey.png")

    assert ("/GTS_PDFA1", 3) == (intent["/S"], intent["/DestOutputProfile"]["/N"])
    for page in reader.pages:
        operators = page.get_contents().get_data()
        assert re.search(rb"^0 0 0 rg$", operators, re.MULTILINE)
        assert not re.search(rb" [kK]$", operators, re.MULTILINE)
        assert not any(state.get_object()["/OP"].value for state in page["/Resources"]["/ExtGState"].values())
    forms = [each.get_object() for each in reader.pages[1]["/Resources"]["/XObject"].values()]
    assert [True] == [b" rg" in form.get_data() for form in forms if form["/Subtype"] == "/Form"]
    image = next(image for image in reader.pages[1].images if image.image.mode == "RGB").image
    difference = ImageChops.difference(image, original.resize(image.size, Image.Resampling.LANCZOS))
    assert max(high for _, high in difference.getextrema()) <= 3


def test_art_in_inks_keeps_archival_files_in_the_inks_of_the_press(folder, capsys):
    (folder / "art.pdf").write_bytes(foreign.made(foreign.cyan, size=(992, 347)))

    data = in_screen_colours(folder, "art.pdf")

    told = (
        'paper.yaml:5:10: warning[archive-colour]: archival files keep the inks of the press, not sRGB: "art.pdf" on page A02'
    )
    assert told in capsys.readouterr().err
    reader = PdfReader(data / "kept_20260101.pdf")
    assert 4 == reader.trailer["/Root"]["/OutputIntents"][0]["/DestOutputProfile"]["/N"]


def spoilt(file: Path, target: Path, spoil) -> Path:
    with pikepdf.open(file) as document:
        elements = [
            each for each in document.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/StructElem"
        ]
        spoil(document, elements)
        document.save(target)
    return target


def without_mark(document, elements):
    del document.Root.MarkInfo


def without_words(document, elements):
    for element in elements:
        if element.S == "/Figure":
            del element.Alt


def with_skipped_level(document, elements):
    for element in elements:
        if element.S == "/H2":
            element.S = pikepdf.Name.H4


def without_scope(document, elements):
    for element in elements:
        if element.S == "/TH":
            del element.A


def without_relation(document, elements):
    for spec in document.Root.AF:
        del spec.AFRelationship


def without_structure_of_links(document, elements):
    for element in elements:
        if element.S == "/Link":
            element.S = pikepdf.Name.Span


def with_untagged_paint(document, elements):
    page = document.pages[0]
    page.Contents = document.make_stream(page.Contents.read_bytes() + b"\n0 0 9 9 re f")


SPOILT = {
    without_mark: ("ua1", "6.2#"),
    without_words: ("ua1", "7.3#"),
    with_skipped_level: ("ua1", "7.4.2#"),
    without_scope: ("ua1", "7.5#"),
    without_relation: ("3u", "6.8#"),
    without_structure_of_links: ("ua1", "7.18.5#"),
    with_untagged_paint: ("ua1", "7.1#"),
}


def test_verapdf_finds_every_archival_file_sound_and_each_spoilt_one_broken(built, mixed, screened, tmp_path):
    """One run for all, since the validator takes long to start."""
    folders = [*built.glob("*/archive/*/data"), mixed]
    files = sorted(file for folder in folders for pattern in ("*.pdf", "pages/*.pdf") for file in folder.glob(pattern))
    files.append(shutil.copy(screened / "kept_20260101.pdf", tmp_path / "screen.pdf"))
    broken = [spoilt(mixed / "pages/kept_20260101_0001.pdf", tmp_path / f"{spoil.__name__}.pdf", spoil) for spoil in SPOILT]

    verdicts = broken_rules("3u,ua1", [*files, *broken])

    assert 17 == len(files)
    sound = {f"{flavour} {file.name}": [] for file in files for flavour in ("3u", "ua1")}
    assert sound == {key: verdicts[key] for key in sound}
    for spoil, (flavour, clause) in SPOILT.items():
        told = verdicts[f"{flavour} {spoil.__name__}.pdf"]
        assert [rule for rule in told if rule.startswith(clause)], (spoil.__name__, told)


def test_an_archival_page_looks_and_reads_like_its_print_file(folder):
    """The type of the rest is that of what says where the story began, so that both stand in one run, of which each is a part."""
    head = LEAD.split("---\n")[1].replace("dateline: 本报讯\n", "")
    (folder / "lead.md").write_text(f"---\n{head}---\n*{SENTENCE * 90}*\n", encoding="utf-8")
    assert 0 == main(["build", str(folder / "issue.yaml"), "--only", "archive,print", "--out", str(folder / "build")])
    own = folder / "build/kept_20260101"
    print_, archive = (
        pypdfium2.PdfDocument(path)
        for path in (own / "print/kept_20260101.pdf", own / "archive/kept_20260101/data/kept_20260101.pdf")
    )

    for printed, kept in zip(print_, archive, strict=True):
        printed.set_cropbox(*printed.get_trimbox())
        images = [page.render(scale=1).to_pil().convert("RGB") for page in (printed, kept)]
        assert images[0].size == images[1].size
        assert None is ImageChops.difference(*images).getbbox()
        assert printed.get_textpage().get_text_bounded() == kept.get_textpage().get_text_bounded()


def test_the_images_of_an_archival_page_are_those_of_its_print_file(folder):
    """Bleed and the room of marks move a page on its sheet by parts of pixels, and it is painted from its own corner."""
    with (folder / "paper.yaml").open("a", encoding="utf-8") as paper:
        paper.write("marks: [trim]\n")
    assert 0 == main(["build", str(folder / "issue.yaml"), "--only", "archive,print", "--out", str(folder / "build")])
    own = folder / "build/kept_20260101"
    size = Size(1301, 1801)
    for number in (1, 2):
        files = (own / "print", own / "archive/kept_20260101/data/pages")
        paintings = [painted_page((place / f"kept_20260101_{number:04d}.pdf").read_bytes(), 150, size) for place in files]
        assert paintings[0].photograph() == paintings[1].photograph()
        assert len(paintings[0].photograph()) > 10_000


def structures(folder):
    """The structure of the issue in a folder, and that of each of its pages; the text that an element shows."""
    made = set_issue(folder / "issue.yaml", Watch())
    archived, problems = archive_issue(made.issue, made.pages)
    assert () == problems
    items = {page.number: [placed.item for placed in page.frame.walk()] for page in made.pages}

    def text(element):
        own = [
            text(kid) if isinstance(kid, Element) else "".join(items[kid.page][kid.item].clusters[kid.start : kid.end])
            for kid in element.kids
            if isinstance(kid, Element) or kid.end is not None
        ]
        return "".join(own)

    return [structure_of(archived, numbers) for numbers in ([1, 2], [1], [2])], text


def kinds(element):
    return [each.kind for each in element.walk()]


def test_a_head_over_stories_holds_them_one_level_below(folder):
    (whole, first, second), text = structures(folder)

    for structure in (whole, first):
        over = next(each for each in structure.walk() if each.kind == "Sect" and each.title == "两篇在下面")
        assert ["H1", "Art", "Art"] == [kid.kind for kid in over.kids]
        assert ["P", "H2", "L", "P", "P", "H3"] == [kid.kind for kid in over.kids[1].kids[:6]]
        assert ["存档的道理", "一张报纸的行数", "——记一格一行"] == [
            text(span).replace("\n", "") for span in over.kids[1].kids[1].kids
        ]
    assert ["H1", "P"] == [kid.kind for kid in second.kids[0].kids[0].kids[:2]], "on its own page the rest has a head"
    assert "本报评论报纸的行数（上接第A1版）" == "".join(map(text, second.kids[0].kids[0].kids[:2]))


def test_readings_pull_quotes_and_repeated_heads_are_not_heard(folder):
    (whole, *_), text = structures(folder)
    lead = next(each for each in whole.walk() if each.title == "一张报纸的行数")

    assert "hàn" not in text(lead)
    assert 1 == text(lead).count("行数第1行")
    assert 40 == kinds(lead).count("TR")
    assert ["BlockQuote", "L"] == [kid.kind for kid in lead.kids if kid.kind in ("BlockQuote", "L")][1:]
    assert ["LI", "LI"] == [kid.kind for kid in [kid for kid in lead.kids if kid.kind == "L"][1].kids]


def test_a_table_that_goes_on_on_another_page_has_its_heads_there(folder):
    rows = "\n".join(f"| 第{number}行 | {number % 8} |" for number in range(1, 120))
    (folder / "lead.md").write_text(re.sub(r"(\| 第\d+行 \| \d+ \|\n)+", f"{rows}\n", LEAD), encoding="utf-8")

    (whole, first, second), text = structures(folder)

    tables = [next(each for each in structure.walk() if each.kind == "Table") for structure in (whole, first, second)]
    for table in tables:
        assert ["行", "数"] == [text(cell) for cell in table.kids[0].kids]
        assert [["TH", "TH"], ["TD", "TD"]] == [[cell.kind for cell in row.kids] for row in table.kids[:2]]
    wanted = [[f"第{number}行", f"{number % 8}"] for number in range(1, 120)]
    shown = [[[text(cell) for cell in row.kids] for row in table.kids[1:]] for table in tables]
    assert wanted == shown[0] == shown[1] + shown[2]
    assert shown[2]


# ---- foreign tags ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "left"),
    [
        (b"/P <</MCID 0>> BDC BT (a BDC) Tj ET EMC", b" BT (a BDC) Tj ET"),
        (b"q\n/Artifact BMC\n1 0 0 1 k\nEMC\nQ", b"q\n1 0 0 1 k\nQ"),
        (b"/Span <</ActualText (EMC) /A true>> BDC 0 g EMC /OC /Layer BDC f EMC /Spot MP", b" 0 g f"),
        (b"q BI /W 1 /H 1 ID \x00 EMC \x00 EI Q", b"q BI /W 1 /H 1 ID \x00 EMC \x00 EI Q"),
        (b"1 w % BMC\n0 0 m", b"1 w % BMC\n0 0 m"),
    ],
)
def test_marks_of_foreign_contents_are_left_out(data, left):
    assert left == b"".join(without_marks(data))


@given(
    st.lists(
        st.sampled_from([b"q", b"Q", b"1 w", b"/Im Do", b"(EMC) Tj", b"/P <</MCID 1>> BDC", b"/A BMC", b"EMC", b"<41> Tj"])
    )
)
def test_all_but_marks_stays_as_it_is(operators):
    drawn = b"".join(without_marks(b"\n".join(operators)))

    assert [each for each in operators if not each.endswith((b"BDC", b"BMC", b"EMC"))] == drawn.split(b"\n")[
        drawn[:1] in (b"", b"\n") :
    ]
