"""Updates that name graphs which are not there."""

import pytest
from starlette.testclient import TestClient

from kg.server.operations import settle_operations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LOAD SILENT <x:a>", "ADD SILENT GRAPH <x:a> TO DEFAULT"),
        ("PREFIX x: <x:> load x:a INTO GRAPH x:b", "PREFIX x: <x:> ADD SILENT GRAPH x:a TO GRAPH x:b"),
        ("CLEAR SILENT GRAPH <x:a>; DROP ALL", "CLEAR SILENT GRAPH <x:a>; DROP ALL"),
        ("LOAD ;", "LOAD ;"),
        (
            "INSERT DATA { <x:s> <x:p> 'LOAD <x:a>' } # DROP GRAPH",
            "INSERT DATA { <x:s> <x:p> 'LOAD <x:a>' } # DROP GRAPH",
        ),
    ],
)
def test_operation_asks_only_the_store(text: str, expected: str) -> None:
    assert settle_operations(text, loads=True) == expected


def test_load_is_left_to_be_refused_where_it_is_not_allowed() -> None:
    assert settle_operations("LOAD <x:a>", loads=False) == "LOAD <x:a>"


def test_load_into_a_scratch_graph_takes_what_the_store_holds_of_that_name(scratch: TestClient) -> None:
    def update(text: str) -> int:
        return scratch.post("/sparql", data={"update": text}).status_code

    assert update("INSERT DATA { GRAPH <x:a> { <x:s> <x:p> 1 } }") == 204
    assert update("LOAD <file:///etc/passwd>; LOAD <x:a> INTO GRAPH <x:b>; DROP GRAPH <x:none>") == 204
    found = scratch.post(
        "/sparql", data={"query": "SELECT ?g ?o { { GRAPH ?g { ?s ?p ?o } } UNION { ?s ?p ?o } } ORDER BY ?g"}
    )
    assert [row["g"]["value"] for row in found.json()["results"]["bindings"]] == ["x:a", "x:b"]
    assert update("LOAD <x:a> INTO <x:b>") == 400
