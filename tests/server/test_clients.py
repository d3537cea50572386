"""Clients that others wrote, against a running endpoint."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

DG = "https://w3id.org/digital-government/ontology#"
REMEDIES = f"SELECT ?remedy WHERE {{ ?remedy a <{DG}Remedy> }} ORDER BY ?remedy"


@pytest.fixture(scope="module")
def address(library: Path, serving: Callable[..., AbstractContextManager[str]]) -> Iterator[str]:
    with serving("-w", str(library), "serve") as address:
        yield address


@pytest.fixture(scope="module")
def scratch_address(serving: Callable[..., AbstractContextManager[str]]) -> Iterator[str]:
    with serving("serve", "--scratch") as address:
        yield address


@pytest.fixture(scope="module")
def remedies(library: Path) -> list[str]:
    from kg.graph.store import open_for_reading
    from kg.query.run import run_query

    return [cell.value for row in run_query(open_for_reading(library), REMEDIES).rows for cell in row if cell]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper_reads_every_kind_of_answer(address: str, remedies: list[str], method: str) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper", reason="SPARQLWrapper is not installed")
    client = wrapper.SPARQLWrapper(address + "sparql")
    client.setMethod(method)

    def ask(text: str, form: str) -> object:
        client.setQuery(text)
        client.setReturnFormat(form)
        return client.query().convert()

    rows = ask(REMEDIES, "json")["results"]["bindings"]  # type: ignore[index]
    assert [row["remedy"]["value"] for row in rows] == remedies
    uris = ask(REMEDIES, "xml").getElementsByTagName("uri")  # type: ignore[attr-defined]
    assert [uri.firstChild.data for uri in uris] == remedies
    assert ask(REMEDIES, "csv").decode().split() == ["remedy", *remedies]  # type: ignore[attr-defined]
    assert ask("ASK { ?s ?p ?o }", "json") == {"head": {}, "boolean": True}
    assert len(ask(f"CONSTRUCT {{ ?r a <x:R> }} WHERE {{ ?r a <{DG}Remedy> }}", "turtle")) > 0  # type: ignore[arg-type]
    assert len(ask(f"DESCRIBE <{remedies[0]}>", "n3")) > 0  # type: ignore[arg-type]


def test_sparqlwrapper_is_told_what_is_wrong_with_a_query(address: str) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper", reason="SPARQLWrapper is not installed")
    client = wrapper.SPARQLWrapper(address + "sparql")
    client.setQuery("SELECT * {")
    with pytest.raises(wrapper.SPARQLExceptions.QueryBadFormed, match="not SPARQL"):
        client.query()


def test_rdflib_store_reads_the_endpoint(address: str, remedies: list[str]) -> None:
    import rdflib
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    graph = rdflib.Graph(SPARQLStore(address + "sparql", returnFormat="json"))
    assert [str(row[0]) for row in graph.query(REMEDIES)] == remedies  # type: ignore[index]
    assert sorted(str(s) for s in graph.subjects(rdflib.RDF.type, rdflib.URIRef(DG + "Remedy"))) == remedies
    assert (rdflib.URIRef(remedies[0]), rdflib.RDF.type, rdflib.URIRef(DG + "Remedy")) in graph


def test_rdflib_store_writes_to_an_endpoint_that_takes_updates(scratch_address: str) -> None:
    import rdflib
    from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore

    url = scratch_address + "sparql"
    graph = rdflib.Graph(SPARQLUpdateStore(url, url), identifier=rdflib.URIRef("x:g"))
    triple = (rdflib.URIRef("x:s"), rdflib.URIRef("x:p"), rdflib.Literal("é\n\"'"))
    graph.add(triple)
    assert list(graph) == [triple]
    graph.remove((None, None, None))
    assert len(graph) == 0


def curl(*arguments: str) -> str:
    if not shutil.which("curl"):
        pytest.skip("curl is not installed")
    return subprocess.run(["curl", "-sS", *arguments], check=True, capture_output=True).stdout.decode()


def test_curl_asks_in_every_way_of_the_protocol(address: str, remedies: list[str]) -> None:
    url, csv = address + "sparql", ("-H", "Accept: text/csv")
    expected = "\r\n".join(["remedy", *remedies, ""])
    assert curl("-G", url, "--data-urlencode", f"query={REMEDIES}", *csv) == expected
    assert curl(url, "--data-urlencode", f"query={REMEDIES}", *csv) == expected
    assert curl(url, "--data-binary", REMEDIES, "-H", "Content-Type: application/sparql-query", *csv) == expected
    assert json.loads(curl("-G", url, "-d", "query=ASK%7B%7D"))["boolean"] is True
    assert curl("-o", "/dev/null", "-w", "%{http_code}", url, "-d", "query=ASK") == "400"
    assert "@prefix" in curl("-L", f"{address}person/wang-li", "-H", "Accept: text/turtle")
