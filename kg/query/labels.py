"""What things are called, for people."""

import re
from dataclasses import replace
from functools import cache

import pyoxigraph as ox

from kg.model import Iri, expand_curie
from kg.model.table import Cell, Table

_LABELS = ("dcterms:title", "skos:prefLabel", "foaf:name", "rdfs:label")


def find_label(store: ox.Store, iri: Iri) -> str:
    """The name of a thing, English before other languages; the end of its identifier where it has none."""
    return find_own_label(store, iri) or _find_words(store, iri) or _find_end(iri)


#: Properties that hold the words of what has no name: a quote, a citation, a proposition, a name on a title page.
_WORDS = (
    ("oa:exact",),
    ("c4o:hasContent",),
    ("dg:subjectText", "dg:linkingPhrase", "dg:objectText"),
    ("dg:nameAsWritten",),
    ("rdf:subject", "rdf:predicate", "rdf:object"),
)
#: Longest words that stand for a thing.
MAX_WORDS_CHARS = 120


def _find_words(store: ox.Store, iri: Iri) -> str:
    """What a thing without a name says, cut short; "" if it says nothing."""
    for curies in _WORDS:
        parts = [node for curie in curies for node in find_objects(store, iri, curie)[:1]]
        if len(parts) == len(curies):
            texts = [_find_text(store, node) for node in parts]
            return _cut_words((" " if curies[0].startswith("dg:") else " \u2013 ").join(texts))
    return _cut_words(find_quote(store, iri))


def find_quote(store: ox.Store, evidence: Iri) -> str:
    """The words that an evidence, or its selector, holds; "" for anything else."""
    selectors = [node for node in find_objects(store, evidence, "oa:hasSelector") if isinstance(node, ox.NamedNode)]
    for holder in (evidence, *(Iri(node.value) for node in selectors)):
        for quote in find_objects(store, holder, "oa:exact"):
            return _find_text(store, quote)
    return ""


def _find_text(store: ox.Store, node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    if isinstance(node, ox.NamedNode):
        return find_own_label(store, Iri(node.value)) or _find_end(node.value)
    return node.value if isinstance(node, ox.Literal) else str(node)


def _find_end(iri: str) -> str:
    return re.split(r"[/#]", iri.rstrip("/#"))[-1]


def _cut_words(text: str) -> str:
    words = " ".join(text.split())
    if len(words) <= MAX_WORDS_CHARS:
        return words
    return words[:MAX_WORDS_CHARS].rsplit(" ", 1)[0] + " \u2026"


def find_own_label(store: ox.Store, iri: Iri) -> str:
    """The name that a thing bears itself, English before other languages, "" where it has none."""
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
        return min(short) if short else find_own_label(store, iri)

    def to_named(cell: Cell | None, row: tuple[Cell | None, ...]) -> Cell | None:
        if cell is None or cell.kind != "uri":
            return cell
        found = find_name(Iri(cell.value))
        told = any(other is not None and other.kind == "literal" and other.value == found for other in row)
        return Cell(found) if found and not told else cell

    return replace(table, rows=tuple(tuple(to_named(cell, row) for cell in row) for row in table.rows))
