"""The graph against its sources: every document read again, every quote looked up, every file compared."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.corpus import Workspace
from kg.corpus.files import hash_file
from kg.corpus.manifest import Entry, Manifest, read_manifest
from kg.graph.canonical import read_graph, read_graph_table
from kg.graph.quads import name_graph
from kg.graph.store import count_quads, open_for_reading, refresh_store
from kg.graph.verify import BrokenQuote, check_quotes
from kg.model import CorpusError, KgError
from kg.pipeline.stages import read_source


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of one document; fault: why it could not be checked, "" if it could."""

    id: str
    file: str
    quotes: int = 0
    broken: tuple[BrokenQuote, ...] = ()
    fault: str = ""


def verify_documents(workspace: Workspace) -> Iterator[Verdict]:
    """A verdict for each document of the present state, in the order of their names.

    Raises CorpusError if there is no graph yet.
    """
    read_graph_table(workspace.root)
    manifest = read_manifest(workspace)
    for entry in manifest.entries:
        try:
            yield _verify(workspace, manifest, entry)
        except (KgError, SyntaxError) as error:
            yield Verdict(entry.id, entry.file, fault=str(error))
        except OSError as error:
            yield Verdict(entry.id, entry.file, fault=f"corpus/{entry.file}: {error.strerror}")


def _verify(workspace: Workspace, manifest: Manifest, entry: Entry) -> Verdict:
    path = workspace.locate(entry.file)
    if hash_file(path) != entry.source:
        raise CorpusError(f"corpus/{entry.file}: changed since it was built; run 'kg build'")
    name = name_graph(entry.id, base=workspace.settings.base)
    graph = next((g for g in read_graph_table(workspace.root).graphs if g.graph == name), None)
    if graph is None:
        raise CorpusError(f"there is no graph of it under {workspace.settings.base}; run 'kg build'")
    nquads = read_graph(workspace.root, graph)
    count, broken = check_quotes(nquads, read_source(path, entry.file, entry.kind).text)
    return Verdict(entry.id, entry.file, count, tuple(broken))


def verify_store(workspace: Workspace) -> str:
    """Compare the store with the canonical text quad by quad count, and make it again if it differs; "" if it did not.

    Raises CorpusError if the canonical text is damaged.
    """
    table = read_graph_table(workspace.root)
    expected = {graph.graph: graph.quads for graph in table.graphs if graph.quads}
    try:
        found = count_quads(open_for_reading(workspace.root))
    except (OSError, RuntimeError):
        found = {}
    if found == expected:
        return ""
    refresh_store(workspace.root, anew=True)
    return "the store did not hold what the canonical text does; it was made again"
