"""Headlines parted at sense: headlines of the sample and of the issue that it carries, with the lines that an editor wants."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.script import sense
from layout.script.breaks import Break, may_break
from layout.script.classes import classify
from layout.script.sense import LEAST_CHARACTERS
from layout.script.sense import divisions as ways_to_divide

ANY_ROOM = 10**6


def divisions(text, count, room):
    """Yield the lines of each way to divide a headline."""
    return (division.lines for division in ways_to_divide(text, count, room))


TWO_LINES = (
    "“三全”赋能“四链”融合|推动党建与项目互促共进",
    "习近平向中国发展高层论坛|2023年年会致贺信",
    "习近平向巴西总统卢拉|致慰问电",
    "“五星”支部创建|宣传氛围浓厚",
    "“中华魂·中华好家风”|主题演讲比赛举行",
    "“志愿红”跑出|“创文”加速度",
    "云导游带您|赏大美风光",
    "汝州：温泉水|“浇灌”幸福生活",
    "供电公司|开展线路通道治理",
    "我市探索建立以“党旗红、项目兴、双赢之路靠引领”的|党建助推机制",
    "致读者",
    "一张大报的格子|是怎样算出来的",
    "方格子里进了|西文怎么排",
    "报头上一个字|也不能随便",
    "一张纸|怎样印成四个版",
    "拿到一张报纸|先读什么",
    "破折号|究竟有多长",
    "除不尽的那个字|往哪里放",
    "黑体、楷体、仿宋|各有差事",
    "从左上角到右下角，|次序早已排好",
    "哪些必须印，|印在哪里，都有明文",
    "读《标点符号用法》|国家标准第5章",
    "350毫米的版心，|111个字宽",
    "从字宽、行距到长栏破栏，|全靠加减乘除",
    "刀、木头、铅和新闻纸，|一笔一笔改出报宋",
    "初号到七号，21点与22点，|都有一笔旧账",
    "从拣字、纸型、铅版，|到轮廓加参数的字形",
    "从泥走回泥——|八百年来活字的历史",
    "这一行太松了：|字与字之间的空太大",
    "大家一起|读读报纸吧",
    "今日汝州|第3239期出版了",
)
"""Headlines with the two lines that an editor wants; one that is too short has none."""


@pytest.mark.parametrize("lines", TWO_LINES)
def test_a_headline_in_two_lines(lines):
    wanted = tuple(lines.split("|"))

    assert [wanted] == list(divisions("".join(wanted), len(wanted), ANY_ROOM))[:1] or len(wanted) == 1
    assert len(wanted) > 1 or [] == list(divisions(lines, 2, ANY_ROOM))


THREE_LINES = (
    "习近平|向巴西总统卢拉|致慰问电",
    "“中华魂·中华好家风”|主题演讲|比赛举行",
    "供电公司|开展线路|通道治理",
    "哪些必须印，|印在哪里，|都有明文",
    "外面4版、1版，|里面2版、3版，|对折正好",
    "从字宽、行距|到长栏破栏，|全靠加减乘除",
)


@pytest.mark.parametrize("lines", THREE_LINES)
def test_a_headline_in_three_lines(lines):
    wanted = tuple(lines.split("|"))

    assert wanted == next(divisions("".join(wanted), 3, ANY_ROOM))


@pytest.mark.parametrize("clue", sense._CLUES, ids=lambda clue: clue.why)
def test_every_clue_tells_of_some_headline(clue, monkeypatch):
    heads = [
        lines.replace("|", "") for lines in (*TWO_LINES, *THREE_LINES, "排字房　老师傅的规矩还在", "正在讲述马可·波罗来华故事")
    ]
    before = [next(divisions(head, count, ANY_ROOM), None) for head in heads for count in (2, 3)]
    monkeypatch.setattr(sense, "_CLUES", tuple(other for other in sense._CLUES if other is not clue))
    monkeypatch.setattr(sense, "_patterns", sense._patterns.__wrapped__)

    assert before != [next(divisions(head, count, ANY_ROOM), None) for head in heads for count in (2, 3)]


@pytest.mark.parametrize("white", [" ", "　"])
@pytest.mark.parametrize(
    "head", ["标题写几行 版上占几行", "名叫宋体 其实成于明代", "铅字退场 激光上版", "活字八百年 从泥走回泥"]
)
def test_white_parts_a_headline_and_goes(head, white):
    assert tuple(head.split()) == next(divisions(head.replace(" ", white), 2, ANY_ROOM))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        pytest.param("大家都来读一读《标点符号用法》这个标准", "《标点符号用法》", id="title"),
        pytest.param("全市上下齐心“四链融合”见成效", "“四链融合”", id="quotation"),
        pytest.param("全年完成投资1200万元有余", "1200万元", id="number with its unit"),
        pytest.param("正在讲述马可·波罗来华故事", "可·波", id="name of two parts"),
        pytest.param("今日汝州第3239期今天出版发行", "第3239期", id="ordinal"),
        pytest.param("老城新区同步走向繁荣之路", "走向", id="word with a clue in it"),
    ],
)
@pytest.mark.parametrize("count", [2, 3])
def test_what_is_never_parted(text, whole, count):
    ways = list(divisions(text, count, ANY_ROOM))

    assert ways
    assert all(any(whole in line for line in way) for way in ways)


@pytest.mark.parametrize("count", [2, 3])
def test_a_doubled_character_is_parted_only_where_nothing_else_may_be(count):
    assert all("天天" in line or "天" not in line for line in next(divisions("小城天天都有新的变化出现", count, ANY_ROOM)))
    assert "春" * 10 == "".join(next(divisions("春" * 10, count, ANY_ROOM)))


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        pytest.param("习近平向巴西总统卢拉致慰问电", 10_000, "习近平向巴西总统卢拉|致慰问电", id="as long as the best"),
        pytest.param("哪些必须印，印在哪里，都有明文", 9_000, "哪些必须印，|印在哪里，都有明文", id="comma"),
        pytest.param("哪些必须印，印在哪里，都有明文", 8_000, "哪些必须印，印|在哪里，都有明文", id="no room at a comma"),
        pytest.param("哪些必须印，印在哪里，都有明文", 7_000, None, id="no room at all"),
    ],
)
def test_lines_keep_to_their_room(text, room, lines):
    assert (lines and tuple(lines.split("|"))) == next(divisions(text, 2, room), None)


def test_a_long_quotation_is_parted_where_there_is_no_other_way():
    text = "“实现组织工作与项目建设双丰收”"

    assert ("“实现组织工作", "与项目建设双丰收”") == next(divisions(text, 2, ANY_ROOM))


heads = st.text("汝州项目的了和与《》“”，：——2023年 　A", min_size=1, max_size=24)


@given(heads, st.integers(2, 3))
def test_lines_are_the_text(text, count):
    for lines in divisions(text, count, ANY_ROOM):
        assert "".join(text.split()) == "".join("".join(lines).split())
        assert count == len(lines)


@given(heads, st.integers(2, 3))
def test_no_line_is_short_or_against_kinsoku(text, count):
    free = may_break(text, classify(text))
    for lines in divisions(text, count, ANY_ROOM):
        place = 0
        for line in lines:
            place = text.index(line, place)
            assert free[place] == Break.FREE
            assert sum(character.isalnum() for character in line) >= LEAST_CHARACTERS
            place += len(line)
