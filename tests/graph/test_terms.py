"""Terms are written so that RDF engines read them back unchanged, or are refused."""

from decimal import Decimal

import pytest

from kg.graph.terms import format_decimal, format_iri, format_literal, format_text
from kg.model import Iri, Literal, ValidationError

XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    ("iri", "written"),
    [
        ("https://w3id.org/x/document/wu-2022", "<https://w3id.org/x/document/wu-2022>"),
        ("https://example.org/a?b=c&d=%20#e", "<https://example.org/a?b=c&d=%20#e>"),
        ("https://example.org/两 份/<x>", "<https://example.org/两%20份/%3Cx%3E>"),
        ('https://example.org/"> <http://evil> .\n', "<https://example.org/%22%3E%20%3Chttp://evil%3E%20.%0A>"),
        ("urn:isbn:0-486-27557-4", "<urn:isbn:0-486-27557-4>"),
    ],
)
def test_address_is_written_with_odd_characters_encoded(iri: str, written: str) -> None:
    assert format_iri(Iri(iri)) == written


@pytest.mark.parametrize(
    "iri", ["", "no scheme", "www.example.org/x", "http://a:b:c/", "https://x.org/%zz", "http://x/\0"]
)
def test_what_is_no_address_is_refused(iri: str) -> None:
    with pytest.raises(ValidationError):
        format_iri(Iri(iri))


@pytest.mark.parametrize(
    ("literal", "written"),
    [
        (
            Literal('say "a\\b"\n\t\r\b\f\x01\x7f\ufffe 数据'),
            '"say \\"a\\\\b\\"\\n\\t\\r\\b\\f\\u0001\\u007F\\uFFFE 数据"',
        ),
        (Literal("plain", "xsd:string"), '"plain"'),
        (Literal("数据", language="zh-Hans"), '"数据"@zh-hans'),
        (Literal(" +0021 ", "xsd:integer"), f'"21"^^<{XSD}integer>'),
        (Literal("-0", "xsd:integer"), f'"0"^^<{XSD}integer>'),
        (Literal("1.0", "xsd:decimal"), f'"1"^^<{XSD}decimal>'),
        (Literal("00.50", "xsd:decimal"), f'"0.5"^^<{XSD}decimal>'),
        (Literal("-0.0", "xsd:decimal"), f'"0"^^<{XSD}decimal>'),
        (Literal("1", "xsd:boolean"), f'"true"^^<{XSD}boolean>'),
        (Literal("2022-05-01", "xsd:date"), f'"2022-05-01"^^<{XSD}date>'),
    ],
)
def test_literal_is_written_in_its_shortest_form(literal: Literal, written: str) -> None:
    assert format_literal(literal) == written


@pytest.mark.parametrize(
    ("literal", "message"),
    [
        (Literal("two", "xsd:integer"), "'two' is no xsd:integer"),
        (Literal("9" * 40, "xsd:integer"), "is no xsd:integer"),
        (Literal("1e5", "xsd:decimal"), "'1e5' is no xsd:decimal"),
        (Literal("yes", "xsd:boolean"), "'yes' is no xsd:boolean"),
        (Literal("٣", "xsd:integer"), "'٣' is no xsd:integer"),
        (Literal("a\0b"), "text holds U+0000, which is no character: 'a�b'"),
        (Literal("a\ud800b"), "text holds U+D800, which is no character: 'a�b'"),
        (Literal("x", language='en" .'), "is no language tag"),
        (Literal("x" * 1_000_001), "text of 1,000,001 characters, at most 1,000,000"),
    ],
)
def test_literal_that_no_engine_would_read_is_refused(literal: Literal, message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        format_literal(literal)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0.87500001, "0.875"),
        (1.0, "1"),
        (0.0, "0"),
        (1e-9, "0"),
        (-0.00001, "0"),
        (100, "100"),
        (Decimal("2.50"), "2.5"),
    ],
)
def test_number_is_written_without_exponent_and_needless_zeros(number: float | Decimal, written: str) -> None:
    assert format_decimal(number) == written


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_number_that_is_none_is_refused(number: float) -> None:
    with pytest.raises(ValidationError, match="is no decimal number"):
        format_decimal(number)


def test_text_at_the_limit_is_written() -> None:
    assert len(format_text("x" * 1_000_000)) == 1_000_002
