"""A network as one interactive page that works offline: a concept map with the sentence behind every link.

The page asks no other host for anything: scripts and styles stand in it, and its Content-Security-Policy lets only
these scripts run. Texts of documents travel as JSON and reach the page as text only, never as markup.
"""

import base64
import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from kg.render.kinds import KINDS, OTHER_KIND, Kind, get_kind, get_relation
from kg.render.layout import Drawing, Frame, compute_layout
from kg.render.map_svg import render_sketch
from kg.render.map_vis import to_vis
from kg.render.resources import make_environment, read_asset
from kg.render.shapes import SHAPES
from kg.render.sketch import Link, Sketch, to_sketch
from kg.render.strokes import find_strokes

if TYPE_CHECKING:
    import networkx as nx

MEDIA_TYPE = "text/html"
_VIS = "vis-network-10.1.5.min.js"


def render(value: "nx.MultiDiGraph[Any]") -> bytes:
    """The network as a page, UTF-8; the same network always gives the same bytes.

    Raises RenderError if the network is empty.
    """
    sketch = to_sketch(value)
    drawing = compute_layout(sketch, Frame())
    scripts = {"vis": read_asset(_VIS), "script": read_asset("map.js")}
    page = (
        make_environment()
        .from_string(read_asset("map.html.j2"))
        .render(
            title=sketch.title or "Concept map",
            counts=_say_counts(sketch),
            kinds=_list_kinds(sketch),
            relations=_list_relations(sketch),
            candidates=sum(link.status == "candidate" for link in sketch.links),
            style=read_asset("map.css"),
            hashes=" ".join(f"'sha256-{_hash(text)}'" for text in scripts.values()),
            data=to_script_json(_gather(sketch, drawing)),
            drawing=render_sketch(sketch, drawing),
            sketch=sketch,
            **scripts,
        )
    )
    return page.encode()


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def to_script_json(value: Any) -> str:
    """JSON in ASCII that may stand inside a script element: no "<", ">" or "&" in it."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _say_counts(sketch: Sketch) -> str:
    """What is on the map in words: "12 dilemmas, 1 remedy"."""
    counts = Counter(node.kind for node in sketch.nodes)
    words = []
    for kind, count in counts.items():
        known = get_kind(kind)
        words.append(f"{count} {known.name if count == 1 else known.plural}")
    return ", ".join(words)


def _list_kinds(sketch: Sketch) -> list[dict[str, Any]]:
    """The kinds on the map for the legend, each with its outline and its colours."""
    counts = Counter(node.kind if node.kind in KINDS else OTHER_KIND.name for node in sketch.nodes)
    kinds = [get_kind(name) for name in counts]
    return [
        {"name": kind.name, "plural": kind.plural, "count": counts[kind.name], "path": SHAPES[kind.shape](30, 16)}
        for kind in kinds
    ]


def _list_relations(sketch: Sketch) -> list[dict[str, Any]]:
    """The relations whose look the legend explains."""
    found = sorted({(link.label, link.status == "candidate") for link in sketch.links if get_relation(link.label).said})
    return [{"label": label, "dashed": dashed, "slug": label.replace(" ", "-")} for label, dashed in found]


def _gather(sketch: Sketch, drawing: Drawing) -> dict[str, Any]:
    """All the page's script needs to draw and to tell."""
    strokes = find_strokes(sketch, drawing)
    shown = {get_kind(node.kind).name: get_kind(node.kind) for node in sketch.nodes}
    return {
        "vis": to_vis(sketch, drawing),
        "size": [round(drawing.width, 1), round(drawing.height, 1)],
        "kinds": [_show_kind(kind) for kind in shown.values()],
        "nodes": [
            {
                "id": node.id,
                "kind": get_kind(node.kind).name,
                "label": node.label,
                "title": node.title,
                "iri": node.iri,
                "sought": node.sought,
                "lines": box.lines,
                "width": round(box.width, 1),
                "height": round(box.height, 1),
                "path": SHAPES[get_kind(node.kind).shape](box.width, box.height),
            }
            for node, box in zip(sketch.nodes, drawing.boxes, strict=True)
        ],
        "links": [
            {**_show_link(link), "line": route.line, "arrow": route.arrow, "strokes": own}
            for link, route, own in zip(sketch.links, drawing.routes, strokes.links, strict=True)
        ],
        "strokes": strokes.paths,
        "tags": [
            {
                "text": tag.text,
                "x": round(tag.x, 1),
                "y": round(tag.y, 1),
                "width": round(tag.width, 1),
                "links": tag.links,
            }
            for tag in drawing.tags
        ],
    }


def _show_kind(kind: Kind) -> dict[str, Any]:
    inks = {"light": kind.light, "dark": kind.dark}
    return {
        "name": kind.name,
        "plural": kind.plural,
        **{theme: {"fill": ink.fill, "stroke": ink.stroke, "text": ink.text} for theme, ink in inks.items()},
    }


def _show_link(link: Link) -> dict[str, Any]:
    relation = get_relation(link.label)
    return {
        "source": link.source,
        "target": link.target,
        "label": link.label,
        "candidate": link.status == "candidate",
        "strokeWidth": relation.width,
        "light": {"stroke": relation.light, "text": relation.light_text},
        "dark": {"stroke": relation.dark, "text": relation.dark_text},
        "sources": [
            {
                "quote": source.quote,
                "document": source.document,
                "section": source.section,
                "status": source.status,
                "confidence": source.confidence,
            }
            for source in link.sources
        ],
    }
