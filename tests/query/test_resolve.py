"""What words name."""

import pyoxigraph as ox
import pytest

from kg.model.errors import QueryError
from kg.query.resolve import find_things, find_titled, find_wanted

BASE = "https://w3id.org/digital-government/kg/"
PROJECT = "https://w3id.org/digital-government/"


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("document", "wang-2020", ["kg/document/wang-2020"]),
        ("document", "Wang (2020)", ["kg/document/wang-2020"]),
        ("document", "papers/wang-2020.txt", ["kg/document/wang-2020"]),
        ("document", "data silos in city government", ["kg/document/wang-2020"]),
        ("person", "Silva", ["kg/person/silva-ana"]),
        ("person", "Ministry of Economic Affairs", ["kg/organisation/ministry-of-economic-affairs"]),
        ("concept", "digital literacy", ["concepts/digital-skills"]),
        ("concept", "sharing", ["concepts/data-sharing"]),
        ("concept", "DIGITAL SKILLS", ["concepts/digital-skills"]),
        ("place", "Brazil", ["places/brazil"]),
        ("type", "shortage of talents", ["dilemma-types/skills-shortage"]),
        ("technology", "AI", ["technologies/artificial-intelligence"]),
        ("dilemma", "data silos", ["kg/dilemma/data-silos-between-departments"]),
        ("dilemma", "data-silos-between-departments", ["kg/dilemma/data-silos-between-departments"]),
        ("dilemma", "shortage of talents", ["kg/dilemma/shortage-of-digital-skills"]),
        ("remedy", "legislation and regulation", ["kg/remedy/fill-in-forms-once", "kg/remedy/once-only-law"]),
        ("policy", "Five-Year Plan", ["kg/policy/14th-five-year-plan"]),
        ("work", "open government data", ["kg/work/open-government-data-2018"]),
    ],
)
def test_words_find_the_thing(store: ox.Store, kind: str, text: str, found: list[str]) -> None:
    assert [iri.removeprefix(PROJECT) for iri in find_things(store, kind, text)] == found


def test_technology_is_not_looked_for_among_places(store: ox.Store) -> None:
    with pytest.raises(QueryError, match="no technology is called 'China'"):
        find_things(store, "technology", "China")


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        ("dilemma", "data slos between departments", "Did you mean 'data silos between departments'"),
        ("place", "Atlantis", "no place is called 'Atlantis'. The graph names 4 of that kind"),
    ],
)
def test_unknown_name_is_answered_with_near_ones(store: ox.Store, kind: str, text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        find_things(store, kind, text)


@pytest.mark.parametrize(
    ("text", "found"), [("silos paper wang", []), ("silos wang", ["wang-2020"]), ("government", ["wang-2020"])]
)
def test_document_is_found_by_words_of_title_and_short_name(store: ox.Store, text: str, found: list[str]) -> None:
    assert [iri.rsplit("/", 1)[-1] for iri in find_titled(store, text)] == found


def test_document_is_asked_for_by_a_word_of_its_short_name(store: ox.Store) -> None:
    assert [iri.rsplit("/", 1)[-1] for iri in find_wanted(store, "document", "Brazil 2022")] == ["silva-2022"]
