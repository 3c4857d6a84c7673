"""Pictures reach the page as they were meant to be seen."""

import io
import warnings
import zlib

import pytest
from PIL import Image

from layout.pictures import PictureFacts, picture_facts, read_samples


def saved(folder, image, name="p.png", **options):
    path = folder / name
    image.save(path, **options)
    return path


def samples(path):
    return inks_of(read_samples(path))


def inks_of(read):
    """Return the samples as a reader of the PDF gets them: differences from the left are added up again."""
    data = bytearray(zlib.decompress(read.deflated))
    if read.predictor == 2:
        step = read.width * read.components
        for start in range(0, len(data), step):
            for place in range(start + read.components, start + step):
                data[place] = (data[place] + data[place - read.components]) % 256
    return list(data)


def test_a_grey_png_goes_in_as_it_lies_in_the_file(tmp_path):
    read = read_samples(saved(tmp_path, Image.new("L", (3, 2), 77)))

    assert (3, 2, 1, 15) == (read.width, read.height, read.components, read.predictor)


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
COLOUR = {"P": 0, "RGB": (200, 30, 30), "RGBA": (200, 30, 30, 255), "CMYK": (0, 200, 200, 40), "YCbCr": (90, 110, 200)}
SAVES = {
    ".png": ["1", "L", "LA", "I;16", "P", "RGB", "RGBA"],
    ".tif": ["1", "L", "LA", "I;16", "P", "RGB", "RGBA", "CMYK", "YCbCr"],
    ".jpg": ["L", "RGB", "CMYK"],
    ".webp": ["RGB", "RGBA"],
}


@pytest.mark.parametrize(("ending", "mode"), [(ending, mode) for ending, modes in SAVES.items() for mode in modes])
def test_every_kind_of_file_is_read(ending, mode, tmp_path):
    image = Image.new(mode, (8, 6), (GREY | COLOUR)[mode])
    if mode == "P":
        image.putpalette([200, 30, 30])
    path = saved(tmp_path, image, "p" + ending)

    read = read_samples(path)

    assert PictureFacts(8, 6) == picture_facts(path)
    assert (8, 6, 1 if mode in GREY else 4, 1 if mode == "1" else 8) == (read.width, read.height, read.components, read.bits)


def test_line_art_keeps_its_bits(tmp_path):
    image = Image.new("1", (10, 2), 1)
    image.putpixel((9, 1), 0)

    assert [0xFF, 0xC0, 0xFF, 0x80] == samples(saved(tmp_path, image))


@pytest.mark.parametrize(("ending", "options"), [(".tif", {}), (".webp", {"lossless": True})])
def test_the_first_of_several_pictures_is_set(ending, options, tmp_path):
    frames = [Image.new("RGB", (4, 3), colour) for colour in ("white", "black", "red")]
    path = saved(tmp_path, frames[0], "p" + ending, save_all=True, append_images=frames[1:], **options)

    assert PictureFacts(4, 3, 3) == picture_facts(path)
    assert {0} == set(samples(path))


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


@pytest.mark.parametrize(
    ("colour", "inks"),
    [
        ((0, 0, 0), [0, 0, 0, 255]),
        ((255, 255, 255), [0, 0, 0, 0]),
        ((128, 128, 128), [0, 0, 0, 127]),
        ((255, 0, 0), [0, 255, 255, 0]),
        ((0, 0, 128), [128, 128, 0, 127]),
    ],
)
def test_neutral_tones_take_black_alone(colour, inks, tmp_path):
    assert inks == samples(saved(tmp_path, Image.new("RGB", (1, 1), colour)))


def test_what_is_transparent_is_paper(tmp_path):
    assert [0, 0, 0, 0] == samples(saved(tmp_path, Image.new("RGBA", (1, 1), (0, 0, 0, 0))))
    assert [255] == samples(saved(tmp_path, Image.new("LA", (1, 1), (0, 0)), "a.png"))
    assert [0, 0, 0, 0] == samples(saved(tmp_path, Image.new("RGB", (1, 1)), "b.png", transparency=(0, 0, 0)))


def test_a_photograph_is_turned_as_the_camera_noted(tmp_path):
    image = Image.new("RGB", (40, 20), "white")
    exif = image.getexif()
    exif[0x0112] = 6
    path = saved(tmp_path, image, "p.jpg", exif=exif)

    assert PictureFacts(20, 40) == picture_facts(path)
    assert (20, 40) == (read_samples(path).width, read_samples(path).height)


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
