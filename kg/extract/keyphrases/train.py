"""Makes model.npz and metrics.json again: `python -m kg.extract.keyphrases.train BENCHMARKS -o FOLDER`.

BENCHMARKS holds inspec/{train,dev}, semeval2010/train and semeval2017/all (.jsonl.gz). The model is trained on all of
them but inspec/dev; the figures of metrics.json are of inspec/dev and of cross-validation over the papers. Needs
scikit-learn. The words of the texts are tagged once and can be kept with --cache.
"""

import argparse
import gzip
import json
import pickle  # the tagged words of the benchmark texts, in a cache of one's own
import runpy
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kg.extract.keyphrases.candidates import Candidate, Word
from kg.extract.keyphrases.choice import choose, keep_likely, spell
from kg.extract.keyphrases.features import ABSTRACT_WORDS, Text, compute_features, make_text
from kg.extract.keyphrases.joins import collect_candidates
from kg.extract.keyphrases.keys import make_key
from kg.extract.keyphrases.lexicon import SLOTS, Lexicon, find_slot, list_clues
from kg.extract.keyphrases.model import MODEL_FILE, Trees
from kg.extract.keyphrases.words import find_words

if TYPE_CHECKING:
    from sklearn.ensemble import HistGradientBoostingClassifier

#: name -> (file, weight of its candidates beside those of Inspec).
SOURCES: dict[str, tuple[str, float]] = {
    "inspec": ("inspec/train.jsonl.gz", 1.0),
    "semeval2010": ("semeval2010/train.jsonl.gz", 1.0),
    "semeval2017": ("semeval2017/all.jsonl.gz", 0.3),
}
DEV = "inspec/dev.jsonl.gz"
FOLDS = 5
#: The linear models that weigh clues: which sources each learns from.
LINEAR = (("inspec",), ("semeval2010",))
DEPTHS = (5, 10, 15)
TREES = 200


#: The scorer's functions by name: stem_phrase, score.
Scorer = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """A training text. labels: 1 where a candidate is a key phrase. row: as the scorer wants it."""

    source: str
    fold: int
    text: Text
    candidates: dict[tuple[str, ...], Candidate]
    labels: NDArray[np.float32]
    row: dict[str, Any]


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a gzipped JSON lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def tag_rows(rows: Sequence[dict[str, Any]], cache: Path | None) -> list[list[Word]]:
    """The words of each row's text, from the cache file where there is one."""
    if cache and cache.exists():
        kept: list[list[Word]] = pickle.loads(cache.read_bytes())  # noqa: S301 (own file)
        return kept
    tagged = [find_words(row["text"]) for row in rows]
    if cache:
        cache.write_bytes(pickle.dumps(tagged))
    return tagged


def make_samples(
    source: str, rows: Sequence[dict[str, Any]], tagged: Sequence[list[Word]], scorer: Scorer
) -> list[Sample]:
    """Training texts, their candidates labelled; a key phrase is met by our stems or by the scorer's."""
    samples = []
    for number, (row, words) in enumerate(zip(rows, tagged, strict=True)):
        # The "titles" of SemEval-2017 are the first letters of its paragraphs.
        text = make_text(words, "" if source == "semeval2017" else row.get("title", ""))
        candidates = keep_likely(collect_candidates(words), text)
        gold = {make_key(variant) for variants in row["keys"] for variant in variants}
        stems = {variant for variants in row.get("keys_stem", ()) for variant in variants}
        labels = [
            key in gold or any(scorer["stem_phrase"](spelling) in stems for spelling in candidate.spellings)
            for key, candidate in candidates.items()
        ]
        samples.append(Sample(source, number % FOLDS, text, candidates, np.array(labels, dtype=np.float32), row))
    return samples


def count_texts(samples: Sequence[Sample]) -> tuple[NDArray[np.uint16], tuple[int, int]]:
    """In how many abstracts and papers each stem and each candidate phrase stands, shape (2, SLOTS); their numbers."""
    counts, totals = np.zeros((2, SLOTS), dtype=np.uint16), [0, 0]
    for sample in samples:
        kind = int(len(sample.text.words) > ABSTRACT_WORDS)
        totals[kind] += 1
        phrases = (" ".join(key) for key in sample.candidates)
        counts[kind, list({find_slot(clue) for clue in (*sample.text.stems, *phrases)})] += 1
    return counts, (totals[0], totals[1])


def fit_linear(samples: Sequence[Sample]) -> NDArray[np.float32]:
    """Weights of all clue slots by logistic regression, shape (SLOTS,)."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    clues = [list_clues(c, s.text.words) for s in samples for c in s.candidates.values()]
    ends = np.cumsum([0, *map(len, clues)])
    slots = np.fromiter((slot for row in clues for slot in row), dtype=np.int32)
    table = csr_matrix((np.ones(len(slots), dtype=np.float32), slots, ends), shape=(len(clues), SLOTS))
    fitted = LogisticRegression(C=0.3, solver="liblinear").fit(table, np.concatenate([s.labels for s in samples]))
    weights: NDArray[np.float32] = fitted.coef_[0].astype(np.float16).astype(np.float32)
    return weights


def fit_lexicons(samples: Sequence[Sample]) -> dict[int, Lexicon]:
    """A lexicon for each fold, its linear models not having seen that fold; under -1 the one that has seen all."""
    counts, totals = count_texts(samples)
    shared = (counts[0].tolist(), counts[1].tolist())
    lexicons = {}
    for fold in (-1, *range(FOLDS)):
        seen = [s for s in samples if s.fold != fold]
        rows = [fit_linear([s for s in seen if s.source in sources]) for sources in LINEAR]
        lexicons[fold] = Lexicon(shared, totals, np.stack(rows))
    return lexicons


def fit_trees(tables: Sequence[NDArray[np.float32]], samples: Sequence[Sample]) -> Trees:
    """Boosted trees over the tables of features of these samples."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    weights = [np.full(len(s.labels), SOURCES[s.source][1], dtype=np.float32) for s in samples]
    fitted = HistGradientBoostingClassifier(
        learning_rate=0.05, max_iter=TREES, max_leaf_nodes=15, min_samples_leaf=40, l2_regularization=5.0,
        early_stopping=False, random_state=0,
    ).fit(np.concatenate(tables), np.concatenate([s.labels for s in samples]), np.concatenate(weights))  # fmt: skip
    return export_trees(fitted)


def export_trees(fitted: "HistGradientBoostingClassifier") -> Trees:
    """The node tables of scikit-learn's trees, filled up to the same length."""
    nodes = [one[0].nodes for one in fitted._predictors]
    size = max(map(len, nodes))

    def stack(name: str, fill: float, kind: type) -> Any:
        rows = [np.pad(table[name].astype(np.float64), (0, size - len(table)), constant_values=fill) for table in nodes]
        return np.stack(rows).astype(kind)

    features = stack("feature_idx", -1, np.int16)
    features[stack("is_leaf", 1, np.bool_)] = -1
    return Trees(
        features,
        stack("num_threshold", 0, np.float32),
        stack("left", 0, np.int16),
        stack("right", 0, np.int16),
        stack("value", 0, np.float32),
        float(fitted._baseline_prediction.ravel()[0]),
    )


def make_tables(samples: Sequence[Sample], lexicons: dict[int, Lexicon], *, own: int = 1) -> list[NDArray[np.float32]]:
    """Features of each sample's candidates, by the lexicon that has not learnt from it.

    own: 1 when the samples are among the texts the lexicons counted.
    """
    return [compute_features(s.candidates, s.text, lexicons[s.fold if own else -1], own=own) for s in samples]


def choose_phrases(
    samples: Sequence[Sample], tables: Sequence[NDArray[np.float32]], trees: Trees
) -> dict[str, list[str]]:
    """Twenty phrases for each sample, by its identifier."""
    chosen = {}
    for sample, table in zip(samples, tables, strict=True):
        ranked = choose(list(sample.candidates), trees.score(table).tolist(), limit=20)
        chosen[str(sample.row["id"])] = [spell(sample.candidates[key]) for key, _ in ranked]
    return chosen


def cross_validate(
    samples: Sequence[Sample], tables: Sequence[NDArray[np.float32]], source: str
) -> dict[str, list[str]]:
    """Phrases for each sample of a source, by trees that have not seen its fold."""
    chosen: dict[str, list[str]] = {}
    for fold in range(FOLDS):
        mine = [i for i, s in enumerate(samples) if s.fold == fold and s.source == source]
        rest = sorted(set(range(len(samples))) - set(mine))
        trees = fit_trees([tables[i] for i in rest], [samples[i] for i in rest])
        chosen |= choose_phrases([samples[i] for i in mine], [tables[i] for i in mine], trees)
    return chosen


def save_model(path: Path, trees: Trees, lexicon: Lexicon) -> None:
    """One compressed file with the trees and the lexicon, as `model.load_model` reads them."""
    parts = [getattr(lexicon, name) for name in lexicon.__dataclass_fields__]
    np.savez_compressed(
        path,
        features=trees.features,
        thresholds=trees.thresholds,
        left=trees.left,
        right=trees.right,
        values=trees.values,
        base=np.float64(trees.base),
        counts=np.array(parts[0], dtype=np.uint16),
        totals=np.array(parts[1]),
        weights=np.asarray(parts[2]).astype(np.float16),
    )


def load_samples(benchmarks: Path, cache: Path | None, scorer: Scorer) -> tuple[list[Sample], list[Sample]]:
    """Training samples of all sources, and those of Inspec's development part."""

    def load(source: str, file: str) -> list[Sample]:
        rows = read_rows(benchmarks / file)
        kept = cache / f"{file.replace('/', '-')}.pickle" if cache else None
        return make_samples(source, rows, tag_rows(rows, kept), scorer)

    return [s for source, (file, _) in SOURCES.items() for s in load(source, file)], load("inspec", DEV)


def main() -> None:
    """Trains on everything, measures on Inspec dev and by folds over the papers, writes model.npz and metrics.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("benchmarks", type=Path)
    parser.add_argument("--scorer", type=Path, required=True, help="keyphrase_f1.py: its stemmer and its score")
    parser.add_argument("--cache", type=Path, help="Folder where the tagged words are kept.")
    parser.add_argument("-o", "--output", type=Path, default=Path(__file__).parent)
    options = parser.parse_args()
    scorer: Scorer = runpy.run_path(str(options.scorer))
    samples, dev = load_samples(options.benchmarks, options.cache, scorer)
    lexicons = fit_lexicons(samples)
    tables = make_tables(samples, lexicons)
    trees = fit_trees(tables, samples)
    save_model(options.output / MODEL_FILE, trees, lexicons[-1])
    papers = [s.row for s in samples if s.source == "semeval2010"]
    results = {
        "inspec dev": scorer["score"](
            [s.row for s in dev], choose_phrases(dev, make_tables(dev, lexicons, own=0), trees)
        ),
        "semeval2010 train, five folds": scorer["score"](papers, cross_validate(samples, tables, "semeval2010")),
    }
    kept = {name: {f"F1@{k}": round(score[f"stem_F1@{k}"], 1) for k in DEPTHS} for name, score in results.items()}
    (options.output / "metrics.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
