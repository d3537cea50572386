import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from kg.annotate.statements import has_judge
from kg.annotate.statements.bert import load_bert
from kg.annotate.statements.encoder import (
    DELTAS_NAME,
    apply_deltas,
    compute_judge_scores,
    find_encoder,
    load_judge,
    read_judge,
)
from kg.model import KgError

MakeEncoder = Callable[[], Path]
SENTENCES = ["open data", "the data is open.", "unable is the data.", "trust", "open the data."] * 30
QUERY = "encoder.layer.0.attention.self.query.weight"
NORM = "encoder.layer.1.output.LayerNorm.bias"


def write_deltas(folder: Path, **changes: np.ndarray) -> None:
    sha256 = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    rng = np.random.default_rng(1)
    arrays = {
        "settings": np.array(json.dumps({"sha256": sha256})),
        "head.weight": rng.normal(size=(2, 32)).astype(np.float16),
        "head.bias": np.array([0.5, -0.5], np.float16),
        f"{QUERY}.A": rng.normal(size=(3, 16)).astype(np.float16),
        f"{QUERY}.B": rng.normal(size=(16, 3)).astype(np.float16),
        f"{NORM}.delta": np.ones(16, np.float16),
    }
    np.savez(folder / DELTAS_NAME, allow_pickle=False, **(arrays | changes))


def test_every_sentence_is_scored_or_only_those_wanted(make_encoder: MakeEncoder) -> None:
    folder = make_encoder()
    write_deltas(folder)
    judge = read_judge(folder)
    scores = compute_judge_scores(judge, SENTENCES)
    assert scores.shape == (150, 2)
    assert np.isfinite(scores).all()
    some = compute_judge_scores(judge, SENTENCES, wanted=frozenset({3, 140}))
    assert np.flatnonzero(np.isfinite(some[:, 0])).tolist() == [3, 140]
    again = compute_judge_scores(judge, SENTENCES, wanted=frozenset(range(150)))
    np.testing.assert_array_equal(again, scores)


def test_deltas_are_added_to_the_weights(make_encoder: MakeEncoder) -> None:
    bert = load_bert(make_encoder())
    query, norm = bert.weights[QUERY], bert.weights[NORM]
    down, up = np.ones((2, 16), np.float32), np.full((16, 2), 0.5, np.float32)
    apply_deltas(bert, {f"{QUERY}.A": down, f"{QUERY}.B": up, f"{NORM}.delta": np.ones(16, np.float32)})
    np.testing.assert_allclose(bert.weights[QUERY], query + 1.0, atol=1e-6)
    np.testing.assert_allclose(bert.weights[NORM], norm + 1.0, atol=1e-6)


def test_other_weights_than_the_tuned_ones_are_refused(make_encoder: MakeEncoder) -> None:
    folder = make_encoder()
    write_deltas(folder, settings=np.array('{"sha256": "0123456789abcdef"}'))
    with pytest.raises(KgError, match=r"SHA-256 0123456789ab"):
        read_judge(folder)


def test_broken_encoder_gives_a_message_and_no_judge(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert load_judge(tmp_path / "nowhere") is None
    assert not has_judge(str(tmp_path / "nowhere"))
    assert not has_judge("none")
    assert [record.getMessage() for record in caplog.records] == [
        f"{tmp_path / 'nowhere'}: no config.json; an encoder folder has config.json, tokenizer.json, "
        "model.safetensors. Statements are judged at the default level."
    ]


def test_encoder_is_the_one_named_or_none() -> None:
    assert find_encoder("/models/mini") == Path("/models/mini")
    assert find_encoder("none") is None
