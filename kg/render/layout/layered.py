"""A drawing in columns: the best of several widths of label and heights of column."""

from dataclasses import dataclass

from kg.render.kinds import get_kind
from kg.render.layout.columns import Grid, assign_columns, make_grid
from kg.render.layout.heights import NODE_GAP, Effort, compute_heights
from kg.render.layout.lines import draw_routes, draw_tags
from kg.render.layout.measure import measure_node
from kg.render.layout.ordering import Layers, count_crossings, order_layers
from kg.render.layout.records import MARGIN, Box, Drawing, Frame
from kg.render.layout.routing import Plan, Ports, find_ports, measure_gaps, place_columns, place_slots
from kg.render.sketch import Sketch

_LABEL_CHARS = (18, 22, 26)
_ROUGH, _CAREFUL = Effort(sweeps=6), Effort()
_MAX_SPREAD = 2.2
_MAX_BEND = 2.5
_COLUMN_ROWS = (5, 6, 7, 8, 9, 10, 12, 14, 17, 20, 25, 30, 1000)


@dataclass(frozen=True, slots=True)
class _Trial:
    grid: Grid
    layers: Layers
    ports: Ports
    crossings: int


def _make_trials(sketch: Sketch) -> list[_Trial]:
    trials, seen = [], set()
    for deep in (True, False):
        for rows in _COLUMN_ROWS:
            columns = assign_columns(sketch, rows=rows, deep=deep)
            if tuple(columns) in seen:
                continue
            seen.add(tuple(columns))
            grid = make_grid(sketch, columns)
            layers = order_layers(grid)
            trials.append(_Trial(grid, layers, find_ports(sketch, grid), count_crossings(layers, grid)))
    return trials


def _plan(sketch: Sketch, trial: _Trial, chars: int, effort: Effort = _CAREFUL) -> tuple[Plan, float, float]:
    """Everything placed, with the width and height of the whole."""
    grid, ports = trial.grid, trial.ports
    boxes = [measure_node(n.label, n.kind, chars=chars, slots=ports.count(i)) for i, n in enumerate(sketch.nodes)]
    widths = [
        max((b.width for b, c in zip(boxes, grid.columns, strict=False) if c == k), default=0.0)
        for k in range(grid.width)
    ]
    centres, height = compute_heights(grid, trial.layers, [box.height for box in boxes], effort)
    centres = [y + MARGIN for y in centres]
    gaps = measure_gaps(grid, ports, centres, effort.bend)
    edges = place_columns(widths, gaps)
    placed = []
    for i, box in enumerate(boxes):
        left, right = edges[grid.columns[i]]
        width = right - left if get_kind(sketch.nodes[i].kind).column in (1, 2, 3) else box.width
        placed.append(Box((left + right) / 2, centres[i], width, box.height, box.lines))
    plan = Plan(sketch, grid, placed, [get_kind(n.kind).shape for n in sketch.nodes], gaps, edges, centres)
    plan.slots = place_slots(ports, grid, centres, [box.height for box in boxes])
    last = gaps[-1]
    return plan, edges[-1][1] + last.left + last.fan + last.right + MARGIN, height + 2 * MARGIN


def _rate(plan: Plan, crossings: int, scale: float) -> float:
    cut = sum(box.lines[-1].endswith("…") for box in plan.boxes) / len(plan.boxes)
    return scale * (1 - 0.4 * cut) / (1 + crossings / (40 + 4 * len(plan.boxes)))


def _choose(sketch: Sketch, frame: Frame) -> tuple[_Trial, int]:
    """The trial and the label width that rate best."""
    rated = []
    for i, trial in enumerate(_make_trials(sketch)):
        for chars in _LABEL_CHARS:
            plan, width, height = _plan(sketch, trial, chars, _ROUGH)
            rated.append((-round(_rate(plan, trial.crossings, frame.scale(width, height)), 4), i, chars, trial))
    _, _, chars, trial = min(rated, key=lambda row: row[:3])
    return trial, chars


def _use_room(plan: Plan, trial: _Trial, frame: Frame, size: tuple[float, float]) -> Effort | None:
    """How the frame's free room is used: nodes further apart where there is height, softer bends in the width."""
    width, height = size
    room = width * frame.height / frame.width - height
    if room > 0:
        gaps = max(sum(item < trial.grid.nodes for item in layer) for layer in trial.layers)
        spread = min(1 + room / (gaps * NODE_GAP), _MAX_SPREAD)
        return Effort(least=height - 2 * MARGIN + min(room, 0.3 * height), spread=spread)
    bends = sum(gap.fan for gap in plan.gaps[1:-1])
    room = height * frame.width / frame.height - width
    return Effort(bend=min(1 + room / bends, _MAX_BEND)) if room > 0 and bends else None


def compute_layered(sketch: Sketch, frame: Frame) -> Drawing:
    """The drawing in columns that shows its labels largest, uncut and with few crossings in the frame."""
    trial, chars = _choose(sketch, frame)
    plan, width, height = _plan(sketch, trial, chars)
    effort = _use_room(plan, trial, frame, (width, height))
    if effort:
        plan, width, height = _plan(sketch, trial, chars, effort)
    return Drawing(width, height, tuple(plan.boxes), draw_routes(plan, trial.ports), draw_tags(plan, trial.ports))
