"""A query's answer as a network."""

import networkx as nx
import pytest

from kg.model import RenderError
from kg.model.table import Cell, Table
from kg.render.table_network import find_pair, to_network


def make_table(columns: tuple[str, ...], *rows: tuple[str | None, ...]) -> Table:
    cells = tuple(
        tuple(
            value if value is None else Cell(value, "uri" if value.startswith("http") else "literal") for value in row
        )
        for row in rows
    )
    return Table(columns, cells, "Answer")


def test_remedies_point_at_dilemmas_and_a_candidate_only_may_address() -> None:
    columns = ("document", "remedy", "dilemma", "remedyQuote", "dilemmaQuote", "status", "confidence")
    table = make_table(
        columns,
        (
            "http://x/doc",
            "http://x/remedy/one-platform",
            "http://x/dilemma/silos",
            "A platform.",
            "Silos.",
            "asserted",
            "0.9",
        ),
        (
            "http://x/doc",
            "http://x/remedy/training",
            "http://x/dilemma/silos",
            "Training.",
            "Silos.",
            "candidate",
            None,
        ),
    )
    network = to_network(table)
    assert dict(network.nodes(data="label")) == {
        "http://x/remedy/one-platform": "one platform",
        "http://x/dilemma/silos": "silos",
        "http://x/remedy/training": "training",
    }
    facts = [
        (f["label"], f["quote"], f["document"], f["status"], f["confidence"]) for *_, f in network.edges(data=True)
    ]
    assert facts == [
        ("addresses", "A platform.", "http://x/doc", "asserted", "0.9"),
        ("may address", "Training.", "http://x/doc", "candidate", None),
    ]


def test_pairs_that_meet_are_joined_once_without_direction() -> None:
    table = make_table(("author", "coauthor", "works"), ("A", "B", "2"), ("B", "A", "2"), ("A", None, "1"))
    network = to_network(table)
    assert [(s, t, f["label"], f["directed"]) for s, t, f in network.edges(data=True)] == [("A", "B", "2 works", False)]


def test_known_nodes_keep_their_label_and_kind() -> None:
    known: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    known.add_node("http://x/c", kind="technology", label="Blockchain", iri="http://x/c", weight=4)
    table = make_table(("concept", "other", "documents"), ("http://x/c", "http://x/d", "1"))
    network = to_network(table, known)
    assert network.nodes["http://x/c"] == {
        "kind": "technology",
        "label": "Blockchain",
        "iri": "http://x/c",
        "weight": 4,
    }
    assert [f["label"] for *_, f in network.edges(data=True)] == ["1 document"]


@pytest.mark.parametrize(
    ("columns", "pair"),
    [
        (("document", "remedy", "dilemma"), (1, 2)),
        (("document", "concept", "label"), (0, 1)),
        (("dilemma", "other", "documents"), (0, 1)),
        (("document", "position", "name"), (0, 2)),
    ],
)
def test_the_two_columns_of_things_are_found(columns: tuple[str, ...], pair: tuple[int, int]) -> None:
    assert find_pair(columns) == pair


def test_one_column_of_things_is_an_error() -> None:
    with pytest.raises(RenderError, match="answers with dilemma, count"):
        find_pair(("dilemma", "count"))
