"""Questions in plain words find their query and its values."""

import csv
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.model.errors import QueryError
from kg.query.ask import check_understood, choose_query
from kg.query.files import load_queries
from kg.query.run import run_query

QUERIES = load_queries()
with (Path(__file__).parent / "questions.csv").open(encoding="utf-8", newline="") as file:
    QUESTIONS = list(csv.DictReader(file))


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: row["question"])
def test_question_finds_its_query_and_is_answered(store: ox.Store, row: dict[str, str]) -> None:
    asked = choose_query(store, row["question"], QUERIES)[0]
    wanted = dict(value.split("=", 1) for value in row["values"].split(";") if value)
    assert (asked.query.name, dict(asked.values)) == (row["query"], wanted)
    run_query(store, asked.query.name, asked.values, queries=QUERIES)


def test_what_the_query_has_no_place_for_is_named(store: ox.Store) -> None:
    assert choose_query(store, "who are the most productive authors in Brazil", QUERIES)[0].unused == ("Brazil",)


@pytest.mark.parametrize(
    ("question", "query"),
    [
        ("Which papers cite Wang 2020?", "document_citing"),
        ("Which works does Wang 2020 cite?", "document_citations"),
        ("Who are the leading authors?", "author_counts"),
        ("What leads to data silos?", "dilemma_causes"),
    ],
)
def test_direction_and_form_of_words_tell_questions_apart(store: ox.Store, question: str, query: str) -> None:
    assert choose_query(store, question, QUERIES)[0].query.name == query


def test_answer_without_what_is_asked_for_first_is_refused(store: ox.Store) -> None:
    found = choose_query(store, "When do which technologies go with which remedies?", QUERIES)
    with pytest.raises(QueryError, match="no query for this asks for 'When' too"):
        check_understood(found)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Papers about data sharing and statistics", "'statistics' is not understood"),
        ("Which laws are named in the Estonian documents?", "no query for this asks for 'Which laws' too"),
        ("Which organisations published policies on open data in China?", "no query for this asks for 'China' too"),
        ("Papers about carpets and data sharing", "'carpets' is not understood"),
        ("Papers about open data, data sharing and digital skills", "no query for this asks for 'digital skills' too"),
        ("Which documents discuss open data or data sharing?", "no query for this asks for 'data sharing' too"),
        ("Which remedies address more than one dilemma?", "'more than one' is not understood"),
        ("Are there documents without any author?", "no query for this asks for 'author' too"),
        ("Which papers do not mention China?", "no query for this asks for 'not' too"),
        ("Which documents have no references?", "no query for this asks for 'references' too"),
        ("What is the newest paper about data sharing?", "'newest' is not understood"),
        ("Which dilemmas are the least studied?", "'least' is not understood"),
        ("Which documents discuss the advantages of data sharing?", "'advantages' is not understood"),
        ("Papers about data sharing in Chinese", "'Chinese' is not understood"),
        ("Which dilemmas do only policy documents state once?", "'policy documents' too"),
        ("What do China and Estonia have in common?", "'in common' is not understood"),
        ("Which documents have a single author?", "'single' is not understood"),
        ("Which journals are the papers from?", "'journals' is not understood"),
        ("Who funded Wang 2020?", "'funded' is not understood"),
        ("Which documents contradict each other?", "'contradict' is not understood"),
        ("opne data papers", 'Did you mean "open data papers"?'),
        ("Most widespread remedies against data silos", "no query for this asks for 'Most' too"),
        ("Authors who wrote only one document", "'only' is not understood"),
        ("remdies for data silos", 'Did you mean "remedies for data silos"?'),
    ],
)
def test_no_part_of_a_question_is_passed_over_in_silence(store: ox.Store, question: str, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        check_understood(choose_query(store, question, QUERIES))


def test_words_that_complete_a_name_are_no_name_of_the_other_side(store: ox.Store) -> None:
    asked = choose_query(store, "Which remedies are there for data silos of open data?", QUERIES)[0]
    assert (dict(asked.values), asked.unused) == ({"dilemma": "data silos"}, ("open data",))


@pytest.mark.parametrize("question", ["hello world", "", "what is the capital of France"])
def test_question_that_no_query_answers_is_not_guessed_at(store: ox.Store, question: str) -> None:
    with pytest.raises(QueryError, match=f"answers '{question}'"):
        choose_query(store, question, QUERIES)


@pytest.mark.parametrize(
    "question",
    [
        "Which types of remedies go with which types of dilemmas?",
        "Which places and technologies are named in wang-2020?",
        "Which problems does China face?",
        "How often are data silos between departments stated as a problem?",
        "How can departments overcome data silos?",
    ],
)
def test_question_is_not_refused_for_words_without_weight(store: ox.Store, question: str) -> None:
    check_understood(choose_query(store, question, QUERIES))


def test_problems_of_a_remedy_are_not_those_that_it_solves(store: ox.Store) -> None:
    with pytest.raises(QueryError, match="no query surely answers"):
        check_understood(choose_query(store, "What are the problems of a shared data platform?", QUERIES))


def test_name_alone_is_shown_the_way_to_what_is_known_of_it(store: ox.Store) -> None:
    with pytest.raises(QueryError, match=r"'data sharing' by itself asks nothing.*kg show 'data sharing'"):
        choose_query(store, "Show me everything about data sharing", QUERIES)


def test_nearest_queries_are_named_with_what_to_type(store: ox.Store) -> None:
    with pytest.raises(QueryError, match="Nearest:\n  kg query documents_by_year   Documents by year"):
        choose_query(store, "In which year were most documents on trust published?", QUERIES)
