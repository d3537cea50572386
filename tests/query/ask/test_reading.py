"""What is found in a question: names, unknown names, years, kinds, words."""

import pyoxigraph as ox
import pytest

from kg.query.ask.reading import read_question
from kg.query.files import load_queries
from kg.query.phrases import weigh_words

WEIGHTS = weigh_words(load_queries())


@pytest.mark.parametrize(
    ("question", "mentions"),
    [
        ("Which dilemmas does Wang (2020) state?", [("Wang (2020)", "document")]),
        ("Which dilemmas does Smith (2019) state?", [("Smith (2019)", "")]),
        ("Which 2019 papers are there?", []),
        ('What is meant by "open data"?', [("open data", "type")]),
        ('Who proposes "flying carpets"?', [("flying carpets", "")]),
        ("Remedies of Estonia 2019", [("Estonia", "place")]),
        ("Which remedies have case studies?", []),
    ],
)
def test_names_are_found_whole(store: ox.Store, question: str, mentions: list[tuple[str, str]]) -> None:
    found = read_question(store, question, WEIGHTS).mentions
    assert [(mention.text, mention.things[0][0] if mention.things else "") for mention in found] == mentions


@pytest.mark.parametrize(
    ("question", "narrows"),
    [
        ("who proposes remedies in utopia", True),
        ("who met Atlantis", True),
        ('who proposes "carpets"', True),
        ("who grumbles", False),
        ("title of every document", False),
    ],
)
def test_unknown_word_narrows_a_question_if_it_is_a_name_or_led_to(
    store: ox.Store, question: str, narrows: bool
) -> None:
    read = read_question(store, question, WEIGHTS)
    assert [read.narrows(mention) for mention in read.mentions] == [narrows]


def test_year_of_a_citation_is_no_bound_of_years(store: ox.Store) -> None:
    read = read_question(store, "What was written since 2019 by those who cite Wang, 2020?", WEIGHTS)
    assert [(year.name, year.value) for year in read.years] == [("since", "2019")]
