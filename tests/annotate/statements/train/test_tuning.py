import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from kg.annotate.statements.bert import load_bert
from kg.annotate.statements.encoder import compute_judge_scores, make_judge
from kg.annotate.statements.train.gold import LabelledText
from kg.annotate.statements.train.pack import write_deltas
from kg.annotate.statements.wordpiece import WordPiece

pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
SENTENCES = ("trust", "the data is unable.", "open the data.", "the trust is unable.", "open trust.")
TARGETS = np.array([[0, 0], [1, 0], [0, 1], [1, 0], [0, 1]], np.float32)


def test_rows_cover_a_text_once_with_the_heading_above() -> None:
    from kg.annotate.statements.train.tuning import cut_tuning_rows

    tokenizer = WordPiece({"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "a": 3, ".": 4})
    text = LabelledText("t", ("a", *["a " * 60 + "."] * 9), np.zeros((10, 2), np.float32))
    rows = list(cut_tuning_rows(tokenizer, text, random.Random(0)))
    assert sum(len(sentences) for _, sentences in rows) == 10
    assert [row[:3] for row, _ in rows[1:]] == [[1, 3, 2]] * (len(rows) - 1)
    assert all(row[end] == 2 for row, sentences in rows for _, end, _, _ in sentences)


@pytest.mark.filterwarnings("ignore")
def test_tuned_deltas_make_the_numpy_judge_agree_with_the_labels(
    make_encoder: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.annotate.statements.train import tuning

    monkeypatch.setattr(tuning, "_ENCODER_RATE", 5e-3)
    folder = make_encoder()
    encoder = transformers.AutoModel.from_pretrained(folder, attn_implementation="eager", add_pooling_layer=False)
    before = {name: p.detach().numpy().copy() for name, p in encoder.eval().named_parameters()}
    windows = tuning.compute_windows(encoder, folder, [LabelledText("t", SENTENCES, TARGETS)], seed=0)
    changed = tuning.find_deltas(tuning.tune(encoder, [windows], epochs=60), before)
    import hashlib

    sha256 = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    write_deltas(folder / "deltas.npz", changed, sha256, rank=16)
    scores = compute_judge_scores(make_judge(folder, folder / "deltas.npz"), SENTENCES)
    assert (scores > 0).tolist() == (TARGETS > 0).tolist()
    assert load_bert(folder).config.layers == 2
