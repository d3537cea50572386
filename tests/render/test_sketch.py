"""A network as records in a fixed order."""

from typing import Any

import networkx as nx
import pytest

from kg.render.sketch import Link, Node, Source, to_sketch


def make_network(*nodes: tuple[str, str], **facts: Any) -> "nx.MultiDiGraph[str]":
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph(**facts)
    for key, kind in nodes:
        network.add_node(key, kind=kind, label=key.upper())
    return network


def test_nodes_come_by_kind_then_weight_then_label() -> None:
    network = make_network(("z", "concept"), ("b", "dilemma"), ("a", "dilemma"), ("c", "dilemma"), ("x", "thing"))
    network.nodes["c"]["weight"] = 3
    assert [(node.id, node.label) for node in to_sketch(network).nodes] == [
        ("n1", "C"), ("n2", "A"), ("n3", "B"), ("n4", "Z"), ("n5", "X"),
    ]  # fmt: skip


def test_edges_with_one_label_become_one_link_the_surest_sentence_first() -> None:
    network = make_network(("r", "remedy"), ("d", "dilemma"), ("doc/1", "document"))
    network.add_edge(
        "r", "d", label="addresses", quote="Perhaps.", document="x/doc/2", status="candidate", confidence=0.9
    )
    network.add_edge("r", "d", label="addresses", quote="Yes.", document="doc/1", status="asserted", confidence="0.7")
    network.add_edge("r", "d", label="addresses", quote="Yes.", document="doc/1", status="asserted", confidence="0.7")
    network.add_edge("r", "d", label="hinders", quote="No.", document="doc/1", status="confirmed", confidence=None)
    sure, unsure = Source("Yes.", "DOC/1", "", "asserted", 0.7), Source("Perhaps.", "2", "", "candidate", 0.9)
    assert to_sketch(network).links == (
        Link(1, 0, "addresses", "asserted", (sure, unsure)),
        Link(1, 0, "hinders", "asserted", (Source("No.", "DOC/1", "", "asserted", None),)),
    )


def test_rejected_edges_and_loops_are_left_out() -> None:
    network = make_network(("r", "remedy"), ("d", "dilemma"))
    network.add_edge("r", "d", label="addresses", status="rejected")
    network.add_edge("r", "r", label="is part of", status="asserted")
    assert to_sketch(network).links == ()


def test_mutual_edges_lose_their_direction() -> None:
    network = make_network(("a", "author"), ("b", "author"))
    network.add_edge("b", "a", label="2 works", directed=False)
    assert to_sketch(network).links == (
        Link(0, 1, "2 works", "asserted", (Source("", "", "", "asserted", None),), False),
    )


def test_nodes_the_topic_names_are_marked_and_the_topic_is_the_title() -> None:
    sketch = to_sketch(make_network(("a", "concept"), ("b", "concept"), topic="b", seeds=["b"]))
    assert (sketch.title, [node.sought for node in sketch.nodes]) == ("b", [False, True])


def test_map_without_topic_marks_nothing() -> None:
    assert not to_sketch(make_network(("a", "concept"), topic="", seeds=["a"])).nodes[0].sought


@pytest.mark.parametrize("label", ["", None, "\u202e", " \n "])
def test_node_without_label_is_named_by_its_key(label: str | None) -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_node("key", label=label)
    wanted = "\ufffd" if label == "\u202e" else "key"
    assert to_sketch(network).nodes == (Node("n1", "key", "other", wanted),)


def test_title_of_a_document_outside_the_map_is_told() -> None:
    network = make_network(("r", "remedy"), ("d", "dilemma"), documents={"x/doc/9": "Elsewhere"})
    network.add_edge("r", "d", label="addresses", document="x/doc/9")
    assert to_sketch(network).links[0].sources[0].document == "Elsewhere"
