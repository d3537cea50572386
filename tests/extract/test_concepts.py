"""Concepts and mentions."""

from typing import Any

from kg.extract import concepts, mentions


def test_scheme_concepts_come_with_count_and_rank(make_annotated: Any, few_concepts: Any) -> None:
    annotated = make_annotated(
        "TITLE Open data in towns", "Open data helps. Blockchain does not.", "# Open data", concepts=few_concepts
    )
    found = [(a.label, a.get("count"), a.get("rank")) for a in concepts.extract(annotated, ()) if a.get("iri")]
    assert found == [("open data", 3, 1), ("blockchain", 1, 2)]


def test_repeated_terms_outside_the_schemes_are_candidates(make_annotated: Any) -> None:
    annotated = make_annotated("Parking permits are slow. Parking permits are paper. Nobody likes parking permits.")
    found = [(a.label, a.get("scheme")) for a in concepts.extract(annotated, ())]
    assert ("parking permits", "candidates") in found


def test_what_stands_in_references_is_no_subject(make_annotated: Any, few_concepts: Any) -> None:
    annotated = make_annotated("REFERENCE Lee. Open data. 2019.", concepts=few_concepts)
    assert not list(concepts.extract(annotated, ()))


def test_places_and_technologies_are_named_once_with_their_sentence(make_annotated: Any, few_concepts: Any) -> None:
    annotated = make_annotated("Estonia is small. Estonia uses blockchain.", concepts=few_concepts)
    found = [(a.kind, a.label, a.get("count"), a.evidence.quote) for a in mentions.extract(annotated, ())]
    assert found == [
        ("place", "Estonia", 2, "Estonia is small."),
        ("technology", "blockchain", 1, "Estonia uses blockchain."),
    ]
