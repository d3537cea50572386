"""Works as texts cite them, "Wang and Li (2020)" -> the documents and cited works of that author and year."""

import re
from collections.abc import Iterator

import pyoxigraph as ox

from kg.model import Iri, expand_curie
from kg.query.words import fold

_FORM = (
    r"{name}(?:\s+{name}){{0,2}}(?:\s*(?:,|&|\band\b)\s*{name}(?:\s+{name})?)*(?:\s+et\s+al\.?)?,?"
    r"(?:\s+|-)\(?(?:1[89]|20)\d\d[a-z]?\b\)?(?!\s*[-–]?\s*\d)"
)
#: An author and a year inside a sentence, where names begin with a capital; and alone, however written.
CITED = re.compile(_FORM.format(name=r"[^\W\d_a-zß-ÿ][\w'’.-]*"))
_ALONE = re.compile(_FORM.format(name=r"[^\W\d_][\w'’.-]*"))
_YEAR = re.compile(r"((?:1[89]|20)\d\d)[a-z]?\)?$")
_SMALL = frozenset({"and", "et", "al"})


def find_authored(store: ox.Store, kind: str, text: str) -> tuple[Iri, ...]:
    """The documents or works that the words cite by author and year, sorted; () if they cite none.

    kind: "document" or "work". Every name must be one of the authors' names, or begin a document's short name.
    """
    match = _ALONE.fullmatch(text.strip())
    year = _YEAR.search(text.strip())
    if not match or not year:
        return ()
    names = _split_names(match.group()[: year.start() - match.start()])
    written = (ox.Literal(year[1], datatype=_node("xsd:integer")), ox.Literal(year[1]))  # a list's years are as written
    quads = [q for form in written for q in store.quads_for_pattern(None, _node("dcterms:issued"), form, None)]
    things = {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    find = _find_document_names if kind == "document" else _find_entry_names
    cited = [thing for thing in things if names <= set(find(store, thing))]
    found = cited if kind == "document" else [work for entry in cited for work in _find_works(store, entry)]
    return tuple(sorted({Iri(thing.value) for thing in found}))


def _split_names(text: str) -> set[str]:
    return {word for word in re.findall(r"[^\W\d_]+", fold(text)) if word not in _SMALL}


def _find_document_names(store: ox.Store, thing: ox.NamedNode) -> Iterator[str]:
    for short in _find_texts(store, thing, "dcterms:identifier"):
        yield fold(short).partition("-")[0]
    for quad in store.quads_for_pattern(thing, _node("dcterms:creator"), None, None):
        if isinstance(quad.object, ox.NamedNode):
            for name in _find_texts(store, quad.object, "foaf:name"):
                yield from _split_names(name)


def _find_entry_names(store: ox.Store, thing: ox.NamedNode) -> Iterator[str]:
    for authors in _find_texts(store, thing, "dg:authorList"):
        yield from _split_names(authors)


def _find_works(store: ox.Store, entry: ox.NamedNode) -> Iterator[ox.NamedNode]:
    """What an entry of a reference list stands for; a work that bears its authors itself."""
    for quad in store.quads_for_pattern(entry, _node("biro:references"), None, None):
        if isinstance(quad.object, ox.NamedNode):
            yield quad.object
    if next(store.quads_for_pattern(entry, _node("rdf:type"), _node("fabio:Work"), None), None):
        yield entry


def _find_texts(store: ox.Store, thing: ox.NamedNode, curie: str) -> Iterator[str]:
    for quad in store.quads_for_pattern(thing, _node(curie), None, None):
        if isinstance(quad.object, ox.Literal):
            yield quad.object.value


def _node(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand_curie(curie))
