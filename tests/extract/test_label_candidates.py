"""Which sets of words may serve as a label at all."""

import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.extract.labels.candidates import find_choices, keep_true, make_frame

VOCAB = spacy.blank("en").vocab


def find_true(sentence: Span, kind: str) -> list[tuple[int, ...]]:
    """The tokens of the candidates that say nothing false."""
    frame = make_frame(sentence, kind)
    return list(keep_true(frame, find_choices(frame)))


def find_texts(text: str, kind: str) -> set[str]:
    """The possible labels of a sentence. text: word/part of speech/head/relation for each token."""
    words, pos, heads, deps = map(list, zip(*(token.split("/") for token in text.split()), strict=True))
    spaces = ["-" not in pair for pair in zip(words, [*words[1:], ""], strict=True)]
    lemmas = [word.lower() for word in words]
    places = [int(head) for head in heads]
    doc = Doc(VOCAB, words=words, spaces=spaces, pos=pos, heads=places, deps=deps, lemmas=lemmas)
    return {" ".join(doc[i].text for i in c) for c in find_true(doc[:], kind)}


INFANCY = (
    "The/DET/1/det practice/NOUN/6/nsubj is/AUX/6/cop still/ADV/6/advmod in/ADP/6/case rapid/ADJ/6/amod "
    "decline/NOUN/6/root"
)
CLAUSE = (
    "The/DET/1/det region/NOUN/2/nsubj has/VERB/2/root municipalities/NOUN/2/obj which/PRON/7/nsubj do/AUX/7/aux "
    "not/PART/7/advmod share/VERB/3/acl:relcl data/NOUN/7/obj"
)
RESIST = (
    "Resist/VERB/0/root the/DET/2/det urge/NOUN/0/obj to/PART/4/mark build/VERB/2/acl new/ADJ/6/amod portals/NOUN/4/obj"
)
HYPHEN = (
    "These/DET/6/det administrative/ADJ/5/amod and/CCONJ/3/cc survey/NOUN/1/conj -/PUNCT/1/punct derived/VERB/6/amod "
    "datasets/NOUN/7/nsubj help/VERB/7/root offices/NOUN/7/obj"
)


def test_what_is_in_decline_is_not_said_to_be_decline() -> None:
    texts = find_texts(INFANCY, "dilemma")
    assert {"practice is in rapid decline", "practice is still in rapid decline"} <= texts
    assert all(text.startswith("practice is") and text.endswith("decline") for text in texts)


def test_a_clause_on_a_noun_is_told_of_the_noun() -> None:
    texts = find_texts(CLAUSE, "dilemma")
    assert "municipalities do not share data" in texts
    assert "municipalities which do not share data" in texts


def test_what_is_to_be_shunned_is_no_remedy() -> None:
    texts = find_texts(RESIST, "remedy")
    assert "Resist the urge to build new portals" in texts
    assert not [text for text in texts if not text.startswith("Resist")]


def test_half_of_a_hyphened_word_ends_no_label() -> None:
    texts = [text for text in find_texts(HYPHEN, "remedy") if text.endswith("survey") and "administrative" not in text]
    assert not texts


def test_an_object_is_told_with_what_it_is_for_where_articles_make_it_too_long() -> None:
    text = (
        "The/DET/2/det billing/NOUN/2/compound offices/NOUN/3/nsubj lack/VERB/3/root a/DET/6/det "
        "simple/ADJ/6/amod way/NOUN/3/obj of/SCONJ/8/mark sending/VERB/6/acl the/DET/12/det "
        "old/ADJ/12/amod paper/NOUN/12/compound invoices/NOUN/8/obj"
    )
    wanted = "billing offices lack simple way of sending old paper invoices"
    assert wanted in find_texts(text, "dilemma")


def test_a_denied_remedy_keeps_its_denial() -> None:
    text = (
        "Projects/NOUN/3/nsubj must/AUX/3/aux not/PART/3/advmod name/VERB/3/root any/DET/5/det product/NOUN/3/obj "
        "that/PRON/7/nsubj prevents/VERB/5/acl:relcl open/ADJ/9/amod solutions/NOUN/7/obj"
    )
    texts = find_texts(text, "remedy")
    assert "Projects must not name any product that prevents open solutions" in texts
    assert not [label for label in texts if "not" not in label.split() and "prevents" in label]


def test_means_against_a_problem_are_a_remedy_and_what_a_ban_speaks_of_is_none() -> None:
    means = "Fight/VERB/0/root corruption/NOUN/0/obj with/ADP/4/case open/ADJ/4/amod data/NOUN/0/obl"
    assert "open data" in find_texts(means, "remedy")
    ban = (
        "Rules/NOUN/3/nsubj must/AUX/3/aux not/PART/3/advmod bind/VERB/3/root use/NOUN/3/obj to/ADP/7/case "
        "closed/ADJ/7/amod formats/NOUN/3/obl"
    )
    assert "closed formats" not in find_texts(ban, "remedy")


def test_what_is_relied_on_or_let_be_done_is_told() -> None:
    text = (
        "Waiting/VERB/6/csubj for/ADP/3/case one/NUM/3/nummod boat/NOUN/0/obl is/AUX/6/cop not/PART/6/advmod "
        "good/ADJ/6/root for/ADP/8/case trade/NOUN/6/obl"
    )
    texts = find_texts(text, "dilemma")
    assert "Waiting for one boat is not good for trade" in texts
    assert not [label for label in texts if label.startswith("Waiting is")]


def test_a_verb_phrase_does_not_run_into_the_next_subject() -> None:
    text = (
        "weigh/VERB/0/root the/DET/2/det effect/NOUN/0/obj privacy/NOUN/4/compound measures/NOUN/5/nsubj "
        "have/VERB/2/acl:relcl on/ADP/7/case results/NOUN/5/obl"
    )
    assert not [
        label for label in find_texts(text, "remedy") if label.startswith("weigh") and label.endswith("measures")
    ]


def test_only_a_few_are_few() -> None:
    text = "Only/ADV/2/advmod few/ADJ/2/amod officers/NOUN/3/nsubj want/VERB/3/root the/DET/5/det registers/NOUN/3/obj"
    assert {"few officers want the registers", "Only few officers want the registers"} <= find_texts(text, "dilemma")


@pytest.mark.parametrize(
    ("text", "never"),
    [
        # limited efforts to open registers are no opening of registers
        (
            "Limited/ADJ/1/amod efforts/NOUN/1/root to/PART/3/mark open/VERB/1/acl old/ADJ/5/amod registers/NOUN/3/obj",
            "open old registers",
        ),
        # rules that do not say how to prevent fraud prevent none
        (
            "Rules/NOUN/3/nsubj do/AUX/3/aux not/PART/3/advmod say/VERB/3/root how/ADV/6/advmod to/PART/6/mark "
            "prevent/VERB/3/ccomp tax/NOUN/8/compound fraud/NOUN/6/obj",
            "prevent tax fraud",
        ),
        # a less open way is no open way
        (
            "A/DET/3/det less/ADV/2/advmod open/ADJ/3/amod way/NOUN/3/root of/ADP/6/case public/ADJ/6/amod "
            "sharing/NOUN/3/nmod",
            "open way of public sharing",
        ),
    ],
)
def test_what_is_hardly_done_is_not_said_to_be_done(text: str, never: str) -> None:
    assert never not in find_texts(text, "dilemma")


def test_joined_modifiers_stay_together() -> None:
    text = (
        "Give/VERB/0/root data/NOUN/0/obj to/ADP/7/case the/DET/7/det public/ADJ/7/amod and/CCONJ/6/cc "
        "other/ADJ/4/conj agencies/NOUN/0/obl"
    )
    texts = find_texts(text, "remedy")
    assert "Give data to the public and other agencies" in texts
    assert not [label for label in texts if "public agencies" in label]


def test_a_purpose_behind_a_whole_phrase_may_be_left_out_and_what_is_asked_for_may_not() -> None:
    purpose = (
        "Talk/VERB/0/root with/ADP/3/case affected/ADJ/3/amod citizens/NOUN/0/obl to/PART/5/mark "
        "understand/VERB/0/advcl needs/NOUN/5/obj"
    )
    assert "Talk with affected citizens" in find_texts(purpose, "remedy")
    assert "Talk with affected citizens" not in find_texts(purpose.replace("advcl", "xcomp"), "remedy")


def test_what_must_be_done_and_done_again_may_end_on_the_first() -> None:
    text = (
        "Old/ADJ/1/amod registers/NOUN/4/nsubj:pass should/AUX/4/aux be/AUX/4/aux:pass kept/VERB/4/root "
        "and/CCONJ/6/cc repaired/VERB/4/conj in/ADP/9/case new/ADJ/9/amod ways/NOUN/6/obl"
    )
    assert "Old registers should be kept" in find_texts(text, "remedy")


def test_what_a_remedy_stands_outside_of_is_none() -> None:
    text = "Build/VERB/0/root teams/NOUN/0/obj outside/ADP/4/case existing/ADJ/4/amod offices/NOUN/0/obl"
    texts = find_texts(text, "remedy")
    assert "Build teams outside existing offices" in texts
    assert "existing offices" not in texts


def test_to_lead_is_a_verb_that_says_enough() -> None:
    text = (
        "Frontline/ADJ/1/amod staff/NOUN/2/nsubj lead/VERB/2/root callers/NOUN/2/obj back/ADV/2/advmod to/ADP/8/case "
        "the/DET/8/det old/ADJ/8/amod channel/NOUN/2/obl"
    )
    assert "Frontline staff lead callers back to the old channel" in find_texts(text, "dilemma")
