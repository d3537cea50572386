"""A drawing in the round, for networks within one kind: who writes with whom, which concepts meet."""

from kg.render.layout.bows import draw_curves, place_tags
from kg.render.layout.measure import measure_node
from kg.render.layout.records import MARGIN, Box, Drawing, Frame
from kg.render.layout.spacing import pack_parts, separate
from kg.render.layout.stress import find_components, place_points
from kg.render.sketch import Sketch

_LABEL_CHARS = 20
_BOX_GAP = 22.0
_PART_GAP = 34.0
#: Pixels from a node to its neighbour, before boxes are moved apart.
_STEP = 112.0
_STEP_DENSE = 165.0
#: A box is wider than high: the drawing is stretched as much.
_STRETCH = 1.6
_MAX_TAGGED_LINKS = 90


def compute_organic(sketch: Sketch, frame: Frame) -> Drawing:
    """A drawing of each connected part by distances along links, the parts side by side."""
    sizes = [measure_node(node.label, node.kind, chars=_LABEL_CHARS) for node in sketch.nodes]
    pairs = sorted({(min(link.source, link.target), max(link.source, link.target)) for link in sketch.links})
    parts = find_components(len(sizes), pairs)
    drawn = [_draw_part(part, pairs, sizes) for part in parts]
    packed = pack_parts(drawn, aspect=frame.width / frame.height, gap=_PART_GAP)
    boxes = [sizes[0]] * len(sizes)
    for part, own in zip(parts, packed, strict=True):
        for node, box in zip(part, own, strict=True):
            boxes[node] = Box(box.x + MARGIN, box.y + MARGIN, box.width, box.height, box.lines)
    return _finish(sketch, tuple(boxes))


def _draw_part(part: list[int], pairs: list[tuple[int, int]], sizes: list[Box]) -> list[Box]:
    place = {node: i for i, node in enumerate(part)}
    own = [(place[a], place[b]) for a, b in pairs if a in place]
    density = min(len(own) / max(len(part), 1) / 3, 1.0)
    points = place_points(len(part), own, step=_STEP + (_STEP_DENSE - _STEP) * density)
    stretched = [(x * _STRETCH, y) for x, y in points]
    boxes = [sizes[node] for node in part]
    apart = separate(stretched, [(box.width, box.height) for box in boxes], gap=_BOX_GAP)
    return [Box(x, y, box.width, box.height, box.lines) for (x, y), box in zip(apart, boxes, strict=True)]


def _finish(sketch: Sketch, boxes: tuple[Box, ...]) -> Drawing:
    """Lines and labels; all moved so that lines that bow out stay inside."""
    _, curves = draw_curves(sketch, boxes)
    left = min([MARGIN, *(curve[1][0] for curve in curves)])
    top = min([MARGIN, *(curve[1][1] for curve in curves)])
    moved = tuple(Box(b.x + MARGIN - left, b.y + MARGIN - top, b.width, b.height, b.lines) for b in boxes)
    routes, curves = draw_curves(sketch, moved)
    right = max([*(box.x + box.width / 2 for box in moved), *(curve[1][0] for curve in curves)])
    bottom = max([*(box.y + box.height / 2 for box in moved), *(curve[1][1] for curve in curves)])
    tags = place_tags(sketch, moved, curves) if len(sketch.links) <= _MAX_TAGGED_LINKS else ()
    return Drawing(right + MARGIN, bottom + MARGIN, moved, routes, tags)
