"""The answer of any query from a remote store: what a query may not hold is refused before it is sent."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.model import expand_curie
from kg.model.errors import QueryError
from kg.model.table import Table
from kg.query.bind import bind
from kg.query.evaluate import evaluate, to_table
from kg.query.files import QueryFile, Values
from kg.query.guard import check_query
from kg.query.labels import name_things
from kg.query.limits import Limits
from kg.query.run import bind_words
from kg.query.tokens import find_tokens

if TYPE_CHECKING:
    import pyoxigraph as ox

_NAMES = ("dcterms:identifier", "dcterms:title", "skos:prefLabel", "foaf:name", "rdfs:label")


def answer_remotely(
    store: ox.Store,
    query: QueryFile,
    values: Values | None = None,
    limits: Limits | None = None,
    *,
    named: bool = False,
) -> Table:
    """The answer of a query from a remote store. named: with names instead of identifiers, for people.

    Raises QueryError if the query is refused here or there, has more rows than the limits allow, or its answer is cut;
    CorpusError if the store fails. What is doubtful about the answer stands in the table's notes.
    """
    text = explain_remotely(store, query, values)
    table = to_table(evaluate(store, text), query.title)
    doubt = find_doubt(store, text)
    table = replace(table, notes=(*table.notes, doubt)) if doubt else table
    rows = (limits or Limits()).rows
    if len(table.rows) > rows:
        raise QueryError(f"the answer has {len(table.rows):,} rows, more than the {rows:,} allowed (--max-rows)")
    return name_remotely(store, table) if named else table


def explain_remotely(store: ox.Store, query: QueryFile, values: Values | None = None) -> str:
    """The SPARQL of a query with its values filled in; words are looked up in the store. Raises QueryError."""
    check_query(query.text)
    return bind_words(store, query, values) if values else bind(query, {})


def find_doubt(store: ox.Store, text: str) -> str:
    """Why the answer of a remote store to a query may lack rows although it does not say so, "" if nothing is known.

    Virtuoso loses rows of paths of any length, and counts them as wrongly as it gives them.
    """
    software = getattr(store, "software", "")
    if not software.lower().startswith("virtuoso") or not _has_long_path(text):
        return ""
    return (
        "this store is Virtuoso, which loses rows of paths of any length (such as skos:broader*): the answer may not "
        "be all there is. Ask the same on this machine, or of another store"
    )


def _has_long_path(text: str) -> bool:
    tokens = list(find_tokens(text))
    return any(
        after.text in ("*", "+") and (before.kind in ("iri", "name") or before.text in (")", "a"))
        for before, after in pairwise(tokens)
    )


def name_remotely(store: ox.Store, table: Table) -> Table:
    """The table with names instead of identifiers, which are fetched together."""
    import pyoxigraph as ox

    warm = getattr(store, "warm", None)  # a store on this machine has no need of it
    if warm:
        iris = [cell.value for row in table.rows for cell in row if cell and cell.kind == "uri"]
        warm(iris, [ox.NamedNode(expand_curie(curie)) for curie in _NAMES])
    return name_things(store, table)
