"""The order of each column from top to bottom, with few crossings.

Sweeps by barycentre, then exchanges of neighbours, as in Gansner, Koutsofios, North and Vo 1993.
"""

from collections import defaultdict

from kg.render.layout.columns import Grid

_SWEEPS = 16

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


def _count_between(upper: list[int], lower: list[int]) -> int:
    """Crossings of the segments of two items when `upper` belongs to the one above; positions of the far ends."""
    return sum(a > b for a in upper for b in lower)


def count_crossings(layers: Layers, grid: Grid) -> int:
    """Number of pairs of segments that cross."""
    place = {item: i for layer in layers for i, item in enumerate(layer)}
    by_column: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for a, b in grid.segments():
        by_column[grid.columns[a]].append((place[a], place[b]))
    return sum(
        (a1 - a2) * (b1 - b2) < 0
        for pairs in by_column.values()
        for i, (a1, b1) in enumerate(pairs)
        for a2, b2 in pairs[i + 1 :]
    )


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
                gain = 0
                for far in (left, right):
                    ends_a, ends_b = [place[o] for o in far[a]], [place[o] for o in far[b]]
                    gain += _count_between(ends_a, ends_b) - _count_between(ends_b, ends_a)
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
    best, fewest = [list(layer) for layer in layers], count_crossings(layers, grid)
    for sweep in range(_SWEEPS):
        far = left if sweep % 2 == 0 else right
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            _sort_layer(layer, far, same, place)
        trial = [list(layer) for layer in layers]
        _exchange(trial, left, right)
        crossings = count_crossings(trial, grid)
        if crossings < fewest:
            best, fewest = trial, crossings
    return best
