"""The 34 cases of the W3C suite for the SPARQL 1.1 Protocol, sent to a server as they stand."""

import tarfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

SUITE = Path(__file__).parents[2] / "../shared/data/benchmarks/w3c/rdf-tests-sparql.tar.xz"
FOLDER = "sparql/sparql11/protocol/"
GRAPH = "http://kasei.us/2009/09/sparql/data/"
HT, MF, CNT = (
    f"http://www.w3.org/{name}#" for name in ("2011/http", "2001/sw/DataAccess/tests/test-manifest", "2011/content")
)
FORMATS = {"boolean": "sparql-results", "tabular": "sparql-results", "RDF": "turtle"}


def read_suite() -> dict[str, bytes]:
    with tarfile.open(SUITE) as archive:
        members = [m for m in archive if m.isfile() and FOLDER in m.name]
        return {m.name.rsplit("/", 1)[-1]: archive.extractfile(m).read() for m in members}  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def suite() -> dict[str, bytes]:
    if not SUITE.is_file():
        pytest.skip("needs the W3C test suite in ../shared")
    return read_suite()


def send(client: TestClient, graph: Any, request: Any) -> Any:
    from rdflib import URIRef
    from rdflib.collection import Collection

    listed = graph.value(request, URIRef(HT + "headers"))
    pairs = [] if listed is None else list(Collection(graph, listed))
    headers = {
        str(graph.value(h, URIRef(HT + "fieldName"))): str(graph.value(h, URIRef(HT + "fieldValue"))) for h in pairs
    }
    body = graph.value(request, URIRef(HT + "body"))
    encoding = str(graph.value(body, URIRef(CNT + "characterEncoding")) or "utf-8")
    content = str(graph.value(body, URIRef(CNT + "chars")) or "").encode(encoding) if body is not None else None
    query = urlsplit(str(graph.value(request, URIRef(HT + "absolutePath")))).query
    method = str(graph.value(request, URIRef(HT + "methodName")))
    return client.request(method, f"/sparql?{query}", content=content, headers=headers)


def test_all_cases_are_answered_as_the_protocol_says(scratch: TestClient, suite: dict[str, bytes]) -> None:
    import rdflib
    from rdflib.collection import Collection

    for number in (1, 2, 3):
        text = suite[f"data{number}.nt"].decode()
        insert = f"INSERT DATA {{ GRAPH <{GRAPH}data{number}.rdf> {{ {text} }} }}"
        assert scratch.post("/sparql", data={"update": insert}).status_code == 204
    graph = rdflib.Graph().parse(data=suite["manifest.ttl"], format="turtle", publicID="http://example.org/")
    get = graph.value
    failed, count = [], 0
    for entries in graph.objects(None, rdflib.URIRef(MF + "entries")):
        for case in Collection(graph, entries):
            count += 1
            action = get(case, rdflib.URIRef(MF + "action"))
            for request in Collection(graph, get(action, rdflib.URIRef(HT + "requests")) or case):
                response = send(scratch, graph, request)
                wanted = get(request, rdflib.URIRef(HT + "resp"))
                statuses = {str(s)[-3] for s in graph.objects(wanted, rdflib.URIRef(MF + "expectedStatus"))}
                kind, boolean = (
                    get(wanted, rdflib.URIRef(MF + name)) for name in ("expectedFormat", "expectedBoolean")
                )
                right = str(response.status_code)[0] in (statuses or {"2"})
                right &= kind is None or FORMATS[str(kind)] in response.headers.get("content-type", "")
                right &= boolean is None or response.json() == {"head": {}, "boolean": bool(boolean)}
                failed += [] if right else [(str(case), response.status_code, response.text)]
    assert failed == []
    assert count == 34
