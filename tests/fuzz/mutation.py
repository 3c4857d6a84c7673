"""Spoils files as their readers know them: text by signs and lines, YAML by nodes, PDF by tokens, the rest by bytes."""

import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

import yaml

from tests.conftest import ROOT

Mutate = Callable[[bytes, Random], bytes]
"""Returns data spoilt in one way or a few."""

NASTY = (
    *("\0", "\a", "\x1b[2J", "\x7f", "\x85", "\u2028", "\ufeff", "\u200b", "\u200d", "\u202e", "\u2066", "\u00ad", "\ufffd"),
    *("\u0301", "\u20dd", "\u3099", "\ufe0f", "\U000e0100", "\ue000", "\U0010ffff", "\u05d0", "\u0627", "\u3000", "\u00a0"),
    *("😀", "👨\u200d👩", "🇨🇳", "ｶﾞ", "ㄅ", "〇", "々", "𠀀", "㈠", "①", "——", "……", "“", "”", "（", "）", "，", "。", "《", "》", "·"),
    *("\t", "\n", "\n\n", "\r", " ", "  ", "    ", "a", "Z", "0", "-1", "9" * 30, "1e9", "1/3", "%", "．", "١"),
    *("---\n", "- ", ": ", "? ", "#", "&a ", "*a", "!!int ", "!x ", "|\n", ">-\n", "{", "}", "[", "]", ",", "'", '"', "\\", "~", "<<: "),
    *("**", "*", "_", "`", "```\n", "## ", "> ", "1. ", "- ", "[", "](", "]{", "}", '{ruby="', "{fit=9}", "{spaced=1/4}", "{.kept}"),
    *("| a | b |\n", "|--|--|\n", ":::\n", "![](x)", "<b>", "&amp;", "&#0;", "\\\n", "$", "[^1]", "字" * 40, "a" * 300),
)  # fmt: skip
"""What breaks readers of text."""

NUMBERS = ("0", "1", "-1", "2", "7", "12", "13", "64", "99", "255", "256", "999", "1000", "65536", "2147483648", "1e400", "0.0001", "-0", "nan", "9" * 40)  # fmt: skip

PLAUSIBLE = (
    *NUMBERS,
    *("01", "02", "A03", "auto", "yes", "no", "1/16", "1/3", "通栏", "14-34", "6-16", "68% 26%", "0% 100%", "8%", "100%", "33.3%"),
    *("3mm", "20mm", "390mm", "2000mm", "0.5pt", "12pt", "200pt", "小初", "六号", "#ff0000", "2026-01-01", "1900-01-30", "2099-12-31"),
    *("ABD", "A-B", "字", "题" * 60, "a b", "stories/a.md", "p.png", "art.pdf", "art.svg", "table.csv", "self"),
)  # fmt: skip
"""Values that some key takes."""

_SCHEMAS = [
    json.loads((ROOT / "issues" / f"{name}.schema.json").read_text(encoding="utf-8")) for name in ("issue", "paper", "story")
]
_WORDS = re.compile(r"\^?\(((?:[^()|]+\|)+[^()|]+)\)\$?")
_CHUNK = struct.Struct(">I4s")


def _keys(schema: Any) -> Iterator[tuple[str, Any]]:
    """Yield the keys that a schema knows, each with the schema of its value."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {}).items()
        for inner in schema.values():
            yield from _keys(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _keys(inner)


KEYS: dict[str, list[Any]] = {}
for _name, _schema in (pair for schema in _SCHEMAS for pair in _keys(schema)):
    KEYS.setdefault(_name, []).append(_schema)


def instance(schema: Any, rng: Random, depth: int = 0) -> Any:
    """Return a value that a schema allows, more or less."""
    if "anyOf" in schema:
        return instance(rng.choice(schema["anyOf"]), rng, depth)
    if "enum" in schema:
        return rng.choice(schema["enum"])
    match schema.get("type"):
        case "array":
            return [instance(schema["items"], rng, depth + 1) for _ in range(rng.randint(schema.get("minItems", 0), 4))]
        case "object":
            properties = schema.get("properties", {})
            names = [name for name in properties if name in schema.get("required", ()) or rng.random() < 0.4 / (depth + 1)]
            return {name: instance(properties[name], rng, depth + 1) for name in names}
        case "integer":
            return str(rng.choice([schema.get("minimum", 0), schema.get("maximum", 9), 1, 2, 3]))
    return _scalar(schema.get("pattern", ""), rng)


def _scalar(pattern: str, rng: Random) -> str:
    words = _WORDS.fullmatch(pattern)
    if words:
        return rng.choice(words[1].replace("\\", "").split("|"))
    fitting = [value for value in PLAUSIBLE if re.search(pattern, value)]
    return rng.choice(fitting or PLAUSIBLE)


# ---- bytes -------------------------------------------------------------------------------------------------------------


def spoilt_bytes(data: bytes, rng: Random) -> bytes:
    """Return data with bits turned, numbers of note put in, and pieces cut, doubled or moved."""
    made = bytearray(data)
    for _ in range(_few(rng)):
        place = rng.randrange(len(made) + 1)
        size = min(1 << rng.randrange(8), len(made) - place)
        match rng.randrange(8):
            case 0 if size:
                made[place] ^= 1 << rng.randrange(8)
            case 1 if size:
                made[place] = rng.choice((0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256)))
            case 2:
                width, order = rng.choice((2, 4)), rng.choice(("big", "little"))
                value = rng.choice((0, 1, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)) % (1 << 8 * width)
                made[place : place + width] = value.to_bytes(width, order)
            case 3:
                del made[place : place + size]
            case 4:
                made[place:place] = made[place : place + size] * rng.choice((1, 1, 2, 9))
            case 5:
                made[place : place + size] = bytes(size)
            case 6 if rng.random() < 0.2:
                del made[place:]
            case _:
                other = rng.randrange(len(made) + 1)
                made[place : place + size] = made[other : other + size]
    return bytes(made)


def spoilt_picture(data: bytes, rng: Random) -> bytes:
    """Return a spoilt picture; a PNG has its checksums put right half of the time, or no change would get behind them."""
    made = spoilt_bytes(data, rng)
    return _with_checksums(made) if made.startswith(b"\x89PNG") and rng.random() < 0.5 else made


def _with_checksums(data: bytes) -> bytes:
    made, place = [data[:8]], 8
    while place + 12 <= len(data):
        length, kind = _CHUNK.unpack_from(data, place)
        body = data[place + 8 : place + 8 + min(length, len(data) - place - 12)]
        made.append(_CHUNK.pack(len(body), kind) + body + struct.pack(">I", zlib.crc32(kind + body)))
        place += len(body) + 12
    return b"".join(made)


# ---- text --------------------------------------------------------------------------------------------------------------


def spoilt_text(data: bytes, rng: Random) -> bytes:
    """Return text with signs, numbers and lines put in, taken out, doubled and moved; sometimes in another encoding."""
    text = data.decode("utf-8", "surrogateescape")
    for _ in range(_few(rng)):
        text = rng.choice(_TEXT_WAYS)(text, rng)
    if rng.random() < 0.03:
        return spoilt_bytes(data, rng)
    encoding = rng.choice(("gb18030", "utf-16", "utf-8-sig")) if rng.random() < 0.03 else "utf-8"
    return text.encode(encoding, "surrogateescape" if encoding == "utf-8" else "replace")


def _inserted(text: str, rng: Random) -> str:
    place = rng.randrange(len(text) + 1)
    return text[:place] + rng.choice(NASTY) * rng.choice((1, 1, 1, 2, 40)) + text[place:]


def _cut(text: str, rng: Random) -> str:
    place = rng.randrange(len(text) + 1)
    return text[:place] + text[place + rng.choice((1, 1, 2, 9, 60)) :]


def _moved(text: str, rng: Random) -> str:
    start, end, goal = sorted(rng.randrange(len(text) + 1) for _ in range(3))
    return text[:start] + text[end:goal] + text[start:end] * rng.choice((0, 1, 1, 2)) + text[goal:]


def _on_lines(text: str, rng: Random) -> str:
    lines = text.split("\n")
    place, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    match rng.randrange(5):
        case 0:
            del lines[place]
        case 1:
            lines[other:other] = lines[place : place + rng.choice((1, 1, 3))] * rng.choice((1, 1, 2, 30))
        case 2:
            lines[place], lines[other] = lines[other], lines[place]
        case 3:
            lines[place] = " " * rng.choice((1, 2, 4)) + lines[place]
        case _:
            lines[place] = lines[place].lstrip()
    return "\n".join(lines)


def _numbered(text: str, rng: Random) -> str:
    found = list(re.finditer(r"\d+(?:\.\d+)?", text))
    if not found:
        return text
    match = rng.choice(found)
    return text[: match.start()] + rng.choice(NUMBERS) + text[match.end() :]


def _shortened(text: str, rng: Random) -> str:
    return text[: rng.randrange(len(text) + 1)] if rng.random() < 0.2 else text


_TEXT_WAYS: Sequence[Callable[[str, Random], str]] = (_inserted, _inserted, _cut, _moved, _on_lines, _on_lines, _numbered, _shortened)  # fmt: skip


# ---- YAML --------------------------------------------------------------------------------------------------------------


def spoilt_yaml(data: bytes, rng: Random) -> bytes:
    """Return a manifest with nodes replaced, put in, taken out, doubled and swapped by what the schemas know; or as text."""
    if rng.random() < 0.3:
        return spoilt_text(data, rng)
    tree = _tree(data.decode("utf-8", "replace"))
    if not isinstance(tree, dict):
        return spoilt_text(data, rng)
    for _ in range(_few(rng)):
        _spoil_tree(tree, rng)
    return yaml.dump(tree, allow_unicode=True, sort_keys=False, width=10_000, Dumper=_DUMPER).encode("utf-8", "replace")


def spoilt_story(data: bytes, rng: Random) -> bytes:
    """Return a story with its front matter spoilt as YAML or all of it as text."""
    parts = data.split(b"---\n", 2)
    if len(parts) < 3 or rng.random() < 0.7:
        return spoilt_text(data, rng)
    return b"---\n".join([parts[0], spoilt_yaml(parts[1], rng), parts[2]])


_LOADER = yaml.BaseLoader
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def _tree(text: str) -> Any:
    try:
        return yaml.load(text, Loader=_LOADER)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None


def _slots(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place of a tree as its container and its key in it."""
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in list(pairs):
        yield tree, key
        yield from _slots(value)


def _spoil_tree(tree: Any, rng: Random) -> None:
    slots = list(_slots(tree))
    if not slots:
        return
    (owner, key), (other, its) = rng.choice(slots), rng.choice(slots)
    match rng.randrange(7):
        case 0 | 1 if key in KEYS:
            owner[key] = instance(rng.choice(KEYS[key]), rng)
        case 2:
            owner[key] = rng.choice([*NASTY, *PLAUSIBLE, [], {}, "", [owner[key]], {"a": owner[key]}])
        case 3:
            del owner[key]
        case 4 if isinstance(owner, list):
            owner.insert(rng.randrange(len(owner) + 1), _copy(owner[key]))
        case 5:
            owner[key], other[its] = _copy(other[its]), _copy(owner[key])
        case 6 if isinstance(owner[key], str):
            owner[key] = spoilt_text(owner[key].encode("utf-8", "surrogateescape"), rng).decode("utf-8", "replace")
        case _ if isinstance(owner, dict):
            name = rng.choice(list(KEYS))
            owner[name] = instance(rng.choice(KEYS[name]), rng)


def _copy(node: Any) -> Any:
    return json.loads(json.dumps(node)) if isinstance(node, dict | list) else node


# ---- PDF, markup and packed files --------------------------------------------------------------------------------------

_TOKEN = re.compile(rb"/[A-Za-z0-9]+|-?\d+(?:\.\d+)?|[A-Za-z]+\*?|\d+ \d+ R|<</?|>>|[\[\]()]")


def spoilt_pdf(data: bytes, rng: Random) -> bytes:
    """Return a PDF in which names, numbers and operators stand for each other; half of them leave the offsets right."""
    if rng.random() < 0.25:
        return spoilt_bytes(data, rng)
    found = list(_TOKEN.finditer(data))
    if not found:
        return spoilt_bytes(data, rng)
    made, keeps = bytearray(data), rng.random() < 0.7
    for match in sorted((rng.choice(found) for _ in range(_few(rng))), key=lambda match: -match.start()):
        token = rng.choice((rng.choice(found)[0], rng.choice(NUMBERS).encode(), b"null", b"[]", b"<<>>", b"(a)", b"", b"/"))
        size = match.end() - match.start()
        made[match.start() : match.end()] = token[:size].ljust(size) if keeps else token
    return bytes(made)


_TAG = re.compile(r"<[^<>]*>")


def spoilt_markup(data: bytes, rng: Random) -> bytes:
    """Return XML or HTML with tags and values standing for each other, put in, and left open."""
    text = data.decode("utf-8", "surrogateescape")
    tags = list(_TAG.finditer(text))
    if not tags or rng.random() < 0.4:
        return spoilt_text(data, rng)
    for match in sorted((rng.choice(tags) for _ in range(_few(rng))), key=lambda match: -match.start()):
        other = rng.choice(tags)[0]
        put = rng.choice(
            ("", other, match[0] + other, match[0] * rng.choice((2, 30)), _numbered(match[0], rng), _valued(match[0], rng))
        )
        text = text[: match.start()] + put + text[match.end() :]
    return text.encode("utf-8", "surrogateescape")


def _valued(tag: str, rng: Random) -> str:
    value = rng.choice((*NASTY, *PLAUSIBLE)).replace('"', "")
    return re.sub(r'"[^"]*"', lambda match: f'"{value}"' if rng.random() < 0.5 else match[0], tag)


def spoilt_packed(data: bytes, rng: Random) -> bytes:
    """Return a ZIP file with one of its parts spoilt, or its own bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error, EOFError):
        return spoilt_bytes(data, rng)
    if not parts or rng.random() < 0.1:
        return spoilt_bytes(data, rng)
    names = [name for name in parts if name == "word/document.xml"] if rng.random() < 0.6 else list(parts)
    name = rng.choice(names or list(parts))
    parts[name] = (spoilt_markup if name.endswith(("xml", "rels")) else spoilt_bytes)(parts[name], rng)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, body in parts.items():
            archive.writestr(part, body)
    return buffer.getvalue()


def _few(rng: Random) -> int:
    return rng.choice((1, 1, 1, 2, 2, 3, 5, 9))
