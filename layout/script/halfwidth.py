"""Western marks between Han, which web systems leave behind, and the full-width marks that they were."""

import re

_FULL = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3000-\u303f\uff01-\uff5e“”‘’—…·"
_FOUND = re.compile(
    rf"(?<=[{_HAN}])[,:;?!()](?=[{_HAN}]|\s|$|[0-9A-Za-z])|(?<=[0-9A-Za-z%])[,:;?!()](?=[{_HAN}])|(?<=[{_HAN}])\((?=\w)",
    re.MULTILINE,
)


def halfwidth_marks(text: str) -> list[int]:
    """Return the places of ASCII marks that stand beside Han where Chinese has a full-width mark."""
    return [match.start() for match in _FOUND.finditer(text)]


def restore_marks(text: str) -> str:
    """Return the text with those marks in their full width; everything else stays as it is."""
    return _FOUND.sub(lambda match: _FULL[match[0]], text)
