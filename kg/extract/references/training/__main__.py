"""Trains the reference tagger and measures it on references it has not learnt.

python -m kg.extract.references.training DATA              makes weights.npz, then metrics.json on the strings kept out
python -m kg.extract.references.training DATA --score      measures the weights.npz that ships on the same strings
python -m kg.extract.references.training DATA --measure    keeps sources out whole, trains, writes no weights

DATA is the folder with the tagged references, such as ../shared/data/benchmarks/references.
"""

import argparse
import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from kg.extract.references.parse import parse_references
from kg.extract.references.tagger import Tagger as Reader
from kg.extract.references.tagger import load_tagger, make_tagger
from kg.extract.references.training.fit import Settings, fit
from kg.extract.references.training.labelling import Example, make_example
from kg.extract.references.training.measure import compute_scores, summarise
from kg.extract.references.training.network import Tagger, make_vocabulary
from kg.extract.references.training.rows import Row, Split, keep_sources, keep_strings, read_rows
from kg.extract.references.training.styles import restyle
from kg.extract.references.training.values import read_values
from kg.extract.references.training.variation import vary

#: Silver references whose tags are often wrong: learnt from, never written anew in other styles.
NOISY = "anystyle-ugly"
HERE = Path(__file__).parent.parent
Scores = dict[str, dict[str, float]]


def make_epochs(examples: Sequence[Example], *, restyled: float) -> Callable[[random.Random], list[Example]]:
    """A maker of epochs: every example varied, and a share of references written anew in drawn styles."""
    pool = [values for one in examples if one.source != NOISY and (values := read_values(one))]

    def make_epoch(rng: random.Random) -> list[Example]:
        known = [vary(example, rng) for example in examples]
        return known + [vary(restyle(rng.choice(pool), pool, rng), rng) for _ in range(int(restyled * len(examples)))]

    return make_epoch


def measure(reader: Reader, sets: dict[str, list[Row]]) -> Scores:
    """Scores of each set, each reference read by itself."""
    return {
        name: compute_scores(
            [row.gold for row in rows], parse_references([row.text for row in rows], together=False, tagger=reader)
        )
        for name, rows in sets.items()
    }


def train(split: Split, *, settings: Settings, restyled: float) -> tuple[Tagger, dict[str, int]]:
    """The network and its vocabulary; scores on the sets kept out are printed after each epoch."""
    rows, sets = split
    examples = [e for row in rows if (e := make_example(row.text, row.gold, source=row.source)) is not None]
    vocabulary = make_vocabulary(examples)
    print(f"{len(examples)} references to learn, {len(vocabulary)} features", flush=True)

    def report(epoch: int, loss: float, network: Tagger) -> None:
        scores = measure(make_tagger(network.to_arrays(), list(vocabulary)), sets)
        print(epoch, round(loss, 3), {k: (v["all"], v["whole"]) for k, v in scores.items()}, flush=True)

    epochs = make_epochs(examples, restyled=restyled)
    return fit(epochs, settings, vocabulary=vocabulary, report=report), vocabulary


def write_metrics(folder: Path, part: str, scores: Scores, *, command: str) -> None:
    """Put one part's figures into metrics.json beside the others."""
    path = folder / "metrics.json"
    record = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    record |= {"task": "reference strings", "command": "python -m kg.extract.references.training DATA --score"}
    record[part] = {"command": command, "sets": scores}
    if part == "strings kept out":
        record |= summarise(scores)
    path.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """Train or measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder with the tagged references")
    parser.add_argument("--measure", action="store_true", help="keep sources out whole and train; writes no weights")
    parser.add_argument("--score", action="store_true", help="measure the weights that ship; no training")
    parser.add_argument("--epochs", type=int, default=Settings().epochs)
    parser.add_argument("--restyled", type=float, default=0.9, help="references written anew per tagged one")
    parser.add_argument("--output", type=Path, default=HERE, help="folder for weights.npz and metrics.json")
    options = parser.parse_args()
    keep = keep_sources if options.measure else keep_strings
    split = keep(read_rows(options.data), random.Random(5))  # noqa: S311 - sampling, not secrets
    reader, given = load_tagger(), "DATA --score"
    if not options.score:
        settings = Settings(epochs=options.epochs)
        network, vocabulary = train(split, settings=settings, restyled=options.restyled)
        arrays = network.to_arrays()
        reader = make_tagger(arrays, list(vocabulary))
        given = f"DATA{' --measure' * options.measure} --epochs {options.epochs} --restyled {options.restyled}"
        if not options.measure:
            names = np.frombuffer("\n".join(vocabulary).encode(), dtype=np.uint8)
            np.savez_compressed(options.output / "weights.npz", allow_pickle=False, features=names, **arrays)
    part = "sources kept out" if options.measure else "strings kept out"
    command = f"python -m kg.extract.references.training {given}"
    write_metrics(options.output, part, measure(reader, split[1]), command=command)


if __name__ == "__main__":
    main()
