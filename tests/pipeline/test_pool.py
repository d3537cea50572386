"""Processes that vanish, and a cluster that loses a worker: every document is made all the same."""

import os
import signal
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import toy

from kg.corpus.files import hash_file
from kg.corpus.sources import Source
from kg.pipeline import pool
from kg.pipeline.pool import Outcome, run_jobs
from kg.pipeline.records import Job


def make_jobs(folder: Path, count: int = 6) -> list[Job]:
    (folder / "documents").mkdir(parents=True)
    jobs = []
    for number in range(count):
        path = folder / f"{number}.txt"
        path.write_text(f"A title\n\nDilemma: slow sharing {number}.\n", encoding="utf-8")
        source = Source(path.name, hash_file(path), "auto", path)
        jobs.append(Job(source, f"d{number}", f"d{number}.0", folder / "documents", toy.BASE))
    return jobs


def read_all(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in (folder / "documents").glob("d*.[nj]*")
        if path.suffix in (".nq", ".json")
    }


def test_documents_are_made_although_what_starts_processes_is_killed_again_and_again(tmp_path: Path) -> None:
    from multiprocessing import forkserver

    def kill(done: int, total: int, file: str) -> None:
        pid = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
        if pid and done <= 2:
            os.kill(pid, signal.SIGKILL)

    outcomes = run_jobs(make_jobs(tmp_path), setup=toy.load, workers=2, progress=kill)
    assert {outcome.message for outcome in outcomes} == {""}
    assert len(read_all(tmp_path)) == 12


def test_jobs_that_no_process_is_left_to_do_are_given_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "LOOK_SECONDS", 0.01)
    never: Future[None] = Future()
    assert list(pool._wait_for([never], processes=True)) == [never]


def test_a_pool_that_cannot_start_a_process_gives_its_jobs_back(tmp_path: Path) -> None:
    class Dead(ThreadPoolExecutor):
        def submit(self, *_: object) -> Future[None]:  # type: ignore[override]
            raise EOFError

    jobs = make_jobs(tmp_path, 2)
    assert list(pool._run(jobs, Dead(1))) == [Outcome(job, pool._NOT_STARTED) for job in jobs]
