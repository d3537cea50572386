"""Documents made on a real cluster of two processes: the same bytes as here, whoever dies."""

import functools
import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parent))
import toy
from test_pool import make_jobs, read_all  # type: ignore[import-not-found]

from kg.cli import cli
from kg.corpus.settings import Settings
from kg.model import CorpusError
from kg.pipeline import cluster as module
from kg.pipeline.cluster import OnCluster, make_on_cluster
from kg.pipeline.pool import run_jobs
from kg.pipeline.stages import load_stages

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def cluster() -> Iterator[object]:
    distributed = pytest.importorskip("distributed", reason="dask.distributed is not installed: pip install .[cluster]")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parent))
        made = distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None)
        with made:
            yield made


def test_records_have_the_same_bytes_although_a_worker_is_killed_midway(cluster: object, tmp_path: Path) -> None:
    address = cluster.scheduler_address  # type: ignore[attr-defined]
    pids = [worker.pid for worker in cluster.workers.values()]  # type: ignore[attr-defined]

    def kill(done: int, total: int, file: str) -> None:
        if done == 3:
            os.kill(pids[0], signal.SIGKILL)

    here = run_jobs(make_jobs(tmp_path / "here", 12), setup=toy.load, workers=1, progress=lambda *_: None)
    jobs = make_jobs(tmp_path / "there", 12)
    there = run_jobs(jobs, setup=OnCluster(address, toy.load), workers=1, progress=kill)
    assert {outcome.message for outcome in (*here, *there)} == {""}
    assert read_all(tmp_path / "there") == read_all(tmp_path / "here")


@pytest.mark.slow
def test_the_starter_corpus_has_the_same_bytes_although_a_worker_is_killed_midway(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="dask.distributed is not installed: pip install .[cluster]")
    here, there = tmp_path / "here", tmp_path / "there"
    for root in (here, there):
        run(["init", str(root), "--starter"])
    run(["-w", str(here), "build", "--jobs", "1"])
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as made:
        victim, ended = next(iter(made.workers.values())).pid, threading.Event()
        killer = threading.Thread(target=kill_midway, args=(there / ".kg", victim, ended))
        killer.start()
        run(["-w", str(there), "build", "--cluster", made.scheduler_address])
        was_midway = ended.is_set()
        ended.set()
        killer.join()
    assert was_midway
    assert read_graphs(there) == read_graphs(here)


def run(words: list[str]) -> None:
    assert CliRunner().invoke(cli, words, catch_exceptions=False).exit_code == 0


def read_graphs(root: Path) -> dict[str, bytes]:
    found = {str(path.relative_to(root)): path.read_bytes() for path in root.glob(".kg/**/*.nq")}
    assert len(found) > 30
    kept = {str(path.relative_to(root)): path.read_bytes() for path in root.glob(".kg/found/*.json")}
    assert len(kept) > 30
    return found | kept | {"manifest": (root / ".kg" / "manifest.json").read_bytes()}


def kill_midway(folder: Path, victim: int, ended: threading.Event) -> None:
    """Kill a worker once three documents are made, and say so."""
    while not ended.wait(0.02):
        if sum(1 for _ in folder.glob("**/*.nq")) >= 3:
            os.kill(victim, signal.SIGKILL)
            ended.set()


def test_another_version_on_a_worker_is_refused(
    cluster: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "compute_code_fingerprint", lambda: "another")
    where = OnCluster(cluster.scheduler_address, toy.load)  # type: ignore[attr-defined]
    with pytest.raises(CorpusError, match="the bytes would differ"):
        list(make_on_cluster(make_jobs(tmp_path), where=where))


def test_no_scheduler_at_the_address_is_said_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="dask.distributed is not installed: pip install .[cluster]")
    monkeypatch.setattr(module, "CONNECT_SECONDS", 0.2)
    with pytest.raises(CorpusError, match="no scheduler"):
        list(make_on_cluster(make_jobs(tmp_path), where=OnCluster("tcp://127.0.0.1:9", toy.load)))


def test_only_what_a_document_needs_is_sent(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_bytes(b"# a")
    settings = Settings(services=("https://secret.example/",), store="https://secret.example/")
    kit = module._make_kit(functools.partial(load_stages, settings, tmp_path))
    parcel = module._pack(make_jobs(tmp_path / "w", 1)[0])
    assert (kit.ontology, kit.settings) == ((("a.ttl", b"# a"),), Settings())
    assert str(tmp_path) not in repr((kit, parcel))
