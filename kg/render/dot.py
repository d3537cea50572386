"""A network in the DOT language, for Graphviz.

Source: The DOT Language, graphviz.org.
"""

from typing import TYPE_CHECKING, Any

from kg.render.kinds import get_kind, get_relation
from kg.render.numbers import MADE_BY_KG
from kg.render.sketch import Link, Node, to_sketch
from kg.render.wrapping import wrap_label

if TYPE_CHECKING:
    import networkx as nx

MEDIA_TYPE = "text/vnd.graphviz"
_SHAPES = {"octagon": "octagon", "pill": "oval", "page": "note", "hexagon": "hexagon", "slant": "parallelogram"}
_SHAPES |= {"pointer": "cds", "ribbon": "component", "rounded": "box"}


def render(value: "nx.MultiDiGraph[Any]") -> bytes:
    """A digraph with the map's colours; candidates dashed. Raises RenderError if the network is empty."""
    sketch = to_sketch(value)
    lines = [
        f"// {MADE_BY_KG}",
        "digraph map {",
        '  graph [rankdir=LR, charset="UTF-8"];' if not sketch.title else _write_title(sketch.title),
        '  node [style=filled, fontname="Arial", fontsize=11];',
        '  edge [fontname="Arial", fontsize=9];',
        *(f"  {_write_node(node)}" for node in sketch.nodes),
        *(f"  {_write_link(link, sketch.nodes)}" for link in sketch.links),
        "}",
        "",
    ]
    return "\n".join(lines).encode()


def _quote(*lines: str) -> str:
    return '"' + "\\n".join(line.replace("\\", "\\\\").replace('"', '\\"') for line in lines) + '"'


def _write_title(title: str) -> str:
    return f'  graph [rankdir=LR, charset="UTF-8", labelloc=t, fontname="Arial", label={_quote(title)}];'


def _write_node(node: Node) -> str:
    kind = get_kind(node.kind)
    style = ', style="filled,rounded"' if kind.shape == "rounded" else ""
    ink = f'fillcolor="{kind.light.fill}", color="{kind.light.stroke}", fontcolor="{kind.light.text}"'
    words = f"label={_quote(*wrap_label(node.label))}, tooltip={_quote(node.label)}"
    return f"{node.id} [{words}, shape={_SHAPES.get(kind.shape, 'box')}, {ink}{style}];"


def _write_link(link: Link, nodes: tuple[Node, ...]) -> str:
    relation = get_relation(link.label)
    facts = [f"label={_quote(link.label)}", f'color="{relation.light}"', f'fontcolor="{relation.light_text}"']
    facts += ["style=dashed"] if link.status == "candidate" else []
    facts += [] if link.directed else ["dir=none"]
    return f"{nodes[link.source].id} -> {nodes[link.target].id} [{', '.join(facts)}];"
