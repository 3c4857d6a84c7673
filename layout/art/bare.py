"""Foreign pages without the tags of the documents that they come from.

Within a figure of ours a foreign page's own tags mean nothing, and what it calls an artifact may not stand there
(ISO 14289-1 7.1, ISO 32000-1 14.8.2.2).
"""

import zlib
from collections.abc import Iterator
from dataclasses import replace

from layout.art.operators import spans
from layout.deflated import deflated
from layout.frame import ForeignObject, ForeignPage

_MARKS = frozenset((b"BDC", b"BMC", b"EMC", b"DP", b"MP"))
_FLATE = (b"/Filter /FlateDecode", b"/Filter [/FlateDecode ]")


def bare(page: ForeignPage) -> ForeignPage:
    """Return a foreign page whose contents have no marks; a form that is stored in one of the older ways keeps its own."""
    return replace(page, objects=tuple(map(_bare_object, page.objects)))


def _bare_object(made: ForeignObject) -> ForeignObject:
    told = b"".join(part for part in made.parts if isinstance(part, bytes))
    is_form = b"/Subtype /Form" in told
    if made.stream is None or not is_form or not any(filter_ in told for filter_ in _FLATE) or b"/DecodeParms" in told:
        return made
    data = zlib.decompress(made.stream)
    drawn = b"".join(without_marks(data))
    return made if drawn == data else made._replace(stream=deflated(drawn))


def without_marks(data: bytes) -> Iterator[bytes]:
    """Yield a content stream without what marks its content."""
    kept = 0
    for operator, start, end in spans(data):
        if operator in _MARKS:
            yield data[kept:start]
            kept = end
    yield data[kept:]
