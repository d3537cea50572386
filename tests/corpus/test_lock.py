"""One writer at a time; a dead one is in nobody's way."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.corpus import Settings, Workspace
from kg.corpus.lock import hold_lock
from kg.model import CorpusError

HOLD = (
    "import sys; from pathlib import Path\n"
    "from kg.corpus import Settings, Workspace; from kg.corpus.lock import hold_lock\n"
    "with hold_lock(Workspace(Path(sys.argv[1]), Settings()), 'kg build'):\n"
    "    print('held', flush=True); sys.stdin.read()"
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path, Settings())


def test_second_writer_is_told_who_is_at_it(workspace: Workspace) -> None:
    with hold_lock(workspace, "kg add"), pytest.raises(CorpusError) as caught, hold_lock(workspace, "kg build"):
        pass
    assert str(caught.value) == (
        f"{workspace.root}: 'kg add' (process {os.getpid()}) is changing this workspace. "
        "Wait until it has ended, or stop it; reading goes on meanwhile."
    )


def test_lock_is_free_after_its_block_even_if_that_fails(workspace: Workspace) -> None:
    with pytest.raises(ZeroDivisionError), hold_lock(workspace, "kg add"):
        raise ZeroDivisionError
    with hold_lock(workspace, "kg build"):
        pass


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", "x" * 10_000])
def test_holder_that_left_no_name_is_another_process(workspace: Workspace, content: str) -> None:
    with hold_lock(workspace, "kg add"):
        (workspace.kg / "lock").write_text(content)
        with pytest.raises(CorpusError, match="another process is changing"), hold_lock(workspace, "kg build"):
            pass


def test_name_of_a_dead_holder_does_not_matter(workspace: Workspace) -> None:
    workspace.kg.mkdir()
    (workspace.kg / "lock").write_text(json.dumps({"pid": 999_999, "command": "kg build"}))
    with hold_lock(workspace, "kg add"):
        assert json.loads((workspace.kg / "lock").read_text()) == {"pid": os.getpid(), "command": "kg add"}


def test_lock_of_a_killed_process_is_free(workspace: Workspace) -> None:
    call = [sys.executable, "-c", HOLD, str(workspace.root)]
    with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        with pytest.raises(CorpusError, match=rf"'kg build' \(process {process.pid}\)"), hold_lock(workspace, "kg add"):
            pass
        process.send_signal(signal.SIGKILL)
        process.wait()
        with hold_lock(workspace, "kg add"):
            pass
