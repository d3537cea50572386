"""Where everything of a drawing lies: the same network always gives the same coordinates."""

from kg.render.layout.layered import compute_layered
from kg.render.layout.organic import compute_organic
from kg.render.layout.records import Box, Drawing, Frame, Route, Tag
from kg.render.sketch import Sketch

__all__ = ["Box", "Drawing", "Frame", "Route", "Tag", "compute_layout"]


def compute_layout(sketch: Sketch, frame: Frame | None = None) -> Drawing:
    """A drawing of the sketch that fills the frame.

    Columns by kind from left to right; a network mostly of links within one kind (who writes with whom, which
    concepts meet) is drawn in the round instead.
    """
    frame = frame or Frame()
    kinds = [(sketch.nodes[link.source].kind, sketch.nodes[link.target].kind) for link in sketch.links]
    within = sum(a == b for a, b in kinds)
    if len(sketch.nodes) > 1 and within > 0.6 * len(kinds):
        return compute_organic(sketch, frame)
    return compute_layered(sketch, frame)
