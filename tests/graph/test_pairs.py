"""Pairs counted without a join are those that the queries find."""

import io
import random

import pyoxigraph as ox
import pytest

from kg.graph.counts import count
from kg.graph.pairs import PAIRED, count_pairs
from kg.graph.shipped import find_query_folder
from kg.model.prefixes import PREFIXES


def make_store(lines: list[str]) -> ox.Store:
    store = ox.Store()
    store.bulk_load(io.BytesIO("".join(lines).encode()), format=ox.RdfFormat.N_QUADS)
    return store


def make_line(document: int, thing: str, graph: int) -> str:
    term = PREFIXES["dcterms"] + ("creator" if "p" in thing else "subject")
    return f"<x:d{document}> <{term}> {thing} <x:g{graph}> .\n"


@pytest.mark.parametrize("name", PAIRED)
@pytest.mark.parametrize("seed", range(5))
def test_pairs_are_those_the_query_finds(name: str, seed: int) -> None:
    """Documents in several graphs, things in several documents, numbers that tie."""
    choose = random.Random(seed)
    things = [f"<x:{kind}{i}>" for kind in ("p", "cé", "c") for i in range(6)]
    lines = [make_line(choose.randrange(6), choose.choice(things), choose.randrange(3)) for _ in range(120)]
    store = make_store(lines)
    expected = count(store, (find_query_folder() / f"{name}.rq").read_text(encoding="utf-8"))
    assert count_pairs(store, name, expected.columns) == expected
    assert expected.rows


def test_what_is_no_iri_is_left_to_the_engine() -> None:
    store = make_store([make_line(1, '"p"', 1)])
    assert count_pairs(store, "author_pairs", ("a", "b", "n")) is None


def test_graph_without_any_has_no_pairs() -> None:
    found = count_pairs(ox.Store(), "author_pairs", ("a", "b", "n"))
    assert found is not None
    assert found.rows == ()
