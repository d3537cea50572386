"""Queries of other people: every bad one ends within its limits, and the next good one is answered."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.model.errors import QueryError
from kg.query.files import parse_query
from kg.query.limits import Limits
from kg.query.worker import QueryWorker, ask_once

LIMITS = Limits(seconds=1.0, memory_mib=300, rows=1000, answer_mib=1)
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The test graph as N-Quads."""
    store = ox.Store()
    graph = Path(__file__).parent.parent / "queries" / "test_graph.trig"
    store.load(path=str(graph), format=ox.RdfFormat.TRIG)
    path = tmp_path_factory.mktemp("worker") / "graph.nq"
    store.dump(str(path), format=ox.RdfFormat.N_QUADS)
    return path


@pytest.fixture(scope="module")
def worker(source: Path) -> Iterator[QueryWorker]:
    """One worker that all bad queries are thrown at."""
    with QueryWorker(source, LIMITS) as worker:
        yield worker


def ask(worker: QueryWorker, text: str) -> list[str]:
    return [cell.value for row in worker.ask(parse_query("text", text)).rows for cell in row if cell]


HOSTILE = {
    "product": ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "stopped after 1 s"),
    "paths": ("SELECT (COUNT(*) AS ?n) { ?a (!<x:a>|^!<x:b>)* ?b . ?c (!<x:a>|^!<x:b>)* ?d }", "stopped after 1 s"),
    "memory": ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i", "stopped"),
    "rows": ("SELECT * { ?a ?b ?c . ?d ?e ?f }", "more than 1,000 rows. Add LIMIT"),
    "answer": (
        'SELECT (CONCAT(?l, ?l) AS ?x) { VALUES ?a { 1 2 } VALUES ?l { "' + "x" * 49_000 + '" } ?s a ?t }',
        "MiB",
    ),
    "nesting": ("SELECT * { FILTER(" + "!" * 20_000 + "true) }", "nested too deep|not SPARQL"),
    "syntax": ("SELECT * {", "not SPARQL: error at 1:11"),
    "update": ("INSERT DATA { <a:b> <c:d> <e:f> }", "queries only read"),
    "service": ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE would ask another server"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_bad_query_ends_in_time_and_the_next_is_answered(worker: QueryWorker, name: str) -> None:
    text, message = HOSTILE[name]
    ask(worker, COUNT)
    begin = time.monotonic()
    with pytest.raises(QueryError, match=message):
        ask(worker, text)
    assert time.monotonic() - begin < LIMITS.seconds + 2.0
    assert ask(worker, COUNT) == [str(len(list(ox.parse(path=str(worker.source), format=ox.RdfFormat.N_QUADS))))]


def test_parameters_are_looked_up_in_the_graph(source: Path) -> None:
    text = "# param place place any: where\nSELECT ?place { VALUES ?place { UNDEF } FILTER(BOUND(?place)) }"
    table = ask_once(source, parse_query("mine", text), {"place": "Brazil"}, LIMITS)
    assert [cell.value for row in table.rows for cell in row if cell] == [
        "https://w3id.org/digital-government/places/brazil"
    ]


def test_worker_can_neither_connect_nor_read_once_it_has_the_graph(source: Path) -> None:
    """The second door, should the check of the text ever miss something."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        hits: list[object] = []
        threading.Thread(target=lambda: hits.append(server.accept()), daemon=True).start()
        code = (
            "import sys; sys.argv = ['', sys.argv[1], '{\"memory_mib\": 300}']\n"
            "from pathlib import Path; import pyoxigraph as ox\n"
            "from kg.query.worker_process import _open_store, _shut_doors\n"
            "store = _open_store(Path(sys.argv[1])); _shut_doors(300 << 20)\n"
            f"q = 'SELECT * {{ SERVICE <http://127.0.0.1:{server.getsockname()[1]}/> {{ ?s ?p ?o }} }}'\n"
            "try: list(store.query(q)); print('answered')\n"
            "except (OSError, RuntimeError) as e: print('refused')\n"
            "try: open('/etc/passwd'); print('read')\n"
            "except OSError: print('refused')\n"
        )
        done = subprocess.run([sys.executable, "-c", code, str(source)], capture_output=True, text=True, check=True)
        assert done.stdout.split() == ["refused", "refused"]
        assert hits == []


def test_missing_graph_is_an_error_of_the_workspace(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="there is no graph yet"):
        ask_once(tmp_path, parse_query("text", COUNT), None, LIMITS)
