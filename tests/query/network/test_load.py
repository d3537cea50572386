"""The whole network of the test graph."""

from collections import Counter

import pyoxigraph as ox

from kg.model import expand_curie
from kg.query.network import build_network

BASE = "https://w3id.org/digital-government/kg/"


def test_every_node_has_kind_label_iri_and_weight(store: ox.Store) -> None:
    network = build_network(store)
    assert network.nodes[BASE + "dilemma/data-silos-between-departments"] == {
        "kind": "dilemma",
        "label": "data silos between departments",
        "iri": BASE + "dilemma/data-silos-between-departments",
        "weight": 4,
    }
    assert Counter(kind for _, kind in network.nodes(data="kind")) == {
        "dilemma": 7,
        "remedy": 5,
        "concept": 16,
        "document": 6,
        "author": 5,
        "place": 4,
        "technology": 2,
        "case": 2,
        "policy": 1,
    }


def test_edge_carries_the_sentence_behind_it(store: ox.Store) -> None:
    network = build_network(store)
    ends = BASE + "remedy/once-only-law", BASE + "dilemma/data-silos-between-departments"
    assert list(network.get_edge_data(*ends).values()) == [
        {
            "label": "addresses",
            "quote": "A once-only law will end the silos",
            "document": BASE + "document/estonia-plan-2019",
            "section": "2 Measures",
            "status": "asserted",
            "confidence": 0.9,
        }
    ]


def test_candidate_edge_is_marked_as_one(store: ox.Store) -> None:
    network = build_network(store)
    edges = network.get_edge_data(BASE + "remedy/training-courses", BASE + "dilemma/shortage-of-digital-skills")
    assert sorted((edge["label"], edge["status"]) for edge in edges.values()) == [
        ("addresses", "asserted"),
        ("may address", "candidate"),
    ]


def test_what_a_document_only_may_state_hangs_on_it_as_a_candidate(store: ox.Store) -> None:
    network = build_network(store)
    (edge,) = network.get_edge_data(BASE + "document/wang-2020", BASE + "dilemma/no-time-to-answer").values()
    assert (edge["label"], edge["status"], edge["confidence"]) == ("may state", "candidate", 0.3)
    assert edge["quote"] == "Offices may have no time to answer"


def test_what_is_only_doubted_and_leads_nowhere_stands_on_no_map(store: ox.Store) -> None:
    doubted, says = BASE + "dilemma/no-time-to-answer", ox.NamedNode(expand_curie("rdf:predicate"))
    for quad in list(store.quads_for_pattern(None, says, ox.NamedNode(expand_curie("dg:mayAddress")), None)):
        store.remove(quad)
    network = build_network(store)
    assert doubted not in network
    assert BASE + "document/wang-2020" in network


def test_author_is_linked_to_the_document_not_the_other_way_round(store: ox.Store) -> None:
    network = build_network(store)
    assert sorted(network.successors(BASE + "person/zhang-wei")) == [
        BASE + "document/silva-2022",
        BASE + "document/wang-2020",
    ]


def test_organisation_that_wrote_a_document_is_an_author_and_no_other_organisation_stands_there(
    store: ox.Store,
) -> None:
    network = build_network(store)
    found = {iri: facts["kind"] for iri, facts in network.nodes(data=True) if "/organisation/" in iri}
    assert found == {BASE + "organisation/ministry-of-economic-affairs": "author"}
    assert list(network.successors(*found)) == [BASE + "document/estonia-plan-2019"]


def test_link_between_documents_of_the_corpus_needs_no_sentence(store: ox.Store) -> None:
    edges = build_network(store).get_edge_data(BASE + "document/silva-2022", BASE + "document/wang-2020")
    assert [(edge["label"], edge["quote"], edge["document"]) for edge in edges.values()] == [("cites", "", "")]


def test_empty_store_gives_an_empty_network() -> None:
    assert build_network(ox.Store()).number_of_nodes() == 0


def test_thing_without_a_label_is_called_by_the_end_of_its_identifier() -> None:
    store = ox.Store()
    kind, remedy = (
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
        "https://w3id.org/digital-government/ontology#Remedy",
    )
    store.add(ox.Quad(ox.NamedNode(BASE + "remedy/open-data"), ox.NamedNode(kind), ox.NamedNode(remedy)))
    assert {n: d["label"] for n, d in build_network(store).nodes(data=True)} == {BASE + "remedy/open-data": "open-data"}
