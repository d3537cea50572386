"""Claims ascribed to cited authors."""

from collections.abc import Callable

import pytest

from kg.annotate import Annotated
from kg.extract.citations import extract as extract_citations
from kg.extract.claims import extract
from kg.model import Assertion, Evidence, make_fields

MakeAnnotated = Callable[..., Annotated]
REFERENCE = Assertion(
    "reference",
    "Open data",
    Evidence(0, 0, ""),
    "ref1",
    make_fields(authors=("Smith, J.",), families=("Smith",), year="2019", title="Open data"),
)


def claims(annotated: Annotated) -> list[Assertion]:
    citations = tuple(extract_citations(annotated, (REFERENCE,)))
    return list(extract(annotated, (REFERENCE, *citations)))


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("Smith (2019) argues that open data need a law.", "open data need a law"),
        ("Smith (2019) analyzed from the goal point that open data need a law.", "open data need a law"),
        ("Smith (2019) put forward that cities, not states, open their data.", "cities, not states, open their data"),
        ("According to Smith (2019), open data need a law.", "open data need a law"),
        ("As Smith (2019) notes, open data need a law.", "open data need a law"),
        ("Smith (2019) Open data reshape the work of cities.", "Open data reshape the work of cities"),
        ("Smith (2019) used a survey to count open data sets.", "used a survey to count open data sets"),
        ("Smith (2019) finds that data need a law [3].", "data need a law"),
    ],
)
def test_claim_is_the_clause_in_the_words_of_the_text(make_annotated: MakeAnnotated, sentence: str, claim: str) -> None:
    assert [one.label for one in claims(make_annotated("Before. " + sentence))] == [claim]


@pytest.mark.parametrize(
    "sentence",
    [
        "Open data need a law (Smith, 2019).",
        "Many scholars follow Smith (2019) in this field of study.",
        "Smith (2019) is right.",
    ],
)
def test_sentence_that_ascribes_nothing_gives_no_claim(make_annotated: MakeAnnotated, sentence: str) -> None:
    assert claims(make_annotated(sentence)) == []


def test_claim_names_its_citation_and_quotes_the_text(make_annotated: MakeAnnotated) -> None:
    annotated = make_annotated("Smith (2019) argues that open data need a law.")
    [claim] = claims(annotated)
    assert claim.fields == (("citation_key", "cit1"), ("mention", "Smith (2019)"), ("reference_key", "ref1"))
    assert annotated.document.text[claim.evidence.start : claim.evidence.end] == claim.evidence.quote == claim.label
    assert claim.method == "extract.claims/says-that"
