"""Commands killed in the middle: what must hold at once, and after the command is repeated.

Used by tests/test_crash.py (a few moments) and tests/bench/crash.py (all of them).
"""

import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import toy

from kg.corpus import Workspace, open_workspace
from kg.graph.store import count_quads, open_for_reading

TOY = Path(__file__).parent / "toy.py"
Snapshot = tuple[dict[str, bytes], dict[str, bytes]]


@dataclass(frozen=True)
class Trial:
    """A workspace before a command, and what the command must lead to."""

    before: Path
    command: tuple[str, ...]
    old: Snapshot
    new: Snapshot
    manifest: bytes
    seconds: float
    program: str


def prepare(folder: Path, name: str, *, program: str = "toy") -> Trial:
    """The trial of one command, with everything that a command can meet: new, changed, deleted and large files.

    program: "toy" for the tools of toy.py, "kg" for those of kg.
    """
    before = folder / f"{name}-before"
    files = {f"d{i}_md": f"# D{i}\n\nDilemma: problem {i}. Concept: open data.\n" for i in range(4)}
    workspace = toy.make_workspace(before, **files)
    assert run(before, ("build",), program=program)[0] == 0
    if name == "undo":
        assert run(before, ("remove", "d1", "d2"), program=program)[0] == 0
    outside = folder / f"{name}-outside"
    (outside / "deep").mkdir(parents=True)
    (outside / "e.md").write_text("# E\n\nDilemma: silos. Remedy: openness for silos.\n")
    (outside / "refs.bib").write_text("@book{one, title={One}, abstract={Dilemma: fear.}} @book{two, title={Two}}")
    (outside / "deep" / "f.md").write_text("# D1\n\nConcept: clouds.\n" + toy.LARGE)
    commands = {"add": ("add", str(outside)), "build": ("build",), "remove": ("remove", "d0", "d3"), "undo": ("undo",)}
    old = take_snapshot(workspace)
    if name == "build":
        shutil.copytree(outside, before / "corpus", dirs_exist_ok=True)
        (before / "corpus" / "d0.md").write_text("# Other\n\nDilemma: fear.\n")
        (before / "corpus" / "d3.md").unlink()
        old = (old[0], toy.read_corpus(workspace))
    after = folder / f"{name}-after"
    shutil.copytree(before, after)
    start = time.monotonic()
    status, message = run(after, commands[name], program=program)
    assert status == 0, message
    seconds = time.monotonic() - start
    manifest = read_manifest(after)
    return Trial(before, commands[name], old, take_snapshot(open_workspace(after)), manifest, seconds, program)


def run(
    root: Path, command: tuple[str, ...], *, program: str = "toy", after: float | None = None, **environment: str
) -> tuple[int, str]:
    """Exit status and standard error of a command; -9 if it was killed, as it is after so many seconds."""
    start = [str(TOY), str(root)] if program == "toy" else ["-m", "kg", "--workspace", str(root)]
    call = [sys.executable, *start, *command]
    try:
        done = subprocess.run(call, env=os.environ | environment, capture_output=True, text=True, timeout=after)
    except subprocess.TimeoutExpired:
        return -9, ""
    return done.returncode, done.stderr


def read_manifest(root: Path) -> bytes:
    """The manifest without the keys of records, which change with every edit of kg's code."""
    return re.sub(rb"\b[0-9a-f]{16}\b", b"", (root / ".kg" / "manifest.json").read_bytes())


def take_snapshot(workspace: Workspace) -> Snapshot:
    return toy.read_graph_files(workspace), toy.read_corpus(workspace)


def try_kill(trial: Trial, root: Path, *, at: int = 0, after: float = 0.0, **environment: str) -> bool:
    """Kill the command in a copy of the workspace and check all that must hold; whether it was met alive.

    at: just before the at-th change of the file system; else after so many seconds.
    """
    shutil.copytree(trial.before, root)
    if at:
        environment["TOY_KILL_AT"] = str(at)
    status, message = run(root, trial.command, program=trial.program, after=after or None, **environment)
    assert status in (0, -9), message
    check_whole(trial, open_workspace(root))
    repeat(trial, root)
    shutil.rmtree(root)
    return status == -9


def check_whole(trial: Trial, workspace: Workspace) -> None:
    """The graph is the one before or the one after, in text and store."""
    graphs = toy.read_graph_files(workspace)
    assert graphs in (trial.old[0], trial.new[0])
    found = count_quads(open_for_reading(workspace.root))
    assert found == {toy.BASE + "graph/" + name: nquads.count(b"\n") for name, nquads in graphs.items() if nquads}


def choose_repeat(trial: Trial, root: Path) -> tuple[str, ...]:
    """What brings a killed command to its end: the same once more, or any, where remove or undo has been done.

    undo finishes one that was begun, and undoes no more; remove would find nothing to remove.
    """
    begun = (root / ".kg" / "journal.json").exists()
    done = read_manifest(root) == trial.manifest
    over = (done and not begun) if trial.command[0] == "undo" else (done or begun)
    return ("build",) if trial.command[0] in ("undo", "remove") and over else trial.command


def repeat(trial: Trial, root: Path) -> None:
    """The command repeated ends with the same bytes."""
    workspace = open_workspace(root)
    command = choose_repeat(trial, root)
    status, message = run(root, command, program=trial.program)
    assert status == 0, message
    assert take_snapshot(workspace) == trial.new
    assert read_manifest(root) == trial.manifest
    assert not (workspace.kg / "journal.json").exists()
    check_whole(trial, workspace)
