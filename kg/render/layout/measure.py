"""How large the box of a node must be."""

from kg.render.kinds import get_kind
from kg.render.layout.records import FONT_SIZE, LINE_HEIGHT, SLOT, Box
from kg.render.shapes import PADDING
from kg.render.wrapping import measure_text, wrap_label

#: What a label that would be cut may use instead of the width asked for, and then instead of three lines.
_MAX_CHARS, _MAX_LINES = 28, 4
_LEAST_WIDTH = 84.0


def measure_node(label: str, kind: str, *, chars: int, slots: int = 1) -> Box:
    """A box at (0, 0) large enough for the wrapped label and for `slots` lines on one side."""
    lines = wrap_label(label, chars=chars)
    if lines[-1].endswith("…"):
        lines = wrap_label(label, chars=_MAX_CHARS)
    if lines[-1].endswith("…"):
        lines = wrap_label(label, chars=_MAX_CHARS, lines=_MAX_LINES)
    width = max(measure_text(line, FONT_SIZE) for line in lines) * 1.03 + 2 * PADDING[get_kind(kind).shape]
    height = max(len(lines) * LINE_HEIGHT + 11.0, slots * SLOT + 4.0)
    return Box(0.0, 0.0, max(width, _LEAST_WIDTH), height, lines)
