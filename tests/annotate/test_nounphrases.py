from itertools import pairwise

import pytest
from spacy.tokens import Doc

from kg.annotate import find_noun_phrases, load_language

#: "word/POS/relation>head" for each word; heads count from 0, "ROOT" hangs on itself.
PARSED = [
    (
        "The/DET/det>3 old/ADJ/amod>3 data/NOUN/compound>3 silos/NOUN/nsubj>4 persist/VERB/ROOT>4",
        ["The old data silos"],
    ),
    (
        "lack/NOUN/ROOT>0 of/ADP/case>3 clear/ADJ/amod>3 rules/NOUN/nmod>0 in/ADP/case>5 cities/NOUN/nmod>3",
        ["lack", "clear rules", "cities"],
    ),
    (
        "the/DET/det>1 city/NOUN/nmod:poss>6 's/PART/case>1 data/NOUN/compound>5 -/PUNCT/punct>5 driven/ADJ/amod>6 "
        "plans/NOUN/ROOT>6",
        ["the city 's data - driven plans"],
    ),
    (
        "laws/NOUN/ROOT>0 ,/PUNCT/punct>2 funds/NOUN/conj>0 and/CCONJ/cc>5 skilled/ADJ/amod>5 staff/NOUN/conj>0",
        ["laws", "funds", "skilled staff"],
    ),
    (
        "Maria/PROPN/nsubj>2 Ruiz/PROPN/flat>0 met/VERB/ROOT>2 them/PRON/obj>2",
        ["Maria Ruiz", "them"],
    ),
    (
        "very/ADV/advmod>1 weak/ADJ/amod>2 trust/NOUN/nsubj>6 that/PRON/nsubj>4 fell/VERB/acl:relcl>2 has/AUX/aux>6 "
        "grown/VERB/ROOT>6",
        ["very weak trust", "that"],
    ),
    (
        "“/PUNCT/punct>2 smart/ADJ/amod>2 cities/NOUN/ROOT>2 ”/PUNCT/punct>2",
        ["smart cities"],
    ),
    (
        "two/NUM/nummod>1 agencies/NOUN/nsubj>2 share/VERB/ROOT>2 and/CCONJ/cc>5 model/NOUN/compound>5 use/NOUN/conj>2",
        ["two agencies", "model use"],
    ),
    ("it/PRON/nsubj>1 works/VERB/ROOT>1", ["it"]),
    ("Stop/VERB/ROOT>0 !/PUNCT/punct>0", []),
]


def make_doc(coded: str) -> Doc:
    parts = [word.rsplit("/", 2) for word in coded.split(" ")]
    return Doc(
        load_language("blank").vocab,
        words=[word for word, _, _ in parts],
        pos=[pos for _, pos, _ in parts],
        deps=[relation.partition(">")[0] for _, _, relation in parts],
        heads=[int(relation.partition(">")[2]) for _, _, relation in parts],
    )


@pytest.mark.parametrize(("coded", "phrases"), PARSED, ids=[phrases[0] if phrases else "none" for _, phrases in PARSED])
def test_base_noun_phrases_of_a_tree(coded: str, phrases: list[str]) -> None:
    assert [span.text for span in find_noun_phrases(make_doc(coded))] == phrases


def test_phrases_do_not_overlap_and_come_in_reading_order() -> None:
    for coded, _ in PARSED:
        spans = find_noun_phrases(make_doc(coded))
        assert all(before.end <= after.start for before, after in pairwise(spans))


def test_parse_in_another_scheme_is_left_to_spacy() -> None:
    doc = make_doc("The/DET/det>1 law/NOUN/pobj>2 binds/VERB/ROOT>2 many/ADJ/amod>4 cities/NOUN/dobj>2")
    assert [span.text for span in find_noun_phrases(doc)] == ["The law", "many cities"]


@pytest.mark.parametrize(
    ("text", "tags", "phrases"),
    [
        ("The old portals of many poor cities fail it", "DET ADJ NOUN ADP ADJ ADJ NOUN VERB PRON", None),
        ("big data", "ADJ NOUN", ["big data"]),
        ("run fast", "VERB ADV", []),
        ("the rich", "DET ADJ", []),
    ],
)
def test_phrases_from_parts_of_speech_end_in_a_noun(text: str, tags: str, phrases: list[str] | None) -> None:
    doc = Doc(load_language("blank").vocab, words=text.split(), pos=tags.split())
    found = [span.text for span in find_noun_phrases(doc)]
    assert found == (["The old portals", "many poor cities", "it"] if phrases is None else phrases)


def test_without_parts_of_speech_phrases_are_runs_of_content_words() -> None:
    doc = load_language("blank").make_doc("The old data-driven plans of a smart city, they say.")
    assert [span.text for span in find_noun_phrases(doc)] == ["old data-driven plans", "smart city"]
