"""A network as plain records in a fixed order: what every drawing and exchange format starts from."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.model import RenderError
from kg.render.kinds import KINDS
from kg.render.wrapping import clean_text

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Node:
    """A node: `id` is "n1", "n2", ... in the order of the sketch, `key` its name in the network.

    weight: number of documents that speak of it; sought: whether the topic of the map names it; title: what it is
    called in full, where the label is a short name.
    """

    id: str
    key: str
    kind: str
    label: str
    iri: str = ""
    weight: float = 1.0
    sought: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a link is said: the sentence, its document and section, how sure it is (0..1)."""

    quote: str
    document: str
    section: str
    status: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Link:
    """All edges with one label from one node to another; `source` and `target` are indexes of nodes.

    status: "asserted" if any of its sources asserts it, else "candidate".
    directed: whether it has an arrowhead; two things that merely occur together have none.
    """

    source: int
    target: int
    label: str
    status: str
    sources: tuple[Source, ...]
    directed: bool = True


@dataclass(frozen=True, slots=True)
class Sketch:
    """Nodes by kind, weight and label; links by source, target and label."""

    title: str
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]


def _read_float(value: Any, default: float | None) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return default


def _read_text(attributes: dict[str, Any], name: str) -> str:
    value = attributes.get(name)
    return "" if value is None else clean_text(str(value))


def _read_nodes(network: "nx.MultiDiGraph[Any]") -> tuple[Node, ...]:
    order = {name: rank for rank, name in enumerate(KINDS)}
    sought = set(network.graph.get("seeds", ())) if network.graph.get("topic") else set()
    rows = []
    for key, attributes in network.nodes(data=True):
        kind = _read_text(attributes, "kind") or "other"
        weight = _read_float(attributes.get("weight"), 1.0) or 0.0
        label = _read_text(attributes, "label") or clean_text(str(key)) or "(no name)"
        rows.append(
            (
                order.get(kind, len(order)),
                kind,
                -weight,
                label,
                str(key),
                _read_text(attributes, "iri"),
                _read_text(attributes, "title"),
            )
        )
    rows.sort()
    return tuple(
        Node(f"n{i}", key, kind, label, iri, -weight, key in sought, title)
        for i, (_, kind, weight, label, key, iri, title) in enumerate(rows, start=1)
    )


def _read_titles(network: "nx.MultiDiGraph[Any]") -> dict[str, str]:
    """Document -> title: of the documents the network was cut out of, and of those in it."""
    titles = {str(iri): clean_text(str(title)) for iri, title in network.graph.get("documents", {}).items()}
    for key, attributes in network.nodes(data=True):
        if attributes.get("kind") == "document":
            titles.setdefault(str(key), _read_text(attributes, "label"))
    return titles


def _read_source(attributes: dict[str, Any], titles: dict[str, str]) -> Source:
    status = "candidate" if attributes.get("status") == "candidate" else "asserted"
    confidence = _read_float(attributes.get("confidence"), None)
    document = str(attributes.get("document") or "")
    title = titles.get(document) or clean_text(document.rsplit("/", 1)[-1])
    return Source(_read_text(attributes, "quote"), title, _read_text(attributes, "section"), status, confidence)


def _sort_key(source: Source) -> tuple[bool, float, str, str, str]:
    return (source.status == "candidate", -(source.confidence or 0.0), source.document, source.section, source.quote)


def _read_links(network: "nx.MultiDiGraph[Any]", nodes: tuple[Node, ...]) -> tuple[Link, ...]:
    index = {node.key: i for i, node in enumerate(nodes)}
    titles = _read_titles(network)
    found: dict[tuple[int, int, str], set[Source]] = {}
    mutual: set[tuple[int, int, str]] = set()
    for source, target, attributes in network.edges(data=True):
        ends = index[str(source)], index[str(target)]
        if ends[0] == ends[1] or attributes.get("status") == "rejected":
            continue
        key = (*ends, _read_text(attributes, "label"))
        if attributes.get("directed") is False:
            key = (min(ends), max(ends), key[2])
            mutual.add(key)
        found.setdefault(key, set()).add(_read_source(attributes, titles))
    links = []
    for key, sources in sorted(found.items()):
        status = "asserted" if any(s.status == "asserted" for s in sources) else "candidate"
        links.append(Link(*key, status, tuple(sorted(sources, key=_sort_key)), key not in mutual))
    return tuple(links)


def to_sketch(network: "nx.MultiDiGraph[Any]") -> Sketch:
    """The network as records; parallel edges with one label become one link with several sources.

    Its graph attributes may hold `title` or `topic`, `seeds` (nodes the topic names) and `documents` (IRI -> title).
    An edge that a person has rejected is left out.
    Raises RenderError if the network has no node.
    """
    if network.number_of_nodes() == 0:
        raise RenderError("There is nothing to draw: the network is empty. Try a broader topic, or 'kg search TEXT'.")
    nodes = _read_nodes(network)
    facts = dict(network.graph)
    return Sketch(_read_text(facts, "title") or _read_text(facts, "topic"), nodes, _read_links(network, nodes))
