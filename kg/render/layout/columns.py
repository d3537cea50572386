"""Which column each node stands in, and which places long links pass through.

The first steps of a layered drawing (Sugiyama, Tagawa and Toda 1981), with the layers given by what the nodes are:
who says it, the dilemma, the remedy, the context.
"""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from kg.render.kinds import get_kind
from kg.render.sketch import Link, Sketch

#: Kinds whose parts stand in a column of their own, on the side of the other one: +1 to the right, -1 to the left.
_PARTS_SIDE = {"dilemma": 1, "remedy": -1}
_LEFT_CONTEXT, _CONTEXT = 0, 4
_PART_LABELS = {"is part of", "part of"}


@dataclass(slots=True)
class Grid:
    """Nodes and the passing points of long links ("items"), each in a column.

    columns: column of each item; items 0..nodes-1 are nodes, the rest are passing points.
    chains: for each link the items it goes through, from source to target.
    """

    nodes: int
    columns: list[int]
    chains: list[tuple[int, ...]] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Number of columns."""
        return max(self.columns) + 1

    def segments(self) -> list[tuple[int, int]]:
        """Pairs of items of neighbouring columns that a link joins, left one first, each pair once."""
        pairs = {pair for chain in self.chains for pair in pairwise(chain)}
        across = {
            (a, b) if self.columns[a] < self.columns[b] else (b, a)
            for a, b in pairs
            if self.columns[a] != self.columns[b]
        }
        return sorted(across)

    def loops(self) -> list[tuple[int, int]]:
        """Pairs of nodes of one column that a link joins."""
        return sorted({(c[0], c[1]) for c in self.chains if self.columns[c[0]] == self.columns[c[-1]]})


def _find_parts(sketch: Sketch) -> set[int]:
    parts = set()
    for link in sketch.links:
        kinds = sketch.nodes[link.source].kind, sketch.nodes[link.target].kind
        if link.label in _PART_LABELS and kinds[0] == kinds[1] and kinds[0] in _PARTS_SIDE:
            parts.add(link.source)
    return parts


def _place_context(sketch: Sketch) -> list[int]:
    """The place of each node's kind; context stands left of the documents where that makes its links shorter."""
    places = [get_kind(node.kind).column for node in sketch.nodes]
    reach = [0] * len(places)
    linked: set[int] = set()
    for link in sketch.links:
        for one, other in ((link.source, link.target), (link.target, link.source)):
            if places[other] != _CONTEXT:
                reach[one] += 2 * places[other] - _CONTEXT
                linked.add(one)
    return [
        _LEFT_CONTEXT if place == _CONTEXT and reach[i] <= 0 and i in linked else place
        for i, place in enumerate(places)
    ]


def _rank_nodes(sketch: Sketch, deep: bool) -> list[int]:
    parts = _find_parts(sketch) if deep else set()
    places = _place_context(sketch)
    return [places[i] * 3 + (_PARTS_SIDE.get(node.kind, 0) if i in parts else 0) for i, node in enumerate(sketch.nodes)]


def _pull(links: tuple[Link, ...], ranks: list[int]) -> dict[int, float]:
    """How much each node is drawn to the right: -1 all its links go left, +1 all go right."""
    sides: dict[int, list[int]] = defaultdict(list)
    for link in links:
        for one, other in ((link.source, link.target), (link.target, link.source)):
            sides[one].append((ranks[other] > ranks[one]) - (ranks[other] < ranks[one]))
    return {i: sum(s) / len(s) for i, s in sides.items()}


def assign_columns(sketch: Sketch, *, rows: int, deep: bool) -> list[int]:
    """The column of each node, from 0; none empty, none with more than `rows` nodes.

    deep: parts of dilemmas and of remedies stand in columns of their own.
    """
    ranks = _rank_nodes(sketch, deep)
    pull = _pull(sketch.links, ranks)
    columns = [0] * len(ranks)
    start = 0
    for rank in sorted(set(ranks)):
        members = sorted((i for i, r in enumerate(ranks) if r == rank), key=lambda i: (pull.get(i, 0.0), i))
        parts = math.ceil(len(members) / rows)
        size = math.ceil(len(members) / parts)
        for place, i in enumerate(members):
            columns[i] = start + place // size
        start = max(columns[i] for i in members) + 1
    return columns


def _find_bundles(sketch: Sketch, columns: list[int]) -> list[tuple[str, int]]:
    """For each link whose passing points it shares: those of its source or of its target, whichever has more links.

    Only links with one label and status share, so where lines run together it is still said who speaks of what.
    """
    ways = [
        (link.label, link.status, columns[link.target] > columns[link.source])
        if abs(columns[link.target] - columns[link.source]) > 1
        else None
        for link in sketch.links
    ]
    counts: Counter[object] = Counter()
    for link, way in zip(sketch.links, ways, strict=True):
        counts.update([("source", link.source, way), ("target", link.target, way)])
    bundles = []
    for link, way in zip(sketch.links, ways, strict=True):
        by_source = counts["source", link.source, way] >= counts["target", link.target, way]
        bundles.append(("source", link.source) if by_source else ("target", link.target))
    return bundles


def make_grid(sketch: Sketch, columns: list[int]) -> Grid:
    """The grid of these columns; bundled links share their passing points."""
    grid = Grid(len(columns), list(columns))
    points: dict[tuple[tuple[str, int], str, str, int], int] = {}
    for link, bundle in zip(sketch.links, _find_bundles(sketch, columns), strict=True):
        start, end = columns[link.source], columns[link.target]
        step = 1 if end > start else -1
        chain = [link.source]
        for column in range(start + step, end, step):
            key = (bundle, link.label, link.status, column)
            if key not in points:
                points[key] = len(grid.columns)
                grid.columns.append(column)
            chain.append(points[key])
        grid.chains.append((*chain, link.target))
    return grid
