from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from kg.annotate.statements.train.gold import LabelledText

pytest.importorskip("torch")
pytest.importorskip("transformers")
SENTENCES = ("trust", "the data is unable.", "open the data.", "the trust is unable.", "open trust.")
TARGETS = np.array([[0, 0], [1, 0], [0, 1], [1, 0], [0, 1]], np.float32)


@pytest.mark.filterwarnings("ignore")
def test_a_teacher_learns_its_labels_and_gives_them_to_texts(
    make_encoder: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.annotate.statements.train import teacher

    monkeypatch.setattr(teacher, "_ENCODER_RATE", 5e-3)
    monkeypatch.setattr(teacher, "_FROZEN_LAYERS", 0)
    monkeypatch.setattr(teacher, "_PIECE_DROPOUT", 0.0)  # the small tokenizer has no mask
    trained = teacher.train_teacher(make_encoder(), [LabelledText("t", SENTENCES, TARGETS)], epochs=60)
    labels = teacher.compute_labels(trained, [SENTENCES, SENTENCES[:0], SENTENCES[:2]])
    assert [array.shape for array in labels] == [(5, 2), (0, 2), (2, 2)]
    assert (labels[0] > 0).tolist() == (TARGETS > 0).tolist()


def test_rows_of_a_teacher_cover_a_text_once(make_encoder: Callable[[], Path]) -> None:
    from kg.annotate.statements.train.teacher import Teacher

    rows = list(Teacher(make_encoder()).cut_rows(3, ["trust", *["the data is unable. " * 12] * 9], 60))
    assert sorted(s[2] for row in rows for s in row.sentences) == list(range(10))
    assert {row.text for row in rows} == {3}
    assert len(rows) > 1
