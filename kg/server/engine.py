"""The server's side of the process that holds the graph: many jobs at once, each of which can be killed."""

import asyncio
import json
import signal
import socket
import subprocess
import sys
from collections import deque
from dataclasses import asdict, dataclass, field
from typing import Any

from kg.model.errors import CorpusError
from kg.query.limits import Limits
from kg.server.answer import Answer
from kg.server.errors import HttpError
from kg.server.settings import ServerSettings

#: Children that wait ready, so that a query need not wait for a fork.
SPARE_CHILDREN = 2


class HolderGoneError(ConnectionError):
    """The process that held the graph is no more."""


@dataclass(slots=True)
class _Child:
    """A process with a job to do, or waiting for one."""

    pid: int
    connection: socket.socket


@dataclass(slots=True, eq=False)
class _Holder:
    """A process that holds a graph. busy: jobs that read it; retired: a newer one has taken over."""

    control: socket.socket
    busy: int = 0
    retired: bool = False
    spares: deque[_Child] = field(default_factory=deque)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Engine:
    """Answers jobs from one graph; generation counts the updates and reloads it has seen."""

    def __init__(self, settings: ServerSettings) -> None:
        self.settings, self.generation = settings, 0
        self._slots = asyncio.Semaphore(settings.workers)
        self._waiting = 0
        self._changing = asyncio.Lock()
        self._starting = asyncio.Lock()
        self._processes: list[subprocess.Popen[bytes]] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._holder: _Holder | None = None

    async def start(self) -> None:
        """Load the graph. Raises CorpusError if there is none."""
        self._holder = await self._open()

    async def stop(self) -> None:
        """End every process."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._holder:
            self._close(self._holder)
        for process in self._processes:
            await asyncio.to_thread(process.wait)

    async def ask(self, request: dict[str, Any]) -> Answer:
        """The answer to a job that reads.

        Raises HttpError 422 for one that was stopped at a limit, 503 if too many others wait.
        """
        async with _Turn(self):
            holder = await self._get_holder()
            holder.busy += 1
            try:
                child = await self._take(holder)
                return await self._run(holder, child, request)
            except HolderGoneError as error:
                await self._restart(holder)
                raise HttpError(503, "the graph had to be loaded again; repeat the request") from error
            finally:
                holder.busy -= 1
                self._close_if_done(holder)

    async def change(self, request: dict[str, Any]) -> Answer:
        """The answer to an update; when it comes, every later job sees the graph after it.

        Raises HttpError as ask does.
        """
        async with self._changing, _Turn(self):
            holder = await self._get_holder()
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with theirs:
                child = await self._fork(holder, theirs)
            try:
                answer = await self._run(holder, child, request, keep=True)
            except BaseException:
                ours.close()
                raise
            if answer.status >= 400:
                ours.close()
                return answer
            ours.setblocking(False)
            self._succeed(holder, _Holder(ours))
            return answer

    def _succeed(self, old: _Holder, new: _Holder) -> None:
        self._holder, self.generation = new, self.generation + 1
        old.retired = True
        self._close_if_done(old)
        self._refill(new)

    async def _get_holder(self) -> _Holder:
        if self._holder is None:
            async with self._starting:
                if self._holder is None:
                    self._holder = await self._open()
        return self._holder

    async def _restart(self, holder: _Holder) -> None:
        """Forget a holder that has died; the next job opens another."""
        if self._holder is holder:
            self._holder, self.generation = None, self.generation + 1
            self._close(holder)

    async def _open(self) -> _Holder:
        settings = self.settings
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        opening = {
            "source": str(settings.source) if settings.source else "",
            "base": settings.base,
            "limits": asdict(settings.limits),
            "services": settings.services,
        }
        # -P: the folder a person happens to stand in is no place to import code from.
        command = [sys.executable, "-P", "-m", "kg.server.graph_process", str(theirs.fileno()), json.dumps(opening)]
        with theirs:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, pass_fds=[theirs.fileno()]
            )
        self._processes.append(process)
        ours.setblocking(False)
        said = await asyncio.get_running_loop().sock_recv(ours, 1 << 16)
        error = json.loads(said).get("error", "") if said else "the process that loads the graph ended"
        if error:
            ours.close()
            process.wait()
            raise CorpusError(error)
        holder = _Holder(ours)
        self._refill(holder)
        return holder

    async def _take(self, holder: _Holder) -> _Child:
        child = holder.spares.popleft() if holder.spares else await self._fork(holder)
        self._refill(holder)
        return child

    def _refill(self, holder: _Holder) -> None:
        task = asyncio.get_running_loop().create_task(self._fill(holder))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _fill(self, holder: _Holder) -> None:
        try:
            while len(holder.spares) < SPARE_CHILDREN and not holder.retired:
                holder.spares.append(await self._fork(holder))
        except HolderGoneError:
            return  # the next job finds out and says so
        self._close_if_done(holder)

    async def _fork(self, holder: _Holder, control: socket.socket | None = None) -> _Child:
        from kg.server.graph_process import JOB, UPDATE

        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        handles = [theirs.fileno(), *([control.fileno()] if control else [])]
        try:
            with theirs:
                pid = await _command(holder, UPDATE if control else JOB, 0, handles)
        except BaseException:
            ours.close()
            raise
        return _Child(pid, ours)

    async def _run(self, holder: _Holder, child: _Child, request: dict[str, Any], *, keep: bool = False) -> Answer:
        """Give a child its job. keep: let it live on if it succeeds, for it holds the graph from now on."""
        from kg.server.graph_process import END, FORGET

        answer: Answer | None = None
        late = False
        try:
            content = await asyncio.wait_for(_exchange(child, request), self.settings.limits.seconds)
            answer = Answer.decode(content)
        except TimeoutError:
            late = True
        except (EOFError, ConnectionError):
            pass
        finally:
            child.connection.close()
            living = keep and answer is not None and answer.status < 400
            code = await asyncio.shield(_command(holder, FORGET if living else END, child.pid))
        if answer is None:
            raise HttpError(422, say_stopped(self.settings.limits, code, late=late))
        return answer

    def _close_if_done(self, holder: _Holder) -> None:
        if holder.retired and not holder.busy:
            self._close(holder)

    def _close(self, holder: _Holder) -> None:
        """Hang up: the process kills the children it has, and ends."""
        holder.retired = True
        while holder.spares:
            holder.spares.pop().connection.close()
        holder.control.close()


class _Turn:
    """A place among the jobs at work; waits for one. Raises HttpError 503 if too many wait already."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def __aenter__(self) -> None:
        engine = self._engine
        if engine._waiting >= engine.settings.waiting:
            raise HttpError(503, "too many queries are waiting; try again in a moment", {"Retry-After": "5"})
        engine._waiting += 1
        try:
            await engine._slots.acquire()
        finally:
            engine._waiting -= 1

    async def __aexit__(self, *_: object) -> None:
        self._engine._slots.release()


async def _command(holder: _Holder, letter: bytes, pid: int, handles: list[int] | None = None) -> int:
    """Give a command to the process that holds the graph. Raises HolderGoneError if it is gone."""
    from kg.server.graph_process import COMMAND, REPLY

    try:
        async with holder.lock:
            socket.send_fds(holder.control, [COMMAND.pack(letter, pid)], handles or [])
            reply = await asyncio.get_running_loop().sock_recv(holder.control, REPLY.size)
    except OSError as error:
        raise HolderGoneError from error
    if not reply:
        raise HolderGoneError
    return int(REPLY.unpack(reply)[0])


async def _exchange(child: _Child, request: dict[str, Any]) -> bytes:
    loop = asyncio.get_running_loop()
    await loop.sock_sendall(child.connection, json.dumps(request).encode())
    child.connection.shutdown(socket.SHUT_WR)
    parts = []
    while part := await loop.sock_recv(child.connection, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def say_stopped(limits: Limits, code: int, *, late: bool) -> str:
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
