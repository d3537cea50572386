"""Servers in this process: one that reads the test graph, one that anybody may write to."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kg.query.limits import Limits
from kg.server.app import make_app
from kg.server.settings import ServerSettings

TEST_GRAPH = Path(__file__).parent.parent / "queries" / "test_graph.trig"
LIMITS = Limits(seconds=2.0, memory_mib=300, rows=1000, answer_mib=1)


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The test graph as N-Quads."""
    store = ox.Store()
    store.load(path=str(TEST_GRAPH), format=ox.RdfFormat.TRIG)
    path = tmp_path_factory.mktemp("server") / "graph.nq"
    store.dump(str(path), format=ox.RdfFormat.N_QUADS)
    return path


@pytest.fixture(scope="session")
def client(source: Path) -> Iterator[TestClient]:
    """A server that only reads."""
    with TestClient(make_app(ServerSettings(source, limits=LIMITS, workers=2))) as client:
        yield client


@pytest.fixture
def scratch() -> Iterator[TestClient]:
    """A server with an empty graph that takes updates."""
    with TestClient(make_app(ServerSettings(None, limits=LIMITS))) as client:
        yield client
