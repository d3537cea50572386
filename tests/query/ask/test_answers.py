"""What an answer must have by the words of the question."""

import pytest

from kg.query.ask.answers import find_asked, find_missing, is_by_place
from kg.query.files import load_queries

QUERIES = load_queries()


@pytest.mark.parametrize(
    ("question", "query", "missing"),
    [
        ("How many dilemmas does each author describe?", "document_counts", ["each author"]),
        ("How many dilemmas does each author describe?", "author_dilemmas", []),
        ("Which cities are discussed?", "place_counts", ["Which cities"]),
        ("Which countries are discussed?", "place_counts", []),
        ("What types of dilemmas are there?", "dilemma_counts", ["types"]),
        ("Remedies proposed by large cities", "dilemma_remedies_in_place", ["by large cities"]),
        ("Do scholars from China write on trust?", "concept_documents_in_place", ["scholars from"]),
        ("Quotes about trust in China", "concept_documents_in_place", ["Quotes"]),
        ("Quotes about trust", "concept_quotes", []),
        ("Authors who wrote only one document", "dilemma_single", ["Authors"]),
        ("The authors of wang-2020", "document_authors", []),
        ("Which remedies need laws?", "remedy_dilemmas", ["remedies need"]),
        ("Dilemmas by year in China", "dilemma_places", ["by year"]),
        ("What methods do the papers use?", "statement_methods", ["methods do the papers"]),
        ("In which countries is trust a problem?", "dilemma_documents", ["In which countries"]),
    ],
)
def test_column_that_is_asked_for_must_be_there(question: str, query: str, missing: list[str]) -> None:
    assert list(find_missing(question, QUERIES[query])) == missing


@pytest.mark.parametrize(
    ("query", "values", "telling", "expected"),
    [
        ("concept_documents_in_place", {}, (("mention", "stat"),), True),
        ("concept_documents_in_place", {"place": "China"}, (), False),
        ("concept_documents_in_place", {}, (("Where", "plac"),), True),
        ("dilemma_places", {}, (("Where", "plac"),), False),
        ("dilemma_places", {}, (("governments", "plac"),), True),
        ("concept_documents", {}, (), False),
    ],
)
def test_table_by_place_answers_only_what_asks_for_places(
    query: str, values: dict[str, str], telling: tuple[tuple[str, str], ...], expected: bool
) -> None:
    assert is_by_place(QUERIES[query], values, telling) == expected


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("Which journals are the papers from?", "journals"),
        ("In which scientific journals did Silva publish?", "journals"),
        ("Who has funded it?", "funded"),
        ("What does Silva say?", ""),
        ("Which class is it?", ""),
    ],
)
def test_plural_behind_which_or_verb_behind_who_is_what_is_asked_for(question: str, noun: str) -> None:
    assert find_asked(question) == noun
