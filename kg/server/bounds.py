"""What a job may take, set on the process that does it: memory, CPU time, and no new file or socket."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.query.limits import Limits

_MIB = 1 << 20
#: Grace between the wall limit that the server keeps and the process's own limit of CPU time.
_GRACE_SECONDS = 2


@contextmanager
def bounded(limits: Limits, *, doors_shut: bool) -> Iterator[None]:
    """Run what follows within the limits, and lift them again: a process that took an update lives on.

    doors_shut: nothing may be opened, neither file nor socket, whatever the job says.
    """
    kinds = (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_NOFILE)
    before = {kind: resource.getrlimit(kind) for kind in kinds}
    taken = _fill_gaps() if doors_shut else []
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = used.ru_utime + used.ru_stime
    in_use = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    _lower(resource.RLIMIT_AS, in_use + limits.memory_mib * _MIB)
    _lower(resource.RLIMIT_CPU, int(spent + limits.seconds + _GRACE_SECONDS) + 1)
    if doors_shut:
        _lower(resource.RLIMIT_NOFILE, max(taken) + 1)
    try:
        yield
    finally:
        for kind, limit in before.items():
            resource.setrlimit(kind, limit)
        for handle in taken:
            os.close(handle)


def _lower(kind: int, most: int) -> None:
    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _fill_gaps() -> list[int]:
    """Take every free number below the highest in use, so that a limit above it leaves none."""
    highest = max(int(name) for name in os.listdir("/proc/self/fd"))
    handles = [os.open(os.devnull, os.O_RDONLY)]
    while max(handles) <= highest:
        handles.append(os.dup(handles[0]))
    return handles
