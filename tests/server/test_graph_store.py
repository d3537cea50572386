"""The Graph Store Protocol: one graph read, replaced, added to and removed."""

import pytest
from starlette.testclient import TestClient

TURTLE = {"Content-Type": "text/turtle"}
PLAIN = {"Accept": "application/n-triples"}
ADDRESS = "/store?graph=http%3A%2F%2Fexample.org%2Fg"


def test_graph_is_made_read_added_to_replaced_and_removed(scratch: TestClient) -> None:
    assert scratch.get(ADDRESS).status_code == 404
    assert scratch.put(ADDRESS, content="<a> <b> <c> .", headers=TURTLE).status_code == 201
    assert scratch.get(ADDRESS, headers=PLAIN).text == (
        "<http://example.org/a> <http://example.org/b> <http://example.org/c> .\n"
    )
    assert scratch.post(ADDRESS, content="<x:s> <x:p> 1 .", headers=TURTLE).status_code == 204
    assert len(scratch.get(ADDRESS, headers=PLAIN).text.splitlines()) == 2
    assert scratch.put(ADDRESS, content="<x:s> <x:p> <x:o> .", headers=TURTLE).status_code == 204
    assert scratch.get(ADDRESS, headers=PLAIN).text == "<x:s> <x:p> <x:o> .\n"
    assert scratch.delete(ADDRESS).status_code == 204
    assert (scratch.get(ADDRESS).status_code, scratch.delete(ADDRESS).status_code) == (404, 404)


def test_default_graph_is_there_from_the_start(scratch: TestClient) -> None:
    assert scratch.get("/store?default", headers=PLAIN).text == ""
    assert scratch.put("/store?default", content="<x:s> <x:p> <x:o> .", headers=TURTLE).status_code == 204
    assert scratch.get("/store?default", headers=PLAIN).text == "<x:s> <x:p> <x:o> .\n"


def test_body_that_is_wrong_changes_nothing(scratch: TestClient) -> None:
    scratch.put(ADDRESS, content="<x:s> <x:p> <x:o> .", headers=TURTLE)
    wrong = [
        scratch.put(ADDRESS, content="<x:s> <x:p>", headers=TURTLE),
        scratch.put(ADDRESS, content=b"\xff", headers=TURTLE),
        scratch.put(ADDRESS, content="<rdf/>", headers={"Content-Type": "application/rdf+xml"}),
        scratch.put("/store?graph=", content="", headers=TURTLE),
        scratch.put("/store?graph=relative", content="", headers=TURTLE),
        scratch.patch(ADDRESS, content="", headers=TURTLE),
    ]
    assert [response.status_code for response in wrong] == [400, 400, 415, 400, 400, 405]
    assert scratch.get(ADDRESS, headers=PLAIN).text == "<x:s> <x:p> <x:o> .\n"


def test_one_graph_is_named_at_a_time(scratch: TestClient) -> None:
    for address in ("/store", "/store?default&graph=x:g", "/store?graph=x:g&graph=x:h"):
        assert (scratch.get(address).status_code, scratch.get(address).text) == (
            400,
            "name one graph: ?graph=IRI, or ?default\n",
        )


@pytest.mark.parametrize("unit", ["[ <x:p> ", "(", "<< <x:s> <x:p> "])
def test_body_that_is_nested_without_end_harms_no_other_request(scratch: TestClient, unit: str) -> None:
    answer = scratch.put(ADDRESS, content="<x:s> <x:p> " + unit * 200_000, headers=TURTLE)
    assert (answer.status_code in {400, 422}, scratch.get("/sparql?query=ASK{}").status_code) == (True, 200)


@pytest.mark.parametrize(
    ("media", "body"),
    [
        ("application/ld+json", '{"@context": "http://127.0.0.1:9/context", "@id": "x:s"}'),
        ("application/rdf+xml", '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><r>&b;</r>'),
    ],
)
def test_formats_that_fetch_or_grow_are_not_taken(scratch: TestClient, media: str, body: str) -> None:
    answer = scratch.put(ADDRESS, content=body, headers={"Content-Type": media})
    assert (answer.status_code, "text/turtle" in answer.text) == (415, True)
