"""Candidates, features, trees and choice, each on the shortest text that shows the point."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.keyphrases import Phrase, find_words, join_lines, rank_phrases, stands_inside
from kg.extract.keyphrases.candidates import Candidate, Word, find_candidates, find_runs
from kg.extract.keyphrases.choice import OPENING_WORDS, choose, keep_likely, spell
from kg.extract.keyphrases.features import (
    ABSTRACT_WORDS,
    compute_features,
    contains,
    count_around,
    find_references,
    make_text,
    rank_columns,
)
from kg.extract.keyphrases.lexicon import SLOTS, find_slot, list_clues, make_context
from kg.extract.keyphrases.model import Trees, load_model


def tag(text: str) -> list[Word]:
    """Words from "open/ADJ data/NOUN"; a full stop ends a sentence."""
    words, start, sentence = [], 0, 0
    for part in text.split():
        letters, _, pos = part.partition("/")
        words.append(Word(letters, pos or "PUNCT", start, start + len(letters), sentence))
        start += len(letters) + 1
        sentence += letters == "."
    return words


OPEN = "open/ADJ data/NOUN portals/NOUN help/VERB towns/NOUN"


def test_candidates_are_runs_that_end_on_a_noun_and_their_parts() -> None:
    assert set(find_candidates(tag(OPEN))) == {
        ("open", "data"),
        ("open", "data", "portal"),
        ("data",),
        ("data", "portal"),
        ("portal",),
        ("town",),
    }


def test_two_runs_around_of_are_one_candidate_too() -> None:
    found = find_candidates(tag("quality/NOUN of/ADP open/ADJ data/NOUN"))
    assert ("quality", "of", "open", "data") in found


def test_a_run_ends_with_its_sentence_and_at_a_function_word() -> None:
    words = tag("open/ADJ data/NOUN ./PUNCT small/ADJ towns/NOUN the/DET mayor/NOUN")
    assert list(find_runs(words)) == [(0, 2), (3, 5), (6, 7)]


def test_words_that_point_at_the_text_begin_no_candidate() -> None:
    assert ("many", "town") not in find_candidates(tag("many/ADJ towns/NOUN"))


def test_spellings_and_places_of_a_candidate_are_counted() -> None:
    candidate = find_candidates(tag("open/ADJ data/NOUN and/CCONJ Open/ADJ Data/NOUN"))["open", "data"]
    assert (candidate.spellings, candidate.places, candidate.maximal) == ({"open data": 1, "Open Data": 1}, [0, 3], 2)


def test_small_letters_are_the_better_spelling_of_one() -> None:
    assert spell(Candidate(("a",), (), {"Open data": 3, "open data": 1, "open-data": 2})) == "open data"
    assert spell(Candidate(("a",), (), {"RDF": 2})) == "RDF"


def test_the_best_come_first_and_equals_stay_in_order() -> None:
    assert choose([("a",), ("b",), ("c",)], [0.5, 0.9, 0.5], limit=2) == [(("b",), 0.9), (("a",), 0.5)]


def test_in_a_long_text_what_comes_once_and_late_is_not_ranked() -> None:
    late = "ferry/NOUN " + "./PUNCT x/X " * (ABSTRACT_WORDS // 2 + OPENING_WORDS) + "harbour/NOUN"
    words = tag(late)
    assert set(keep_likely(find_candidates(words), make_text(words, ""))) == {("ferry",)}
    short = tag(OPEN)
    assert keep_likely(find_candidates(short), make_text(short, "")) == find_candidates(short)


def test_one_phrase_stands_in_another() -> None:
    assert contains(("open", "data", "portal"), ("data", "portal"))
    assert not contains(("open", "data"), ("data", "open"))
    assert not contains(("a",), ("a", "b"))


def test_a_phrase_hardly_ever_alone_stands_inside() -> None:
    long = Phrase("open source software", ("open", "sourc", "softwar"), 0.5, (0, 9, 20))
    assert stands_inside(Phrase("source software", ("sourc", "softwar"), 0.4, (5, 14, 25, 40)), [long])
    assert not stands_inside(Phrase("software", ("softwar",), 0.4, tuple(range(9))), [long])
    assert not stands_inside(long, [long])


def test_the_list_of_references_is_found_by_its_heading() -> None:
    words = tag("a/X b/X c/X d/X e/X References/NOUN [/PUNCT 1/NUM ]/PUNCT")
    assert find_references(words) == 5
    assert find_references(words[:5]) == 5


def test_longer_candidates_around_one_are_counted() -> None:
    company = count_around(find_candidates(tag(OPEN)))["data",]
    assert (company.places, company.kinds, company.most) == (3, 3, 1)


def test_features_are_finite_and_one_row_a_candidate() -> None:
    words = tag(OPEN)
    table = compute_features(find_candidates(words), make_text(words, "Open data"), load_model().lexicon)
    assert table.shape[0] == len(find_candidates(words))
    assert np.isfinite(table).all()
    assert int(load_model().trees.features.max()) < table.shape[1]


def test_ranked_columns_begin_with_the_largest() -> None:
    table = np.zeros((3, 60), dtype=np.float32)
    table[:, 0] = [1, 3, 2]
    assert rank_columns(table)[:, 0].tolist() == [pytest.approx(2 / 3), 0.0, pytest.approx(1 / 3)]


def test_trees_go_left_up_to_the_threshold_and_add_up() -> None:
    trees = Trees(
        np.array([[0, -1, -1], [-1, -1, -1]], dtype=np.int16),
        np.array([[1.5, 0, 0], [0, 0, 0]], dtype=np.float32),
        np.array([[1, 0, 0], [0, 0, 0]], dtype=np.int16),
        np.array([[2, 0, 0], [0, 0, 0]], dtype=np.int16),
        np.array([[0, -1, 1], [0.25, 0, 0]], dtype=np.float32),
        0.5,
    )
    assert trees.score(np.array([[1.5], [2.0]], dtype=np.float32)).tolist() == [-0.25, 1.75]


def test_clues_are_slots_that_depend_on_words_and_neighbours_alone() -> None:
    words = tag(OPEN)
    candidate = find_candidates(words)["town",]
    assert list_clues(candidate, words) == list_clues(candidate, words)
    assert all(0 <= slot < SLOTS for slot in list_clues(candidate, words))
    assert find_slot("kopen data") == find_slot("kopen data")
    assert [make_context(words, i) for i in (-1, 0, 2, 9)] == ["#", "open", "NOUN", "#"]


def test_lines_broken_within_a_sentence_are_joined_at_the_same_length() -> None:
    text = "open\ndata,\nportals.\nTowns\n\nhelp"
    assert join_lines(text) == "open data, portals.\nTowns\n\nhelp"


def test_phrases_stand_where_they_say() -> None:
    text = "Metadata quality matters. Towns check metadata quality, and metadata\nquality is low."
    best = rank_phrases(find_words(text), "Metadata quality in towns")[0]
    assert best.text == "metadata quality"
    assert best.starts == (0, 38, 60)
    assert 0 < best.score < 1


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "open/ADJ data/NOUN of/ADP OGD/PROPN (/PUNCT )/PUNCT ./PUNCT government/NOUN 12/NUM e-/X".split()
        ),
        max_size=30,
    )
)
def test_any_row_of_words_is_ranked_by_probability(parts: list[str]) -> None:
    words = tag(" ".join(parts))
    found = rank_phrases(words, limit=5)
    scores = [phrase.score for phrase in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 and math.isfinite(score) for score in scores)
    assert all(set(phrase.starts) <= {word.start for word in words} for phrase in found)
