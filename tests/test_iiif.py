"""The archive's IIIF manifest, its tiles, and the package in a viewer."""

import copy
import io
import json
import mimetypes
import re
import shutil
from itertools import count
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from layout.archive.following import inked
from layout.archive.tiles import EDGE, information, tiles
from layout.archive.viewing import view_findings
from layout.cli import main
from layout.geometry import Rect, Size
from layout.issue import Product
from tests import mirador
from tests.bundled import bundled
from tests.small_issue import build, write_issue

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
BASE = "https://papers.example/kept/kept_20260101/data/"


def manifest_of(package):
    return json.loads((package / "data/iiif/manifest.json").read_bytes())


@pytest.fixture(scope="module")
def manifest(published):
    return manifest_of(published)


def records(value):
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from records(each)


# ---- rules of the Presentation API -----------------------------------------------------------------------------------


def is_language_map(value):
    return (
        isinstance(value, dict)
        and bool(value)
        and all(
            isinstance(words, list) and words and all(isinstance(word, str) and word for word in words)
            for words in value.values()
        )
    )


def place(fragment):
    match = re.fullmatch(r"xywh=(\d+),(\d+),(\d+),(\d+)", fragment)
    return [int(figure) for figure in match.groups()] if match else None


def faults(manifest):
    """What a manifest has against the Presentation API 3.0, as far as ours use it."""
    found = []
    contexts = manifest["@context"] if isinstance(manifest["@context"], list) else [manifest["@context"]]
    if contexts[-1] != CONTEXT:
        found.append("4.6: the context of the API comes last")
    for each in records(manifest):
        kind = each.get("type")
        if kind is None and not is_language_map(each) and set(each) != {"label", "value"}:
            found.append(f"3.2: no type: {each}")
        if kind in ("Manifest", "Range", "Canvas") and "items" in each and not is_language_map(each.get("label")):
            found.append(f"3.1: {each.get('id')} has no label in a language map")
        is_named = kind is not None and kind != "TextualBody"
        if is_named and not re.match(r"https?://[^\s#]+(#xywh=.*)?$", str(each.get("id"))):
            found.append(f"4.1: {each.get('id')} is no address")
        if each.get("behavior", ["individuals"]) != ["individuals"]:
            found.append(f"3.2: {each['behavior']}")
        for name in ("items", "thumbnail", "seeAlso", "rendering", "structures", "annotations", "service"):
            if name in each and not (isinstance(each[name], list) and each[name]):
                found.append(f"4.3: {name} of {each.get('id')} is no list with something in it")
    for entry in manifest.get("metadata", []):
        if not (is_language_map(entry.get("label")) and is_language_map(entry.get("value"))):
            found.append(f"3.1: {entry}")
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", manifest.get("navDate", "")):
        found.append("3.1: navDate is no time with a zone")
    return [*found, *canvas_faults(manifest), *range_faults(manifest), *name_faults(manifest)]


def canvases(manifest):
    return {each["id"]: each for each in manifest["items"]}


def canvas_faults(manifest):
    for own, canvas in canvases(manifest).items():
        if not all(isinstance(canvas.get(name), int) and canvas[name] > 0 for name in ("width", "height")):
            yield f"3.3: {own} has no size"
            continue
        if canvas.get("type") != "Canvas" or "duration" in canvas:
            yield f"5.3: {own}"
        painting = [each for page in canvas["items"] for each in page["items"]]
        for each in painting:
            if each["motivation"] != "painting" or each["target"] != own or each["body"]["type"] != "Image":
                yield f"5.6: {each['id']} does not paint {own}"
            body = each["body"]
            if abs(body["width"] / body["height"] - canvas["width"] / canvas["height"]) > 0.001:
                yield f"5.3: {body['id']} has another shape than {own}"
        for each in (each for page in canvas.get("annotations", []) for each in page["items"]):
            target, _, fragment = each["target"].partition("#")
            if each["motivation"] == "painting" or target != own:
                yield f"5.6: {each['id']}"
            yield from place_faults(fragment, canvas)


def place_faults(fragment, canvas):
    box = place(fragment)
    if box is None or not (
        box[2] and box[3] and box[0] + box[2] <= canvas.get("width", 0) and box[1] + box[3] <= canvas.get("height", 0)
    ):
        yield f"{fragment} is no place on {canvas['id']}"


def range_faults(manifest):
    known = canvases(manifest)
    for each in records(manifest.get("structures", [])):
        if each.get("type") == "Range" and not {"Range", "Canvas"} >= {item.get("type") for item in each["items"]}:
            yield f"5.4: {each['id']}"
        if each.get("type") == "Canvas":
            own, _, fragment = each["id"].partition("#")
            if own not in known:
                yield f"5.4: {own} is no canvas"
            elif fragment:
                yield from place_faults(fragment, known[own])


def name_faults(manifest):
    named = ("Manifest", "AnnotationPage", "Annotation", "Range")
    names = [each["id"] for each in records(manifest) if each.get("type") in named] + [each["id"] for each in manifest["items"]]
    yield from (f"4.1: {name} is there twice" for name in set(names) if names.count(name) > 1)


@pytest.mark.parametrize("package", ["published", "bag"])
def test_the_manifest_keeps_the_rules_of_the_api(package, request):
    assert [] == faults(manifest_of(request.getfixturevalue(package)))


def first_text(manifest):
    return manifest["items"][0]["annotations"][0]["items"][0]


BROKEN = {
    "context first": lambda made: made["@context"].reverse(),
    "plain label": lambda made: made["items"][0].update(label="第01版"),
    "relative name": lambda made: made["items"][0]["thumbnail"][0].update(id="thumbnail.jpg"),
    "no height": lambda made: made["items"][0].pop("height"),
    "another canvas": lambda made: made["items"][0]["items"][0]["items"][0].update(target=made["items"][1]["id"]),
    "off the page": lambda made: first_text(made).update(target=f"{made['items'][0]['id']}#xywh=0,0,99999,5"),
    "no canvas": lambda made: made["structures"][0]["items"][0]["items"][0].update(id=f"{BASE}iiif/canvas/0009"),
    "twice": lambda made: made["items"][1].update(id=made["items"][0]["id"]),
    "bare date": lambda made: made.update(navDate="2026-01-01"),
    "empty list": lambda made: made["items"][0].update(thumbnail=[]),
}


@pytest.mark.parametrize("breach", BROKEN.values(), ids=BROKEN)
def test_those_rules_see_what_is_wrong(manifest, breach):
    broken = copy.deepcopy(manifest)
    breach(broken)

    assert [] != faults(broken)


def test_another_library_reads_the_manifest(published, bag):
    bundled("iiif-prezi3", "__init__.py")
    import iiif_prezi3 as prezi

    made = [
        prezi.Manifest.model_validate_json((package / "data/iiif/manifest.json").read_bytes()) for package in (published, bag)
    ]

    assert [2, 8] == [len(each.items) for each in made]
    assert "第01版 要闻" == made[1].items[0].label["zh-Hans"][0]


def test_all_files_that_it_names_are_in_the_package(published, manifest):
    named = {each["id"] for each in records(manifest) if each.get("type") in ("Image", "Dataset", "Text")}

    assert {f"{BASE}{name}" for name in ("kept_20260101.pdf", "kept_20260101.epub", "kept_20260101_mets.xml")} <= named
    assert [] == [name for name in named if not (published / "data" / name.removeprefix(BASE)).is_file()]


def test_a_paper_without_an_address_has_one_that_is_nobodys(bag):
    made = manifest_of(bag)

    assert "https://no-address.invalid/ruzhou_20230327/data/iiif/manifest.json" == made["id"]


def test_ranges_lead_from_the_issue_to_pages_to_articles_in_parts(manifest):
    (issue,) = manifest["structures"]
    first, second = issue["items"]
    articles = {each["label"]["zh-Hans"][0]: each for each in first["items"][1:]}

    assert ["第A01版 存档"], ["第A02版"] == [each["label"]["zh-Hans"] for each in (first, second)]
    assert ["两篇在下面", "一张报纸的行数", "竖排的道理", "英文"] == list(articles)
    parts = [each["id"].rpartition("/")[2].partition("#")[0] for each in articles["一张报纸的行数"]["items"]]
    assert ["0001", "0002"] == parts
    assert articles["英文"]["seeAlso"][0]["id"] == f"{BASE}articles/kept_20260101_0001_04.json"


def test_the_text_of_a_page_is_that_of_its_articles(published, manifest):
    texts = [each["body"]["value"] for each in manifest["items"][0]["annotations"][0]["items"]]
    paragraphs = json.loads((published / "data/articles/kept_20260101_0001_04.json").read_bytes())["paragraphs"]

    assert not any("\n" in text or "\u00ad" in text for text in texts)
    whole = "".join(texts)
    assert inked(paragraphs[0]["text"]) in inked(whole)
    words = re.findall("[A-Za-z]{8,}", whole)
    assert {"characteristically", "internationalization"} == set(words), "words that were parted at line ends are whole again"


def test_metadata_say_what_the_paper_says_of_itself(bag):
    facts = {entry["label"]["zh-Hans"][0]: entry["value"]["zh-Hans"][0] for entry in manifest_of(bag)["metadata"]}

    assert {"报名": "今日汝州", "期号": "第3239期", "出版日期": "2023-03-27", "版数": "8"}.items() <= facts.items()
    assert ("汝州市老二门街南段", "467599") == (facts["地址"], facts["邮编"])


# ---- images ----------------------------------------------------------------------------------------------------------


def test_page_images_and_thumbnails_are_as_large_as_the_manifest_says(published, manifest):
    images = [each for each in records(manifest) if each.get("type") == "Image"]

    assert 5 <= len(images)
    for each in images:
        with Image.open(published / "data" / each["id"].removeprefix(BASE)) as image:
            assert ("JPEG", (each["width"], each["height"])) == (image.format, image.size)


def test_tiles_follow_the_image_api_and_each_has_its_size(published, manifest):
    for number, canvas in enumerate(manifest["items"], 1):
        body = canvas["items"][0]["items"][0]["body"]
        service = f"{BASE}iiif/kept_20260101_{number:04d}"
        folder = published / "data" / service.removeprefix(BASE)
        told = json.loads((folder / "info.json").read_bytes())
        assert [{"id": service, "type": "ImageService3", "profile": "level0"}] == body["service"]
        assert f"{service}/full/max/0/default.jpg" == body["id"]
        assert ("http://iiif.io/api/image/3/context.json", service) == (told["@context"], told["id"])
        assert ("ImageService3", "http://iiif.io/api/image", "level0") == (told["type"], told["protocol"], told["profile"])
        assert (2 * canvas["width"], 2 * canvas["height"]) == (told["width"], told["height"])
        wanted = set(viewer_requests(told)) | {"full/max/0/default.jpg"}
        assert wanted == {path.relative_to(folder).as_posix() for path in folder.rglob("*.jpg")}
        for path in wanted:
            with Image.open(folder / path) as tile:
                tile.load()
                size = re.fullmatch(r"[^/]+/(\d+),(\d+)/0/default.jpg", path)
                assert tile.size == (tuple(map(int, size.groups())) if size else (told["width"], told["height"]))


def test_tiles_show_the_part_of_the_page_that_they_are_named_for(published):
    folder = published / "data/iiif/kept_20260101_0001"
    whole = Image.open(folder / "full/max/0/default.jpg").convert("L")
    for path in ("1024,1024,1024,1024/1024,1024", "2048,2048,2048,2048/1024,1024", "0,4096,4096,2342/1024,586", "full/576,805"):
        region = path.partition("/")[0]
        x, y, width, height = map(int, region.split(",")) if region != "full" else (0, 0, *whole.size)
        tile = Image.open(folder / path / "0/default.jpg").convert("L")
        shown = whole.crop((x, y, x + width, y + height)).resize(tile.size, Image.Resampling.BOX)
        assert ImageStat.Stat(ImageChops.difference(tile, shown)).mean[0] < 4, path


def viewer_requests(told):
    """What a viewer asks for, worked out from `info.json` as the notes of the Image API say (implementation notes, 5)."""
    width, height, (tiled,) = told["width"], told["height"], told["tiles"]
    for scale in tiled["scaleFactors"]:
        across, down = -(-width // scale), -(-height // scale)
        for row in count():
            top = row * tiled["height"] * scale
            if top >= height:
                break
            for column in count():
                left = column * tiled["width"] * scale
                if left >= width:
                    break
                right, bottom = (
                    min(edge, whole)
                    for edge, whole in ((left + tiled["width"] * scale, width), (top + tiled["height"] * scale, height))
                )
                size = (-(-(right - left) // scale), -(-(bottom - top) // scale))
                is_whole = (right - left, bottom - top) == (width, height)
                region = "full" if is_whole else f"{left},{top},{right - left},{bottom - top}"
                asked = "max" if is_whole and scale == 1 else f"{size[0]},{size[1]}"
                assert not is_whole or size == (across, down)
                yield f"{region}/{asked}/0/default.jpg"


@given(st.integers(1, 9000), st.integers(1, 9000))
def test_every_tile_that_a_viewer_asks_for_is_made_and_no_other(width, height):
    size = Size(width, height)
    made = list(tiles(size))
    told = json.loads(information("https://a.example/b", size))

    assert {tile.path for tile in made} == set(viewer_requests(told)) | {"full/max/0/default.jpg"}
    assert len({tile.path for tile in made}) == len(made)
    assert all(-(-max(tile.part[2:]) // tile.times) <= EDGE for tile in made[1:])
    assert all(tile.part.right <= width and tile.part.bottom <= height for tile in made)
    assert all(each["width"] <= EDGE for each in told.get("sizes", []))
    assert Rect(0, 0, width, height) == made[0].part


def test_fine_images_come_without_tiles_where_only_they_are_wanted(tmp_path):
    made, problems = build(write_issue(tmp_path, 2, "archive: {also: [fine-images]}\n"), Product.ARCHIVE)
    data = made / "archive/tiny_20260101/data"

    assert () == problems
    body = manifest_of(data.parent)["items"][1]["items"][0]["items"][0]["body"]
    assert body["id"].endswith("/data/pages/tiny_20260101_0002_300.jpg")
    sizes = [Image.open(data / f"pages/tiny_20260101_0002{kind}.jpg").size for kind in ("", "_300")]
    assert tuple(2 * length for length in sizes[0]) == sizes[1] == (body["width"], body["height"])
    assert ["manifest.json"] == [path.name for path in (data / "iiif").iterdir()]
    assert 0 == main(["archive", "--verify", str(data.parent)])


@pytest.mark.parametrize(
    ("archive", "code"),
    [
        ("{address: papers.example}", "wrong-value"),
        ("{address: ftp://papers.example}", "wrong-value"),
        ("{address: 'https://papers.example/a b'}", "wrong-value"),
        ("{address: 'https://papers.example/?q=1'}", "wrong-value"),
        ("{also: [jp2]}", "wrong-value"),
        ("{tiles: yes}", "unknown-key"),
    ],
)
def test_what_no_archive_can_be_is_told_with_its_place(tmp_path, archive, code):
    made, problems = build(write_issue(tmp_path, 2, f"archive: {archive}\n"), Product.ARCHIVE)

    assert [code] == [problem.code for problem in problems]
    assert "archive:" in (tmp_path / "paper.yaml").read_text("utf-8").splitlines()[problems[0].span.line - 1]
    assert not made.exists()


# ---- the package -----------------------------------------------------------------------------------------------------


def test_its_sources_make_the_same_package_with_tiles_and_book(published, tmp_path):
    assert 0 == main(["build", str(published / "data/sources/issue.yaml"), "--only", "archive", "--out", str(tmp_path)])
    again = tmp_path / "kept_20260101/archive/kept_20260101"

    first, second = (
        {path.relative_to(each): path.read_bytes() for path in each.rglob("*") if path.is_file()} for each in (published, again)
    )
    assert first == second


def test_mets_tells_every_file_once_and_pages_have_those_that_show_them(published):
    tree = ElementTree.parse(published / "data/kept_20260101_mets.xml")
    names = {
        entry.get("ID"): unquote(entry[0].get("{http://www.w3.org/1999/xlink}href")) for entry in tree.iterfind(".//{*}file")
    }
    uses = {entry.get("ID"): entry.get("USE") for entry in tree.iterfind(".//{*}file")}
    present = {path.relative_to(published / "data").as_posix() for path in (published / "data").rglob("*") if path.is_file()}

    assert present - {"kept_20260101_mets.xml"} == set(names.values())
    page = tree.find(".//{*}div[@TYPE='np:page']")
    shown = [uses[pointer.get("FILEID")] for pointer in page.findall("{*}fptr")]
    assert ["service", "derivative", "ocr", "thumbnail", "fine image", "iiif"] == shown
    assert {"tile"} == {uses[own] for own, name in names.items() if re.search(r"iiif/.+/\d+,\d+/0/default", name)}


def test_a_published_package_has_no_findings(published, capsys):
    assert 0 == main(["archive", "--verify", str(published), "--lang", "en"])
    assert "" == capsys.readouterr().err


def harmed(package, tmp_path, name, change):
    """What is told of a package whose file was changed, apart from digests."""
    copied = shutil.copytree(package, tmp_path / "copied")
    paths = {path.relative_to(copied).as_posix() for path in copied.rglob("*") if path.is_file()}
    file = copied / "data" / name
    data = change(file.read_bytes())
    if data is None:
        paths.discard(f"data/{name}")
    else:
        file.write_bytes(data)
    pages = [ElementTree.parse(path).getroot() for path in sorted((copied / "data/pages").glob("*.xml"))]
    return [problem.code for problem in view_findings(copied, frozenset(paths), pages)]


VIEW = "iiif/manifest.json"
TILES = "iiif/kept_20260101_0001"


@pytest.mark.parametrize(
    ("name", "change", "codes"),
    [
        pytest.param(VIEW, lambda data: data, [], id="as it is"),
        pytest.param(VIEW, lambda data: data[:-9], ["archive-file"], id="no JSON"),
        pytest.param(VIEW, lambda data: b"[" * 100_000, ["archive-file"], id="too deep"),
        pytest.param(VIEW, lambda data: b"[]", ["archive-pages"], id="no manifest"),
        pytest.param(VIEW, lambda data: data.replace(b'"width": 2303', b'"width": 2304', 1), ["archive-view"], id="a size"),
        pytest.param(VIEW, lambda data: data.replace("竖排的道理".encode(), "竖排的道义".encode(), 1), ["archive-view"], id="a text"),
        pytest.param(VIEW, lambda data: data.replace(b"0002.pdf", b"0003.pdf", 1), ["archive-link"], id="a link"),
        pytest.param(f"{TILES}/full/576,805/0/default.jpg", lambda data: None, ["archive-link"], id="a lost tile"),
        pytest.param(f"{TILES}/info.json", lambda data: data.replace(b"4606", b"99999999"), ["archive-file"], id="an endless image"),
        pytest.param(f"{TILES}/info.json", lambda data: b"7", ["archive-file"], id="no record"),
        pytest.param("kept_20260101.epub", lambda data: data[:-40], ["archive-file"], id="half a book"),
        pytest.param("kept_20260101.epub", lambda data: data.replace(b"application/epub+zip", b"application/epub+zap"), ["archive-file"], id="another type"),
    ],
)  # fmt: skip
def test_what_viewers_would_stumble_over_is_told(published, tmp_path, name, change, codes):
    assert codes == harmed(published, tmp_path, name, change)


def test_another_issue_of_the_same_day_is_refused_and_nothing_is_overwritten(tmp_path):
    path = write_issue(tmp_path, 2)
    made, problems = build(path, Product.ARCHIVE)
    package = made / "archive/tiny_20260101"
    before = {file: file.read_bytes() for file in package.rglob("*") if file.is_file()}
    assert () == problems

    text = path.read_text("utf-8")
    path.write_text(text.replace("number: 7", "number: 8"), encoding="utf-8")
    _, problems = build(path, Product.ARCHIVE)
    assert [("archive-taken", str(path), 1)] == [(each.code, each.span.file, each.span.line) for each in problems]
    other = path.with_name("copy.yaml")
    other.write_text(text, encoding="utf-8")
    _, problems = build(other, Product.ARCHIVE)
    assert [("archive-taken", str(other))] == [(each.code, each.span.file) for each in problems]

    assert before == {file: file.read_bytes() for file in package.rglob("*") if file.is_file()}
    path.write_text(text, encoding="utf-8")
    assert () == build(path, Product.ARCHIVE)[1]


def test_an_edition_of_the_day_is_a_package_of_its_own(tmp_path):
    path = write_issue(tmp_path, 2)
    build(path, Product.ARCHIVE)
    path.write_text(path.read_text("utf-8").replace("number: 7", "number: 7\nedition: B"), encoding="utf-8")
    _, problems = build(path, Product.ARCHIVE)
    package = tmp_path / "build/tiny_20260101-b/archive/tiny_20260101-b"

    assert () == problems
    assert (package / "data/pages/tiny_20260101-b_0001.pdf").is_file()
    mets = ElementTree.parse(package / "data/tiny_20260101-b_mets.xml")
    edition = mets.find(".//{*}detail[@type='edition']")
    assert ["2", "B"] == [each.text for each in edition], "its order for newspaper programmes, and its name"
    assert 0 == main(["archive", "--verify", str(package)])


# ---- a viewer --------------------------------------------------------------------------------------------------------


def test_a_viewer_draws_the_tiles_and_lists_the_articles(published, browser):
    """Mirador in Chromium reads the package from where its paper says that it stands; no network is there."""
    script, folder = mirador.bundle(), BASE.removesuffix("data/")
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    errors, asked = [], []

    def serve(route):
        url = route.request.url
        file = published / unquote(url.removeprefix(folder))
        if url == "https://viewer.example/":
            text = mirador.PAGE.replace("MANIFEST", f"{BASE}iiif/manifest.json").replace("PANEL", "canvas")
            route.fulfill(body=text, content_type="text/html")
        elif url.endswith("/mirador.js"):
            route.fulfill(body=script, content_type="text/javascript")
        elif url.startswith(folder) and file.is_file():
            asked.append(url.removeprefix(f"{folder}data/"))
            headers = {"access-control-allow-origin": "*"}
            route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0], headers=headers)
        else:
            errors.append(url)
            route.fulfill(status=404)

    page.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route("**/*", serve)
    page.goto("https://viewer.example/")
    page.get_by_text("第A02版").first.wait_for()
    deadline = iter(range(100))
    while not any(f"{TILES}/0,0," in name for name in asked) and next(deadline, None) is not None:
        page.wait_for_timeout(100)
    page.wait_for_timeout(800)  # tiles fade in
    shot = Image.open(io.BytesIO(page.locator("canvas").first.screenshot())).convert("L")
    words = page.inner_text("body")
    page.close()

    assert [] == [error for error in errors if mirador.OWN_ERROR not in error and "favicon" not in error]
    assert {f"{TILES}/info.json", f"{TILES}/full/576,805/0/default.jpg"} <= set(asked)
    assert any(f"{TILES}/0,0," in name for name in asked)
    assert "存报 第8期 2026-01-01" in words
    assert sum(shot.histogram()[:128]) > 1000, "type is drawn"
