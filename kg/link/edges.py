"""Statements that take everything but their ends from an assertion."""

from collections.abc import Iterator

from kg.model import Assertion, FieldValue, Iri, Literal, Statement, expand_curie

#: Predicates whose values are whole numbers however they were written.
WHOLE_NUMBERS = frozenset({"dcterms:issued"})


def make_edge(subject: Iri, predicate: str, target: Iri | Literal, assertion: Assertion) -> Statement:
    """An edge with the assertion's evidence, confidence, method, status and reasons."""
    return Statement(
        subject,
        predicate,
        target,
        assertion.evidence,
        assertion.confidence,
        assertion.method,
        assertion.status,
        assertion.reasons,
    )


def make_type(subject: Iri, curie: str) -> Statement:
    """`subject a curie`."""
    return Statement(subject, "rdf:type", expand_curie(curie))


def to_literal(value: FieldValue) -> Literal:
    """A plain value as a literal of the fitting XSD datatype; a list as its parts joined by "; "."""
    if isinstance(value, bool):
        return Literal(str(value).lower(), "xsd:boolean")
    if isinstance(value, int):
        return Literal(str(value), "xsd:integer")
    if isinstance(value, float):
        return Literal(format_decimal(value), "xsd:decimal")
    return Literal("; ".join(value) if isinstance(value, tuple) else value)


def format_decimal(value: float) -> str:
    """A number with at most four decimals, the same on every machine: 0.5 -> "0.5", 1.0 -> "1.0"."""
    text = f"{value:.4f}".rstrip("0")
    return text + "0" if text.endswith(".") else text


def make_values(subject: Iri, assertion: Assertion, predicates: dict[str, str]) -> Iterator[Statement]:
    """The assertion's fields as literals of a node: field name -> predicate; missing fields are passed over."""
    for name, predicate in predicates.items():
        value = assertion.get(name)
        if value is None or (predicate in WHOLE_NUMBERS and not str(value).isdigit()):
            continue
        literal = Literal(str(value), "xsd:integer") if predicate in WHOLE_NUMBERS else to_literal(value)
        yield Statement(subject, predicate, literal)
