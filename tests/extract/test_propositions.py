"""Clauses become subject, phrase and object."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.propositions import find_in_sentence
from kg.extract.tree import Tree

VOCAB = spacy.blank("en").vocab
Rows = list[tuple[str, str, int, str]]
#: word, part of speech, head, relation
NEGATED: Rows = [
    ("The", "DET", 1, "det"),
    ("offices", "NOUN", 4, "nsubj"),
    ("should", "AUX", 4, "aux"),
    ("not", "PART", 4, "advmod"),
    ("rely", "VERB", 4, "root"),
    ("on", "ADP", 6, "case"),
    ("paper", "NOUN", 4, "obl"),
    (".", "PUNCT", 4, "punct"),
]
COPULA: Rows = [
    ("Trust", "NOUN", 3, "nsubj"),
    ("is", "AUX", 3, "cop"),
    ("scarce", "ADJ", 3, "amod"),
    ("capital", "NOUN", 3, "root"),
]
JOINED: Rows = [
    ("Towns", "NOUN", 1, "nsubj"),
    ("collect", "VERB", 1, "root"),
    ("data", "NOUN", 1, "obj"),
    ("and", "CCONJ", 4, "cc"),
    ("publish", "VERB", 1, "conj"),
    ("maps", "NOUN", 4, "obj"),
]
RELATIVE: Rows = [
    ("platforms", "NOUN", 0, "root"),
    ("that", "PRON", 2, "nsubj"),
    ("connect", "VERB", 0, "acl:relcl"),
    ("registers", "NOUN", 2, "obj"),
]
INTERRUPTED: Rows = [
    ("Dr.", "PROPN", 1, "compound"),
    ("Lee", "PROPN", 2, "nsubj"),
    ("maps", "VERB", 2, "root"),
    ("towns", "NOUN", 2, "obj"),
]


def read(rows: Rows) -> list[tuple[str, str, str]]:
    words, pos, heads, deps = zip(*rows, strict=True)
    doc = Doc(VOCAB, words=list(words), pos=list(pos), heads=list(heads), deps=list(deps))
    found = find_in_sentence(Tree(list(doc)), (0, len(doc.text)))
    return [(doc.text[slice(*p.subject)], p.phrase, doc.text[slice(*p.object)]) for p in found]


def test_negation_modality_and_preposition_stay_in_the_phrase() -> None:
    assert read(NEGATED) == [("offices", "should not rely on", "paper")]


def test_a_copula_links_what_is_said_of_the_subject() -> None:
    assert read([*COPULA[:2], ("scarce", "ADJ", 3, "amod"), COPULA[3]]) == [("Trust", "is", "scarce capital")]


def test_joined_verbs_share_their_subject() -> None:
    assert read(JOINED) == [("Towns", "collect", "data"), ("Towns", "publish", "maps")]


def test_a_relative_clause_speaks_of_its_noun() -> None:
    assert read(RELATIVE) == [("platforms", "connect", "registers")]


def test_ends_never_reach_over_a_full_stop() -> None:
    assert read(INTERRUPTED) == []


def test_a_verb_without_anything_said_is_no_proposition() -> None:
    assert read([("Towns", "NOUN", 1, "nsubj"), ("wait", "VERB", 1, "root")]) == []


@pytest.mark.parametrize("rows", [NEGATED, COPULA, JOINED, RELATIVE])
def test_both_ends_are_verbatim(rows: Rows) -> None:
    text = " ".join(word for word, *_ in rows)
    assert all(subject in text and target in text for subject, _, target in read(rows))
