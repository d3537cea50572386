"""Canonical text is checked before it is believed, and settles into what a store gives back."""

import pytest

from kg.graph.canonical import settle_nquads
from kg.model import ValidationError

XSD = "http://www.w3.org/2001/XMLSchema#"


def test_quads_are_sorted_and_each_stands_once() -> None:
    one, two = (f'<http://x/{i}> <http://x/p> "a" <http://x/g> .\n'.encode() for i in (1, 2))
    assert settle_nquads(two + one + two) == one + two
    assert settle_nquads(b"") == b""


def test_value_that_the_store_writes_otherwise_is_written_so() -> None:
    given = f'<http://x/a> <http://x/p> "1.50"^^<{XSD}decimal> <http://x/g> .\n'
    assert settle_nquads(given.encode()) == given.replace("1.50", "1.5").encode()


@pytest.mark.parametrize("nquads", [b"x", b'<http://x/a> <b> "c" .\n', b'<http://x/a> <http://x/p> "\xff" .\n'])
def test_what_is_not_nquads_is_refused(nquads: bytes) -> None:
    with pytest.raises(ValidationError, match="cannot be written as N-Quads"):
        settle_nquads(nquads)
