"""SERVICE goes to the addresses that kg.toml names, if they are public, and nowhere else."""

import socket
from contextlib import nullcontext
from typing import Any

import pyoxigraph as ox
import pytest

from kg.model.errors import QueryError
from kg.query.limits import Limits
from kg.server.formats import HTML
from kg.server.graph import Graph
from kg.server.jobs import run_job
from kg.server.services import DOUBT, check_services

GOOD = "https://query.example.org/sparql"
PATTERN = "{ ?s ?p ?o }"


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Host -> address, as the system would find it."""
    known = {"query.example.org": "93.184.215.14"}

    def find(host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        if host not in known:
            raise socket.gaierror("unknown")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (known[host], port))]

    monkeypatch.setattr(socket, "getaddrinfo", find)
    return known


@pytest.mark.parametrize("words", ["SERVICE", "service", "SERVICE SILENT", "SERVICE\n"])
def test_service_that_is_allowed_and_public_passes(words: str) -> None:
    assert check_services(f"SELECT * {{ {words} <{GOOD}> {PATTERN} }}", (GOOD,)) is True


def test_query_without_service_needs_no_network() -> None:
    assert check_services(f"ASK FROM <a:b> {PATTERN}", (GOOD,)) is False


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ SERVICE <http://other.example.org/> {PATTERN} }}",
        f"SELECT * {{ SERVICE <{GOOD}> {PATTERN} SERVICE <{GOOD}/more> {PATTERN} }}",
        f"SELECT * {{ SERVICE ?where {PATTERN} }}",
        f"PREFIX x: <{GOOD}> SELECT * {{ SERVICE x: {PATTERN} }}",
        f"SELECT * {{ SERVICE # <{GOOD}>\n<http://other.example.org/> {PATTERN} }}",
        f"BASE <http://other.example.org/> SELECT * {{ SERVICE <sparql> {PATTERN} }}",
        f"SELECT * {{ FILTER(?a<?b&&trueSERVICE <{GOOD}> {PATTERN} }}",
    ],
)
def test_any_other_service_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        check_services(text, (GOOD,))


def test_without_an_allow_list_every_service_is_refused() -> None:
    with pytest.raises(QueryError, match="SERVICE would ask another server"):
        check_services(f"SELECT * {{ SERVICE <{GOOD}> {PATTERN} }}", ())


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "0.1.2.3", "100.64.0.1", "224.0.0.1"),
        *("::1", "fd00::1", "fe80::1%eth0", "::ffff:127.0.0.1", "2002:7f00:1::"),
    ],
)
def test_private_address_is_refused_though_its_name_is_allowed(names: dict[str, str], address: str) -> None:
    names["query.example.org"] = address
    with pytest.raises(QueryError, match="not a public address"):
        check_services(f"SELECT * {{ SERVICE <{GOOD}> {PATTERN} }}", (GOOD,))


def test_host_that_is_not_found_is_an_error() -> None:
    with pytest.raises(QueryError, match="there is no such host"):
        check_services(f"SELECT * {{ SERVICE <https://gone.example.org/> {PATTERN} }}", ("https://gone.example.org/",))


@pytest.mark.parametrize("federated", [True, False])
@pytest.mark.parametrize("results", [HTML, "text/csv"])
def test_answer_that_another_server_had_a_part_in_says_that_it_may_be_cut(
    monkeypatch: pytest.MonkeyPatch, federated: bool, results: str
) -> None:
    monkeypatch.setattr("kg.server.jobs.check_services", lambda text, allowed: federated)
    monkeypatch.setattr("kg.server.jobs.bounded", lambda limits, doors_shut: nullcontext())
    graph = Graph(ox.Store(), "https://kg.example/", Limits(), (GOOD,))
    request = {"job": "query", "text": "SELECT (1 AS ?a) {}", "results": results, "triples": "", "base": None}
    answer = run_job(graph, {**request, "default": [], "named": []})
    assert answer.status == 200
    assert answer.headers == ({"Warning": f'299 - "{DOUBT}"'} if federated else {})
    assert (DOUBT.encode() in answer.body) == (federated and results == HTML)
