"""Points whose distances match those along the links of a network.

Stress majorisation by sweeps over single points (Gansner, Koren and North 2004, local form), from a fixed start, in
plain Python so that every machine gives the same numbers.
"""

from collections import deque
from math import cos, hypot, sin

_SWEEPS = 150
_STOP = 1e-3
_STARTS = 6
_MANY = 30
_GOLDEN_ANGLE = 2.399963229728653

Point = tuple[float, float]


def find_components(count: int, pairs: list[tuple[int, int]]) -> list[list[int]]:
    """The connected parts of nodes 0..count-1, largest first."""
    near = _find_near(count, pairs)
    left = set(range(count))
    parts = []
    while left:
        distances = _walk(near, min(left))
        parts.append(sorted(distances))
        left -= distances.keys()
    return sorted(parts, key=lambda part: (-len(part), part))


def _find_near(count: int, pairs: list[tuple[int, int]]) -> list[list[int]]:
    near: list[set[int]] = [set() for _ in range(count)]
    for a, b in pairs:
        near[a].add(b)
        near[b].add(a)
    return [sorted(others) for others in near]


def _walk(near: list[list[int]], start: int) -> dict[int, int]:
    """Steps from one node to each that can be reached."""
    distances = {start: 0}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for other in near[node]:
            if other not in distances:
                distances[other] = distances[node] + 1
                queue.append(other)
    return distances


def place_points(count: int, pairs: list[tuple[int, int]], *, step: float) -> list[Point]:
    """A point for each node of a connected network, neighbours about `step` apart.

    The best of a few starts: the one in which the fewest lines cross.
    """
    starts = (_settle(count, pairs, step=step, turn=turn) for turn in range(_STARTS if count <= _MANY else 2))
    return min(starts, key=lambda points: count_crossings(points, pairs))


def count_crossings(points: list[Point], pairs: list[tuple[int, int]]) -> int:
    """How many pairs of straight lines between points cross."""
    return sum(
        len({*one, *other}) == 4 and _cross([points[i] for i in (*one, *other)])
        for i, one in enumerate(pairs)
        for other in pairs[i + 1 :]
    )


def _cross(ends: list[Point]) -> bool:
    a, b, c, d = ends
    return _side(a, b, c) != _side(a, b, d) and _side(c, d, a) != _side(c, d, b)


def _side(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])


def _settle(count: int, pairs: list[tuple[int, int]], *, step: float, turn: int) -> list[Point]:
    near = _find_near(count, pairs)
    distances = [_walk(near, node) for node in range(count)]
    order = sorted(range(count), key=lambda i: (sum(distances[i].values()), i))
    points: list[Point] = [(0.0, 0.0)] * count
    for place, node in enumerate(order):
        radius = step * (place**0.5)
        angle = (place + turn) * (_GOLDEN_ANGLE + turn)
        points[node] = (radius * cos(angle), radius * sin(angle))
    for _ in range(_SWEEPS):
        moved = max(_move(points, node, distances[node], step) for node in order)
        if moved < _STOP * step:
            break
    return points


def _move(points: list[Point], node: int, distances: dict[int, int], step: float) -> float:
    """Move one point to where its own stress is least; how far it moved."""
    x, y = points[node]
    total = sum_x = sum_y = 0.0
    for other, distance in distances.items():
        if other == node:
            continue
        weight = 1.0 / distance**2
        dx, dy = x - points[other][0], y - points[other][1]
        reach = distance * step / (hypot(dx, dy) or 1e-9)
        total += weight
        sum_x += weight * (points[other][0] + dx * reach)
        sum_y += weight * (points[other][1] + dy * reach)
    if not total:
        return 0.0
    points[node] = (sum_x / total, sum_y / total)
    return hypot(points[node][0] - x, points[node][1] - y)
