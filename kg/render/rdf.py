"""Triples as Turtle."""

from itertools import groupby

from kg.model.errors import RenderError
from kg.model.prefixes import PREFIXES
from kg.model.table import Cell, Table
from kg.render.terms import to_curie, to_ntriples

TRIPLE_COLUMNS = ("subject", "predicate", "object")
RDF_TYPE = PREFIXES["rdf"] + "type"


def _to_term(cell: Cell) -> str:
    if cell.kind == "uri":
        short = to_curie(cell.value)
        return short if short != cell.value else to_ntriples(cell)
    return to_ntriples(cell)


def _to_predicate(cell: Cell) -> str:
    return "a" if cell.value == RDF_TYPE else _to_term(cell)


def _find_prefixes(terms: set[str]) -> list[str]:
    used = {term.split(":", 1)[0] for term in terms if not term.startswith(("<", '"', "_"))}
    return [f"@prefix {prefix}: <{PREFIXES[prefix]}> ." for prefix in sorted(used & set(PREFIXES))]


def render(table: Table) -> bytes:
    """Turtle of a table of triples, sorted, with the prefixes it uses.

    Raises RenderError for a table that does not hold triples.
    """
    if table.columns != TRIPLE_COLUMNS:
        raise RenderError(
            "ttl needs triples: ask with CONSTRUCT or DESCRIBE, or choose csv, tsv, json, xml, md or table"
        )
    triples = sorted({(_to_term(s), _to_predicate(p), _to_term(o)) for s, p, o in table.rows if s and p and o})
    blocks = []
    for subject, of_subject in groupby(triples, key=lambda triple: triple[0]):
        lines = []
        for predicate, of_predicate in groupby(of_subject, key=lambda triple: triple[1]):
            lines.append(f"    {predicate} {', '.join(triple[2] for triple in of_predicate)}")
        blocks.append(f"{subject}\n" + " ;\n".join(lines) + " .")
    head = _find_prefixes({term for triple in triples for term in triple})
    return "\n\n".join(["\n".join(head), *blocks] if head else blocks).encode("utf-8") + b"\n"
