"""Full text over labels and quotes, with SQLite's FTS5; the index is a cache of the graph, made when first needed.

`.kg/search/MARK.sqlite` holds the index of the graphs that the manifest's mark names. It is made again where it is
missing or damaged, and in memory where the folder cannot be written to.

Entries with the very same words stand one after the other. The first has an even number, the others odd ones, so that
what is ranked is each text once, however often it stands in the corpus: the rank is what takes time.
"""

import os
import re
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from heapq import merge
from importlib.resources import files
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path

import pyoxigraph as ox

from kg.model import expand_curie
from kg.model.errors import QueryError
from kg.model.table import Cell, Table
from kg.query.evaluate import evaluate

#: class -> kind of entry, for things found by their names.
KINDS = {
    "dg:Dilemma": "dilemma",
    "dg:Remedy": "remedy",
    "dg:Document": "document",
    "dg:Case": "case",
    "fabio:Policy": "policy",
    "fabio:Work": "work",
    "foaf:Person": "person",
    "org:Organization": "organisation",
    "dg:Claim": "claim",
    "dg:Remark": "remark",
    "skos:Concept": "concept",
}
_NAMES = ("skos:prefLabel", "skos:altLabel", "dcterms:title", "foaf:name", "rdfs:label")
COLUMNS = ("kind", "thing", "document", "text", "section", "start")
MAX_WORDS = 32
#: So many names of one thing may stand before those of the next: only the best is shown.
_NAMES_PER_THING = 8
#: Of the file; one of another layout is made anew.
_VERSION = 2
_SCHEMA = f"""CREATE VIRTUAL TABLE entries USING fts5(name, quote, kind UNINDEXED, thing UNINDEXED, document UNINDEXED,
section UNINDEXED, start UNINDEXED, alike UNINDEXED, tokenize='porter unicode61 remove_diacritics 2');
PRAGMA user_version = {_VERSION}"""
_INSERT = """INSERT INTO entries(rowid, name, quote, kind, thing, document, section, start, alike)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
#: A name that fits counts as much as four quotes that do.
_SELECT = """SELECT rowid, bm25(entries, 4.0, 1.0) AS score FROM entries WHERE entries MATCH ? AND rowid % 2 = 0
ORDER BY score, rowid LIMIT ?"""
_SELECT_KIND = _SELECT.replace("ORDER", "AND kind = ? ORDER")
_DESCRIBE = "SELECT name, quote, kind, thing, document, section, start, rowid, alike FROM entries WHERE rowid = ?"
_DESCRIBE_OTHERS = _DESCRIBE.replace("= ?", "BETWEEN ? AND ?")
#: A snippet has 24 words; it takes longer to make than the entry to find.
_SHOW = """SELECT kind, thing, document, snippet(entries, -1, ?, ?, '…', 24), section, start
FROM entries WHERE entries MATCH ? AND rowid = ?"""
_Entry = tuple[str, str, str, str, str, str, str]
#: An entry, its number, and how many have its words.
_Numbered = tuple[str, str, str, str, str, str, str, int, int]
_Found = tuple[str, str, str, str, str, str]


def search(
    connection: sqlite3.Connection, text: str, *, kind: str = "", limit: int = 20, marks: tuple[str, str] = ("", "")
) -> Table:
    """The entries that hold all words of the text, best first; those that hold any of them, if none has all.

    text: words, or a phrase in double quotes. kind: one of KINDS' values or "quote". marks: put around the words found.
    Raises QueryError for a text without words.
    """
    words = _find_terms(text)
    if not words:
        raise QueryError(f"'{text}' holds no word to search for")
    whole = " AND ".join(words)
    select, kinds = (_SELECT_KIND, (kind,)) if kind else (_SELECT, ())
    for joined in (whole, " OR ".join(words)):
        texts = connection.execute(select, (joined, *kinds, limit * _NAMES_PER_THING)).fetchall()
        if texts:
            break
    best: dict[tuple[str, ...], int] = {}
    for *entry, rowid, _ in islice(_find_entries(connection, texts), limit * _NAMES_PER_THING):
        _, _, kind, thing, document, _, start = entry
        best.setdefault((kind, thing, document, start), rowid)
        if len(best) == limit:
            break
    rows = (connection.execute(_SHOW, (*marks, joined, rowid)).fetchone() for rowid in best.values())
    notes = ("Nothing holds all of these words; what holds some of them is shown.",) if joined != whole else ()
    return Table(COLUMNS, tuple(_to_row(row) for row in rows), f"What holds '{text}'", notes)


def _find_entries(connection: sqlite3.Connection, texts: Iterable[tuple[int, float]]) -> Iterator[_Numbered]:
    """The entries with these texts, best first; of what fits as well in the order of the index."""
    for _, alike in groupby(texts, key=itemgetter(1)):
        yield from merge(*(_find_alike(connection, first) for first, _ in alike), key=_sort)


def _find_alike(connection: sqlite3.Connection, first: int) -> Iterator[_Numbered]:
    found: _Numbered = connection.execute(_DESCRIBE, (first,)).fetchone()
    yield found
    if found[-1] > 1:
        yield from connection.execute(_DESCRIBE_OTHERS, (first + 1, first + 2 * found[-1] - 1))


def _find_terms(text: str) -> list[str]:
    """Each word or quoted phrase as a string of FTS5's query language, where it is no more than text."""
    parts = re.findall(r'"([^"]+)"|([^\s"]+)', text)
    terms = [phrase or word for phrase, word in parts if re.search(r"\w", phrase or word)]
    return ['"' + term.replace('"', '""').replace("\0", " ") + '"' for term in terms[:MAX_WORDS]]


def _to_row(entry: _Found) -> tuple[Cell | None, ...]:
    kind, thing, document, text, section, start = entry
    integer = expand_curie("xsd:integer")
    return (
        Cell(kind),
        Cell(thing, "uri") if thing else None,
        Cell(document, "uri") if document else None,
        Cell(text),
        Cell(section) if section else None,
        Cell(start, datatype=integer) if start else None,
    )


def open_index(root: Path, mark: str, store: ox.Store) -> sqlite3.Connection:
    """The index of a workspace's graph, made now if there is none for this mark."""
    path = root / ".kg" / "search" / f"{re.sub('[^0-9A-Za-z]', '', mark)[:64]}.sqlite"
    for _ in range(2):
        with suppress(sqlite3.DatabaseError):
            return _open_existing(path)
        try:
            path.unlink(missing_ok=True)
            _publish(store, path)
        except (OSError, sqlite3.OperationalError):
            break
    return build_index(store)


def build_index(store: ox.Store, path: Path | None = None) -> sqlite3.Connection:
    """An index of the store, in a new file or in memory; its rows are sorted, whatever order the store has them in."""
    connection = sqlite3.connect(str(path) if path else ":memory:")
    connection.executescript(_SCHEMA)
    connection.executemany(_INSERT, _number([*_find_names(store), *_find_quotes(store)]))
    connection.execute("INSERT INTO entries(entries) VALUES ('optimize')")
    connection.commit()
    return connection


def _number(entries: list[_Entry]) -> Iterator[tuple[int | str, ...]]:
    """The entries with their numbers; each first one of a text with how many there are."""
    alike: dict[tuple[str, str, str], list[_Entry]] = {}
    for entry in sorted(entries, key=_sort):
        alike.setdefault(entry[:3], []).append(entry)
    number = 0
    for same in alike.values():
        for i, entry in enumerate(same):
            number += 2
            yield number + (i > 0), *entry, 0 if i else len(same)


def _sort(entry: _Entry | _Numbered) -> tuple[str, ...]:
    name, quote, kind, thing, document, _, start, *_ = entry
    return kind, thing, document, start.zfill(12), name, quote


def _open_existing(path: Path) -> sqlite3.Connection:
    """Raises DatabaseError if there is none at the path, or a damaged one or one of another layout."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        connection.execute("PRAGMA trusted_schema=OFF")  # the file may have come with a workspace of someone else
        connection.execute("SELECT count(*) FROM entries WHERE entries MATCH 'a'").fetchone()
        if connection.execute("PRAGMA user_version").fetchone() != (_VERSION,):
            raise sqlite3.DatabaseError("an index of another layout")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _publish(store: ox.Store, path: Path) -> None:
    """Make the index beside its place, then move it there at once, and take away those of other states."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix="part-")
    os.close(handle)
    try:
        build_index(store, Path(name)).close()
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
    for other in path.parent.glob("*.sqlite"):
        if other != path:
            other.unlink(missing_ok=True)


def _find_names(store: ox.Store) -> Iterator[_Entry]:
    kinds: dict[str, str] = {}
    for curie, kind in KINDS.items():
        for quad in store.quads_for_pattern(None, _node("rdf:type"), _node(curie), None):
            if isinstance(quad.subject, ox.NamedNode):
                kinds.setdefault(quad.subject.value, kind)
    seen: set[tuple[str, str]] = set()
    for curie in _NAMES:
        for quad in store.quads_for_pattern(None, _node(curie), None, None):
            if not isinstance(quad.subject, ox.NamedNode) or not isinstance(quad.object, ox.Literal):
                continue
            iri, name = quad.subject.value, quad.object.value
            if iri in kinds and (iri, name) not in seen:
                seen.add((iri, name))
                document = iri if kinds[iri] == "document" else ""
                yield name, "", kinds[iri], iri, document, "", ""


def _find_quotes(store: ox.Store) -> Iterator[_Entry]:
    answer = evaluate(store, files("kg.query").joinpath("search.rq").read_text(encoding="utf-8"))
    assert isinstance(answer, ox.QuerySolutions)  # noqa: S101 the file holds a SELECT
    for row in answer:
        thing, document, quote, section, start = ("" if term is None else term.value for term in row)
        yield "", quote, "quote", thing or document, document, section, start


def _node(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand_curie(curie))
