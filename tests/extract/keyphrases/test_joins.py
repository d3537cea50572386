"""One thing under several names is one phrase."""

from kg.extract.keyphrases import find_words, make_key, rank_phrases
from kg.extract.keyphrases.joins import collect_candidates

TEXT = (
    "Open government data (OGD) is public. OGD helps towns. Firms use OGD portals. "
    "Open government data portals are slow."
)


def count(text: str, phrase: str, same: dict[tuple[str, ...], str] | None = None) -> int:
    candidate = collect_candidates(find_words(text), same).get(make_key(phrase))
    return len(candidate.places) if candidate else 0


def test_places_of_the_short_form_count_for_the_long_one() -> None:
    assert count(TEXT, "open government data") == 4
    assert count(TEXT, "OGD") == 0


def test_the_phrase_is_told_by_its_long_form_with_the_short_one_beside_it() -> None:
    best = rank_phrases(find_words(TEXT))[0]
    assert (best.text, best.short) == ("Open government data", "OGD")
    assert [TEXT[start : start + 3] for start in best.starts] == ["Ope", "OGD", "OGD", "Ope"]


def test_a_long_form_with_function_words_is_a_phrase() -> None:
    text = "We study information and communication technologies (ICT). ICTs are costly."
    assert count(text, "information and communication technology") == 2


def test_labels_of_one_concept_are_one_phrase() -> None:
    same = {make_key("e-government"): "x", make_key("electronic government"): "x", make_key("town"): "y"}
    text = "Electronic government is slow. Towns like e-government. E-government is cheap."
    assert count(text, "e-government", same) == 3
    assert count(text, "electronic government", same) == 0
    assert count(text, "towns", same) == 1
