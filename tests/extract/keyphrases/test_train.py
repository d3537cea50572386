"""What training makes of texts and key phrases, without training."""

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kg.extract.keyphrases import train
from kg.extract.keyphrases.candidates import Word
from kg.extract.keyphrases.lexicon import SLOTS, Lexicon, find_slot
from kg.extract.keyphrases.model import Trees, load_model

ROW = {"id": 1, "title": "Open data", "text": "Open data portals.", "keys": [["data portal", "portals of data"]]}
WORDS = [
    Word("Open", "ADJ", 0, 4, 0),
    Word("data", "NOUN", 5, 9, 0),
    Word("portals", "NOUN", 10, 17, 0),
    Word(".", "PUNCT", 17, 18, 0),
]
SCORER: dict[str, Any] = {"stem_phrase": lambda phrase: phrase.casefold().replace("portals", "port")}


def make_sample(**row: Any) -> train.Sample:
    (sample,) = train.make_samples("inspec", [{**ROW, **row}], [WORDS], SCORER)
    return sample


def find_labelled(sample: train.Sample) -> list[tuple[str, ...]]:
    return [key for key, label in zip(sample.candidates, sample.labels, strict=True) if label]


def test_rows_are_read_from_gzipped_lines(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "a.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(ROW) + "\n")
    assert train.read_rows(tmp_path / "a.jsonl.gz") == [ROW]


def test_tagged_words_are_kept_beside_each_other(tmp_path: Path) -> None:
    cache = tmp_path / "words.pickle"
    tagged = train.tag_rows([ROW], cache)
    assert [word.text for word in tagged[0]] == ["Open", "data", "portals", "."]
    assert train.tag_rows([], cache) == tagged


def test_a_candidate_is_a_key_by_our_stems_or_by_the_scorers() -> None:
    assert find_labelled(make_sample()) == [("data", "portal")]
    assert find_labelled(make_sample(keys=[], keys_stem=[["open data port"]])) == [("open", "data", "portal")]


def test_texts_are_counted_once_a_stem_and_kind() -> None:
    counts, totals = train.count_texts([make_sample(), make_sample()])
    assert totals == (2, 0)
    assert counts[0, find_slot("data")] == counts[0, find_slot("data portal")] == 2
    assert counts[1].sum() == 0


def test_a_saved_model_is_the_one_that_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nodes = np.zeros((1, 1))
    trees = Trees(
        nodes.astype(np.int16) - 1,
        nodes.astype(np.float32),
        nodes.astype(np.int16),
        nodes.astype(np.int16),
        nodes.astype(np.float32) + 2,
        0.5,
    )
    counts = [1] * SLOTS
    train.save_model(tmp_path / "model.npz", trees, Lexicon((counts, counts), (3, 4), np.ones((2, SLOTS), np.float32)))
    monkeypatch.setattr("kg.extract.keyphrases.model.files", lambda package: tmp_path)
    load_model.cache_clear()
    try:
        model = load_model()
    finally:
        load_model.cache_clear()
    assert model.trees.score(np.zeros((1, 3), dtype=np.float32)).tolist() == [2.5]
    assert (model.lexicon.totals, model.lexicon.counts[0][:2], model.lexicon.weights.shape) == (
        (3, 4),
        [1, 1],
        (2, SLOTS),
    )


def test_the_shipped_model_reached_what_its_metrics_say() -> None:
    metrics = json.loads((Path(train.__file__).parent / "metrics.json").read_text(encoding="utf-8"))
    assert metrics["inspec dev"]["F1@10"] >= 40
    assert metrics["semeval2010 train, five folds"]["F1@10"] >= 20.7


def test_exported_trees_say_what_scikit_learn_says() -> None:
    ensemble = pytest.importorskip("sklearn.ensemble")
    chance = np.random.default_rng(0)
    table = chance.random((300, 4)).astype(np.float32)
    labels = (table[:, 0] > table[:, 1]).astype(int)
    fitted = ensemble.HistGradientBoostingClassifier(max_iter=5, early_stopping=False).fit(table, labels)
    assert train.export_trees(fitted).score(table) == pytest.approx(fitted.decision_function(table), abs=1e-4)
