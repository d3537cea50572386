"""Clauses become subject, phrase and object."""

from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.extract import propositions
from kg.extract.clauses import MAX_END_WORDS, NOUN_AS_SUBJECT, OWN_SUBJECT, is_aside
from kg.extract.propositions import Proposition, find_in_sentence
from kg.extract.tree import Tree

VOCAB = spacy.blank("en").vocab
Rows = list[tuple[str, str, int, str]]
#: word, part of speech (and tag), head, relation
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
PUBLISH: Rows = [("publish", "VERB/VBP", 2, "root"), ("maps", "NOUN", 2, "obj")]
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


def parse(rows: Rows) -> tuple[str, list[Proposition]]:
    words, pos, heads, deps = zip(*rows, strict=True)
    tags = [part.partition("/")[2] for part in pos]
    kinds = [part.partition("/")[0] for part in pos]
    spaces = [following != "-" and word != "-" for word, following in zip(words, [*words[1:], ""], strict=True)]
    doc = Doc(VOCAB, list(words), spaces=spaces, pos=kinds, tags=tags, heads=list(heads), deps=list(deps))
    return doc.text, list(find_in_sentence(Tree(list(doc)), (0, len(doc.text))))


def read(rows: Rows) -> list[tuple[str, str, str]]:
    text, found = parse(rows)
    return [(text[slice(*p.subject)], p.phrase, text[slice(*p.object)]) for p in found]


def read_plain(rows: Rows) -> list[bool]:
    return [p.plain for p in parse(rows)[1]]


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


MODAL: Rows = [
    ("Bodies", "NOUN", 3, "nsubj"),
    ("should", "AUX/MD", 3, "aux"),
    ("not", "PART", 3, "advmod"),
    ("keep", "VERB/VB", 3, "root"),
    ("paper", "NOUN", 3, "obj"),
    ("or", "CCONJ", 6, "cc"),
    ("sell", "VERB/VB", 3, "conj"),
    ("data", "NOUN", 6, "obj"),
]
ALLOWS: Rows = [
    ("Portals", "NOUN", 1, "nsubj"),
    ("allow", "VERB/VBP", 1, "root"),
    ("towns", "NOUN", 1, "obj"),
    ("to", "PART", 4, "mark"),
    ("share", "VERB/VB", 1, "xcomp"),
    ("maps", "NOUN", 4, "obj"),
]
WITH_CASE: Rows = [
    ("We", "PRON", 1, "nsubj"),
    ("speak", "VERB/VBP", 1, "root"),
    ("of", "ADP", 3, "case"),
    ("tools", "NOUN", 1, "obl"),
    ("connecting", "VERB/VBG", 3, "acl"),
    ("registers", "NOUN", 4, "obj"),
]
HYPHENS: Rows = [
    ("Top", "ADJ", 3, "amod"),
    ("-", "PUNCT", 3, "punct"),
    ("level", "NOUN", 3, "compound"),
    ("design", "NOUN", 4, "nsubj"),
    ("helps", "VERB/VBZ", 4, "root"),
    ("towns", "NOUN", 4, "obj"),
]
COORDINATED: Rows = [
    ("Water", "NOUN", 5, "nsubj"),
    (",", "PUNCT", 2, "punct"),
    ("food", "NOUN", 0, "conj"),
    ("and", "CCONJ", 4, "cc"),
    ("air", "NOUN", 0, "conj"),
    ("cost", "VERB/VBP", 5, "root"),
    ("money", "NOUN", 5, "obj"),
]
CITED: Rows = [
    ("Towns", "NOUN", 1, "nsubj"),
    ("publish", "VERB/VBP", 1, "root"),
    ("maps", "NOUN", 1, "obj"),
    ("(", "PUNCT", 4, "punct"),
    ("Lee", "PROPN", 2, "appos"),
    (",", "PUNCT", 6, "punct"),
    ("2019", "NUM", 4, "nummod"),
    (")", "PUNCT", 4, "punct"),
]
QUESTION: Rows = [*JOINED[:3], ("?", "PUNCT", 1, "punct")]
OVERLAPPED: Rows = [
    ("There", "PRON", 1, "expl"),
    ("is", "VERB/VBZ", 1, "root"),
    ("shortage", "NOUN", 1, "nsubj"),
    ("of", "ADP", 4, "case"),
    ("clerks", "NOUN", 2, "nmod"),
]


def test_joined_verbs_share_modality_and_negation() -> None:
    assert read(MODAL) == [("Bodies", "should not keep", "paper"), ("Bodies", "should not sell", "data")]


def test_what_a_verb_allows_its_object_does() -> None:
    assert read(ALLOWS)[1] == ("towns", "share", "maps")


def test_an_infinitive_is_not_read_alone() -> None:
    assert read_plain(ALLOWS) == [True, False]


def test_a_participle_speaks_of_its_noun_without_preposition_or_itself() -> None:
    assert read(WITH_CASE)[-1] == ("tools", "connecting", "registers")


def test_words_joined_by_hyphens_stay_whole() -> None:
    assert read(HYPHENS) == [("Top-level design", "helps", "towns")]


def test_joined_nouns_are_one_subject() -> None:
    assert [subject for subject, *_ in read(COORDINATED)] == ["Water , food and air"]


def test_a_citation_at_the_end_is_left_out() -> None:
    assert read(CITED) == [("Towns", "publish", "maps")]


@pytest.mark.parametrize(
    ("words", "aside"),
    [
        (["lee", ",", "2019"], True),
        (["12", ",", "14"], True),
        (["https://x.org"], True),
        (["rdf"], False),
        (["3", "towns"], False),
    ],
)
def test_brackets_with_citations_and_addresses_are_asides(words: list[str], aside: bool) -> None:
    assert is_aside(words) is aside


def test_questions_and_pronouns_are_not_read_alone() -> None:
    assert read_plain(QUESTION) == [False]
    assert read_plain([("They", "PRON", 1, "nsubj"), *JOINED[1:3]]) == [False]
    assert read_plain([("These", "DET", 1, "det"), ("towns", "NOUN", 2, "nsubj"), *PUBLISH]) == [False]
    assert read_plain(JOINED[:3]) == [True]


def test_ends_do_not_overlap() -> None:
    assert read(OVERLAPPED) == []


def test_a_clause_with_its_own_subject_is_surer_than_one_that_borrows() -> None:
    assert next(p.confidence for p in parse(JOINED)[1]) == OWN_SUBJECT
    assert [p.confidence for p in parse(RELATIVE)[1]] == [NOUN_AS_SUBJECT]


def test_a_map_holds_short_plain_propositions_about_concepts(make_annotated: Any, few_concepts: Any) -> None:
    annotated = make_annotated(
        "# Open data helps firms",
        "Open data helps small firms. It saves money. Ferries carry cars. Does open data help firms?",
        concepts=few_concepts,
    )
    found = list(propositions.extract(annotated, ()))
    assert [(a.label, a.get("subject_concept"), a.evidence.quote) for a in found] == [
        ("Open data helps small firms", "c:open-data", "Open data helps small firms.")
    ]


@given(
    st.lists(
        st.tuples(
            st.sampled_from("towns data ( ) [ 12 , - of and that not : ?".split()),
            st.sampled_from(["NOUN", "VERB/VBZ", "ADP", "PUNCT", "PRON", "AUX/MD", "CCONJ"]),
            st.integers(0, 11),
            st.sampled_from("nsubj obj conj cc cop aux acl acl:relcl xcomp advcl case punct root obl".split()),
        ),
        min_size=2,
        max_size=12,
    )
)
def test_any_tree_gives_ends_that_lie_apart_in_the_sentence(rows: Rows) -> None:
    """Heads may make circles, which no parser draws; nothing may fail or run forever for all that."""
    rows = [(word, pos, head % (i + 1), dep) for i, (word, pos, head, dep) in enumerate(rows)]
    text, found = parse(rows)
    for p in found:
        assert 0 <= p.subject[0] < p.subject[1] <= len(text)
        assert p.subject[1] <= p.object[0] or p.object[1] <= p.subject[0]
        assert len(text[slice(*p.object)].split()) <= MAX_END_WORDS + 3


#: As a parser may get it wrong: no subject, its words below the verb.
LOST: Rows = [
    ("The", "DET/DT", 3, "det"),
    ("harbour", "NOUN/NN", 3, "compound"),
    ("office", "NOUN/NN", 3, "compound"),
    ("keeps", "VERB/VBZ", 3, "root"),
    ("lists", "NOUN/NNS", 3, "obj"),
]
PUT_BETWEEN: Rows = [
    ("Culture", "NOUN/NN", 2, "nsubj"),
    (",", "PUNCT", 0, "punct"),
    ("called", "VERB/VBN", 6, "advcl"),
    ("habit", "NOUN/NN", 2, "xcomp"),
    (",", "PUNCT", 2, "punct"),
    ("is", "AUX/VBZ", 6, "aux:pass"),
    ("passed", "VERB/VBN", 6, "root"),
    ("to", "ADP", 8, "case"),
    ("children", "NOUN/NNS", 6, "obl"),
]


def test_a_finite_verb_without_subject_has_the_noun_phrase_before_it() -> None:
    assert read(LOST) == [("harbour office", "keeps", "lists")]
    assert read([("In", "ADP", 3, "case"), *LOST[1:]]) == []


def test_a_clause_put_between_hands_on_its_subject() -> None:
    assert read(PUT_BETWEEN)[-1] == ("Culture", "is passed to", "children")


def test_possessives_may_begin_an_object_but_no_subject() -> None:
    its = ("its", "PRON/PRP$", 3, "nmod:poss")
    assert read_plain(
        [("Towns", "NOUN", 1, "nsubj"), ("sell", "VERB/VBP", 1, "root"), its, ("maps", "NOUN", 1, "obj")]
    ) == [True]
    assert read_plain([("Their", "PRON/PRP$", 1, "nmod:poss"), ("town", "NOUN", 2, "nsubj"), *PUBLISH]) == [False]


def test_a_gerund_behind_a_noun_is_no_clause() -> None:
    rows = [("decision", "NOUN", 0, "root"), ("making", "VERB/VBG", 0, "acl"), ("of", "ADP", 3, "case")]
    assert read([*rows, ("towns", "NOUN", 1, "obl")]) == []


def test_a_copula_with_words_of_its_own_gives_no_proposition_and_no_error() -> None:
    rows = [("Towns", "NOUN", 2, "nsubj"), ("are", "AUX/VBP", 2, "cop"), ("old", "ADJ", 2, "root")]
    assert read([*rows, ("now", "ADV", 1, "advmod")]) == []
