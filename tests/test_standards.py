"""The printer's file as PDF/X-4 and PDF/A-2u at once: veraPDF judges the one, a list of rules the other."""

import hashlib
import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from tests.conftest import ROOT
from tests.specimen import Specimen, print_specimen
from tests.verapdf import broken_rules

_RGB = re.compile(rb"(?:^|\s)(?:rg|RG)\s")


@pytest.fixture(scope="module")
def specimen() -> bytes:
    """A file of one page with some words."""
    return print_specimen(Specimen("版心有多高，行就有多少。", 13))


# ---- PDF/A-2u ----------------------------------------------------------------------------------------------------


def contents_changed(change: Callable[[bytes], bytes]) -> Callable[[PdfWriter], None]:
    def spoil(writer: PdfWriter) -> None:
        page = writer.pages[0]
        stream = DecodedStreamObject()
        stream.set_data(change(page["/Contents"].get_object().get_data()))
        page[NameObject("/Contents")] = writer._add_object(stream)

    return spoil


def fonts(writer: PdfWriter) -> Iterator[DictionaryObject]:
    yield from (font.get_object() for font in writer.pages[0]["/Resources"]["/Font"].values())


def without_texts(writer: PdfWriter) -> None:
    for font in fonts(writer):
        del font["/ToUnicode"]


def with_wrong_widths(writer: PdfWriter) -> None:
    for font in fonts(writer):
        font["/DescendantFonts"][0].get_object()[NameObject("/DW")] = NumberObject(700)


def without_programs(writer: PdfWriter) -> None:
    for font in fonts(writer):
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        descriptor.pop("/FontFile2", None)
        descriptor.pop("/FontFile3", None)


def with_a_set_of_no_glyphs(writer: PdfWriter) -> None:
    for font in fonts(writer):
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        empty = StreamObject()
        empty.set_data(b"\x80")
        descriptor[NameObject("/CIDSet")] = writer._add_object(empty)


def without_intents(writer: PdfWriter) -> None:
    del writer.root_object["/OutputIntents"]


def with_overprinted_profile(writer: PdfWriter) -> None:
    """Fill by an ICC profile while mode 1 overprints."""
    profile = writer.root_object["/OutputIntents"][0].get_object()["/DestOutputProfile"]
    resources = writer.pages[0]["/Resources"]
    resources[NameObject("/ColorSpace")] = DictionaryObject(
        {NameObject("/Press"): ArrayObject([NameObject("/ICCBased"), profile])}
    )
    contents_changed(lambda data: data + b"\n/GSo gs /Press cs 0 0 0 1 sc 0 0 9 9 re f")(writer)


SPOILT: dict[str, tuple[Callable[[PdfWriter], None], str]] = {
    "glyphs without their text": (without_texts, "6.2.11.7.2"),
    "widths other than the font's": (with_wrong_widths, "6.2.11.5"),
    "a glyph that is not there": (
        contents_changed(lambda data: re.sub(rb"<[0-9A-F]{4}", b"<0000", data, count=1)),
        "6.2.11.8",
    ),
    "overprint by a profile": (with_overprinted_profile, "6.2.4.2"),
    "states nested 29 deep": (contents_changed(lambda data: b"q " * 29 + data + b" Q" * 29), "6.1.13"),
    "a set that lacks its glyphs": (with_a_set_of_no_glyphs, "6.2.11.4.2"),
    "fonts that are not embedded": (without_programs, "6.2.11.4.1"),
    "no printing condition": (without_intents, "6.2.4.3"),
}


def spoilt(data: bytes, spoil: Callable[[PdfWriter], None], folder: Path, name: str) -> Path:
    (folder / "sound.pdf").write_bytes(data)
    writer = PdfWriter(clone_from=folder / "sound.pdf")
    spoil(writer)
    writer.write(folder / name)
    return folder / name


SMALL = ("gallery/kinds", "specimens/borders", "specimens/furniture", "specimens/heads", "specimens/panels")
"""Samples beside the two that other tests build, too."""


def test_verapdf_finds_every_print_file_of_all_samples_sound_and_each_spoilt_one_broken(
    sample, gallery, specimen, make_issue, tmp_path
):
    """One run for all, since the validator takes long to start."""
    made = make_issue("build", *(ROOT / "issues" / f"{name}.yaml" for name in SMALL), "--only", "print", "--out", tmp_path)
    assert (0, "") == (made.returncode, made.stderr)
    built = [folder for folder in tmp_path.iterdir() if folder.is_dir()]
    assert len(SMALL) == len(built)
    files = [file for folder in (sample, gallery, *built) for file in sorted((folder / "print").glob("*.pdf"))]
    broken = [spoilt(specimen, spoil, tmp_path, f"{number}.pdf") for number, (spoil, _) in enumerate(SPOILT.values())]

    verdicts = broken_rules("2u", [*files, *broken])

    assert {f"2u {file.name}": [] for file in files} == {key: verdicts[key] for key in (f"2u {file.name}" for file in files)}
    for number, (name, (_, clause)) in enumerate(SPOILT.items()):
        told = verdicts[f"2u {number}.pdf"]
        assert [rule for rule in told if rule.startswith(clause)], (name, told)


# ---- PDF/X-4 -----------------------------------------------------------------------------------------------------


def _intents(reader: PdfReader) -> list[DictionaryObject]:
    return [intent.get_object() for intent in reader.trailer["/Root"].get("/OutputIntents", [])]


def _xmp(reader: PdfReader) -> str:
    metadata = reader.trailer["/Root"].get("/Metadata")
    return metadata.get_object().get_data().decode("utf-8") if metadata else ""


def _boxes(page: DictionaryObject) -> list[list[float]]:
    return [list(map(float, page[name])) for name in ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox") if name in page]


def _are_nested(page: DictionaryObject) -> bool:
    boxes = _boxes(page)
    return len(boxes) == 4 and all(
        outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]
        for outer, inner in itertools.pairwise(boxes)
    )


X4: dict[str, Callable[[PdfReader], bool]] = {
    "6.1: the header is that of PDF 1.6": lambda reader: reader.pdf_header == "%PDF-1.6",
    "6.4: one printing condition for PDF/X, its profile embedded": lambda reader: (
        ["/DestOutputProfile" in intent for intent in _intents(reader) if intent["/S"] == "/GTS_PDFX"] == [True]
    ),
    "6.4: the profile is of the class prtr, in CMYK": lambda reader: all(
        intent["/DestOutputProfile"].get_object().get_data()[12:20] == b"prtrCMYK" for intent in _intents(reader)
    ),
    "6.4: no other colour than the condition's": lambda reader: (
        not any(_RGB.search(page.get_contents().get_data()) for page in reader.pages)
    ),
    "6.5: all fonts are embedded": lambda reader: all(
        {"/FontFile2", "/FontFile3"} & set(font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object())
        for page in reader.pages
        for font in (entry.get_object() for entry in page["/Resources"].get("/Font", {}).values())
    ),
    "6.10: the packet says PDF/X-4": lambda reader: "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>" in _xmp(reader),
    "6.10: the packet names document, version and rendition": lambda reader: all(
        f"<xmpMM:{name}>" in _xmp(reader) for name in ("DocumentID", "VersionID", "RenditionClass")
    ),
    "6.10: title and dates stand in both places": lambda reader: (
        {"/Title", "/CreationDate", "/ModDate"} <= set(reader.trailer["/Info"])
        and all(f"<{name}>" in _xmp(reader) for name in ("dc:title", "xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"))
    ),
    "6.10: trapped is told, and alike": lambda reader: (
        reader.trailer["/Info"].get("/Trapped") == "/False" and "<pdf:Trapped>False</pdf:Trapped>" in _xmp(reader)
    ),
    "6.10: the file has an identity": lambda reader: "/ID" in reader.trailer,
    "6.12: boxes lie in each other": lambda reader: all(_are_nested(page) for page in reader.pages),
    "6.17: no annotations": lambda reader: not any("/Annots" in page for page in reader.pages),
    "6.18: no actions and no scripts": lambda reader: not {"/OpenAction", "/AA", "/Names"} & set(reader.trailer["/Root"]),
    "6.24: no layers": lambda reader: "/OCProperties" not in reader.trailer["/Root"],
    "6.26: no forms to fill in": lambda reader: "/AcroForm" not in reader.trailer["/Root"],
    "not encrypted": lambda reader: "/Encrypt" not in reader.trailer,
}


def _root_entry(name: str) -> Callable[[PdfWriter], None]:
    return lambda writer: writer.root_object.update({NameObject(name): DictionaryObject()})


def _packet_changed(old: bytes, new: bytes) -> Callable[[PdfWriter], None]:
    def spoil(writer: PdfWriter) -> None:
        stream = writer.root_object["/Metadata"].get_object()
        data = stream.get_data()
        assert old in data
        stream.set_data(data.replace(old, new))

    return spoil


def _intent_dropped(writer: PdfWriter) -> None:
    del writer.root_object["/OutputIntents"][0]


def _other_profile(writer: PdfWriter) -> None:
    stream = writer.root_object["/OutputIntents"][0].get_object()["/DestOutputProfile"].get_object()
    data = stream.get_data()
    stream.set_data(data[:12] + b"mntrRGB " + data[20:])


def _trim_outside(writer: PdfWriter) -> None:
    writer.pages[0][NameObject("/TrimBox")] = ArrayObject(map(FloatObject, (-9, 0, 10, 10)))


def _annotated(writer: PdfWriter) -> None:
    writer.pages[0][NameObject("/Annots")] = ArrayObject()


def _untrapped(writer: PdfWriter) -> None:
    writer._info[NameObject("/Trapped")] = NameObject("/Unknown")


def _untitled(writer: PdfWriter) -> None:
    for key in ("/Title", "/CreationDate", "/ModDate"):
        writer._info.pop(key, None)


X4_SPOILT: dict[str, Callable[[PdfWriter], None]] = {
    "6.1:": lambda writer: setattr(writer, "pdf_header", "%PDF-1.7"),
    "6.4: one": _intent_dropped,
    "6.4: the profile": _other_profile,
    "6.4: no other": contents_changed(lambda data: data + b"\n1 0 0 rg 0 0 9 9 re f"),
    "6.5": without_programs,
    "6.10: the packet says": _packet_changed(b"PDF/X-4", b"PDF/X-3"),
    "6.10: the packet names": _packet_changed(b"xmpMM:VersionID", b"xmpMM:Version"),
    "6.10: title": _untitled,
    "6.10: trapped": _untrapped,
    "6.12": _trim_outside,
    "6.17": _annotated,
    "6.18": _root_entry("/OpenAction"),
    "6.24": _root_entry("/OCProperties"),
    "6.26": _root_entry("/AcroForm"),
}


@pytest.mark.parametrize("rule", X4)
def test_every_print_file_keeps_each_rule_of_pdf_x_4(rule, sample, gallery):
    files = [file for folder in (sample, gallery) for file in sorted((folder / "print").glob("*.pdf"))]

    assert [] == [file.name for file in files if not X4[rule](PdfReader(file))]


@pytest.mark.parametrize("start", X4_SPOILT)
def test_a_file_that_breaks_a_rule_of_pdf_x_4_is_seen(start, specimen, tmp_path):
    (rule,) = (rule for rule in X4 if rule.startswith(start))
    (tmp_path / "sound.pdf").write_bytes(specimen)
    assert X4[rule](PdfReader(tmp_path / "sound.pdf"))

    assert not X4[rule](PdfReader(spoilt(specimen, X4_SPOILT[start], tmp_path, "broken.pdf")))


def test_both_conditions_share_one_profile(sample):
    reader = PdfReader(sample / "print" / "ruzhou_20230327.pdf")
    first, second = _intents(reader)

    assert ["/GTS_PDFX", "/GTS_PDFA1"] == [first["/S"], second["/S"]]
    assert first.raw_get("/DestOutputProfile") == second.raw_get("/DestOutputProfile")
    assert "CGATS TR 002" == first["/OutputConditionIdentifier"] == second["/OutputConditionIdentifier"]


def test_a_papers_own_profile_goes_into_its_files(tmp_path, make_issue):
    assert 0 == make_issue("new", tmp_path / "own", "--name", "自报").returncode
    profile = Path(__file__).resolve().parent.parent / "layout" / "inks" / "profiles" / "snap-tr002.icc"
    (tmp_path / "own" / "mine.icc").write_bytes(profile.read_bytes())
    paper = tmp_path / "own" / "paper.yaml"
    paper.write_text(paper.read_text("utf-8") + "colour: {profile: mine.icc, condition: IFRA26}\n", encoding="utf-8")

    assert 0 == make_issue("build", tmp_path / "own" / "issue.yaml", "--out", tmp_path / "build").returncode

    (file,) = (tmp_path / "build").glob("*/print/*_0001.pdf")
    intent = _intents(PdfReader(file))[0]
    assert "IFRA26" == intent["/OutputConditionIdentifier"]
    embedded = intent["/DestOutputProfile"].get_object().get_data()
    assert hashlib.sha256(profile.read_bytes()).digest() == hashlib.sha256(embedded).digest()
