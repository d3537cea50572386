"""The list of queries, searched by words."""

from collections.abc import Mapping

from kg.model.table import Cell, Table
from kg.query.files import QueryFile
from kg.query.phrases import compute_fit, find_phrasings, find_telling_words, weigh_words

#: Below this the words and the best phrasing of a query have too little in common.
MIN_FIT = 0.25
#: What the description adds, against 1 for the title or a question.
DESCRIPTION_WEIGHT = 0.3


def find_queries(queries: Mapping[str, QueryFile], words: str = "") -> list[QueryFile]:
    """The queries that the words fit, best first; all of them by aspect and name if there are no words."""
    if not words.strip():
        return sorted(queries.values(), key=lambda query: (query.aspect, query.name))
    weights, asked = weigh_words(queries), find_telling_words(words)
    fits = {name: _compute_best_fit(asked, query, weights) for name, query in queries.items()}
    found = [query for name, query in queries.items() if fits[name] >= MIN_FIT]
    return sorted(found, key=lambda query: (-fits[query.name], query.name))


def _compute_best_fit(asked: list[str], query: QueryFile, weights: Mapping[str, float]) -> float:
    best = max(compute_fit(asked, find_telling_words(phrasing), weights) for phrasing in find_phrasings(query))
    return best + DESCRIPTION_WEIGHT * compute_fit(asked, find_telling_words(query.description), weights)


def to_table(queries: list[QueryFile]) -> Table:
    """One row a query: aspect, name, title, parameters."""
    rows = tuple(
        tuple(Cell(text) for text in (q.aspect or "own", q.name, q.title, ", ".join(p.name for p in q.parameters)))
        for q in queries
    )
    return Table(("aspect", "query", "answers", "parameters"), rows, "Queries")


def describe(query: QueryFile) -> str:
    """All that the header of a query says, for a person."""
    lines = [f"{query.name}: {query.title}", query.description, ""]
    if query.parameters:
        lines.append("Parameters")
        width = max(len(parameter.name) for parameter in query.parameters)
        lines += [f"  {p.name.ljust(width)}  {p.type}, {p.default} if not given: {p.meaning}" for p in query.parameters]
        lines.append("")
    if query.columns:
        lines += ["Columns", f"  {', '.join(query.columns)}", ""]
    if query.questions:
        lines += ["In plain words", *(f"  {question}" for question in query.questions), ""]
    if query.example:
        lines += ["Example", f"  {query.example}"]
    return "\n".join(lines).rstrip() + "\n"
