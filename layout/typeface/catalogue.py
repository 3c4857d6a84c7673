"""The catalogue of faces: roles to files, and the chain that is asked for characters which a face lacks."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from layout.typeface.face import Face, FaceFile, open_face

_INSTALLED = Path(__file__).resolve().parent / "bundled"
BUNDLED = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).resolve().parents[2] / "fonts"
"""The folder of the bundled faces: inside an installed package, or `fonts/` of the project."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the catalogue."""

    file: FaceFile
    fallback: tuple[str, ...]


def read_catalogue(own: dict[str, FaceFile], folder: Path = BUNDLED) -> dict[str, Entry]:
    """Return the entry of each role; `own` replaces files by those that a paper names."""
    with (folder / "catalog.toml").open("rb") as file:
        rows = tomllib.load(file)
    return {role: Entry(own.get(role, FaceFile(folder / row["file"])), tuple(row["fallback"])) for role, row in rows.items()}


class Faces:
    """The faces of an issue by role, opened when they are first asked for."""

    def __init__(self, catalogue: dict[str, Entry]) -> None:
        self._catalogue = catalogue
        self._open: dict[str, Face] = {}

    def __getitem__(self, role: str) -> Face:
        """Return the face of a role."""
        face = self._open.get(role)
        if face is None:
            face = self._open[role] = open_face(role, self._catalogue[role].file)
        return face

    def serving(self, role: str, character: str) -> Face | None:
        """Return the face that has the character: the role's own or the first of its chain; None if none has it."""
        for candidate in (role, *self._catalogue[role].fallback):
            face = self[candidate]
            if face.glyphs[character]:
                return face
        return None
