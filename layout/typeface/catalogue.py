"""The catalogue of faces: roles to files, and the chain that is asked for characters which a face lacks."""

import tomllib
from pathlib import Path
from typing import NamedTuple

from layout.typeface.face import Face, FaceFile, open_face

_INSTALLED = Path(__file__).resolve().parent / "bundled"
BUNDLED = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).resolve().parents[2] / "fonts"
"""The folder of the bundled faces: inside an installed package, or `fonts/` of the project."""


_BEHIND = "bundled-"

LATIN_BESIDE = {
    "song": "latin",
    "kai": "latin",
    "song-heavy": "latin-heavy",
    "hei": "latin-hei",
    "hei-heavy": "latin-hei-heavy",
}
"""The role whose face, where a paper names one, sets the Latin words and figures of another role; matched to the first."""


def probe_of(role: str) -> str:
    """Return a character that the face of a role must have."""
    return "n" if role in LATIN_BESIDE.values() else "的"


class Entry(NamedTuple):
    """A row of the catalogue."""

    file: FaceFile
    fallback: tuple[str, ...]


def read_catalogue(own: dict[str, FaceFile], folder: Path = BUNDLED) -> dict[str, Entry]:
    """Return the entry of each role; `own` puts a paper's files before the bundled ones, which still serve after them."""
    with (folder / "catalog.toml").open("rb") as file:
        rows = tomllib.load(file)
    catalogue = {}
    for role, row in rows.items():
        chain = [
            name for other in (role, *row["fallback"]) for name in (other, _BEHIND + other) if name in rows or other in own
        ]
        catalogue[role] = Entry(own.get(role, FaceFile(folder / row["file"])), tuple(chain[1:]))
        if role in own:
            catalogue[_BEHIND + role] = Entry(FaceFile(folder / row["file"]), ())
    latin = {role: Entry(file, ()) for role, file in own.items() if role not in rows}
    return catalogue | latin


class Faces:
    """The faces of an issue by role, opened when they are first asked for."""

    def __init__(self, catalogue: dict[str, Entry]) -> None:
        self._catalogue = catalogue
        self._open: dict[str, Face] = {}
        self._matched: set[str] = set()

    def __getitem__(self, role: str) -> Face:
        """Return the face of a role."""
        face = self._open.get(role)
        if face is None:
            face = self._open[role] = open_face(role, self._catalogue[role].file)
        return face

    def western(self, role: str) -> Face | None:
        """Return the paper's own face for the Latin words and figures of a role, matched in size; None if it names none."""
        name = LATIN_BESIDE.get(role, "")
        if name not in self._catalogue:
            return None
        if name not in self._matched:
            beside = next(han for han, latin in LATIN_BESIDE.items() if latin == name)
            self[name].match(self[beside])
            self._matched.add(name)
        return self[name]

    def serving(self, role: str, character: str) -> Face | None:
        """Return the face that has the character: the role's own or the first of its chain; None if none has it."""
        for candidate in (role, *self._catalogue[role].fallback):
            face = self[candidate]
            if face.glyphs[character]:
                return face
        return None
