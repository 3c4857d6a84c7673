"""Whole pages as text: what a typesetter reads in a diff."""

import os

import pytest

from tests.conftest import ROOT

PAGES = ROOT / "tests" / "pages"
ISSUES = {"sample": ("ruzhou_20230327", tuple(range(1, 9))), "gallery": ("gallery_20260101", (1, 2, 4))}
KEPT = [(issue, f"{name}_{number:04d}.txt") for issue, (name, numbers) in ISSUES.items() for number in numbers]


@pytest.mark.parametrize(("issue", "name"), KEPT)
def test_page_of_an_issue(issue, name, request):
    found = (request.getfixturevalue(issue) / "proof" / name).read_text(encoding="utf-8")
    if request.config.getoption("--update-pages"):
        assert not os.environ.get("CI"), "pages are not written anew in CI"
        (PAGES / name).write_text(found, encoding="utf-8")

    assert (PAGES / name).read_text(encoding="utf-8").splitlines() == found.splitlines()


def test_every_kept_page_has_a_test():
    assert sorted(name for _, name in KEPT) == sorted(path.name for path in PAGES.iterdir())
