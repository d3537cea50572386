"""Commands killed at random moments leave a whole workspace; repeated, they end with the same bytes.

A few moments here; `python tests/bench/crash.py` tries every change of the file system and many random moments.
"""

import random
import resource
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "pipeline"))
import crash

from kg.corpus import open_workspace

#: More than any of the commands makes; a count beyond the last change lets the command end.
MAX_CHANGES = 120


@pytest.mark.parametrize("name", ["add", "build", "remove", "undo"])
def test_killed_command_leaves_a_whole_workspace_and_can_be_repeated(tmp_path: Path, name: str) -> None:
    trial = crash.prepare(tmp_path, name)
    moments = random.Random(name)
    for at in moments.sample(range(1, MAX_CHANGES), 3):
        crash.try_kill(trial, tmp_path / f"at-{at}", at=at)
    if name in ("add", "build"):
        crash.try_kill(trial, tmp_path / "timed", after=moments.uniform(0, trial.seconds))


def limit_file_size(limit: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


@pytest.mark.parametrize("limit", [1_500, 30_000])
def test_full_disk_leaves_the_state_before_and_the_command_succeeds_once_there_is_room(
    tmp_path: Path, limit: int
) -> None:
    trial = crash.prepare(tmp_path, "add")
    script = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); "
        f"sys.path.insert(0, {str(crash.TOY.parent)!r}); import toy; toy.main(*sys.argv[1:])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(trial.before), *trial.command], capture_output=True, text=True
    )
    workspace = open_workspace(trial.before)
    if done.returncode:
        assert "File too large. Nothing is lost: put it right and run the same command again." in done.stderr
        assert crash.take_snapshot(workspace) == trial.old
    crash.repeat(trial, trial.before)
