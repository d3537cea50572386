"""Documents called by words of their titles."""

import pyoxigraph as ox
import pytest

from kg.query.ask.titles import find_titles


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("who wrote the paper on data silos in city government", ["data silos in city government"]),
        ("which dilemmas does the Silva paper state", ["Silva"]),
        ("authors of the silos paper", ["silos"]),
        ("authors of the Wang paper on data silos in China", ["Wang data silos"]),
        ("authors of the City Government white paper", ["City Government"]),
        ("authors of the digital paper", ["digital"]),  # two titles hold it, one begins so
        ("authors of the notes paper", ["notes"]),
        ("what does Data Silos in City Government propose", []),  # as a whole it is a name anyway
        ("what does the Brazil Skills for Digital Brazil say", []),
        ("who wrote Digital Estonia", ["Digital Estonia"]),
        ("who wrote the 2019 Digital Estonia", ["Digital Estonia"]),
        ("dilemmas of City Government", []),  # no title begins so
        ("is Data Silos a concept", []),
        ("the most cited paper", []),
        ("the paper on flying carpets", []),
    ],
)
def test_title_is_found_beside_paper_and_in_capitals(store: ox.Store, question: str, titles: list[str]) -> None:
    assert [mention.text for mention in find_titles(store, question)] == titles


def test_name_of_the_place_before_a_title_belongs_to_it_where_the_short_name_has_it(store: ox.Store) -> None:
    question = "what does Estonia Digital Estonia Plan propose"
    (mention,) = find_titles(store, question)
    assert (mention.text, mention.start) == ("Estonia Digital Estonia Plan", question.index("Estonia"))
