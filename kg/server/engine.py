"""Many jobs at once on one graph, each in a process that can be killed, with updates in between."""

import asyncio
import signal
import socket
from collections.abc import Coroutine
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from kg.graph.canonical import KG_FOLDER, MANIFEST
from kg.model.errors import CorpusError
from kg.query.limits import Limits
from kg.server.answer import Answer
from kg.server.errors import HttpError
from kg.server.holder import Child, Holder, HolderGoneError, open_holder
from kg.server.settings import ServerSettings
from kg.server.turns import LONG_SECONDS, SHORT_SECONDS, Turn, Turns

#: How often a workspace is looked at for a new graph.
LOOK_SECONDS = 1.0


class Engine:
    """Answers jobs from one graph.

    generation: grows with each update and each time the workspace's graph was loaded again.
    """

    def __init__(self, settings: ServerSettings) -> None:
        self.settings, self.generation = settings, 0
        self.turns = Turns(settings)
        self._changing = asyncio.Lock()
        self._holder: Holder | None = None
        self._opened: list[Holder] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._seen: tuple[float, object] = (0.0, None)
        self._changed = False
        #: Answers that hold until the graph changes.
        self.kept: dict[tuple[object, ...], Answer] = {}

    async def start(self) -> None:
        """Load the graph. Raises CorpusError if there is none."""
        self._seen = (asyncio.get_running_loop().time(), self._look())
        self._succeed(None, await self._open())

    async def stop(self) -> None:
        """End every process."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._holder:
            self._holder.close()
        for holder in self._opened:
            if holder.process:
                await asyncio.to_thread(holder.process.wait)

    async def ask(self, request: dict[str, Any]) -> Answer:
        """The answer to a job that reads.

        Raises HttpError 422 for one that was stopped at a limit, 503 if too many others wait.
        """
        async with self.turns.take() as turn:
            holder = await self._get_holder()
            holder.busy += 1
            try:
                child = await holder.take()
                self._refill(holder)
                return await self._run(holder, child, request, turn)
            except HolderGoneError as error:
                raise self._give_up(holder) from error
            finally:
                self._release(holder)

    async def change(self, request: dict[str, Any]) -> Answer:
        """The answer to an update; once it is given, every later job sees the graph after it.

        Raises HttpError as ask does.
        """
        async with self._changing, self.turns.take() as turn:
            holder = await self._get_holder()
            holder.busy += 1
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            ours.setblocking(False)
            try:
                with ExitStack() as failing:
                    failing.callback(ours.close)
                    with theirs:
                        child = await holder.fork(theirs)
                    answer = await self._run(holder, child, request, turn, lives_on=True)
                    if answer.status < 400:
                        failing.pop_all()
                        self._changed = True
                        self._succeed(holder, Holder(ours))
                return answer
            except HolderGoneError as error:
                raise self._give_up(holder) from error
            finally:
                self._release(holder)

    async def _run(
        self, holder: Holder, child: Child, request: dict[str, Any], turn: Turn, *, lives_on: bool = False
    ) -> Answer:
        """Give a child its job. lives_on: if it succeeds it is not ended, for it holds the graph from then on."""
        answer: Answer | None = None
        try:
            content, child = await self._exchange(child, request, turn, lives_on=lives_on)
            answer = Answer.decode(content)
        except TimeoutError as error:
            self._do_meanwhile(holder, holder.drop(child))
            raise HttpError(422, say_stopped(self.settings.limits, late=True)) from error
        except (EOFError, ConnectionError):
            pass  # the code says why
        except asyncio.CancelledError:
            self._do_meanwhile(holder, holder.drop(child))
            raise
        if answer and lives_on and answer.status < 400:
            await holder.forget(child)
            return answer
        if answer is None:
            code = await holder.end(child)
            raise HttpError(422, say_stopped(self.settings.limits, code))
        if lives_on or turn.slowed or not holder.give_back(child):
            self._do_meanwhile(holder, holder.drop(child))
        return answer

    async def _exchange(
        self, child: Child, request: dict[str, Any], turn: Turn, *, lives_on: bool
    ) -> tuple[bytes, Child]:
        """What a child says to its job, within the limit. Raises TimeoutError beyond it.

        The time that a job has waited counts, but for a moment that everyone gets. What lives on keeps its priority.
        """
        loop, most = asyncio.get_running_loop(), self.settings.limits.seconds
        until = max(turn.arrived + most, loop.time() + min(most, 2 * SHORT_SECONDS))
        exchange, begin = asyncio.ensure_future(child.exchange(request)), loop.time()
        try:
            while loop.time() < until:
                left = until - loop.time()
                watched = not lives_on and not (turn.aside and turn.slowed)
                await asyncio.wait({exchange}, timeout=min(left, SHORT_SECONDS) if watched else left)
                if exchange.done():
                    return exchange.result()
                if watched:
                    turn.step_aside()
                if watched and loop.time() > begin + LONG_SECONDS:
                    turn.slow_down(child.pid)
            raise TimeoutError
        finally:
            exchange.cancel()
            await asyncio.gather(exchange, return_exceptions=True)

    async def _get_holder(self) -> Holder:
        """The process with the graph, another one if it died or the workspace has a new graph."""
        now, (then, seen) = asyncio.get_running_loop().time(), self._seen
        if self._holder and (self._changed or now < then + LOOK_SECONDS or self._look() == seen):
            return self._holder
        self._seen = (now, self._look())
        try:
            holder = await self._open()
        except CorpusError as error:
            if self._holder:
                return self._holder  # half-way through a build: the old graph is whole
            raise HttpError(503, str(error)) from error
        self._succeed(self._holder, holder)
        return holder

    async def _open(self) -> Holder:
        holder = await open_holder(self.settings)
        self._opened.append(holder)
        return holder

    def _look(self) -> object:
        """What changes when the workspace gets a new graph."""
        source = self.settings.source
        return _find_stamp(source / KG_FOLDER / MANIFEST) if source and source.is_dir() else None

    def _succeed(self, old: Holder | None, new: Holder) -> None:
        self._holder, self.generation = new, self.generation + 1
        if old:
            old.retired = True
            self._close_if_done(old)
        self._refill(new)

    def _give_up(self, holder: Holder) -> HttpError:
        """Forget a process that died; the next job opens another."""
        if self._holder is holder:
            self._holder, self._changed = None, False
        holder.retired = True
        return HttpError(503, "the graph has to be loaded again; repeat the request", {"Retry-After": "1"})

    def _refill(self, holder: Holder) -> None:
        self._do_meanwhile(holder, holder.fill())

    def _do_meanwhile(self, holder: Holder, work: Coroutine[Any, Any, object]) -> None:
        """Let a process work on while answers are given."""

        async def do() -> None:
            holder.busy += 1
            try:
                with suppress(HolderGoneError):
                    await work
            finally:
                self._release(holder)

        task = asyncio.get_running_loop().create_task(do())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _release(self, holder: Holder) -> None:
        holder.busy -= 1
        self._close_if_done(holder)

    def _close_if_done(self, holder: Holder) -> None:
        if holder.retired and not holder.busy:
            holder.close()


def _find_stamp(path: Path) -> object:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def say_stopped(limits: Limits, code: int = 0, *, late: bool = False) -> str:
    """Why a job has no answer. code: what its process ended with; late: whether the server ended it."""
    if late or code == -signal.SIGXCPU:
        return (
            f"stopped after {limits.seconds:g} s, which is the limit here. Ask for less: name the document or the "
            "thing, bind the start of a path, put what narrows most first"
        )
    if code == -signal.SIGABRT:
        return f"stopped: it needed more than {limits.memory_mib} MiB of memory. Ask for less, or add LIMIT"
    if code == -signal.SIGSEGV:
        return "stopped: it is nested too deep for the engine"
    return f"stopped: the engine gave up (code {code})"
