"""Tuning an encoder to tell which candidate is the best label."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from kg.annotate.statements.encoder import read_tuned
from kg.annotate.statements.train.pack import write_deltas
from kg.annotate.statements.wordpiece import load_wordpiece
from kg.extract.labels.frame import Frame
from kg.extract.labels.judgements import Judgement
from kg.extract.labels.train import Example
from kg.extract.labels.tuned import compute_hidden_pieces, compute_worths, find_places

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

#: The best label is all of it without its article.
WORDS = ["the", "trust", "data", "is", "unable", "."]
RIGHT = ((3, 8), (8, 12), (12, 14), (14, 20))
JUDGEMENT = Judgement("x", "dilemma", RIGHT, right=(RIGHT,), wrong=(RIGHT[1:],))


@pytest.fixture
def example() -> Example:
    pos, deps = ["DET", "NOUN", "NOUN", "AUX", "ADJ", "PUNCT"], ["det", "amod", "nsubj", "cop", "root", "punct"]
    spaces = [True, True, True, True, False, False]
    doc = Doc(
        spacy.blank("en").vocab, words=WORDS, spaces=spaces, pos=pos, heads=[2, 2, 4, 4, 4, 4], deps=deps, lemmas=WORDS
    )
    return Example("a", doc.text, Frame(list(doc), "dilemma"), tuple(doc), judgement=JUDGEMENT)


def test_a_judged_sentence_teaches_which_candidate_is_right(example: Example, make_encoder: Callable[[], Path]) -> None:
    from kg.extract.labels.train_tuned import make_row

    row = make_row(example, load_wordpiece(make_encoder()))
    assert (row.column, row.judged) == (0, True)
    assert row.held.tolist() == [0, 1, 1, 1, 1, 0]
    assert row.counts.tolist() == [1, 1, 1, 1, 1, 0]
    # [CLS] the trust data is un ##able . [SEP]
    assert row.tokens[4].tolist() == [0, 0, 0, 0, 0, 0.5, 0.5, 0, 0]
    best = int(row.target.argmax())
    assert row.choices[best].tolist() == [0, 1, 1, 1, 1, 0]
    assert row.target.sum().item() == pytest.approx(1.0)


def test_a_phrase_teaches_only_which_words_stand_in_it(example: Example, make_encoder: Callable[[], Path]) -> None:
    from kg.extract.labels.train_tuned import make_row

    row = make_row(replace(example, judgement=None, phrase="unable data"), load_wordpiece(make_encoder()))
    assert (row.judged, len(row.target), row.held.tolist()) == (False, 0, [0, 0, 1, 0, 1, 0])


@pytest.mark.filterwarnings("ignore")
def test_tuned_deltas_make_numpy_choose_as_torch_does(
    example: Example, make_encoder: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.annotate.statements.train.tuning import compute_frozen
    from kg.extract.labels import train_tuned

    monkeypatch.setattr(train_tuned, "_ENCODER_RATE", 2e-3)
    folder = make_encoder()
    encoder = transformers.AutoModel.from_pretrained(folder, attn_implementation="eager", add_pooling_layer=False)
    before = {name: p.detach().numpy().copy() for name, p in encoder.eval().named_parameters()}
    row = train_tuned.make_row(example, load_wordpiece(folder))
    model = train_tuned.tune(encoder, [row] * 8, epochs=30)
    sha256 = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    write_deltas(folder / "deltas.npz", train_tuned.find_deltas(model, before), sha256, rank=16, layers=2)
    tuned = read_tuned(folder, folder / "deltas.npz")
    (hidden,) = compute_hidden_pieces(tuned, [example.text])
    places = find_places(tuned.tokenizer, example.text, [(t.idx, t.text) for t in example.tokens])
    rows = np.stack([hidden[first:last].mean(axis=0) for first, last in places])
    choices = [tuple(np.flatnonzero(choice).tolist()) for choice in row.choices.numpy()]
    worths = compute_worths(tuned.heads, rows, choices, row.column)
    assert len(choices) > 1
    assert choices[int(worths.argmax())] == (1, 2, 3, 4)
    with torch.no_grad():
        states = model.see([compute_frozen(encoder, list(row.pieces))])[0]
        expected, _ = model.compute_worths(row.tokens @ states, row)
    np.testing.assert_allclose(worths - worths.mean(), (expected - expected.mean()).numpy(), atol=0.5)
