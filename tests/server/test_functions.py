"""Functions that the engine does not have: SPARQL all the same, and an error once a value of one is needed."""

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kg.server.errors import HttpError
from kg.server.functions import Unknown

CALL = "SELECT ?s { ?s ?p ?o FILTER(<x:f>(?o) && <x:g>(?o)) }"


def make_store(*texts: str) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(ox.NamedNode("x:s"), ox.NamedNode("x:p"), ox.Literal(text)) for text in texts)
    return store


def ask(store: ox.Store, text: str, unknown: Unknown) -> list[object]:
    found = unknown.ask(lambda functions: store.query(text, custom_functions=functions))
    assert isinstance(found, ox.QuerySolutions)
    return list(found)


def test_query_that_never_comes_to_call_an_unknown_function_is_answered() -> None:
    unknown = Unknown()
    assert ask(make_store(), CALL, unknown) == []
    unknown.check()


def test_answer_that_an_unknown_function_shortened_is_refused() -> None:
    unknown = Unknown()
    ask(make_store("a"), CALL, unknown)
    with pytest.raises(HttpError, match="no function is called <x:f>") as caught:
        unknown.check()
    assert caught.value.status == 422


def test_engine_that_gives_up_for_another_reason_is_heard() -> None:
    def give_up(functions: object) -> ox.QuerySolutions:
        raise RuntimeError("another reason")

    with pytest.raises(RuntimeError, match="another reason"):
        Unknown().ask(give_up)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("SELECT * { ?s <x:never> ?o FILTER <x:f>(?o) }", 200),
        ("SELECT * { ?s ?p ?o FILTER <x:f>(?o) }", 422),
        ("SELECT (<x:f>(1) AS ?n) {}", 422),
        ("ASK { ?s ?p ?o FILTER(COALESCE(<x:f>(?o), true)) }", 422),
    ],
)
def test_endpoint_says_which_function_it_does_not_have(client: TestClient, query: str, status: int) -> None:
    response = client.get("/sparql", params={"query": query})
    assert response.status_code == status
    assert ("no function is called <x:f>" in response.text) == (status == 422)
