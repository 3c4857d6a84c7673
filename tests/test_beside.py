"""What stands beside characters, and how pieces stand in lines that run down: small named cases."""

import pytest

from layout.frame import Direction, GlyphRun, Path
from layout.manifest.copy import Marking, Sideline
from layout.script.classes import classify
from layout.script.rules import Axis
from layout.script.vertical import pieces
from layout.text import overlays
from layout.text.justify import Fit, set_line
from layout.text.measure import LineSpan, line_width
from layout.text.shape import Shaper
from layout.text.shaped import Over, StyledText
from layout.typeface.catalogue import BUNDLED, Faces, read_catalogue
from layout.typeface.face import FaceFile

EM = 100_000
DOTS, LEVEL, SUPERIOR = Marking(dots=True), Marking(is_level=True), Marking(is_superior=True)
PINYIN = Marking(ruby="zhuāng shuāng")


def styled(parts):
    """Return the runs of plain texts and of pairs of a text and its marking."""
    return [StyledText(part, "song") if isinstance(part, str) else StyledText(part[0], "song", part[1]) for part in parts]


def shaped(faces, *parts, axis=Axis.VERTICAL):
    return Shaper(faces).shape(styled(parts), EM, axis)[0]


def items(text):
    return set_line(text, LineSpan(0, len(text.glyphs)), line_width(text), Fit.NATURAL)


def dots(text):
    """Return how far along the line, in hundredths of an em, the middle of each dot lies."""
    is_level = text.axis is Axis.LEVEL
    return [round((item.x if is_level else item.y) / 1000) for item in items(text) if isinstance(item.item, Path)]


@pytest.mark.parametrize(
    ("parts", "advances"),
    [
        pytest.param(("天，", ("（1）", LEVEL), "地"), [100, 100, 0, 0, 100, 100], id="brackets after a comma"),
        pytest.param((("（1）", LEVEL), "，地"), [0, 0, 100, 100, 100], id="brackets before a comma"),
        pytest.param(("天", ("\u2060", LEVEL), "地"), [100, 100, 100], id="no width at all"),
        pytest.param(("天 地",), None, id="white between Han"),
    ],
)
def test_depths_of_cells(parts, advances, faces):
    advances = advances or [100, faces["song"].sized(EM)[faces["song"].glyphs[" "]] // 1000, 100]

    assert advances == [advance // 1000 for advance in shaped(faces, *parts).advances]


@pytest.mark.parametrize(
    ("text", "classes", "stands"),
    [
        pytest.param("每km/h", "", "upright turned", id="solidus in a word"),
        pytest.param("天/地", "", "upright upright upright", id="solidus between Han"),
        pytest.param("天 地", "", "upright turned upright", id="white between Han"),
        pytest.param("天 A 地", "", "upright turned upright turned upright", id="white round a letter"),
        pytest.param("New York", "", "turned", id="white in a name"),
        pytest.param("注一", "uu", "upright upright", id="superior Han"),
        pytest.param("（一）", "uuu", "upright upright upright", id="superior Han in brackets"),
        pytest.param("12", "uu", "turned", id="superior figures"),
    ],
)
def test_how_pieces_stand(text, classes, stands):
    assert stands == " ".join(stand.value for _, _, stand in pieces(text, classes or classify(text)))


@pytest.mark.parametrize("text", ["1", "12"])
def test_figures_of_a_partner_face_have_its_matched_size(text, faces, monkeypatch):
    monkeypatch.setattr(faces["song"], "matched", 800)

    assert [8 * EM // 10] == [piece.size for piece in shaped(faces, text).pieces]


def test_figures_of_a_partner_face_stand_on_the_baseline_of_the_others(faces, monkeypatch):
    (own,) = items(shaped(faces, "12"))
    monkeypatch.setattr(faces["song"], "matched", 800)

    (matched,) = items(shaped(faces, "12"))

    assert abs(own.y - matched.y) <= 1


def test_a_single_figure_of_a_partner_face_is_centred_by_its_own_size(faces, monkeypatch):
    monkeypatch.setattr(faces["song"], "matched", 800)

    text = shaped(faces, "1")

    assert [EM // 10] == [round(shift, -2) for shift in text.shifts]


@pytest.mark.parametrize(
    ("parts", "stretches", "words"),
    [
        pytest.param(("每km/h",), "upright turned", ["每", "km/h"], id="a solidus in a word"),
        pytest.param(("天", ("第1", LEVEL)), "upright level", ["天", "第1"], id="a group of Han and figures"),
        pytest.param((("2B", LEVEL),), "level", ["2B"], id="a group of letters"),
    ],
)
def test_what_is_one_stays_one_beside_a_partner_face(parts, stretches, words):
    beside = Faces(read_catalogue({"latin": FaceFile(BUNDLED / "NotoSansSC-Regular.ttf")}))
    runs = [placed.item for placed in items(shaped(beside, *parts))]

    assert stretches == " ".join(run.direction.value for run in runs)
    assert words == [run.text for run in runs]


@pytest.mark.parametrize("axis", Axis)
@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("张", [100], id="one in the middle"),
        pytest.param("张三", [0, 200], id="two at the edges"),
        pytest.param("张A三", None, id="a letter"),
        pytest.param("三A", None, id="a letter behind"),
        pytest.param("张，三", [0, 100, 200], id="a mark"),
        pytest.param("欧阳询之", [0, 100, 200, 300], id="more than have room"),
    ],
)
def test_a_text_spread_over_three_ems_takes_three_ems(text, places, axis, faces):
    spread = shaped(faces, "天，", (text, Marking(fit=3)), "（A", axis=axis)
    first, end = 2, 2 + len(text)
    edges = [sum(spread.advances[first:place]) + spread.shifts[place] for place in range(first, end)]

    assert max(3, len(places or [])) * EM == sum(spread.advances[first:end])
    assert places is None or places == [edge // 1000 for edge in edges]
    assert not any(spread.gaps[first : end - 1])
    assert len({spread.whites[place] for place in range(first, end - 1) if place in spread.whites}) <= 2


@pytest.mark.parametrize("mark", ["-", "–", "…"])
@pytest.mark.parametrize("role", ["song", "hei", "kai"])
def test_a_turned_mark_stands_by_the_middle_of_its_ink(mark, role, faces):
    runs = items(Shaper(faces).shape([StyledText(f"天{mark}地", role)], EM, Axis.VERTICAL)[0])
    turned = [placed for placed in runs if placed.item.direction is Direction.TURNED]

    for placed in turned:
        face = faces[placed.item.face]
        _, bottom, _, height = face.ink(placed.item.glyphs[0])
        assert abs(placed.x + (2 * bottom + height) * EM // (2 * face.upem)) <= 2
    assert turned or mark == "…"


@pytest.mark.parametrize(
    ("axis", "parts", "middles"),
    [
        pytest.param(Axis.VERTICAL, (("天12地", DOTS),), [50, 150, 250], id="figures level in one em"),
        pytest.param(Axis.VERTICAL, (("（1）", LEVEL._replace(dots=True)),), [50], id="a group that was marked"),
        pytest.param(Axis.LEVEL, (("天地", DOTS._replace(ruby="ㄊㄧㄢ ㄉㄧˋ")),), [50, 200], id="zhuyin"),
        pytest.param(Axis.LEVEL, (("天地", DOTS._replace(spaced=500)),), [50, 200], id="spaced"),
    ],
)
def test_where_dots_stand(axis, parts, middles, faces):
    assert middles == dots(shaped(faces, *parts, axis=axis))


@pytest.mark.parametrize("axis", Axis)
def test_a_dot_is_in_the_middle_of_a_character_with_a_wide_reading(axis, faces):
    text = shaped(faces, ("庄双", PINYIN._replace(dots=True)), axis=axis)
    middles = [text.shifts[0] + EM // 2, text.advances[0] + text.shifts[1] + EM // 2]

    assert [round(middle / 1000) for middle in middles] == dots(text)


def test_a_dot_leaves_out_the_gap_before_han(faces):
    text = shaped(faces, ("A", DOTS), "地", axis=Axis.LEVEL)

    assert [round((text.advances[0] - text.gaps[0]) / 2000)] == dots(text)


def test_zhuyin_stands_before_the_gap(faces):
    def first_sign(*parts):
        runs = items(shaped(faces, *parts, axis=Axis.LEVEL))
        return next(placed.x for placed in runs if isinstance(placed.item, GlyphRun) and "ㄊ" in placed.item.text)

    sky = ("天", Marking(ruby="ㄊㄧㄢ"))
    assert first_sign(sky, "地") == first_sign(sky, "A")


def test_readings_beside_lines_that_run_down_do_not_touch(faces):
    text = shaped(faces, ("庄双", PINYIN))
    first, second = (placed for placed in items(text) if placed.item.size < EM)

    assert first.y + first.item.width < second.y


def test_a_sign_that_is_no_han_has_no_reading(faces):
    text = shaped(faces, ("长城★", Marking(ruby="cháng chéng")), axis=Axis.LEVEL)

    assert [(0, 1), (1, 2)] == [(over.start, over.end) for over in text.overlays]


def test_what_faces_lack_of_a_reading_is_told(faces):
    absent = Shaper(faces).shape(styled([("天", Marking(ruby="t\U000e0041"))]), EM)[1]

    assert ["\U000e0041"] == [one.character for one in absent]


@pytest.mark.parametrize("kind", [Over.DOTS, Over.NAME, Over.RUBY])
def test_each_line_gets_what_stands_over_it(kind, faces):
    every = Marking(dots=True, sideline=Sideline.NAME, ruby="tiān dì")
    text = shaped(faces, *(("天地", every), "玄黄") * 5, axis=Axis.LEVEL)

    for start in range(len(text.glyphs)):
        for end in range(start + 1, len(text.glyphs) + 1):
            wanted = [over for over in text.overlays if over.kind is kind and over.start < end and start < over.end]
            assert wanted == list(overlays._over(text, kind, start, end))


def test_a_line_looks_at_few_overlays(faces, monkeypatch):
    text = shaped(faces, *(("天", DOTS), "地") * 400, axis=Axis.LEVEL)
    order, looked = overlays.overlay_order, []
    monkeypatch.setattr(overlays, "overlay_order", lambda over: looked.append(over) or order(over))

    list(overlays.overlay_items(text, LineSpan(600, 620), list(range(21))))

    assert len(looked) < 400
