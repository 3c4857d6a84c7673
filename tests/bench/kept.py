"""Edits an issue in a process that is kept: `python -m tests.bench.kept ours|typst FOLDER FONTS EDITS`; prints JSON in ms."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

WORDS = "报城市民众生活春夏秋冬东南西北山川田野风雨雷电花草树木"
"""What the changed character becomes, one after the other: so many that none comes back while its fonts may be kept."""


def edited(text: str, number: int) -> str:
    """Return a text whose character in the middle is another one."""
    middle = len(text) // 2
    return text[:middle] + WORDS[number % len(WORDS)] + text[middle + 1 :]


def ours(folder: Path, _fonts: Path) -> Callable[[int], bytes]:
    """Return what edits the story of the fourth area of the first page and gives the issue's file."""
    from layout.kept import KeptIssue

    kept = KeptIssue(folder / "issue.yaml")
    story = folder / "stories" / "01D.md"
    front, first, rest = _parts(story.read_text(encoding="utf-8"))

    def edit(number: int) -> bytes:
        story.write_text(front + edited(first, number) + rest, encoding="utf-8")
        made = kept.edit(story)
        assert made.file is not None, made.problems
        return made.file

    return edit


def _parts(text: str) -> tuple[str, str, str]:
    """Return a story's front matter, its first paragraph, and the rest."""
    start = text.index("---\n", 4) + 4
    end = text.index("\n", start)
    return text[:start], text[start:end], text[end:]


def typst(folder: Path, fonts: Path) -> Callable[[int], bytes]:
    """Return the same for Typst's document."""
    from typst import Compiler

    compiler = Compiler(str(folder / "issue.typ"), font_paths=[str(fonts)], ignore_system_fonts=True)
    place = folder / "issue.json"
    data = json.loads(place.read_text(encoding="utf-8"))
    words = data["pages"][0]["modules"][3]["paragraphs"]
    first = words[0]

    def edit(number: int) -> bytes:
        words[0] = edited(first, number)
        place.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        made: bytes = compiler.compile(format="pdf")
        return made

    return edit


def main() -> None:
    """Print what the first build and an edit take of the processors, all threads together."""
    engine, folder, fonts, edits = sys.argv[1:]
    edit = {"ours": ours, "typst": typst}[engine](Path(folder), Path(fonts))
    took = []
    for number in range(int(edits) + 1):
        begun = time.process_time()
        edit(number)
        took.append(1000 * (time.process_time() - begun))
    print(json.dumps({"first": took[0], "edit": median(took[1:])}))


if __name__ == "__main__":
    main()
