"""Store -> network of everything that can stand on a map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.model import expand_curie

if TYPE_CHECKING:
    import networkx as nx

#: class -> kind of node; the first that fits is taken.
NODE_CLASSES = {
    "dg:Dilemma": "dilemma",
    "dg:Remedy": "remedy",
    "dg:Document": "document",
    "dg:Case": "case",
    "fabio:Policy": "policy",
    "schema:Country": "place",
    "schema:AdministrativeArea": "place",
    "schema:City": "place",
    "schema:Place": "place",
    "foaf:Person": "author",
    "org:Organization": "author",  # no link leads to one but that of a document it wrote
    "skos:Concept": "concept",
}
#: predicate -> phrase on the edge, and whether the edge is read from object to subject.
PHRASES: dict[str, tuple[str, bool]] = {
    "dg:addresses": ("addresses", False),
    "dg:mayAddress": ("may address", False),
    "dg:causes": ("causes", False),
    "dg:hinders": ("hinders", False),
    "dg:illustrates": ("illustrates", False),
    "dg:mentions": ("mentions", False),
    "dg:type": ("is a kind of", False),
    "dcterms:creator": ("wrote", True),
    "dcterms:subject": ("is about", False),
    "dcterms:spatial": ("is in", False),
    "skos:broader": ("is part of", False),
    "cito:cites": ("cites", False),
}
#: predicate of a stretch -> phrase between its document and what it states or may state, and how sure that is.
SAYINGS: dict[str, tuple[str, str]] = {
    "dg:states": ("states", "asserted"),
    "dg:mayState": ("may state", "candidate"),
}
_LABELS = ("skos:prefLabel", "dcterms:title", "foaf:name", "rdfs:label")
#: Predicates that also hold without a sentence: between concepts of a scheme, between documents of the corpus.
_PLAIN_EDGES = {"skos:broader": "is a kind of", "skos:related": "is related to", "cito:cites": "cites"}


def build_network(store: ox.Store) -> nx.MultiDiGraph[str]:
    """Every dilemma, remedy, document, author, concept in use, place, technology, case and policy, with their links."""
    import networkx as nx

    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    kinds, labels = _find_kinds(store), _find_labels(store)
    network.add_nodes_from(sorted(iri for iri, kind in kinds.items() if kind in {"dilemma", "remedy", "document"}))
    for source, target, facts in (*_find_edges(store), *_find_stated(store)):
        if source in kinds and target in kinds and source != target:
            network.add_edge(source, target, **facts)
    network.remove_nodes_from(_find_lonely_doubts(network, kinds))
    network.add_edges_from(list(_find_plain_edges(store, kinds, in_use=set(network))))
    documents = _count_documents(network)
    for iri, node in network.nodes(data=True):
        label = labels.get(iri) or iri.rsplit("/", 1)[-1]
        node.update(kind=kinds[iri], label=label, iri=iri, weight=max(1, len(documents[iri])))
    return network


def _find_kinds(store: ox.Store) -> dict[str, str]:
    kinds: dict[str, str] = {}
    for curie, kind in NODE_CLASSES.items():
        for iri, _ in find_pairs(store, "rdf:type", _node(curie)):
            kinds.setdefault(iri, kind)
    for iri, kind in kinds.items():
        if kind == "concept" and "/technology/" in iri:
            kinds[iri] = "technology"
    for iri, scheme in find_pairs(store, "skos:inScheme"):
        if scheme.value.endswith(("#technologies", "/technologies")):
            kinds[iri] = "technology"
    return kinds


def _find_labels(store: ox.Store) -> dict[str, str]:
    """The label of each thing: English first, then the one that sorts first, so that every order gives the same."""
    found: dict[str, str] = {}
    for curie in _LABELS:
        labels: dict[str, list[tuple[bool, str]]] = defaultdict(list)
        for iri, label in find_pairs(store, curie):
            if isinstance(label, ox.Literal):
                labels[iri].append((label.language not in (None, "en"), label.value))
        for iri, choices in labels.items():
            found.setdefault(iri, min(choices)[1])
    return found


def _find_edges(store: ox.Store) -> Iterator[tuple[str, str, dict[str, object]]]:
    phrases = {str(expand_curie(curie)): phrase for curie, phrase in PHRASES.items()}
    for row in _ask(store, "edges.rq"):
        phrase, turned = phrases[row["predicate"].value]
        ends = row["subject"].value, row["object"].value
        source, target = reversed(ends) if turned else ends
        yield source, target, _describe(row, phrase, row["status"].value)


def _find_stated(store: ox.Store) -> Iterator[tuple[str, str, dict[str, object]]]:
    sayings = {str(expand_curie(curie)): said for curie, said in SAYINGS.items()}
    for row in _ask(store, "spans.rq"):
        phrase, status = sayings[row["says"].value]
        yield row["document"].value, row["thing"].value, _describe(row, phrase, status)


def _find_lonely_doubts(network: nx.MultiDiGraph[str], kinds: dict[str, str]) -> list[str]:
    """Dilemmas and remedies that documents only may state, and that nothing is linked to: to review, not to draw."""
    phrases: dict[str, set[str]] = defaultdict(set)
    for source, target, facts in network.edges(data=True):
        phrases[source].add(facts["label"])
        phrases[target].add(facts["label"])
    may_state, is_a_kind_of = SAYINGS["dg:mayState"][0], PHRASES["dg:type"][0]
    return [
        iri
        for iri, found in phrases.items()
        if kinds[iri] in {"dilemma", "remedy"} and may_state in found and found <= {may_state, is_a_kind_of}
    ]


def _find_plain_edges(
    store: ox.Store, kinds: dict[str, str], *, in_use: set[str]
) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Edges without a sentence, each once: between documents, and from a concept in use to what it belongs to."""
    plain = {"quote": "", "document": "", "section": "", "status": "asserted", "confidence": 1.0}
    for curie, phrase in _PLAIN_EDGES.items():
        pairs = {(source, target.value) for source, target in find_pairs(store, curie) if source in in_use}
        for source, target in sorted(pairs):
            joined = {kinds.get(source, ""), kinds.get(target, "")} <= {"concept", "technology", "place", "document"}
            if joined and (target in in_use or curie == "skos:broader"):
                yield source, target, {"label": phrase, **plain}


def _describe(row: ox.QuerySolution, phrase: str, status: str) -> dict[str, object]:
    section = row["section"]
    return {
        "label": phrase,
        "quote": row["quote"].value,
        "document": row["document"].value,
        "section": section.value if section else "",
        "status": status,
        "confidence": float(row["confidence"].value),
    }


def _count_documents(network: nx.MultiDiGraph[str]) -> dict[str, set[str]]:
    """Node -> the documents whose text an edge at that node comes from."""
    documents: dict[str, set[str]] = defaultdict(set)
    for source, target, facts in network.edges(data=True):
        if facts["document"]:
            documents[source].add(facts["document"])
            documents[target].add(facts["document"])
    return documents


def _ask(store: ox.Store, name: str) -> Iterator[ox.QuerySolution]:
    text = files("kg.query.network").joinpath(name).read_text(encoding="utf-8")
    solutions = store.query(text)
    assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 the files hold SELECT queries
    yield from solutions


def find_pairs(
    store: ox.Store, curie: str, target: ox.NamedNode | None = None
) -> Iterator[tuple[str, ox.NamedNode | ox.Literal]]:
    """(subject, object) of every triple with this predicate and, if given, this object, once for every graph."""
    for quad in store.quads_for_pattern(None, _node(curie), target, None):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            yield quad.subject.value, quad.object


def _node(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand_curie(curie))
