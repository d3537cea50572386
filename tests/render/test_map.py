"""The page: what it holds, what it never holds."""

import json
import re
from collections.abc import Callable

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import RenderError
from kg.render import map as page
from kg.render.resources import read_asset

Sample = Callable[[int], "nx.MultiDiGraph[str]"]
HOSTILE = "</script><img src=x onerror=alert(1)>\"'&<!--\u2028{{7*7}}${x}"


def read_data(html: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="map-data">(.*?)</script>', html, re.DOTALL)
    assert found
    data: dict[str, object] = json.loads(found[1])
    return data


def make_pair(text: str) -> "nx.MultiDiGraph[str]":
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph(title=text)
    network.add_node("r", kind="remedy", label=text, iri=text, weight=1)
    network.add_node("d", kind=text, label="d", iri="d", weight=1)
    network.add_edge("r", "d", label=text, quote=text, document=text, section=text, status="candidate", confidence=0.5)
    return network


def test_same_network_gives_the_same_bytes_in_any_order(sample_network: Sample) -> None:
    network = sample_network(25)
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph(title=network.graph["title"])
    turned.add_nodes_from(reversed(list(network.nodes(data=True))))
    turned.add_edges_from(reversed(list(network.edges(data=True))))
    assert page.render(turned) == page.render(network)


def test_page_names_no_other_host_outside_comments_of_the_library(sample_network: Sample) -> None:
    html = page.render(sample_network(25)).decode()
    own = html.replace(read_asset("vis-network-10.1.5.min.js"), "")
    assert set(re.findall(r"https?://[\w.]+", own)) <= {"http://www.w3.org", "https://example.org"}
    assert not re.findall(r"<(?:link|img|iframe|base|object|embed)\b|<script[^>]+src|@import|url\(", own)


def test_policy_lets_only_the_two_scripts_run(sample_network: Sample) -> None:
    html = page.render(sample_network(5)).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    assert re.fullmatch(
        r"default-src 'none'; script-src 'sha256-[\w+/=]{44}' 'sha256-[\w+/=]{44}'; style-src 'unsafe-inline'; "
        r"base-uri 'none'; form-action 'none'",
        policy[1],
    )


def test_empty_network_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(RenderError, match="kg search"):
        page.render(nx.MultiDiGraph())


def test_counts_are_said_in_words(sample_network: Sample) -> None:
    assert "2 dilemmas, 1 remedy, 1 document, 1 concept" in page.render(sample_network(5)).decode()


@given(st.one_of(st.just(HOSTILE), st.text(max_size=40), st.text(alphabet="<>&\"'/script!-{}%\\", max_size=40)))
def test_no_text_becomes_markup(text: str) -> None:
    html = page.render(make_pair(text)).decode()
    plain = page.render(make_pair("plain")).decode()
    assert re.findall(r"<[a-zA-Z/!][^\s>]*", html.split("<footer")[0]) == re.findall(
        r"<[a-zA-Z/!][^\s>]*", plain.split("<footer")[0]
    )
    assert html.count("<script") == plain.count("<script")
    assert read_data(html)
