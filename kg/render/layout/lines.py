"""Path data of the lines of a layered drawing, and their labels."""

from kg.render.layout.records import Route, Tag
from kg.render.layout.routing import Plan, Ports, SlotKey, make_tag_text, measure_tag
from kg.render.numbers import format_number as _n
from kg.render.shapes import compute_inset

_ARROW = 8.0
_ARROW_HALF = 3.6
_TAG_OFFSET = 5.0


def _border(plan: Plan, key: SlotKey) -> float:
    """The x at which the outline of the slot's node is met."""
    box, y = plan.boxes[key[0]], plan.slots[key]
    inset = compute_inset(plan.shapes[key[0]], (box.width, box.height), dy=y - box.y, side=key[1])
    return box.x + key[1] * (box.width / 2 - inset)


def _zone_end(plan: Plan, column: int, side: int) -> float:
    """The x at which the label zone beside a column meets the fan."""
    left, right = plan.edges[column]
    return right + plan.gaps[column + 1].left if side > 0 else left - plan.gaps[column].right


def _curve(start: tuple[float, float], end: tuple[float, float]) -> str:
    middle = (start[0] + end[0]) / 2
    return f"C{_n(middle)} {_n(start[1])} {_n(middle)} {_n(end[1])} {_n(end[0])} {_n(end[1])}"


def make_arrow(x: float, y: float, side: int) -> str:
    """A filled triangle with its tip at (x, y), its base on the given side of it."""
    back = x + side * _ARROW
    return f"M{_n(x)} {_n(y)}L{_n(back)} {_n(y - _ARROW_HALF)}L{_n(back)} {_n(y + _ARROW_HALF)}Z"


def _draw_loop(plan: Plan, out: SlotKey, into: SlotKey) -> str:
    side, column = out[1], plan.grid.columns[out[0]]
    x, y1, y2 = _zone_end(plan, column, side), plan.slots[out], plan.slots[into]
    fan = plan.gaps[column + (side > 0)].fan
    bend = x + side * min(fan * 1.2, 14.0 + abs(y2 - y1) * 0.25)
    return f"L{_n(x)} {_n(y1)}C{_n(bend)} {_n(y1)} {_n(bend)} {_n(y2)} {_n(x)} {_n(y2)}"


def _draw_chain(plan: Plan, chain: tuple[int, ...], out: SlotKey, into: SlotKey) -> str:
    side, columns = out[1], plan.grid.columns
    here = (_zone_end(plan, columns[chain[0]], side), plan.slots[out])
    path = f"L{_n(here[0])} {_n(here[1])}"
    for item in chain[1:]:
        y = plan.slots[into] if item == chain[-1] else plan.centres[item]
        near = (_zone_end(plan, columns[item], -side), y)
        path += _curve(here, near)
        if item != chain[-1]:
            here = (_zone_end(plan, columns[item], side), y)
            path += f"L{_n(here[0])} {_n(here[1])}"
    return path


def draw_routes(plan: Plan, ports: Ports) -> tuple[Route, ...]:
    """The line and arrowhead of each link."""
    routes = []
    for chain, (out, into) in zip(plan.grid.chains, ports.ends, strict=True):
        side = into[1]
        tip = _border(plan, into)
        path = f"M{_n(_border(plan, out))} {_n(plan.slots[out])}"
        loop = plan.grid.columns[out[0]] == plan.grid.columns[into[0]]
        path += _draw_loop(plan, out, into) if loop else _draw_chain(plan, chain, out, into)
        path += f"L{_n(tip + side * _ARROW)} {_n(plan.slots[into])}"
        routes.append(Route(path, make_arrow(tip, plan.slots[into], side)))
    return tuple(routes)


def draw_tags(plan: Plan, ports: Ports) -> tuple[Tag, ...]:
    """One label beside each box for all lines with that label that leave it on that side."""
    tags = []
    for key, links in ports.members.items():
        if key[2] == "out" and key[3]:
            width = measure_tag(key[3])
            box = plan.boxes[key[0]]
            x = box.x + key[1] * (box.width / 2 + _TAG_OFFSET + width / 2)
            tags.append(Tag(make_tag_text(key[3]), x, plan.slots[key], width, tuple(links)))
    return tuple(tags)
