"""Lines of a layered drawing: where they leave and reach the boxes, how they run, where their labels stand.

Between two columns lie three zones: labels of the left column, a fan, labels of the right column. Lines run level
through the label zones and bend only in the fan, so no line ever crosses a box or a label.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from kg.render.layout.columns import Grid
from kg.render.layout.records import MARGIN, SLOT, TAG_SIZE, Box
from kg.render.sketch import Sketch
from kg.render.wrapping import clean_text, measure_text

#: Pixels a line runs level before its arrowhead, and beside its label.
_LEAD = 16.0
_TAG_SPACE = 13.0
#: Least width of the zone where lines bend.
_FAN = 28.0
_MAX_TAG_CHARS = 24

#: node, side (1 right, -1 left), "out" or "in", label, status
SlotKey = tuple[int, int, str, str, str]


@dataclass(slots=True)
class Ports:
    """The lines of each side of each node, gathered into slots.

    ends: for each link the keys of the slots it leaves from and arrives at. sides: slots at each side of each node.
    """

    ends: list[tuple[SlotKey, SlotKey]] = field(default_factory=list)
    members: dict[SlotKey, list[int]] = field(default_factory=lambda: defaultdict(list))
    sides: Counter[tuple[int, int]] = field(default_factory=Counter)

    def count(self, node: int) -> int:
        """The number of slots on the fuller side of a node."""
        return max(self.sides.get((node, 1), 0), self.sides.get((node, -1), 0))


def make_tag_text(label: str) -> str:
    """The label as it stands on a line, shortened if need be."""
    text = clean_text(label)
    return text if len(text) <= _MAX_TAG_CHARS else text[: _MAX_TAG_CHARS - 1].rstrip() + "…"


def measure_tag(label: str) -> float:
    """Width of a label on a line in pixels."""
    return measure_text(make_tag_text(label), TAG_SIZE)


def _loop_sides(grid: Grid) -> list[int]:
    """For each column the side its own loops run on: the one with fewer lines, outside at the first and last."""
    busy = [0] * (grid.width + 1)
    for a, _ in grid.segments():
        busy[grid.columns[a] + 1] += 1
    return [1 if busy[c + 1] < busy[c] or (busy[c + 1] == busy[c] and c > 0) else -1 for c in range(grid.width)]


def find_ports(sketch: Sketch, grid: Grid) -> Ports:
    """The slots of all nodes."""
    ports = Ports()
    loop_sides = _loop_sides(grid)
    for i, (link, chain) in enumerate(zip(sketch.links, grid.chains, strict=True)):
        start, end = grid.columns[link.source], grid.columns[link.target]
        out_side = loop_sides[start] if start == end else 1 if end > start else -1
        in_side = loop_sides[start] if start == end else -out_side
        out = (chain[0], out_side, "out", link.label, link.status)
        into = (chain[-1], in_side, "in", link.label, link.status)
        ports.ends.append((out, into))
        ports.members[out].append(i)
        ports.members[into].append(i)
    ports.sides.update(key[:2] for key in ports.members)
    return ports


@dataclass(slots=True)
class Gap:
    """Widths of the three zones between two columns, in pixels."""

    left: float = 0.0
    fan: float = 0.0
    right: float = 0.0


def _gap_of(grid: Grid, key: SlotKey) -> int:
    return grid.columns[key[0]] + (key[1] > 0)


def measure_gaps(grid: Grid, ports: Ports, centres: list[float], bend: float = 1.0) -> list[Gap]:
    """The gap left of each column, and the one right of the last; `bend` widens the zones where lines bend."""
    gaps = [Gap() for _ in range(grid.width + 1)]
    for key in ports.members:
        gap = gaps[_gap_of(grid, key)]
        room = measure_tag(key[3]) + _TAG_SPACE if key[2] == "out" and key[3] else _LEAD
        if key[1] > 0:
            gap.left = max(gap.left, room)
        else:
            gap.right = max(gap.right, room)
        gap.fan = max(gap.fan, _FAN)
    for a, b in grid.segments():
        gap = gaps[grid.columns[b]]
        gap.fan = max(gap.fan, min(_FAN + abs(centres[a] - centres[b]) * 0.13, 84.0))
    for gap in gaps[1:-1]:
        gap.left, gap.fan, gap.right = max(gap.left, 8.0), max(gap.fan, _FAN) * bend, max(gap.right, 8.0)
    return gaps


@dataclass(slots=True)
class Plan:
    """All that is known when lines are drawn.

    edges: left and right x of each column; slots: height of each slot.
    """

    sketch: Sketch
    grid: Grid
    boxes: list[Box]
    shapes: list[str]
    gaps: list[Gap]
    edges: list[tuple[float, float]]
    centres: list[float]
    slots: dict[SlotKey, float] = field(default_factory=dict)


def place_columns(widths: list[float], gaps: list[Gap]) -> list[tuple[float, float]]:
    """Left and right x of each column, the first after the outer gap and the margin."""
    edges, x = [], MARGIN
    for width, gap in zip(widths, gaps, strict=False):
        x += gap.left + gap.fan + gap.right
        edges.append((x, x + width))
        x += width
    return edges


def place_slots(ports: Ports, grid: Grid, centres: list[float], sizes: list[float]) -> dict[SlotKey, float]:
    """Height of each slot: those of one side spread around the middle of the box, in the order of their far ends."""
    sides: dict[tuple[int, int], list[tuple[float, SlotKey]]] = defaultdict(list)
    for key, links in ports.members.items():
        far = [grid.chains[i][1] if key[2] == "out" else grid.chains[i][-2] for i in links]
        sides[key[0], key[1]].append((sum(centres[item] for item in far) / len(far), key))
    slots: dict[SlotKey, float] = {}
    for (node, _), rows in sides.items():
        rows.sort()
        step = min(SLOT, (sizes[node] - 4) / len(rows))
        for i, (_, key) in enumerate(rows):
            slots[key] = centres[node] + (i - (len(rows) - 1) / 2) * step
    return slots
