"""Labels put together word by word."""

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.labels.chains import (
    FARTHEST,
    NEVER,
    Steps,
    compute_steps,
    find_chains,
    find_counted,
    score_chain,
)
from kg.extract.labels.frame import Frame


def make_steps(likely: dict[tuple[int, int], float], *, size: int, first: int, last: int) -> Steps:
    """Steps of which only those named, with their log-probabilities, and the way in and out are likely."""
    following = np.full((size, size), NEVER, np.float32)
    following[np.triu_indices(size, 1)] = -9.0
    for (one, other), value in likely.items():
        following[one, other] = value
    ends = np.full((2, size), -9.0, np.float32)
    ends[0, first] = ends[1, last] = 0.0
    return Steps(ends[0], following, ends[1])


def make_heads(width: int = 2, **told: object) -> dict[str, np.ndarray]:
    """Heads that say nothing but what is told."""
    shapes = {"leading": 2, "following": 2, "ends": 4}
    heads: dict[str, np.ndarray] = {f"{name}.weight": np.zeros((rows, width)) for name, rows in shapes.items()}
    heads |= {f"{name}.bias": np.zeros(rows) for name, rows in shapes.items()}
    heads["distances"] = np.zeros(FARTHEST + 1)
    return heads | {name.replace("_", "."): np.array(value, np.float32) for name, value in told.items()}


def test_the_likeliest_chain_comes_first_and_may_leave_words_out() -> None:
    steps = make_steps({(0, 2): -0.1, (2, 3): -0.1}, size=5, first=0, last=3)
    assert find_chains(steps, range(5))[0] == (0, 2, 3)


def test_a_chain_has_two_to_ten_words_and_what_is_written_together_is_one() -> None:
    steps = make_steps({(i, i + 1): 0.0 for i in range(11)}, size=12, first=0, last=0)
    assert all(2 <= len(chain) <= 10 for chain in find_chains(steps, range(12)))
    glued = [0, 0, *range(1, 11)]
    longest = make_steps({(i, i + 1): 0.0 for i in range(11)}, size=12, first=0, last=10)
    assert find_chains(longest, glued)[0] == tuple(range(11))
    two = make_steps({(0, 1): 0.0}, size=2, first=0, last=1)
    assert find_chains(two, [0, 0]) == []


def test_chains_of_equal_probability_come_in_the_order_of_their_words() -> None:
    steps = make_steps({}, size=4, first=0, last=3)
    assert [c for c in find_chains(steps, range(4)) if len(c) == 3 and c[-1] == 3] == [(0, 1, 3), (0, 2, 3)]


def test_a_chain_is_as_likely_as_all_its_steps() -> None:
    steps = make_steps({(0, 2): -0.5, (2, 3): -0.25}, size=5, first=0, last=3)
    assert score_chain(steps, (0, 2, 3)) == -0.75
    assert score_chain(steps, (3,)) == -9.0
    assert score_chain(steps, ()) == NEVER


def test_probabilities_add_up_and_articles_are_never_reached() -> None:
    chance = np.random.default_rng(4)
    rows = chance.normal(size=(5, 3)).astype(np.float32)
    heads = {name: chance.normal(size=a.shape).astype(np.float32) for name, a in make_heads(3).items()}
    steps = compute_steps(heads, rows, [True, False, True, True, True], 1)
    ways = np.exp(steps.following).sum(axis=1) + np.exp(steps.last)
    np.testing.assert_allclose(ways, 1.0, atol=0.05)
    assert np.exp(steps.first).sum() == pytest.approx(1.0, abs=0.05)
    assert steps.first[1] < NEVER / 2
    assert (steps.following[:, 1] < NEVER / 2).all()
    found = find_chains(steps, range(5))
    assert not any(1 in chain for chain in found)
    assert all(list(chain) == sorted(set(chain)) for chain in found)


def test_each_kind_has_its_own_steps() -> None:
    # The first vector leads to the second only in labels of remedies.
    heads = make_heads(leading_weight=[[0, 0], [3, 0]], following_weight=[[0, 0], [0, 3]])
    rows = np.array([[1, 0], [0, 0], [0, 1]], np.float32)
    dilemma, remedy = (compute_steps(heads, rows, [True] * 3, column) for column in (0, 1))
    assert dilemma.following[0, 1] == dilemma.following[0, 2]
    assert remedy.following[0, 2] > remedy.following[0, 1]


def test_near_words_can_be_told_from_far_ones_by_the_words_between() -> None:
    distances = np.zeros(FARTHEST + 1)
    distances[1] = 4.0
    steps = compute_steps(make_heads(distances=distances), np.zeros((3, 2), np.float32), [True, False, True], 0)
    # The article between is passed over: the third word is the next one.
    assert steps.following[0, 2] == pytest.approx(np.log(np.exp(4) / (np.exp(4) + 1)), abs=0.01)


def test_articles_and_marks_are_no_words_of_their_own() -> None:
    words, pos = ["the", "data", ",", "An", "act"], ["DET", "NOUN", "PUNCT", "DET", "NOUN"]
    doc = Doc(spacy.blank("en").vocab, words=words, pos=pos, heads=[1, 1, 1, 4, 1], deps=["dep"] * 5, lemmas=words)
    assert find_counted(Frame(list(doc), "dilemma")) == [False, True, False, False, True]
