"""The small network that sees the words of a sentence for choosing its label."""

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from kg.annotate import annotate, load_language
from kg.annotate.statements import load_learnt_pieces, load_pieces
from kg.extract.labels import make_label
from kg.extract.labels.frame import Frame
from kg.extract.labels.network import (
    CATEGORIES,
    NETWORK,
    compute_rows,
    describe_tokens,
    find_dependents,
    find_learnt_vectors,
    find_rows,
    find_word_vectors,
    load_weights,
    read_sentence,
)
from kg.model import Block, BlockKind, Document

VOCAB = spacy.blank("en").vocab


@pytest.fixture
def frame() -> Frame:
    """Ferries lack trained staff."""
    words, pos = ["Ferries", "lack", "trained", "staff", "."], ["NOUN", "VERB", "ADJ", "NOUN", "PUNCT"]
    deps = ["nsubj", "ROOT", "amod", "obj", "punct"]
    return Frame(list(Doc(VOCAB, words=words, pos=pos, heads=[1, 1, 3, 1, 1], deps=deps, lemmas=words)), "dilemma")


def test_a_token_belongs_to_one_category_of_each_sort_and_a_cue_to_one_more(frame: Frame) -> None:
    found = describe_tokens(frame)
    assert [len(numbers) for numbers in found] == [7, 8, 7, 7, 7]
    assert all(sorted(numbers) == numbers and numbers[0] >= 0 and numbers[-1] < CATEGORIES for numbers in found)
    assert found[1][-1] == CATEGORIES - 1
    # noun as subject and as object
    assert (found[0][0], found[0][1]) != (found[3][0], found[3][1])
    assert found[0][0] == found[3][0]


def test_unknown_tags_and_relations_are_others() -> None:
    words = ["Boats", "sail"]
    doc = Doc(VOCAB, words=words, pos=["NOUN", ""], heads=[1, 1], deps=["oddity", "ROOT"], lemmas=words)
    named = Doc(VOCAB, words=words, pos=["NOUN", "X"], heads=[1, 1], deps=["dep", "ROOT"], lemmas=words)
    assert describe_tokens(Frame(list(doc), "remedy")) == describe_tokens(Frame(list(named), "remedy"))


def test_dependents_share_their_head(frame: Frame) -> None:
    shares = find_dependents(frame)
    assert shares[1].tolist() == pytest.approx([1 / 3, 0, 0, 1 / 3, 1 / 3])
    assert shares[3].tolist() == [0, 0, 1, 0, 0]
    assert not shares[[0, 2, 4]].any()


def test_a_word_is_the_mean_of_its_pieces_and_one_without_pieces_is_unknown() -> None:
    tokenizer, vectors = load_learnt_pieces()
    words = ["interoperability", "\u200b"]
    doc = Doc(VOCAB, words=words, pos=["NOUN", "X"], heads=[0, 0], deps=["ROOT", "dep"], lemmas=words)
    frame = Frame(list(doc), "remedy")
    found = find_word_vectors(frame)
    np.testing.assert_allclose(found[0], vectors[tokenizer.find_pieces(words[0])[:6]].mean(axis=0), atol=1e-6)
    np.testing.assert_allclose(found[1], vectors[tokenizer.get_number("[UNK]")], atol=1e-6)
    given = load_pieces()[1].shape[1]
    assert 0 < given < vectors.shape[1]
    np.testing.assert_array_equal(find_learnt_vectors(frame), found[:, given:])
    assert vectors[:, :given].std() == pytest.approx(vectors[:, given:].std(), rel=0.1)


def test_a_sentence_is_seen_otherwise_as_a_dilemma_than_as_a_remedy(frame: Frame) -> None:
    weights = load_weights()
    dilemma = compute_rows(weights, frame)
    frame.kind = "r"
    assert dilemma.shape == (5, weights["word.weight"].shape[1])
    assert not np.allclose(dilemma, compute_rows(weights, frame))


def test_what_is_seen_of_a_word_depends_on_its_head(frame: Frame) -> None:
    weights = load_weights()
    before = compute_rows(weights, frame)
    frame.heads[2] = 1
    assert not np.allclose(before[2], compute_rows(weights, frame)[2])


def test_the_rows_of_the_last_sentence_are_remembered(frame: Frame) -> None:
    seen = read_sentence(frame)
    assert find_rows(frame) is seen.rows
    np.testing.assert_array_equal(seen.rows, compute_rows(load_weights(), frame))


@pytest.mark.parametrize(
    ("sentence", "kind", "wanted"),
    [
        ("According to a survey, many islands lack trained staff for ferries.", "dilemma", "lack trained staff"),
        ("The board should publish all timetables as open data by 2030.", "remedy", "publish all timetables"),
    ],
)
def test_the_shipped_network_finds_the_matter(sentence: str, kind: str, wanted: str) -> None:
    assert NETWORK.is_file()
    document = Document("x", "x", sentence, (Block(BlockKind.PARAGRAPH, 0, len(sentence)),), language="en")
    label = make_label(annotate(document, (), nlp=load_language("")), 0, len(sentence), kind)
    assert wanted in label
    assert "survey" not in label
