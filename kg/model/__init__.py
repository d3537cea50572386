"""Records that travel between the rooms, and the error tree. Standard library only."""

from kg.model.concept import Concept
from kg.model.document import (
    PROSE_KINDS,
    Block,
    BlockKind,
    Document,
    Section,
    compute_sections,
    find_section,
)
from kg.model.errors import (
    CorpusError,
    KgError,
    QueryError,
    ReadError,
    RenderError,
    ValidationError,
)
from kg.model.issued import names_issued
from kg.model.prefixes import DEFAULT_BASE, DG, PREFIXES, expand_curie
from kg.model.statement import (
    ASSERTION_KINDS,
    Assertion,
    Evidence,
    FieldValue,
    Iri,
    Literal,
    Statement,
    make_fields,
)
from kg.model.table import Cell, Table

__all__ = [
    "ASSERTION_KINDS",
    "DEFAULT_BASE",
    "DG",
    "PREFIXES",
    "PROSE_KINDS",
    "Assertion",
    "Block",
    "BlockKind",
    "Cell",
    "Concept",
    "CorpusError",
    "Document",
    "Evidence",
    "FieldValue",
    "Iri",
    "KgError",
    "Literal",
    "QueryError",
    "ReadError",
    "RenderError",
    "Section",
    "Statement",
    "Table",
    "ValidationError",
    "compute_sections",
    "expand_curie",
    "find_section",
    "make_fields",
    "names_issued",
]
