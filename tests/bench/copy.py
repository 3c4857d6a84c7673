"""Seeded copy as a daily prints it: whole sentences of the sample's stories, and sentences made of templates.

The stories are plain prose; the templates bring what narrow columns suffer from: numbers with units, dates, sums, Latin
words, titles, nested quotes, dashes, ranges, names with an interpunct, brackets. Nothing in the templates is news.
"""

import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

STORIES = Path(__file__).resolve().parents[2] / "issues" / "ruzhou" / "stories"
PLAIN = "columns dash ear faces grid heads kinsoku laser masthead mixed orphan press reading sanquan seal sizes songti standard taboo widths"
"""The stories that are plain prose; with others the figures could not be compared from one time to the next."""

SHORTEST, LONGEST = 40, 260
"""Characters of a paragraph."""

_USUAL = 130
_TEMPLATES_AMONG = 0.4
_PAIRS = dict(zip("“‘《〈（【〔", "”’》〉）】〕", strict=True))
_STOPS = frozenset("。！？")
_KEPT = frozenset("”’）")
_SIGNS = re.compile(r"(?s:\A---\n.*?\n---\n)|(?m:^## .*$)|\*\*")

TEMPLATES = (
    "{date}，印刷车间清点库存，共有新闻纸{amount}、油墨{amount}，比上月少{percent}。",
    "新到的{product}每小时印{amount}，耗电{number}千瓦时，标价{money}，折旧按{range}年计。",
    "稿件用{latin}排成，输出为{latin}，再由{product}制版，误差在±{decimal}毫米以内。",
    "{name}在{title}里写道：“{quote}”这句话后来印在{title}的扉页上。",
    "“{quote}”老师傅说着，把{amount}铅字推了过去——那是{date}的事。",
    "要不要换{latin}？大家争论了{range}个钟头；末了，同意先试{number}期再说。",
    "校样分四色：青{percent}、品红{percent}、黄{percent}、黑{percent}，总墨量以240%为限。",
    "车间温度保持在{temperature}，湿度{percents}，纸张放足{range}天才上机。",
    "据{title}（第{number}页），{name}与{name}合编的{title}共印{amount}，定价{money}。",
    "速度以米/秒计，{product}为{decimal}米/秒，旧机只有{decimal}米/秒，相差{percent}。",
    "他停了停，又说：“‘{phrase}’，‘{phrase}’……难道{latin}就不算手艺？”",
    "栏宽{range}字、行距{percent}、栏空一字——多数日报的取值不出这个范围。",
    "【说明】表中的数取自{title}（{years}年），不含{latin}格式的{amount}，尾数差{percent}以内。",
    "问到“{phrase}”怎么办，{name}只答了三个字：“重排吧！”",
    "那几年（{years}），订数从{amount}涨到{amount}，零售占{percent}，其余走邮发。",
    "{title}《版面一百问》《{plain}》三种书，都用{latin}重排过，省纸{percent}，合{money}。",
    "一行{number}字，夹进一个{latin}，再夹进一个{decimal}%，就难得匀了……",
    "（{phrase}也好，{phrase}也罢，）算到最后，每千字的成本都在{money}上下。",
    "{latin}与{latin}之争持续了{range}年，{date}才有定论：{product}两样都认。",
    "“什么叫‘{phrase}’？”“就是{quote}”——两代人的问答，登在{title}第{number}版。",
    "上海—南京一线的报纸，{date}起改用{product}，日印{amount}，车程{range}小时。",
    "合同写明：单价{money}，数量{amount}，{date}前交齐，逾期每天扣{permille}。",
    "{name}、{name}和{name}的译本各有长处；拿{latin}比对，异文只有{number}处。",
    "版面留白{percents}，标题占{range}行，图片{number}张，其余都归正文。",
)

_NAMES = ("奥古斯丁·某", "康斯坦丝·某", "塞巴斯蒂安·某某", "玛格丽特·安妮·某", "费尔南多·某")
_PLAIN_TITLES = ("活字与纸", "排字工手册", "从〈农书〉说起", "铅与火：一家印刷厂的三十年", "字里行间", "新闻纸·油墨·版面")
_PHRASES = ("先挤进，后推出", "齐头并进", "字不离格", "一版成图", "宁松勿挤", "铅走了，话还在")
_QUOTES = (
    "纸是白的，墨是黑的，剩下的都是功夫。",
    "少一个字不行，多一个字也不行！",
    "版样先画好，稿子才有地方去。",
    "你看这一行——松了；再看下一行……还是松。",
    "《梦溪笔谈》里写得清楚，胶泥刻字，火烧令坚。",
)
_LATIN = (
    "OpenType", "Unicode", "PDF/X-4", "CMYK", "PostScript", "Wi-Fi", "leading", "baseline grid", "hyphenation", "A4", "JPEG 2000",
    "RGB", "justification", "TrueType", "GB 18030", "ISO 12647-3", "e-paper", "proof", "kerning",
)  # fmt: skip
_PRODUCTS = ("BX-2400", "TypeGrid 3", "Folio S2", "M7 Pro", "Q-Plate 800", "Letterwerk", "K9")
_UNITS = ("吨", "份", "万份", "册", "令", "公斤", "种", "亿字", "盒", "卷")


def _number(rng: random.Random) -> str:
    return str(rng.choice((rng.randint(2, 99), rng.randint(100, 9999))))


def _decimal(rng: random.Random) -> str:
    return f"{rng.randint(0, 39)}.{rng.randint(1, 99)}"


def _amount(rng: random.Random) -> str:
    return rng.choice((_number(rng), f"{rng.randint(1, 99)},{rng.randint(0, 999):03d}", _decimal(rng))) + rng.choice(_UNITS)


def _date(rng: random.Random) -> str:
    day = f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
    return rng.choice(
        (f"{rng.randint(1951, 2024)}年{day}", day, f"{rng.randint(1951, 2024)}年", f"{day}9:{rng.randint(10, 59)}")
    )


def _money(rng: random.Random) -> str:
    return rng.choice(
        (f"{_decimal(rng)}元", f"￥{_number(rng)}", f"{_decimal(rng)}万元", f"${_decimal(rng)}", f"€{_number(rng)}")
    )


def _range(rng: random.Random) -> str:
    low = rng.randint(2, 30)
    return f"{low}～{low + rng.randint(1, 9)}"


def _percents(rng: random.Random) -> str:
    low = rng.randint(2, 60)
    return f"{low}%～{low + rng.randint(1, 30)}%"


def _years(rng: random.Random) -> str:
    first = rng.randint(1951, 2000)
    return f"{first}—{first + rng.randint(1, 20)}"


_SLOTS: dict[str, Callable[[random.Random], str]] = {
    "number": _number,
    "decimal": _decimal,
    "amount": _amount,
    "date": _date,
    "money": _money,
    "range": _range,
    "percents": _percents,
    "years": _years,
    "percent": lambda rng: rng.choice((str(rng.randint(1, 99)), _decimal(rng))) + "%",
    "permille": lambda rng: f"{rng.randint(1, 9)}‰",
    "temperature": lambda rng: f"{rng.choice(('', '-'))}{rng.randint(1, 30)}℃",
    "latin": lambda rng: rng.choice(_LATIN),
    "product": lambda rng: rng.choice(_PRODUCTS),
    "name": lambda rng: rng.choice(_NAMES),
    "plain": lambda rng: rng.choice(_PLAIN_TITLES),
    "title": lambda rng: f"《{rng.choice(_PLAIN_TITLES)}》",
    "phrase": lambda rng: rng.choice(_PHRASES),
    "quote": lambda rng: rng.choice(_QUOTES),
}


@cache
def story_sentences() -> tuple[str, ...]:
    """Return the sentences of the sample's stories that are no longer than a paragraph may be."""
    texts = (_SIGNS.sub("", path.read_text(encoding="utf-8")) for path in (STORIES / f"{name}.md" for name in PLAIN.split()))
    found = (sentence for text in texts for line in text.splitlines() for sentence in cut_sentences(line))
    return tuple(dict.fromkeys(sentence for sentence in found if len(sentence) < LONGEST - SHORTEST))


def cut_sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a paragraph: cut after 。！？ outside brackets and quotes, or after what closes them."""
    start, expected = 0, []
    for place, character in enumerate(text, 1):
        if character in _PAIRS:
            expected.append(_PAIRS[character])
        elif expected and character == expected[-1]:
            expected.pop()
        ends = character in _STOPS or (character in _KEPT and text[place - 2] in _STOPS)
        if ends and not expected and text[place : place + 1] not in {*_KEPT, *_STOPS, "，", "—", "…"}:
            yield text[start:place]
            start = place


def template_sentence(rng: random.Random) -> str:
    """Return a sentence of a template with its places filled."""
    return re.sub(r"\{(\w+)\}", lambda match: _SLOTS[match[1]](rng), rng.choice(TEMPLATES))


def paragraphs(seed: int, characters: int) -> tuple[str, ...]:
    """Return paragraphs of `characters` together or a little more; the same for the same seed and stories."""
    rng = random.Random(seed)
    made: list[str] = []
    total = 0
    while total < characters:
        made.append(_paragraph(rng))
        total += len(made[-1])
    return tuple(made)


def _paragraph(rng: random.Random) -> str:
    wanted = round(rng.triangular(SHORTEST, LONGEST, _USUAL))
    text = ""
    while len(text) < wanted:
        piece = template_sentence(rng) if rng.random() < _TEMPLATES_AMONG else rng.choice(story_sentences())
        if len(text) + len(piece) <= LONGEST:
            text += piece
        elif len(text) >= SHORTEST:
            break
    return text
