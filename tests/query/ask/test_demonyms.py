"""Words for what is of a country."""

import pyoxigraph as ox
import pytest

from kg.query.ask.demonyms import find_demonyms, name_countries
from kg.query.resolve import find_labels


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("Estonian and Chinese laws", [("Estonia", 0), ("China", 13)]),
        ("how do you polish a text", []),
        ("Latin American cities, Spanish-speaking users, the Chinese language", []),
        ("Ruritanian laws", []),
        ("papers in Chinese, on trust in Chinese cities", [("China", 31)]),
        ("written in Chinese or English", []),
    ],
)
def test_country_is_found_by_the_word_for_what_is_of_it(
    store: ox.Store, question: str, places: list[tuple[str, int]]
) -> None:
    assert [(mention.text, mention.start) for mention in find_demonyms(store, question)] == places


@pytest.mark.parametrize(
    ("question", "starts"),
    [
        ("tell us what the US does", [17]),
        ("policies of the us", [16]),
        ("U.S. laws", [0]),
        ("TELL US", []),
    ],
)
def test_united_states_are_no_word_for_ourselves(question: str, starts: list[int]) -> None:
    ontology = ox.Store()
    ontology.load(path="ontology/places.ttl", format=ox.RdfFormat.TURTLE)
    found = [(mention.text, mention.start) for mention in find_demonyms(ontology, question)]
    assert found == [("United States", start) for start in starts]


def test_text_names_the_countries_themselves() -> None:
    assert (
        name_countries("the Italian white paper of a British body") == "the Italy white paper of a United Kingdom body"
    )


def test_every_country_of_the_list_is_one_of_the_ontology() -> None:
    from kg.query.ask.demonyms import _load_countries

    ontology = ox.Store()
    ontology.load(path="ontology/places.ttl", format=ox.RdfFormat.TURTLE)
    known = {label for labels in find_labels(ontology, "place").values() for label in labels}
    assert set(_load_countries().values()) <= known
