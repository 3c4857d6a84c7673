"""Work that is shared among processes comes back as though one had done it."""

import os
import signal
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from layout import crew
from layout.design.plan import resolve
from layout.export.content import content_after, page_content
from layout.frame import Frame, GlyphRun, Page, Placed
from layout.geometry import Size
from layout.manifest.load import load_issue
from layout.page.issue_pages import compose_pages
from layout.typeface.catalogue import Faces, read_catalogue
from tests.conftest import SAMPLE

FORKS = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone")
THIS = os.getpid()


@pytest.fixture(params=[1, 2, 3])
def hands(request, monkeypatch):
    monkeypatch.setattr(crew, "hands", lambda: request.param)
    return request.param


@pytest.mark.parametrize("count", [0, 1, 2, 5, 8])
def test_results_come_in_the_order_of_the_pieces(hands, count):
    assert [3 * piece for piece in range(count)] == crew.share(lambda piece: 3 * piece, range(count), 1)


@FORKS
def test_several_processes_work(monkeypatch):
    monkeypatch.setattr(crew, "hands", lambda: 2)

    assert 2 == len(set(crew.share(lambda _: os.getpid(), range(4), 2)))


def test_one_of_several_works_alone(monkeypatch):
    alone = []
    worker = threading.Thread(target=lambda: alone.append(crew.hands()))
    worker.start()
    worker.join()
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        alone.append(pool.submit(crew.hands).result())

    assert [1, 1] == alone


def test_too_few_pieces_stay_here(monkeypatch):
    monkeypatch.setattr(crew, "hands", lambda: 2)

    assert {THIS} == set(crew.share(lambda _: os.getpid(), range(3), 2))


def test_a_known_value_stays_itself(hands):
    known = [object(), object()]

    found = crew.share(lambda piece: (piece, known[piece % 2]), range(6), 1, known)

    assert [id(known[piece % 2]) for piece in range(6)] == [id(value) for _, value in found]


@FORKS
@pytest.mark.parametrize("end", [lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: os._exit(0)], ids=["killed", "silent"])
def test_what_a_process_leaves_undone_is_done_here(monkeypatch, end):
    monkeypatch.setattr(crew, "hands", lambda: 2)

    def work(piece):
        if os.getpid() != THIS:
            end()
        return piece

    assert [0, 1, 2, 3] == crew.share(work, range(4), 1)


def test_what_goes_wrong_in_any_process_shows_here(hands):
    def work(piece):
        if piece == 1:
            raise ValueError(piece)
        return piece

    with pytest.raises(ValueError, match="1"):
        crew.share(work, range(4), 1)


def test_pages_of_several_processes_are_those_of_one(monkeypatch):
    issue, _ = load_issue(SAMPLE)

    def pages(count):
        monkeypatch.setattr(crew, "hands", lambda: count)
        return compose_pages(issue, resolve(issue), Faces(read_catalogue({})))

    assert pages(1) == pages(3)


def page_of(*words):
    faces = Faces(read_catalogue({}))
    glyph = faces["song"].glyphs["…"]
    runs = (Placed(0, 0, GlyphRun("song", 100, (glyph,), (0,), (word,), 100)) for word in words)
    return Page(1, "01", "", Size(100, 100), 0, Frame(100, 100, tuple(runs))), faces, glyph


@pytest.mark.parametrize(
    ("before", "words"),
    [("", "…"), ("…", "…"), ("…", "⋯"), ("⋯", "…"), ("…", "\u00ad"), ("…", "\u00ad…"), ("", "\u00ad…"), ("…", "…\u00ad")],
)
def test_a_page_made_alone_becomes_what_it_is_after_others(before, words):
    page, faces, glyph = page_of(*words)
    texts = {"song": {glyph: before}} if before else {}
    alone, in_turn = ({face: dict(known) for face, known in texts.items()} for _ in range(2))

    made = content_after(page_content(page, faces, {}), faces, alone)
    wanted = page_content(page, faces, in_turn)

    assert (wanted.operators, wanted.glyphs, in_turn) == (made.operators, made.glyphs, alone)
