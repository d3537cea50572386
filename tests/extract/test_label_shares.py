"""The words of a reader's phrase, and what they say of a stretch."""

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from kg.annotate import load_language
from kg.extract.labels.frame import Frame
from kg.extract.labels.shares import compute_shares, describe_expected, describe_tokens, join_weights, load_weights
from kg.extract.labels.train import Labelled, read_labelled
from kg.extract.labels.train_shares import Words, fit_shares, make_words

SENTENCE = "In many towns there is a lack of trained staff ."


@pytest.fixture(scope="module")
def frame() -> Frame:
    words = SENTENCE.split()
    pos = ["ADP", "ADJ", "NOUN", "PRON", "VERB", "DET", "NOUN", "ADP", "ADJ", "NOUN", "PUNCT"]
    heads = [2, 2, 4, 4, 4, 6, 4, 9, 9, 6, 4]
    deps = ["case", "amod", "obl", "expl", "root", "det", "nsubj", "case", "amod", "nmod", "punct"]
    doc = Doc(spacy.blank("en").vocab, words=words, pos=pos, heads=heads, deps=deps, lemmas=[w.lower() for w in words])
    return Frame(list(doc), "dilemma")


def test_a_word_is_described_by_itself_its_head_its_neighbours_and_the_nearest_cue(frame: Frame) -> None:
    names = describe_tokens(frame)[9]
    assert {"lemma staff", "dep nmod", "head lack nmod", "word -1 trained", "child amod", "below lack"} <= set(names)
    assert {"cue -3", "cue lack -2"} <= set(names)


def test_weights_for_both_kinds_and_for_one_are_added() -> None:
    weights = {"dep obj": 1.0, "d dep obj": 0.5, "r dep obj": 4.0, "d lemma lack": 2.0}
    assert join_weights(weights, "d") == {"dep obj": 1.5, "lemma lack": 2.0}


def test_a_mark_is_not_described_and_belongs_to_no_phrase(frame: Frame) -> None:
    assert describe_tokens(frame)[10] == ()
    assert compute_shares(frame, {"bias": 2.0})[9:] == [pytest.approx(0.8808, abs=1e-4), 0.0]


def test_a_stretch_is_expected_to_hold_what_its_words_are_worth(frame: Frame) -> None:
    shares = [0.0, 0.0, 0.2, 0.0, 0.0, 0.0, 1.0, 0.8, 1.0, 1.0, 0.0]
    # 2 * 3.8 / (4 + 4) = 0.95; 2 * 0.2 / (2 + 4) = 0.067
    assert describe_expected(frame, [(6, 7, 8, 9), (1, 2)], shares) == [
        ("d:expected 19", "d:expected behind 0", "d:expected rank 0"),
        ("d:expected 1", "d:expected behind 10", "d:expected rank 1"),
    ]


def test_nothing_is_expected_of_no_stretch(frame: Frame) -> None:
    assert describe_expected(frame, [], compute_shares(frame, {})) == []


def test_training_finds_which_words_readers_take(frame: Frame) -> None:
    words = make_words(frame, "lack of trained staff")
    assert list(words.held) == [False] * 6 + [True] * 4
    learnt = fit_shares([words] * 40)
    shares = compute_shares(frame, join_weights(learnt, "d"))
    assert min(shares[6:10]) > 0.8 > 0.2 > max(shares[:6])


def test_training_leaves_out_what_is_rare_or_says_little() -> None:
    often, rare = Words((("a",), ("b",)), (True, False)), Words((("c",),), (True,))
    learnt = fit_shares([often] * 30 + [rare] * 4)
    assert set(learnt) == {"a", "b"}


@pytest.mark.parametrize(
    ("sentence", "kind", "inside", "outside"),
    [
        ("On the other hand, towns suffer from a lack of trained staff.", "dilemma", "lack", "hand"),
        ("To this end, the ministry should create a shared register of companies.", "remedy", "register", "end"),
    ],
)
def test_the_shipped_weights_tell_the_matter_from_its_surroundings(
    sentence: str, kind: str, inside: str, outside: str
) -> None:
    frame = Frame(list(load_language("")(sentence)), kind)
    shares = dict(zip(frame.words, compute_shares(frame, load_weights(frame.kind)), strict=True))
    assert shares[inside] > 0.5 > shares[outside]


def test_a_sentence_that_states_both_has_a_phrase_for_each(tmp_path: Path) -> None:
    path = tmp_path / "gold.tsv"
    rows = ["doc\tsid\tlabel\tphrase\ttext", "x#2\t1\tB\tone thing => another\tOne.", "x\t2\tN\t\tTwo."]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert read_labelled(path) == [Labelled("x", "One.", {"dilemma": "one thing", "remedy": "another"})]
