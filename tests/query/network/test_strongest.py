"""Networks too dense to draw are thinned to their strongest links."""

from itertools import combinations

import networkx as nx

from kg.query.network.strongest import MAX_LINKS_PER_NODE, keep_strongest


def make_network(*edges: tuple[str, str, float]) -> "nx.MultiDiGraph[str]":
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph(title="t")
    for source, target, weight in edges:
        network.add_edge(source, target, weight=weight, label=f"{weight:g} times")
    return network


def test_small_network_stays_as_it_is() -> None:
    network = make_network(("a", "b", 1), ("b", "c", 2), ("a", "b", 3))
    part = keep_strongest(network, 9)
    assert (dict(part.graph), list(part), list(part.edges(data=True))) == (
        {"title": "t"}, list(network), list(network.edges(data=True)),
    )  # fmt: skip


def test_nodes_whose_links_weigh_most_are_kept() -> None:
    part = keep_strongest(make_network(("a", "b", 5), ("c", "d", 1), ("b", "d", 2)), 3)
    assert sorted(part) == ["a", "b", "d"]
    assert sorted(part.edges()) == [("a", "b"), ("b", "d")]


def test_edge_without_weight_weighs_one() -> None:
    network = make_network(("a", "b", 0.5))
    network.add_edge("c", "d")
    assert sorted(keep_strongest(network, 2)) == ["c", "d"]


def test_dense_network_keeps_the_strongest_links_of_each_node() -> None:
    names = "abcdefghij"
    network = make_network(*((a, b, 10.0 if b == "j" else 1.0) for a, b in combinations(names, 2)))
    part = keep_strongest(network, 10)
    assert len(part) == 10
    assert {(a, "j") for a in names[:-1]} <= set(part.edges())
    assert part.number_of_edges() <= MAX_LINKS_PER_NODE * 10
