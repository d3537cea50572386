"""Commands killed at random moments leave a whole workspace; repeated, they end with the same bytes.

Others read meanwhile, and read whole states.

A few moments here; `python tests/bench/crash.py` tries every change of the file system and many random moments.
"""

import random
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "pipeline"))
import crash
import toy

from kg.corpus import Workspace, open_workspace
from kg.pipeline.build import build

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


READ = """
import sys
from pathlib import Path
from kg.graph.store import count_quads, open_for_reading
last = None
while True:
    found = sorted(count_quads(open_for_reading(Path(sys.argv[1]))).items())
    if found != last:
        print(*found, flush=True)
    last = found
"""


def test_readers_see_whole_states_while_a_writer_goes_on(tmp_path: Path) -> None:
    workspace = toy.make_workspace(tmp_path / "w", **{f"d{i}_md": f"# D{i}\n\nDilemma: x {i}.\n" for i in range(4)})
    tools = toy.make_tools()
    build(workspace, tools)
    states = {show_counts(workspace)}
    call = [sys.executable, "-c", READ, str(workspace.root)]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as reader:
        assert reader.stdout
        assert reader.stderr
        assert reader.stdout.readline() in states
        for number in range(6):
            (workspace.corpus / "d0.md").write_text("# D\n\n" + "Dilemma: y. " * number + f"Dilemma: z {number}.\n")
            build(workspace, tools)
            states.add(show_counts(workspace))
        for line in reader.stdout:
            assert line in states
            if line == show_counts(workspace):
                break
        assert reader.poll() is None, reader.stderr.read()
        reader.kill()


def show_counts(workspace: Workspace) -> str:
    graphs = {
        f"{toy.BASE}graph/{name}": nquads.count(b"\n") for name, nquads in toy.read_graph_files(workspace).items()
    }
    return " ".join(str(item) for item in sorted(graphs.items()) if item[1]) + "\n"
