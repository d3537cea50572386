"""The test graph that every question is asked of."""

from pathlib import Path

import pyoxigraph as ox
import pytest

TEST_GRAPH = Path(__file__).parent.parent / "queries" / "test_graph.trig"


@pytest.fixture(scope="session")
def store() -> ox.Store:
    """The made-up corpus of four documents, in memory."""
    store = ox.Store()
    store.load(path=str(TEST_GRAPH), format=ox.RdfFormat.TRIG)
    return store
