"""README tells the truth: its commands, its tour and its picture."""

import re
import shlex

import pytest
from PIL import Image

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def commands() -> list[list[str]]:
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    return [shlex.split(part) for line in lines for part in line.split("&&") if "make_issue.py" in part]


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_of_the_readme_runs(command, make_issue, tmp_path):
    arguments = command[command.index("make_issue.py") + 1 :]
    if "--help" not in arguments and "schema" not in arguments and "check" not in arguments:
        arguments += ["--out", str(tmp_path / "build")]
    if "schema" in arguments:
        arguments[-1] = str(tmp_path)
    if (
        not any((ROOT / argument).is_file() for argument in arguments if argument.endswith(".yaml"))
        and "schema" not in arguments
    ):
        pytest.skip("made by the tour")

    result = make_issue(*arguments)

    assert result.returncode == 0, result.stderr


def test_the_tour_makes_a_page(make_issue, tmp_path):
    """Each file of the tour is the block after the words that name it, copied to the letter."""
    folder = tmp_path / "mypaper"
    folder.mkdir()
    for name, text in re.findall(r"in `mypaper/([\w.]+)`[^`]*```\w+\n(.*?)```", README, re.DOTALL):
        (folder / name).write_text(text, encoding="utf-8")

    result = make_issue("build", folder / "issue.yaml", "--out", tmp_path / "build")

    assert (0, "") == (result.returncode, result.stderr)
    assert ["issue.yaml", "paper.yaml", "story.md"] == sorted(path.name for path in folder.iterdir())
    assert (tmp_path / "build" / "mypaper_20260101" / "print" / "mypaper_20260101_0001.pdf").is_file()


def test_the_picture_is_page_one_at_100_dpi():
    name = re.search(r"!\[[^\]]*\]\(([^)]+)\)", README)

    assert name is not None
    with Image.open(ROOT / name[1]) as picture:
        assert picture.size == pytest.approx((1559, 2170), abs=4)


def test_new_makes_the_files_of_the_tour(make_issue, tmp_path):
    options = ["--key", "mypaper", "--name", "我的报", "--latin", "WODE BAO", "--date", "2026-01-01"]

    result = make_issue("new", tmp_path / "mypaper", *options)

    assert result.returncode == 0, result.stderr
    made = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "mypaper").iterdir()}
    assert dict(re.findall(r"in `mypaper/([\w.]+)`[^`]*```\w+\n(.*?)```", README, re.DOTALL)) == made


@pytest.mark.parametrize("name", ["我的报", 'A: B # "C" \'报', "- 报", "123"])
def test_a_new_paper_builds_whatever_its_name(name, make_issue, tmp_path):
    made = make_issue("new", tmp_path / "daily", "--name", name)
    assert made.returncode == 0, made.stderr

    result = make_issue("check", tmp_path / "daily" / "issue.yaml")

    assert result.returncode == 0
    assert {line.split(": ")[1] for line in result.stderr.splitlines() if ": warning" in line} <= {"warning[fallback-face]"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["new", "Paper", "--name", "报"], "small letters"),
        (["new", "paper", "--name", "\n"], "one line"),
        (["new", ".", "--key", "daily", "--name", "报"], "is there already"),
        (["new", "paper", "--name", "报", "--date", "2026-13-01"], "no date"),
        (["new", "paper"], "--name"),
    ],
)
def test_what_new_cannot_make_is_wrong_use(arguments, words, make_issue, tmp_path):
    (tmp_path / "file").touch()

    result = make_issue(*arguments, cwd=tmp_path)

    assert result.returncode == 2
    assert words in result.stderr
    assert ["file"] == [path.name for path in tmp_path.iterdir()]
