"""Pictures reach the page as they were meant to be seen."""

import io
import math
import warnings
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from layout.frame import Picture
from layout.inks.press import Intent, Press
from layout.pictures import PictureFacts, picture_facts, read_samples

NEWSPRINT = Press()
LARGE = (10**9, 10**9)


def saved(folder, image, name="p.png", **options):
    path = folder / name
    image.save(path, **options)
    return path


def read(path, press=NEWSPRINT, is_black=False):
    return read_samples(Picture(path, *LARGE, is_black=is_black), press)


def samples(path, **options):
    return inks_of(read(path, **options))


def inks_of(made):
    """Return the samples as a reader of the PDF gets them: differences from the left are added up again."""
    data = bytearray(zlib.decompress(made.deflated))
    if made.predictor == 2:
        step = made.width * made.components
        for start in range(0, len(data), step):
            for place in range(start + made.components, start + step):
                data[place] = (data[place] + data[place - made.components]) % 256
    return list(data)


def test_a_grey_png_goes_in_as_it_lies_in_the_file(tmp_path):
    made = read(saved(tmp_path, Image.new("L", (3, 2), 77)))

    assert (3, 2, 1, 15) == (made.width, made.height, made.components, made.predictor)


@pytest.mark.parametrize("name", ["p.png", "p.tif"])
def test_sixteen_bits_keep_their_tones(name, tmp_path):
    image = Image.new("I;16", (4, 1))
    image.putdata([0, 16384, 32768, 65535])

    assert samples(saved(tmp_path, image, name)) == pytest.approx([0, 64, 128, 255], abs=1)


def test_sixteen_bits_from_white_to_black_are_turned(tmp_path):
    image = Image.new("I;16", (3, 1))
    image.putdata([0, 16384, 65535])

    assert samples(saved(tmp_path, image, "p.tif", tiffinfo={262: 0})) == pytest.approx([255, 191, 0], abs=1)


GREY = {"1": 255, "L": 128, "LA": (128, 255), "I;16": 128 * 257}
COLOUR = {
    "P": 0,
    "RGB": (200, 30, 30),
    "RGBA": (200, 30, 30, 255),
    "LAB": (120, 190, 150),
    "CMYK": (0, 200, 200, 40),
    "YCbCr": (90, 110, 200),
}
SAVES = {
    ".png": ["1", "L", "LA", "I;16", "P", "RGB", "RGBA"],
    ".tif": ["1", "L", "LA", "I;16", "P", "RGB", "RGBA", "LAB", "CMYK", "YCbCr"],
    ".jpg": ["L", "RGB", "CMYK"],
    ".webp": ["RGB", "RGBA"],
}


@pytest.mark.parametrize(("ending", "mode"), [(ending, mode) for ending, modes in SAVES.items() for mode in modes])
def test_every_kind_of_file_is_read(ending, mode, tmp_path):
    image = Image.new(mode, (8, 6), (GREY | COLOUR)[mode])
    if mode == "P":
        image.putpalette([200, 30, 30])
    path = saved(tmp_path, image, "p" + ending)

    made = read(path)

    assert PictureFacts(8, 6, is_line_art=mode == "1") == picture_facts(path)
    assert (8, 6, 1 if mode in GREY else 4, 1 if mode == "1" else 8) == (made.width, made.height, made.components, made.bits)


def test_line_art_keeps_its_bits(tmp_path):
    image = Image.new("1", (10, 2), 1)
    image.putpixel((9, 1), 0)

    assert [0xFF, 0xC0, 0xFF, 0x80] == samples(saved(tmp_path, image))


@pytest.mark.parametrize(("ending", "options"), [(".tif", {}), (".webp", {"lossless": True})])
def test_the_first_of_several_pictures_is_set(ending, options, tmp_path):
    frames = [Image.new("RGB", (4, 3), colour) for colour in ("white", "black", "red")]
    path = saved(tmp_path, frames[0], "p" + ending, save_all=True, append_images=frames[1:], **options)

    assert PictureFacts(4, 3, 3) == picture_facts(path)
    assert {255} == set(samples(path))


@pytest.mark.parametrize("mode", ["F", "I"])
def test_samples_without_black_and_white_are_refused(mode, tmp_path):
    assert picture_facts(saved(tmp_path, Image.new(mode, (4, 3)), "p.tif")) is None


SPOILS = {"header": lambda data: data[:20], "data": lambda data: data[:1500] + b"\xff" * 600 + data[2100:]}


@pytest.mark.parametrize("spoil", SPOILS.values(), ids=SPOILS)
def test_no_library_speaks_of_a_damaged_tiff(spoil, tmp_path, capfd):
    path = saved(tmp_path, Image.effect_noise((64, 64), 50), "p.tif", compression="tiff_lzw")
    path.write_bytes(spoil(path.read_bytes()))

    with warnings.catch_warnings(action="error"):
        assert picture_facts(path) is None
    assert ("", "") == capfd.readouterr()


def test_what_is_transparent_is_paper(tmp_path):
    image = Image.new("RGBA", (2, 1), (200, 0, 0, 0))
    image.putpixel((0, 0), (200, 0, 0, 255))

    assert [0, 0, 0, 0] == samples(saved(tmp_path, image))[4:]
    assert [255] == samples(saved(tmp_path, Image.new("LA", (1, 1), (0, 0)), "a.png"))
    assert [255] == samples(saved(tmp_path, Image.new("RGB", (1, 1)), "b.png", transparency=(0, 0, 0)))


def test_a_photograph_is_turned_as_the_camera_noted(tmp_path):
    image = Image.new("RGB", (40, 20), "white")
    exif = image.getexif()
    exif[0x0112] = 6
    path = saved(tmp_path, image, "p.jpg", exif=exif)

    assert PictureFacts(20, 40) == picture_facts(path)
    assert (20, 40) == (read(path).width, read(path).height)


INKS = (51, 128, 204, 26)


def test_a_cmyk_jpeg_keeps_its_inks(tmp_path):
    path = saved(tmp_path, Image.new("CMYK", (8, 8), INKS), "p.jpg", quality=100)

    assert b"Adobe" in path.read_bytes()
    assert samples(path)[:4] == pytest.approx(INKS, abs=2)


def test_a_cmyk_jpeg_without_adobes_mark_is_not_inverted(tmp_path):
    buffer = io.BytesIO()
    Image.new("CMYK", (8, 8), tuple(255 - ink for ink in INKS)).save(buffer, "JPEG", quality=100)
    data = buffer.getvalue()
    mark = data.index(b"\xff\xee")
    path = tmp_path / "p.jpg"
    path.write_bytes(data[:mark] + data[mark + 2 + int.from_bytes(data[mark + 2 : mark + 4], "big") :])

    assert samples(path)[:4] == pytest.approx(INKS, abs=2)


# ---- colour ----------------------------------------------------------------------------------------------------------

CHART = [(r, g, b) for r in range(0, 256, 51) for g in range(0, 256, 51) for b in range(0, 256, 51)]


def chart(colours=CHART, mode="RGB"):
    image = Image.new(mode, (len(colours), 1))
    image.putdata(colours)
    return image


def pixels(flat):
    return [tuple(flat[start : start + 4]) for start in range(0, len(flat), 4)]


def in_lab(inks):
    """Return the colours of inks on newsprint."""
    print_ = ImageCms.getOpenProfile(str(NEWSPRINT.profile))
    seen = ImageCms.buildTransform(print_, ImageCms.createProfile("LAB"), "CMYK", "LAB", ImageCms.Intent.ABSOLUTE_COLORIMETRIC)
    return [
        (100 / 255 * light, a - 128, b - 128)
        for light, a, b in ImageCms.applyTransform(chart(inks, "CMYK"), seen).get_flattened_data()
    ]


def by_littlecms(image, source, intent=ImageCms.Intent.RELATIVE_COLORIMETRIC):
    target, bpc = ImageCms.getOpenProfile(str(NEWSPRINT.profile)), ImageCms.Flags.BLACKPOINTCOMPENSATION
    made = ImageCms.buildTransform(source, target, image.mode, "CMYK", intent, bpc)
    return list(ImageCms.applyTransform(image, made).get_flattened_data())


def furthest(colours, others):
    return max(math.dist(colour, other) for colour, other in zip(in_lab(colours), in_lab(others), strict=True))


def other_rgb():
    """Return an RGB profile that is not sRGB: its red and blue are changed about."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    rows = {data[at : at + 4].decode(): at for at in range(132, 132 + 12 * int.from_bytes(data[128:132], "big"), 12)}
    red, blue = rows["rXYZ"], rows["bXYZ"]
    data[red + 4 : red + 12], data[blue + 4 : blue + 12] = data[blue + 4 : blue + 12], data[red + 4 : red + 12]
    return bytes(data)


@pytest.mark.parametrize("ending", [".png", ".tif", ".webp"])
def test_colours_are_those_of_littlecms(ending, tmp_path):
    path = saved(tmp_path, chart(), "p" + ending, **({"lossless": True} if ending == ".webp" else {}))

    assert furthest(by_littlecms(chart(), ImageCms.createProfile("sRGB")), pixels(samples(path))) < 3


def test_a_paper_may_choose_the_perceptual_way(tmp_path):
    wanted = by_littlecms(chart(), ImageCms.createProfile("sRGB"), ImageCms.Intent.PERCEPTUAL)
    made = pixels(samples(saved(tmp_path, chart()), press=Press(intent=Intent.PERCEPTUAL)))

    assert furthest(wanted, made) < 3
    assert furthest(by_littlecms(chart(), ImageCms.createProfile("sRGB")), made) > 6


@pytest.mark.parametrize("ending", [".png", ".tif", ".webp"])
def test_a_picture_is_read_by_the_profile_that_it_embeds(ending, tmp_path):
    options = {"lossless": True} if ending == ".webp" else {}
    path = saved(tmp_path, chart(), "p" + ending, icc_profile=other_rgb(), **options)

    assert picture_facts(path).is_profile_sound
    assert furthest(by_littlecms(chart(), ImageCms.ImageCmsProfile(io.BytesIO(other_rgb()))), pixels(samples(path))) < 3
    assert furthest(by_littlecms(chart(), ImageCms.createProfile("sRGB")), pixels(samples(path))) > 20


def test_lab_keeps_its_colours(tmp_path):
    colours = [(130, 128, 128), (150, 150, 140), (180, 120, 140), (120, 128, 110)]
    made = pixels(samples(saved(tmp_path, chart(colours, "LAB"), "p.tif")))

    assert furthest(by_littlecms(chart(colours, "LAB"), ImageCms.createProfile("LAB")), made) < 3


NOT_ITS_OWN = {
    "garbage": b"garbage" * 50,
    "cut off": other_rgb()[:300],
    "of another space": NEWSPRINT.profile.read_bytes(),
    "with broken tables": other_rgb()[:132] + b"\0" * (len(other_rgb()) - 132),
}


@pytest.mark.parametrize("embedded", NOT_ITS_OWN.values(), ids=NOT_ITS_OWN)
def test_a_profile_that_does_not_serve_is_told(embedded, tmp_path):
    path = saved(tmp_path, chart(), icc_profile=embedded)

    assert not picture_facts(path).is_profile_sound
    assert furthest(by_littlecms(chart(), ImageCms.createProfile("sRGB")), pixels(samples(path))) < 3


@pytest.mark.parametrize("mode", ["RGB", "P", "LAB"])
def test_a_picture_without_colour_becomes_grey(mode, tmp_path):
    tones = chart([(tone, tone, tone) for tone in range(0, 256, 15)])
    kinds = {"RGB": tones, "P": tones.quantize(), "LAB": chart([(tone, 128, 128) for tone in range(0, 256, 15)], "LAB")}
    made = read(saved(tmp_path, kinds[mode], "p.tif"))

    assert made.components == 1
    assert mode == "LAB" or inks_of(made) == list(range(0, 256, 15))


def test_grey_in_a_coloured_picture_takes_four_inks(tmp_path):
    assert read(saved(tmp_path, chart([(128, 128, 128), (200, 0, 0)]))).components == 4


# ---- ink -------------------------------------------------------------------------------------------------------------

DARKS = [(c, m, y, k) for c in (0, 200, 255) for m in (100, 255) for y in (80, 255) for k in (0, 90, 180, 255)]


@pytest.mark.parametrize("limit", [150, 220, 240, 300])
def test_no_place_has_more_ink_than_the_paper_takes(limit, tmp_path):
    made = pixels(samples(saved(tmp_path, chart(DARKS, "CMYK"), "p.tif"), press=Press(limit=limit)))

    assert max(map(sum, made)) <= limit * 255 / 100
    for before, after in zip(DARKS, made, strict=True):
        over = sum(before) > limit * 255 / 100
        assert before[3] == after[3]
        assert before == after or over
        assert not over or sum(after) > limit * 255 / 100 - 4
        assert [after[0] * before[1], after[1] * before[2]] == pytest.approx(
            [after[1] * before[0], after[2] * before[1]], abs=300
        )


INK = st.integers(0, 255)


@given(st.lists(st.tuples(INK, INK, INK, INK), min_size=1, max_size=30), st.integers(120, 400))
def test_limiting_ink_takes_colour_alone_and_from_no_place_that_keeps_to_the_limit(tmp_path_factory, colours, limit):
    path = saved(tmp_path_factory.mktemp("ink"), chart(colours, "CMYK"), "p.tif")

    for before, after in zip(colours, pixels(samples(path, press=Press(limit=limit))), strict=True):
        assert 100 * sum(after) <= limit * 255
        assert before[3] == after[3]
        assert all(less <= more for less, more in zip(after, before, strict=True))
        assert before == after or 100 * sum(before) > limit * 255 - 100


def test_the_darkest_colours_of_a_picture_keep_to_a_low_limit(tmp_path):
    darks = [(r, g, b) for r in range(0, 60, 8) for g in range(0, 60, 8) for b in range(0, 60, 8)]

    assert max(map(sum, pixels(samples(saved(tmp_path, chart(darks)), press=Press(limit=180))))) <= 180 * 255 / 100


# ---- black pages -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "colours"),
    [
        ("RGB", [(255, 255, 255), (255, 255, 0), (200, 30, 30), (0, 0, 90), (0, 0, 0)]),
        ("CMYK", [(0, 0, 0, 0), (0, 0, 255, 0), (0, 200, 200, 20), (255, 255, 60, 60), (160, 150, 140, 255)]),
        ("LAB", [(255, 128, 128), (230, 120, 190), (120, 190, 160), (50, 140, 90), (0, 128, 128)]),
    ],
)
def test_on_a_black_page_colours_keep_their_tone(mode, colours, tmp_path):
    made = read(saved(tmp_path, chart(colours, mode), "p.tif"), is_black=True)
    tones = inks_of(made)

    assert made.components == 1
    assert tones == sorted(tones, reverse=True)
    assert (255, 0) == pytest.approx((tones[0], tones[-1]), abs=8)
    assert len(set(tones)) == 5


# ---- damage ----------------------------------------------------------------------------------------------------------

FILES = {
    "TIFF": {},
    "TIFF in LZW": {"compression": "tiff_lzw"},
    "TIFF in JPEG": {"compression": "jpeg"},
    "WEBP": {"icc_profile": other_rgb()},
    "JPEG": {"icc_profile": other_rgb()},
    "PNG": {"icc_profile": other_rgb()},
}


@pytest.fixture(scope="module")
def files():
    made = {}
    for kind, options in FILES.items():
        buffer = io.BytesIO()
        Image.effect_noise((48, 40), 60).convert("RGB").save(buffer, kind.split()[0], **options)
        made[kind] = buffer.getvalue()
    return made


@given(st.data(), st.sampled_from(list(FILES)))
def test_a_damaged_picture_is_refused_or_read_to_its_end(tmp_path_factory, files, data, kind):
    spoilt = bytearray(files[kind])
    places = st.one_of(st.integers(0, 300), st.integers(0, len(spoilt) - 1), st.integers(len(spoilt) - 300, len(spoilt) - 1))
    for place, value in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=5)):
        spoilt[place] = value
    path = tmp_path_factory.getbasetemp() / "damaged"
    path.write_bytes(spoilt[: data.draw(st.sampled_from([len(spoilt), len(spoilt) // 2]))])
    facts = picture_facts(path)

    if facts is not None:
        made = read(path)
        assert (facts.width, facts.height) == (made.width, made.height)
        assert len(inks_of(made)) == made.height * (made.width * made.components if made.bits == 8 else -(-made.width // 8))
