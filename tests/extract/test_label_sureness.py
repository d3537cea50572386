"""How sure a label is follows from how the heads and its rivals look on it."""

import math

import numpy as np
import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extract.labels.chains import Steps
from kg.extract.labels.frame import Frame
from kg.extract.labels.heads import Seen
from kg.extract.labels.sureness import LEVELS, Ranked, add_read, add_stated, compute_sureness, describe, load_weights

CANDIDATES = [(0, 1), (1, 2), (2,)]


def make_frame(kind: str = "dilemma") -> Frame:
    words = ["boats", "lack", "crews"]
    doc = Doc(Vocab(), words=words, pos=["NOUN", "VERB", "NOUN"], heads=[1, 1, 1], deps=["nsubj", "ROOT", "obj"])
    return Frame(list(doc), kind)


def make_seen() -> Seen:
    steps = Steps(np.log([0.5, 0.3, 0.2]), np.log(np.full((3, 3), 0.25)), np.log([0.1, 0.2, 0.7]))
    return Seen({}, np.zeros((3, 2), np.float32), 0, (True, True, True), steps)


def test_a_label_without_rivals_agrees_with_itself() -> None:
    described = describe(make_frame(), [make_seen()], Ranked([(0, 1)], [[2.5]], [1.25]), 0)
    assert described["agreement"] == 1
    assert (described["dilemma"], described["network worth"]) == (1, 2.5)
    assert described["network chain"] == pytest.approx(math.log(0.5 * 0.25 * 0.2))


def test_a_rival_counts_by_how_good_and_how_unlike_it_is() -> None:
    good, poor = (
        describe(make_frame(), [make_seen()], Ranked(CANDIDATES, [[2.0, r, -9.0]], [2.0, r, -9.0]), 0)["agreement"]
        for r in (2.0, -3.0)
    )
    assert good == pytest.approx((1 + 0.5) / 2, abs=1e-4)
    assert good < poor < 1


def test_words_without_their_head_hang_loose() -> None:
    ranked = Ranked(CANDIDATES, [[0.0] * 3], [0.0] * 3)
    whole, cut = (describe(make_frame(), [make_seen()], ranked, number) for number in (0, 2))
    assert (whole["loose"], cut["loose"]) == (0, 1)
    assert (whole["share"], cut["share"]) == pytest.approx((2 / 3, 1 / 3))


def test_each_view_speaks_for_itself() -> None:
    ranked = Ranked(CANDIDATES[:2], [[1.0, 2.0], [3.0, 4.0]], [3.5, 5.0])
    described = describe(make_frame("remedy"), [make_seen()] * 2, ranked, 1)
    assert described["dilemma"] == 0
    assert (described["network worth"], described["encoder worth"]) == (2, 4)


@pytest.mark.parametrize(("stated", "odds"), [(0.5, 0), (0.9, math.log(9)), (1, math.log(99)), (0, -math.log(99))])
def test_what_is_stated_counts_as_bounded_odds(stated: float, odds: float) -> None:
    assert add_stated({"bias": 1.0}, stated) == {"bias": 1.0, "stated": pytest.approx(odds)}


def describe_wholly(count: int, worth: float, stated: float, read: float = 0.0) -> dict[str, float]:
    ranked = Ranked(CANDIDATES[:2], [[worth, 0.0]] * count, [worth, 0.0])
    described = describe(make_frame(), [make_seen()] * count, ranked, 0)
    described = add_read(described, read)
    return described if count > 1 else add_stated(described, stated)


@pytest.mark.parametrize("count", LEVELS)
def test_the_shipped_weights_name_what_is_described(count: int) -> None:
    assert load_weights()[LEVELS[count]].keys() == describe_wholly(count, 1.0, 0.5).keys()


def test_what_the_heads_think_more_of_and_what_is_rather_stated_is_surer() -> None:
    told = ((0.0, 0.6), (0.0, 0.95), (6.0, 0.95))
    sure = [compute_sureness(describe_wholly(1, *one), load_weights()["plain"]) for one in told]
    assert 0 < sure[0] < sure[1] < sure[2] < 1


@pytest.mark.parametrize("count", LEVELS)
def test_what_is_called_right_on_reading_it_again_is_surer(count: int) -> None:
    weights = load_weights()[LEVELS[count]]
    told = ((0.0, -2.0), (0.0, 2.0), (6.0, 2.0))
    sure = [compute_sureness(describe_wholly(count, worth, 0.8, read), weights) for worth, read in told]
    assert 0 < 2 * sure[0] < sure[1] < sure[2] < 1
