"""A built workspace that holds the test graph, and `kg serve` in a process of its own."""

import hashlib
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.corpus.manifest import Entry, GraphRecord, Manifest

TEST_GRAPH = Path(__file__).parent / "queries" / "test_graph.trig"


def write_workspace(root: Path) -> Path:
    """A workspace whose canonical text is the test graph, with one document that can be read again."""
    store = ox.Store()
    store.load(path=str(TEST_GRAPH), format=ox.RdfFormat.TRIG)
    graphs = {}
    (root / ".kg" / "documents").mkdir(parents=True)
    for graph in store.named_graphs():
        assert isinstance(graph, ox.NamedNode)
        lines = sorted(f"{quad} .\n".encode() for quad in store.quads_for_pattern(None, None, None, graph))
        file, nquads = f"documents/{graph.value.rsplit('/', 1)[-1]}.nq", b"".join(lines)
        (root / ".kg" / file).write_bytes(nquads)
        graphs[graph.value] = GraphRecord(file, hashlib.sha256(nquads).hexdigest(), len(lines))
    text = b"Data silos between departments are everywhere."
    (root / "corpus" / "notes").mkdir(parents=True)
    (root / "corpus" / "notes" / "memo.txt").write_bytes(text)
    entry = Entry("memo", "notes/memo.txt", "abstract", hashlib.sha256(text).hexdigest(), "0" * 16)
    manifest = Manifest(entries=(entry,), graphs=tuple(graphs.items()))
    (root / ".kg" / "manifest.json").write_bytes(manifest.encode())
    (root / "queries").mkdir()
    (root / "kg.toml").write_text("", encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace, shared by all tests that only read."""
    return write_workspace(tmp_path_factory.mktemp("library"))


@contextmanager
def run_server(*arguments: str) -> Iterator[str]:
    """A `kg serve` in a process of its own at a free port; its address, with a slash at the end."""
    command = [sys.executable, "-m", "kg", *arguments, "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr
            found = re.search(r" at (http://\S+)", process.stderr.readline())
            assert found, process.stderr.read()
            yield found[1]
        finally:
            process.terminate()
            process.communicate()


@pytest.fixture(scope="session")
def serving() -> Callable[..., AbstractContextManager[str]]:
    """`run_server`: serving("-w", FOLDER, "serve") gives an address."""
    return run_server
