"""Every attack of the reliability notes at each way in: nothing leaves, nothing is read, all ends in time.

`tests/bench/hostile.py` tries more of them, at the endpoint too, and says how late the last one ended.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.model.errors import QueryError
from kg.query.library import Library
from kg.query.limits import Limits
from kg.render import render

SECONDS = 0.5
#: Opening a process and its graph, and killing it, on a busy machine.
GRACE_SECONDS = 3.0
Ask = Callable[[str], object]


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, list[object]]]:
    """An address nobody may call, and who called."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        hits: list[object] = []

        def answer() -> None:
            with suppress(OSError):
                while True:
                    hits.append(server.accept())

        threading.Thread(target=answer, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", hits


def run(library: Path, *arguments: str, text: str = "") -> str:
    command = ["-w", str(library), *arguments, "--timeout", str(SECONDS)]
    return CliRunner().invoke(cli, command, input=text.encode(), catch_exceptions=False).stdout


def write_query(library: Path, text: str) -> str:
    path = library / "queries" / "mine.rq"
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.fixture(params=["kg query -", "kg query FILE.rq", "kg map --query", "Python"])
def ask(request: pytest.FixtureRequest, library: Path) -> Iterator[Ask]:
    """One way to ask SPARQL of one's own."""

    def draw(text: str) -> str:
        write_query(library, text)
        return run(library, "map", "--query", "mine", "--format", "json")

    limits = Limits(seconds=SECONDS, memory_mib=300, rows=1000)
    ways: dict[str, Ask] = {
        "kg query -": lambda text: run(library, "query", "-", "--max-rows", "1000", text=text),
        "kg query FILE.rq": lambda text: run(library, "query", write_query(library, text)),
        "kg map --query": draw,
        "Python": Library(library, render=render, limits=limits).query,
    }
    yield ways[request.param]
    (library / "queries" / "mine.rq").unlink(missing_ok=True)


OUTWARD = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "SELECT * { VALUES ?u { <URL> } SERVICE ?u { ?s ?p ?o } }",
    "SELECT * FROM <URL> { ?s ?p ?o }",
    "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "LOAD <URL>",
    "LOAD <file:///etc/passwd> INTO GRAPH <x:g>",
    "CLEAR DEFAULT",
    "DELETE WHERE { ?s ?p ?o }",
    "INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
]
COSTLY = [
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?f ?h",
    "SELECT (COUNT(*) AS ?n) { ?a (!<x:a>|^!<x:b>)* ?b . ?c (!<x:a>|^!<x:b>)* ?d }",
    "SELECT (GROUP_CONCAT(?x) AS ?all) { ?a ?b ?x . ?d ?e ?f . ?g ?h ?i }",
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(CONCAT(STR(?a), STR(?f)), '(.*a.*)*b.*c.*d')) }",
    "CONSTRUCT { ?a ?e ?i } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { " + "{" * 10_000 + "}" * 10_000 + " }",
    "SELECT * { FILTER(" + "(" * 150 + "!" * 10_000 + "true" + ")" * 150 + ") }",
    "SELECT * { " + "OPTIONAL { ?a ?b ?c } " * 3_000 + "}",
]


@pytest.mark.parametrize("text", OUTWARD)
def test_nothing_is_asked_read_or_written_elsewhere(ask: Ask, address: tuple[str, list[object]], text: str) -> None:
    url, hits = address
    with pytest.raises(QueryError):
        ask(text.replace("URL", url))
    assert hits == []


@pytest.mark.parametrize("text", COSTLY, ids=lambda text: text[:50])
def test_costly_query_ends_in_time(ask: Ask, text: str) -> None:
    begin = time.monotonic()
    with suppress(QueryError):
        ask(text)
    assert time.monotonic() - begin < SECONDS + GRACE_SECONDS


def test_graph_is_as_it_was_after_all_that(ask: Ask) -> None:
    text = "SELECT ?remedy ?dilemma { ?remedy <https://w3id.org/digital-government/ontology#addresses> ?dilemma }"
    assert "once-only" in str(ask(text))
