"""Who may be at work: a few short jobs at one time, and beside them long ones that step aside.

A job that takes longer than a moment gives its place to the next, and after a second goes on at low priority, so that
costly queries hold up nobody who asks for little, as long as there are others. How many may do so depends on the memory
there is.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from kg.server.errors import HttpError
from kg.server.settings import ServerSettings

#: A job that has taken this long steps aside, and is slowed down.
SHORT_SECONDS, LONG_SECONDS = 0.25, 1.0
_LOW_PRIORITY = 10
#: Part of the memory there is that long jobs may come to use together, and how many there are at least and at most.
_MEMORY_SHARE, _MIN_LONG, _MAX_LONG = 0.5, 4, 32


@dataclass(slots=True, eq=False)
class Turn:
    """A job's place.

    arrived: when it began to wait, in the loop's time; aside: whether it has given up its place; slowed: whether its
    process has low priority, for good.
    """

    turns: "Turns"
    arrived: float
    aside: bool = False
    slowed: bool = False

    def step_aside(self) -> None:
        """Give the place to the next job, if there is room for one more long one."""
        if not self.aside and self.turns.long_left:
            self.turns.long_left -= 1
            self.aside = True
            self.turns.places.release()

    def slow_down(self, pid: int) -> None:
        """Let others go before the process at work, if there are any: a slow process does no other job."""
        if not self.slowed and self.turns.present > 1:
            self.slowed = True
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, pid, _LOW_PRIORITY)

    def leave(self) -> None:
        """Let others go on."""
        if self.aside:
            self.turns.long_left += 1
        else:
            self.turns.places.release()


class Turns:
    """Places for jobs at work, and a queue before them.

    long_left: long jobs that may still step aside; present: jobs at work or waiting.
    """

    def __init__(self, settings: ServerSettings) -> None:
        self.places = asyncio.Semaphore(settings.workers)
        self.long_left = count_long(settings.limits.memory_mib)
        self._waiting, self._most = 0, settings.waiting
        self.present = 0

    @asynccontextmanager
    async def take(self) -> AsyncIterator[Turn]:
        """A place, as soon as one is free. Raises HttpError 503 to whoever finds the queue full."""
        if self.places.locked() and self._waiting >= self._most:
            raise HttpError(503, "too many queries are waiting; try again in a moment", {"Retry-After": "5"})
        turn = Turn(self, asyncio.get_running_loop().time())
        self.present += 1
        try:
            await self._wait()
            try:
                yield turn
            finally:
                turn.leave()
        finally:
            self.present -= 1

    async def _wait(self) -> None:
        self._waiting += 1
        try:
            await self.places.acquire()
        finally:
            self._waiting -= 1


def count_long(memory_mib: int) -> int:
    """How many long jobs this machine has the memory for, where each may use so much."""
    total_mib = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 20
    return max(_MIN_LONG, min(_MAX_LONG, int(_MEMORY_SHARE * total_mib / memory_mib)))
