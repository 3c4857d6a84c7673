"""Pictures reach the page as they were meant to be seen."""

import zlib

import pytest
from PIL import Image

from layout.pictures import picture_size, read_samples


def saved(folder, image, name="p.png", **options):
    path = folder / name
    image.save(path, **options)
    return path


def samples(path):
    read = read_samples(path)
    return list(zlib.decompress(read.deflated))


def test_a_grey_png_goes_in_as_it_lies_in_the_file(tmp_path):
    read = read_samples(saved(tmp_path, Image.new("L", (3, 2), 77)))

    assert (3, 2, 1, True) == (read.width, read.height, read.components, read.is_filtered)


def test_sixteen_bits_keep_their_tones(tmp_path):
    image = Image.new("I;16", (4, 1))
    image.putdata([0, 16384, 32768, 65535])

    assert samples(saved(tmp_path, image)) == pytest.approx([0, 64, 128, 255], abs=1)


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

    assert (20, 40) == picture_size(path)
    assert (20, 40) == (read_samples(path).width, read_samples(path).height)


def test_a_cmyk_jpeg_keeps_its_inks(tmp_path):
    path = saved(tmp_path, Image.new("CMYK", (8, 8), (51, 128, 204, 26)), "p.jpg", quality=100)

    assert samples(path)[:4] == pytest.approx([51, 128, 204, 26], abs=2)
