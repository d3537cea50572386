"""The answer of a query as a network, so that any table of pairs can be drawn."""

from typing import TYPE_CHECKING, Any

from kg.model import RenderError
from kg.model.table import Cell, Table
from kg.render.terms import to_text

if TYPE_CHECKING:
    import networkx as nx

#: column -> kind of its things.
KIND_OF_COLUMN = {
    "author": "author",
    "coauthor": "author",
    "name": "author",
    "person": "author",
    "concept": "concept",
    "keyword": "concept",
    "type": "concept",
    "dilemma": "dilemma",
    "cause": "dilemma",
    "effect": "dilemma",
    "document": "document",
    "citing": "document",
    "cited": "document",
    "work": "document",
    "remedy": "remedy",
    "technology": "technology",
    "place": "place",
    "case": "case",
    "policy": "policy",
}
#: columns of a pair -> what stands on the line; None where the two merely occur together.
_PHRASES: dict[tuple[str, str], str | None] = {
    ("remedy", "dilemma"): "addresses",
    ("dilemma", "remedy"): "is addressed by",
    ("cause", "effect"): "causes",
    ("author", "coauthor"): None,
    ("concept", "other"): None,
    ("dilemma", "other"): None,
    ("document", "author"): "is by",
    ("document", "concept"): "is about",
    ("document", "keyword"): "is about",
    ("document", "dilemma"): "states",
    ("document", "remedy"): "states",
    ("citing", "cited"): "cites",
    ("document", "work"): "cites",
}
_QUOTES = ("quote", "remedyQuote", "dilemmaQuote")
_COUNTS = ("works", "documents", "count", "times")


def find_pair(columns: tuple[str, ...]) -> tuple[int, int]:
    """Which two columns are the ends of the links.

    The first two that name things; a document only if there is no other pair, since it is the source of the row.
    Raises RenderError if there are not two.
    """
    known = [i for i, column in enumerate(columns) if column in KIND_OF_COLUMN]
    if "other" in columns and known:
        return known[0] if columns[known[0]] != "document" else known[-1], columns.index("other")
    inner = [i for i in known if columns[i] != "document"]
    chosen = inner if len(inner) > 1 else known
    if len(chosen) < 2:
        raise RenderError(
            f"a map needs two columns of things, such as {', '.join(list(KIND_OF_COLUMN)[:6])}; "
            f"this query answers with {', '.join(columns) or 'yes or no'}. 'kg query' prints it as a table."
        )
    return chosen[0], chosen[1]


def to_network(table: Table, known: "nx.MultiDiGraph[Any] | None" = None) -> "nx.MultiDiGraph[Any]":
    """A node for each thing of the two columns, a link for each row, as heavy as the number in the row says.

    known: a network whose nodes' labels and kinds are used where the table holds their IRIs.
    Raises RenderError if the table has no two columns of things.
    """
    import networkx as nx

    first, second = find_pair(table.columns)
    names = table.columns[first], table.columns[second]
    kinds = KIND_OF_COLUMN.get(names[0], "other"), KIND_OF_COLUMN.get(names[1]) or KIND_OF_COLUMN.get(names[0], "other")
    network: nx.MultiDiGraph[Any] = nx.MultiDiGraph(title=table.title)
    seen: set[frozenset[str]] = set()
    for row in table.rows:
        one, other = row[first], row[second]
        if one is None or other is None:
            continue
        for cell, kind in ((one, kinds[0]), (other, kinds[1])):
            _add_node(network, cell, kind, known)
        facts = _describe(table.columns, row, names)
        pair = frozenset((one.value, other.value))
        if facts["directed"] or pair not in seen:
            seen.add(pair)
            network.add_edge(one.value, other.value, **facts)
    return network


def _add_node(network: "nx.MultiDiGraph[Any]", cell: Cell, kind: str, known: "nx.MultiDiGraph[Any] | None") -> None:
    if cell.value in network:
        return
    facts = dict(known.nodes[cell.value]) if known is not None and cell.value in known else {}
    label = to_text(cell)
    if cell.kind == "uri" and label.rpartition("/")[2]:
        label = label.rpartition("/")[2].replace("-", " ")
    iri = cell.value if cell.kind == "uri" else ""
    network.add_node(cell.value, **{"kind": kind, "label": label, "iri": iri, "weight": 1.0, **facts})


def _describe(columns: tuple[str, ...], row: tuple[Cell | None, ...], names: tuple[str, str]) -> dict[str, Any]:
    cells = dict(zip(columns, row, strict=True))

    def read(*wanted: str) -> str:
        return next((to_text(cells[name]) for name in wanted if cells.get(name)), "")

    phrase = _PHRASES.get(names, "")
    status = "candidate" if read("status") == "candidate" else "asserted"
    if phrase == "addresses" and status == "candidate":
        phrase = "may address"
    unit = next((name for name in _COUNTS if read(name)), "")
    number = read(unit)
    count = f"{number} {unit.removesuffix('s') if number == '1' else unit}".strip()
    return {
        "label": phrase or count,
        "weight": float(number) if number.isascii() and number.isdigit() else 1.0,
        "directed": phrase is not None,
        "quote": read(*_QUOTES),
        "document": (cell.value if (cell := cells.get("document")) and "document" not in names else ""),
        "section": read("section"),
        "status": status,
        "confidence": read("confidence") or None,
    }
