"""The graph of a workspace -> a remote store, graph by graph, only what changed.

Graphs go by the Graph Store Protocol of SPARQL 1.1; where a store has none, by its updates. What a store holds is
written down in `.kg/push/`, after each graph, so that a push that was stopped goes on from there; a graph is left alone
only if its digest is the one pushed and the store still counts as many triples in it.
"""

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from kg.graph.canonical import KG_FOLDER, GraphFile, read_graph, read_graph_table
from kg.graph.remote import RemoteStore
from kg.graph.remote_http import Connection
from kg.graph.remote_results import check_reply
from kg.graph.remote_update import find_update_address, make_removal, make_updates
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
#: Where else a store whose addresses look like the first takes graphs: `kg serve` has /sparql and /store.
SECOND_GRAPH_STORES = {"/sparql": "/store"}
#: What a server answers where it has no Graph Store Protocol, or does not let it write.
_NO_GRAPH_STORE = frozenset({404, 405, 406, 415, 501})


@dataclass(frozen=True, slots=True)
class Doors:
    """Where a store takes graphs and where updates; "" is found from the address of its queries."""

    graphs: str = ""
    updates: str = ""


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
        f"{url}: where this store takes graphs cannot be told from its address; name that with --graph-store URL, "
        "or where it takes updates with --update URL"
    )


def push_graphs(
    root: Path,
    store: RemoteStore,
    *,
    doors: Doors = Doors(),
    progress: Progress = lambda *_: None,
    anew: bool = False,
) -> Pushed:
    """Bring a store in line with the graph of the workspace at `root`, and count there that it is.

    doors: where to write; updates are used if their address alone is given, or the store has no Graph Store Protocol.
    anew: write every graph again.
    Raises CorpusError if the store fails or holds something else afterwards; what was written stays, and the same call
    goes on from there. By updates, a graph at which it failed may be there in part until then.
    """
    table, writer = read_graph_table(root), _open_writer(store, doors)
    record = root / KG_FOLDER / "push" / f"{hashlib.sha256(store.address.url.encode()).hexdigest()[:16]}.json"
    pushed, there = {} if anew else _read_pushed(record), store.count_graphs()
    wanted = {g.graph: g for g in table.graphs}
    gone = sorted((set(pushed) if not anew else set(_read_pushed(record))) - set(wanted))
    changed = [g for g in table.graphs if pushed.get(g.graph) != g.sha256 or there.get(g.graph, 0) != g.quads]
    try:
        for done, graph in enumerate(changed, 1):
            if pushed.pop(graph.graph, None):  # it is neither the old one nor the new one while it is written
                _write_pushed(record, pushed)
            writer.put(graph.graph, read_graph(root, graph))
            pushed[graph.graph] = graph.sha256
            _write_pushed(record, pushed)
            progress(done, len(changed), graph.graph)
        for name in gone:
            writer.delete(name)
            pushed.pop(name, None)
            _write_pushed(record, pushed)
    finally:
        writer.connection.close()
    counts = store.count_graphs()
    _check_counts(counts, wanted, gone)
    return Pushed(len(changed), len(wanted) - len(changed), len(gone), sum(counts.get(name, 0) for name in wanted))


@dataclass(slots=True)
class _Writer:
    """Writes graphs by the Graph Store Protocol at `graphs` until that turns out not to be there, then at `second`,
    then by updates."""

    connection: Connection
    graphs: str
    updates: str
    second: str = ""
    proven: bool = field(default=False)

    def put(self, name: str, nquads: bytes) -> None:
        """Replace a graph as a whole."""
        if self.graphs:
            # N-Triples are sent as the Turtle that they also are, which every store takes.
            headers = {"Content-Type": "text/turtle"}
            url = _address(self.graphs, name)
            reply = self.connection.send("PUT", url, body=_to_ntriples(nquads), headers=headers)
            if self.proven or reply.status not in _NO_GRAPH_STORE:
                check_reply(reply)
                self.proven = True
                return
            if self.second:
                self.graphs, self.second = self.second, ""
                self.put(name, nquads)
                return
            if not self.updates:
                raise CorpusError(
                    f"{self.graphs}: takes no graphs ({reply.status}); name where the store takes them with "
                    "--graph-store URL, or where it takes updates with --update URL"
                )
            self.graphs = ""
        for text in make_updates(name, nquads):
            self._update(text)

    def delete(self, name: str) -> None:
        """Take a graph away, if it is still there."""
        if not self.graphs:
            self._update(make_removal(name))
            return
        reply = self.connection.send("DELETE", _address(self.graphs, name))
        if reply.status in _NO_GRAPH_STORE and self.second and not self.proven:
            self.graphs, self.second = self.second, ""
            self.delete(name)
        elif reply.status == 405 and self.updates:
            self._update(make_removal(name))
        elif reply.status != 404:  # it may be gone already
            check_reply(reply)

    def _update(self, text: bytes) -> None:
        headers = {"Content-Type": "application/sparql-update"}
        reply = self.connection.send("POST", self.updates, body=text, headers=headers)
        if reply.status in (404, 405, 501):
            raise CorpusError(
                f"{self.updates}: takes no updates ({reply.status}); name where the store does with --update URL"
            )
        check_reply(reply)


def _open_writer(store: RemoteStore, doors: Doors) -> _Writer:
    """Raises CorpusError if it cannot be told where the store may be written to."""
    url = store.address.url
    updates = doors.updates or find_update_address(url)
    graphs = doors.graphs or ("" if doors.updates else find_graph_store(url))
    second = "" if doors.graphs or doors.updates else _find_second(url)
    return _Writer(Connection(store.address, seconds=600.0), graphs, updates, second)


def _find_second(url: str) -> str:
    endings = (ending for ending in SECOND_GRAPH_STORES if url.endswith(ending))
    return next((url.removesuffix(ending) + SECOND_GRAPH_STORES[ending] for ending in endings), "")


def _to_ntriples(nquads: bytes) -> bytes:
    triples = [quad.triple for quad in ox.parse(nquads, format=ox.RdfFormat.N_QUADS)]
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


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
