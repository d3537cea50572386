"""Words that a question can lose."""

import pytest

from kg.query.ask.weightless import is_weightless


@pytest.mark.parametrize(
    ("word", "lost"),
    [("face", True), ("Facing", True), ("5", True), ("contradict", False), ("funded", False), ("blind", False)],
)
def test_only_a_word_without_weight_is_lost(word: str, lost: bool) -> None:
    assert is_weightless(word) is lost
