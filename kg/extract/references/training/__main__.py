"""Trains the reference tagger and writes its weights and its measured quality.

python -m kg.extract.references.training ../shared/data/benchmarks/references
python -m kg.extract.references.training ../shared/data/benchmarks/references --measure

Without --measure all references are learnt and weights.npz is written. With it some sources are kept out whole, and
metrics.json says how well a tagger does that has never seen their lists.
"""

import argparse
import gzip
import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kg.extract.references.fields import build_fields
from kg.extract.references.tagger import make_tagger
from kg.extract.references.tokens import clean_reference, find_tokens
from kg.extract.references.training.fit import Settings, fit
from kg.extract.references.training.labelling import Example, make_example
from kg.extract.references.training.measure import compute_scores
from kg.extract.references.training.network import Tagger, make_vocabulary
from kg.extract.references.training.styles import restyle
from kg.extract.references.training.values import read_values
from kg.extract.references.training.variation import vary

FILES: tuple[str, ...] = ("anystyle-core", "anystyle-good", "anystyle-ugly", "grobid-citation-corpus")
#: Silver references whose tags are often wrong: learnt from, never written anew in other styles.
NOISY = "anystyle-ugly"
#: Physics papers kept out when measuring, by the beginning of their names.
PHYSICS: tuple[str, ...] = (
    *("1708.01150", "27-1708.04230", "0811.1109", "PhysRevLett.119", "1709.01731", "36-1708.04064", "17-1%2E4991657"),
    *("23-v48p1279", "10.1007%2FJHEP07", "1-s2.0-S0375947417303342"),
)
HERE = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Row:
    """A tagged reference; source: the file or paper it comes from."""

    text: str
    gold: dict[str, object]
    source: str


def read_rows(folder: Path) -> list[Row]:
    """The tagged references of the data folder."""
    rows: list[Row] = []
    for name in FILES:
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                source = re.sub(r"-\d+$", "", row["id"]) if name.startswith("grobid") else name
                rows.append(Row(row["ref"], row["gold"], source))
    return rows


def hold_out(rows: Sequence[Row], rng: random.Random) -> tuple[list[Row], dict[str, list[Row]]]:
    """Rows to learn from, and the sets kept out: physics papers and six-language lists whole, samples of two others."""
    kept: dict[str, list[Row]] = {"humanities": [], "mixed": [], "physics": [], "languages": []}
    samples = {"anystyle-core": "humanities", "anystyle-good": "mixed"}
    chosen = {name: set(rng.sample([i for i, r in enumerate(rows) if r.source == name], 250)) for name in samples}
    learnt: list[Row] = []
    for i, row in enumerate(rows):
        if i in chosen.get(row.source, ()):
            kept[samples[row.source]].append(row)
        elif row.source.startswith("kisti"):
            kept["languages"].append(row)
        elif row.source.startswith(PHYSICS):
            kept["physics"].append(row)
        else:
            learnt.append(row)
    bare = [Row(_strip_marks(row.text), row.gold, row.source) for row in (*kept["humanities"], *kept["mixed"])]
    return learnt, {**kept, "no punctuation": bare}


def _strip_marks(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s-]|_", " ", text).split())


def make_epochs(examples: Sequence[Example], *, restyled: float) -> Callable[[random.Random], list[Example]]:
    """A maker of epochs: every example varied, and a share of references written anew in drawn styles."""
    pool = [values for one in examples if one.source != NOISY and (values := read_values(one))]

    def make_epoch(rng: random.Random) -> list[Example]:
        fresh = (restyle(rng.choice(pool), pool, rng) for _ in range(int(restyled * len(examples))))
        return [vary(example, rng) for example in (*examples, *fresh)]

    return make_epoch


def measure(network: Tagger, vocabulary: dict[str, int], sets: dict[str, list[Row]]) -> dict[str, dict[str, float]]:
    """Scores of each set."""
    tagger = make_tagger(network.to_arrays(), list(vocabulary))
    scores: dict[str, dict[str, float]] = {}
    for name, rows in sets.items():
        texts = [clean_reference(row.text) for row in rows]
        tokens = [find_tokens(text) for text in texts]
        fields = [
            build_fields(*one) for one in zip(texts, tokens, (t.tolist() for t in tagger.tag(tokens)), strict=True)
        ]
        scores[name] = compute_scores([row.gold for row in rows], fields)
    return scores


def main() -> None:
    """Train as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder with the tagged references")
    parser.add_argument("--measure", action="store_true", help="keep sources out and write metrics.json, no weights")
    parser.add_argument("--epochs", type=int, default=Settings().epochs)
    parser.add_argument("--restyled", type=float, default=0.6, help="references written anew per tagged one")
    parser.add_argument("--output", type=Path, default=HERE, help="folder for weights.npz and metrics.json")
    options = parser.parse_args()
    rows = read_rows(options.data)
    sets: dict[str, list[Row]] = {}
    if options.measure:
        rows, sets = hold_out(rows, random.Random(5))  # noqa: S311 - sampling, not secrets
    examples = [e for row in rows if (e := make_example(row.text, row.gold, source=row.source)) is not None]
    vocabulary = make_vocabulary(examples)

    def report(epoch: int, loss: float, network: Tagger) -> None:
        print(epoch, round(loss, 3), {k: (v["all"], v["whole"]) for k, v in measure(network, vocabulary, sets).items()})

    settings = Settings(epochs=options.epochs)
    network = fit(make_epochs(examples, restyled=options.restyled), settings, vocabulary=vocabulary, report=report)
    if options.measure:
        record = {"learnt": len(examples), "epochs": settings.epochs, "kept out": measure(network, vocabulary, sets)}
        options.output.joinpath("metrics.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
        return
    names = np.frombuffer("\n".join(vocabulary).encode(), dtype=np.uint8)
    np.savez_compressed(options.output / "weights.npz", allow_pickle=False, features=names, **network.to_arrays())


if __name__ == "__main__":
    main()
