"""The floors of the house, read from its imports: arrows go down, and each library has one door."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

LAYOUT = Path(__file__).resolve().parent.parent / "layout"

FLOORS = {
    "units": 0, "crew": 0, "deflated": 0, "messages": 0, "watch": 0, "inks": 0, "pictures": 0, "geometry": 0, "frame": 0, "diagnostics": 0, "art": 0,
    "script": 1, "typeface": 1, "manifest": 1,
    "design": 2, "text": 3, "flow": 4, "page": 5, "export": 6, "preflight": 6, "archive": 6, "site": 6,
    "issue": 7, "kept": 7, "batch": 7, "starter": 7, "incoming": 7, "cli": 8,
}  # fmt: skip

DOORS = {
    "deflate": {"layout/deflated.py"},
    "reportlab": {"layout/export/objects.py"},
    "yaml": {"layout/manifest/source.py"},
    "markdown_it": {"layout/manifest/story.py"},
    "mdit_py_plugins": {"layout/manifest/story.py"},
    "uharfbuzz": {"layout/typeface/face.py"},
    "fontTools": {"layout/typeface/face.py"},
    "PIL": {"layout/pictures.py", "layout/preflight/samples.py"},  # pictures of the copy; samples in foreign files
    "pikepdf": {"layout/preflight/reading.py"},
    "svgelements": {"layout/art/drawing.py"},
    "pypdf": {"layout/art/foreign.py"},
    "lunar_python": {"layout/script/numerals.py"},
    "pypdfium2": {"layout/export/proof.py"},
    "rich": {"layout/cli.py"},
    "lxml": {"layout/incoming/page.py", "layout/archive/verify.py"},
    "cbor2": {"layout/site/settled.py"},
    "jinja2": {"layout/site/templates.py"},
    "markupsafe": {"layout/site/templates.py"},
    "distributed": {"layout/batch/workers.py"},
    "docx": {"layout/incoming/word.py"},
}

MODULES = sorted(path for path in LAYOUT.rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""


def room(module: str) -> str:
    return module.split(".")[1]


def own_imports(path: Path) -> set[str]:
    return {name for name in imports(path) if name.startswith("layout.")}


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(LAYOUT.parent).with_suffix("").parts)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_down(path):
    if path == LAYOUT / "__init__.py":
        return
    here = room(name_of(path))

    upward = {name for name in own_imports(path) if FLOORS[room(name)] > FLOORS[here]}

    assert set() == upward


def test_rooms_on_one_floor_do_not_lean_on_each_other_in_circles():
    graph = {name_of(path): own_imports(path) for path in MODULES}

    def reaches(start: str, goal: str, seen: set[str]) -> bool:
        for name in graph.get(start, set()) - seen:
            seen.add(name)
            if name == goal or reaches(name, goal, seen):
                return True
        return False

    assert [] == [name for name in graph if reaches(name, name, set())]


@pytest.mark.parametrize("library", DOORS)
def test_each_library_has_one_door(library):
    users = {
        str(path.relative_to(LAYOUT.parent)) for path in MODULES if any(name.split(".")[0] == library for name in imports(path))
    }

    assert users <= DOORS[library]


def test_the_map_names_every_room():
    words = ast.get_docstring(ast.parse((LAYOUT / "__init__.py").read_text(encoding="utf-8")))

    assert [] == [name for name in FLOORS if f"``{name}``" not in words]


def test_every_room_has_a_floor():
    rooms = {room(name_of(path)) for path in MODULES if path.parent != LAYOUT or path.stem != "__init__"}

    assert set(FLOORS) == rooms


def test_chinese_marks_stand_in_script_only():
    """One table a fact: no other room decides by the character what a mark is."""
    marks = set("，。；、！？“”《》（）【】…—")
    offenders = []
    for path in MODULES:
        if room(name_of(path)) in ("script", "messages", "__init__"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            value = getattr(node, "value", None) if isinstance(node, ast.Constant) else None
            if isinstance(value, str) and len(value) <= 2 and set(value) & marks:
                offenders.append(f"{path}:{node.lineno}")

    assert [] == offenders
