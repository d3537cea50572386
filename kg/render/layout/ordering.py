"""The order of each column from top to bottom, with few crossings.

Sweeps by barycentre, then exchanges of neighbours, as in Gansner, Koutsofios, North and Vo 1993.
"""

from bisect import bisect_right
from collections import defaultdict

from kg.render.layout.columns import Grid

_SWEEPS = 16
#: Above this many items neighbours are exchanged in the best order only, not after every sweep.
_MANY_ITEMS = 220

Layers = list[list[int]]
Neighbours = dict[int, list[int]]


def _find_neighbours(grid: Grid) -> tuple[Neighbours, Neighbours, Neighbours]:
    """Left, right and same-column neighbours of each item."""
    left: Neighbours = defaultdict(list)
    right: Neighbours = defaultdict(list)
    same: Neighbours = defaultdict(list)
    for a, b in grid.segments():
        right[a].append(b)
        left[b].append(a)
    for a, b in grid.loops():
        same[a].append(b)
        same[b].append(a)
    return left, right, same


def _walk_components(grid: Grid) -> list[int]:
    """All items, each connected part after the other, largest first, neighbours close together."""
    near: Neighbours = defaultdict(list)
    for a, b in [*grid.segments(), *grid.loops()]:
        near[a].append(b)
        near[b].append(a)
    seen: set[int] = set()
    parts: list[list[int]] = []
    for start in range(len(grid.columns)):
        if start in seen:
            continue
        stack, part = [start], []
        seen.add(start)
        while stack:
            item = stack.pop()
            part.append(item)
            fresh = [other for other in sorted(near[item], reverse=True) if other not in seen]
            seen.update(fresh)
            stack.extend(fresh)
        parts.append(part)
    parts.sort(key=lambda part: (-len(part), part[0]))
    return [item for part in parts for item in part]


def _gain(ends_a: list[int], ends_b: list[int]) -> int:
    """Crossings that go if two neighbours change places; positions of their far ends."""
    return sum((a > b) - (a < b) for a in ends_a for b in ends_b)


def count_crossings(layers: Layers, grid: Grid) -> int:
    """Number of pairs of segments that cross."""
    place = {item: i for layer in layers for i, item in enumerate(layer)}
    by_column: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for a, b in grid.segments():
        by_column[grid.columns[a]].append((place[a], place[b]))
    return sum(_count_inversions([b for _, b in sorted(pairs)]) for pairs in by_column.values())


def _count_inversions(positions: list[int]) -> int:
    """How many pairs stand in the wrong order.

    Crossings between two layers are inversions (Barth, Juenger and Mutzel 2002).
    """
    seen: list[int] = []
    count = 0
    for position in positions:
        place = bisect_right(seen, position)
        count += len(seen) - place
        seen.insert(place, position)
    return count


def _sort_layer(layer: list[int], far: Neighbours, same: Neighbours, place: dict[int, float]) -> None:
    size = max(len(layer), 1)

    def wish(item: int) -> float:
        wishes = [place[other] for other in far[item]]
        wishes += [place[other] for other in same[item]]
        return sum(wishes) / len(wishes) if wishes else place[item]

    layer.sort(key=wish)
    for i, item in enumerate(layer):
        place[item] = (i + 0.5) / size


def _exchange(layers: Layers, left: Neighbours, right: Neighbours) -> None:
    """Exchange neighbours as long as that takes crossings away."""
    for _ in range(_SWEEPS):
        place = {item: i for layer in layers for i, item in enumerate(layer)}
        changed = False
        for layer in layers:
            for i in range(len(layer) - 1):
                a, b = layer[i], layer[i + 1]
                gain = sum(_gain([place[o] for o in far[a]], [place[o] for o in far[b]]) for far in (left, right))
                if gain > 0:
                    layer[i], layer[i + 1] = b, a
                    place[a], place[b] = i + 1, i
                    changed = True
        if not changed:
            return


def order_layers(grid: Grid) -> Layers:
    """Items of each column from top to bottom."""
    left, right, same = _find_neighbours(grid)
    layers: Layers = [[] for _ in range(grid.width)]
    for item in _walk_components(grid):
        layers[grid.columns[item]].append(item)
    place = {item: (i + 0.5) / len(layer) for layer in layers for i, item in enumerate(layer)}
    thorough = len(grid.columns) <= _MANY_ITEMS
    best, fewest = [list(layer) for layer in layers], count_crossings(layers, grid)
    for sweep in range(_SWEEPS):
        far = left if sweep % 2 == 0 else right
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            _sort_layer(layer, far, same, place)
        trial = [list(layer) for layer in layers]
        if thorough:
            _exchange(trial, left, right)
        crossings = count_crossings(trial, grid)
        if crossings < fewest:
            best, fewest = trial, crossings
    if not thorough:
        _exchange(best, left, right)
    return best
