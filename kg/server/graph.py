"""The graph that is served, in the memory of the process that holds it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.graph.canonical import read_graph_table
from kg.graph.store import load_memory_store, memory_store
from kg.model.errors import CorpusError
from kg.query.limits import Limits


@dataclass(frozen=True, slots=True)
class Graph:
    """A graph and what may be asked of it.

    root: the workspace it was made from, None if from elsewhere or if it has been changed since; mark: its state there.
    union: whether the default graph of a query is the union of all graphs.
    loads: whether LOAD takes a graph of the store; nothing is ever fetched, and else LOAD is refused.
    """

    store: ox.Store
    base: str
    limits: Limits
    services: tuple[str, ...] = ()
    union: bool = True
    loads: bool = False
    root: Path | None = None
    mark: str = ""


def open_graph(source: Path | None, opening: dict[str, Any]) -> Graph:
    """The graph of a workspace's folder or of an N-Quads file, or an empty one.

    Raises CorpusError if there is none.
    """
    rest = {"base": opening["base"], "limits": Limits(**opening["limits"]), "services": tuple(opening["services"])}
    if source is None:
        return Graph(ox.Store(), union=False, loads=True, **rest)
    if source.is_dir():
        mark = read_graph_table(source).mark
        return Graph(load_memory_store(source), root=source, mark=mark, **rest)
    try:
        return Graph(memory_store(source.read_bytes()), **rest)
    except OSError as error:
        raise CorpusError(f"{source}: cannot be read: {error.strerror}") from error
    except SyntaxError as error:
        raise CorpusError(f"{source}: not N-Quads: {error}") from error
