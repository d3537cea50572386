"""Queries over HTTP: datasets, formats, headers, and the endpoint's description of itself."""

from typing import Any

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kg.model.prefixes import PREFIXES
from kg.server.evaluation import names_dataset

BASE = "https://w3id.org/digital-government/kg/"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ONE = 'SELECT ?a ?b { VALUES (?a ?b) { (<x:a> "é\\n<&>") } }'


def count(client: TestClient, text: str = COUNT, **dataset: Any) -> int:
    found = client.get("/sparql", params={"query": text, **dataset}).json()
    return int(found["results"]["bindings"][0]["n"]["value"])


def test_default_graph_is_the_union_of_all_graphs(client: TestClient) -> None:
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert count(client) == count(client, named) > 2000


def test_graphs_named_in_the_request_are_the_dataset(client: TestClient) -> None:
    wang, silva = f"{BASE}graph/wang-2020", f"{BASE}graph/silva-2022"
    one, other = (count(client, **{"default-graph-uri": graph}) for graph in (wang, silva))
    assert 0 < one < count(client)
    both: dict[str, Any] = {"default-graph-uri": [wang, silva]}
    assert count(client, **both) == one + other
    assert count(client, **{"named-graph-uri": wang}) == 0
    inside = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert count(client, inside, **{"named-graph-uri": wang}) == one
    assert count(client, inside, **{"default-graph-uri": wang}) == 0


def test_from_chooses_among_the_graphs_of_the_store_and_the_request_goes_before_it(client: TestClient) -> None:
    wang, silva = f"{BASE}graph/wang-2020", f"{BASE}graph/silva-2022"
    text = COUNT.replace("{", f"FROM <{wang}> {{")
    assert count(client, text) == count(client, **{"default-graph-uri": wang})
    assert count(client, text, **{"default-graph-uri": silva}) == count(client, **{"default-graph-uri": silva})


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:1/x", "https://example.org/none"])
def test_graph_that_is_not_in_the_store_is_empty_and_never_fetched(client: TestClient, address: str) -> None:
    assert count(client, COUNT.replace("{", f"FROM <{address}> {{")) == 0
    assert count(client, **{"default-graph-uri": address}) == 0


@pytest.mark.parametrize(
    ("media", "body"),
    [
        ("text/csv", 'a,b\r\nx:a,"é\n<&>"\r\n'),
        ("text/tab-separated-values", '?a\t?b\n<x:a>\t"é\\n<&>"\n'),
    ],
)
def test_table_comes_as_text(client: TestClient, media: str, body: str) -> None:
    response = client.get("/sparql", params={"query": ONE}, headers={"Accept": media})
    assert (response.headers["content-type"], response.text) == (f"{media}; charset=utf-8", body)


@pytest.mark.parametrize("media", ["application/sparql-results+json", "application/sparql-results+xml"])
def test_table_comes_in_the_standard_formats(client: TestClient, media: str) -> None:
    response = client.get("/sparql", params={"query": ONE}, headers={"Accept": media})
    format_ = ox.QueryResultsFormat.from_media_type(media)
    found = ox.parse_query_results(response.content, format=format_)
    assert response.headers["content-type"] == media
    assert isinstance(found, ox.QuerySolutions)
    assert [list(row) for row in found] == [[ox.NamedNode("x:a"), ox.Literal("é\n<&>")]]


@pytest.mark.parametrize(
    "media", ["text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml", "text/n3"]
)
@pytest.mark.parametrize("form", ["CONSTRUCT { ?s ?p ?o } WHERE", "DESCRIBE ?s"])
def test_triples_come_in_every_format(client: TestClient, media: str, form: str) -> None:
    text = f"{form} {{ ?s ?p ?o FILTER(?s = <{BASE}person/wang-li>) }}"
    response = client.post("/sparql", data={"query": text}, headers={"Accept": media})
    format_ = ox.RdfFormat.from_media_type(media)
    assert response.headers["content-type"].split(";")[0] == media
    assert len({quad.triple for quad in ox.parse(response.content, format=format_)}) >= 5


def test_turtle_names_only_the_prefixes_it_uses(client: TestClient) -> None:
    text = f"CONSTRUCT {{ <{BASE}person/wang-li> a ?class }} WHERE {{ <{BASE}person/wang-li> a ?class }}"
    response = client.get("/sparql", params={"query": text})
    lines = [line for line in response.text.splitlines() if line.startswith("@prefix")]
    assert sorted(lines) == [f"@prefix {p}: <{PREFIXES[p]}> ." for p in ("foaf", "rdf")]


def test_kind_of_answer_that_the_client_does_not_take_is_refused(client: TestClient) -> None:
    table = client.get("/sparql", params={"query": ONE}, headers={"Accept": "text/turtle"})
    triples = client.get("/sparql", params={"query": "DESCRIBE <x:a>"}, headers={"Accept": "text/csv"})
    assert (table.status_code, triples.status_code) == (406, 406)
    assert "application/sparql-results+json, application/sparql-results+xml, text/csv" in table.text
    assert "text/turtle, application/ld+json" in triples.text


def test_relative_address_is_below_the_endpoint(client: TestClient) -> None:
    found = client.get("/sparql", params={"query": "SELECT ?a { BIND(<x> AS ?a) }", "format": "csv"})
    assert found.text == "a\r\nhttp://testserver/x\r\n"


@pytest.mark.parametrize("text", ["ASK {", "", "INSERT DATA { <x:a> <x:b> <x:c> }", "ASK { SERVICE <x:a> {} }", "\0"])
def test_query_that_is_wrong_is_the_fault_of_the_client(client: TestClient, text: str) -> None:
    response = client.get("/sparql", params={"query": text})
    assert (response.status_code, response.headers["content-type"]) == (400, "text/plain; charset=utf-8")


def test_browser_sees_what_is_wrong_above_the_query_it_may_change(client: TestClient) -> None:
    response = client.get("/sparql", params={"query": "ASK { <script>"}, headers={"Accept": "text/html"})
    assert response.status_code == 400
    assert "ASK { &lt;script&gt;</textarea>" in response.text
    assert 'role="alert">not SPARQL' in response.text


def test_any_page_may_read_and_none_may_run_script(client: TestClient) -> None:
    headers = client.get("/sparql", params={"query": "ASK {}"}, headers={"Origin": "https://example.org"}).headers
    assert headers["access-control-allow-origin"] == "*"
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert (headers["x-content-type-options"], headers["vary"]) == ("nosniff", "Accept")


def test_preflight_of_a_browser_is_answered(client: TestClient) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    response = client.options("/sparql", headers=asked)
    assert response.status_code == 204
    assert response.headers["access-control-allow-methods"] == "GET, HEAD, POST, OPTIONS"
    assert response.headers["access-control-allow-headers"] == "Accept, Authorization, Content-Type"


def test_head_has_the_headers_of_get(client: TestClient) -> None:
    response = client.head("/sparql", params={"query": "ASK {}"})
    assert (response.status_code, response.headers["content-type"]) == (200, "application/sparql-results+json")


def describe(client: TestClient, path: str) -> ox.Store:
    store = ox.Store()
    store.load(client.get(path, headers={"Accept": "application/n-triples"}).content, format=ox.RdfFormat.N_TRIPLES)
    return store


def find(store: ox.Store, predicate: str) -> set[str]:
    prefix, _, local = predicate.partition(":")
    quads = store.quads_for_pattern(None, ox.NamedNode(PREFIXES[prefix] + local), None, None)
    return {getattr(quad.object, "value", "") for quad in quads}


def test_endpoint_describes_itself_where_nothing_is_asked(client: TestClient) -> None:
    store = describe(client, "/sparql")
    sd = PREFIXES["sd"]
    assert find(store, "sd:endpoint") == {"http://testserver/sparql"}
    assert find(store, "sd:feature") == {f"{sd}UnionDefaultGraph"}
    assert find(store, "sd:supportedLanguage") == {f"{sd}SPARQL10Query", f"{sd}SPARQL11Query"}
    assert f"{BASE}graph/wang-2020" in find(store, "sd:name")
    assert str(count(client)) in find(store, "void:triples")


def test_scratch_server_says_that_it_takes_updates(scratch: TestClient) -> None:
    store = describe(scratch, "/sparql")
    assert f"{PREFIXES['sd']}SPARQL11Update" in find(store, "sd:supportedLanguage")
    assert find(store, "sd:feature") == set()


@pytest.mark.parametrize("path", ["/void", "/.well-known/void", "/"])
def test_data_are_described_with_their_sizes(client: TestClient, path: str) -> None:
    store = describe(client, path)
    assert str(count(client)) in find(store, "void:triples")
    assert find(store, "void:uriSpace") == {BASE}
    assert f"{PREFIXES['dg']}Dilemma" in find(store, "void:class")
    assert f"{PREFIXES['dg']}addresses" in find(store, "void:property")


def test_query_of_the_library_is_asked_by_its_name_with_words_for_parameters(client: TestClient) -> None:
    response = client.get("/query/remedy_documents", params={"remedy": "once-only law", "format": "csv"})
    assert response.text.splitlines()[1].startswith(f"{BASE}remedy/once-only-law,{BASE}document/estonia-plan-2019,")
    assert client.get("/query/none").status_code == 404
    assert client.get("/query/remedy_documents", params={"remedie": "x"}).status_code == 400


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("ASK FROM <x:g> {}", True),
        ("select *from named<x:g> where {}", True),
        ("ASKFROM <x:g> {}", True),
        ("ASK FROMNAMED<x:g> {}", True),
        ("PREFIX x: <x:> ASK FROMx:g {}", True),
        ("CONSTRUCT { ?s ?p 'FROM' } FROM <x:g> WHERE { ?s ?p ?o }", True),
        ("ASK { ?s ?p 'FROM <x:g>' } # FROM <x:g>", False),
        ("PREFIX from: <x:> DESCRIBE from:g", False),
        ("SELECT ?from { ?from <x:FROM> ?o }", False),
    ],
)
def test_from_is_told_from_what_only_looks_like_it(text: str, named: bool) -> None:
    assert names_dataset(text) is named
