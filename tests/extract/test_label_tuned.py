"""How a tuned encoder sees a sentence's words, and what it says of the candidates."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import spacy

from kg.annotate import Annotated, SentenceSpan, annotate, load_language
from kg.annotate.statements.encoder import TunedEncoder, find_encoder, read_tuned
from kg.annotate.statements.train import pack
from kg.annotate.statements.wordpiece import WordPiece
from kg.extract.labels import make_label, tuned
from kg.extract.labels.candidates import make_frame
from kg.extract.labels.chains import FARTHEST
from kg.extract.labels.heads import compute_worths, score_candidates
from kg.extract.labels.tuned import (
    DELTAS,
    MAX_PIECES,
    TokenVectors,
    compute_hidden_pieces,
    find_places,
    find_token_vectors,
    load_tuned,
    see_tuned,
)
from kg.model import Block, BlockKind, Document

TEXT = "The data  is unable. Open the data."
SPANS = ((0, 20), (21, 35))


@pytest.fixture
def encoder(make_encoder: Callable[[], Path], tmp_path: Path) -> TunedEncoder:
    """A tiny encoder with heads over words and candidates."""
    folder = make_encoder()
    sha256 = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    chance = np.random.default_rng(2)
    shapes = {"word.weight": (10, 16), "word.bias": (10,), "inner.weight": (4, 64), "inner.bias": (4,)}
    shapes |= {"outer.weight": (2, 4), "outer.bias": (2,), "distances": (FARTHEST + 1,), "share": (1,)}
    shapes |= {"leading.weight": (4, 16), "leading.bias": (4,), "following.weight": (4, 16), "following.bias": (4,)}
    shapes |= {"ends.weight": (4, 16), "ends.bias": (4,)}
    heads = {f"head.{name}": chance.normal(size=shape).astype(np.float16) for name, shape in shapes.items()}
    np.savez(tmp_path / "deltas.npz", allow_pickle=False, settings=np.array(json.dumps({"sha256": sha256})), **heads)
    return read_tuned(folder, tmp_path / "deltas.npz")


@pytest.fixture
def annotated() -> Annotated:
    doc = spacy.blank("en")(TEXT)
    blocks = (Block(BlockKind.PARAGRAPH, 0, len(TEXT)),)
    return Annotated(
        Document("d", "d", TEXT, blocks, language="en"), doc, tuple(SentenceSpan(*s, 0) for s in SPANS), (), ()
    )


def make_heads(**told: object) -> dict[str, np.ndarray]:
    """Heads over vectors of width 2 that say nothing but what is told."""
    heads = {"word.weight": np.zeros((10, 2)), "word.bias": np.zeros(10), "inner.weight": np.zeros((1, 8))}
    heads |= {"inner.bias": np.zeros(1), "outer.weight": np.zeros((2, 1)), "outer.bias": np.zeros(2)}
    return heads | {name.replace("_", "."): np.array(value, np.float32) for name, value in told.items()}


def test_sentences_do_not_sway_each_other(encoder: TunedEncoder) -> None:
    sentences = ["open the data.", "trust", "the data is unable."]
    for together, sentence in zip(compute_hidden_pieces(encoder, sentences), sentences, strict=True):
        np.testing.assert_allclose(together, compute_hidden_pieces(encoder, [sentence])[0], atol=1e-5)


def test_of_a_long_sentence_only_the_beginning_is_read(encoder: TunedEncoder) -> None:
    (hidden,) = compute_hidden_pieces(encoder, ["data " * 300])
    assert len(hidden) == MAX_PIECES + 2
    places = find_places(encoder.tokenizer, "data " * 300, [(0, "data"), (5 * 200, "data")])
    assert places == [(1, 2), (0, 0)]


def test_a_sentence_with_characters_the_tokenizer_drops_is_left_to_the_plain_model(encoder: TunedEncoder) -> None:
    assert find_places(encoder.tokenizer, "data\x00open", [(0, "data\x00open")]) == [(0, 0)]


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


def test_a_token_has_all_pieces_of_its_letters(encoder: TunedEncoder) -> None:
    # [CLS] the data is un ##able . [SEP]
    tokens = [(0, "The"), (4, "data"), (10, "is"), (13, "unable"), (19, ".")]
    assert find_places(encoder.tokenizer, TEXT[:20], tokens) == [(1, 2), (2, 3), (3, 4), (4, 6), (6, 7)]


def test_tokens_are_seen_as_the_mean_of_their_pieces(
    encoder: TunedEncoder, annotated: Annotated, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tuned, "load_tuned", lambda folder: encoder)
    monkeypatch.setattr(tuned, "find_encoder", lambda name: Path("any"))
    seen = find_token_vectors(annotated, [SPANS[0]])
    assert seen is not None
    words = {annotated.doc[i].text: vector for i, vector in seen.vectors.items()}
    (hidden,) = compute_hidden_pieces(encoder, [TEXT[:20]])
    assert words.keys() == {"The", "data", "is", "unable", "."}
    np.testing.assert_allclose(words["unable"], hidden[4:6].mean(axis=0), atol=1e-6)


def test_without_an_encoder_or_with_another_one_nothing_is_known(
    make_encoder: Callable[[], Path], annotated: Annotated, tmp_path: Path
) -> None:
    assert load_tuned(make_encoder()) is None
    assert load_tuned(tmp_path / "nowhere") is None
    assert find_token_vectors(replace(annotated, encoder="none"), SPANS) is None
    assert find_token_vectors(annotated, []) is None


ROWS = np.array([[1, 0], [2, 0], [4, 0], [8, 0]], np.float32)


@pytest.mark.parametrize(
    ("row", "worths"),
    # inside, first, last, before a gap, behind one: for dilemmas in the even rows of the head
    [(0, [3, 13]), (2, [1, 1]), (4, [2, 8]), (6, [0, 1]), (8, [0, 4])],
)
def test_each_word_is_worth_something_where_it_stands(row: int, worths: list[float]) -> None:
    weight = np.zeros((10, 2))
    weight[row] = [1, 0]
    found = compute_worths(make_heads(word_weight=weight), ROWS, [(0, 1), (0, 2, 3)], 0)
    assert found.tolist() == worths
    assert compute_worths(make_heads(word_weight=weight), ROWS, [(0, 1), (0, 2, 3)], 1).tolist() == [0, 0]


def test_a_candidate_is_worth_something_as_a_whole() -> None:
    # mean 1.5, first 1, last 2, mean times the sentence's mean 1.5 * 3.75
    inner = np.array([[1, 0, 1, 0, 1, 0, 1, 0]])
    heads = make_heads(inner_weight=inner, outer_weight=[[0], [2]], outer_bias=[0, 1])
    assert compute_worths(heads, ROWS, [(0, 1)], 1).tolist() == [2 * (1.5 + 1 + 2 + 5.625) + 1]
    assert compute_worths(make_heads(inner_weight=-inner, outer_weight=[[1], [1]]), ROWS, [(0, 1)], 1).tolist() == [0]


def test_words_that_were_not_read_are_worth_nothing(encoder: TunedEncoder, annotated: Annotated) -> None:
    encoder.heads["share"] = np.zeros(1, np.float32)
    seen = see_tuned(TokenVectors(encoder, {}), make_frame(annotated.doc[0:5], "dilemma"))
    first, second = score_candidates(seen, [(0, 1), (1, 2)])
    assert first == second == round(first, 2)


def test_words_that_follow_each_other_readily_are_worth_more(encoder: TunedEncoder, annotated: Annotated) -> None:
    # "data is": the step between them is made likelier than all others.
    frame = make_frame(annotated.doc[0:5], "remedy")
    vectors = {1: np.eye(16, dtype=np.float32)[0], 2: np.eye(16, dtype=np.float32)[1]}
    encoder.heads["share"] = np.ones(1, np.float32)
    before = score_candidates(see_tuned(TokenVectors(encoder, vectors), frame), [(1, 2), (2, 3)])
    encoder.heads["leading.weight"][2:, 0] = encoder.heads["following.weight"][2:, 1] = 9.0
    after = score_candidates(see_tuned(TokenVectors(encoder, vectors), frame), [(1, 2), (2, 3)])
    assert after[0] - before[0] > 0.1


@pytest.mark.skipif(find_encoder("") is None, reason="the sentence encoder is not installed")
def test_the_shipped_tuning_finds_the_problem_in_a_sentence() -> None:
    assert DELTAS.is_file()
    text = "According to the survey of 2019 many small islands do not have enough trained staff for their ferries."
    document = Document("x", "x", text, (Block(BlockKind.PARAGRAPH, 0, len(text)),), language="en")
    read = annotate(document, (), nlp=load_language(""))
    seen = find_token_vectors(read, [(0, len(text))])
    assert seen is not None
    label = make_label(read, 0, len(text), "dilemma", vectors=seen)
    assert "not have enough trained staff" in label
    assert "survey" not in label


def test_only_the_lower_layers_are_run_where_the_tuning_says_so(make_encoder: Callable[[], Path]) -> None:
    folder = make_encoder()
    sha256 = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    head = {"head.weight": np.zeros((2, 16), np.float32), "head.bias": np.zeros(2, np.float32)}
    pack.write_deltas(folder / "all.npz", head, sha256)
    pack.write_deltas(folder / "one.npz", head, sha256, layers=1)
    assert [read_tuned(folder, folder / name).bert.config.layers for name in ("all.npz", "one.npz")] == [2, 1]
