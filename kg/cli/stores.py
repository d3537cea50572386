"""Which graph a command asks: the one of the workspace on this machine, or a remote SPARQL 1.1 store."""

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from kg.model import DEFAULT_BASE, CorpusError

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.graph.remote import RemoteStore
    from kg.graph.remote_address import Credentials, StoreAddress
    from kg.model.table import Table
    from kg.query.files import QueryFile, Values
    from kg.query.limits import Limits


@dataclass(frozen=True, slots=True)
class Place:
    """Where the graph is that a command asks.

    root: folder of the workspace, None where there is none and the store alone is asked. store: address, None for the
    graph on this machine.
    """

    root: Path | None
    base: str
    store: "StoreAddress | None" = None

    @property
    def queries(self) -> list[Path]:
        """The folder of the workspace's own queries, if there is one."""
        return [self.root / "queries"] if self.root else []

    @property
    def local(self) -> Path:
        """The folder of the workspace. Raises CorpusError if only a remote store was named."""
        if self.root is None:
            raise CorpusError("this needs a workspace on this machine: --workspace DIR names one")
        return self.root

    def open(self, *, seconds: float = 60.0) -> "ox.Store":
        """The graph, to read. Raises CorpusError if there is none or the store cannot be asked."""
        if self.store is None:
            from kg.graph.store import open_for_reading

            return open_for_reading(self.local)
        # It has the methods that commands use, which is all they ask of a store.
        return cast("ox.Store", open_remote(self.store, seconds=seconds))


def open_remote(address: "StoreAddress", *, seconds: float = 60.0) -> "RemoteStore":
    """A remote store, not asked yet."""
    from kg.graph.remote import RemoteStore

    return RemoteStore(address, seconds=seconds)


def find_place(ctx: click.Context) -> Place:
    """The graph that --store, KG_STORE or `store` in kg.toml names, else that of the workspace.

    Raises CorpusError if there is neither, or the address is none.
    """
    from kg.corpus.workspace import open_workspace

    url = ctx.meta.get("kg.store") or ""
    try:
        found = open_workspace(Path(ctx.obj) if ctx.obj else None)
    except CorpusError:
        if not url or ctx.obj:
            raise
        return Place(None, DEFAULT_BASE, _make_address(url))
    base = found.settings.base
    if url:
        return Place(found.root, base, _make_address(url))
    if found.settings.store:
        from kg.graph.remote_address import make_address

        # What a workspace of someone else names is not given this person's credentials.
        return Place(found.root, base, make_address(found.settings.store, named=False))
    return Place(found.root, base)


def _make_address(url: str) -> "StoreAddress":
    from kg.graph.remote_address import make_address

    return make_address(url, credentials=read_credentials())


def read_credentials() -> "Credentials":
    """What the environment gives: KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN."""
    from kg.graph.remote_address import Credentials

    names = ("KG_STORE_USER", "KG_STORE_PASSWORD", "KG_STORE_TOKEN")
    user, password, token = (os.environ.get(name, "") for name in names)
    return Credentials(user, password, token)


def answer(place: Place, query: "QueryFile", values: "Values", limits: "Limits", *, named: bool = False) -> "Table":
    """The answer of a query from wherever the graph is. named: with names instead of identifiers, for people.

    Raises QueryError and CorpusError as `kg.query.answer.answer_query` and `kg.query.remote.answer_remotely` do.
    """
    if place.store is None:
        from kg.query.answer import answer_query

        return answer_query(place.local, query, values, limits, named=named)
    from kg.query.remote import answer_remotely

    table = answer_remotely(place.open(seconds=limits.seconds), query, values, limits, named=named)
    for note in table.notes:
        warn(note)
    return replace(table, notes=())


def warn(message: str) -> None:
    """Say on standard error what a person should know of the answer."""
    click.echo(f"Warning: {message}", err=True)


def name_things(store: "ox.Store", table: "Table") -> "Table":
    """The table with names instead of identifiers, fetched together where the store is a remote one."""
    from kg.query.remote import name_remotely

    return name_remotely(store, table)
