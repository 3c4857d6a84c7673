"""The file as a whole: what it says of itself, and what no press can print (ISO 15930-7, GWG 2022 R0034, R0035)."""

import re
from collections.abc import Iterator

from layout.messages import Phrase
from layout.preflight.facts import FileFacts, Found, PageFacts, Rules
from layout.preflight.plane import box_of
from layout.preflight.reading import EMPTY, MAX_PAGES, Items, Record

_KEYS = ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate", "xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass")
_MOST_WALKED = 5000
_ICC_HEADER = 128
_LONGEST_PACKET = 4_000_000
_NONE = Phrase("无", "nothing")


def check_document(file: FileFacts, _: Rules) -> Iterator[Found]:
    """Yield what is wrong with a file as a whole."""
    opened = file.opened
    damage = opened.damage()
    if damage:
        yield Found("damaged", has=damage[0])
    if opened.count > MAX_PAGES:
        yield Found("too-many-pages", has=opened.count, limit=MAX_PAGES)
    if tuple(map(int, re.findall(r"\d+", opened.version))) > (1, 6):
        yield Found("version", has=opened.version)
    if opened.trailer.get("ID") is None:
        yield Found("no-identity")
    yield from _metadata(opened.root, opened.info)
    yield from _output_intents(opened.root)
    yield from _live_parts(opened.root)
    yield from _layers(opened.root)


def _metadata(root: Record, info: Record) -> Iterator[Found]:
    stream = root.record("Metadata")
    packet = _decoded((stream.data() or b"")[:_LONGEST_PACKET]) if stream.is_stream else ""
    if not packet:
        yield Found("no-xmp")
        yield Found("not-x4", has=_NONE)
    else:
        version = xmp_value(packet, "GTS_PDFXVersion")
        if version != "PDF/X-4":
            yield Found("not-x4", has=version or _NONE)
        for key in _KEYS:
            if xmp_value(packet, key.split(":")[1]) is None:
                yield Found("no-key", has=key)
    if "<dc:title" not in packet and not info.get("Title"):
        yield Found("no-title")
    yield from _trapped(info, packet)


def _trapped(info: Record, packet: str) -> Iterator[Found]:
    told, written = info.name("Trapped"), xmp_value(packet, "Trapped")
    if told not in ("True", "False"):
        yield Found("trapped", has=told or _NONE)
    elif written != told and packet:
        yield Found("trapped-differs", has=f"{told} / {written or '-'}")


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xfe\xff", b"\xff\xfe"):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8", "replace")


def xmp_value(packet: str, name: str) -> str | None:
    """Return the value of a property of an XMP packet, written as an attribute or as an element."""
    found = re.search(rf"<?\b\w+:{name}(?:\s*=\s*([\"'])([^\"']*)\1|\s*>([^<]*)<)", packet)
    return (found[2] if found[2] is not None else found[3]).strip() if found else None


def _press_intents(root: Record) -> list[Record]:
    return [item for item in root.items("OutputIntents") if isinstance(item, Record) and item.name("S") == "GTS_PDFX"]


def _profile_header(intent: Record) -> bytes:
    """Return the header of an intent's profile, empty where there is no whole one."""
    profile = intent.record("DestOutputProfile")
    header = (profile.data() or b"")[:_ICC_HEADER] if profile.is_stream else b""
    return header if len(header) == _ICC_HEADER else b""


def intent_space(root: Record) -> str:
    """Return the colour space of the output intent as its profile names it, empty where there is none."""
    intents = _press_intents(root)
    return _profile_header(intents[0])[16:20].decode("latin-1").strip() if intents else ""


def _output_intents(root: Record) -> Iterator[Found]:
    intents = _press_intents(root)
    if not intents:
        yield Found("no-intent")
        return
    if len(intents) > 1:
        yield Found("several-intents", has=len(intents))
    header = _profile_header(intents[0])
    if header:
        yield from _profile(header)
    else:
        yield Found("no-profile")


def _profile(header: bytes) -> Iterator[Found]:
    kind, space = (header[place : place + 4].decode("latin-1").strip() for place in (12, 16))
    version = (header[8], header[9] >> 4)
    if kind != "prtr":
        yield Found("profile-class", has=kind)
    if version > (4, 2):
        yield Found("profile-version", has=f"{version[0]}.{version[1]}")
    if space != "CMYK":
        yield Found("profile-space", has=space)


def _live_parts(root: Record) -> Iterator[Found]:
    """Yield scripts, actions, fields and files that a document carries."""
    names = root.record("Names")
    opening = root.get("OpenAction")
    actions = [opening] if isinstance(opening, Record) else []
    actions += [item.get("A") for item in _outline(root.record("Outlines")) if item.get("A") is not None]
    kinds = {name for action in actions if isinstance(action, Record) for name in _action_kinds(action)}
    has_scripts = isinstance(names.get("JavaScript"), Record) or "JavaScript" in kinds
    if has_scripts:
        yield Found("script")
    if root.get("AA") is not None:
        kinds.add("AA")
    for kind in sorted(kinds - {"JavaScript"}):
        yield Found("action", has=kind)
    fields = root.record("AcroForm")
    if fields.items("Fields") or fields.get("XFA") is not None:
        yield Found("form-fields")
    if isinstance(names.get("EmbeddedFiles"), Record) or root.get("AF") is not None:
        yield Found("attachment")


def _outline(root: Record) -> Iterator[Record]:
    """Return the entries of an outline, each once."""
    waiting = [root.record("First")]
    seen: set[object] = set()
    while waiting and len(seen) < _MOST_WALKED:
        entry = waiting.pop()
        if entry is EMPTY or entry.identity in seen:
            continue
        seen.add(entry.identity)
        yield entry
        waiting += [entry.record("Next"), entry.record("First")]


def _action_kinds(action: Record) -> Iterator[str]:
    """Return the kinds of an action and of those that follow it."""
    waiting = [action]
    seen: set[object] = set()
    while waiting and len(seen) < _MOST_WALKED:
        each = waiting.pop()
        if each.identity in seen:
            continue
        seen.add(each.identity)
        yield each.name("S") or "?"
        following = each.get("Next")
        waiting += [item for item in (following if isinstance(following, Items) else [following]) if isinstance(item, Record)]


def _layers(root: Record) -> Iterator[Found]:
    properties = root.record("OCProperties")
    if properties.items("Configs"):
        yield Found("layer-sets")
    groups = properties.items("OCGs")
    if groups:
        yield Found("layers", has=len(groups))


def check_extras(page: PageFacts, rules: Rules) -> Iterator[Found]:
    """Yield what a page carries besides its content: annotations, actions, PostScript, transfer functions."""
    number = page.number
    for trouble in sorted(page.content.troubles):
        yield Found(trouble, number)
    if page.record.get("AA") is not None:
        yield Found("action", number, has="AA")
    yield from _annotations(page)
    yield from _forms(page)
    yield from _states(page)
    yield from _compression(page)
    if rules.above("nesting", page.content.nesting):
        yield Found("nesting", number, has=page.content.nesting)


def _compression(page: PageFacts) -> Iterator[Found]:
    """Yield streams of operators that are compressed by LZW; pictures are looked at with their samples."""
    streams = [stream for stream in page.record.items("Contents")[:_MOST_WALKED] if isinstance(stream, Record)]
    if any("LZWDecode" in stream.filters for stream in (*streams, *page.content.forms.values())):
        yield Found("lzw", page.number, thing=Phrase("页面内容", "the content of the page"))


def _annotations(page: PageFacts) -> Iterator[Found]:
    for annotation in page.record.items("Annots")[:_MOST_WALKED]:
        if not isinstance(annotation, Record):
            continue
        kind, box = annotation.name("Subtype"), box_of(annotation.numbers("Rect"))
        if kind not in ("TrapNet", "PrinterMark") and (box is None or box.meets(page.printed)):
            yield Found("annotation", page.number, box, has=kind or "?")
        action = annotation.get("A")
        kinds = set(_action_kinds(action)) if isinstance(action, Record) else set()
        kinds |= {"AA"} if annotation.get("AA") is not None else set()
        for name in sorted(kinds):
            yield Found("script" if name == "JavaScript" else "action", page.number, box, has=name)


def _forms(page: PageFacts) -> Iterator[Found]:
    for form in page.content.forms.values():
        if form.name("Subtype") == "PS" or form.name("Subtype2") == "PS" or form.get("PS") is not None:
            yield Found("postscript", page.number)
        if form.get("Ref") is not None:
            yield Found("reference", page.number)
        if form.get("OPI") is not None:
            yield Found("opi", page.number, thing=Phrase("表单对象", "a form"))


def _states(page: PageFacts) -> Iterator[Found]:
    for state in page.content.states.values():
        for key in ("TR", "TR2"):
            value = state.get(key)
            if value is not None and value not in ("Identity", "Default"):
                yield Found("transfer", page.number, has=key)
        if state.get("HTP") is not None:
            yield Found("transfer", page.number, has="HTP")
        halftone = state.get("HT")
        kind = int(halftone.number("HalftoneType", 1)) if isinstance(halftone, Record) else 1
        if kind not in (1, 5):
            yield Found("halftone", page.number, has=kind)
