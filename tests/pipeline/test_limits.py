"""A document that takes for ever, or all memory, is refused with a reason; the others are made."""

import os
import re
import signal
import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import toy

from kg.corpus.files import hash_file
from kg.corpus.sources import Source
from kg.model import CorpusError, Document, Statement
from kg.pipeline import records
from kg.pipeline.limits import CHARS_PER_SECOND, LEAST_SECONDS, find_megabytes, find_seconds, limit_work
from kg.pipeline.pool import run_jobs
from kg.pipeline.records import Job
from kg.pipeline.stages import Stages


def make_jobs(folder: Path, *words: str) -> list[Job]:
    (folder / "documents").mkdir()
    jobs = []
    for word in words:
        path = folder / f"{word}.txt"
        path.write_text(f"A title\n\nDilemma: slow sharing of {word}.\n", encoding="utf-8")
        source = Source(path.name, hash_file(path), "auto", path)
        jobs.append(Job(source, word, f"{word}.0", folder / "documents", toy.BASE))
    return jobs


def process_for_ever(document: Document) -> list[Statement]:
    if "hostile" in document.text:
        re.match(r"(a+)+b", "a" * 100)  # inside C, where signals are heard now and then
    return []


def take_all_memory(document: Document) -> list[Statement]:
    if "hostile" in document.text:
        bytearray(1 << 60)
    return []


def load_endless() -> Stages:
    return replace(toy.load(), process=process_for_ever)


def load_hungry() -> Stages:
    return replace(toy.load(), process=take_all_memory)


def test_document_that_takes_for_ever_is_refused_and_the_others_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "find_seconds", lambda chars: 0.1)
    jobs = make_jobs(tmp_path, "data", "hostile", "trust")
    found = run_jobs(jobs, setup=load_endless, workers=1, progress=lambda *_: None)
    assert sorted((one.job.id, one.message) for one in found) == [
        ("data", ""),
        ("hostile", "hostile.txt: not finished within 0.1 s of work; split it"),
        ("trust", ""),
    ]


def test_document_that_takes_all_memory_is_refused_and_the_others_are_made(tmp_path: Path) -> None:
    jobs = make_jobs(tmp_path, "hostile", "trust")
    found = run_jobs(jobs, setup=load_hungry, workers=1, progress=lambda *_: None)
    assert sorted((one.job.id, one.message) for one in found) == [
        ("hostile", "hostile.txt: needs more than 4000 MB of memory; split it"),
        ("trust", ""),
    ]


def work_for_ever() -> None:
    while True:
        pass


def test_limits_are_gone_when_the_document_is_done() -> None:
    before = signal.getsignal(signal.SIGPROF)
    with pytest.raises(CorpusError, match="a: not finished"), limit_work("a", seconds=0.01):
        work_for_ever()
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGPROF) == before


def test_longer_documents_are_granted_more_time_and_memory() -> None:
    assert (find_megabytes(0), find_megabytes(3_000_000)) == (4000, 10_000)
    assert find_seconds(0) == LEAST_SECONDS
    assert find_seconds(60 * CHARS_PER_SECOND) == LEAST_SECONDS + 60


def interrupt(document: Document) -> list[Statement]:
    os.kill(os.getpid(), signal.SIGINT)
    return []


def load_interrupting() -> Stages:
    return replace(toy.load(), process=interrupt)


def test_document_in_hand_is_finished_and_kept_when_the_work_is_interrupted(tmp_path: Path) -> None:
    jobs = make_jobs(tmp_path, "data", "trust")
    with pytest.raises(KeyboardInterrupt):
        run_jobs(jobs, setup=load_interrupting, workers=1, progress=lambda *_: None)
    assert sorted(path.name for path in (tmp_path / "documents").glob("*.nq")) == [
        "trust.0.nq"
    ]  # the largest is the first
