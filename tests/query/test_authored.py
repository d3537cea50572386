"""Works called by author and year."""

import pyoxigraph as ox
import pytest

from kg.model.prefixes import DEFAULT_BASE
from kg.query.authored import CITED, find_authored
from kg.query.resolve import find_things


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("Wang 2020", ["wang-2020"]),
        ("Wang & Zhang (2020)", ["wang-2020"]),
        ("silva et al., 2022", ["silva-2022"]),
        ("Ana Silva 2022", ["silva-2022"]),
        ("Wang 2021", []),
        ("Wang and Nobody 2020", []),
        ("Nobody 2020", []),
        ("2020", []),
        ("in 2020 and more", []),
    ],
)
def test_documents_are_found_by_every_author_named_and_the_year(
    store: ox.Store, text: str, documents: list[str]
) -> None:
    assert find_authored(store, "document", text) == tuple(f"{DEFAULT_BASE}document/{name}" for name in documents)


@pytest.mark.parametrize(
    ("text", "work"),
    [("Smith (2018)", "open-government-data-2018"), ("Wang & Zhang 2020", "data-silos-in-city-government-2020")],
)
def test_cited_works_are_found_by_the_entries_of_reference_lists(store: ox.Store, text: str, work: str) -> None:
    assert find_things(store, "work", text) == (f"{DEFAULT_BASE}work/{work}",)


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        ("Which papers cite Wang 2020?", ["Wang 2020"]),
        ("what do Labra Gayo et al. (2012a) say", ["Labra Gayo et al. (2012a)"]),
        ("Wang and Li (2020) against Smith, 2019", ["Wang and Li (2020)", "Smith, 2019"]),
        ("remedies in 2019, papers of Brazil 2015-2019", []),
    ],
)
def test_citations_stand_out_of_a_sentence(question: str, cited: list[str]) -> None:
    assert [match.group() for match in CITED.finditer(question)] == cited
