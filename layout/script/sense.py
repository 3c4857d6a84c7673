"""Where a headline is parted into lines (断题): at sense, in lines of 长+短 or of one length.

Trade rules (the textbooks' 标题断行: 长短相间, 意群不破). The copy is not parsed: each rule is a clue that can be seen in the
text, and what no clue speaks for costs more than a line that is somewhat longer than the other.
"""

import re
from collections.abc import Iterator
from functools import cache
from heapq import nsmallest
from itertools import combinations, pairwise
from typing import NamedTuple

from layout.script.breaks import Break, may_break
from layout.script.classes import BY_CODE, POINTS, WESTERN, classify
from layout.script.white import EM_SPACE

LEADING_DASH = "——"
"""What stands before the deck of a feature (通讯); its further lines align after it."""

LEAST_CHARACTERS = 3
"""The fewest characters without marks that stand alone on a line of a headline."""

_PLAIN, _NEVER = 6.0, 1e6
_LAST_RESORT = 20.0
_UNEVEN = 6.0
"""What lines cost whose lengths differ by as much as all of them together."""

_SHORT_FIRST = 0.5
_LONG_MIDDLE = 0.7
_ODD = 1.0
"""What a place without a clue costs more that lies an odd number of characters from the clues: most words have two."""

_WESTERN_WIDTH = 550
"""About the width of a figure or a Latin letter in thousandths of the em."""

_LONG_QUOTATION = 10
"""Characters from which a text in quotation marks may be parted where there is no other way."""

_TRIED = 5
"""How many ways to divide a headline are tried with as many lines."""


class _Clue(NamedTuple):
    """What a place where the pattern matches between two characters costs, and why."""

    pattern: str
    cost: float
    why: str


_OPENERS = (
    "究竟|怎样|怎么|如何|为何|为什么|其实|正在|已经|全面|助力|推动|推进|打造|开展|举行|召开|启动|实现|赢得|获得|走出|成于|"
    "也|都|就|将|把|被|让|从|向|对|往|在|由|按|据|致|先|再|不|又|还|才|各|是"
)
_CONJUNCTIONS = "和与及或并暨"
_PREPOSITIONS = "把被将让向对从在为以由按据往致于"
_PARTICLES = "的了着过得之们吗呢吧啊"
_WORDS = (
    "目的的确为了除了了解和平和谐饱和温和共和参与给与与会以及普及涉及及时或者并且合并方向一向走向导向向往面对反对应对绝对针对"
    "相对对话对接对象对策成为作为认为行为因为以为正在现在存在所在实在在线在职即将必将但是还是于是就是只是正是可以所以加以予以"
    "难以足以以来以上以下自从服从从事从严首先优先领先争先率先先锋先进先生成就造就就业首都古都成都都市也是都是不是极致一致导致"
    "以致细致精致致富致力致信往往来往前往以往交往自由理由由于按照据悉数据依据根据证据据此把握把关让利转让再次再生一再不仅不断"
    "不能不同不少对开才能人才天才刚才各地各类各界各位还有归还将来将军过程通过超过经过过去着力着眼得到获得取得之间之一之后之前"
    "总之关于对于至于处于属于在于终于中华记者人民党建项目发展建设经济社会企业工作活动主题教育农业文化旅游生态环境乡村振兴安全"
    "生产服务群众干部机制创新改革开放全国全省全市我国我省我市我县今年去年明年毫米厘米千米公里公斤千克万元亿元平方"
)
"""Words of two characters that are never parted: those that hold a clue's character, and some of headlines' every day."""

_CLUES = (
    _Clue(rf"(?={_OPENERS})", 2.5, "an adverb, a preposition or a verb that headlines know begins the next phrase"),
    _Clue(r"(?<=[的了])", 3, "的 and 了 end a phrase"),
    _Clue(rf"(?=[{_CONJUNCTIONS}])", 2.5, "a conjunction begins the second half"),
    _Clue(r"(?<=[^\d第约近超达逾])(?=\d)", 3, "a number begins with its figures"),
    _Clue(r"(?<=、)", 5, "between the items of a list, rather than in one"),
    _Clue(r"(?=[《“‘「『〈（【])", 2, "a title or a quotation stands whole after the line end"),
    _Clue(r"(?<=[》”’」』〉）】])", 2, "or whole before it"),
    _Clue(r"(?<=——)|(?<=……)", 1, "a dash or an ellipsis ends a half"),
    _Clue(r"(?<=，)", 1, "a comma ends a half"),
    _Clue(r"(?<=[：；！？。])", 0.5, "so does a heavier mark"),
    _Clue(rf"(?<=[{_CONJUNCTIONS}{_PREPOSITIONS}约近超达逾各每])", _LAST_RESORT, "what begins a phrase does not end a line"),
    _Clue(rf"(?=[{_PARTICLES}])(?!过[年节河江海])", _LAST_RESORT, "what ends a phrase or a word does not begin a line"),
    _Clue(r"(?<=第)|(?<=\d)(?=[^\d\W])", _NEVER, "a number keeps what is counted, and what makes it an ordinal"),
    _Clue(r"(?=——|……|·)|(?<=·)", _NEVER, "a dash stays with what it follows, the parts of a name together"),
    _Clue(r"(?<=(.))(?=\1)", _LAST_RESORT, "a doubled character is one word"),
    _Clue(rf"(?<=[ {EM_SPACE}])", 0, "white that the writer set parts two halves"),
)
"""The clues from the weakest up: where two match a place, the later one counts."""

_WHOLE = frozenset(map("".join, zip(_WORDS[::2], _WORDS[1::2], strict=True)))
_PAIRED = re.compile(r"《[^》]*》|“[^”]*”|‘[^’]*’|「[^」]*」|『[^』]*』|〈[^〉]*〉|（[^）]*）|【[^】]*】")
_WHITE = f" {EM_SPACE}"


class Division(NamedTuple):
    """A headline in lines; `is_at_sense` says that a clue speaks for each of its breaks."""

    lines: tuple[str, ...]
    is_at_sense: bool = True


def divisions(text: str, count: int, room: int) -> Iterator[Division]:
    """Yield ways to part a headline into so many lines, the best first; `room` is the longest line in thousandths of its em.

    Nothing is yielded where it cannot be parted so: into lines of one or two characters, within a word that is known, a
    number with its unit, a title or a short quotation.
    """
    classes = classify(text)
    if sum(_width(sign, code) for sign, code in zip(text, classes, strict=True)) > count * room:
        return  # before all ways are tried, which for a headline without end are without end
    costs = _costs(text, classes)
    places = [place for place, cost in enumerate(costs) if cost < _NEVER]
    found: list[tuple[float, tuple[int, ...]]] = []
    for ends in combinations(places, count - 1):
        spans = list(pairwise((0, *ends, len(text))))
        widths = [_width(text[start:end], classes[start:end]) for start, end in spans]
        is_sound = all(_characters(text[start:end], classes[start:end]) >= LEAST_CHARACTERS for start, end in spans)
        if is_sound and max(widths) <= room:
            found.append((sum(costs[end] for end in ends) + _shape(widths), ends))
    for _, ends in nsmallest(_TRIED, found):
        lines = (text[start:end].strip(_WHITE) for start, end in pairwise((0, *ends, len(text))))
        yield Division(tuple(lines), all(costs[end] < _PLAIN for end in ends))


def _shape(widths: list[int]) -> float:
    """Return what the lengths of lines cost: least where they are even, less for 长+短 than for 短+长."""
    total, middle = sum(widths) or 1, widths[1:-1]
    uneven = _UNEVEN * (max(widths) - min(widths)) / total
    short_first = _SHORT_FIRST * (widths[0] < widths[-1])
    return uneven + short_first + _LONG_MIDDLE * (bool(middle) and max(middle) > max(widths[0], widths[-1]))


def _width(text: str, classes: str) -> int:
    """Return about how wide a line is, in thousandths of its em, without white at its ends."""
    start, end = len(text) - len(text.lstrip(_WHITE)), len(text.rstrip(_WHITE))
    return sum(_WESTERN_WIDTH if code in WESTERN else (BY_CODE[code].halves or 2) * 500 for code in classes[start:end])


def _characters(text: str, classes: str) -> int:
    return sum(code not in f"oc{POINTS}deamwn" and text[place] not in _WHITE for place, code in enumerate(classes))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], float], ...]:
    return tuple((re.compile(clue.pattern), clue.cost) for clue in _CLUES)


def _costs(text: str, classes: str) -> list[float]:
    """Return by place what a line end before it costs; `_NEVER` where there may be none."""
    costs = [_PLAIN if may == Break.FREE else _NEVER for may in may_break(text, classes)]
    forbidden = [place for place, cost in enumerate(costs) if cost == _NEVER]
    for pattern, cost in _patterns():
        for match in pattern.finditer(text):
            costs[match.start()] = cost
    for place in range(1, len(text)):
        if text[place - 1 : place + 1] in _WHOLE:
            costs[place] = _NEVER
    for match in _PAIRED.finditer(text):
        inner = _LAST_RESORT if len(match[0]) > _LONG_QUOTATION + 2 else _NEVER
        for place in range(match.start() + 1, match.end()):
            costs[place] += inner
    for place in (0, *forbidden, len(text)):
        costs[place] = _NEVER
    return _with_rhythm(costs)


def _with_rhythm(costs: list[float]) -> list[float]:
    """Return the costs with those raised that lie an odd number of characters from the clues before and after them."""
    clues = [0, *(place for place, cost in enumerate(costs) if cost < _PLAIN), len(costs) - 1]
    made = costs.copy()
    for before, after in pairwise(clues):
        for place in range(before + 1, after):
            made[place] += _ODD * ((place - before) % 2 and (after - place) % 2)
    return made
