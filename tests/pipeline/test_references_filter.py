"""The references filter, and how a pasted list is cut into entries."""

import json

import pytest

from kg.model import ReadError
from kg.pipeline.references_filter import filter_lines, parse_list, split_list

SMITH = "Smith, J. (2019). Open data and trust. Government Information Quarterly, 36(2), 101–110."


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("References\n[1] A. One\n[2] B. Two", ["[1] A. One", "[2] B. Two"]),
        ("1. A. One\ncontinues\n2. B. Two\n", ["1. A. One continues", "2. B. Two"]),
        ("A. One\nB. Two\n\n", ["A. One", "B. Two"]),
        ("A. One\ncontinues\n\nB. Two", ["A. One continues", "B. Two"]),
        ("A. One\n   continues\nB. Two", ["A. One continues", "B. Two"]),
        ("参考文献\n[1] 王. 一[J]", ["[1] 王. 一[J]"]),
        ("", []),
    ],
)
def test_list_is_cut_into_entries(text: str, entries: list[str]) -> None:
    assert split_list(text) == entries


def test_lines_in_give_lines_out() -> None:
    [line] = filter_lines([json.dumps({"id": 7, "ref": SMITH}), "\n"])
    assert json.loads(line) == {
        "id": 7,
        "authors": ["Smith"],
        "author_strings": ["Smith, J."],
        "title": "Open data and trust",
        "year": "2019",
        "container": "Government Information Quarterly",
        "volume": "36",
        "issue": "2",
        "pages": "101-110",
        "doi": "",
        "url": "",
        "publisher": "",
        "type": "article",
    }


def test_half_a_surrogate_pair_can_be_written() -> None:
    [line] = filter_lines(['{"id": 1, "ref": "\\ud800 Smith"}'])
    line.encode()


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"ref": 3}', "[" * 100000])
def test_line_that_is_no_reference_is_named(line: str) -> None:
    with pytest.raises(ReadError, match="line 2: "):
        list(filter_lines([json.dumps({"id": 1, "ref": SMITH}), line]))


def test_parsed_list_points_into_the_text() -> None:
    text = f"References\n{SMITH}\n"
    [one] = parse_list(text)
    assert text[one.evidence.start : one.evidence.end] == one.evidence.quote == SMITH


def test_publisher_is_added_to_a_book() -> None:
    [one] = parse_list("Smith, J. (2019). Open data and trust. London: Routledge.")
    assert (one.get("publisher"), one.get("type")) == ("Routledge", "book")
