"""A network in CXL, the exchange format of CmapTools.

Source: "CXL 1.0", Institute for Human and Machine Cognition, cmap.ihmc.us/xml/CXL.html.
"""

from html import escape
from typing import TYPE_CHECKING, Any

from kg.render.layout import Drawing, compute_layout
from kg.render.numbers import MADE_BY_KG
from kg.render.sketch import Sketch, to_sketch

if TYPE_CHECKING:
    import networkx as nx

MEDIA_TYPE = "application/xml"


def render(value: "nx.MultiDiGraph[Any]") -> bytes:
    """Concepts where the map has its boxes, linking phrases where it has its labels.

    As in CmapTools, all links with one label from one concept share a phrase.
    Raises RenderError if the network is empty.
    """
    sketch = to_sketch(value)
    drawing = compute_layout(sketch)
    phrases = _find_phrases(sketch, drawing)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<!-- {MADE_BY_KG} -->",
        '<cmap xmlns="http://cmap.ihmc.us/xml/cmap/" xmlns:dc="http://purl.org/dc/elements/1.1/">',
        f"  <res-meta><dc:title>{escape(sketch.title or 'Concept map', quote=False)}</dc:title></res-meta>",
        f'  <map width="{round(drawing.width)}" height="{round(drawing.height)}">',
        "    <concept-list>",
        *(f'      <concept id="{node.id}" label="{escape(node.label)}"/>' for node in sketch.nodes),
        "    </concept-list>",
        "    <linking-phrase-list>",
        *(f'      <linking-phrase id="p{i}" label="{escape(p[0])}"/>' for i, p in enumerate(phrases, start=1)),
        "    </linking-phrase-list>",
        "    <connection-list>",
        *_write_connections(sketch, phrases),
        "    </connection-list>",
        *_write_places(sketch, drawing, phrases),
        "  </map>",
        "</cmap>",
        "",
    ]
    return "\n".join(lines).encode()


#: label, x, y, the links it stands on
Phrase = tuple[str, float, float, tuple[int, ...]]


def _find_phrases(sketch: Sketch, drawing: Drawing) -> list[Phrase]:
    phrases: list[Phrase] = [
        (sketch.links[tag.links[0]].label, tag.x, tag.y, tag.links) for tag in drawing.tags if tag.links
    ]
    named = {i for phrase in phrases for i in phrase[3]}
    for i, link in enumerate(sketch.links):
        if i not in named:
            ends = drawing.boxes[link.source], drawing.boxes[link.target]
            phrases.append((link.label or "—", (ends[0].x + ends[1].x) / 2, (ends[0].y + ends[1].y) / 2, (i,)))
    return phrases


def _write_connections(sketch: Sketch, phrases: list[Phrase]) -> list[str]:
    pairs = []
    for number, (_, _, _, links) in enumerate(phrases, start=1):
        pairs.append((sketch.nodes[sketch.links[links[0]].source].id, f"p{number}"))
        pairs += [(f"p{number}", sketch.nodes[sketch.links[i].target].id) for i in links]
    return [f'      <connection id="c{i}" from-id="{a}" to-id="{b}"/>' for i, (a, b) in enumerate(pairs, start=1)]


def _write_places(sketch: Sketch, drawing: Drawing, phrases: list[Phrase]) -> list[str]:
    lines = ["    <concept-appearance-list>"]
    for node, box in zip(sketch.nodes, drawing.boxes, strict=True):
        size = f'width="{round(box.width)}" height="{round(box.height)}"'
        lines.append(f'      <concept-appearance id="{node.id}" x="{round(box.x)}" y="{round(box.y)}" {size}/>')
    lines += ["    </concept-appearance-list>", "    <linking-phrase-appearance-list>"]
    for i, (_, x, y, _) in enumerate(phrases, start=1):
        lines.append(f'      <linking-phrase-appearance id="p{i}" x="{round(x)}" y="{round(y)}"/>')
    return [*lines, "    </linking-phrase-appearance-list>"]
