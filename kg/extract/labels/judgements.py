"""What readers said of possible labels: which are right, which are wrong, and the best one of each sentence.

The files hold no text. A sentence is named by a hash of its letters, a label by the places of its letters among them:
whoever has the documents can find both again. The columns of judgements.tsv: sentence, kind, best, right and wrong;
labels stand apart by spaces, the runs of letters of one by commas ("4-11,25-30"). Its readers saw a good label beside.
Those of verdicts.tsv saw only the sentence and one or a few labels that this project chose; its columns: sentence,
kind, label and verdict: "right", "wrong", or "nothing" where the sentence states nothing of the kind.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

JUDGEMENTS = Path(__file__).with_name("judgements.tsv")
VERDICTS = Path(__file__).with_name("verdicts.tsv")
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


@dataclass(frozen=True, slots=True)
class Verdict:
    """A label of a sentence, named as in a judgement, and what a reader said: "right", "wrong" or "nothing"."""

    sentence: str
    kind: str
    label: Runs
    verdict: str

    @property
    def right(self) -> bool:
        """Whether the sentence states something of the kind and the label names it."""
        return self.verdict == "right"


def read_judgements(path: Path = JUDGEMENTS) -> list[Judgement]:
    """The judgements of a file, in its order."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Judgement(
                row["sentence"], row["kind"], _read_runs(row["best"]), _read_all(row["right"]), _read_all(row["wrong"])
            )
            for row in csv.DictReader(file, delimiter="\t")
        ]


def read_verdicts(path: Path = VERDICTS) -> list[Verdict]:
    """The verdicts of a file, in its order."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Verdict(row["sentence"], row["kind"], _read_runs(row["label"]), row["verdict"])
            for row in csv.DictReader(file, delimiter="\t")
        ]


def find_places(text: str, runs: Runs) -> Runs:
    """Start and end in a text of the runs of its letters; runs beyond its end are left out."""
    places = [place for place, character in enumerate(text) if not character.isspace()]
    return tuple((places[low], places[high - 1] + 1) for low, high in runs if low < high <= len(places))


def fold_label(label: str) -> str:
    """The letters and digits of a label in lower case: what two spellings of it share."""
    return "".join(character for character in label.casefold() if character.isalnum())


def _read_all(text: str) -> tuple[Runs, ...]:
    return tuple(map(_read_runs, text.split()))


def _read_runs(text: str) -> Runs:
    pairs = (run.split("-") for run in text.split(",") if run)
    return tuple((int(start), int(end)) for start, end in pairs)
