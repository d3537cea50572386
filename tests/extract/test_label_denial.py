"""No label says the opposite of its sentence, and none is thrown out because another clause denies something."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.labels.denial import turns_round
from kg.extract.labels.frame import Frame
from kg.extract.labels.phrase import make_phrase

AVOIDED = "Own/ADJ/1/amod licences/NOUN/4/nsubj:pass must/AUX/4/aux be/AUX/4/aux:pass avoided/VERB/4/root"
NEVER = (
    "Under/ADP/2/case no/DET/2/det circumstances/NOUN/5/obl may/AUX/5/aux offices/NOUN/5/nsubj force/VERB/5/root "
    "islanders/NOUN/5/obj to/PART/8/mark buy/VERB/5/xcomp tickets/NOUN/8/obj"
)
NOR = (
    "Nor/CCONJ/3/cc is/AUX/3/aux:pass it/PRON/3/nsubj:pass recommended/VERB/3/root to/PART/5/mark use/VERB/5/root "
    "rare/ADJ/7/amod maps/NOUN/5/obj"
)
INSTEAD = "Instead/ADV/3/advmod ,/PUNCT/0/punct offices/NOUN/3/nsubj need/VERB/3/root one/NUM/5/nummod map/NOUN/3/obj"
NOT_ONLY = (
    "It/PRON/3/nsubj not/PART/3/advmod only/ADV/3/advmod helps/VERB/3/root clerks/NOUN/3/obj but/CCONJ/6/cc "
    "saves/VERB/3/conj paper/NOUN/6/obj"
)
LIMITED = (
    "Closed/ADJ/1/amod maps/NOUN/5/nsubj:pass shall/AUX/5/aux only/ADV/5/advmod be/AUX/5/aux:pass allowed/VERB/5/root "
    "on/ADP/7/case islands/NOUN/5/obl"
)
METHODS = "It/PRON/1/nsubj addresses/VERB/1/root new/ADJ/3/amod methods/NOUN/1/obj"
HINDERING = (
    "They/PRON/3/nsubj do/AUX/3/aux not/PART/3/advmod keep/VERB/3/root registers/NOUN/3/obj ,/PUNCT/6/punct "
    "hindering/VERB/3/advcl exchange/NOUN/6/obj"
)
DUE = (
    "Boats/NOUN/3/nsubj do/AUX/3/aux not/PART/3/advmod sail/VERB/3/root due/ADP/7/case to/ADP/4/fixed old/ADJ/7/amod "
    "rules/NOUN/3/obl"
)
NOT_EVEN = (
    "Do/AUX/2/aux not/PART/2/advmod forget/VERB/2/root boats/NOUN/6/nsubj are/AUX/6/cop not/PART/6/advmod "
    "equal/ADJ/2/ccomp"
)
YET = "Yet/ADV/4/advmod ,/PUNCT/0/punct growth/NOUN/4/nsubj is/AUX/4/cop slow/ADJ/4/root"


def turns(text: str, kind: str, *words: str) -> bool:
    """Whether the named words of a sentence turn it round. text: word/part of speech/head/relation for each token."""
    tokens, pos, heads, deps = map(list, zip(*(token.split("/") for token in text.split()), strict=True))
    lemmas = [{"avoided": "avoid", "addresses": "address", "hindering": "hinder"}.get(t, t.lower()) for t in tokens]
    doc = Doc(spacy.blank("en").vocab, words=tokens, pos=pos, heads=list(map(int, heads)), deps=deps, lemmas=lemmas)
    frame = Frame(list(doc), kind)
    return turns_round(frame, make_phrase(frame, tuple(i for i, token in enumerate(tokens) if token in words)))


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        (AVOIDED, "remedy", ("Own", "licences")),
        (NEVER, "remedy", ("buy", "tickets")),
        (NEVER, "remedy", ("offices", "force", "islanders")),
        # whatever the parse hangs it on
        (NEVER.replace("NOUN/5/obl", "NOUN/2/root"), "remedy", ("buy", "tickets")),
        (NOR, "remedy", ("use", "rare", "maps")),
        (NOT_ONLY, "remedy", ("not", "only", "helps", "clerks")),
        (LIMITED, "remedy", ("Closed", "maps", "shall", "be", "allowed", "on", "islands")),
        (HINDERING, "dilemma", ("keep", "registers")),
        (DUE, "dilemma", ("Boats", "sail")),
    ],
)
def test_what_is_denied_or_shunned_is_no_label(text: str, kind: str, words: tuple[str, ...]) -> None:
    assert turns(text, kind, *words)


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        (AVOIDED, "remedy", ("Own", "licences", "must", "be", "avoided")),
        (LIMITED, "remedy", ("Closed", "maps", "only", "allowed", "on", "islands")),
        (INSTEAD, "remedy", ("offices", "need", "one", "map")),
        (NOT_ONLY, "remedy", ("helps", "clerks")),
        (NOT_ONLY, "remedy", ("not", "only", "helps", "clerks", "but", "saves", "paper")),
        (METHODS, "remedy", ("new", "methods")),
        # what is wrong stays so whatever is denied beside or above it
        (HINDERING, "dilemma", ("hindering", "exchange")),
        (DUE, "dilemma", ("old", "rules")),
        (NOT_EVEN, "dilemma", ("boats", "are", "equal", "not")),
        (YET, "dilemma", ("growth", "is", "slow")),
    ],
)
def test_what_stands_beside_a_denial_may_be_a_label(text: str, kind: str, words: tuple[str, ...]) -> None:
    assert not turns(text, kind, *words)
