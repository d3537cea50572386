"""Kill every command at every change of the file system, and at random moments: `python tests/bench/crash.py [ROUNDS]`.

ROUNDS: random moments for each of add and build, 50 if left out; a quarter of them with two processes.
"""

import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "pipeline"))
import crash


def kill_everywhere(folder: Path, name: str) -> int:
    """Before each change in turn, until the command comes to its end."""
    trial = crash.prepare(folder, name)
    at = 1
    while crash.try_kill(trial, folder / f"{name}-at-{at}", at=at):
        at += 1
    return at - 1


def kill_at_random(folder: Path, name: str, rounds: int) -> int:
    """At random moments of a run stretched so that the work on documents is met too; how often it was met alive."""
    trial = crash.prepare(folder, name)
    moments = random.Random(rounds)
    killed = 0
    for number in range(rounds):
        environment = {"TOY_PAUSE": "0.1", "TOY_WORKERS": "2" if number % 4 == 0 else "1"}
        after = moments.uniform(0.2, trial.seconds + 0.6)
        killed += crash.try_kill(trial, folder / f"{name}-{number}", after=after, **environment)
    return killed


def main(rounds: int = 50) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for command in ("add", "build", "remove", "undo"):
            print(f"{command}: killed before each of {kill_everywhere(folder / 'all', command)} changes, always whole")
        for command in ("add", "build"):
            killed = kill_at_random(folder / "random", command, rounds)
            print(f"{command}: killed at {killed} random moments of {rounds} runs, always whole")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
