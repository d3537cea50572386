"""Spellings of one phrase have one key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.keyphrases.keys import fold, make_key, make_singular


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Multi-Agent Systems", "multi agent system"),
        ("decision-making", "decision making"),
        ("organisation", "Organizations"),
        ("behaviour", "behaviors"),
        ("modelling", "modeling"),
        ("analysis", "analyses"),
        ("data catalogue", "data catalogs"),
        ("open licence", "open licenses"),
        ("programme", "programs"),
        ("centre", "centers"),
        ("eGovernment", "e-government"),
        ("egovernment", "e government"),
        ("APIs", "API"),
        ("process", "processes"),
        ("cities", "city"),
        ("maps", "map"),
        ("buses", "bus"),
        ("planning", "plan"),
    ],
)
def test_spellings_of_one_phrase_meet(one: str, other: str) -> None:
    assert make_key(one) == make_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("new", "news"), ("Ebola", "e-bola"), ("status", "state"), ("open data", "opendata"), ("as", "a")],
)
def test_different_phrases_stay_apart(one: str, other: str) -> None:
    assert make_key(one) != make_key(other)


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("policies", "policy"),
        ("crises", "crisis"),
        ("boxes", "box"),
        ("houses", "house"),
        ("viruses", "virus"),
        ("classes", "class"),
        ("indices", "index"),
        ("politics", "politics"),
        ("bias", "bias"),
        ("his", "his"),
    ],
)
def test_plurals_lose_their_ending(plural: str, singular: str) -> None:
    assert make_singular(plural) == singular


@given(st.text(max_size=40))
def test_a_key_is_made_of_any_text_and_knows_no_case_or_hyphen(text: str) -> None:
    key = make_key(text)
    assert all(key)
    assert make_key(text.replace("-", " ")) == key
    assert make_key(f" {text}  ") == key


@given(st.from_regex(r"[a-z]{4,12}", fullmatch=True))
def test_a_plural_in_s_meets_its_singular(word: str) -> None:
    # "news", "politics" and "means" are taken for no plurals
    if word[-1] not in "sxyzhiouea" and not word.endswith(("new", "ic", "mean")):
        assert fold(word + "s") == fold(word)
