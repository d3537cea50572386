"""Which nodes a map of a topic holds."""

import networkx as nx
import pyoxigraph as ox
import pytest

from kg.model.errors import QueryError
from kg.query.network import build_network, choose_topic, find_topic


def labels(store: ox.Store, topic: str, kind: str, limit: int = 60) -> list[str]:
    return [node["label"] for _, node in find_topic(store, topic, limit=limit).nodes(data=True) if node["kind"] == kind]


def test_topic_brings_its_dilemma_and_the_remedies_against_it(store: ox.Store) -> None:
    assert labels(store, "data silos", "dilemma")[0] == "data silos between departments"
    assert labels(store, "data silos", "remedy")[:2] == ["shared data platform", "once-only law"]


@pytest.mark.parametrize("topic", ["information islands", "Information Island", "data silo"])
def test_topic_is_found_by_plural_case_and_alternative_label(store: ox.Store, topic: str) -> None:
    assert labels(store, topic, "dilemma", limit=12)[0] == "data silos between departments"


def test_without_a_topic_the_most_stated_dilemma_comes_first(store: ox.Store) -> None:
    assert labels(store, "", "dilemma")[:2] == ["data silos between departments", "shortage of digital skills"]


@pytest.mark.parametrize("limit", [1, 5, 12, 60])
def test_map_holds_no_more_nodes_than_asked_for(store: ox.Store, limit: int) -> None:
    assert 1 <= find_topic(store, "skills", limit=limit).number_of_nodes() <= limit


def test_same_topic_gives_the_same_order_of_nodes_and_edges(store: ox.Store) -> None:
    one, other = (find_topic(store, "training", limit=20) for _ in range(2))
    assert list(one.nodes) == list(other.nodes)
    assert list(one.edges(data=True)) == list(other.edges(data=True))


def test_no_kind_takes_more_than_its_share(store: ox.Store) -> None:
    assert len(labels(store, "", "dilemma", limit=10)) <= 4


def test_network_says_what_it_is_about(store: ox.Store) -> None:
    part = choose_topic(build_network(store), "cloud computing")
    assert part.graph == {
        "topic": "cloud computing",
        "seeds": ["https://w3id.org/digital-government/technologies/cloud-computing"],
    }


def test_topic_that_nothing_is_about_is_an_error_with_a_hint(store: ox.Store) -> None:
    with pytest.raises(
        QueryError, match=r"nothing in the graph is about 'dgital skils'\. Did you mean 'digital skills'"
    ):
        find_topic(store, "dgital skils")


def test_empty_graph_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(QueryError, match="add documents with 'kg add'"):
        find_topic(ox.Store(), "")


def test_map_does_not_say_of_what_a_document_is_about_that_it_mentions_it_too() -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, kind in (("d", "document"), ("e", "document"), ("c", "concept")):
        network.add_node(node, kind=kind, label=node, iri=node, weight=1)
    for ends in (("d", "c", "mentions"), ("d", "c", "is about"), ("e", "c", "mentions")):
        network.add_edge(*ends[:2], label=ends[2])
    links: list[tuple[str, str, str]] = [*choose_topic(network, "c", limit=30).edges(data="label")]
    assert sorted(links) == [("d", "c", "is about"), ("e", "c", "mentions")]
