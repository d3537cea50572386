"""The graph against its sources: every document read again, every quote looked up, every file compared."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from kg.corpus import Workspace
from kg.corpus.manifest import Entry, read_manifest
from kg.graph.canonical import GraphFile, read_graph, read_graph_table
from kg.graph.quads import name_graph
from kg.graph.store import count_quads, open_for_reading, refresh_store
from kg.graph.verify import BrokenQuote, check_quotes
from kg.model import CorpusError, KgError
from kg.pipeline.reading import find_changed, read_entries


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of one document; fault: why it could not be checked, "" if it could."""

    id: str
    file: str
    quotes: int = 0
    broken: tuple[BrokenQuote, ...] = ()
    fault: str = ""


def verify_documents(workspace: Workspace) -> Iterator[Verdict]:
    """A verdict for each document of the present state, in the order of their files.

    Raises CorpusError if there is no graph yet.
    """
    graphs = {graph.graph: graph for graph in read_graph_table(workspace.root).graphs}
    entries = sorted(read_manifest(workspace).entries, key=lambda entry: (entry.file, entry.name))
    for file, group in groupby(entries, key=lambda entry: entry.file):
        documents = list(group)
        try:
            for changed in find_changed(workspace, documents):
                raise CorpusError(f"corpus/{changed}: changed since it was built; run 'kg build'")
            texts = {part: document.text for part, document in read_entries(workspace, documents).items()}
        except (KgError, OSError) as error:
            fault = f"corpus/{file}: {error.strerror}" if isinstance(error, OSError) else str(error)
            yield from (Verdict(entry.id, entry.name, fault=fault) for entry in documents)
            continue
        for entry in documents:
            graph = graphs.get(name_graph(entry.id, base=workspace.settings.base))
            yield _verify(workspace, entry, graph, texts.get(entry.part))


def _verify(workspace: Workspace, entry: Entry, graph: GraphFile | None, text: str | None) -> Verdict:
    if graph is None:
        fault = f"there is no graph of it under {workspace.settings.base}; run 'kg build'"
        return Verdict(entry.id, entry.name, fault=fault)
    if text is None:
        return Verdict(entry.id, entry.name, fault=f"corpus/{entry.file}: it has no record '{entry.part}'")
    try:
        count, broken = check_quotes(read_graph(workspace.root, graph), text)
    except (KgError, SyntaxError) as error:
        return Verdict(entry.id, entry.name, fault=str(error))
    return Verdict(entry.id, entry.name, count, tuple(broken))


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
