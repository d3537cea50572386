"""How a sentence stands to what it says."""

import pytest

from kg.extract.stance import judge_stance


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Registers are fragmented.", "plain"),
        ("Shared services may reduce cost.", "hedged"),
        ("Funding is not a barrier in large cities.", "negated"),
        ("Lee (2019) argues that trust is missing.", "reported"),
        ("According to the audit office, records may be lost.", "reported"),
    ],
)
def test_stance_of_a_sentence(sentence: str, stance: str) -> None:
    assert judge_stance(sentence) == stance
