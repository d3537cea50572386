"""What things are called, for people."""

from dataclasses import replace
from functools import cache

import pyoxigraph as ox

from kg.model import Iri, expand_curie
from kg.model.table import Cell, Table

_LABELS = ("dcterms:title", "skos:prefLabel", "foaf:name", "rdfs:label")


def find_label(store: ox.Store, iri: Iri) -> str:
    """The name of a thing, English before other languages; the end of its identifier where it has none."""
    return _find_own_label(store, iri) or iri.rstrip("/").rsplit("/", 1)[-1]


def _find_own_label(store: ox.Store, iri: Iri) -> str:
    for curie in _LABELS:
        labels = [node for node in find_objects(store, iri, curie) if isinstance(node, ox.Literal)]
        if labels:
            return min(labels, key=lambda label: (label.language not in (None, "en"), label.value)).value
    return ""


def find_objects(store: ox.Store, iri: Iri, curie: str) -> list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]:
    """The objects of a property of a thing, once for every graph that says so."""
    quads = store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(expand_curie(curie)), None, None)
    return [quad.object for quad in quads]


def name_things(store: ox.Store, table: Table) -> Table:
    """The table with names instead of identifiers, for people to read; a document goes by its short name.

    An identifier stays where its name already stands in the same row, or where it has none.
    """

    @cache
    def find_name(iri: Iri) -> str:
        short = [node.value for node in find_objects(store, iri, "dcterms:identifier") if isinstance(node, ox.Literal)]
        return min(short) if short else _find_own_label(store, iri)

    def to_named(cell: Cell | None, row: tuple[Cell | None, ...]) -> Cell | None:
        if cell is None or cell.kind != "uri":
            return cell
        found = find_name(Iri(cell.value))
        told = any(other is not None and other.kind == "literal" and other.value == found for other in row)
        return Cell(found) if found and not told else cell

    return replace(table, rows=tuple(tuple(to_named(cell, row) for cell in row) for row in table.rows))
