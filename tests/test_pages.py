"""Whole pages as text: what a typesetter reads in a diff."""

import os

import pytest

from tests.conftest import ROOT

PAGES = ROOT / "tests" / "pages"


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_page_of_the_sample(number, sample, request):
    name = f"ruzhou_20230327_{number:04d}.txt"
    found = (sample / "proof" / name).read_text(encoding="utf-8")
    if request.config.getoption("--update-pages"):
        assert not os.environ.get("CI"), "pages are not written anew in CI"
        (PAGES / name).write_text(found, encoding="utf-8")

    assert (PAGES / name).read_text(encoding="utf-8").splitlines() == found.splitlines()


def test_every_kept_page_has_a_test():
    assert [f"ruzhou_20230327_{number:04d}.txt" for number in (1, 2, 3, 4)] == sorted(path.name for path in PAGES.iterdir())
