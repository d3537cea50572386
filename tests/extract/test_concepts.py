"""Concepts and mentions."""

from dataclasses import replace
from typing import Any

import pytest

from kg.extract import concepts, mentions
from kg.extract.keyphrases import Phrase, make_key
from kg.model import Assertion, Evidence, make_fields


def test_scheme_concepts_come_with_count_and_rank(make_annotated: Any, few_concepts: Any) -> None:
    annotated = make_annotated(
        "TITLE Open data in towns", "Open data helps. Blockchain does not.", "# Open data", concepts=few_concepts
    )
    found = [(a.label, a.get("count"), a.get("rank")) for a in concepts.extract(annotated, ()) if a.get("iri")]
    assert found == [("open data", 3, 1), ("blockchain", 1, 2)]


def test_repeated_terms_outside_the_schemes_are_candidates(make_annotated: Any) -> None:
    annotated = make_annotated("Parking permits are slow. Parking permits are paper. Nobody likes parking permits.")
    found = [(a.label, a.get("scheme")) for a in concepts.extract(annotated, ())]
    assert found == [("parking permit", "candidates")]


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


def test_an_abbreviation_counts_for_the_concept_it_stands_for(make_annotated: Any, few_concepts: Any) -> None:
    annotated = make_annotated(
        "We like open government data (OGD). OGD is public, and OGD is cheap.", concepts=few_concepts
    )
    found = [(a.label, a.get("count"), a.get("short")) for a in concepts.extract(annotated, ()) if a.get("iri")]
    assert found == [("open data", 3, "OGD")]


def test_a_term_is_told_once_with_its_abbreviation(make_annotated: Any) -> None:
    annotated = make_annotated(
        "The harbour master office (HMO) keeps a list of boats. The HMO is slow. Sailors wait for the HMO."
    )
    found = [(a.label, a.get("count"), a.get("short")) for a in concepts.extract(annotated, ())]
    assert found == [("harbour master office", 3, "HMO")]


def test_what_stands_in_title_or_keywords_need_not_come_back(make_annotated: Any) -> None:
    text = "We ask forty clerks about their work."
    found = {a.label for a in concepts.extract(make_annotated("KEYWORD algorithmic accountability", text), ())}
    assert found == {"algorithmic accountability"}
    assert not list(concepts.extract(make_annotated(f"Algorithmic accountability is new. {text}"), ()))


def test_other_languages_have_scheme_concepts_alone(make_annotated: Any, few_concepts: Any) -> None:
    annotated = make_annotated(
        "TITLE Open data", "Parking permits. Parking permits. Parking permits.", concepts=few_concepts
    )
    french = replace(annotated, document=replace(annotated.document, language="fr"))
    assert [a.label for a in concepts.extract(french, ())] == ["open data"]
    assert concepts.rank_document(french) == ()


def test_a_part_of_a_scheme_concept_is_no_term(make_annotated: Any, few_concepts: Any) -> None:
    line = "Open government data is free. Open government data is good. Open government data is slow."
    labels = [a.label for a in concepts.extract(make_annotated(line, concepts=few_concepts), ())]
    assert labels == ["open data"]


@pytest.mark.parametrize(
    ("text", "score", "term"),
    [
        ("harbour master", 0.1, True),
        ("rapid growth", 0.9, False),
        ("last two decades", 0.9, False),
        ("really open data", 0.9, False),
        ("Ines Kallas", 0.9, False),
        ("Kallas method", 0.9, True),
        ("transparency", 0.5, True),
        ("transparency", 0.2, False),
        ("tax", 0.9, False),
        ("automated", 0.9, False),
        ("4 boats", 0.9, False),
    ],
)
def test_terms_are_no_vague_words_persons_or_numbers(text: str, score: float, term: bool) -> None:
    assert concepts.is_term(Phrase(text, make_key(text), score, (0,)), frozenset({"ines", "kallas"})) is term


def test_persons_are_authors_and_cited_authors() -> None:
    nowhere = Evidence(0, 1, "x")
    earlier = [
        Assertion("author", "Ines Kallas", nowhere),
        Assertion("reference", "x", nowhere, fields=make_fields(authors=("Moen, A. B.",))),
        Assertion("title", "Boats", nowhere),
    ]
    assert concepts.find_persons(earlier) == {"ines", "kallas", "moen"}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("parking permits", "parking permit"),
        ("Parking permits", "parking permit"),
        ("Harbour Master Offices", "Harbour Master Offices"),
        ("Modernization", "modernisation"),
        ("open API policies", "open API policy"),
        ("sizes", "size"),
    ],
)
def test_labels_are_written_as_the_schemes_write_theirs(text: str, label: str) -> None:
    assert concepts.make_label(text) == label
