"""The server's hand on a process that holds the graph (`kg.server.graph_process`): start it, fork, end, hang up."""

import asyncio
import json
import os
import socket
import struct
import subprocess
import sys
from collections import deque
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from kg.model.errors import CorpusError
from kg.server.settings import ServerSettings

#: A command on the control socket: a letter and a process number; the answer is a number.
COMMAND = struct.Struct("!cI")
REPLY = struct.Struct("!i")
#: What goes before a job and before its answer: its number of bytes, MiB of the graph that the child has copied, MiB
#: that it holds besides.
FRAME = struct.Struct("!QII")
JOB, UPDATE, END, DROP, FORGET = b"J", b"U", b"E", b"D", b"F"
#: Children that wait ready, so that a query need not wait for a fork.
SPARE_CHILDREN = 2
#: Children kept for another job; what they may have copied of the graph, but for one; what all of them together may
#: hold besides, for a server that was busy gives its memory back.
MAX_IDLE_CHILDREN, MAX_COPIED_MIB, MAX_HELD_MIB = 4, 256, 128
_CHUNK_BYTES = 1 << 20


class HolderGoneError(ConnectionError):
    """The process that held the graph is no more."""


@dataclass(frozen=True, slots=True)
class Child:
    """A process with a job to do, or waiting for one."""

    pid: int
    connection: socket.socket
    copied_mib: int = 0
    held_mib: int = 0

    async def exchange(self, request: dict[str, Any]) -> tuple[bytes, "Child"]:
        """(all that the child says to its job, the child as it is then).

        Raises EOFError if it ends before it has said all.
        """
        content = json.dumps(request).encode()
        await asyncio.get_running_loop().sock_sendall(self.connection, FRAME.pack(len(content), 0, 0) + content)
        size, copied, held = FRAME.unpack(await self._receive(FRAME.size))
        return await self._receive(size), replace(self, copied_mib=copied, held_mib=held)

    async def _receive(self, size: int) -> bytes:
        parts, left = [], size
        while left:
            part = await asyncio.get_running_loop().sock_recv(self.connection, min(left, _CHUNK_BYTES))
            if not part:
                raise EOFError
            parts.append(part)
            left -= len(part)
        return b"".join(parts)


@dataclass(slots=True, eq=False)
class Holder:
    """A process that holds a graph.

    process: None if it was forked by an earlier one. busy: how many wait for something of it; retired: no new ones;
    filling: children are being made ready.
    """

    control: socket.socket
    process: subprocess.Popen[bytes] | None = None
    busy: int = 0
    retired: bool = False
    filling: bool = False
    spares: deque[Child] = field(default_factory=deque)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def fork(self, control: socket.socket | None = None) -> Child:
        """A child that waits for its job; with a control socket of its own, one for an update.

        Raises HolderGoneError.
        """
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        handles = [theirs.fileno(), *([control.fileno()] if control else [])]
        with ExitStack() as failing:
            failing.callback(ours.close)
            with theirs:
                child = Child(await self._command(UPDATE if control else JOB, 0, handles), ours)
            failing.pop_all()
        return child

    async def take(self) -> Child:
        """A child that was ready, else a new one. Raises HolderGoneError."""
        return self.spares.popleft() if self.spares else await self.fork()

    def give_back(self, child: Child) -> bool:
        """Let a child that did its job do another one, sooner than one that has copied less of the graph yet.

        False if there are enough children, or those that wait would hold too much memory with this one.
        """
        held = child.held_mib + sum(spare.held_mib for spare in self.spares)
        if self.retired or len(self.spares) >= MAX_IDLE_CHILDREN or held > MAX_HELD_MIB:
            return False
        if child.copied_mib > MAX_COPIED_MIB and any(spare.copied_mib > MAX_COPIED_MIB for spare in self.spares):
            return False
        self.spares.appendleft(child)
        return True

    async def fill(self) -> None:
        """Make children ready, until there are enough; one call does it for all that come meanwhile."""
        if self.filling:
            return
        self.filling = True
        try:
            while len(self.spares) < SPARE_CHILDREN and not self.retired:
                self.spares.append(await self.fork())
        except HolderGoneError:
            return  # the next job finds out and says so
        finally:
            self.filling = False
            self._drop_spares_of_old()

    async def end(self, child: Child) -> int:
        """Kill a child if it still lives; the code it ended with. Raises HolderGoneError."""
        child.connection.close()
        return await self._command(END, child.pid)

    async def drop(self, child: Child) -> None:
        """Kill a child and do not wait until it has ended. Raises HolderGoneError."""
        child.connection.close()
        await self._command(DROP, child.pid)

    async def forget(self, child: Child) -> None:
        """Let a child live on by itself. Raises HolderGoneError."""
        child.connection.close()
        await self._command(FORGET, child.pid)

    def close(self) -> None:
        """Hang up: the process ends its children and itself."""
        self.retired = True
        self._drop_spares_of_old()
        self.control.close()

    def _drop_spares_of_old(self) -> None:
        """Hang up on children nobody will ask any more, also on one that was being forked as the graph changed."""
        while self.retired and self.spares:
            self.spares.pop().connection.close()

    async def _command(self, letter: bytes, pid: int, handles: Sequence[int] = ()) -> int:
        # Whoever gives up waiting must not leave the answer for the next command.
        return await asyncio.shield(self._send(letter, pid, [os.dup(handle) for handle in handles]))

    async def _send(self, letter: bytes, pid: int, handles: Sequence[int]) -> int:
        try:
            async with self.lock:
                socket.send_fds(self.control, [COMMAND.pack(letter, pid)], handles)
                reply = await asyncio.get_running_loop().sock_recv(self.control, REPLY.size)
        except OSError as error:
            raise HolderGoneError from error
        finally:
            for handle in handles:
                os.close(handle)
        if not reply:
            raise HolderGoneError
        return int(REPLY.unpack(reply)[0])


async def open_holder(settings: ServerSettings) -> Holder:
    """A new process with the graph in its memory. Raises CorpusError if there is no graph."""
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
    ours.setblocking(False)
    said = await asyncio.get_running_loop().sock_recv(ours, _CHUNK_BYTES)
    error = json.loads(said).get("error", "") if said else "the process that loads the graph ended"
    if error:
        ours.close()
        await asyncio.to_thread(process.wait)
        raise CorpusError(error)
    return Holder(ours, process)
