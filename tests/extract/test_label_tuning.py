"""Tuning an encoder to tell the words of readers' phrases."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.annotate.statements.encoder import make_judge
from kg.annotate.statements.train.pack import write_deltas
from kg.annotate.statements.wordpiece import load_wordpiece
from kg.extract.labels.train import Labelled
from kg.extract.labels.tuned import compute_letter_odds

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
LABELLED = [
    Labelled("a", "the data is unable.", {"dilemma": "unable data"}),
    Labelled("b", "open the trust.", {"remedy": "open trust"}),
]


def test_pieces_of_a_word_count_one_together_and_marks_nothing(make_encoder: Callable[[], Path]) -> None:
    from kg.extract.labels.train_tuned import make_row

    row = make_row(LABELLED[0], load_wordpiece(make_encoder()))
    # [CLS] the data is un ##able . [SEP]
    assert row.held[:, 0].tolist() == [0, 0, 1, 0, 1, 1, 0, 0]
    assert row.counts[:, 0].tolist() == [0, 1, 1, 1, 0.5, 0.5, 0, 0]
    assert not row.counts[:, 1].any()


@pytest.mark.filterwarnings("ignore")
def test_tuned_deltas_make_numpy_tell_the_words_of_the_phrases(
    make_encoder: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.annotate.statements.train.tuning import find_deltas
    from kg.extract.labels import train_tuned

    monkeypatch.setattr(train_tuned, "_ENCODER_RATE", 5e-3)
    folder = make_encoder()
    encoder = transformers.AutoModel.from_pretrained(folder, attn_implementation="eager", add_pooling_layer=False)
    before = {name: p.detach().numpy().copy() for name, p in encoder.eval().named_parameters()}
    rows = [train_tuned.make_row(labelled, load_wordpiece(folder)) for labelled in LABELLED]
    tuned = train_tuned.tune(encoder, rows * 4, epochs=40)
    sha256 = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    deltas = folder / "deltas.npz"
    write_deltas(deltas, find_deltas(tuned, before), sha256, rank=16, layers=train_tuned.LAYERS)
    problem, measure = compute_letter_odds(make_judge(folder, deltas), [labelled.text for labelled in LABELLED])
    assert (problem[:-1, 0] > 0).tolist() == [False] * 3 + [True] * 4 + [False] * 2 + [True] * 6
    assert (measure[:-1, 1] > 0).tolist() == [True] * 4 + [False] * 3 + [True] * 5
    assert max(train_tuned.measure(folder, deltas, LABELLED).values()) < 0.3
