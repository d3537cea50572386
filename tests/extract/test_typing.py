"""Types by labels and cue words."""

from kg.extract.typing import find_type
from kg.model import Concept, Iri

TYPES = (
    Concept(Iri("t:funding"), "dilemma-types", "funding", cues=("lack of money", "budget cut")),
    Concept(Iri("t:skills"), "dilemma-types", "skills shortage", cues=("shortage of talent", "untrained staff")),
    Concept(Iri("r:training"), "remedy-types", "training", cues=("train staff",)),
)


def test_a_cue_in_the_label_gives_the_type() -> None:
    assert find_type("dilemma", "shortage of talents in cities", "", TYPES) == "t:skills"


def test_the_label_counts_more_than_the_sentence() -> None:
    sentence = "Budget cuts hit towns that have untrained staff already."
    assert find_type("dilemma", "untrained staff", sentence, TYPES) == "t:skills"


def test_one_plain_word_of_the_sentence_is_not_enough() -> None:
    assert find_type("dilemma", "slow portals", "The funding office runs slow portals.", TYPES) == ""


def test_a_type_belongs_to_its_kind() -> None:
    assert find_type("remedy", "training staff", "We train staff.", TYPES) == "r:training"
    assert find_type("dilemma", "training staff", "We train staff.", TYPES) == ""
