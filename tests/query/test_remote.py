"""Where the answer of a remote store may lack rows."""

from dataclasses import dataclass
from typing import Any

import pytest

from kg.query.remote import find_doubt


@dataclass
class Named:
    software: str


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("SELECT * { ?a skos:broader* ?b }", True),
        ("SELECT * { ?a <http://e.example/p>+ ?b }", True),
        ("SELECT * { ?a (a:b|a:c)* ?b }", True),
        ("SELECT (COUNT(*) AS ?n) { ?a a:b/a:c ?b }", False),
        ('SELECT (?a + 1 AS ?b) (2 * ?b AS ?c) { ?a a:b "a:b*" } # a:b*', False),
    ],
)
def test_a_path_of_any_length_is_doubted_in_virtuoso(text: str, doubted: bool) -> None:
    virtuoso: Any = Named("Virtuoso/07.20.3239")
    other: Any = Named("")
    assert (bool(find_doubt(virtuoso, text)), find_doubt(other, text)) == (doubted, "")
