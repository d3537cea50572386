"""Query files and their headers."""

import os
from pathlib import Path

import pytest

from kg.model.errors import QueryError
from kg.query.files import Parameter, QueryFile, find_query, load_queries, parse_query, read_query

TEXT = """# title: Cases in a place
# description: Which cases there are.
# aspect: place
# question: which cases are there in {place}?
# param place place any: the country
# param since integer 0: first year
# columns: case, label
# example: kg query cases --param place=China
PREFIX dg: <https://example.org/>

# title: not a header any more
SELECT ?case ?label WHERE { VALUES ?place { UNDEF } }
"""


def test_header_becomes_a_record() -> None:
    assert parse_query("cases", TEXT) == QueryFile(
        "cases",
        TEXT,
        title="Cases in a place",
        description="Which cases there are.",
        aspect="place",
        parameters=(
            Parameter("place", "place", "any", "the country"),
            Parameter("since", "integer", "0", "first year"),
        ),
        columns=("case", "label"),
        example="kg query cases --param place=China",
        questions=("which cases are there in {place}?",),
    )


def test_text_without_a_header_is_a_query_without_parameters() -> None:
    assert parse_query("x", "SELECT * { ?s ?p ?o }") == QueryFile("x", "SELECT * { ?s ?p ?o }")


def test_unknown_type_of_parameter_names_the_known_ones() -> None:
    with pytest.raises(QueryError, match=r"parameter 'a' has the unknown type 'txt'; known: text, integer"):
        parse_query("x", "# param a txt any: what")


def test_query_of_the_workspace_goes_before_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "work_counts.rq").write_text("# title: Mine\nASK {}", encoding="utf-8")
    (tmp_path / "mine.rq").write_text("ASK {}", encoding="utf-8")
    queries = load_queries([tmp_path])
    assert queries["work_counts"].title == "Mine"
    assert {"mine", "document_metadata"} <= set(queries)
    assert list(queries) == sorted(queries)


def test_unknown_name_is_answered_with_those_that_look_like_it() -> None:
    with pytest.raises(QueryError, match=r"no query named 'document-metdata'. Did you mean document_metadata"):
        find_query(load_queries(), "document-metdata")


def test_name_like_no_other_points_to_the_list() -> None:
    with pytest.raises(QueryError, match="'kg queries' lists them"):
        find_query({}, "zzz")


def test_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.rq").write_bytes(b"ASK { ?s ?p '\xff' }")
    with pytest.raises(QueryError, match=r"x\.rq: not UTF-8 at byte 13"):
        read_query(tmp_path / "x.rq")


def test_pipe_or_folder_is_no_query_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.rq")
    for path in (tmp_path / "pipe.rq", tmp_path, Path("/dev/zero")):
        with pytest.raises(QueryError, match="not a file"):
            read_query(path)


def test_missing_and_huge_files_are_errors(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="cannot be read"):
        read_query(tmp_path / "none.rq")
    (tmp_path / "huge.rq").write_bytes(b"#" * 200_001)
    with pytest.raises(QueryError, match="too large for a query"):
        read_query(tmp_path / "huge.rq")
