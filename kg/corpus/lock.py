"""One writer at a time. The system lets go of the lock when its process ends, however it ends."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager

from kg.corpus.files import make_folder
from kg.corpus.workspace import Workspace
from kg.model import CorpusError


@contextmanager
def hold_lock(workspace: Workspace, command: str) -> Iterator[None]:
    """Keep other writers out while the block runs.

    command: what is being done ("kg build"), told to whoever comes second.
    Raises CorpusError that names the holder if another process is at it.
    """
    make_folder(workspace.kg)
    handle = os.open(workspace.kg / "lock", os.O_RDWR | os.O_CREAT, 0o666)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CorpusError(f"{workspace.root}: {_describe_holder(handle)}") from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps({"pid": os.getpid(), "command": command}).encode(), 0)
        yield
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _describe_holder(handle: int) -> str:
    try:
        found = json.loads(os.pread(handle, 4096, 0))
        who = f"'{found['command']}' (process {found['pid']})"
    except (ValueError, KeyError, TypeError):
        who = "another process"
    return f"{who} is changing this workspace. Wait until it has ended, or stop it; reading goes on meanwhile."
