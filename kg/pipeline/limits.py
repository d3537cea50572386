"""Bounds on the work for one document: CPU time and memory, so that none holds up the others."""

import multiprocessing
import os
import resource
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from kg.model import CorpusError

#: CPU seconds for any document, and characters of text for each second more: half of what the sentence encoder takes.
LEAST_SECONDS = 180.0
CHARS_PER_SECOND = 3000
#: Memory that any document may take beyond what its process holds before, and characters for each megabyte more: the
#: language pipeline takes 1.2 GB for each million characters.
LEAST_MEGABYTES = 4000
CHARS_PER_MEGABYTE = 500


def find_seconds(chars: int) -> float:
    """CPU seconds granted to a document of so many characters."""
    return LEAST_SECONDS + chars / CHARS_PER_SECOND


def find_megabytes(chars: int) -> int:
    """Memory granted to a document of so many characters."""
    return LEAST_MEGABYTES + chars // CHARS_PER_MEGABYTE


@contextmanager
def limit_work(name: str, *, seconds: float, megabytes: int = LEAST_MEGABYTES) -> Iterator[None]:
    """End what is done inside when it takes more CPU seconds or memory; name: of the document, for the message.

    Only in the main thread of a process; elsewhere nothing is bounded, for only that thread hears the signal.
    Raises CorpusError.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise CorpusError(f"{name}: not finished within {seconds:g} s of work; split it")

    before = signal.signal(signal.SIGPROF, stop)
    space, work = resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU)
    _limit_space(space, megabytes)
    if multiprocessing.parent_process():  # where a loop in C hears no signal, the process is ended
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time() + 2 * seconds) + 10, work[1]))
    # Again each second: a library may catch what is thrown inside it.
    signal.setitimer(signal.ITIMER_PROF, seconds, 1.0)
    try:
        yield
    except MemoryError as error:
        raise CorpusError(f"{name}: needs more than {megabytes} MB of memory; split it") from error
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before or signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_AS, space)
        resource.setrlimit(resource.RLIMIT_CPU, work)


def _limit_space(space: tuple[int, int], megabytes: int) -> None:
    """Bound this process's memory, where that is tighter than the bound it has; and where Linux tells what it holds."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            held = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return
    soft, hard = space
    bound = held + megabytes * 1_000_000
    if soft == resource.RLIM_INFINITY or bound < soft:
        resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
