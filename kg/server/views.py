"""Tables and cells as pages show them."""

from dataclasses import dataclass, replace
from itertools import islice

import pyoxigraph as ox

from kg.model import Iri, expand_curie
from kg.model.table import Cell, Table
from kg.query.labels import find_label, find_own_label
from kg.render.terms import shorten_iri
from kg.server.graph import Graph
from kg.server.things import find_address

#: Columns that hold the name of a thing.
_NAMED = frozenset({"label", "name", "affiliation", "type", "place", "other", "narrower", "broader", "title"})
#: Columns that may say again what a thing in the same row is called.
_REPEATED = frozenset({"label", "name", "title"})
#: From a statement to what it states or uses, which bears its name; and to what else is shown beside it.
_STATES = tuple(ox.NamedNode(expand_curie(curie)) for curie in ("dg:states", "dg:mayState", "dg:uses"))
_LEADS = tuple(ox.NamedNode(expand_curie(curie)) for curie in ("dg:type", "pro:relatesToOrganization"))
_HOLDS, _WRITTEN = (ox.NamedNode(expand_curie(curie)) for curie in ("pro:holdsRoleInTime", "dg:nameAsWritten"))
#: So many statements about a thing are looked through for names.
MAX_NEIGHBOURS = 1_000
#: Columns whose texts are the words of a document.
QUOTES = frozenset({"quote", "remedyQuote", "dilemmaQuote", "claim", "mention"})


@dataclass(frozen=True, slots=True)
class CellView:
    """What stands in a cell. href: where it leads, "" for a text; quoted: whether it is a document's own words."""

    text: str
    href: str = ""
    quoted: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A titled table. left: rows that are not shown; more: the address that shows them."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[CellView, ...], ...]
    left: int = 0
    more: str = ""


def view_table(graph: Graph, table: Table, *, most: int, more: str = "", named: bool = True) -> Section:
    """The first rows of a table. named: show things by their labels, not by their identifiers."""
    rows = tuple(
        tuple(view_cell(graph, cell, column, named=named) for cell, column in zip(row, table.columns, strict=True))
        for row in table.rows[:most]
    )
    shown = Section(table.title, table.columns, rows, max(0, len(table.rows) - most), more)
    return _drop_repeated(shown) if named else shown


def _drop_repeated(section: Section) -> Section:
    """The section without columns that only say again what a linked thing beside them is called."""

    def repeats(i: int) -> bool:
        cells = [(row[i], row) for row in section.rows if row[i].text]
        return bool(cells) and all(
            not cell.href and any(other.href and other.text == cell.text for other in row) for cell, row in cells
        )

    kept = [i for i, name in enumerate(section.columns) if name not in _REPEATED or not repeats(i)]
    if len(kept) == len(section.columns):
        return section
    rows = tuple(tuple(row[i] for i in kept) for row in section.rows)
    return replace(section, columns=tuple(section.columns[i] for i in kept), rows=rows)


def view_cell(graph: Graph, cell: Cell | None, column: str = "", *, named: bool = True) -> CellView:
    """A cell: a thing as a link, the words of a document as a quote, anything else as text."""
    if cell is None:
        return CellView("")
    if cell.kind == "uri":
        short = shorten_iri(cell.value, graph.base)
        text = find_label(graph.store, Iri(cell.value)) if named and is_described(graph, cell.value) else short
        return CellView(text, find_address(cell.value, graph.base), title=cell.value)
    if cell.kind == "bnode":
        return CellView(f"_:{cell.value}")
    return CellView(cell.value, quoted=column in QUOTES, title=cell.language)


def is_described(graph: Graph, iri: str) -> bool:
    """Whether the graph says anything about a thing, so that it may have a label."""
    return next(graph.store.quads_for_pattern(ox.NamedNode(iri), None, None, None), None) is not None


def find_names(graph: Graph, node: ox.NamedNode) -> dict[str, str]:
    """Name in lower case -> address of what a thing is tied to, directly or through one of its statements.

    What a statement is about goes before a section of the same name; a name that two bear is left out.
    """
    pairs = [(_find_name(graph, target), target) for target in _follow(graph, node, None)]
    stated_pairs = []
    for quad in islice(graph.store.quads_for_pattern(None, None, node, None), MAX_NEIGHBOURS):
        if not isinstance(quad.subject, ox.NamedNode):
            continue
        stated = [
            target for predicate in _STATES for target in _follow(graph, quad.subject, predicate) if target != node
        ]
        pairs += _find_role_names(graph, quad.subject)
        names = {quad.subject, *stated}
        stated_pairs += [(_find_name(graph, name), target) for target in stated for name in names]
        further = [target for predicate in _LEADS for target in _follow(graph, quad.subject, predicate)]
        pairs += [(_find_name(graph, target), target) for target in further or ([] if stated else [quad.subject])]
    found = {**_group(pairs), **_group(stated_pairs)}
    return {name: find_address(next(iter(iris)), graph.base) for name, iris in found.items() if len(iris) == 1}


def _find_role_names(graph: Graph, role: ox.NamedNode) -> list[tuple[str, ox.NamedNode]]:
    """The name that a person bears on a title page, which may differ from the one in the graph."""
    holders = [quad.subject for quad in graph.store.quads_for_pattern(None, _HOLDS, role, None)]
    names = [
        quad.object.value.casefold()
        for quad in graph.store.quads_for_pattern(role, _WRITTEN, None, None)
        if isinstance(quad.object, ox.Literal)
    ]
    return [(name, holder) for name in names for holder in holders if isinstance(holder, ox.NamedNode)]


def _group(pairs: list[tuple[str, ox.NamedNode]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, target in pairs:
        found.setdefault(name, set()).add(target.value)
    return found


def _follow(graph: Graph, node: ox.NamedNode, predicate: ox.NamedNode | None) -> list[ox.NamedNode]:
    quads = graph.store.quads_for_pattern(node, predicate, None, None)
    return [quad.object for quad in quads if isinstance(quad.object, ox.NamedNode)]


def link_names(section: Section, names: dict[str, str]) -> Section:
    """The section with links under texts that are names."""

    def link(view: CellView, column: str) -> CellView:
        href = names.get(view.text.casefold(), "") if column in _NAMED and not view.href else ""
        return replace(view, href=href) if href else view

    rows = tuple(tuple(link(v, c) for v, c in zip(row, section.columns, strict=True)) for row in section.rows)
    return replace(section, rows=rows)


def _find_name(graph: Graph, node: ox.NamedNode) -> str:
    return (find_own_label(graph.store, Iri(node.value)) or node.value.rsplit("/", 1)[-1]).casefold()
