"""`kg push` into `kg serve`, found from the address of its queries alone."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from click.testing import CliRunner

from kg.cli import cli
from kg.graph.remote import RemoteStore
from kg.graph.remote_address import make_address
from kg.graph.remote_push import Pushed, push_graphs
from kg.graph.store import load_memory_store


def test_graph_is_pushed_into_another_server_of_kg(
    library: Path, serving: Callable[..., AbstractContextManager[str]]
) -> None:
    with serving("serve", "--scratch") as address:
        store = RemoteStore(make_address(address + "sparql"))
        assert push_graphs(library, store, anew=True) == Pushed(8, 0, 0, 2312)
        assert set(store.quads_for_pattern(None, None, None)) == set(load_memory_store(library))
        assert push_graphs(library, store) == Pushed(0, 8, 0, 2312)


def test_server_does_not_pretend_to_serve_a_remote_store(library: Path) -> None:
    done = CliRunner().invoke(cli, ["-w", str(library), "--store", "http://127.0.0.1:9/query", "serve"])
    assert (done.exit_code, "not from a remote store" in done.stderr) == (2, True)
