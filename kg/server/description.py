"""What the endpoint and its data are, as triples.

Source: W3C SPARQL 1.1 Service Description; W3C note "Describing Linked Datasets with the VoID Vocabulary".
"""

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from kg.model import expand_curie
from kg.server.answer import Answer
from kg.server.evaluation import write_triples
from kg.server.formats import GRAPHS
from kg.server.graph import Graph

_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_TRIPLES = ("Turtle", "JSON-LD", "N-Triples", "RDF_XML", "N3")
_CLASSES = "SELECT ?class (COUNT(DISTINCT ?s) AS ?n) { ?s a ?class } GROUP BY ?class ORDER BY ?class"
_PROPERTIES = "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY ?p"
_TOTALS = "SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects) { ?s ?p ?o }"
_GRAPHS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
_Node = ox.NamedNode | ox.BlankNode


def describe_service(graph: Graph, request: dict[str, Any]) -> Answer:
    """The service description. request: address of the server; writable; triples, the media type."""
    found = list(_describe_endpoint(graph, request["address"], writable=request["writable"]))
    return write_triples(found, request["triples"] or next(iter(GRAPHS)), graph.limits)


def describe_dataset(graph: Graph, request: dict[str, Any]) -> Answer:
    """The VoID description of what the graph holds. request: as for describe_service."""
    found = list(_describe_data(graph, request["address"]))
    return write_triples(found, request["triples"] or next(iter(GRAPHS)), graph.limits)


def _describe_endpoint(graph: Graph, address: str, *, writable: bool) -> Iterator[ox.Triple]:
    service, dataset, default = ox.BlankNode("service"), ox.BlankNode("dataset"), ox.BlankNode("default")
    yield _say(service, "rdf:type", _node("sd:Service"))
    yield _say(service, "sd:endpoint", ox.NamedNode(address + "sparql"))
    for language in ("SPARQL10Query", "SPARQL11Query", *(["SPARQL11Update"] if writable else [])):
        yield _say(service, "sd:supportedLanguage", _node(f"sd:{language}"))
    for name in (*_RESULTS, *_TRIPLES):
        yield _say(service, "sd:resultFormat", ox.NamedNode(_FORMATS + name))
    features = [*(["UnionDefaultGraph"] if graph.union else []), *(["BasicFederatedQuery"] if graph.services else [])]
    for feature in features:
        yield _say(service, "sd:feature", _node(f"sd:{feature}"))
    yield _say(service, "sd:defaultDataset", dataset)
    yield _say(dataset, "rdf:type", _node("sd:Dataset"))
    yield _say(dataset, "sd:defaultGraph", default)
    yield _say(default, "rdf:type", _node("sd:Graph"))
    yield _say(default, "void:triples", _count(graph, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0][-1])
    for number, (name, count) in enumerate(_count(graph, _GRAPHS)):
        entry, inside = ox.BlankNode(f"named{number}"), ox.BlankNode(f"graph{number}")
        yield _say(dataset, "sd:namedGraph", entry)
        yield _say(entry, "rdf:type", _node("sd:NamedGraph"))
        yield _say(entry, "sd:name", name)
        yield _say(entry, "sd:graph", inside)
        yield _say(inside, "rdf:type", _node("sd:Graph"))
        yield _say(inside, "void:triples", count)


def _describe_data(graph: Graph, address: str) -> Iterator[ox.Triple]:
    dataset = ox.NamedNode(address + "void")
    yield _say(dataset, "rdf:type", _node("void:Dataset"))
    yield _say(dataset, "dcterms:title", ox.Literal("Knowledge graph of digital-government research", language="en"))
    yield _say(dataset, "void:sparqlEndpoint", ox.NamedNode(address + "sparql"))
    yield _say(dataset, "void:uriSpace", ox.Literal(graph.base))
    for name in _TRIPLES[:-1]:
        yield _say(dataset, "void:feature", ox.NamedNode(_FORMATS + name))
    classes, properties = _count(graph, _CLASSES), _count(graph, _PROPERTIES)
    (triples, subjects, objects), *_ = _count(graph, _TOTALS)
    counts = {"triples": triples, "distinctSubjects": subjects, "distinctObjects": objects}
    counts |= {"classes": _number(len(classes)), "properties": _number(len(properties))}
    for name, count in counts.items():
        yield _say(dataset, f"void:{name}", count)
    for kind, key, size, rows in (
        ("class", "class", "entities", classes),
        ("property", "property", "triples", properties),
    ):
        for number, (name, count) in enumerate(rows):
            part = ox.BlankNode(f"{kind}{number}")
            yield _say(dataset, f"void:{kind}Partition", part)
            yield _say(part, f"void:{key}", name)
            yield _say(part, f"void:{size}", count)


def _count(graph: Graph, query: str) -> list[tuple[Any, ...]]:
    found = graph.store.query(query, use_default_graph_as_union=graph.union)
    assert isinstance(found, ox.QuerySolutions)  # noqa: S101 a SELECT gives rows
    return [tuple(row) for row in found]


def _number(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=_node("xsd:integer"))


def _node(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand_curie(curie))


def _say(subject: _Node, curie: str, value: _Node | ox.Literal) -> ox.Triple:
    return ox.Triple(subject, _node(curie), value)
