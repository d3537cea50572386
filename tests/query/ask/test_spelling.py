"""Slips of the finger in a question."""

import pyoxigraph as ox
import pytest

from kg.query.ask.spelling import correct, find_slips


@pytest.mark.parametrize(
    ("word", "slips"),
    [
        ("platfrom", {"platfrom": "platform"}),
        ("remdies", {"remdies": "remedies"}),
        ("Brazill", {"Brazill": "brazil"}),
        ("platforms", {}),
        ("carpets", {}),
        ("context", {}),
        ("mentian", {"mentian": "mention"}),
        ("cites", {}),
    ],
)
def test_word_one_letter_away_from_a_known_one_is_a_slip(store: ox.Store, word: str, slips: dict[str, str]) -> None:
    assert find_slips(store, [word]) == slips


def test_question_is_put_right_word_by_word() -> None:
    assert correct("a shraed data platfrom?", {"platfrom": "platform", "shraed": "shared"}) == "a shared data platform?"
