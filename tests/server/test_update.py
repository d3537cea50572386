"""Updates: who may send them, what they may not do, and graphs named in the request."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kg.model.errors import QueryError
from kg.server.app import make_app
from kg.server.settings import ServerSettings
from kg.server.update import add_using, check_update

TOKEN = "a-token-of-some-length"
INSERT = "INSERT DATA { <x:s> <x:p> <x:o> }"


@pytest.fixture(scope="module")
def guarded(source: Path) -> Iterator[TestClient]:
    with TestClient(make_app(ServerSettings(source, token=TOKEN))) as client:
        yield client


def ask(client: TestClient, text: str, **dataset: str) -> object:
    return client.post("/sparql", data={"query": text, **dataset}).json()["boolean"]


def test_server_that_only_reads_refuses_every_update(client: TestClient) -> None:
    response = client.post("/sparql", data={"update": INSERT}, headers={"Authorization": f"Bearer {TOKEN}"})
    assert (response.status_code, response.text.split(";")[0]) == (403, "this server only reads")
    assert client.put("/store?default", content="", headers={"Content-Type": "text/turtle"}).status_code == 403
    assert ask(client, "ASK { <x:s> ?p ?o }") is False


@pytest.mark.parametrize(
    "header", [None, "Bearer wrong", f"Basic {TOKEN}", "Bearer", f"Bearer {TOKEN}x", "Bearer \xe9"]
)
def test_update_without_the_token_is_refused(guarded: TestClient, header: str | None) -> None:
    headers = {b"Authorization": header.encode("latin-1")} if header else None
    response = guarded.post("/sparql", data={"update": INSERT}, headers=headers)
    assert (response.status_code, response.headers["www-authenticate"]) == (401, 'Bearer realm="kg"')
    assert ask(guarded, "ASK { <x:s> ?p ?o }") is False


def test_update_with_the_token_is_seen_by_every_later_query(guarded: TestClient) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    for number in range(5):
        text = f"INSERT DATA {{ GRAPH <x:g> {{ <x:n{number}> <x:p> <x:o> }} }}"
        assert guarded.post("/sparql", data={"update": text}, headers=headers).status_code == 204
        assert ask(guarded, f"ASK {{ <x:n{number}> ?p ?o . ?document a ?kind }}") is True
    assert guarded.post("/sparql", data={"update": "DROP GRAPH <x:g>"}, headers=headers).status_code == 204
    assert ask(guarded, "ASK { GRAPH <x:g> { ?s ?p ?o } }") is False


def test_update_that_fails_half_way_changes_nothing(scratch: TestClient) -> None:
    response = scratch.post("/sparql", data={"update": f"{INSERT} ; CREATE GRAPH <x:g> ; CREATE GRAPH <x:g>"})
    assert response.status_code in {400, 422}
    assert ask(scratch, "ASK { ?s ?p ?o }") is False


def test_update_over_its_limits_changes_nothing(scratch: TestClient) -> None:
    triples = " . ".join(f"<x:{n}> <x:p> <x:o>" for n in range(300))
    scratch.post("/sparql", data={"update": f"INSERT DATA {{ {triples} }}"})
    product = " ".join(f"?s{n} <x:p> ?o{n} ." for n in range(4))
    response = scratch.post("/sparql", data={"update": f"INSERT {{ <x:new> <x:p> ?o3 }} WHERE {{ {product} }}"})
    # Which limit is met first, time or memory, depends on the machine.
    assert response.status_code == 422
    assert response.text.startswith(("stopped after 2 s", "stopped: it needed more than"))
    assert ask(scratch, "ASK { <x:new> ?p ?o }") is False
    assert scratch.post("/sparql", data={"update": INSERT}).status_code == 204


def test_page_of_another_site_cannot_change_a_scratch_graph(scratch: TestClient) -> None:
    headers = {"Origin": "https://evil.example.org"}
    assert scratch.post("/sparql", data={"update": INSERT}, headers=headers).status_code == 403
    headers = {"Origin": "http://testserver"}
    assert scratch.post("/sparql", data={"update": INSERT}, headers=headers).status_code == 204


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <file:///etc/passwd>",
        "load silent <http://127.0.0.1/x>",
        "PREFIX x: <file:///etc/> LOADx:passwd",
        f"{INSERT};LOAD<file:///etc/passwd>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "INSERT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(?a<?b&&trueSERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "INSERT DATA { " + "[ <x:p> " * 300 + "1" + "]" * 300 + " }",
    ],
)
def test_update_that_fetches_or_nests_too_deep_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match=r"would fetch|would ask|nested deeper"):
        check_update(text)


def test_words_inside_texts_and_addresses_are_no_keywords() -> None:
    check_update('INSERT DATA { <x:LOAD> <x:SERVICE> "LOAD <file:x> SERVICE" } # LOAD')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
            "INSERT { ?s ?p 1 } USING <a:b> USING NAMED <a:c> WHERE { ?s ?p ?o }",
        ),
        (
            'DELETE WHERE { ?s ?p "}" } ; CLEAR ALL',
            'DELETE  { ?s ?p "}" } USING <a:b> USING NAMED <a:c> WHERE { ?s ?p "}" } ; CLEAR ALL',
        ),
        ("INSERT DATA { <x:s> <x:p> 'WHERE' }", "INSERT DATA { <x:s> <x:p> 'WHERE' }"),
    ],
)
def test_graphs_of_the_request_are_written_into_the_text(text: str, expected: str) -> None:
    assert add_using(text, ["a:b"], ["a:c"]) == expected


@pytest.mark.parametrize("words", ["WITH <x:g> DELETE { ?s ?p 1 }", "DELETE { ?s ?p 1 } USING <x:g>"])
def test_graphs_are_named_in_the_request_or_in_the_text_but_not_in_both(words: str) -> None:
    with pytest.raises(QueryError, match="so the request may not name graphs as well"):
        add_using(f"{words} WHERE {{ ?s ?p ?o }}", ["a:b"], [])


def test_delete_where_takes_the_graphs_of_the_request(scratch: TestClient) -> None:
    data = "INSERT DATA { <x:s> <x:p> 1 GRAPH <x:g> { <x:s> <x:p> 1 } GRAPH <x:h> { <x:s> <x:p> 1 } }"
    scratch.post("/sparql", data={"update": data})
    text = "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert scratch.post("/sparql", data={"update": text, "using-named-graph-uri": "x:g"}).status_code == 204
    assert [ask(scratch, f"ASK {{ GRAPH <{g}> {{ ?s ?p ?o }} }}") for g in ("x:g", "x:h")] == [False, True]


def test_graph_that_is_no_iri_is_refused(scratch: TestClient) -> None:
    response = scratch.post("/sparql", data={"update": "CLEAR ALL", "using-graph-uri": "a> WHERE"})
    assert (response.status_code, response.text.split(":")[0]) == (400, "the address of a graph is no IRI")
