"""A sentence is read again with its label marked, where there is no encoder."""

from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from kg.annotate import annotate, load_language
from kg.extract.labels.candidates import make_frame
from kg.extract.labels.frame import Frame
from kg.extract.labels.reading import NETWORK, RELATIONS, compute_odds, load_weights, read_choice, relate_tokens
from kg.model import Block, BlockKind, Document

WORDS = ["most", "ferries", "lack", "trained", "staff", "in", "winter"]
HEADS = [1, 2, 2, 4, 2, 6, 2]


def make_frames() -> list[Frame]:
    pos = ["ADJ", "NOUN", "VERB", "ADJ", "NOUN", "ADP", "NOUN"]
    deps = ["amod", "nsubj", "root", "amod", "obj", "case", "obl"]
    doc = Doc(spacy.blank("en").vocab, words=WORDS, pos=pos, heads=HEADS, deps=deps, lemmas=WORDS)
    return [Frame(list(doc), "dilemma"), Frame(list(doc[1:5]), "remedy")]


def test_a_token_is_in_a_label_or_left_out_of_it_and_may_hang_loose() -> None:
    # "ferries lack staff winter": "in" and "trained" are left out, so is "most"; nothing hangs loose.
    told = relate_tokens(HEADS, (1, 2, 4, 6))
    assert told.shape == (7, RELATIONS)
    inside, outside, first, last, loose, left_out, before_gap = (np.flatnonzero(column).tolist() for column in told.T)
    assert (inside, outside) == ([1, 2, 4, 6], [0, 3, 5])
    assert (first, last, before_gap) == ([1], [6], [2, 4])
    assert (loose, left_out) == ([], [0, 3, 5])
    # "trained staff" hangs on "lack", which is not in it.
    assert np.flatnonzero(relate_tokens(HEADS, (3, 4))[:, 4]).tolist() == [4]


def test_a_label_that_says_what_is_to_be_done_is_rather_right() -> None:
    text = "The city council should publish its timetables as open data within two years."
    document = Document("x", "x", text, (Block(BlockKind.PARAGRAPH, 0, len(text)),), language="en")
    annotated = annotate(document, (), nlp=load_language(""))
    frame = make_frame(annotated.find_span(0, len(text)), "remedy")
    labels = ["publish its timetables as open data", "within two years", "city council"]
    chosen = [[frame.words.index(word) for word in label.split()] for label in labels]
    odds = [read_choice(frame, one) for one in chosen]
    assert odds[0] > max(odds[1:]) + 1
    assert read_choice(frame, chosen[0]) == odds[0]
    assert NETWORK.stat().st_size < 1_500_000


def test_the_network_says_in_numpy_what_it_says_in_torch(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from kg.extract.labels import train_reading
    from kg.extract.labels.train_reading import Sentences, Taught

    dilemma, remedy = make_frames()
    taught = [Taught(dilemma, (1, 2, 4), 1.0), Taught(dilemma, (0, 1), 0.0), Taught(remedy, (2, 3), 1.0)]
    network = train_reading.fit(taught * 8, taught[:1], epochs=6, batch=4)
    train_reading.write_network(tmp_path / "reading.npz", network)
    weights = load_weights(tmp_path / "reading.npz")
    found = [compute_odds(weights, one.frame, one.chosen) for one in taught]
    with torch.no_grad():
        expected = network(Sentences(taught)).tolist()
    np.testing.assert_allclose(found, expected, atol=0.05)
    assert found[0] > found[1]


def test_what_counts_nothing_teaches_nothing() -> None:
    pytest.importorskip("torch")
    from kg.extract.labels import train_reading
    from kg.extract.labels.train_reading import Sentences, Taught

    dilemma, _ = make_frames()
    said = []
    for wanted in (0.0, 1.0):
        taught = [Taught(dilemma, (1, 2, 4), 1.0), Taught(dilemma, (0, 1), wanted, counts=0.0)]
        said.append(train_reading.fit(taught * 4, epochs=2)(Sentences(taught[:1])).item())
    assert said[0] == pytest.approx(said[1])
