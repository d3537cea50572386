"""What is known of one thing."""

import pyoxigraph as ox
import pytest

from kg.model import Iri
from kg.query.describe import PARTS, describe_thing, find_kind, find_named
from kg.query.files import load_queries

BASE = "https://w3id.org/digital-government/kg/"
QUERIES = load_queries()


def test_every_part_asks_a_query_that_has_its_parameter_and_columns() -> None:
    for part in (part for parts in PARTS.values() for part in parts):
        query = QUERIES[part.query]
        assert part.parameter in {parameter.name for parameter in query.parameters}
        assert set(part.columns) <= set(query.columns)


def test_facts_are_named_and_linked_things_called_by_their_labels(store: ox.Store) -> None:
    description = describe_thing(store, Iri(BASE + "dilemma/formats-that-do-not-match"), QUERIES)
    assert (description.kind, description.label) == ("dilemma", "formats that do not match")
    assert description.facts == (("type", "Semantic barrier"), ("broader", "data silos between departments"))


def test_parts_without_rows_are_left_out(store: ox.Store) -> None:
    description = describe_thing(store, Iri(BASE + "document/memo"), QUERIES)
    assert [part.title for part, _ in description.tables] == ["Dilemmas", "Speaks of the same things"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("wang-2020", [("document", "kg/document/wang-2020")]),
        ("dilemma/low-adoption-of-services", [("dilemma", "kg/dilemma/low-adoption-of-services")]),
        ("low adoption", [("type", "dilemma-types/low-adoption")]),
        ("Zhang", [("person", "kg/person/zhang-wei")]),
    ],
)
def test_exact_name_goes_before_one_that_only_fits(store: ox.Store, name: str, found: list[tuple[str, str]]) -> None:
    things = [(kind, iri.removeprefix("https://w3id.org/digital-government/")) for kind, iri in find_named(store, name)]
    assert things == found


def test_thing_of_no_known_class_is_a_thing(store: ox.Store) -> None:
    assert find_kind(store, Iri(BASE + "activity/wang-2020")) == "thing"
