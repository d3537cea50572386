"""Heavy counts, made when the graph is written: the whole answers of a few shipped queries.

`.kg/counts/MARK/QUERY.table` holds one answer. It names the state of the graph and the query's text that it belongs to,
and its own SHA-256; where any of them differs, it is as if there were none. It is no part of the graph or its exports.
"""

import gc
import hashlib
import json
import re
import sys
import tempfile
from array import array
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyoxigraph as ox

from kg.graph.canonical import KG_FOLDER
from kg.graph.cells import to_cell
from kg.graph.pairs import PAIRED, count_pairs
from kg.graph.shipped import find_query_folder
from kg.model.table import Cell, Table

FOLDER = "counts"
#: The queries whose answers without parameters are kept.
COUNTED = (
    *("author_coauthors", "author_pairs", "concept_cooccurrence", "concept_pairs", "type_matrix", "work_counts"),
    *("corpus_counts", "corpus_kinds", "documents_by_year", "place_counts", "dilemma_types", "remedy_types"),
    *("concept_counts", "review_progress", "dilemma_coverage", "author_counts"),
)


def write_counts(root: Path, mark: str, store: ox.Store) -> None:
    """Keep the answers for the state of the graph that is in the store, all of them or none, and no others.

    Raises OSError where there is no room for them.
    """
    folder = root / KG_FOLDER / FOLDER
    folder.mkdir(exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=folder, prefix="part-"))
    try:
        for name in COUNTED:
            text = (find_query_folder() / f"{name}.rq").read_text(encoding="utf-8")
            (draft / f"{name}.table").write_bytes(encode(find_count(store, name, text), mark=mark, text=text))
        _clear(folder, draft.name)
        draft.rename(_locate(root, mark))
    finally:
        _remove(draft)


def has_counts(root: Path, mark: str) -> bool:
    """Whether answers are kept for this state of the graph, none of them damaged."""
    paths = [_locate(root, mark) / f"{name}.table" for name in COUNTED]
    return all(path.is_file() and _is_whole(path.read_bytes()) for path in paths)


def read_count(root: Path, mark: str, name: str, text: str) -> Table | None:
    """The answer kept for a query of this name and text in this state of the graph; None if there is none."""
    if name not in COUNTED:
        return None
    with suppress(OSError):
        return decode((_locate(root, mark) / f"{name}.table").read_bytes(), mark=mark, text=text)
    return None


def find_count(store: ox.Store, name: str, text: str) -> Table:
    """The answer of a query of COUNTED, found in the fastest way."""
    columns = re.search(r"^# columns: (.*)$", text, re.MULTILINE)
    paired = count_pairs(store, name, tuple(columns[1].split(", "))) if name in PAIRED and columns else None
    return count(store, text) if paired is None else paired


def count(store: ox.Store, text: str) -> Table:
    """The answer of a SELECT over all graphs together."""
    found = store.query(text, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)  # noqa: S101 the files hold SELECTs
    columns = tuple(variable.value for variable in found.variables)
    return Table(columns, tuple(tuple(None if term is None else to_cell(term) for term in row) for row in found))


def encode(table: Table, *, mark: str, text: str) -> bytes:
    """The table as bytes: its SHA-256, a line of JSON with each different cell once, then the cells' numbers.

    A number is four bytes, the lowest first, and 0 where there is no cell.
    """
    places: dict[Cell | None, int] = {None: 0}
    numbers = array("I", [places.setdefault(cell, len(places)) for row in table.rows for cell in row])
    if sys.byteorder == "big":
        numbers.byteswap()
    cells = [[cell.value, cell.kind, cell.datatype, cell.language] for cell in places if cell]
    head = {"mark": mark, "query": _digest(text.encode()), "columns": table.columns, "cells": cells}
    body = json.dumps(head, ensure_ascii=False).encode() + b"\n" + numbers.tobytes()
    return _digest(body).encode() + b"\n" + body


def decode(content: bytes, *, mark: str, text: str) -> Table | None:
    """The table in the bytes; None if they are damaged, or for another state of the graph or another query."""
    if not _is_whole(content):
        return None
    _, _, body = content.partition(b"\n")
    line, _, rest = body.partition(b"\n")
    head = json.loads(line)
    if (head["mark"], head["query"]) != (mark, _digest(text.encode())):
        return None
    numbers = array("I")
    numbers.frombytes(rest)
    if sys.byteorder == "big":
        numbers.byteswap()
    with _no_collection():
        cells = [None, *(Cell(*cell) for cell in head["cells"])]
        one_by_one = map(cells.__getitem__, numbers)
        return Table(tuple(head["columns"]), tuple(zip(*[one_by_one] * len(head["columns"]), strict=True)))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep Python from looking for garbage meanwhile: among ever more new rows, none of it garbage, that takes longer
    than making them, and more than in proportion."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _is_whole(content: bytes) -> bool:
    digest, _, body = content.partition(b"\n")
    return _digest(body).encode() == digest


def _locate(root: Path, mark: str) -> Path:
    return root / KG_FOLDER / FOLDER / re.sub("[^0-9A-Za-z]", "", mark)[:64]


def _clear(folder: Path, kept: str) -> None:
    for path in folder.iterdir():
        if path.name != kept:
            _remove(path)


def _remove(folder: Path) -> None:
    import shutil  # whoever only reads does without it

    shutil.rmtree(folder, ignore_errors=True)
