"""Terms of the graph as N-Quads text: checked, escaped, and in the form that every engine gives back unchanged.

Plain string building: tens of thousands of quads a second, no RDF library but for odd IRIs.
Source: RDF 1.1 N-Quads, and the canonical form of RDF Dataset Canonicalization 1.0 (W3C 2024), section 5.
"""

import re
from decimal import Decimal
from functools import lru_cache

from kg.model import Iri, Literal, ValidationError, expand_curie

#: Beyond this a literal is not a quote or a label but a mistake or an attack.
MAX_LITERAL_CHARS = 1_000_000
_SAFE_IRI = re.compile(r"https?://[\w.-]+(?:/[\w.~:@!$&'()*+,;=-]*)*(?:#[\w.~:@!$&'()*+,;=/-]*)?", re.ASCII)
_UNWISE = re.compile(r"[\x00-\x20<>\"{}|^`\\\x7f\[\]]")
_FORBIDDEN = re.compile("[\x00\ud800-\udfff]")
_ESCAPES = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)} | {
    ord("\b"): "\\b",
    ord("\t"): "\\t",
    ord("\n"): "\\n",
    ord("\f"): "\\f",
    ord("\r"): "\\r",
    ord('"'): '\\"',
    ord("\\"): "\\\\",
}
_LANGUAGE = re.compile(r"[a-z]{1,8}(?:-[a-z0-9]{1,8})*")
_BOOLEANS = {"true": "true", "1": "true", "false": "false", "0": "false"}
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})", re.ASCII)


@lru_cache(maxsize=65_536)
def format_iri(iri: Iri) -> str:
    """`<iri>`, with characters that no IRI may hold percent-encoded.

    Raises ValidationError if it is no absolute IRI even so: addresses may come from documents.
    """
    if _SAFE_IRI.fullmatch(iri):
        return f"<{iri}>"
    import pyoxigraph as ox  # only for the few addresses that are not of the plain form

    check_text(iri, "address")
    quoted = _UNWISE.sub(lambda found: f"%{ord(found[0]):02X}", iri)
    try:
        return f"<{ox.NamedNode(quoted).value}>"
    except ValueError as error:
        raise ValidationError(f"'{shorten(iri)}' is no absolute address (IRI): {error}") from error


@lru_cache(maxsize=1_024)
def format_predicate(curie: str) -> str:
    """`<full IRI>` of a predicate written as CURIE. Raises KeyError for an unknown prefix."""
    return format_iri(expand_curie(curie))


def format_literal(literal: Literal) -> str:
    """The literal in quotes with its language or datatype; numbers and booleans in their shortest form.

    The shortest form is what the store keeps ("1", not "1.0"), so text and store agree byte for byte.
    Raises ValidationError for text that no RDF file can hold and for a value that is not of its datatype.
    """
    if literal.language:
        tag = literal.language.lower()
        if not _LANGUAGE.fullmatch(tag):
            raise ValidationError(f"'{shorten(tag)}' is no language tag")
        return f"{format_text(literal.value)}@{tag}"
    if literal.datatype in {"", "xsd:string"}:
        return format_text(literal.value)
    value = normalise_value(literal.value, literal.datatype)
    return f"{format_text(value)}^^{format_predicate(literal.datatype)}"


def format_text(text: str) -> str:
    """A text in quotes, escaped. Raises ValidationError for NUL, lone surrogates and more than a million characters."""
    check_text(text, "text")
    return f'"{text.translate(_ESCAPES)}"'


def check_text(text: str, what: str) -> None:
    """Raises ValidationError if no RDF file could hold the text."""
    if len(text) > MAX_LITERAL_CHARS:
        raise ValidationError(f"{what} of {len(text):,} characters, at most {MAX_LITERAL_CHARS:,}: '{shorten(text)}'")
    found = _FORBIDDEN.search(text)
    if found:
        raise ValidationError(f"{what} holds U+{ord(found[0]):04X}, which is no character: '{shorten(text)}'")


def normalise_value(value: str, datatype: str) -> str:
    """The shortest form of an integer, decimal or boolean: "+07" -> "7", "0.50" -> "0.5"; other datatypes as they are.

    Raises ValidationError if the value is not of the datatype.
    """
    plain = value.strip()
    if datatype == "xsd:boolean" and plain in _BOOLEANS:
        return _BOOLEANS[plain]
    if datatype == "xsd:integer" and _INTEGER.fullmatch(plain):
        return str(int(plain))
    if datatype == "xsd:decimal" and _DECIMAL.fullmatch(plain):
        return format_decimal(Decimal(plain))
    if datatype in {"xsd:boolean", "xsd:integer", "xsd:decimal"}:
        raise ValidationError(f"'{shorten(value)}' is no {datatype}")
    return value


def format_decimal(number: Decimal | float) -> str:
    """A number without exponent and without needless zeros; a float is rounded to four decimals first.

    >>> format_decimal(0.87500001), format_decimal(1.0)
    ('0.875', '1')
    """
    exact = number if isinstance(number, Decimal) else Decimal(f"{number:.4f}")
    if not exact.is_finite():
        raise ValidationError(f"{number} is no decimal number")
    text = f"{exact:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def shorten(text: str, limit: int = 60) -> str:
    """The beginning of a text, printable, for a message."""
    plain = "".join(c if c.isprintable() else "�" for c in text[:limit])
    return plain + "…" if len(text) > limit else plain
