"""Kill commands and see that nothing is lost: `python tests/bench/crash.py [everywhere|random|kg] [ROUNDS]`.

everywhere: add, build, remove and undo with small made-up rooms, before every change of the file system in turn.
random: these, review and init, at ROUNDS random moments over all of them; each runs in a fork, so that no time goes
into imports. kg: add and build as commands with all of kg's rooms, at ROUNDS random moments each.

A killed command leaves the state before or the state after; one that had said it was done leaves the state after; and
repeated, it ends with the same bytes as if it had never been killed.
"""

import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "pipeline"))
import crash
import toy

from kg.corpus import init_workspace, open_workspace
from kg.corpus.files import hash_file
from kg.model.decision import Decision
from kg.pipeline.build import review

COMMANDS = ("add", "build", "remove", "undo")
REJECTED = Decision("d0.md", "", "dilemma", "rejected", "Dilemma: problem 0.")
DONE = b"done"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a command in a fork. killed: before it ended; acknowledged: after it said that it was done."""

    killed: bool
    acknowledged: bool
    status: int


def run_forked(action: Callable[[], object], *, kill_after: float | None = None) -> Outcome:
    """The action in a process of its own, which says so when it is done, and is killed after so many seconds."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        code = 1
        try:
            os.close(reading)
            action()
            os.write(writing, DONE)
            time.sleep(0 if kill_after is None else 0.1)
            code = 0
        except BaseException:
            traceback.print_exc()
            raise
        finally:
            os._exit(code)
    os.close(writing)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(pid, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    with os.fdopen(reading, "rb") as pipe:
        acknowledged = pipe.read(len(DONE)) == DONE
    return Outcome(status == -signal.SIGKILL, acknowledged, status)


def must(action: Callable[[], object]) -> None:
    """The action in a fork. Raises AssertionError if it fails."""
    assert run_forked(action).status == 0


def try_command(trial: crash.Trial, root: Path, after: float) -> Outcome:
    """Kill a command of toy in a copy of its workspace, check what must hold, and repeat it."""
    shutil.copytree(trial.before, root)
    outcome = run_forked(lambda: run_toy(root, trial.command), kill_after=after)

    def check() -> None:
        workspace = open_workspace(root)
        crash.check_whole(trial, workspace)
        if outcome.acknowledged:
            assert toy.read_graph_files(workspace) == trial.new[0], "acknowledged and lost"

    def repeat() -> None:
        run_toy(root, crash.choose_repeat(trial, root))

    def compare() -> None:
        workspace = open_workspace(root)
        assert crash.take_snapshot(workspace) == trial.new
        assert crash.read_manifest(root) == trial.manifest
        assert not (workspace.kg / "journal.json").exists()
        crash.check_whole(trial, workspace)

    for step in (check, repeat, compare):
        must(step)
    shutil.rmtree(root)
    return outcome


def try_init(root: Path, after: float) -> Outcome:
    """Kill init, and see that there is a whole workspace or none, and that init again makes one."""
    root.mkdir()
    outcome = run_forked(lambda: init_workspace(root), kill_after=after)
    whole = root.with_name(f"{root.name}-whole")  # made now: what comes with kg may be worked on meanwhile
    must(lambda: init_workspace(whole))
    if (root / "kg.toml").exists():
        assert list_files(root) >= list_files(whole)
    else:
        assert not outcome.acknowledged, "acknowledged and lost"
        must(lambda: init_workspace(root))
        assert list_files(root) == list_files(whole)
    shutil.rmtree(root)
    shutil.rmtree(whole)
    return outcome


def prepare_review(folder: Path) -> crash.Trial:
    """The trial of a review that rejects what one document states."""
    before, after = folder / "review-before", folder / "review-after"
    files = {f"d{i}_md": f"# D{i}\n\nDilemma: problem {i}. Concept: open data.\n" for i in range(4)}
    workspace = toy.make_workspace(before, **files)
    must(lambda: toy.main(str(before), "build"))
    shutil.copytree(before, after)
    must(lambda: run_review(after))
    return crash.Trial(
        before,
        ("review",),
        crash.take_snapshot(workspace),
        crash.take_snapshot(open_workspace(after)),
        crash.read_manifest(after),
        0.0,
        "toy",
    )


def run_review(root: Path) -> None:
    """Keep the decision."""
    content = hash_file(root / "corpus" / "d0.md")
    review(open_workspace(root), [replace(REJECTED, content=content)], toy.make_tools())


def run_toy(root: Path, command: tuple[str, ...]) -> None:
    """A command with the rooms of toy."""
    if command == ("review",):
        run_review(root)
    else:
        toy.main(str(root), *command)


def list_files(root: Path) -> set[tuple[str, bytes]]:
    """(path, content) of each file."""
    return {(str(path.relative_to(root)), path.read_bytes()) for path in root.rglob("*") if path.is_file()}


def measure(action: Callable[[], object]) -> float:
    """Seconds that the action takes in a fork."""
    begin = time.monotonic()
    must(action)
    return time.monotonic() - begin


def kill_in_turn(folder: Path, rounds: int) -> dict[str, list[Outcome]]:
    """Each command in turn at a random moment, until so many were met alive."""
    trials = {name: crash.prepare(folder, name) for name in COMMANDS} | {"review": prepare_review(folder)}
    seconds = {}
    for name, trial in trials.items():
        copy = folder / f"{name}-timed"
        shutil.copytree(trial.before, copy)
        seconds[name] = measure(lambda r=copy, t=trial: run_toy(r, t.command))  # type: ignore[misc]
    seconds["init"] = measure(lambda: init_workspace(folder / "init-timed"))
    moments = random.Random(rounds)
    outcomes: dict[str, list[Outcome]] = {name: [] for name in seconds}
    runs = killed = 0
    while killed < rounds:
        name = sorted(seconds)[runs % len(seconds)]
        after, root = moments.uniform(0, 1.4 * seconds[name]), folder / f"{name}-{runs}"
        outcome = try_init(root, after) if name == "init" else try_command(trials[name], root, after)
        outcomes[name].append(outcome)
        killed += outcome.killed
        runs += 1
        if runs % 100 == 0:
            print(f"{killed} killed in {runs} runs", flush=True)
    return outcomes


def kill_everywhere(folder: Path, name: str) -> int:
    """Before each change in turn, until the command comes to its end; how many there are."""
    trial = crash.prepare(folder, name)
    at = 1
    while crash.try_kill(trial, folder / f"{name}-at-{at}", at=at):
        at += 1
    return at - 1


def kill_commands(folder: Path, name: str, rounds: int) -> int:
    """A command with all of kg's rooms at random moments until it was met alive so often; how many runs that took."""
    trial = crash.prepare(folder, name, program="kg")
    moments = random.Random(rounds)
    killed = runs = 0
    while killed < rounds:
        killed += crash.try_kill(trial, folder / f"{name}-{runs}", after=moments.uniform(0.1, trial.seconds))
        runs += 1
    return runs


def main(how: str = "random", rounds: str = "50") -> None:
    """Kill as told, and say what held. Raises AssertionError at the first that did not."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if how == "everywhere":
            for command in COMMANDS:
                print(f"{command}: killed before each of {kill_everywhere(folder, command)} changes, always whole")
        elif how == "random":
            for command, outcomes in kill_in_turn(folder, int(rounds)).items():
                killed = sum(one.killed for one in outcomes)
                late = sum(one.killed and one.acknowledged for one in outcomes)
                print(
                    f"{command}: killed {killed} times in {len(outcomes)} runs, {late} of them after it had said that "
                    "it was done: 0 half-applied, 0 lost"
                )
        else:
            for command in ("add", "build"):
                runs = kill_commands(folder, command, int(rounds))
                print(f"kg {command}: killed at {rounds} random moments in {runs} runs, always whole", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
