"""Lines between boxes that lie anywhere: as straight as they can be without running under another box."""

from math import hypot

from kg.render.layout.records import TAG_SIZE, Box, Route, Tag
from kg.render.layout.stress import Point
from kg.render.numbers import format_number as _n
from kg.render.sketch import Sketch
from kg.render.wrapping import clean_text, measure_text

#: How far a line may bow out, as a share of its length; the first that runs clear of all boxes is taken.
_BOWS = (0.0, 0.12, -0.12, 0.24, -0.24, 0.4, -0.4, 0.6, -0.6)
_STEPS = 24
_CLEARANCE = 5.0
_ARROW = 9.0
#: Pixels a line without arrowhead goes on under the box, whose outline may lie inside its frame.
_HIDDEN = 8.0
_PLACES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73)
_MAX_TAG_CHARS = 24

Curve = tuple[Point, Point, Point]
Area = tuple[float, float, float, float]


def find_point(curve: Curve, t: float) -> Point:
    """The point of a quadratic Bezier curve at 0 <= t <= 1."""
    a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
    return (
        a * curve[0][0] + b * curve[1][0] + c * curve[2][0],
        a * curve[0][1] + b * curve[1][1] + c * curve[2][1],
    )


def _holds(box: Box, point: Point, clearance: float) -> bool:
    return abs(point[0] - box.x) < box.width / 2 + clearance and abs(point[1] - box.y) < box.height / 2 + clearance


def _bend(start: Box, end: Box, bow: float) -> Curve:
    dx, dy = end.x - start.x, end.y - start.y
    middle = ((start.x + end.x) / 2 - dy * bow, (start.y + end.y) / 2 + dx * bow)
    return (start.x, start.y), middle, (end.x, end.y)


def find_curve(boxes: tuple[Box, ...], source: int, target: int) -> Curve:
    """The straightest curve from box to box with the fewest points under other boxes."""
    others = [box for i, box in enumerate(boxes) if i not in (source, target)]
    tried = []
    for rank, bow in enumerate(_BOWS):
        curve = _bend(boxes[source], boxes[target], bow)
        points = [find_point(curve, i / _STEPS) for i in range(1, _STEPS)]
        hits = sum(_holds(box, point, _CLEARANCE) for box in others for point in points)
        tried.append((hits, rank, curve))
        if not hits:
            break
    return min(tried)[2]


def _leave(box: Box, curve: Curve, *, backwards: bool, depth: float) -> float:
    """The t at which the curve is `depth` pixels inside the box it starts in (or, backwards, ends in), by halving."""
    inside, outside = 0.0, 0.5
    for _ in range(18):
        t = (inside + outside) / 2
        if _holds(box, find_point(curve, 1 - t if backwards else t), -depth):
            inside = t
        else:
            outside = t
    return 1 - outside if backwards else outside


def _cut(curve: Curve, start: float, end: float) -> Curve:
    """The part of the curve from t = start to t = end."""
    first, last = find_point(curve, start), find_point(curve, end)
    s, e = start, end
    middle = tuple(
        (1 - s) * (1 - e) * curve[0][k] + ((1 - s) * e + s * (1 - e)) * curve[1][k] + s * e * curve[2][k]
        for k in (0, 1)
    )
    return first, (middle[0], middle[1]), last


def _arrow(tip: Point, back: Point) -> str:
    dx, dy = tip[0] - back[0], tip[1] - back[1]
    length = hypot(dx, dy) or 1.0
    x, y = tip[0] - dx / length * _ARROW, tip[1] - dy / length * _ARROW
    px, py = -dy / length * 4.0, dx / length * 4.0
    return f"M{_n(tip[0])} {_n(tip[1])}L{_n(x + px)} {_n(y + py)}L{_n(x - px)} {_n(y - py)}Z"


def draw_curves(sketch: Sketch, boxes: tuple[Box, ...]) -> tuple[tuple[Route, ...], list[Curve]]:
    """The line of each link, cut at the boxes it joins, and the curves themselves."""
    routes, curves = [], []
    for link in sketch.links:
        curve = find_curve(boxes, link.source, link.target)
        start = _leave(boxes[link.source], curve, backwards=False, depth=_HIDDEN)
        end = _leave(boxes[link.target], curve, backwards=True, depth=0.0 if link.directed else _HIDDEN)
        curve = _cut(curve, start, end)
        curves.append(curve)
        (x1, y1), (mx, my), (x2, y2) = curve
        line = f"M{_n(x1)} {_n(y1)}Q{_n(mx)} {_n(my)} {_n(x2)} {_n(y2)}"
        routes.append(Route(line, _arrow((x2, y2), (mx, my)) if link.directed else ""))
    return tuple(routes), curves


def _touch(one: Area, other: Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def place_tags(sketch: Sketch, boxes: tuple[Box, ...], curves: list[Curve]) -> tuple[Tag, ...]:
    """The labels that find room on their line without touching a box or another label."""
    taken: list[Area] = [(b.x - b.width / 2, b.y - b.height / 2, b.x + b.width / 2, b.y + b.height / 2) for b in boxes]
    tags = []
    for i, (link, curve) in enumerate(zip(sketch.links, curves, strict=True)):
        text = clean_text(link.label)[:_MAX_TAG_CHARS]
        width = measure_text(text, TAG_SIZE)
        for t in _PLACES if text else ():
            x, y = find_point(curve, t)
            area = (x - width / 2 - 3, y - 8, x + width / 2 + 3, y + 8)
            if not any(_touch(area, other) for other in taken):
                taken.append(area)
                tags.append(Tag(text, x, y, width, (i,)))
                break
    return tuple(tags)
