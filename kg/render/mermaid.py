"""A network as a Mermaid flowchart, for Markdown pages that draw it (GitHub, GitLab, Obsidian)."""

from typing import TYPE_CHECKING, Any

from kg.render.kinds import get_kind
from kg.render.numbers import MADE_BY_KG
from kg.render.sketch import Link, Node, to_sketch

if TYPE_CHECKING:
    import networkx as nx

MEDIA_TYPE = "text/vnd.mermaid"
#: shape of a kind -> Mermaid's brackets.
_BRACKETS = {
    "octagon": ("[", "]"),
    "rounded": ("(", ")"),
    "pill": ("([", "])"),
    "hexagon": ("{{", "}}"),
    "slant": ("[/", "/]"),
    "pointer": (">", "]"),
    "ribbon": ("[[", "]]"),
}
_MAX_LABEL_CHARS = 120
_LIST_MARK_CHARS = 5


def render(value: "nx.MultiDiGraph[Any]") -> bytes:
    """The flowchart from left to right; candidates dashed. Raises RenderError if the network is empty."""
    sketch = to_sketch(value)
    lines = [f"%% {MADE_BY_KG}", "flowchart LR"]
    lines += [f"  {_write_node(node)}" for node in sketch.nodes]
    lines += [f"  {_write_link(link, sketch.nodes)}" for link in sketch.links]
    for name in dict.fromkeys(get_kind(node.kind).name for node in sketch.nodes):
        ink = get_kind(name).light
        lines.append(f"  classDef {name} fill:{ink.fill},stroke:{ink.stroke},color:{ink.text}")
    return ("\n".join(lines) + "\n").encode()


def _quote(text: str) -> str:
    """The text in quotes; what Mermaid, Markdown or HTML would read as markup becomes a character code."""
    short = text if len(text) <= _MAX_LABEL_CHARS else text[: _MAX_LABEL_CHARS - 1] + "…"
    return '"' + "".join(c if _is_plain(c, i) else f"#{ord(c)};" for i, c in enumerate(short)) + '"'


def _is_plain(character: str, place: int) -> bool:
    """Whether Mermaid shows the character as it is; "1." and "-" at the beginning would be read as a list."""
    safe = " ,:'()/" if place < _LIST_MARK_CHARS else " ,:'()/.-"
    return character.isalnum() or character in safe or ord(character) > 127


def _write_node(node: Node) -> str:
    kind = get_kind(node.kind)
    left, right = _BRACKETS.get(kind.shape, ("[", "]"))
    return f"{node.id}{left}{_quote(node.label)}{right}:::{kind.name}"


def _write_link(link: Link, nodes: tuple[Node, ...]) -> str:
    line = {(False, True): "-->", (True, True): "-.->", (False, False): "---", (True, False): "-.-"}
    arrow = line[link.status == "candidate", link.directed]
    label = f"|{_quote(link.label)}|" if link.label else ""
    return f"{nodes[link.source].id} {arrow}{label} {nodes[link.target].id}"
