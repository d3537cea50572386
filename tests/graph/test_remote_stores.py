"""Pushing to and asking of stores that nobody here wrote: Oxigraph's server, and Virtuoso where it is installed."""

import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import urllib.request
import warnings
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

import kg
from kg.cli import cli
from kg.graph.remote import RemoteStore
from kg.graph.remote_address import Credentials, make_address
from kg.graph.remote_push import Doors, Pushed, push_graphs
from kg.graph.store import load_memory_store
from kg.model import CorpusError
from kg.query.evaluate import evaluate, to_table
from kg.query.files import load_queries
from kg.query.library import DoubtWarning
from kg.query.run import bind_words

pytestmark = pytest.mark.slow
TESTS = Path(__file__).parent.parent
#: What Virtuoso 7.2.5 answers otherwise than the standard says, and why. docs/stores.md lists them too.
VIRTUOSO_DIFFERS = {
    "citation_network": "VALUES with UNDEF before a path of any length gives no rows",
    "citation_reach": "a path of any length with two open ends loses its start",
    "concept_narrower": "a path of any length from VALUES gives no rows",
    "corpus_predicates": "its own system graphs are part of the union",
    "dilemma_type_documents": "a path of any length from VALUES gives no rows",
    "place_cases": "a path of any length from VALUES loses rows",
    "place_counts": "a path of any length loses rows",
    "remedy_dilemmas": "rows that sort alike come in another order",
    "remedy_places": "a path of any length loses rows",
}


def load_beside(path: Path) -> object:
    spec = importlib.util.spec_from_file_location(f"beside_{path.stem}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


conftest = load_beside(TESTS / "conftest.py")
expected = load_beside(TESTS / "queries" / "test_queries.py")


def find_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(url, timeout=5):
            return
    pytest.fail("the server has ended")


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}")
    if not program:
        pytest.skip("the oxigraph server is not installed")
    port, folder = find_port(), tmp_path_factory.mktemp("oxigraph")
    command = [program, "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        wait_for(f"http://127.0.0.1:{port}/", process)
        yield f"http://127.0.0.1:{port}/query"
        process.terminate()


VIRTUOSO = """[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
[TempDatabase]
DatabaseFile = t.db
TransactionFile = t.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 10000
[HTTPServer]
ServerPort = 127.0.0.1:{web}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 10000
"""


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not shutil.which("virtuoso-t"):
        pytest.skip("Virtuoso is not installed (Debian: virtuoso-opensource-7)")
    folder, web = tmp_path_factory.mktemp("virtuoso"), find_port()
    (folder / "v.ini").write_text(VIRTUOSO.format(sql=find_port(), web=web), encoding="utf-8")
    with subprocess.Popen(["virtuoso-t", "+foreground", "+configfile", "v.ini"], cwd=folder) as process:
        wait_for(f"http://127.0.0.1:{web}/sparql?query=ASK%7B%7D", process)
        yield f"http://127.0.0.1:{web}/sparql"
        process.terminate()


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def remote(request: pytest.FixtureRequest, library: Path) -> RemoteStore:
    """A store that the test graph was pushed to."""
    url = request.getfixturevalue(request.param)
    store = RemoteStore(make_address(url, credentials=Credentials("dba", "dba")))
    assert push_graphs(library, store, anew=True) == Pushed(8, 0, 0, 2312)
    return store


@pytest.mark.parametrize("name", list(load_queries()))
def test_every_query_gives_the_same_table_in_a_remote_store(name: str, remote: RemoteStore, library: Path) -> None:
    if name in VIRTUOSO_DIFFERS and "/sparql" in remote.address.url:
        pytest.skip(f"Virtuoso: {VIRTUOSO_DIFFERS[name]}")
    query, local = load_queries()[name], load_memory_store(library)
    values = expected.example_values(query)  # type: ignore[attr-defined]
    text = bind_words(local, query, values)
    assert bind_words(remote, query, values) == text  # type: ignore[arg-type]
    tables = [to_table(evaluate(store, text)) for store in (remote, local)]  # type: ignore[arg-type]
    there, here = (expected.to_csv(table) for table in tables)  # type: ignore[attr-defined]
    assert there == here


def test_a_push_writes_only_what_changed_and_takes_away_what_is_gone(remote: RemoteStore, tmp_path: Path) -> None:
    root = conftest.write_workspace(tmp_path / "w")  # type: ignore[attr-defined]
    assert push_graphs(root, remote) == Pushed(0, 8, 0, 2312) or push_graphs(root, remote).same == 8
    manifest = root / ".kg" / "manifest.json"
    kept, content = manifest.read_bytes(), manifest.read_text(encoding="utf-8")
    name = re.search(r'"(https://[^"]*memo)": \{', content)
    assert name
    from kg.corpus.manifest import decode_manifest

    whole = decode_manifest(kept, manifest)
    from dataclasses import replace

    less = replace(whole, graphs=tuple(pair for pair in whole.graphs if pair[0] != name[1]))
    manifest.write_bytes(less.encode())
    assert push_graphs(root, remote).deleted == 1
    assert name[1] not in remote.count_graphs()
    manifest.write_bytes(kept)
    assert push_graphs(root, remote) == Pushed(1, 7, 0, 2312)


def test_a_graph_that_somebody_else_has_changed_is_written_again(remote: RemoteStore, tmp_path: Path) -> None:
    root = conftest.write_workspace(tmp_path / "w")  # type: ignore[attr-defined]
    push_graphs(root, remote)
    from kg.graph.remote_http import Connection
    from kg.graph.remote_push import _address, find_graph_store

    url, connection = find_graph_store(remote.address.url), Connection(remote.address)
    first = str(remote.named_graphs()[0].value)
    connection.send("PUT", _address(url, first), body=b"<a:a> <a:b> <a:c> .", headers={"Content-Type": "text/turtle"})
    connection.close()
    assert push_graphs(root, remote) == Pushed(1, 7, 0, 2312)


class WithoutGraphStore(BaseHTTPRequestHandler):
    """A store that has queries and updates alone: all else is not found; `server.left` requests pass, then it fails."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        server: Any = self.server
        if self.path == "/update":
            server.left -= 1
        if self.path == "/update" and server.left < 0:
            self.answer(503, "text/plain", b"overloaded")
            return
        types = {name: self.headers[name] for name in ("Content-Type", "Accept") if name in self.headers}
        request = urllib.request.Request(server.behind + self.path, body, types)
        with urllib.request.urlopen(request) as reply:
            self.answer(reply.status, reply.headers.get("Content-Type", "text/plain"), reply.read())

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(404, "text/plain", b"not found")

    def answer(self, status: int, media_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def updates_only(oxigraph: str) -> Iterator[Any]:
    with HTTPServer(("127.0.0.1", 0), WithoutGraphStore) as server:
        server.left, server.behind = 10**6, oxigraph.removesuffix("/query")  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_store_without_graph_store_protocol_is_written_to_by_updates(updates_only: Any, library: Path) -> None:
    url = f"http://127.0.0.1:{updates_only.server_port}"
    store = RemoteStore(make_address(f"{url}/query"))
    updates_only.left = 3
    with pytest.raises(CorpusError, match=r"has failed \(503\): overloaded"):
        push_graphs(library, store, anew=True)
    updates_only.left = 10**6
    assert push_graphs(library, store) == Pushed(5, 3, 0, 2312)
    assert push_graphs(library, store, doors=Doors(updates=f"{url}/update"), anew=True) == Pushed(8, 0, 0, 2312)
    there = set(store.quads_for_pattern(None, None, None))
    assert there == set(load_memory_store(library))


def test_a_wrong_address_for_updates_is_said_so(oxigraph: str, library: Path) -> None:
    store, doors = RemoteStore(make_address(oxigraph)), Doors(updates=oxigraph.replace("/query", "/nowhere"))
    with pytest.raises(CorpusError, match=r"takes no updates \(404\)"):
        push_graphs(library, store, doors=doors, anew=True)


def test_more_than_ten_thousand_rows_come_whole_or_not_at_all(virtuoso: str) -> None:
    store = RemoteStore(make_address(virtuoso, credentials=Credentials("dba", "dba")))
    from kg.graph.remote_http import Connection

    connection = Connection(store.address)
    for graph in ("http://g.example/1", "http://g.example/2"):
        body = "".join(f"<http://e.example/{i}> <http://e.example/p> {i} .\n" for i in range(6000)).encode()
        url = f"{virtuoso.removesuffix('/sparql')}/sparql-graph-crud-auth?graph-uri={graph}"
        connection.send("PUT", url, body=body, headers={"Content-Type": "text/turtle"})
    with pytest.raises(Exception, match=r"10,000 of 12,000 rows"):
        store.query("SELECT * { GRAPH ?g { ?s <http://e.example/p> ?o } }")
    assert sum(1 for _ in store.quads_for_pattern(None, ox.NamedNode("http://e.example/p"), None, None)) == 12_000
    for graph in ("http://g.example/1", "http://g.example/2"):
        url = f"{virtuoso.removesuffix('/sparql')}/sparql-graph-crud-auth?graph-uri={graph}"
        connection.send("DELETE", url)
    connection.close()


def test_a_path_of_any_length_is_warned_of_in_virtuoso_alone(virtuoso: str, oxigraph: str, library: Path) -> None:
    runner = CliRunner()
    for url, warned in ((virtuoso, True), (oxigraph, False)):
        told = [
            "Warning: this store is Virtuoso" in runner.invoke(cli, ["-w", str(library), "--store", url, *words]).stderr
            for words in (
                ["query", "place_counts"],
                ["query", "dilemma_counts"],
                ["ask", "which countries are covered?"],
            )
        ]
        assert told == [warned, False, warned]


def test_python_asks_a_remote_store_and_warns_of_what_virtuoso_may_lose(
    virtuoso: str, oxigraph: str, library: Path
) -> None:
    local = kg.open(library).query("author_pairs").table
    for url, warned in ((virtuoso, True), (oxigraph, False)):
        opened = kg.open(library, store=url)
        push_graphs(library, RemoteStore(make_address(url, credentials=Credentials("dba", "dba"))))
        assert opened.query("author_pairs").table == local
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            notes = opened.query("place_counts").table.notes
            opened.ask("which countries are covered?")
        told = [one.category for one in caught]
        assert (bool(notes), told) == (warned, [DoubtWarning] * 2 * warned)


COMMANDS = (
    ["query", "dilemma_remedies", "-p", "dilemma=data silos"],
    ["ask", "which remedies for data silos since 2019?"],
    ["show", "wang-2020"],
    ["stats"],
    ["search", "data", "silos"],
    ["map", "data silos", "--format", "json"],
    ["matrix"],
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
def test_commands_print_the_same_of_a_remote_store(command: list[str], oxigraph: str, library: Path) -> None:
    runner = CliRunner()
    done = runner.invoke(cli, ["-w", str(library), "push", oxigraph], catch_exceptions=False)
    assert "the store counts 2,312 triples" in done.output
    here = runner.invoke(cli, ["-w", str(library), *command], catch_exceptions=False)
    there = runner.invoke(cli, ["-w", str(library), "--store", oxigraph, *command], catch_exceptions=False)
    assert (there.exit_code, there.output) == (0, here.output)


def test_a_store_is_asked_without_a_workspace(oxigraph: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, ["--store", oxigraph, "query", "corpus_counts", "-f", "csv"], catch_exceptions=False)
    assert done.output.startswith("what,number\r\n") or done.output.count("\n") > 3


def test_a_private_store_in_kg_toml_is_not_asked(oxigraph: str, tmp_path: Path) -> None:
    root = conftest.write_workspace(tmp_path / "w")  # type: ignore[attr-defined]
    (root / "kg.toml").write_text(f'[graph]\nstore = "{oxigraph}"\n', encoding="utf-8")
    done = CliRunner().invoke(cli, ["-w", str(root), "query", "corpus_counts"])
    assert isinstance(done.exception, CorpusError)
    assert "not a public address" in str(done.exception)
