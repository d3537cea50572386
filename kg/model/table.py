"""A query's answer as plain data."""

from dataclasses import dataclass, field
from typing import Literal as OneOf


@dataclass(frozen=True, slots=True)
class Cell:
    """An RDF term in a table.

    kind: "uri", "literal" or "bnode"; value: lexical form; datatype: full IRI, "" for plain text.
    """

    value: str
    kind: OneOf["uri", "literal", "bnode"] = "literal"
    datatype: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a SELECT: `rows[i][j]` is the value of `columns[j]`, None where unbound.

    title: what the table answers, in plain words.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    title: str = ""
    notes: tuple[str, ...] = field(default=())
