"""Kill push, export, review and undo at random moments: `python tests/bench/crash_commands.py [ROUNDS]`.

Each command runs with all of kg's rooms, in a fork so that no time goes into imports, on a copy of a small workspace.
Afterwards a file that export writes is the old one or the whole new one; what review and undo change is as before or
as after; a store that was pushed to holds nothing that the workspace does not; and the same command repeated ends
where it would have ended without being killed.
"""

import csv
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.annotate.language import load_language
from kg.cli import cli
from kg.corpus import open_workspace
from kg.corpus.journal import hold_for_change

NOTES = {
    "wang-2020.md": "# Silos\n\nAuthor: Li Wang\n\nData silos are a problem for cities.\n\n"
    "To break up data silos, departments should use a shared platform.\n",
    "silva-2022.md": "# Skills\n\nAuthor: Ana Silva\n\nThe lack of digital skills is a major barrier.\n\n"
    "To overcome the lack of skills, governments should train their staff.\n",
}
#: Stands for a file of the copy of the workspace.
OUTPUT = "OUTPUT"
State = frozenset[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Trial:
    """A command on a copy of a workspace. look: what of it must be whole; before and after: how that looks."""

    name: str
    start: Path
    arguments: tuple[str, ...]
    look: Callable[[Path], State]
    before: State
    after: State
    seconds: float


def run_kg(root: Path, *arguments: str, kill_after: float | None = None) -> bool:
    """A command in a fork, killed after so many seconds; whether it was. Raises AssertionError if it fails."""
    pid = os.fork()
    if not pid:
        code = 1
        try:
            with open(os.devnull, "w") as nothing:
                os.dup2(nothing.fileno(), 1)
                os.dup2(nothing.fileno(), 2 if kill_after is not None else 1)
            words = [str(root / "out.nq") if word == OUTPUT else word for word in arguments]
            cli.main(["--workspace", str(root), *words], standalone_mode=False)
            code = 0
        finally:
            os._exit(code)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(pid, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert status in {0, -signal.SIGKILL}, (arguments, status)
    return status == -signal.SIGKILL


def look_at_workspace(root: Path) -> State:
    """The name and text of each graph. Raises AssertionError if a text is not what the manifest says."""
    manifest = json.loads((root / ".kg" / "manifest.json").read_bytes())
    found = {name: (root / ".kg" / graph["file"]).read_bytes() for name, graph in manifest["graphs"].items()}
    for name, graph in manifest["graphs"].items():
        assert hashlib.sha256(found[name]).hexdigest() == graph["sha256"], f"{name} is not what the manifest says"
    return frozenset(found.items())


def look_at_export(root: Path) -> State:
    """The file that was written."""
    path = root / "out.nq"
    return frozenset({("out.nq", path.read_bytes())} if path.exists() else set())


@contextmanager
def serve_scratch() -> Iterator[str]:
    """The address of an empty server that anybody may write to."""
    command = [sys.executable, "-m", "kg", "serve", "--scratch", "--port", "0"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr
        yield next(word for word in server.stderr.readline().split() if word.startswith("http"))
    finally:
        server.terminate()
        server.wait()


def look_at_store(address: str) -> State:
    """Every quad of the store, one by one."""
    query = urllib.request.Request(
        address + "sparql",
        data=b"SELECT * { GRAPH ?g { ?s ?p ?o } }",
        headers={"Content-Type": "application/sparql-query", "Accept": "text/tab-separated-values"},
    )
    with urllib.request.urlopen(query) as answer:
        return frozenset((line.decode(), b"") for line in answer.read().splitlines()[1:])


def empty_store(address: str) -> None:
    """Leave nothing in the store."""
    update = urllib.request.Request(
        address + "sparql", data=b"DROP ALL", headers={"Content-Type": "application/sparql-update"}
    )
    urllib.request.urlopen(update).close()


def make_workspace(folder: Path) -> Path:
    """A built workspace of two notes, with an older export beside them."""
    root = folder / "start"
    cli.main(["init", str(root)], standalone_mode=False)
    for name, text in NOTES.items():
        (root / "corpus" / name).write_text(text, encoding="utf-8")
    run_kg(root, "build")
    (root / "out.nq").write_text("<x:old> <x:old> <x:old> .\n", encoding="utf-8")
    return root


def write_review(folder: Path, start: Path) -> Path:
    """A table that rejects the first of all that can be reviewed."""
    table = folder / "review.csv"
    run_kg(start, "review", "--export", str(table))
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0]["verdict"] = "rejected"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return table


def make_trial(
    folder: Path, start: Path, name: str, arguments: tuple[str, ...], look: Callable[[Path], State]
) -> Trial:
    """The trial of a command, which is done once to see where it ends and how long it takes."""
    copy = folder / f"{name}-whole"
    shutil.copytree(start, copy)
    before, begin = look(copy), time.monotonic()
    run_kg(copy, *arguments)
    seconds = time.monotonic() - begin
    after = look(copy)
    assert before != after, f"{name} changed nothing"
    return Trial(name, start, arguments, look, before, after, seconds)


def finish(root: Path) -> None:
    """Do what the next command that changes anything does first."""
    with hold_for_change(open_workspace(root), "kg build"):
        pass


def try_once(trial: Trial, root: Path, after: float) -> bool:
    """Kill the command, see that all is whole, repeat it; whether it was met alive."""
    shutil.copytree(trial.start, root)
    killed = run_kg(root, *trial.arguments, kill_after=after)
    seen = trial.look(root)
    begun = (root / ".kg" / "journal.json").exists()
    if trial.name == "review" and begun:
        finish(root)
        seen = trial.look(root)
    assert seen in {trial.before, trial.after}, f"{trial.name}: half-applied"
    if seen == trial.before or begun or trial.name != "undo":
        run_kg(root, *trial.arguments)
    ends = trial.look(root)
    differ = sorted({name for name, _ in ends ^ trial.after})
    assert ends == trial.after, f"{trial.name}: repeated, it ends elsewhere in {differ}"
    shutil.rmtree(root)
    return killed


def try_push(trial: Trial, address: str, after: float) -> bool:
    """Kill a push, see that the store holds nothing strange, push again."""
    empty_store(address)
    killed = run_kg(trial.start, *trial.arguments, kill_after=after)
    assert look_at_store(address) <= trial.after, "push: the store holds what the workspace does not"
    run_kg(trial.start, *trial.arguments)
    assert look_at_store(address) == trial.after, "push: repeated, it ends elsewhere"
    return killed


def main(rounds: str = "300") -> None:
    """Kill each command in turn until so many were met alive. Raises AssertionError at the first that is not whole."""
    moments = random.Random(int(rounds))
    load_language()  # here, so that no fork spends its time on it; a store must not be opened here, for it has threads
    with tempfile.TemporaryDirectory() as name, serve_scratch() as address:
        folder = Path(name)
        start = make_workspace(folder)
        reviewed = write_review(folder, start)
        trials = [
            make_trial(folder, start, "export", ("export", "-o", OUTPUT), look_at_export),
            make_trial(folder, start, "review", ("review", "--import", str(reviewed)), look_at_workspace),
            make_trial(folder, start, "undo", ("undo",), look_at_workspace),
            make_trial(folder, start, "push", ("push", address + "sparql"), lambda _: look_at_store(address)),
        ]
        killed: dict[str, int] = dict.fromkeys((trial.name for trial in trials), 0)
        runs = 0
        while sum(killed.values()) < int(rounds):
            # A review takes many times as long as the others, so it has its turn less often.
            trial = trials[(0, 3, 2, 0, 3, 2, 1)[runs % 7]]
            after, runs = moments.uniform(0, 1.2 * trial.seconds), runs + 1
            met = (
                try_push(trial, address, after) if trial.name == "push" else try_once(trial, folder / str(runs), after)
            )
            killed[trial.name] += met
        for command, times in killed.items():
            print(f"{command}: killed {times} times: 0 half-applied, 0 lost, repeated to the same end")


if __name__ == "__main__":
    main(*sys.argv[1:])
