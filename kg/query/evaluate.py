"""A query's answer, as the engine gives it, as a table."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice

import pyoxigraph as ox

from kg.graph.cells import Term, to_cell
from kg.model.errors import QueryError
from kg.model.table import Cell, Table

TRIPLE_COLUMNS = ("subject", "predicate", "object")
#: Rows that show whether a column repeats itself; terms of such a column whose cells are kept at hand.
SAMPLE_ROWS, MAX_KNOWN_TERMS = 64, 50_000


def evaluate(store: ox.Store, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """The engine's answer, where the default graph is the union of all graphs. Runs without limits.

    Raises QueryError where the text is not SPARQL, with the engine's word for the place.
    """
    try:
        return store.query(text, use_default_graph_as_union=True)
    except SyntaxError as error:
        raise QueryError(say_not_sparql(error)) from error


#: Longest list of what could have stood there that is still read.
MAX_EXPECTED = 12
_EXPECTED = re.compile(r" expected one of (.*)", re.DOTALL)


def say_not_sparql(error: SyntaxError) -> str:
    """What is wrong with a text that is not SPARQL, and where; the engine's list of tokens only where it is short."""
    said = str(error.msg).strip()
    listed = _EXPECTED.search(said)
    if listed and (listed[1].count(",") >= MAX_EXPECTED or "\n" in listed[1]):
        said = said[: listed.start()].rstrip() + " something else must stand there, or something is missing before it"
    return f"not SPARQL: {said}"


def read_rows(answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Iterator[tuple[Cell | None, ...]]:
    """The rows of an answer, as they are found: an ASK has one empty row if it is true."""
    if isinstance(answer, ox.QueryBoolean):
        if answer:
            yield ()
    elif isinstance(answer, ox.QueryTriples):
        for triple in answer:
            yield to_cell(triple.subject), to_cell(triple.predicate), to_cell(triple.object)
    else:
        yield from _read_solutions(answer)


def _read_solutions(answer: ox.QuerySolutions) -> Iterator[tuple[Cell | None, ...]]:
    """The rows, each as it is found but the first few, which tell in which columns the same terms come again."""
    first = [tuple(solution) for solution in islice(answer, SAMPLE_ROWS)]
    readers = [_choose_reader(column) for column in zip(*first, strict=True)]
    for solution in chain(first, answer):
        yield tuple(None if term is None else read(term) for read, term in zip(readers, solution, strict=True))


def _choose_reader(column: Sequence[Term | None]) -> Callable[[Term], Cell]:
    return lru_cache(MAX_KNOWN_TERMS)(to_cell) if 2 * len(set(column)) < len(column) else to_cell


def find_columns(answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> tuple[str, ...]:
    """The columns of an answer: none for an ASK, three for triples."""
    if isinstance(answer, ox.QueryBoolean):
        return ()
    if isinstance(answer, ox.QueryTriples):
        return TRIPLE_COLUMNS
    return tuple(variable.value for variable in answer.variables)


def to_table(answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, title: str = "") -> Table:
    """The whole answer; triples are sorted and each stands once, for they come in no order."""
    rows = tuple(read_rows(answer))
    if isinstance(answer, ox.QueryTriples):
        rows = tuple(sorted(set(rows), key=str))
    return Table(find_columns(answer), rows, title)
