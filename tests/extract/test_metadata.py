"""Bibliographic facts from their blocks."""

from typing import Any

from kg.annotate import Annotated
from kg.extract.metadata import extract
from kg.model import Block, BlockKind, Document


def read(annotated: Annotated) -> list[tuple[str, str]]:
    return [(a.kind, a.label) for a in extract(annotated, ())]


def test_title_keywords_and_fields(make_annotated: Any) -> None:
    annotated = make_annotated(
        "TITLE On silos", "KEYWORD open data", "FIELD date: 12 May 2019", "FIELD doi: 10.1/x", "FIELD kind: paper"
    )
    assert read(annotated) == [
        ("title", "On silos"),
        ("keyword", "open data"),
        ("year", "2019"),
        ("metadata", "10.1/x"),
    ]


def test_authors_in_order_with_family_and_given_names(make_annotated: Any) -> None:
    annotated = make_annotated("AUTHOR Ada Lovelace", "AUTHOR García, Ana", "AUTHOR World Bank")
    found = [(a.key, a.get("family"), a.get("given"), a.get("position")) for a in extract(annotated, ())]
    assert found[:2] == [("author1", "Lovelace", "Ada", 1), ("author2", "García", "Ana", 2)]
    assert [a.get("organisation") for a in extract(annotated, ())] == [None, None, True]


def test_an_affiliation_goes_to_the_authors_above_it(make_annotated: Any) -> None:
    annotated = make_annotated(
        "AUTHOR Ada Lovelace", "AFFILIATION School of Sums", "AUTHOR Ana García", "AFFILIATION IT Lab"
    )
    found = [(a.label, a.get("author_key")) for a in extract(annotated, ()) if a.kind == "affiliation"]
    assert found == [("School of Sums", "author1"), ("IT Lab", "author2")]


def test_marks_decide_where_both_sides_bear_them() -> None:
    text = "Ada Lovelace\n\nAna García\n\nSchool of Sums\n\nIT Lab"
    spans = [(0, 12, "1,2"), (14, 24, "2"), (26, 40, "1"), (42, 48, "2")]
    kinds = [BlockKind.AUTHOR, BlockKind.AUTHOR, BlockKind.AFFILIATION, BlockKind.AFFILIATION]
    blocks = tuple(Block(k, s, e, number=n) for k, (s, e, n) in zip(kinds, spans, strict=True))
    from kg.annotate import annotate

    annotated = annotate(Document("d", "d.txt", text, blocks), ())
    found = [(a.label, a.get("author_key")) for a in extract(annotated, ()) if a.kind == "affiliation"]
    assert found == [("School of Sums", "author1"), ("IT Lab", "author1"), ("IT Lab", "author2")]


def test_every_fact_has_its_block_as_evidence(make_annotated: Any) -> None:
    annotated = make_annotated("TITLE On silos", "AUTHOR Ada Lovelace", "FIELD year: 2019")
    text = annotated.document.text
    assert all(text[a.evidence.start : a.evidence.end] == a.evidence.quote for a in extract(annotated, ()))
