"""The address of a thing <-> its IRI, and the triples about it."""

from itertools import islice
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from kg.model import expand_curie
from kg.render.terms import PROJECT
from kg.server.answer import Answer
from kg.server.errors import HttpError
from kg.server.evaluation import write_triples
from kg.server.graph import Graph

#: Triples that point to a thing, beyond which they are only asked for with SPARQL.
MAX_INCOMING = 2_000
#: First parts of paths that are pages of the server, not things.
RESERVED = frozenset({"sparql", "store", "query", "search", "resource", "void", ".well-known", "assets", "editor"})


def find_address(iri: str, base: str) -> str:
    """The path at which this server shows an IRI: a short one where it lies below the base or the project's address."""
    for start in (base, PROJECT):
        rest = iri.removeprefix(start)
        first = rest.partition("/")[0]
        plain = all(part not in {"", ".", ".."} for part in rest.split("/")) and not {"#", "?"} & set(rest)
        if rest != iri and plain and first not in RESERVED:
            return "/" + quote(rest, safe="/:@!$&'()*+,;=~-._")
    return "/resource?iri=" + quote(iri, safe="")


def find_thing(graph: Graph, request: dict[str, Any]) -> ox.NamedNode:
    """The thing that a request means. request: path below the server, or iri.

    Raises HttpError 404 if the graph does not know it.
    """
    iris = [request["iri"]] if request.get("iri") else [start + request["path"] for start in (graph.base, PROJECT)]
    for iri in iris:
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            continue
        if is_known(graph, node):
            return node
    raise HttpError(404, f"the graph knows nothing of <{iris[0]}>")


def is_known(graph: Graph, node: ox.NamedNode) -> bool:
    """Whether the graph says anything about a thing, or a named graph is called so."""
    store = graph.store
    patterns = ((node, None, None, None), (None, None, node, None), (None, node, None, None))
    return store.contains_named_graph(node) or any(
        next(store.quads_for_pattern(*pattern), None) for pattern in patterns
    )


def find_terms(graph: Graph, node: ox.NamedNode) -> list[ox.NamedNode]:
    """The terms of an ontology, "…/ontology" -> each "…/ontology#…" it describes; none of anything else."""
    found = set()
    for declared in graph.store.quads_for_pattern(node, _node("rdf:type"), _node("owl:Ontology"), None):
        for quad in graph.store.quads_for_pattern(None, _node("rdf:type"), None, declared.graph_name):
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(node.value + "#"):
                found.add(quad.subject)
    return sorted(found, key=str)


def describe_triples(graph: Graph, request: dict[str, Any]) -> Answer:
    """The triples about a thing, or in a graph of that name, in the format asked for.

    request: path or iri; triples, the media type. Triples that point to it are
    limited, and a header says if there are more.
    Raises HttpError 404 if the graph does not know it.
    """
    node = find_thing(graph, request)
    store = graph.store
    triples = {
        q.triple for one in (node, *find_terms(graph, node)) for q in store.quads_for_pattern(one, None, None, None)
    }
    triples |= {quad.triple for quad in store.quads_for_pattern(None, None, None, node)}
    incoming = list(islice(store.quads_for_pattern(None, None, node, None), MAX_INCOMING + 1))
    triples |= {quad.triple for quad in incoming[:MAX_INCOMING]}
    answer = write_triples(list(triples), request["triples"], graph.limits)
    headers = {"Link": f'<{to_header(node.value)}>; rel="canonical"'}
    if len(incoming) > MAX_INCOMING:
        headers["X-Incomplete"] = f"more than {MAX_INCOMING} triples point to it; SPARQL gives all"
    return Answer(answer.body, answer.media, headers=headers)


def to_header(iri: str) -> str:
    """An IRI as a header may hold it, in ASCII."""
    return quote(iri, safe=":/?#[]@!$&'()*+,;=%~-._")


def _node(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand_curie(curie))
