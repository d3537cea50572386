"""What stands together in how many documents: the pair queries of the library without a join.

The engine joins each document's statements with themselves, which takes ten times as long on disk.
"""

from collections import Counter, defaultdict
from itertools import permutations

import pyoxigraph as ox

from kg.model import expand_curie
from kg.model.table import Cell, Table

#: query -> (property, the first so many pairs in one direction; 0 for all in both).
PAIRED = {
    "author_coauthors": ("dcterms:creator", 0),
    "author_pairs": ("dcterms:creator", 100),
    "concept_cooccurrence": ("dcterms:subject", 0),
    "concept_pairs": ("dcterms:subject", 100),
}
_INTEGER = expand_curie("xsd:integer")


def count_pairs(store: ox.Store, name: str, columns: tuple[str, ...]) -> Table | None:
    """The answer of a query of PAIRED; None if something that is no IRI stands there, which only the engine compares.

    Sorted by number, the highest first, then by both IRIs.
    """
    curie, most = PAIRED[name]
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, ox.NamedNode(expand_curie(curie)), None, None):
        terms = (quad.graph_name, quad.subject, quad.object)
        if not all(isinstance(term, ox.NamedNode) for term in terms):
            return None
        graph, document, thing = (term.value for term in terms if isinstance(term, ox.NamedNode))
        found[document, graph].add(thing)
    numbers = _count(found)
    pairs = sorted(
        (pair for pair in numbers if not most or pair[0] < pair[1]), key=lambda pair: (-numbers[pair], *pair)
    )
    return _to_table(columns, pairs[: most or None], numbers)


def _count(found: dict[tuple[str, str], set[str]]) -> Counter[tuple[str, str]]:
    """Number of documents in which two things stand in one graph."""
    documents: defaultdict[str, list[set[str]]] = defaultdict(list)
    for (document, _), things in found.items():
        documents[document].append(things)
    numbers: Counter[tuple[str, str]] = Counter()
    for groups in documents.values():
        numbers.update({pair for things in groups for pair in permutations(things, 2)})
    return numbers


def _to_table(columns: tuple[str, ...], pairs: list[tuple[str, str]], numbers: Counter[tuple[str, str]]) -> Table:
    cells = {iri: Cell(iri, "uri") for pair in pairs for iri in pair}
    counts = {number: Cell(str(number), "literal", _INTEGER) for number in set(numbers.values())}
    return Table(columns, tuple((cells[one], cells[other], counts[numbers[one, other]]) for one, other in pairs))
