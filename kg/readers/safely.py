"""Untrusted files, read in a process of their own with bounded time and memory."""

import atexit
import json
import os
import selectors
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, Any, Self

from kg.model import Document, ReadError
from kg.readers.records import from_record

#: A process reads so many files and is then replaced, so that what one file left behind ends.
MAX_FILES_PER_PROCESS = 100
MAX_ANSWER_BYTES = 1_000_000_000
#: On a busy machine a process may wait as long again as it works.
WAIT_FACTOR = 2.0
#: Time for the process to start.
GRACE_SECONDS = 10.0


class SafeReader:
    """A reading process that is started when needed and replaced when it dies. Use as a context manager.

    seconds: CPU time for one file. megabytes: memory of the process.
    """

    def __init__(self, *, seconds: float = 30.0, megabytes: int = 1024) -> None:
        self.seconds = seconds
        self.megabytes = megabytes
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, path: Path, *, file: str = "", kind: str = "auto") -> Document:
        """As `kg.readers.read_document`; also raises ReadError where a file takes too long or kills the process."""
        return from_record(self._ask(path, "document", file=file, kind=kind)["documents"][0])

    def diagnose(self, path: Path) -> tuple[Document, list[str]]:
        """A file's document and, in plain words, how it was read, with the same limits."""
        answer = self._ask(path, "diagnosis", file=path.name, kind="auto")
        return from_record(answer["documents"][0]), [str(note) for note in answer["notes"]]

    def read_folder(self, path: Path, *, file: str = "", kind: str = "auto") -> Document:
        """As `kg.readers.folder.read_folder_as_one`, with the same limits."""
        return from_record(self._ask(path, "folder", file=file, kind=kind)["documents"][0])

    def read_bibliography(self, path: Path, *, file: str = "") -> tuple[list[Document], list[str]]:
        """As `kg.readers.bibliography.read_bibliography`, with the same limits."""
        answer = self._ask(path, "bibliography", file=file, kind="auto")
        return [from_record(record) for record in answer["documents"]], [str(problem) for problem in answer["problems"]]

    def read_works(self, path: Path) -> tuple[list[Document], list[str], dict[str, list[str]]]:
        """As `read_bibliography`, and name of a record -> the paths of its files as the bibliography writes them."""
        answer = self._ask(path, "bibliography", file=path.name, kind="auto")
        documents = [from_record(record) for record in answer["documents"]]
        return documents, [str(problem) for problem in answer["problems"]], answer["attachments"]

    def close(self) -> None:
        """End the process."""
        if self._process:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe:
                    pipe.close()
        if self._errors:
            self._errors.close()
        self._process = self._errors = None
        self._count = 0

    def _ask(self, path: Path, what: str, *, file: str, kind: str) -> dict[str, Any]:
        if self._count >= MAX_FILES_PER_PROCESS:
            self.close()
        process = self._start()
        self._count += 1
        request = {
            "what": what,
            "path": str(path.absolute()),
            "file": file or path.name,
            "kind": kind,
            "seconds": self.seconds,
        }
        try:
            line = self._exchange(process, json.dumps(request).encode() + b"\n")
        except BrokenPipeError:
            line = b""
        except TimeoutError:
            self.close()
            raise ReadError(f"{path.name}: not read within {self.seconds:g} s; split it or raise the limit") from None
        if not line.endswith(b"\n"):
            raise ReadError(f"{path.name}: {self._explain_death(process)}")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise ReadError(answer["error"])
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        if self._process and self._process.poll() is None:
            return self._process
        self.close()
        root = str(Path(__file__).parents[2])
        paths = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115
        self._process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "kg.readers.worker", str(self.megabytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**os.environ, "PYTHONPATH": paths},
        )
        return self._process

    def _exchange(self, process: subprocess.Popen[bytes], request: bytes) -> bytes:
        """The line the process answers with; cut short if it dies. Raises TimeoutError."""
        if not process.stdin or not process.stdout:
            return b""
        process.stdin.write(request)
        process.stdin.flush()
        deadline = time.monotonic() + WAIT_FACTOR * self.seconds + GRACE_SECONDS
        parts: list[bytes] = []
        size = 0
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while not parts or not parts[-1].endswith(b"\n"):
                if not selector.select(max(deadline - time.monotonic(), 0)) or size > MAX_ANSWER_BYTES:
                    raise TimeoutError
                part = os.read(process.stdout.fileno(), 1 << 20)
                if not part:
                    break
                parts.append(part)
                size += len(part)
        return b"".join(parts)

    def _explain_death(self, process: subprocess.Popen[bytes]) -> str:
        """Why the process ended, in plain words."""
        code = process.wait()
        last = ""
        if self._errors:
            self._errors.seek(max(self._errors.seek(0, os.SEEK_END) - 2000, 0))
            last = (self._errors.read().decode("utf-8", "replace").strip().split("\n") or [""])[-1]
        self.close()
        if code == -24:
            return f"not read within {self.seconds:g} s of work; split it or raise the limit"
        if code < 0:
            return f"crashed the reader (signal {-code}); it is damaged, hostile or needs over {self.megabytes} MB"
        return f"cannot be read ({last[:200]})"


#: Kept between calls; by process too, since a fork must not write into its parent's pipes.
_shared: dict[tuple[int, float, int], SafeReader] = {}


def read_safely(
    path: Path, *, file: str = "", kind: str = "auto", seconds: float = 30.0, megabytes: int = 1024
) -> Document:
    """The document a file holds, read in a process that is stopped when it takes too long or too much.

    file, kind: as for `read_document`. seconds: CPU time; megabytes: memory. The process is kept for the next file.
    Raises ReadError, whatever is wrong with the file.
    """
    key = (os.getpid(), seconds, megabytes)
    reader = _shared.setdefault(key, SafeReader(seconds=seconds, megabytes=megabytes))
    return reader.read(path, file=file, kind=kind)


def close_readers() -> None:
    """End the processes that `read_safely` keeps."""
    for (process, _, _), reader in _shared.items():
        if process == os.getpid():
            reader.close()
    _shared.clear()


atexit.register(close_readers)
