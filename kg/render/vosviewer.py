"""A network in the JSON format of VOSviewer and VOSviewer Online.

Source: VOSviewer manual 1.6.20, section 4.5 (JSON files).
"""

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from kg.render.layout import compute_layout
from kg.render.numbers import MADE_BY_KG
from kg.render.sketch import to_sketch

if TYPE_CHECKING:
    import networkx as nx

MEDIA_TYPE = "application/json"


def render(value: "nx.MultiDiGraph[Any]") -> bytes:
    """Items with the map's coordinates, a cluster for each kind; the strength of a link is its number of sentences.

    Raises RenderError if the network is empty.
    """
    sketch = to_sketch(value)
    drawing = compute_layout(sketch)
    clusters = {kind: i for i, kind in enumerate(dict.fromkeys(node.kind for node in sketch.nodes), start=1)}
    scale = 2.0 / max(drawing.width, drawing.height)
    items = [
        {
            "id": i,
            "label": node.label,
            "description": node.kind,
            "x": round((box.x - drawing.width / 2) * scale, 4),
            "y": round((drawing.height / 2 - box.y) * scale, 4),
            "cluster": clusters[node.kind],
            "weights": {"Documents": node.weight},
        }
        for i, (node, box) in enumerate(zip(sketch.nodes, drawing.boxes, strict=True), start=1)
    ]
    strengths: Counter[tuple[int, int]] = Counter()
    for link in sketch.links:
        ends = sorted((link.source + 1, link.target + 1))
        strengths[ends[0], ends[1]] += max(len(link.sources), 1)
    links = [{"source_id": a, "target_id": b, "strength": n} for (a, b), n in sorted(strengths.items())]
    network = {"items": items, "links": links}
    info = {"title": sketch.title or "Concept map", "description": f"{MADE_BY_KG}; clusters: {', '.join(clusters)}"}
    return (json.dumps({"info": info, "network": network}, ensure_ascii=False, indent=1) + "\n").encode()
