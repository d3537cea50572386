"""Phrases with some of their loose parts."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.labels.compressions import find_compressions
from kg.extract.labels.frame import Frame

RELATIVE = (
    "Old/ADJ/1/amod registers/NOUN/6/nsubj that/PRON/4/nsubj cannot/AUX/4/aux talk/VERB/1/acl:relcl ,/PUNCT/1/punct "
    "slow/VERB/6/root many/ADJ/8/amod ferries/NOUN/6/obj in/ADP/10/case winter/NOUN/6/obl"
)
HOW = "show/VERB/0/root how/ADV/3/advmod clerks/NOUN/3/nsubj pay/VERB/0/advcl in/ADP/5/case winter/NOUN/3/obl"


def make_frame(text: str) -> Frame:
    words, pos, heads, deps = map(list, zip(*(token.split("/") for token in text.split()), strict=True))
    lemmas = [word.lower() for word in words]
    doc = Doc(spacy.blank("en").vocab, words=words, pos=pos, heads=list(map(int, heads)), deps=deps, lemmas=lemmas)
    return Frame(list(doc), "dilemma")


def find_texts(text: str) -> set[str]:
    frame = make_frame(text)
    return {" ".join(frame.words[t] for t in chosen) for chosen in find_compressions(frame)}


def test_loose_parts_are_added_one_by_one() -> None:
    texts = find_texts(RELATIVE)
    assert {"old registers slow many ferries", "old registers slow many ferries in winter"} <= texts


def test_a_clause_keeps_the_word_that_joins_it_and_its_helper() -> None:
    assert "old registers that cannot talk" in find_texts(RELATIVE)
    assert "show how clerks pay" in find_texts(HOW)


def test_modifiers_are_left_out() -> None:
    assert "old registers slow ferries" in find_texts(RELATIVE)


@pytest.mark.parametrize("word", ["no", "few", "poor"])
def test_what_says_what_is_wrong_is_never_left_out(word: str) -> None:
    text = f"{word}/ADJ/1/amod ferries/NOUN/2/nsubj serve/VERB/2/root small/ADJ/4/amod islands/NOUN/2/obj"
    texts = find_texts(text)
    assert f"{word} ferries serve islands" in texts
    assert "ferries serve islands" not in texts


def test_only_some_parts_are_carried_on_where_there_are_many() -> None:
    parts = " ".join(f"in/ADP/{2 * i + 2}/case w{i}/NOUN/0/obl" for i in range(12))
    found = set(find_compressions(make_frame("sail/VERB/0/root " + parts)))
    assert max(map(len, found)) >= 7
    assert 12 < len(found) < 150


def test_of_a_phrase_too_long_the_bare_heads_are_found() -> None:
    text = (
        "Registers/NOUN/8/nsubj of/ADP/7/case many/ADJ/7/amod far/ADJ/7/amod small/ADJ/7/amod cold/ADJ/7/amod "
        "northern/ADJ/7/amod islands/NOUN/0/nmod slow/VERB/8/root clerks/NOUN/8/obj of/ADP/14/case many/ADJ/14/amod "
        "other/ADJ/14/amod ferry/NOUN/14/compound boards/NOUN/9/nmod"
    )
    found = set(find_compressions(make_frame(text)))
    assert (0, 8, 9) in found
    assert (0, 8, 9, 10, 13, 14) in found
