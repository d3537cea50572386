"""Kill commands and see that nothing is lost: `python tests/bench/crash.py [toy|kg] [ROUNDS]`.

toy: every command, with small made-up rooms, before every change of the file system in turn, and at random moments.
kg: add and build with all of kg's rooms, at random moments.
ROUNDS: random moments for each of add and build, 50 if left out; of toy a quarter with two processes.
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


def kill_at_random(folder: Path, name: str, rounds: int, program: str) -> int:
    """At random moments until it was met alive so many times; how many runs that took.

    A run of toy is stretched, so that the work on documents is met too.
    """
    trial = crash.prepare(folder, name, program=program)
    moments = random.Random(rounds)
    killed = runs = 0
    while killed < rounds:
        environment = {"TOY_PAUSE": "0.1", "TOY_WORKERS": "2" if runs % 4 == 0 else "1"}
        after = moments.uniform(0.1, trial.seconds + (0.6 if program == "toy" else 0))
        killed += crash.try_kill(trial, folder / f"{name}-{runs}", after=after, **environment)
        runs += 1
    return runs


def main(program: str = "toy", rounds: str = "50") -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for command in ("add", "build", "remove", "undo") if program == "toy" else ():
            count = kill_everywhere(folder / "all", command)
            print(f"{command}: killed before each of {count} changes, always whole", flush=True)
        for command in ("add", "build"):
            runs = kill_at_random(folder / "random", command, int(rounds), program)
            print(f"{program} {command}: killed at {rounds} random moments in {runs} runs, always whole", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
