"""A term of the engine as plain data."""

import pyoxigraph as ox

from kg.model.table import Cell

_PLAIN = frozenset({"http://www.w3.org/2001/XMLSchema#string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"})
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def to_cell(term: Term) -> Cell:
    """A term as a cell of a table."""
    if isinstance(term, ox.NamedNode):
        return Cell(term.value, "uri")
    if isinstance(term, ox.BlankNode):
        return Cell(term.value, "bnode")
    if isinstance(term, ox.Triple):
        return Cell(str(term))
    datatype = term.datatype.value
    return Cell(term.value, "literal", "" if datatype in _PLAIN else datatype, term.language or "")
