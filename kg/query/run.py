"""A named query, or a query's text, with values for its parameters -> a table."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from kg.graph.counts import read_count
from kg.model.errors import QueryError
from kg.model.table import Table
from kg.query.bind import bind
from kg.query.evaluate import evaluate, to_table
from kg.query.files import QueryFile, Values, find_query, load_queries, parse_query
from kg.query.resolve import find_wanted

#: Gives the answer of a query without parameters that was found when the graph was written, None if none was.
Kept = Callable[[QueryFile], Table | None]


def find_kept(root: Path, mark: str) -> Kept:
    """The answers kept with the graph of a workspace. mark: the state of the graph that is asked."""
    return lambda query: read_count(root, mark, query.name, query.text)


def run_query(
    store: ox.Store,
    name_or_text: str,
    params: Values | None = None,
    *,
    queries: Mapping[str, QueryFile] | None = None,
    kept: Kept | None = None,
) -> Table:
    """The answer of a query that we trust, run in this process without limits of time or memory.

    name_or_text: name of a query, or SPARQL. queries: where names are looked up, those that come with kg if None.
    kept: answers found before, which belong to the same graph.
    A query of anybody else goes through `kg.query.worker`.
    Raises QueryError for an unknown name or parameter, a value of the wrong type, or what is not SPARQL.
    """
    query = find_query_or_text(name_or_text, queries)
    found = kept(query) if kept and not params else None
    if found is not None:
        return replace(found, title=query.title)
    table = to_table(evaluate(store, bind_words(store, query, params or {})), query.title)
    if query.columns and table.columns and table.columns != query.columns:
        raise QueryError(f"query '{query.name}': its header promises the columns {', '.join(query.columns)}")
    return table


def find_query_or_text(name_or_text: str, queries: Mapping[str, QueryFile] | None = None) -> QueryFile:
    """The query of that name, or the text itself as a query: a text has spaces or brackets, a name has none."""
    if re.search(r"[\s{<]", name_or_text):
        return parse_query("(text)", name_or_text)
    return find_query(load_queries() if queries is None else queries, name_or_text)


def bind_words(store: ox.Store, query: QueryFile, values: Values) -> str:
    """The same where words are looked up in the graph: "data silos" stands for every dilemma so called."""
    return bind(query, values, partial(find_wanted, store))
