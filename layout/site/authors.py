"""The names of those who wrote an article, from its byline."""

import re

_ROLE = re.compile(r"[^\s、，,；;：:（）()/]*?(?:记者|通讯员|实习生|评论员|特派员|撰稿人|作者|编辑|摄影|撰文)")
_BETWEEN = re.compile(r"[\s、，,；;：:（）()/|■●◆▲□]+")
_PADDED = re.compile(r"(?<![\u4e00-\u9fff·])([\u4e00-\u9fff])[ \u3000\u00a0]{1,2}([\u4e00-\u9fff])(?![\u4e00-\u9fff·])")
_NO_NAMES = frozenset({"文", "图", "摄", "文图", "图文", "报道", "供稿", "供图"})


def authors(byline: str) -> tuple[str, ...]:
    """Return the names in a byline such as 融媒体中心通讯员 申毅涛, without what they are; one of two letters may be padded."""
    names = _BETWEEN.split(_PADDED.sub(r"\1\2", _ROLE.sub(" ", byline)))
    return tuple(dict.fromkeys(name for name in names if len(name) > 1 and name not in _NO_NAMES))
