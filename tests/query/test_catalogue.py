"""Finding queries by words."""

import pytest

from kg.query.catalogue import describe, find_queries
from kg.query.files import load_queries, parse_query

QUERIES = load_queries()


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("dilemmas without a remedy", "dilemma_unremedied"),
        ("who first states a dilemma", "dilemma_first"),
        ("co-authors", "author_coauthors"),
        ("cited most", "work_counts"),
        ("candidates to review", "statement_candidates"),
        ("policies compared with papers", "dilemma_coverage"),
    ],
)
def test_words_find_the_query_among_the_first_three(words: str, name: str) -> None:
    assert name in [query.name for query in find_queries(QUERIES, words)[:3]]


def test_without_words_all_are_listed_by_aspect() -> None:
    found = find_queries(QUERIES)
    assert len(found) == len(QUERIES)
    assert [query.aspect for query in found] == sorted(query.aspect for query in found)


def test_query_without_a_header_is_described_by_its_name() -> None:
    assert describe(parse_query("mine", "ASK {}")) == "mine:\n"
