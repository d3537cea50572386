"""Queries that ask other servers: refused unless kg.toml allows them, and right with a server standing in for those."""

import re
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.model.errors import QueryError
from kg.query.evaluate import evaluate, to_table
from kg.query.files import load_queries, parse_query, read_query
from kg.query.guard import check_query
from kg.server.services import check_services

FOLDER = Path(__file__).parents[2] / "queries" / "federation"
FILES = sorted(FOLDER.glob("*.rq"))
WIKIDATA = "http://www.wikidata.org/"
#: What the other server holds, and what the graph holds beside it.
THERE = f"""
<{WIKIDATA}entity/Q148> <{WIKIDATA}prop/direct/P1082> 1412600000 .
<{WIKIDATA}entity/Q41487> <{WIKIDATA}prop/direct/P279> <{WIKIDATA}entity/Q327333> .
<https://semopenalex.org/work/W1> <http://prismstandard.org/namespaces/basic/2.0/doi>
  "https://doi.org/10.1000/example" ; <https://semopenalex.org/ontology/citedByCount> 42 ;
  <http://purl.org/dc/terms/creator> <https://semopenalex.org/author/A1> .
<https://semopenalex.org/author/A1> <https://dbpedia.org/ontology/orcidId> "https://orcid.org/0000-0002-1825-0097" ;
  <https://semopenalex.org/ontology/worksCount> 7 .
<{WIKIDATA}entity/Q1> <{WIKIDATA}prop/direct/P356> "10.1000/EXAMPLE" ;
  <{WIKIDATA}prop/direct/P50> <{WIKIDATA}entity/Q2> .
<{WIKIDATA}entity/Q2> <{WIKIDATA}prop/direct/P496> "0000-0002-1825-0097" .
"""
HERE = f"""
@prefix dg: <https://w3id.org/digital-government/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<a:china> skos:exactMatch <{WIKIDATA}entity/Q148> . <a:document> dg:mentions <a:china> .
<a:court> skos:exactMatch <{WIKIDATA}entity/Q41487> .
<a:work> <http://prismstandard.org/namespaces/basic/2.0/doi> "10.1000/example" .
"""
EXPECTED = {
    "wikidata_places": [("a:china", f"{WIKIDATA}entity/Q148", "1412600000", "1")],
    "wikidata_concepts": [("a:court", f"{WIKIDATA}entity/Q41487", f"{WIKIDATA}entity/Q327333")],
    "wikidata_authors": [
        ("a:work", "10.1000/example", f"{WIKIDATA}entity/Q1", f"{WIKIDATA}entity/Q2", "0000-0002-1825-0097")
    ],
    "openalex_authors": [
        ("a:work", "10.1000/example", "https://semopenalex.org/author/A1", "https://orcid.org/0000-0002-1825-0097", "7")
    ],
    "openalex_citations": [("a:work", "10.1000/example", "42")],
}


def load(turtle: str) -> ox.Store:
    store = ox.Store()
    store.load(turtle.encode(), format=ox.RdfFormat.TURTLE)
    return store


class StandIn(BaseHTTPRequestHandler):
    """Answers queries from THERE."""

    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        answer = load(THERE).query(text)
        assert isinstance(answer, ox.QuerySolutions)
        body = answer.serialize(format=ox.QueryResultsFormat.JSON) or b""
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def stand_in() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), StandIn) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_answers_of_both_servers_are_joined(path: Path, stand_in: str) -> None:
    query = read_query(path)
    text = re.sub(r"SERVICE <[^>]*>", f"SERVICE <{stand_in}>", query.text)
    table = to_table(evaluate(load(HERE), text))
    assert table.columns == query.columns
    assert [tuple(cell.value for cell in row if cell) for row in table.rows] == EXPECTED[path.stem]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_is_off_unless_kg_toml_names_the_server(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def find(host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", port))]

    monkeypatch.setattr(socket, "getaddrinfo", find)
    text = path.read_text(encoding="utf-8")
    assert path.stem not in load_queries()
    with pytest.raises(QueryError, match="SERVICE would ask another server"):
        check_query(parse_query(path.stem, text).text)
    with pytest.raises(QueryError, match="SERVICE would ask another server"):
        check_services(text, ())
    address = re.findall(r"SERVICE <([^>]*)>", text)
    assert check_services(text, tuple(address))
