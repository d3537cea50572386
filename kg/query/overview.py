"""The graph in numbers, put together from queries of queries/."""

from dataclasses import dataclass, replace

import pyoxigraph as ox

from kg.model.table import Table
from kg.query.files import load_queries
from kg.query.run import Kept, run_query

#: (query, title) of each part.
PARTS = (
    ("corpus_counts", "Things"),
    ("corpus_kinds", "Documents by kind and language"),
    ("documents_by_year", "Documents by year"),
    ("place_counts", "Documents by country"),
    ("dilemma_types", "Dilemmas by type"),
    ("remedy_types", "Remedies by type"),
    ("concept_counts", "Most discussed concepts"),
    ("review_progress", "Statements by review status"),
)


@dataclass(frozen=True, slots=True)
class Overview:
    """quads: statements of RDF in all graphs; graphs: named graphs; tables: (query, table)."""

    quads: int
    graphs: int
    tables: tuple[tuple[str, Table], ...]


def count_graph(store: ox.Store, *, kept: Kept | None = None, size: tuple[int, int] | None = None) -> Overview:
    """How much the graph holds, by kind, year, country and type.

    kept: counts made when the graph was written; size: its quads and graphs, counted if None.
    """
    queries = load_queries()
    tables = tuple(
        (name, replace(run_query(store, name, queries=queries, kept=kept), title=title)) for name, title in PARTS
    )
    quads, graphs = size or (len(store), sum(1 for _ in store.named_graphs()))
    return Overview(quads, graphs, tables)
