"""What readers said of possible labels: which are right, which are wrong, and the best one of each sentence.

The file holds no text. A sentence is named by a hash of its letters, a label by the places of its letters among them:
whoever has the documents can find both again. Its columns: sentence, kind, best, right and wrong; labels stand apart by
spaces, the runs of letters of one by commas ("4-11,25-30").
"""

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

JUDGEMENTS = Path(__file__).with_name("judgements.tsv")
#: Places of letters, spaces not counted: start and end of each run, rising.
Runs = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A sentence, named by its hash, and the labels that a reader judged, each as runs of letters.

    kind: "dilemma" or "remedy"; best: the best label there is, () if there is none.
    """

    sentence: str
    kind: str
    best: Runs
    right: tuple[Runs, ...]
    wrong: tuple[Runs, ...]


def hash_sentence(text: str) -> str:
    """A name for a sentence, whatever spaces stand in it."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()[:16]


def read_judgements(path: Path = JUDGEMENTS) -> list[Judgement]:
    """The judgements of a file, in its order."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Judgement(
                row["sentence"], row["kind"], _read_runs(row["best"]), _read_all(row["right"]), _read_all(row["wrong"])
            )
            for row in csv.DictReader(file, delimiter="\t")
        ]


def _read_all(text: str) -> tuple[Runs, ...]:
    return tuple(map(_read_runs, text.split()))


def _read_runs(text: str) -> Runs:
    pairs = (run.split("-") for run in text.split(",") if run)
    return tuple((int(start), int(end)) for start, end in pairs)
