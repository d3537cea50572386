"""Documents made side by side, each process loading the language once; a fault stays with its document."""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures import wait as wait_for_futures
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait
from types import FrameType
from typing import TypeAlias

from kg.corpus.files import is_disk_error
from kg.model import CorpusError, KgError
from kg.pipeline.cluster import OnCluster, make_on_cluster
from kg.pipeline.records import Job, make_record
from kg.pipeline.stages import Setup, Stages

#: Documents per process that make up for the seconds its start takes.
MIN_JOBS_PER_PROCESS = 3
#: Called after each document with how many are done, how many there are, and the file.
Progress: TypeAlias = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A job done; message: why it failed, "" if its record is written."""

    job: Job
    message: str = ""


class _SetupError(CorpusError):
    """The language or the ontology does not load: no document can be made."""


def choose_workers(wanted: int, jobs: int) -> int:
    """How many processes to use; wanted: 0 to choose by the number of processors and documents."""
    limit = wanted or min(os.cpu_count() or 1, jobs // MIN_JOBS_PER_PROCESS)
    return max(1, min(limit, jobs))


def run_jobs(jobs: Sequence[Job], *, setup: Setup, workers: int, progress: Progress) -> list[Outcome]:
    """Make the records of these documents, the largest first; outcomes in the order of completion.

    On KeyboardInterrupt the documents in hand are finished and kept; what was made stays.
    Raises KgError if the stages do not load.
    """
    ordered = sorted(jobs, key=lambda job: (-_measure(job), job.source.name))
    outcomes: list[Outcome] = []
    for outcome in _run_all(ordered, setup, workers):
        outcomes.append(outcome)
        progress(len(outcomes), len(jobs), outcome.job.source.name)
    return outcomes


def _measure(job: Job) -> int:
    """Bytes to read, which tell how long a document will take."""
    source = job.source
    return source.part.length if source.part else source.path.stat().st_size if source.path.exists() else 0


def _run_all(jobs: list[Job], setup: Setup, workers: int) -> Iterator[Outcome]:
    if isinstance(setup, OnCluster):
        lost: list[Job] = []
        for job, message in make_on_cluster(jobs, where=setup):
            if message is None:
                lost.append(job)
            else:
                yield Outcome(job, message)
        yield from (_run_alone(job, setup.setup) for job in lost)
        return
    if workers == 1 and threading.current_thread() is threading.main_thread():
        yield from _run_here(jobs, setup)
        return
    if workers == 1:
        yield from _run(jobs, ThreadPoolExecutor(1, initializer=_prepare, initargs=(setup,)))
        return
    left: list[Job] = []
    for outcome in _run(jobs, _make_pool(setup, workers)):
        if outcome.message in (_DIED, _NOT_STARTED):
            left.append(outcome.job)
        else:
            yield outcome
    for job in left:  # one of them has taken its process, and with it the others, down: each gets one of its own
        yield _run_alone(job, setup)


@dataclass
class _Fault:
    """What went wrong inside it, None if nothing did; the work after it goes on."""

    error: BaseException | None = None

    def __enter__(self) -> "_Fault":
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        self.error = error
        return isinstance(error, Exception)


def _run_here(jobs: Iterable[Job], setup: Setup) -> Iterator[Outcome]:
    """One after the other in the main thread, the only one in which a document's time can be limited."""
    _prepare(setup)
    for job in jobs:
        with _finishing(), _Fault() as fault:
            _work(job)
        yield Outcome(job, _describe(fault.error))


@contextmanager
def _finishing() -> Iterator[None]:
    """Let Ctrl-C wait until what is inside is done; a second one does not wait."""
    heard: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        if heard:
            raise KeyboardInterrupt
        heard.append(number)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)
    if heard:
        raise KeyboardInterrupt


def _run_alone(job: Job, setup: Setup) -> Outcome:
    """A job in a process of its own, tried again as long as that does not even start."""
    for count in range(MAX_STARTS):
        outcome = next(_run([job], _make_pool(setup, 1)))
        if outcome.message != _NOT_STARTED:
            break
        time.sleep(0.1 * (count + 1))  # until it is known that what starts processes is gone, and it is started again
    return outcome


MAX_STARTS = 5
_NOT_STARTED = "no process could be started for it"
_DIED = "the process that worked on it was ended, perhaps for want of memory or time"


#: Seconds between two looks at whether the processes are still there, and looks without any before they are given up.
LOOK_SECONDS, MAX_LOOKS = 1.0, 5


def _run(jobs: list[Job], executor: Executor) -> Iterator[Outcome]:
    futures: dict[Future[None], Job] = {}
    stuck = False
    try:
        for job in jobs:
            try:
                futures[executor.submit(_work, job)] = job
            except (BrokenProcessPool, EOFError, ConnectionError):  # what starts the processes was ended from outside
                yield Outcome(job, _NOT_STARTED)
        for future in _wait_for(futures, isinstance(executor, ProcessPoolExecutor)):
            stuck = not future.done()
            yield Outcome(futures[future], _DIED if stuck else _describe_fault(future))
    finally:
        executor.shutdown(wait=not stuck, cancel_futures=True)


def _wait_for(futures: Iterable["Future[None]"], processes: bool) -> Iterator["Future[None]"]:
    """Each as it is done; those that are not, once no process is left that could do them."""
    pending, looks = set(futures), 0
    while pending:
        done, pending = wait_for_futures(pending, LOOK_SECONDS if processes else None, return_when=FIRST_COMPLETED)
        yield from done
        looks = 0 if done or multiprocessing.active_children() else looks + 1
        if looks >= MAX_LOOKS:
            yield from pending
            return


def _describe_fault(future: "Future[None]") -> str:
    return _describe(future.exception())


def _describe(error: BaseException | None) -> str:
    if error is None:
        return ""
    if isinstance(error, _SetupError):
        raise error
    if isinstance(error, BrokenProcessPool):
        return _DIED
    if isinstance(error, KgError):
        return str(error)
    if isinstance(error, OSError) and is_disk_error(error):
        raise error
    return f"a fault in kg, please report it: {type(error).__name__}: {error}"


def _make_pool(setup: Setup, workers: int) -> Executor:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["kg.pipeline.process"])
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(setup,))


_setup: Setup | None = None
_stages: Stages | None = None


def _prepare(setup: Setup) -> None:
    global _setup, _stages
    _setup, _stages = setup, None


def _start(setup: Setup) -> None:
    """In a worker process: Ctrl-C is for the parent to handle, and no worker outlives it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    _prepare(setup)


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _work(job: Job) -> None:
    make_record(job, _get_stages())


def _get_stages() -> Stages:
    global _stages
    if _stages is None:
        assert _setup  # noqa: S101  # set when the process or thread started
        try:
            _stages = _setup()
        except (KgError, ImportError, OSError) as error:
            raise _SetupError(str(error)) from error
    return _stages
