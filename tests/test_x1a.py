"""Print files as PDF/X-1a:2003: a list of rules, each with a sound file and a spoilt one, and art that must not get in.

There is no free validator of PDF/X; the rules are those of ISO 15930-4:2003.
"""

import io
import re
from collections.abc import Callable, Iterator

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from layout.issue import Product
from tests.foreign import cyan, drawn, embedded, made
from tests.small_issue import PAGE, SENTENCE, build, write_issue
from tests.test_standards import X4, without_programs

PAPER = "print: {standard: x1a}\nmarks: all\n"
WITH_ART = (
    PAGE.replace("sketch: SKETCH", "sketch: |\n      PPP\n      AAA")
    .replace("areas:\n", "areas:\n      P: {picture: art.pdf}\n")
    .replace("TEXT", SENTENCE * 30)
)
RED = b"0 1 1 0 k 0 0 300 60 re f"
SIZE = (300, 60)


def printed(folder, art, paper=PAPER):
    (folder / "art.pdf").write_bytes(art)
    path = write_issue(folder, 4, paper, page=WITH_ART)
    return path, *build(path, Product.SHEETS)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The print files of an issue with art, marks and sheets."""
    _, folder, problems = printed(tmp_path_factory.mktemp("x1a"), drawn(RED, size=SIZE))
    assert [] == [problem.code for problem in problems]
    found = sorted((folder / "print").glob("*.pdf"))
    assert len(found) == 6
    return found


# ---- rules -------------------------------------------------------------------------------------------------------


def dictionaries(reader: PdfReader) -> Iterator[DictionaryObject]:
    """All dictionaries and streams of a file that something names."""
    seen: set[int] = set()
    waiting: list[object] = [reader.trailer["/Root"], reader.trailer.get("/Info")]
    while waiting:
        value = waiting.pop()
        value = value.get_object() if hasattr(value, "get_object") else value
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, DictionaryObject):
            yield value
            waiting += [value.raw_get(key) for key in value]
        elif isinstance(value, ArrayObject):
            waiting += list(value)


def spaces(reader: PdfReader) -> Iterator[str]:
    """The names of all colour spaces that dictionaries choose or define."""
    for found in dictionaries(reader):
        for key in ("/ColorSpace", "/CS", "/Alternate"):
            value = found.get(key)
            values = value.values() if isinstance(value, DictionaryObject) else [] if value is None else [value]
            for space in (value.get_object() for value in values):
                yield str(space[0]) if isinstance(space, ArrayObject) else str(space)


def operators(reader: PdfReader) -> bytes:
    forms = (found.get_data() for found in dictionaries(reader) if found.get("/Subtype") == "/Form")
    pages = (page.get_contents().get_data() for page in reader.pages)
    return b"\n".join((*pages, *forms))


def is_opaque(found: DictionaryObject) -> bool:
    """Return whether a dictionary asks for no transparency."""
    return (
        found.get("/SMask", "/None") == "/None"
        and found.get("/BM", "/Normal") in ("/Normal", "/Compatible")
        and all(found.get(key, 1) == 1 for key in ("/CA", "/ca"))
        and found.get("/S") != "/Transparency"
    )


def intents(reader: PdfReader) -> list[DictionaryObject]:
    return [intent.get_object() for intent in reader.trailer["/Root"].get("/OutputIntents", [])]


def filters(reader: PdfReader) -> set[str]:
    values = (found.get("/Filter", ArrayObject()) for found in dictionaries(reader))
    return {str(name) for value in values for name in (value if isinstance(value, ArrayObject) else [value])}


def packet(reader: PdfReader) -> str:
    return reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode("utf-8")


_SETS_RGB = re.compile(rb"(?:^|\s)(?:rg|RG)\s|/DeviceRGB")

X1A: dict[str, Callable[[PdfReader], bool]] = {
    "the header is that of PDF 1.4": lambda reader: reader.pdf_header == "%PDF-1.4",
    "no objects in streams, which PDF 1.4 does not have": lambda reader: (
        not any(found.get("/Type") in ("/ObjStm", "/XRef") for found in dictionaries(reader)) and not reader.xref_objStm
    ),
    "filters are those of PDF 1.4 but for LZW": lambda reader: (
        filters(reader) <= {"/FlateDecode", "/DCTDecode", "/CCITTFaxDecode"}
    ),
    "one printing condition for PDF/X, which is named": lambda reader: (
        [True] == ["/OutputConditionIdentifier" in intent for intent in intents(reader) if intent["/S"] == "/GTS_PDFX"]
    ),
    "the condition's profile is of the class prtr, in CMYK": lambda reader: all(
        intent["/DestOutputProfile"].get_object().get_data()[12:20] == b"prtrCMYK" for intent in intents(reader)
    ),
    "colours are CMYK, grey and separations": lambda reader: (
        set(spaces(reader)) <= {"/DeviceCMYK", "/DeviceGray", "/Separation"} and not _SETS_RGB.search(operators(reader))
    ),
    "all fonts are embedded": X4["6.5: all fonts are embedded"],
    "trapped is told": lambda reader: reader.trailer["/Info"].get("/Trapped") in ("/True", "/False"),
    "the information says PDF/X-1a:2003": lambda reader: reader.trailer["/Info"].get("/GTS_PDFXVersion") == "PDF/X-1a:2003",
    "title, dates, creator and producer are told": lambda reader: (
        {"/Title", "/CreationDate", "/ModDate", "/Creator", "/Producer"} <= set(reader.trailer["/Info"])
    ),
    "the packet claims no other standard": lambda reader: (
        "pdfaid" not in packet(reader).replace("xmlns:pdfaid", "") and "PDF/X-4" not in packet(reader)
    ),
    "the file has an identity": X4["6.10: the file has an identity"],
    "nothing is transparent": lambda reader: all(map(is_opaque, dictionaries(reader))),
    "boxes lie in each other": X4["6.12: boxes lie in each other"],
    "a trimmed box, and no other box of what counts": lambda reader: all(
        "/TrimBox" in page and "/ArtBox" not in page for page in reader.pages
    ),
    "no annotations": X4["6.17: no annotations"],
    "no actions and no scripts": X4["6.18: no actions and no scripts"],
    "no forms to fill in": X4["6.26: no forms to fill in"],
    "no layers, which PDF 1.4 does not have": X4["6.24: no layers"],
    "no other versions of pictures, no OPI, no files": lambda reader: (
        not any({"/Alternates", "/OPI", "/EmbeddedFiles", "/AF"} & set(found) for found in dictionaries(reader))
    ),
    "no halftones and no transfer functions": lambda reader: (
        not any(
            {"/TR", "/TR2", "/HT", "/HTP"} & set(found) for found in dictionaries(reader) if found.get("/Type") == "/ExtGState"
        )
    ),
    "no PostScript": lambda reader: not any(found.get("/Subtype") == "/PS" for found in dictionaries(reader)),
    "not encrypted": X4["not encrypted"],
}


def root_entry(name: str) -> Callable[[PdfWriter], None]:
    return lambda writer: writer.root_object.update({NameObject(name): DictionaryObject()})


def page_entry(name: str, value: object) -> Callable[[PdfWriter], None]:
    return lambda writer: writer.pages[0].update({NameObject(name): value})


def info(change: Callable[[DictionaryObject], object]) -> Callable[[PdfWriter], None]:
    return lambda writer: change(writer._info.get_object() if hasattr(writer._info, "get_object") else writer._info) and None


def state(**entries: object) -> Callable[[PdfWriter], None]:
    def spoil(writer: PdfWriter) -> None:
        found = next(iter(writer.pages[0]["/Resources"]["/ExtGState"].values())).get_object()
        found.update({NameObject(f"/{key}"): value for key, value in entries.items()})

    return spoil


def space(*parts: str) -> Callable[[PdfWriter], None]:
    def spoil(writer: PdfWriter) -> None:
        named = DictionaryObject({NameObject("/Wrong"): ArrayObject([NameObject(part) for part in parts])})
        writer.pages[0]["/Resources"][NameObject("/ColorSpace")] = named

    return spoil


def intents_changed(change: Callable[[ArrayObject], object]) -> Callable[[PdfWriter], None]:
    return lambda writer: change(writer.root_object["/OutputIntents"].get_object()) and None


def stream_entry(**entries: object) -> Callable[[PdfWriter], None]:
    """Add an object of a picture's kind that has something that it must not have."""

    def spoil(writer: PdfWriter) -> None:
        stream = StreamObject()
        stream.set_data(b"\0")
        stream.update({NameObject(f"/{key}"): value for key, value in entries.items()})
        page = writer.pages[0]["/Resources"]
        page[NameObject("/XObject")] = DictionaryObject({NameObject("/Wrong"): writer._add_object(stream)})

    return spoil


def in_rgb(writer: PdfWriter) -> None:
    stream = writer.pages[0]["/Contents"][-1].get_object()
    stream.set_data(stream.get_data() + b"\n1 0 0 rg 0 0 9 9 re f")


def other_profile(writer: PdfWriter) -> None:
    stream = writer.root_object["/OutputIntents"][0].get_object()["/DestOutputProfile"].get_object()
    data = stream.get_data()
    stream.set_data(data[:12] + b"mntrRGB " + data[20:])


def other_claim(writer: PdfWriter) -> None:
    stream = writer.root_object["/Metadata"].get_object()
    stream.set_data(stream.get_data().replace(b"</rdf:RDF>", b"<pdfaid:part>2</pdfaid:part></rdf:RDF>"))


SPOILT: dict[str, list[Callable[[PdfWriter], None]]] = {
    "the header": [lambda writer: setattr(writer, "pdf_header", "%PDF-1.6")],
    "filters": [stream_entry(Filter=NameObject("/JPXDecode")), stream_entry(Filter=NameObject("/LZWDecode"))],
    "one": [
        lambda writer: writer.root_object.pop("/OutputIntents"),
        intents_changed(lambda found: found.append(found[0])),
        intents_changed(lambda found: found[0].get_object().pop("/OutputConditionIdentifier")),
    ],
    "the condition's": [other_profile],
    "colours": [
        in_rgb,
        space("/CalRGB"),
        space("/ICCBased"),
        space("/Lab"),
    ],
    "all fonts": [without_programs],
    "trapped": [info(lambda found: found.update({NameObject("/Trapped"): NameObject("/Unknown")}))],
    "the information": [
        info(lambda found: found.pop("/GTS_PDFXVersion")),
        info(lambda found: found.update({NameObject("/GTS_PDFXVersion"): TextStringObject("PDF/X-1:2001")})),
    ],
    "title": [
        info(lambda found, key=key: found.pop(key)) for key in ("/Title", "/CreationDate", "/ModDate", "/Creator", "/Producer")
    ],
    "the packet": [other_claim],
    "nothing is": [
        state(ca=FloatObject(0.5)),
        state(CA=FloatObject(0.5)),
        state(BM=NameObject("/Multiply")),
        state(SMask=DictionaryObject({NameObject("/S"): NameObject("/Luminosity")})),
        page_entry("/Group", DictionaryObject({NameObject("/S"): NameObject("/Transparency")})),
    ],
    "boxes": [page_entry("/TrimBox", ArrayObject(map(FloatObject, (-9, 0, 10, 10))))],
    "a trimmed": [
        page_entry("/ArtBox", ArrayObject(map(FloatObject, (50, 50, 90, 90)))),
        lambda writer: writer.pages[0].pop("/TrimBox"),
    ],
    "no annotations": [page_entry("/Annots", ArrayObject())],
    "no actions": [root_entry("/OpenAction"), root_entry("/AA")],
    "no forms": [root_entry("/AcroForm")],
    "no layers": [root_entry("/OCProperties")],
    "no other versions": [stream_entry(Alternates=ArrayObject()), stream_entry(OPI=DictionaryObject()), root_entry("/AF")],
    "no halftones": [state(TR=NameObject("/Identity")), state(HT=NameObject("/Default"))],
    "no PostScript": [stream_entry(Subtype=NameObject("/PS"))],
    "not encrypted": [lambda writer: writer.encrypt("", "owner", algorithm="RC4-128")],
}


@pytest.mark.parametrize("rule", X1A)
def test_every_print_file_keeps_each_rule_of_pdf_x_1a(rule, files):
    assert [] == [file.name for file in files if not X1A[rule](PdfReader(file))]


@pytest.mark.parametrize(
    ("start", "number"), [(start, number) for start, spoils in SPOILT.items() for number in range(len(spoils))]
)
def test_a_file_that_breaks_a_rule_of_pdf_x_1a_is_seen(start, number, files):
    (rule,) = (rule for rule in X1A if rule.startswith(start))
    writer = PdfWriter(clone_from=files[1])
    assert X1A[rule](PdfReader(files[1]))
    SPOILT[start][number](writer)
    buffer = io.BytesIO()
    writer.write(buffer)

    assert not X1A[rule](PdfReader(buffer))


def test_each_rule_has_a_file_that_breaks_it():
    """But for two that pypdf cannot break: it always writes an identity, and never objects in streams."""
    unbroken = [rule for rule in X1A if not any(rule.startswith(start) for start in SPOILT)]

    assert ["no objects in streams", "the file has an identity"] == [rule.partition(", which")[0] for rule in unbroken]


def test_the_rule_of_streams_sees_a_file_with_objects_in_them(judge, files, tmp_path):
    packed = tmp_path / "packed.pdf"
    judge("qpdf", "--object-streams=generate", files[1], packed)

    assert not X1A["no objects in streams, which PDF 1.4 does not have"](PdfReader(packed))


def test_the_rule_of_identity_sees_a_file_without_one(files, tmp_path):
    bare = tmp_path / "bare.pdf"
    bare.write_bytes(files[1].read_bytes().replace(b"/ID", b"/Id"))

    assert not X1A["the file has an identity"](PdfReader(bare))


def test_qpdf_and_ghostscript_find_nothing(judge, files, tmp_path):
    for file in files:
        assert 0 == judge("qpdf", "--check", file).returncode
        told = judge("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=nullpage", file)
        assert (0, "") == (told.returncode, told.stdout + told.stderr)


def test_the_page_reads_as_that_of_pdf_x_4_does(judge, files, tmp_path):
    _, folder, _ = printed(tmp_path, drawn(RED, size=SIZE), "marks: all\n")

    for file in files:
        texts = [judge("pdftotext", "-raw", path, "-").stdout for path in (file, folder / "print" / file.name)]
        assert texts[0] == texts[1]
        assert len(texts[0]) > 500


# ---- art ---------------------------------------------------------------------------------------------------------


def state_of(**entries: object) -> DictionaryObject:
    return DictionaryObject(
        {NameObject("/G"): DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})}
    )


BARRED = {
    "half opacity": (drawn(b"/G gs " + RED, size=SIZE, ExtGState=state_of(ca=FloatObject(0.5))), "transparency"),
    "strokes of no opacity": (drawn(b"/G gs " + RED, size=SIZE, ExtGState=state_of(CA=FloatObject(0))), "transparency"),
    "a blend": (drawn(b"/G gs " + RED, size=SIZE, ExtGState=state_of(BM=NameObject("/Multiply"))), "transparency"),
    "calibrated colour": (
        drawn(
            b"/C cs 1 0 0 sc 0 0 300 60 re f",
            size=SIZE,
            ColorSpace=DictionaryObject({NameObject("/C"): ArrayObject([NameObject("/Lab"), DictionaryObject()])}),
        ),
        "colour by a profile",
    ),
}
WELCOME = {
    "CMYK": drawn(RED, size=SIZE),
    "full opacity": drawn(b"/G gs " + RED, size=SIZE, ExtGState=state_of(ca=FloatObject(1), BM=NameObject("/Normal"))),
    "words in their own font": made(embedded, cyan, size=SIZE),
}


@pytest.mark.parametrize("name", BARRED)
def test_art_that_a_pdf_x_1a_must_not_have_is_told_where_it_is_named(name, tmp_path):
    art, what = BARRED[name]
    path, folder, problems = printed(tmp_path, art)

    found = [problem for problem in problems if problem.code == "not-x1a"]
    assert [what] * 4 == [dict(problem.values)["what"].en for problem in found]
    lines = path.read_text("utf-8").splitlines()
    assert {"art.pdf"} == {lines[p.span.line - 1][p.span.column - 1 :].split("}")[0] for p in found}
    assert not (folder / "print").exists()


@pytest.mark.parametrize("name", BARRED)
def test_the_same_art_is_no_matter_in_a_pdf_x_4(name, tmp_path):
    _, folder, problems = printed(tmp_path, BARRED[name][0], "")

    assert [] == [problem for problem in problems if problem.code == "not-x1a"]
    assert (folder / "print").exists()


@pytest.mark.parametrize("name", WELCOME)
def test_art_of_cmyk_without_transparency_is_welcome(name, tmp_path):
    _, folder, problems = printed(tmp_path, WELCOME[name])

    assert [] == [problem for problem in problems if problem.code == "not-x1a"]
    assert [] == [rule for rule in X1A if not X1A[rule](PdfReader(folder / "print" / "tiny_20260101_0001.pdf"))]


def test_words_that_look_like_an_operator_are_none(tmp_path):
    _, _, problems = printed(tmp_path, drawn(RED + b" BT (1 0 0 rg /DeviceRGB) pop ET", size=SIZE))

    assert [] == [problem for problem in problems if problem.code == "not-x1a"]
