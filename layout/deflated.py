"""Deflated data, as all our files hold them; the only module that imports deflate."""

_LEVEL = 4
"""Of libdeflate: as small as zlib's levels 4 (fonts) and 6 (operators) in a third of their time, or less."""


def deflated(data: bytes) -> bytes:
    """Return data deflated, with zlib's head; the same on every machine, whatever zlib Python was built with."""
    from deflate import zlib_compress

    return bytes(zlib_compress(data, _LEVEL))
