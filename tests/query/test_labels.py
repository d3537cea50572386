"""Names instead of identifiers."""

import pyoxigraph as ox
import pytest

from kg.model import Iri, expand_curie
from kg.model.table import Cell, Table
from kg.query.labels import find_label, name_things

BASE = "https://w3id.org/digital-government/kg/"
LAW = Cell(BASE + "remedy/once-only-law", "uri")


def test_things_get_their_names_and_documents_their_short_ones(store: ox.Store) -> None:
    table = Table(("remedy", "document"), ((LAW, Cell(BASE + "document/estonia-plan-2019", "uri")),), "Title")
    assert name_things(store, table) == Table(
        ("remedy", "document"), ((Cell("once-only law"), Cell("estonia-plan-2019")),), "Title"
    )


def test_identifier_stays_where_the_name_stands_beside_it_or_there_is_none(store: ox.Store) -> None:
    nameless = Cell("https://example.org/none", "uri")
    table = Table(("remedy", "label", "other"), ((LAW, Cell("once-only law"), nameless), (None, None, None)))
    assert name_things(store, table) == table


def test_english_goes_before_other_languages() -> None:
    store, iri = ox.Store(), Iri(BASE + "concept/x")
    predicate = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    for label in (ox.Literal("aaa", language="de"), ox.Literal("bbb", language="en")):
        store.add(ox.Quad(ox.NamedNode(iri), predicate, label))
    assert find_label(store, iri) == "bbb"
    assert find_label(store, Iri(BASE + "concept/nameless/")) == "nameless"


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("statement/estonia-plan-2019/fa8297c9", "X-Road \u2013 illustrates \u2013 once-only law"),
        ("evidence/estonia-plan-2019/246-252", "X-Road"),
        ("evidence/estonia-plan-2019/246-252/quote", "X-Road"),
        ("activity/wang-2020", "wang-2020"),
    ],
)
def test_thing_without_a_name_is_called_by_its_words(store: ox.Store, name: str, label: str) -> None:
    assert find_label(store, Iri(BASE + name)) == label


def test_long_words_are_cut_between_words() -> None:
    store, iri = ox.Store(), Iri(BASE + "evidence/x/0-1")
    words = ox.Literal("word " * 100)
    store.add(ox.Quad(ox.NamedNode(iri), ox.NamedNode(expand_curie("oa:exact")), words))
    assert find_label(store, iri) == "word " * 23 + "word \u2026"
