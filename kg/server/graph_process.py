"""The process that holds the graph: `python -m kg.server.graph_process HANDLE OPENING`.

It forks children that do jobs. A child shares the graph's memory, answers one job after the other, and can be killed at
any time without harm to anything else. An update runs in a child as well; if it succeeds, that child holds the graph
from then on, and its parent only waits until the queries that still read the old graph have ended.
"""

import json
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg.model.errors import KgError
from kg.server.answer import Answer
from kg.server.graph import Graph, open_graph
from kg.server.holder import COMMAND, DROP, END, FRAME, JOB, REPLY, UPDATE
from kg.server.jobs import run_job, run_update
from kg.server.query_page import load_shipped
from kg.server.templating import load_templates


def main() -> None:
    """Open the graph, say so, and attend to commands until the server hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a job stopped at its memory limit leaves nothing behind
    control = socket.socket(fileno=int(sys.argv[1]))
    opening = json.loads(sys.argv[2])
    try:
        graph = open_graph(Path(opening["source"]) if opening["source"] else None, opening)
    except KgError as error:
        control.sendall(json.dumps({"error": str(error)}).encode())
        return
    load_shipped()
    load_templates()
    control.sendall(b"{}")
    attend(control, graph)


@dataclass(frozen=True, slots=True)
class Heir:
    """What a child becomes that took an update: the holder of the graph after it, with a control socket of its own."""

    control: socket.socket
    graph: Graph


def attend(control: socket.socket, graph: Graph) -> None:
    """Fork a child for each job until the server hangs up, then end all that are left.

    A child that took an update comes back here as the holder of its graph, so that no stack grows with the updates.
    """
    children: set[int] = set()
    dying: set[int] = set()
    while True:
        message, handles, _, _ = socket.recv_fds(control, COMMAND.size, 2)
        if not message:
            break
        letter, pid = COMMAND.unpack(message)
        if letter in {JOB, UPDATE}:
            forked = _fork(control, graph, [socket.socket(fileno=handle) for handle in handles])
            if isinstance(forked, Heir):
                control, graph, children, dying = forked.control, forked.graph, set(), set()
                continue
            reply = forked
            children.add(reply)
        else:
            children.discard(pid)
            reply = _end(pid) if letter == END else 0
            if letter == DROP:
                os.kill(pid, signal.SIGKILL)
                dying.add(pid)
        control.sendall(REPLY.pack(reply))
        dying = {pid for pid in dying if not os.waitpid(pid, os.WNOHANG)[0]}
    for pid in children | dying:
        _end(pid)


def _fork(control: socket.socket, graph: Graph, sockets: list[socket.socket]) -> int | Heir:
    """The number of a new child that does one job; with a second socket it is an update, and that is its control.

    In the child of an update that succeeded, what it holds from then on; every other child ends here.
    """
    pid = os.fork()
    if pid:
        for one in sockets:
            one.close()
        return pid
    heir: Heir | None = None
    code = 1
    try:
        control.close()
        if len(sockets) == 1:
            held = _count_held_mib()
            while _answer(sockets[0], lambda request: run_job(graph, request), held):
                pass
        else:
            changed = _take_update(sockets[0], graph)
            heir = Heir(sockets[1], changed) if changed else None
        code = 0
    finally:
        if heir is None:
            os._exit(code)
    return heir


def _end(pid: int) -> int:
    """Kill a child, if it has not ended by itself, and give the code it ended with."""
    os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _take_update(connection: socket.socket, graph: Graph) -> Graph | None:
    """The graph after the update, None if it was refused."""
    results: list[Graph] = []

    def update(request: dict[str, object]) -> Answer:
        answer, changed = run_update(graph, request)
        results.extend([changed] if changed else [])
        return answer

    _answer(connection, update)
    return results[0] if results else None


def _answer(connection: socket.socket, run: Callable[[dict[str, object]], Answer], held: int = 0) -> bool:
    """Do one job; False if the server went away before it had one. held: MiB that the process held at first."""
    head = connection.recv(FRAME.size, socket.MSG_WAITALL)
    if len(head) < FRAME.size:
        return False
    size, _, _ = FRAME.unpack(head)
    content = run(json.loads(connection.recv(size, socket.MSG_WAITALL))).encode()
    connection.sendall(FRAME.pack(len(content), _count_copied_mib(), max(0, _count_held_mib() - held)) + content)
    return True


def _count_copied_mib() -> int:
    """MiB of the parent's memory that this process has a copy of by now: the engine counts references as it reads.

    The first query pays for that with up to three times its time, later ones do not.
    """
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt * resource.getpagesize() >> 20


def _count_held_mib() -> int:
    """MiB in memory, shared or not."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize() >> 20


if __name__ == "__main__":
    main()
