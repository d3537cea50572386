"""A network as JSON Canvas, which Obsidian opens as a board of cards.

Source: JSON Canvas 1.0, jsoncanvas.org.
"""

import json
from typing import TYPE_CHECKING, Any

from kg.render.kinds import get_kind
from kg.render.layout import Box, compute_layout
from kg.render.markup import escape_markdown
from kg.render.numbers import MADE_BY_KG
from kg.render.sketch import Link, Node, to_sketch

if TYPE_CHECKING:
    import networkx as nx

MEDIA_TYPE = "application/json"
#: Cards need more room than boxes: Obsidian's text is larger.
_SCALE = 1.6


def render(value: "nx.MultiDiGraph[Any]") -> bytes:
    """Cards where the map has its boxes, and the links between them. Raises RenderError if the network is empty."""
    sketch = to_sketch(value)
    boxes = compute_layout(sketch).boxes
    board = {
        "generator": MADE_BY_KG,
        "nodes": [_make_card(node, box) for node, box in zip(sketch.nodes, boxes, strict=True)],
        "edges": [_make_edge(i, link, sketch.nodes, boxes) for i, link in enumerate(sketch.links, start=1)],
    }
    return (json.dumps(board, ensure_ascii=False, indent=1) + "\n").encode()


def _make_card(node: Node, box: Box) -> dict[str, Any]:
    width, height = round(box.width * _SCALE), round(box.height * _SCALE)
    return {
        "id": node.id,
        "type": "text",
        "text": escape_markdown(node.label),
        "x": round(box.x * _SCALE) - width // 2,
        "y": round(box.y * _SCALE) - height // 2,
        "width": width,
        "height": height,
        "color": get_kind(node.kind).light.stroke,
    }


def _make_edge(number: int, link: Link, nodes: tuple[Node, ...], boxes: tuple[Box, ...]) -> dict[str, Any]:
    dx = boxes[link.target].x - boxes[link.source].x
    sides = ("right", "left") if dx > 1 else ("left", "right") if dx < -1 else ("right", "right")
    label = link.label + (" (candidate)" if link.status == "candidate" else "")
    return {
        "id": f"e{number}",
        "fromNode": nodes[link.source].id,
        "fromSide": sides[0],
        "toNode": nodes[link.target].id,
        "toSide": sides[1],
        "toEnd": "arrow" if link.directed else "none",
        "label": label,
    }
