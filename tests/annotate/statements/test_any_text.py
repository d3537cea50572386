import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate.statements import score_sentences
from kg.annotate.statements.features import BUCKETS, find_features
from kg.annotate.statements.windows import cut_windows
from kg.annotate.statements.wordpiece import WordPiece

SENTENCES = st.lists(st.text(st.characters(codec=None), max_size=60), max_size=8)
TOKENIZER = WordPiece({"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "a": 3, "##a": 4, ".": 5})


@settings(max_examples=60, deadline=None)
@given(SENTENCES)
def test_any_sentences_have_a_probability_each(sentences: list[str]) -> None:
    scores = score_sentences(sentences, encoder="none")
    assert len(scores) == len(sentences)
    assert all(0 < p < 1 for pair in scores for p in pair)


@settings(max_examples=60, deadline=None)
@given(SENTENCES)
def test_any_sentences_have_features_in_range(sentences: list[str]) -> None:
    for groups in find_features(sentences):
        assert all(0 <= bucket < BUCKETS for group, _ in groups for bucket in group)
        assert groups[-1][0]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=200), max_size=40))
def test_any_sentences_are_judged_once_each_in_windows(sentences: list[str]) -> None:
    judged = [judged for window in cut_windows(TOKENIZER, sentences) for judged in window.judged]
    assert [index for index, _, _ in judged] == list(range(len(sentences)))
    assert all(np.diff(span) > 0 for _, *span in judged)
