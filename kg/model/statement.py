"""What is claimed, and where the text says so.

An Assertion is what one document says, with labels as written; a Statement is the same with
identifiers, ready for the graph. Both carry their Evidence through unchanged.
"""

from dataclasses import dataclass
from typing import NewType

Iri = NewType("Iri", str)

#: Values an assertion's field may hold.
FieldValue = str | int | float | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact words behind a claim: `document.text[start:end] == quote`.

    section: number path and title of the section ("3.1 The lag of ..."), "" outside any.
    """

    start: int
    end: int
    quote: str
    section: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Assertion:
    """One claim of one document.

    kind: what is claimed, a key of `kg.model.ASSERTION_KINDS`.
    key: names the thing within its document ("d3"); "" where nothing refers to it.
    label: the thing's name in the document's own words.
    fields: further facts, sorted by name; their names per kind stand in ASSERTION_KINDS.
    confidence: calibrated probability that the claim holds, 0..1.
    method: the rule or model that made it, "room.module/rule".
    status: "asserted" where the text says so, "candidate" where it was inferred.
    reasons: plain words that say why, for a candidate or an odd case.
    """

    kind: str
    label: str
    evidence: Evidence
    key: str = ""
    fields: tuple[tuple[str, FieldValue], ...] = ()
    confidence: float = 1.0
    method: str = ""
    status: str = "asserted"
    reasons: tuple[str, ...] = ()

    def get(self, name: str) -> FieldValue | None:
        """The value of a field, or None."""
        return next((value for field, value in self.fields if field == name), None)

    def get_text(self, name: str) -> str:
        """The value of a field as text, "" if it is missing."""
        value = self.get(name)
        return "" if value is None else str(value)

    def get_texts(self, name: str) -> tuple[str, ...]:
        """The value of a field as a tuple of texts, () if it is missing."""
        value = self.get(name)
        if value is None:
            return ()
        return value if isinstance(value, tuple) else (str(value),)


def make_fields(**values: FieldValue | None) -> tuple[tuple[str, FieldValue], ...]:
    """Fields sorted by name, without those that are None, "" or ()."""
    return tuple(
        (name, value) for name, value in sorted(values.items()) if value is not None and value != "" and value != ()
    )


@dataclass(frozen=True, slots=True)
class Literal:
    """A literal of the graph; `datatype` is a CURIE ("xsd:integer"), "" for plain text."""

    value: str
    datatype: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One edge or value of the graph.

    predicate: CURIE with a prefix of `kg.model.PREFIXES`.
    evidence: None only for what follows from the identifier itself (types, labels of scheme concepts).
    """

    subject: Iri
    predicate: str
    object: Iri | Literal
    evidence: Evidence | None = None
    confidence: float = 1.0
    method: str = ""
    status: str = "asserted"
    reasons: tuple[str, ...] = ()


#: kind of assertion -> its fields. Keys of other assertions of the same document are named "…_key".
ASSERTION_KINDS: dict[str, tuple[str, ...]] = {
    "title": (),
    "year": (),
    "metadata": ("field",),
    "author": ("position", "family", "given", "organisation"),
    "affiliation": ("author_key",),
    "keyword": (),
    "abstract": (),
    "concept": ("iri", "scheme", "count", "rank", "score"),
    "dilemma": ("type", "level", "part_of_key", "section", "statement", "stance"),
    "remedy": ("type", "level", "part_of_key", "section", "statement", "stance"),
    "addresses": ("remedy_key", "dilemma_key"),
    "causes": ("cause_key", "effect_key"),
    "reference": (
        "number",
        "authors",
        "families",
        "title",
        "container",
        "year",
        "volume",
        "issue",
        "pages",
        "doi",
        "url",
        "type",
    ),
    "citation": ("reference_key", "mention", "intent", "note"),
    "claim": ("citation_key", "reference_key", "mention"),
    "technology": ("iri",),
    "place": ("iri",),
    "actor": ("iri",),
    "case": ("place", "remedy_key"),
    "policy": ("number", "note"),
    "proposition": ("subject", "phrase", "object"),
    "remark": ("about_key", "severity"),
}
