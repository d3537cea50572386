"""A network as JSON: nodes with coordinates, links with their sentences, as d3 and most scripts take them."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kg.render.layout import compute_layout
from kg.render.numbers import MADE_BY_KG
from kg.render.sketch import to_sketch

if TYPE_CHECKING:
    import networkx as nx

MEDIA_TYPE = "application/json"


def render(value: "nx.MultiDiGraph[Any]") -> bytes:
    """{"generator", "title", "nodes": [{"id", "kind", "label", "iri", "weight", "x", "y"}], "links": [...]}.

    A link has "source" and "target" (ids), "label", "status" and "sources": [{"quote", "document", "section",
    "status", "confidence"}]. Raises RenderError if the network is empty.
    """
    sketch = to_sketch(value)
    drawing = compute_layout(sketch)
    nodes = [
        {
            "id": node.id,
            "kind": node.kind,
            "label": node.label,
            "iri": node.iri,
            "weight": node.weight,
            "x": round(box.x, 1),
            "y": round(box.y, 1),
        }
        for node, box in zip(sketch.nodes, drawing.boxes, strict=True)
    ]
    links = [
        {
            "source": sketch.nodes[link.source].id,
            "target": sketch.nodes[link.target].id,
            "label": link.label,
            "status": link.status,
            "directed": link.directed,
            "sources": [asdict(source) for source in link.sources],
        }
        for link in sketch.links
    ]
    text = json.dumps(
        {"generator": MADE_BY_KG, "title": sketch.title, "nodes": nodes, "links": links}, ensure_ascii=False, indent=1
    )
    return (text + "\n").encode()
