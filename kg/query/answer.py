"""The answer of any query about a workspace: ours at once, anybody else's in a process of its own."""

from collections.abc import Sequence
from pathlib import Path
from typing import IO

from kg.model.errors import QueryError
from kg.model.table import Table
from kg.query.files import (
    MAX_FILE_BYTES,
    QueryFile,
    Values,
    is_shipped,
    open_query,
    parse_query,
    read_query,
)
from kg.query.guard import check_query
from kg.query.limits import Limits


def answer_query(
    root: Path, query: QueryFile, values: Values | None = None, limits: Limits | None = None, *, named: bool = False
) -> Table:
    """The answer of a query from the graph of the workspace at `root`.

    named: with names instead of identifiers, for people; not for a query that somebody else wrote.
    Raises QueryError if the query, its values or its limits do not allow one, CorpusError if there is no graph.
    """
    if not is_shipped(query):
        from kg.query.worker import ask_once

        return ask_once(root, query, values, limits)
    from kg.graph.store import find_mark, open_for_reading, refresh_store
    from kg.query.labels import name_things
    from kg.query.run import find_kept, run_query

    def ask() -> Table:
        store = open_for_reading(root)
        kept = find_kept(root, find_mark(root))
        table = run_query(store, query.name, values, queries={query.name: query}, kept=kept)
        return name_things(store, table) if named else table

    try:
        return ask()
    except (OSError, RuntimeError):
        # A block of the store is damaged, which shows only when it is read: the canonical text makes it again.
        refresh_store(root, anew=True)
        return ask()


def explain_query(root: Path, query: QueryFile, values: Values | None = None) -> str:
    """The SPARQL of a query with its values filled in, as any endpoint takes it. It is not run.

    Raises QueryError as answer_query does; the graph is opened only if words have to be looked up in it.
    """
    from kg.query.bind import bind

    check_query(query.text)
    types = {parameter.type for parameter in query.parameters if parameter.name in (values or {})}
    if types <= {"text", "integer", "decimal", "iri"}:
        return bind(query, values or {})
    from kg.graph.store import open_for_reading
    from kg.query.run import bind_words

    return bind_words(open_for_reading(root), query, values or {})


def find_named_query(name: str, folders: Sequence[Path]) -> QueryFile:
    """The query that a person means by a name or by the path of an .rq file.

    Raises QueryError for an unknown name or a file that cannot be read.
    """
    if name.endswith(".rq") or "/" in name:
        return read_query(Path(name))
    return open_query(name, folders)


def read_pasted_query(stream: IO[bytes]) -> QueryFile:
    """A query from what somebody typed or piped in.

    Raises QueryError if it is longer than a query file may be, or not UTF-8.
    """
    content = stream.read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        raise QueryError(f"the query is larger than {MAX_FILE_BYTES:,} bytes, too large for a query")
    try:
        return parse_query("stdin", content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise QueryError(f"the query is not UTF-8 at byte {error.start}") from error
