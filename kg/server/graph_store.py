"""Graphs by their address: read, replaced, added to, removed.

Source: W3C SPARQL 1.1 Graph Store HTTP Protocol, section 5 (graphs named in the request).
"""

from dataclasses import replace
from itertools import islice
from typing import Any

import pyoxigraph as ox

from kg.model.errors import QueryError
from kg.server.answer import Answer
from kg.server.errors import HttpError
from kg.server.evaluation import refuse_rows, to_nodes, write_triples
from kg.server.formats import GRAPHS, refuse_formats
from kg.server.graph import Graph

#: Types of body that are taken: those whose parsers no small text can blow up.
READABLE = {"text/turtle": ox.RdfFormat.TURTLE, "application/n-triples": ox.RdfFormat.N_TRIPLES}


def read_stored_graph(graph: Graph, request: dict[str, Any]) -> Answer:
    """One graph. request: graph, its IRI or "" for the default graph; triples, the media type.

    Raises HttpError 404 if there is no such graph.
    """
    node = _find_node(request)
    if isinstance(node, ox.NamedNode) and not graph.store.contains_named_graph(node):
        raise HttpError(404, f"there is no graph <{node.value}>")
    if not request["triples"]:
        raise refuse_formats(tuple(GRAPHS)[:7])
    quads = list(islice(graph.store.quads_for_pattern(None, None, None, node), graph.limits.rows + 1))
    if len(quads) > graph.limits.rows:
        raise refuse_rows(graph.limits)
    return write_triples([quad.triple for quad in quads], request["triples"], graph.limits)


def write_stored_graph(graph: Graph, request: dict[str, Any]) -> tuple[Answer, Graph]:
    """The graph after a PUT, POST or DELETE. request: also method; text and media of the body.

    Raises HttpError 404 for a DELETE of no graph, QueryError for a body that is not what its type says.
    """
    node = _find_node(request)
    known = isinstance(node, ox.DefaultGraph) or graph.store.contains_named_graph(node)
    if request["method"] == "DELETE" and not known:
        raise HttpError(404, f"there is no graph <{request['graph']}>")
    if request["method"] in {"DELETE", "PUT"}:
        graph.store.clear_graph(node) if isinstance(node, ox.DefaultGraph) else graph.store.remove_graph(node)
    if request["method"] != "DELETE":
        if isinstance(node, ox.NamedNode):
            graph.store.add_graph(node)
        try:
            base = request["graph"] or request["base"]
            graph.store.load(request["text"], format=READABLE[request["media"]], base_iri=base, to_graph=node)
        except SyntaxError as error:
            raise QueryError(f"the body is not {request['media']}: {error}") from error
    return Answer(b"", status=204 if known else 201), replace(graph, root=None)


def _find_node(request: dict[str, Any]) -> ox.NamedNode | ox.DefaultGraph:
    return to_nodes([request["graph"]])[0] if request["graph"] else ox.DefaultGraph()
