"""A workspace from Python and notebooks.

import kg
library = kg.open("my-library")
library.query("dilemma_remedies", dilemma="data silos", since=2019).to_dataframe()
library.map("data sharing")
"""

from __future__ import annotations

import html
import importlib
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from kg.model.errors import QueryError
from kg.model.table import Cell, Table
from kg.query.limits import Limits

if TYPE_CHECKING:
    import networkx as nx
    import pyoxigraph as ox
    import rdflib

    from kg.graph.remote_address import StoreAddress
    from kg.query.describe import Description
    from kg.query.files import QueryFile
    from kg.query.run import Kept

#: Makes bytes of a value: (format, value) -> bytes. `kg.open` hands in kg.render.
Render = Callable[[str, object], bytes]
#: A parameter from Python: text, number, or several of them.
Value = str | int | float | Sequence[str | int | float]
#: Rows that a notebook shows.
MAX_SHOWN_ROWS = 50
_NUMBERS: dict[str, Callable[[str], object]] = {
    "integer": int,
    "decimal": float,
    "double": float,
    "boolean": lambda text: text in {"true", "1"},
}


class DoubtWarning(UserWarning):
    """An answer of a remote store may not be all there is, although the store does not say so."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a query. command: what asks the same on the command line, "" if there is none."""

    table: Table
    render: Render
    command: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.table.columns

    def __len__(self) -> int:
        return len(self.table.rows)

    def __iter__(self) -> Iterator[dict[str, object]]:
        """Each row as column -> value: str, int, float, bool, or None where nothing is known."""
        for row in self.table.rows:
            yield {column: to_value(cell) for column, cell in zip(self.table.columns, row, strict=True)}

    def __bool__(self) -> bool:
        return bool(self.table.rows)

    def __repr__(self) -> str:
        shown = replace(self.table, rows=self.table.rows[:MAX_SHOWN_ROWS])
        text = self.render("table", shown).decode().rstrip("\n")
        return "\n".join([part for part in (self.table.title, text, self._say_more()) if part])

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{html.escape(column)}</th>" for column in self.table.columns)
        body = "".join(f"<tr>{_to_html_row(row)}</tr>" for row in self.table.rows[:MAX_SHOWN_ROWS])
        caption = f"<caption>{html.escape(self.table.title)}</caption>" if self.table.title else ""
        more = f"<p>{html.escape(self._say_more())}</p>" if self._say_more() else ""
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"

    def _say_more(self) -> str:
        hidden = len(self) - MAX_SHOWN_ROWS
        return f"... {hidden:,} more rows" if hidden > 0 else ""

    def to_dataframe(self) -> Any:
        """A pandas DataFrame with Python values.

        Raises QueryError if pandas is not installed.
        """
        try:
            pandas = importlib.import_module("pandas")
        except ImportError as error:
            raise QueryError("pandas is not installed: 'pip install pandas', or use to_csv()") from error
        return pandas.DataFrame(list(self), columns=list(self.table.columns))

    def to_csv(self, path: str | Path | None = None) -> str:
        """SPARQL results CSV, also written to the path if one is given."""
        return self._write("csv", path)

    def to_json(self, path: str | Path | None = None) -> str:
        """SPARQL results JSON, likewise."""
        return self._write("json", path)

    def to_markdown(self, path: str | Path | None = None) -> str:
        """A Markdown table, likewise."""
        return self._write("md", path)

    def _write(self, form: str, path: str | Path | None) -> str:
        content = self.render(form, self.table)
        if path is not None:
            Path(path).write_bytes(content)
        return content.decode()


def to_value(cell: Cell | None) -> object:
    """A cell as a Python value; a number that is out of its type's form stays text."""
    if cell is None:
        return None
    convert = _NUMBERS.get(cell.datatype.rpartition("#")[2])
    if convert is None or cell.kind != "literal":
        return cell.value
    try:
        return convert(cell.value)
    except ValueError:
        return cell.value


def _to_html_row(row: tuple[Cell | None, ...]) -> str:
    return "".join(f"<td>{html.escape('' if cell is None else cell.value)}</td>" for cell in row)


@dataclass(frozen=True, slots=True)
class Page:
    """A map as an HTML page; a notebook shows it in a frame of its own."""

    html: str

    def save(self, path: str | Path) -> None:
        """Write the page to a file."""
        Path(path).write_text(self.html, encoding="utf-8")

    def _repr_html_(self) -> str:
        escaped = html.escape(self.html, quote=True)
        return (
            f'<iframe srcdoc="{escaped}" sandbox="allow-scripts" width="100%" height="640" style="border:0"></iframe>'
        )


class Library:
    """The graph of one workspace, to ask from Python. `kg.open` makes it.

    Shipped queries run in this process; any other SPARQL in one of its own, under `limits`. With a remote store all of
    them are asked there; what is doubtful about its answer is a `DoubtWarning` and a note of the table.
    """

    def __init__(
        self,
        root: Path,
        *,
        render: Render,
        memory: bool = False,
        limits: Limits | None = None,
        remote: StoreAddress | None = None,
    ) -> None:
        self.root, self._render, self._memory, self.remote = root, render, memory, remote
        self.limits = limits or Limits()

    def __repr__(self) -> str:
        return f"Library({str(self.root)!r}{f', store={self.remote.url!r}' if self.remote else ''})"

    @property
    def store(self) -> ox.Store:
        """The pyoxigraph store, read-only; of a remote store what reads it. Raises CorpusError where there is none."""
        return self._opened[0]

    @cached_property
    def _opened(self) -> tuple[ox.Store, Kept | None]:
        """The store, and the counts that belong to it; none if the graph was written meanwhile."""
        from kg.graph.store import find_mark, load_memory_store, open_for_reading
        from kg.query.run import find_kept

        if self.remote:
            from kg.graph.remote import RemoteStore

            return cast("ox.Store", RemoteStore(self.remote, seconds=self.limits.seconds)), None
        mark = find_mark(self.root)
        store = load_memory_store(self.root) if self._memory else open_for_reading(self.root)
        return store, find_kept(self.root, mark) if find_mark(self.root) == mark else None

    @cached_property
    def _queries(self) -> dict[str, QueryFile]:
        from kg.query.files import load_queries

        return load_queries([self.root / "queries"])

    def refresh(self) -> None:
        """See what was added, removed or written since the library was opened."""
        self.__dict__.pop("_opened", None)
        self.__dict__.pop("_queries", None)

    def query(self, name_or_text: str, /, **params: Value) -> Answer:
        """The answer of a query by its name, or of SPARQL; parameters may be words ("data silos").

        Raises QueryError for an unknown name or parameter, what is not SPARQL, or more than the limits allow.
        """
        from kg.query.files import is_shipped
        from kg.query.run import find_query_or_text, run_query
        from kg.query.worker import ask_once

        query, values = find_query_or_text(name_or_text, self._queries), _to_values(params)
        if self.remote:
            table = self._ask_remotely(query, values)
        elif is_shipped(query):
            table = run_query(self.store, query.name, values, queries=self._queries, kept=self._opened[1])
        else:
            table = ask_once(self.root, query, values, self.limits)
        return Answer(table, self._render)

    def _ask_remotely(self, query: QueryFile, values: dict[str, list[str]]) -> Table:
        from kg.query.remote import answer_remotely

        table = answer_remotely(self.store, query, values, self.limits)
        for note in table.notes:
            warnings.warn(note, DoubtWarning, stacklevel=3)
        return table

    def ask(self, question: str) -> Answer:
        """The answer of a question in plain English; `command` says what was run.

        Raises QueryError if no query surely answers it, with the nearest ones.
        """
        from kg.query.ask import choose_query, to_command
        from kg.query.files import load_queries
        from kg.query.run import run_query

        shipped = load_queries()
        asked = choose_query(self.store, question, shipped)[0]
        if self.remote:
            table = self._ask_remotely(asked.query, _to_values(asked.values))
        else:
            table = run_query(self.store, asked.query.name, asked.values, queries=shipped)
        return Answer(table, self._render, to_command(asked))

    def search(self, text: str, *, kind: str = "", limit: int = 20) -> Answer:
        """Names and quotes that hold the words, the best first. kind: "dilemma", "quote", ..., "" for all."""
        from kg.graph.canonical import read_graph_table
        from kg.query.search import build_index, open_index, search

        if self.remote:
            index = build_index(self.store)
        else:
            index = open_index(self.root, read_graph_table(self.root).mark, self.store)
        try:
            return Answer(search(index, text, kind=kind, limit=limit), self._render)
        finally:
            index.close()

    def queries(self, words: str = "") -> Answer:
        """The queries there are, all of them or those that the words fit."""
        from kg.query.catalogue import find_queries, to_table

        return Answer(to_table(find_queries(self._queries, words)), self._render)

    def describe(self, name: str) -> Description:
        """All that is known of a thing.

        Raises QueryError if nothing or more than one thing is called so.
        """
        from kg.query.describe import describe_thing, find_named

        found = find_named(self.store, name)
        if len(found) > 1:
            raise QueryError(f"'{name}' may mean {len(found)} things: {', '.join(iri for _, iri in found[:5])} ...")
        return describe_thing(self.store, found[0][1])

    def network(self, topic: str | None = None, *, limit: int = 60) -> nx.MultiDiGraph[str]:
        """What links the things of the graph; around a topic at most `limit` nodes, without one all of them."""
        from kg.query.network import build_network, find_topic

        return build_network(self.store) if topic is None else find_topic(self.store, topic, limit=limit)

    def map(self, topic: str = "", *, limit: int = 60) -> Page:
        """The map of a topic, or of what is stated most. Raises QueryError if nothing is about the topic."""
        from kg.query.network import build_network, choose_topic
        from kg.query.network.topic import find_other_labels

        whole = build_network(self.store)
        part = choose_topic(whole, topic, other_labels=find_other_labels(self.store), limit=limit)
        part.graph["documents"] = {
            iri: facts["label"] for iri, facts in whole.nodes.items() if facts["kind"] == "document"
        }
        part.graph.setdefault("title", topic[:1].upper() + topic[1:] or "What the documents state most")
        return Page(self._render("html", part).decode())

    def graph(self) -> rdflib.Dataset:
        """A copy of the workspace's graph for rdflib, with its named graphs. Raises QueryError for a remote store."""
        import rdflib

        if self.remote:
            raise QueryError("a remote store is not copied: rdflib's own SPARQLStore reads it where it is")
        dataset = rdflib.Dataset(default_union=True)
        from kg.graph.canonical import read_graph_table, read_graphs

        for nquads in read_graphs(self.root, read_graph_table(self.root)):
            dataset.parse(data=nquads, format="nquads")
        return dataset


def _to_values(params: Mapping[str, Value]) -> dict[str, list[str]]:
    many = {name: [value] if isinstance(value, str | int | float) else list(value) for name, value in params.items()}
    return {name: [_to_text(value) for value in values] for name, values in many.items()}


def _to_text(value: Any) -> str:
    return f"{value:f}" if isinstance(value, float) else str(value)
