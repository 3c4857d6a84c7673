"""The ornaments (花边) themselves, all of our own drawing; each function returns one."""

from layout.page.borders.chain import Chain, Edge
from layout.page.borders.figures import (
    box,
    closing,
    disc,
    ended,
    flipped,
    lens,
    line,
    lobes,
    mirrored,
    moved,
    rigid,
    ring,
    rosette,
    shape,
    star,
    trace,
    turned,
)

# ---- lines of one kind -------------------------------------------------------------------------------------------


def dots() -> Chain:
    """点线: round dots."""
    return Chain(2800, (disc(1400, 500, 1000),), (disc(500, 500, 1000),), reach=1900)


def dashes() -> Chain:
    """虚线: dashes, with an angle of two of them at each corner."""
    angle = shape((0, 0), (4500, 0), (4500, 1000), (1000, 1000), (1000, 4500), (0, 4500))
    return Chain(10800, (box(1800, 0, 9000, 1000),), (angle,), reach=6300)


def wave() -> Chain:
    """曲线: a wave that turns round the corners."""
    unit = line(170, (0, 85), (440, 85, 760, 915, 1200, 915), (1640, 915, 1960, 85, 2400, 85))
    return Chain(2400, (unit,), (line(170, *trace((85, 1000), -90, (915, 90))),))


# ---- geometry ----------------------------------------------------------------------------------------------------


def fret() -> Chain:
    """回纹: two square spirals from one line, and 回 at the corners."""
    way = ((1, 2), (1, 1), (2, 1), (2, 3), (0, 3), (0, 0), (3, 0), (3, 3))
    left = [(150 + 300 * column, 50 + 300 * row) for column, row in way]
    right = [(2400 - x, y) for x, y in reversed(left)]
    return Chain(2400, (line(100, *left, *right),), (box(0, 0, 1000, 1000, 100), box(350, 350, 650, 650)), reach=1100)


def lozenge() -> Chain:
    """菱形: two zigzags that cross, with a solid lozenge in each field."""
    solid = shape((500, 330), (670, 500), (500, 670), (330, 500))._replace(anchor=500)
    unit = (line(85, (0, 500), (500, 60), (1000, 500)), line(85, (0, 500), (500, 940), (1000, 500)), solid)
    outer = line(85, (500, 1000), (60, 500), (500, 60), (1000, 500))
    return Chain(1000, unit, (outer, line(85, (500, 1000), (1000, 500)), solid))


def sawtooth() -> Chain:
    """锯齿: teeth on a heavy rule, and a light one before them."""
    tooth = shape((0, 140), (560, 140), (280, 760))
    return Chain(560, (tooth,), (box(140, 140, 520, 520),), reach=520, edges=(Edge(0, 150), Edge(910, 90)))


def brick() -> Chain:
    """砖: two courses, their joints in turn."""
    unit = (*rigid(0, box(-45, 45, 45, 500)), *rigid(950, box(905, 500, 995, 955)))
    return Chain(1900, unit, (closing(unit[0], 1000),), edges=(Edge(0, 90), Edge(455, 90), Edge(910, 90)))


def beads() -> Chain:
    """连珠: large and small beads between two rules."""
    small, large = disc(0, 500, 180), disc(500, 500, 480)
    return Chain(1000, (small, large), (closing(small, 1000), large), edges=(Edge(0, 85), Edge(915, 85)))


def scales() -> Chain:
    """鳞纹: arcs in each other on a rule; those of a corner go round it."""
    radii = (820, 560, 300)
    unit = tuple(line(75, *trace((860 - radius, 930), -90, (radius, 180))) for radius in radii)
    corner = tuple(line(75, *trace((930, 930 + radius), 180, (radius, 270))) for radius in radii)
    return Chain(1720, unit, corner, reach=1790, edges=(Edge(925, 75),))


def scroll() -> Chain:
    """卷纹: lines rolled up at both ends."""
    half = ended(line(65, *trace((850, 500), 90, (420, -180), (330, -180), (200, -180), (110, -150))), 140)
    corner = (ring(500, 500, 1000, 65), ring(500, 500, 560, 65), disc(500, 500, 160))
    return Chain(1700, (*half, *(turned(figure, 180, 850) for figure in half)), corner)


# ---- things ------------------------------------------------------------------------------------------------------


def rope() -> Chain:
    """绳纹: the strands of a rope, held by a ring at each corner."""
    strand = shape((-210, 900), (100, 420, 270, 60, 810, 100), (500, 580, 330, 940, -210, 900))
    return Chain(600, (strand,), (ring(500, 500, 1000, 110), disc(500, 500, 440)), reach=1340)


def coin() -> Chain:
    """钱纹: coins with a square hole, on a string."""
    piece = (ring(500, 500, 1000, 80), *rigid(500, box(310, 310, 690, 690, 80)))
    unit = (*(moved(figure, 120) for figure in piece), line(80, (0, 500), (140, 500)), line(80, (1100, 500), (1240, 500)))
    corner = (*piece, line(80, (980, 500), (1120, 500)), line(80, (500, 1120), (500, 980)))
    return Chain(1240, unit, corner, reach=1120)


def star_row() -> Chain:
    """星: stars and dots in turn."""
    point, dot = star(500, 530, 500, 191, 5), disc(0, 500, 170)
    corner = (turned(star(500, 500, 500, 191, 5), -45, 500), closing(dot, 1250))
    return Chain(1500, (moved(point, 250), dot), corner, reach=1250)


def fence() -> Chain:
    """竹篱: crossed canes tied between two rails, and a post at each corner."""
    cross = (line(80, (-95, 42), (1095, 958)), line(80, (-95, 958), (1095, 42)), disc(500, 500, 210))
    post = (line(80, (1000, 110), (1000, 890)), line(80, (110, 1000), (890, 1000)), disc(500, 500, 300))
    return Chain(1000, cross, post, edges=(Edge(100, 70), Edge(830, 70)))


def ruyi() -> Chain:
    """如意: heads of the ruyi sceptre on a rule."""
    crown = line(60, *trace((650, 30), 10, (260, 90), (120, 10)))
    curl = ended(line(60, *trace((860, 300), -20, (230, 230), (120, 180), (70, 90))), 110)
    half = (crown, *curl)
    head, dot = rigid(650, *half, *(mirrored(figure, 650) for figure in half)), disc(0, 760, 130)
    corner = (*(turned(moved(figure, -150), -45, 500) for figure in head), closing(dot, 1000))
    return Chain(1300, (*head, dot), corner, edges=(Edge(930, 70),))


def cloud() -> Chain:
    """云纹: clouds with curled ends, and wisps between them."""
    roll = ((185, -180), (125, -180), (75, -160))
    curl = ended(line(60, *trace((950, 940), 0, (520, 0), *roll)), 100)
    crown = lobes(60, (430, 755, 185), (650, 500, 210), (950, 330, 270), (1250, 500, 210), (1470, 755, 185))
    wisps = rigid(0, lens((-150, 560), (150, 560), 70), lens((-230, 730), (130, 730), 70))
    side = (*rigid(950, *curl, *(mirrored(figure, 950) for figure in curl), crown), *wisps)
    around = ended(line(60, *trace((680, 680), -45, (330, 0), *roll)), 100)
    corner = (*around, *map(flipped, around), lobes(60, (316, 782, 185), (350, 350, 290), (782, 316, 185)))
    return Chain(1900, side, (*corner, *(closing(wisp, 1250) for wisp in wisps)), reach=1250)


# ---- plants ------------------------------------------------------------------------------------------------------


def bamboo() -> Chain:
    """竹节: canes with their nodes and leaves, tied where they cross."""
    cane = shape((60, 340), (160, 370), (1440, 370), (1540, 340), (1540, 660), (1440, 630), (160, 630), (60, 660), stroke=60)
    blade = lens((1600, 320), (2120, 40), 150)
    stub = shape((20, 370), (300, 370), (300, 630), (20, 630), stroke=60)
    tie = (line(60, (340, 340), (660, 660)), line(60, (340, 660), (660, 340)), box(340, 340, 660, 660, 60))
    unit = (cane, moved(cane, 1600), *rigid(1600, blade, mirrored(turned(blade, 180, 1600), 1600)))
    return Chain(3200, unit, (stub, flipped(stub), *tie), reach=700)


def wheat() -> Chain:
    """麦穗: ears that grow from the corners towards the middle of each side."""
    grain = lens((-30, 480), (550, 110), 240)
    unit = (grain, mirrored(turned(grain, 180, 0), 0))
    return Chain(620, unit, (disc(500, 500, 500),), edges=(Edge(464, 72),), is_symmetric=True)


def leaf() -> Chain:
    """卷叶: a tendril with a leaf and a berry in each bend."""
    stem = line(65, (0, 150), (500, 150, 600, 850, 1100, 850), (1600, 850, 1700, 150, 2200, 150))
    bend = (lens((560, 505), (1200, 200), 300), disc(1270, 480, 150))
    other = (lens((1640, 495), (2280, 800), 300), disc(2350, 520, 150))
    corner = (line(65, *trace((150, 1100), -90, (950, 90))), lens((420, 420), (900, 900), 300))
    return Chain(2200, (stem, *bend, *other), corner, reach=1100)


def plum() -> Chain:
    """梅花: blossoms with buds between them."""
    rays = (turned(line(55, (500, 370), (500, 240))._replace(anchor=500), 72 * number, 500) for number in range(5))
    blossom = (rosette(500, 500, 280, 205, 5, 60), *rays, disc(500, 500, 130))
    bud = rigid(0, disc(0, 500, 170), lens((130, 500), (330, 500), 120), lens((-130, 500), (-330, 500), 120))
    corner = (*(turned(figure, -45, 500) for figure in blossom), *(closing(figure, 1400) for figure in bud))
    return Chain(1800, (*(moved(figure, 400) for figure in blossom), *bud), corner, reach=1400)
