"""The conformance table: gathers what the tests of each clause found, and writes `layout/CONFORMANCE.md` from it.

A test shows a clause with ``@pytest.mark.clause("ID", "level", "name")``; ``has_control=True`` says that it also shows that
the same predicate fails where the rule is switched off.
"""

import tomllib
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "layout" / "CONFORMANCE.md"
CLAUSES = ROOT / "tests" / "clauses.toml"
OPTION = "--update-conformance"
DIRECTIONS = ("level", "vertical")
_PLUGIN = "conformance"
_NAMED = 8
"""Names of tests that a row gives; of more it gives the number."""

HOW_TO = f"Make it anew with `pytest tests/test_conformance.py {OPTION}`, and read its diff."


class State(Enum):
    """How far a clause is met in a direction; `UNTESTED` ones bear and have no test."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "**not met**"
    UNTESTED = "**untested**"
    NONE = "–"


class Clause(NamedTuple):
    """A row of `clauses.toml`."""

    id: str
    source: str
    demand: str
    direction: str
    bears_not: str = ""

    @property
    def directions(self) -> tuple[str, ...]:
        return () if self.bears_not else DIRECTIONS if self.direction == "both" else (self.direction,)


class Shown(NamedTuple):
    """What a test found of a clause: its name, whether it has a control and passed, and why it is known to fail."""

    clause: str
    direction: str
    name: str
    has_control: bool
    has_passed: bool
    reason: str


def read_clauses() -> list[Clause]:
    """Return the rows of `clauses.toml` in their order."""
    with CLAUSES.open("rb") as file:
        return [Clause(**row) for row in tomllib.load(file)["clauses"]]


def register(config: pytest.Config) -> None:
    """Make the marker known, and gather what marked tests find."""
    config.addinivalue_line("markers", "clause(id, direction, name, has_control): shows a clause of tests/clauses.toml")
    config.pluginmanager.register(Recorder(), _PLUGIN)


def recorder_of(config: pytest.Config) -> "Recorder":
    """Return what the tests of this run found so far."""
    recorder = config.pluginmanager.get_plugin(_PLUGIN)
    assert isinstance(recorder, Recorder)
    return recorder


@dataclass
class Recorder:
    """Gathers what tests find while they run."""

    shown: list[Shown] = field(default_factory=list)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        if report.when == "call":
            reason = getattr(report, "wasxfail", "").removeprefix("reason: ")
            for mark in item.iter_markers("clause"):
                self.shown.append(_shown(mark, report.outcome == "passed", reason))
        return report


def _shown(mark: pytest.Mark, has_passed: bool, reason: str) -> Shown:
    clause, direction, name = mark.args
    return Shown(clause, direction, name, mark.kwargs.get("has_control", False), has_passed, reason)


def state_of(shown: Sequence[Shown]) -> State:
    """Return the state of a clause in a direction: met where every test passed and one has a control."""
    if not shown:
        return State.UNTESTED
    if not any(one.has_passed for one in shown):
        return State.NOT_MET
    has_control = any(one.has_control for one in shown)
    return State.MET if has_control and all(one.has_passed for one in shown) else State.PARTLY


def conformance_table(clauses: Sequence[Clause], shown: Sequence[Shown]) -> str:
    """Return the table as Markdown, with the counts of clauses met at its head."""
    by_clause = {clause.id: [one for one in shown if one.clause == clause.id] for clause in clauses}
    states = {
        (clause.id, direction): state_of([one for one in by_clause[clause.id] if one.direction == direction])
        for clause in clauses
        for direction in clause.directions
    }
    rows = [_row(clause, by_clause[clause.id], states) for clause in clauses if not clause.bears_not]
    others = [
        f"| {clause.id} | {clause.source} | {clause.demand} | {clause.bears_not} |" for clause in clauses if clause.bears_not
    ]
    return "\n".join([*_head(clauses, states), *rows, *_HEAD_OF_OTHERS, *others]) + "\n"


_HEAD_OF_OTHERS = (
    "",
    "## What does not bear on a newspaper",
    "",
    "| clause | source | what it says | why it does not bear |",
    "|---|---|---|---|",
)


_WORDS = f"""\
# Conformance

What CLREQ (https://www.w3.org/TR/clreq/), GB/T 15834-2011 and GB/T 15835-2011 demand of a newspaper's text, and what our
finished files show of it, in level lines and in lines that run down the page. Every clause is read back from the glyphs of a
PDF. It is met where each of its tests passes and one at least fails again once the rule is switched off. What is missing is
known: its tests are marked as failing, and one that no longer fails asks for this table to be made anew.

The tests write this table from `tests/clauses.toml`. {HOW_TO}
"""


def _head(clauses: Sequence[Clause], states: dict[tuple[str, str], State]) -> Iterable[str]:
    yield _WORDS
    yield "| clauses met, of those that bear | level | vertical |"
    yield "|---|---|---|"
    for name, prefix in (("CLREQ", "CLREQ"), ("GB/T 15834", "GB/T 15834"), ("GB/T 15835", "GB/T 15835"), ("all", "")):
        yield f"| {name} | {' | '.join(_count(clauses, states, prefix, direction) for direction in DIRECTIONS)} |"
    yield ""
    yield "| clause | source | what it demands | level | vertical | shown by | what is missing |"
    yield "|---|---|---|---|---|---|---|"


def _count(clauses: Sequence[Clause], states: dict[tuple[str, str], State], prefix: str, direction: str) -> str:
    found = [
        states[clause.id, direction]
        for clause in clauses
        if clause.source.startswith(prefix) and (clause.id, direction) in states
    ]
    return f"{found.count(State.MET)} of {len(found)}" if found else State.NONE.value


def _row(clause: Clause, shown: Sequence[Shown], states: dict[tuple[str, str], State]) -> str:
    level, vertical = (states.get((clause.id, direction), State.NONE).value for direction in DIRECTIONS)
    tests = dict.fromkeys(one.name for one in shown)
    missing = "; ".join(dict.fromkeys(one.reason or f"{one.name} fails" for one in shown if not one.has_passed))
    if not missing and not any(one.has_control for one in shown):
        missing = "no control"
    return f"| {clause.id} | {clause.source} | {clause.demand} | {level} | {vertical} | {_names(tests)} | {missing} |"


def _names(names: Iterable[str]) -> str:
    found = list(names)
    few = found if len(found) <= _NAMED else [*found[: _NAMED - 1], f"… {len(found)} tests"]
    return "; ".join(few).replace("|", "\\|")
