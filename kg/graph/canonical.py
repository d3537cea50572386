"""The canonical text of a workspace's graphs: which files there are, what they must hold, and their bytes if they do.

`.kg/manifest.json` (written by the corpus room) is the table of contents; every N-Quads file it names is checked
against its SHA-256 before it is believed.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.model import CorpusError, ValidationError

KG_FOLDER, MANIFEST = ".kg", "manifest.json"
_AGAIN = "Run 'kg build' to make it again from corpus/."


def settle_nquads(nquads: bytes) -> bytes:
    """The same quads as the store will give them back: parsed, checked, sorted, each line once.

    Raises ValidationError if they are not N-Quads.
    """
    store = ox.Store()
    try:
        store.load(nquads, format=ox.RdfFormat.N_QUADS)
    except SyntaxError as error:
        raise ValidationError(f"the graph cannot be written as N-Quads: {error}") from error
    text = store.dump(format=ox.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(text.splitlines(keepends=True)))


@dataclass(frozen=True, slots=True)
class GraphFile:
    """One named graph and the file below .kg/ that holds it.

    sha256: hexadecimal digest of the file; quads: its number of lines.
    """

    graph: str
    file: str
    sha256: str
    quads: int


@dataclass(frozen=True, slots=True)
class GraphTable:
    """All graphs of a workspace, sorted by name. Two tables with the same mark hold the same quads."""

    mark: str
    graphs: tuple[GraphFile, ...]

    @property
    def size(self) -> tuple[int, int]:
        """(quads, graphs that have any)."""
        return sum(graph.quads for graph in self.graphs), sum(1 for graph in self.graphs if graph.quads)


def read_graph_table(root: Path) -> GraphTable:
    """The graphs of the workspace at `root`, as its manifest names them.

    Raises CorpusError if there is no manifest yet or it is damaged.
    """
    path = root / KG_FOLDER / MANIFEST
    try:
        found = json.loads(path.read_bytes())
        graphs = tuple(GraphFile(name, g["file"], g["sha256"], g["quads"]) for name, g in found["graphs"].items())
        table = GraphTable(found["mark"], tuple(sorted(graphs, key=lambda g: g.graph)))
    except FileNotFoundError as error:
        raise CorpusError(
            f"{path}: there is no graph yet. Run 'kg build' to make it from corpus/, or 'kg add PATH'."
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CorpusError(f"{path}: damaged ({error}). {_AGAIN}") from error
    if compute_mark(table.graphs) != table.mark:
        raise CorpusError(f"{path}: damaged (its mark is not that of the graphs it names). {_AGAIN}")
    return table


def compute_mark(graphs: tuple[GraphFile, ...]) -> str:
    """The mark of a state with these graphs, in the order of their names: the same for the same quads."""
    import hashlib  # whoever only opens the store does without it

    lines = "".join(f"{g.graph} {g.sha256} {g.quads}\n" for g in graphs)
    return hashlib.sha256(lines.encode()).hexdigest()


def read_graph(root: Path, graph: GraphFile) -> bytes:
    """The canonical N-Quads of one graph.

    Raises CorpusError if the file is missing or not what the manifest says.
    """
    import hashlib  # whoever only opens the store does without it

    path = root / KG_FOLDER / graph.file
    try:
        nquads = path.read_bytes()
    except OSError as error:
        raise CorpusError(f"{path}: {error.strerror}. {_AGAIN}") from error
    if hashlib.sha256(nquads).hexdigest() != graph.sha256:
        raise CorpusError(f"{path}: its content is not what the manifest says. {_AGAIN}")
    return nquads


def read_graphs(root: Path, table: GraphTable) -> Iterator[bytes]:
    """The canonical N-Quads of every graph, in the order of the table. Raises CorpusError as read_graph does."""
    return (read_graph(root, graph) for graph in table.graphs)
