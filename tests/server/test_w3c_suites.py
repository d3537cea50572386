"""The W3C suites for queries, updates and syntax: the endpoint passes what the engine passes when called directly."""

import json
import subprocess
import sys
import tarfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).parents[2] / "../shared"
SUITE, RUNNER = SHARED / "data/benchmarks/w3c/rdf-tests-sparql.tar.xz", SHARED / "bench/sparql_conformance.py"


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (SUITE.is_file() and RUNNER.is_file()):
        pytest.skip("needs the W3C test suites and their runner in ../shared")
    folder = tmp_path_factory.mktemp("w3c")
    with tarfile.open(SUITE) as archive:
        if hasattr(tarfile, "data_filter"):
            archive.extractall(folder, filter="data")
        else:  # the first releases of Python 3.11 know no filter
            archive.extractall(folder)  # noqa: S202
    return folder / "sparql" / "sparql11"


def count_passes(suite: Path, *arguments: str) -> dict[str, Any]:
    command = [sys.executable, str(RUNNER), "--tests", str(suite), "--json", *arguments]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return {name: found[name] for name in ("query", "update", "syntax-query", "syntax-update", "pass", "total")}


def test_endpoint_passes_what_the_engine_passes(
    suite: Path, serving: Callable[..., AbstractContextManager[str]]
) -> None:
    """About a thousand updates one after the other, too: nothing in the server may grow with their number."""
    direct = count_passes(suite, "--peer", "pyoxigraph")
    with serving("serve", "--scratch") as address:
        urls = ("--endpoint", "sparql", "--update-url", "sparql", "--store-url", "store")
        asked = [part if part.startswith("--") else address + part for part in urls]
        passed = count_passes(suite, *asked)
    assert direct["pass"] >= 483
    # One more: a query may name a function that nobody has, as long as it is not called.
    assert passed == {**direct, "syntax-query": "111/111", "pass": direct["pass"] + 1}
