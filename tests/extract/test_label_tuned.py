"""What a tuned encoder says of a sentence's words, and what becomes of it."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import spacy

from kg.annotate import Annotated, SentenceSpan
from kg.annotate.statements.encoder import Judge, find_encoder, make_judge
from kg.annotate.statements.train import pack
from kg.annotate.statements.wordpiece import WordPiece
from kg.extract.labels import tuned
from kg.extract.labels.frame import Frame
from kg.extract.labels.shares import compute_shares
from kg.extract.labels.tuned import DELTAS, MAX_PIECES, compute_letter_odds, find_token_odds, load_tuned
from kg.model import Block, BlockKind, Document

TEXT = "The data  is unable. Open the data."
SPANS = ((0, 20), (21, 35))


@pytest.fixture
def judge(make_encoder: Callable[[], Path], tmp_path: Path) -> Judge:
    """A tiny encoder with a head over single pieces."""
    folder = make_encoder()
    sha256 = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    weight = np.random.default_rng(2).normal(size=(2, 16)).astype(np.float16)
    arrays = {"settings": np.array(json.dumps({"sha256": sha256})), "head.weight": weight}
    np.savez(tmp_path / "deltas.npz", allow_pickle=False, **arrays, **{"head.bias": np.zeros(2, np.float16)})
    return make_judge(folder, tmp_path / "deltas.npz")


@pytest.fixture
def annotated() -> Annotated:
    doc = spacy.blank("en")(TEXT)
    blocks = (Block(BlockKind.PARAGRAPH, 0, len(TEXT)),)
    return Annotated(
        Document("d", "d", TEXT, blocks, language="en"), doc, tuple(SentenceSpan(*s, 0) for s in SPANS), (), ()
    )


def test_all_characters_of_a_word_have_its_pieces_mean(judge: Judge) -> None:
    odds = compute_letter_odds(judge, ["The  unable data", ""])
    assert [o.shape for o in odds] == [(3 + 6 + 4, 2), (0, 2)]
    assert [len(np.unique(part, axis=0)) for part in np.split(odds[0], [3, 9])] == [1, 1, 1]
    assert len(np.unique(odds[0], axis=0)) == 3


def test_sentences_do_not_sway_each_other(judge: Judge) -> None:
    together = compute_letter_odds(judge, ["open the data.", "trust", "the data is unable."])
    alone = [compute_letter_odds(judge, [s])[0] for s in ("open the data.", "trust", "the data is unable.")]
    for one, other in zip(together, alone, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)


def test_of_a_long_sentence_only_the_beginning_is_judged(judge: Judge) -> None:
    assert len(compute_letter_odds(judge, ["data " * 300])[0]) == 4 * MAX_PIECES


def test_a_sentence_with_characters_the_tokenizer_drops_is_left_to_the_plain_model(judge: Judge) -> None:
    assert len(compute_letter_odds(judge, ["data\x00open"])[0]) == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("unable e-data", [(2, 6), (1, 1), (1, 1), (1, 4)]),
        ("Öpen  data.", [(1, 4), (1, 4), (1, 1)]),
        ("", []),
    ],
)
def test_words_are_counted_in_pieces_and_characters(text: str, words: list[tuple[int, int]]) -> None:
    pieces = ["[UNK]", "data", "un", "##able", ".", "-", "e"]
    tokenizer = WordPiece({piece: i for i, piece in enumerate(pieces)})
    assert list(tokenizer.find_words(text)) == words
    assert sum(size for size, _ in words) == len(tokenizer.find_pieces(text))


def test_tokens_get_the_odds_of_their_own_characters(
    judge: Judge, annotated: Annotated, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tuned, "load_tuned", lambda folder: judge)
    monkeypatch.setattr(tuned, "find_encoder", lambda encoder: Path("any"))
    found = find_token_odds(annotated, [SPANS[1]])
    words = {annotated.doc[i].text: pair for i, pair in found.items()}
    (rows,) = compute_letter_odds(judge, ["Open the data."])
    assert words == {
        word: pytest.approx(tuple(np.round(rows[at], 2)), abs=1e-6)
        for word, at in (("Open", 0), ("the", 4), ("data", 7), (".", 11))
    }


def test_without_an_encoder_or_with_another_one_nothing_is_known(
    make_encoder: Callable[[], Path], annotated: Annotated, tmp_path: Path
) -> None:
    assert load_tuned(make_encoder()) is None
    assert load_tuned(tmp_path / "nowhere") is None
    assert find_token_odds(replace(annotated, encoder="none"), SPANS) == {}
    assert find_token_odds(annotated, []) == {}


def test_what_the_encoder_says_counts_beside_the_plain_weights(annotated: Annotated) -> None:
    frame = Frame(list(annotated.doc[1:3]), "dilemma")
    shares = compute_shares(frame, {"bias": 1.0}, {1: 3.0})
    assert shares[0] == pytest.approx(1 / (1 + np.exp(-2.4)))
    assert compute_shares(frame, {"bias": 1.0}, {7: 3.0}) == compute_shares(frame, {"bias": 1.0})


@pytest.mark.skipif(find_encoder("") is None, reason="the sentence encoder is not installed")
def test_the_shipped_tuning_finds_the_problem_in_a_sentence() -> None:
    judge = load_tuned(find_encoder("") or Path())
    assert judge is not None
    assert DELTAS.is_file()
    sentence = "According to the survey of 2019 many small towns do not have enough trained staff."
    (odds,) = compute_letter_odds(judge, [sentence])
    letters = sentence.replace(" ", "")
    staff, survey = letters.index("staff"), letters.index("survey")
    assert odds[staff, 0] > 0 > odds[survey, 0]


def test_only_the_lower_layers_are_run_where_the_tuning_says_so(make_encoder: Callable[[], Path]) -> None:
    folder = make_encoder()
    sha256 = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    head = {"head.weight": np.zeros((2, 16), np.float32), "head.bias": np.zeros(2, np.float32)}
    pack.write_deltas(folder / "all.npz", head, sha256)
    pack.write_deltas(folder / "one.npz", head, sha256, layers=1)
    assert [make_judge(folder, folder / name).bert.config.layers for name in ("all.npz", "one.npz")] == [2, 1]
