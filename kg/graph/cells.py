"""A term of the engine as plain data."""

import pyoxigraph as ox

from kg.model.table import Cell

_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def to_cell(term: Term) -> Cell:
    """A term as a cell of a table."""
    if isinstance(term, ox.NamedNode):
        return Cell(term.value, "uri")
    if isinstance(term, ox.BlankNode):
        return Cell(term.value, "bnode")
    if isinstance(term, ox.Triple):
        return Cell(str(term))
    datatype = "" if term.datatype.value in {_XSD_STRING, _LANG_STRING} else term.datatype.value
    return Cell(term.value, "literal", datatype, term.language or "")
