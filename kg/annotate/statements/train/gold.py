"""Labelled sentences -> documents and validation folds.

Format: TSV with a header, no quoting, columns doc, sid, label, phrase, text; label is D, R, B (both), N or ?
(not scored). The sentences of one document follow each other; `NAME#2` is a later part of document NAME.

Two such files ship. written.tsv: invented documents of nine kinds, written and labelled for this training by the
project (CC BY 4.0). later.tsv: labels that readers gave later to sentences of abstracts, which it names by hashes only.
"""

import csv
import json
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WRITTEN = Path(__file__).with_name("written.tsv")
LATER = Path(__file__).with_name("later.tsv")
FOLDS = 5
#: Share of the reader's label where another opinion of a sentence is there too.
_GOLD_SHARE = 0.5
_SEED = 0


@dataclass(frozen=True, slots=True)
class LabelledText:
    """Sentences in reading order and, for each, how probably it is a dilemma and a remedy, shape (sentences, 2).

    seen: what an encoder sees of each, shape (sentences, directions), if it was asked.
    """

    name: str
    sentences: tuple[str, ...]
    targets: "NDArray[np.float32]"
    seen: "NDArray[np.float32] | None" = None


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A labelled part of a document: sentences in reading order and a label each."""

    name: str
    sentences: tuple[str, ...]
    labels: tuple[str, ...]


def read_gold(path: Path) -> list[GoldDocument]:
    """The labelled documents of a TSV file."""
    rows: dict[str, list[tuple[str, str]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            rows.setdefault(row["doc"], []).append((row["text"], row["label"]))
    return [GoldDocument(name, tuple(t for t, _ in pairs), tuple(y for _, y in pairs)) for name, pairs in rows.items()]


def read_later(path: Path = LATER) -> dict[str, str]:
    """The label of each sentence that readers labelled later, by its hash."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["sentence"]: row["label"] for row in csv.DictReader(file, delimiter="\t")}


def read_texts(path: Path) -> list[tuple[str, tuple[str, ...]]]:
    """Unlabelled texts of a JSON-lines file: {"id", "sentences"} a line."""
    with path.open(encoding="utf-8") as file:
        requests = [json.loads(line) for line in file if line.strip()]
    return [(str(request["id"]), tuple(request["sentences"])) for request in requests]


def compute_folds(documents: list[GoldDocument]) -> list[int]:
    """A fold number for each document, balanced by sentences; the parts of one document stay together."""
    sizes: Counter[str] = Counter()
    for document in documents:
        sizes[document.name.split("#")[0]] += len(document.sentences)
    names = sorted(sizes)
    random.Random(_SEED).shuffle(names)  # noqa: S311 (a split, not a secret)
    names.sort(key=lambda name: -sizes[name])
    loads, folds = [0] * FOLDS, {}
    for name in names:
        folds[name] = min(range(FOLDS), key=loads.__getitem__)
        loads[folds[name]] += sizes[name]
    return [folds[document.name.split("#")[0]] for document in documents]


def compute_targets(documents: list[GoldDocument]) -> "NDArray[np.bool_]":
    """Dilemma and remedy as truth values, shape (sentences, 2)."""
    import numpy as np

    return np.array([[label in "DB", label in "RB"] for d in documents for label in d.labels], bool)


def mix(gold: "NDArray[np.float32]", opinions: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """Readers' labels softened by what a model thinks, as probabilities."""
    return _GOLD_SHARE * gold + (1 - _GOLD_SHARE) * opinions


def compute_scored(documents: list[GoldDocument]) -> "NDArray[np.bool_]":
    """Which sentences count, shape (sentences,); those the readers disagreed on do not."""
    import numpy as np

    return np.array([label != "?" for d in documents for label in d.labels], bool)
