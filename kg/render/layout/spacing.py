"""Boxes moved apart until none touches another, and parts of a drawing set side by side."""

from kg.render.layout.records import Box
from kg.render.layout.stress import Point

_ROUNDS = 400
_GROWTH = 1.06


def separate(points: list[Point], sizes: list[tuple[float, float]], *, gap: float) -> list[Point]:
    """The points moved as little as may be so that boxes of these sizes around them are `gap` pixels apart.

    Pairs that touch are pushed apart on the shorter way; after some rounds the whole is stretched as well, so that
    it always ends.
    """
    moved = [list(point) for point in points]
    for turn in range(_ROUNDS):
        if not _push_all(moved, sizes, gap):
            break
        if turn % 20 == 19:
            for point in moved:
                point[0] *= _GROWTH
                point[1] *= _GROWTH
    return [(x, y) for x, y in moved]


def _push_all(points: list[list[float]], sizes: list[tuple[float, float]], gap: float) -> bool:
    pushed = False
    for i, one in enumerate(points):
        for j in range(i + 1, len(points)):
            other = points[j]
            dx, dy = other[0] - one[0], other[1] - one[1]
            over_x = (sizes[i][0] + sizes[j][0]) / 2 + gap - abs(dx)
            over_y = (sizes[i][1] + sizes[j][1]) / 2 + gap - abs(dy)
            if over_x <= 0.01 or over_y <= 0.01:
                continue
            pushed = True
            axis, over, way = (0, over_x, dx) if over_x < over_y else (1, over_y, dy)
            half = (over / 2 + 0.01) * (1 if way >= 0 else -1)
            one[axis] -= half
            other[axis] += half
    return pushed


def pack_parts(parts: list[list[Box]], *, aspect: float, gap: float) -> list[list[Box]]:
    """The parts set in rows, so that the whole is about `aspect` times as wide as high, from (0, 0)."""
    frames = [_frame(part) for part in parts]
    area = sum((right - left + gap) * (bottom - top + gap) for left, top, right, bottom in frames)
    limit = max([(area * aspect) ** 0.5, *(right - left for left, _, right, _ in frames)])
    x = y = row = 0.0
    packed = []
    for part, (left, top, right, bottom) in zip(parts, frames, strict=True):
        if x and x + right - left > limit:
            x, y, row = 0.0, y + row + gap, 0.0
        packed.append([Box(b.x - left + x, b.y - top + y, b.width, b.height, b.lines) for b in part])
        x, row = x + right - left + gap, max(row, bottom - top)
    return packed


def _frame(part: list[Box]) -> tuple[float, float, float, float]:
    return (
        min(b.x - b.width / 2 for b in part),
        min(b.y - b.height / 2 for b in part),
        max(b.x + b.width / 2 for b in part),
        max(b.y + b.height / 2 for b in part),
    )
