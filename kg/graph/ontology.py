"""The Turtle files of ontology/ as one named graph of canonical N-Quads."""

import re
from pathlib import Path

import pyoxigraph as ox

from kg.graph.canonical import settle_nquads
from kg.graph.shapes import SHAPES_FILE
from kg.graph.vocabulary import find_turtle_files, parse_turtle
from kg.model import Iri

#: Stands for a node without a name while the store, which would rename it, settles the rest.
_PLACEHOLDER = "urn:x-kg-blank:"


def load_ontology_graph(folder: Path, *, graph: Iri) -> bytes:
    """Canonical N-Quads of the Turtle files of a folder but the shapes, which are about the graph and not in it.

    Nodes without a name are numbered as they appear.

    Raises ValidationError if a file is not Turtle or there is no such folder.
    """
    name = ox.NamedNode(graph)
    quads: list[ox.Quad] = []
    for number, path in enumerate(path for path in find_turtle_files(folder) if path.name != SHAPES_FILE):
        names: dict[str, ox.NamedNode] = {}
        for triple in parse_turtle(path):
            subject = triple.subject
            if isinstance(subject, ox.BlankNode):
                subject = _name_blank(subject, names, number)
            target = triple.object
            if isinstance(target, ox.BlankNode):
                target = _name_blank(target, names, number)
            quads.append(ox.Quad(subject, triple.predicate, target, name))
    settled = settle_nquads(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    lines = re.sub(rb"<urn:x-kg-blank:(n[0-9]+x[0-9]+)>", rb"_:\1", settled).splitlines(keepends=True)
    return b"".join(sorted(lines))


def _name_blank(node: ox.BlankNode, names: dict[str, ox.NamedNode], number: int) -> ox.NamedNode:
    return names.setdefault(node.value, ox.NamedNode(f"{_PLACEHOLDER}n{number}x{len(names)}"))
