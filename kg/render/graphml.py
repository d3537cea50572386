"""A network as GraphML, for Gephi, Cytoscape, yEd, igraph and networkx.

Source: GraphML 1.1, graphml.graphdrawing.org.
"""

from html import escape
from typing import TYPE_CHECKING, Any

from kg.render.layout import compute_layout
from kg.render.numbers import MADE_BY_KG, format_number
from kg.render.sketch import Link, Source, to_sketch

if TYPE_CHECKING:
    import networkx as nx

MEDIA_TYPE = "application/graphml+xml"
_NODE_KEYS = {"label": "string", "kind": "string", "iri": "string", "weight": "double", "x": "double", "y": "double"}
_EDGE_KEYS = {
    "label": "string",
    "status": "string",
    "confidence": "double",
    "quote": "string",
    "document": "string",
    "section": "string",
}


def render(value: "nx.MultiDiGraph[Any]") -> bytes:
    """Nodes with their coordinates on the map; one edge for each sentence.

    Raises RenderError if the network is empty.
    """
    sketch = to_sketch(value)
    drawing = compute_layout(sketch)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<!-- {MADE_BY_KG} -->",
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ]
    for place, keys in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        for name, kind in keys.items():
            lines.append(f'  <key id="{place}-{name}" for="{place}" attr.name="{name}" attr.type="{kind}"/>')
    lines.append('  <graph id="map" edgedefault="directed">')
    for node, box in zip(sketch.nodes, drawing.boxes, strict=True):
        facts = {"label": node.label, "kind": node.kind, "iri": node.iri, "weight": format_number(node.weight)}
        facts |= {"x": format_number(box.x), "y": format_number(box.y)}
        lines += [f'    <node id="{node.id}">', *_write_facts("node", facts), "    </node>"]
    for link in sketch.links:
        ends = f'source="{sketch.nodes[link.source].id}" target="{sketch.nodes[link.target].id}"'
        for source in link.sources:
            lines += [f"    <edge {ends}>", *_write_facts("edge", _describe(link, source)), "    </edge>"]
    lines += ["  </graph>", "</graphml>", ""]
    return "\n".join(lines).encode()


def _describe(link: Link, source: Source) -> dict[str, str]:
    confidence = "" if source.confidence is None else f"{source.confidence:.4g}"
    return {
        "label": link.label,
        "status": source.status,
        "confidence": confidence,
        "quote": source.quote,
        "document": source.document,
        "section": source.section,
    }


def _write_facts(place: str, facts: dict[str, str]) -> list[str]:
    return [
        f'      <data key="{place}-{name}">{escape(text, quote=False)}</data>' for name, text in facts.items() if text
    ]
