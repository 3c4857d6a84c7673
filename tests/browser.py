"""Chromium, in which pages of the site are opened: from a disk and from a server on this machine."""

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

_ADVICE = "a browser is missing: install the Debian packages chromium and fonts-noto-cjk, and playwright by pip"
_QUIET = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")
_OWN_HOST = "127.0.0.1"
_LOCAL = ("file", "data", "blob", "about")


@contextmanager
def chromium() -> Iterator[Any]:
    """Start the browser; missing, it fails the test in CI and skips it on a user's machine."""
    program = shutil.which("chromium")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail(_ADVICE)
        pytest.skip(_ADVICE)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=list(_QUIET))
        yield browser
        browser.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; yield its address."""
    handler = functools.partial(_Silent, directory=str(folder))
    with http.server.ThreadingHTTPServer((_OWN_HOST, 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://{_OWN_HOST}:{server.server_port}/"
        server.shutdown()


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Tell nothing."""


@contextmanager
def visit(browser: Any, **options: Any) -> Iterator[Any]:
    """Open a window; whatever it tells of errors, and every request off this machine, fails the test."""
    context = browser.new_context(**options)
    context.set_default_timeout(15_000)
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: None if _is_here(request.url) else told.append(request.url))
    yield page
    context.close()

    assert [] == told


def _is_here(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in _LOCAL or parts.hostname == _OWN_HOST
