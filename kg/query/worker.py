"""Queries of other people, in a process of its own that can be killed: no thread or signal stops the engine.

The process (`kg.query.worker_process`) opens the graph and then gives up opening anything else, so that the query can
neither read a file nor reach a network, whatever it says. Requests and answers are lines of JSON.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any

from kg.model.errors import QueryError
from kg.model.table import Cell, Table
from kg.query.files import QueryFile, Values
from kg.query.guard import check_query
from kg.query.limits import Limits

#: Time to open the graph, on top of the time for the query.
OPENING_SECONDS = 60.0
_CHUNK_BYTES = 1 << 20


class QueryWorker:
    """One process with one graph; it answers one query after the other, and another takes over if it must be killed.

    source: folder of a workspace, or an N-Quads file.
    """

    def __init__(self, source: Path, limits: Limits | None = None) -> None:
        self.source, self.limits = source, limits or Limits()
        self._process: subprocess.Popen[bytes] | None = self._start()

    def __enter__(self) -> "QueryWorker":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def ask(self, query: QueryFile, values: Values | None = None) -> Table:
        """The answer of a query.

        Raises QueryError if the query is refused, wrong, or over a limit, and says which.
        """
        check_query(query.text)
        request = {"name": query.name, "text": query.text, "values": dict(values or {})}
        answer = self._exchange(json.dumps(request).encode() + b"\n")
        if "error" in answer:
            raise QueryError(str(answer["error"]))
        rows = tuple(tuple(None if cell is None else Cell(*cell) for cell in row) for row in answer["rows"])
        return Table(tuple(answer["columns"]), rows, query.title)

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    pipe.close()

    def _start(self) -> subprocess.Popen[bytes]:
        arguments = [str(self.source), json.dumps(asdict(self.limits))]
        # -P: the folder a person happens to stand in is no place to import code from.
        command = [sys.executable, "-P", "-m", "kg.query.worker_process", *arguments]
        self._opened = False
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
        )

    def _exchange(self, request: bytes) -> dict[str, Any]:
        process = self._process = self._process or self._start()
        try:
            if not self._opened:
                ready = _read_answer(process, OPENING_SECONDS)
                if "error" in ready:
                    return ready
                self._opened = True
            assert process.stdin  # noqa: S101 it was started with a pipe
            process.stdin.write(request)
            return _read_answer(process, self.limits.seconds)
        except TimeoutError as error:
            self.close()
            raise QueryError(self._say_too_long()) from error
        except (BrokenPipeError, EOFError) as error:
            code = process.wait()
            self.close()
            raise QueryError(self._say_died(code)) from error

    def _say_too_long(self) -> str:
        return (
            f"stopped after {self.limits.seconds:g} s. Ask for less: name the document or the thing, bind the start of "
            "a path, put what narrows most first; or give it more time"
        )

    def _say_died(self, code: int) -> str:
        if code == -signal.SIGXCPU:
            return self._say_too_long()
        if code == -signal.SIGABRT:
            return f"stopped: it needed more than {self.limits.memory_mib} MiB of memory. Ask for less, or add LIMIT"
        if code == -signal.SIGSEGV:
            return "stopped: it is nested too deep for the engine"
        return f"stopped: the engine gave up (code {code})"


def _read_answer(process: subprocess.Popen[bytes], seconds: float) -> dict[str, Any]:
    """One line of JSON. Raises TimeoutError, or EOFError if the process died."""
    assert process.stdout  # noqa: S101 it was started with a pipe
    deadline = time.monotonic() + seconds
    parts: list[bytes] = []
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while not (parts and parts[-1].endswith(b"\n")):
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise TimeoutError
            parts.append(os.read(process.stdout.fileno(), _CHUNK_BYTES))
            if not parts[-1]:
                raise EOFError
    answer: dict[str, Any] = json.loads(b"".join(parts))
    return answer


def ask_once(source: Path, query: QueryFile, values: Values | None = None, limits: Limits | None = None) -> Table:
    """The answer of one query by a process of its own.

    Raises QueryError as QueryWorker.ask does.
    """
    with QueryWorker(source, limits) as worker:
        return worker.ask(query, values)
