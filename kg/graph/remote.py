"""A SPARQL 1.1 endpoint somewhere else, asked as the store on this machine is.

`RemoteStore` has those methods of a pyoxigraph store that commands use. An answer is all there is or an error: where a
store cuts (Virtuoso does, without a word, at 10,000 rows), the rows are counted and fetched graph by graph, or the
query fails and says so.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.graph.remote_address import StoreAddress
from kg.graph.remote_http import Connection
from kg.graph.remote_results import JSON_RESULTS, TRIPLES, Answer, read_answer
from kg.model import QueryError

#: From this number of rows on it is counted whether they are all: no store cuts below it.
MIN_COUNTED_ROWS = 100
#: Rows that one request for graphs may fetch, below the limit of every store we know.
MAX_ROWS_AT_ONCE = 5_000
MAX_NAMES_AT_ONCE = 300
#: Things whose property is asked for one by one before it is fetched for all things.
MAX_ASKED_ONE_BY_ONE = 20
_PROLOGUE = re.compile(r"(?:\s+|#[^\n\r]*|PREFIX\s*[^\s:<]*:\s*<[^<>]*>|BASE\s*<[^<>]*>)*", re.IGNORECASE)
#: Graphs in which a store keeps its own affairs.
_FOREIGN = re.compile(
    r"http://www\.openlinksw\.com/|urn:|http://localuriqaserver/|http://localhost:\d+/(?:DAV|sparql)|"
    r"http://www\.w3\.org/(?:ns/ldp#|2002/07/owl#)|(?!\w+://)"
)
Node = ox.NamedNode | ox.BlankNode | ox.Literal
_Key = tuple[str, str, str]
#: "#" is where data blocks go, or the query whose rows are counted.
_QUADS = "SELECT ?s ?p ?o ?g WHERE { # GRAPH ?g { ?s ?p ?o } }"
_COUNTS = "SELECT ?g (COUNT(*) AS ?n) WHERE { # GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_ROWS = "\nSELECT (COUNT(*) AS ?rowsInAll) WHERE { { #\n} }"


class RemoteStore:
    """The graph in a remote store. Raises CorpusError where the store fails, QueryError where the query does."""

    def __init__(self, address: StoreAddress, *, seconds: float = 60.0, max_bytes: int = 256 << 20) -> None:
        self.address = address
        self._connection = Connection(address, seconds, max_bytes)
        #: What the store calls itself, "" before it has answered.
        self.software = ""
        self._known: dict[_Key, list[ox.Quad]] = {}
        self._asked: Counter[str] = Counter()
        self._grouped: dict[str, dict[str, list[ox.Quad]]] = {}

    def query(self, text: str, *, use_default_graph_as_union: bool = True) -> Answer:
        """The answer of a SELECT, ASK, CONSTRUCT or DESCRIBE over the union of all graphs, whole.

        Raises QueryError if the store gives fewer rows than there are, and says how many.
        """
        answer, rows = self._ask(text, union=use_default_graph_as_union)
        if rows >= MIN_COUNTED_ROWS:
            self._check_whole(text, rows)
        return answer

    def quads_for_pattern(
        self,
        subject: ox.NamedNode | ox.BlankNode | None,
        predicate: ox.NamedNode | None,
        object: Node | None,
        graph_name: ox.NamedNode | None = None,
    ) -> Iterator[ox.Quad]:
        """The quads of a pattern, those of each graph; all of them, however few rows the store gives at once."""
        found = self._find_known(subject, predicate, object)
        yield from (quad for quad in found if graph_name is None or quad.graph_name == graph_name)

    def warm(self, subjects: Iterable[str], predicates: Sequence[ox.NamedNode]) -> None:
        """Fetch these properties of these things with few requests, for what will ask for them one by one."""
        names = [ox.NamedNode(iri) for iri in dict.fromkeys(subjects)]
        for start in range(0, len(names), MAX_NAMES_AT_ONCE):
            some = names[start : start + MAX_NAMES_AT_ONCE]
            for name in some:
                self._known.update({(str(name), str(p), ""): [] for p in predicates})
            for quad in self._select(_make_block("s", some) + _make_block("p", predicates)):
                self._known[str(quad.subject), str(quad.predicate), ""].append(quad)

    def named_graphs(self) -> list[ox.NamedNode]:
        """The graphs, sorted, without those in which the store keeps its own affairs."""
        return self._graphs

    @cached_property
    def _graphs(self) -> list[ox.NamedNode]:
        return [ox.NamedNode(name) for name in sorted(self.count_graphs())]

    def count_graphs(self) -> dict[str, int]:
        """Graph -> its number of triples."""
        rows = self._rows(_fill(_COUNTS, ""))
        pairs = ((row["g"].value, int(row["n"].value)) for row in rows)
        return {name: count for name, count in pairs if not _FOREIGN.match(name)}

    def __len__(self) -> int:
        return sum(self.count_graphs().values())

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def _find_known(
        self, subject: ox.NamedNode | ox.BlankNode | None, predicate: ox.NamedNode | None, target: Node | None
    ) -> list[ox.Quad]:
        key = (str(subject or ""), str(predicate or ""), str(target or ""))
        if key in self._known:
            return self._known[key]
        if subject is not None and predicate is not None and target is None:
            self._asked[key[1]] += 1
            if self._asked[key[1]] > MAX_ASKED_ONE_BY_ONE:  # whoever asks for so many is after all of them
                return self._group(predicate).get(key[0], [])
        found = self._known[key] = self._find_quads(subject, predicate, target)
        return found

    def _group(self, predicate: ox.NamedNode) -> dict[str, list[ox.Quad]]:
        """Subject -> its quads with a predicate, all fetched together."""
        if predicate.value not in self._grouped:
            grouped = self._grouped[predicate.value] = defaultdict(list)
            for quad in self._find_known(None, predicate, None):
                grouped[str(quad.subject)].append(quad)
        return self._grouped[predicate.value]

    def _find_quads(
        self, subject: ox.NamedNode | ox.BlankNode | None, predicate: ox.NamedNode | None, target: Node | None
    ) -> list[ox.Quad]:
        if isinstance(subject, ox.BlankNode) or isinstance(target, ox.BlankNode):
            return []  # a store's blank nodes cannot be asked for by name
        terms = (subject, predicate, target)
        blocks = [_make_block(name, [term]) for term, name in zip(terms, "spo", strict=True) if term is not None]
        return self._select("".join(blocks))

    def _select(self, blocks: str) -> list[ox.Quad]:
        """The quads that data blocks choose, at once if the store gives them so, else some graphs at a time."""
        try:
            rows = list(self._rows(_fill(_QUADS, blocks)))
        except QueryError:
            rows = list(self._select_by_graph(blocks))
        return [_to_quad(row) for row in rows if not _FOREIGN.match(row["g"].value)]

    def _select_by_graph(self, blocks: str) -> Iterator[ox.QuerySolution]:
        counts = self._rows(_fill(_COUNTS, blocks))
        for names in _pack({row["g"].value: int(row["n"].value) for row in counts}):
            graphs = _make_block("g", [ox.NamedNode(name) for name in names])
            yield from self._rows(_fill(_QUADS, graphs + blocks))

    def _rows(self, text: str) -> Iterator[ox.QuerySolution]:
        answer = self.query(text)
        assert isinstance(answer, ox.QuerySolutions)  # noqa: S101 a SELECT gives rows
        return iter(answer)

    def _check_whole(self, text: str, rows: int) -> None:
        """Raises QueryError if the answer of a SELECT holds another number of rows than the store counts."""
        position = _end_of_prologue(text)
        answer, _ = self._ask(text[:position] + _fill(_ROWS, text[position:]), union=True)
        assert isinstance(answer, ox.QuerySolutions)  # noqa: S101 a SELECT gives rows
        there = int(next(iter(answer))["rowsInAll"].value)
        if there != rows:
            raise QueryError(
                f"the store gives {rows:,} of {there:,} rows and does not say so. Ask for less (a parameter, LIMIT), "
                "or raise the store's own limit (in Virtuoso ResultSetMaxRows)"
            )

    def _ask(self, text: str, *, union: bool) -> tuple[Answer, int]:
        form = text[_end_of_prologue(text) :][:9].upper()
        triples = form.startswith(("CONSTRUCT", "DESCRIBE"))
        # Oxigraph's default graph is its own unless it is asked for the union; others take no notice of the field.
        fields = {"query": text} | ({"union-default-graph": "true"} if union else {})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": f"{TRIPLES}, text/turtle;q=0.8" if triples else JSON_RESULTS,
        }
        reply = self._connection.send("POST", self.address.url, body=urlencode(fields).encode(), headers=headers)
        self.software = reply.headers.get("server", "")
        return read_answer(reply, triples=triples)


def _end_of_prologue(text: str) -> int:
    found = _PROLOGUE.match(text)
    return found.end() if found else 0


def _pack(counts: dict[str, int]) -> Iterator[list[str]]:
    """Graphs in groups that hold few enough rows to be asked for at once."""
    group: list[str] = []
    size = 0
    for name, count in sorted(counts.items()):
        if group and (size + count > MAX_ROWS_AT_ONCE or len(group) >= MAX_NAMES_AT_ONCE):
            yield group
            group, size = [], 0
        group.append(name)
        size += count
    if group:
        yield group


def _to_quad(row: ox.QuerySolution) -> ox.Quad:
    found: list[Any] = [row[name] for name in ("s", "p", "o", "g")]
    subject, predicate, target, graph = found
    return ox.Quad(subject, predicate, target, graph)


def _fill(template: str, text: str) -> str:
    before, _, after = template.partition("#")
    return before + text + after


def _make_block(name: str, terms: Sequence[Node]) -> str:
    """A data block, which holds nothing but terms, written by the engine."""
    return f"VALUES ?{name} {{ {' '.join(map(str, terms))} }} "
