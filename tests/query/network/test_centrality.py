"""PageRank against networkx's own, which stands on scipy."""

import networkx as nx
import pytest

from kg.model.errors import QueryError
from kg.query.network import compute_centrality


def make_network(*edges: tuple[str, str, float]) -> "nx.MultiDiGraph[str]":
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for source, target, confidence in edges:
        network.add_edge(source, target, confidence=confidence)
    return network


NETWORK = make_network(("a", "b", 1.0), ("a", "b", 0.5), ("b", "c", 1.0), ("d", "b", 0.3))


@pytest.mark.parametrize("seeds", [None, {"a": 1.0}, {"a": 2.0, "d": 1.0}])
def test_rank_agrees_with_networkx(seeds: dict[str, float] | None) -> None:
    plain: nx.Graph[str] = nx.Graph()
    for source, target, confidence in (("a", "b", 1.5), ("b", "c", 1.0), ("d", "b", 0.3)):
        plain.add_edge(source, target, weight=confidence)
    expected = nx.pagerank(plain, personalization=seeds, tol=1e-12, max_iter=1000)
    assert compute_centrality(NETWORK, seeds=seeds) == pytest.approx(expected, abs=1e-6)


def test_node_without_links_loses_no_weight() -> None:
    network = make_network(("a", "b", 1.0))
    network.add_node("alone")
    assert sum(compute_centrality(network).values()) == pytest.approx(1.0)


def test_seed_outside_the_network_is_passed_over() -> None:
    assert compute_centrality(NETWORK, seeds={"a": 1.0, "x": 9.0}) == compute_centrality(NETWORK, seeds={"a": 1.0})


def test_empty_network_is_an_error() -> None:
    with pytest.raises(QueryError, match="the network is empty"):
        compute_centrality(make_network())
