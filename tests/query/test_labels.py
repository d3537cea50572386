"""Names instead of identifiers."""

import pyoxigraph as ox

from kg.model import Iri
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
