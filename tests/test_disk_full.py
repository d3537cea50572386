"""The disk is full from one write on: what was there can be read, and the command succeeds once there is room."""

import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "pipeline"))
import crash

from kg.corpus import open_workspace

FILL = f"""
import errno, os, sys
sys.path.insert(0, {str(crash.TOY.parent)!r})
import toy
left = [int(sys.argv.pop(1))]
def refuse(event, arguments):
    writing = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
    if writing or event in ("os.mkdir", "os.rename", "os.link"):
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
sys.addaudithook(refuse)
toy.main(*sys.argv[1:])
"""


def fill_from(trial: crash.Trial, root: Path, write: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", FILL, str(write), str(root), *trial.command]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.mark.parametrize("name", ["add", "build", "remove", "undo"])
def test_disk_that_fills_up_loses_nothing(tmp_path: Path, name: str) -> None:
    """At every eighth write; at none of the others can less be lost."""
    import shutil

    trial = crash.prepare(tmp_path, name)
    refused = 0
    for write in range(0, 200, 8):
        root = tmp_path / f"full-{write}"
        shutil.copytree(trial.before, root)
        done = fill_from(trial, root, write)
        crash.check_whole(trial, open_workspace(root))
        if done.returncode:
            refused += 1
            assert "No space left on device" in done.stderr
        crash.repeat(trial, root)
        shutil.rmtree(root)
        if not done.returncode:
            break
    assert refused
