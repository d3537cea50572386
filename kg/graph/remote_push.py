"""The graph of a workspace -> a remote store, graph by graph (SPARQL 1.1 Graph Store Protocol), only what changed.

What a store holds is written down in `.kg/push/`, after each graph, so that a push that was stopped goes on from there;
a graph is left alone only if its digest is the one pushed and the store still counts as many triples in it.
"""

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from kg.graph.canonical import KG_FOLDER, GraphFile, read_graph, read_graph_table
from kg.graph.remote import RemoteStore
from kg.graph.remote_http import Connection
from kg.graph.remote_results import check_reply
from kg.model import CorpusError

#: Called after each graph with how many are done, how many there are, and its name.
Progress = Callable[[int, int, str], None]
#: end of the address for queries -> end of the address for graphs, of the stores we know.
GRAPH_STORES = {
    "/query": "/store",  # Oxigraph
    "/sparql": "/sparql-graph-crud-auth",  # Virtuoso
    "/ds/sparql": "/ds/data",  # Fuseki
    "/ds/query": "/ds/data",
}


@dataclass(frozen=True, slots=True)
class Pushed:
    """How many graphs were written, left as they were, and deleted; triples: how many the store holds in them now."""

    written: int
    same: int
    deleted: int
    triples: int


def find_graph_store(url: str) -> str:
    """The address for graphs that belongs to an address for queries. Raises CorpusError if it cannot be told."""
    for ending in sorted(GRAPH_STORES, key=len, reverse=True):
        if url.endswith(ending):
            return url.removesuffix(ending) + GRAPH_STORES[ending]
    raise CorpusError(
        f"{url}: where this store takes graphs cannot be told from its address; name that with --graph-store URL"
    )


def push_graphs(
    root: Path, store: RemoteStore, *, graph_store: str = "", progress: Progress = lambda *_: None, anew: bool = False
) -> Pushed:
    """Bring a store in line with the graph of the workspace at `root`, and count there that it is.

    graph_store: address for graphs, found from that for queries if "". anew: write every graph again.
    Raises CorpusError if the store fails or holds something else afterwards; what was written stays, and the same call
    goes on from there.
    """
    table, url = read_graph_table(root), graph_store or find_graph_store(store.address.url)
    record = root / KG_FOLDER / "push" / f"{hashlib.sha256(store.address.url.encode()).hexdigest()[:16]}.json"
    pushed, there = {} if anew else _read_pushed(record), store.count_graphs()
    connection = Connection(store.address, seconds=600.0)
    wanted = {g.graph: g for g in table.graphs}
    gone = sorted((set(pushed) if not anew else set(_read_pushed(record))) - set(wanted))
    changed = [g for g in table.graphs if pushed.get(g.graph) != g.sha256 or there.get(g.graph, 0) != g.quads]
    try:
        for done, graph in enumerate(changed, 1):
            _put(connection, url, graph, _to_ntriples(read_graph(root, graph)))
            pushed[graph.graph] = graph.sha256
            _write_pushed(record, pushed)
            progress(done, len(changed), graph.graph)
        for name in gone:
            _delete(connection, url, name)
            pushed.pop(name, None)
            _write_pushed(record, pushed)
    finally:
        connection.close()
    counts = store.count_graphs()
    _check_counts(counts, wanted, gone)
    return Pushed(len(changed), len(wanted) - len(changed), len(gone), sum(counts.get(name, 0) for name in wanted))


def _to_ntriples(nquads: bytes) -> bytes:
    triples = [quad.triple for quad in ox.parse(nquads, format=ox.RdfFormat.N_QUADS)]
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def _put(connection: Connection, url: str, graph: GraphFile, content: bytes) -> None:
    """Replace a graph as a whole; N-Triples are sent as the Turtle that they also are, which every store takes."""
    check_reply(
        connection.send("PUT", _address(url, graph.graph), body=content, headers={"Content-Type": "text/turtle"})
    )


def _delete(connection: Connection, url: str, name: str) -> None:
    reply = connection.send("DELETE", _address(url, name))
    if reply.status != 404:  # it may be gone already
        check_reply(reply)


def _address(url: str, name: str) -> str:
    # Virtuoso's older versions know graph-uri only, all others the standard's graph.
    parameter = "graph-uri" if "/sparql-graph-crud" in url else "graph"
    return f"{url}{'&' if '?' in url else '?'}{parameter}={quote(name, safe='')}"


def _check_counts(counts: Mapping[str, int], wanted: Mapping[str, GraphFile], gone: list[str]) -> None:
    odd = [(name, g.quads, counts.get(name, 0)) for name, g in wanted.items() if counts.get(name, 0) != g.quads]
    odd += [(name, 0, counts[name]) for name in gone if name in counts]
    if odd:
        name, expected, found = odd[0]
        raise CorpusError(
            f"{len(odd)} graphs in the store are not what was pushed; <{name}> has {found:,} triples instead of "
            f"{expected:,}. Does somebody else write there? The same command writes them again"
        )


def _read_pushed(record: Path) -> dict[str, str]:
    with suppress(OSError, ValueError):
        found = json.loads(record.read_bytes())
        if isinstance(found, dict):
            return {str(name): str(digest) for name, digest in found.items()}
    return {}


def _write_pushed(record: Path, pushed: Mapping[str, str]) -> None:
    """In one step, so that a push killed at any moment is not remembered wrongly."""
    record.parent.mkdir(parents=True, exist_ok=True)
    draft = record.with_suffix(f".{os.getpid()}.part")
    draft.write_text(json.dumps(pushed, indent=0, sort_keys=True), encoding="utf-8")
    draft.replace(record)
