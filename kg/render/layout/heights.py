"""How high each item of a layered drawing lies.

Each item wants to lie level with its neighbours; within a column the best heights for given wishes and least
distances are found by pooling adjacent violators (Ayer and others 1955), column after column until nothing moves.
"""

from collections import defaultdict
from dataclasses import dataclass

from kg.render.layout.columns import Grid
from kg.render.layout.ordering import Layers

#: Least free pixels between two nodes, a node and a passing link, two passing links.
NODE_GAP = 12.0
PASS_GAP = 9.0
LINE_GAP = 6.0


@dataclass(slots=True)
class _Pool:
    total: float
    weight: float
    count: int

    @property
    def mean(self) -> float:
        """The height that suits the pool best."""
        return self.total / self.weight


def fit_column(wishes: list[float], weights: list[float], offsets: list[float], room: float) -> list[float]:
    """Heights nearest to the wishes (weighted squares) with height[i] - height[i-1] >= offsets[i] - offsets[i-1].

    offsets: heights of the items when packed as tight as may be; room: how far the whole pack may be moved down.
    """
    pools: list[_Pool] = []
    for wish, weight, offset in zip(wishes, weights, offsets, strict=True):
        pools.append(_Pool((wish - offset) * weight, weight, 1))
        while len(pools) > 1 and pools[-2].mean >= pools[-1].mean:
            last = pools.pop()
            pools[-1].total += last.total
            pools[-1].weight += last.weight
            pools[-1].count += last.count
    moved = [min(max(pool.mean, 0.0), room) for pool in pools for _ in range(pool.count)]
    return [offset + move for offset, move in zip(offsets, moved, strict=True)]


def _pack(layer: list[int], grid: Grid, sizes: list[float], spread: float) -> list[float]:
    """Centres of the items from height 0, as tight as may be; `spread` times the least distance between nodes."""
    offsets: list[float] = []
    for i, item in enumerate(layer):
        if i == 0:
            offsets.append(sizes[item] / 2)
            continue
        above = layer[i - 1]
        solid = (above < grid.nodes) + (item < grid.nodes)
        gap = (LINE_GAP, PASS_GAP, NODE_GAP * spread)[solid]
        offsets.append(offsets[-1] + (sizes[above] + sizes[item]) / 2 + gap)
    return offsets


def _find_pulls(grid: Grid) -> dict[int, list[tuple[int, float]]]:
    """For each item the items it wants to be level with, and how much; long links should run straight."""
    pulls: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for a, b in grid.segments():
        weight = (1.0, 2.0, 8.0)[(a >= grid.nodes) + (b >= grid.nodes)]
        pulls[a].append((b, weight))
        pulls[b].append((a, weight))
    for a, b in grid.loops():
        pulls[a].append((b, 0.5))
        pulls[b].append((a, 0.5))
    return pulls


@dataclass(frozen=True, slots=True)
class Effort:
    """How carefully heights are sought, and how much room there is.

    sweeps: rounds over all columns. least: height in pixels to be used at least. spread: factor on the distance of
    nodes. bend: factor on the width of the zones where lines bend.
    """

    sweeps: int = 40
    least: float = 0.0
    spread: float = 1.0
    bend: float = 1.0


def compute_heights(grid: Grid, layers: Layers, sizes: list[float], effort: Effort) -> tuple[list[float], float]:
    """The centre of each item and the height of the whole.

    sizes: height of each node; passing points have none.
    """
    sizes = sizes + [0.0] * (len(grid.columns) - grid.nodes)
    packs = [_pack(layer, grid, sizes, effort.spread) for layer in layers]
    extents = [pack[-1] + sizes[layer[-1]] / 2 for pack, layer in zip(packs, layers, strict=True)]
    height = max([*extents, effort.least])
    centres = [0.0] * len(sizes)
    for layer, pack, extent in zip(layers, packs, extents, strict=True):
        for item, offset in zip(layer, pack, strict=True):
            centres[item] = offset + (height - extent) / 2
    pulls = _find_pulls(grid)
    for sweep in range(effort.sweeps):
        for column in range(len(layers)) if sweep % 2 == 0 else range(len(layers) - 1, -1, -1):
            layer = layers[column]
            wishes, weights = [], []
            for item in layer:
                weight = sum(w for _, w in pulls[item])
                weights.append(weight or 0.01)
                wishes.append(sum(centres[o] * w for o, w in pulls[item]) / weight if weight else centres[item])
            fitted = fit_column(wishes, weights, packs[column], height - extents[column])
            for item, y in zip(layer, fitted, strict=True):
                centres[item] = y
    return centres, height
