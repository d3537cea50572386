"""The documents of the present state as rows."""

from pathlib import Path
from typing import TypeAlias

from kg.corpus import Workspace
from kg.corpus.files import hash_file
from kg.corpus.manifest import Entry, read_manifest
from kg.graph.quads import name_graph
from kg.model import PREFIXES, Cell, Table
from kg.pipeline.facts import Facts
from kg.pipeline.records import make_stem, read_record

COLUMNS = ("document", "kind", "year", "title", "dilemmas", "remedies", "links", "quads", "file")
Row: TypeAlias = tuple[str | int, ...]


def list_documents(workspace: Workspace) -> list[Row]:
    """A row for each document, sorted by name; none before the first build.

    Raises CorpusError for a damaged manifest.
    """
    manifest = read_manifest(workspace)
    graphs = dict(manifest.graphs)
    rows: list[Row] = []
    for entry in manifest.entries:
        facts = _read_facts(workspace.kg / "documents", entry)
        graph = graphs.get(name_graph(entry.id, base=workspace.settings.base))
        things = (len(facts.dilemmas), len(facts.remedies), len(facts.addresses))
        kind = facts.kind or entry.kind
        rows.append((entry.id, kind, facts.year, facts.title, *things, graph.quads if graph else 0, entry.name))
    return rows


def _read_facts(folder: Path, entry: Entry) -> Facts:
    record = read_record(folder, make_stem(entry.id, entry.key), hash_file)
    return record.facts if record else Facts()


def make_table(rows: list[Row]) -> Table:
    """The rows for printing."""
    cells = (tuple(_to_cell(value) for value in row) for row in rows)
    return Table(COLUMNS, tuple(cells), title="The documents of the graph")


def _to_cell(value: str | int) -> Cell | None:
    if isinstance(value, int):
        return Cell(str(value), datatype=PREFIXES["xsd"] + "integer")
    return Cell(value) if value else None
