"""Labels are sound phrases of their sentence."""

from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from kg.annotate import load_language
from kg.extract.labels import find_clause, label_clause, score, spell
from kg.extract.labels.candidates import MAX_WORDS, MIN_WORDS, find_candidates
from kg.extract.labels.frame import Frame
from kg.extract.labels.reading import describe_reading
from kg.extract.labels.soundness import is_sound

VOCAB = spacy.blank("en").vocab
#: word, part of speech, head, relation
LACK = [
    ("There", "PRON", 1, "expl"),
    ("is", "VERB", 1, "root"),
    ("a", "DET", 3, "det"),
    ("lack", "NOUN", 1, "nsubj"),
    ("of", "ADP", 6, "case"),
    ("skilled", "ADJ", 6, "amod"),
    ("staff", "NOUN", 3, "nmod"),
    ("in", "ADP", 9, "case"),
    ("small", "ADJ", 9, "amod"),
    ("towns", "NOUN", 3, "nmod"),
    (".", "PUNCT", 1, "punct"),
]
MODAL = [
    ("Towns", "NOUN", 2, "nsubj"),
    ("should", "AUX", 2, "aux"),
    ("build", "VERB", 2, "root"),
    ("shared", "ADJ", 5, "amod"),
    ("data", "NOUN", 5, "compound"),
    ("platforms", "NOUN", 2, "obj"),
    (",", "PUNCT", 8, "punct"),
    ("and", "CCONJ", 8, "cc"),
    ("train", "VERB", 2, "conj"),
    ("staff", "NOUN", 8, "obj"),
    (".", "PUNCT", 2, "punct"),
]


def parse(rows: list[tuple[str, str, int, str]]) -> Doc:
    words, pos, heads, deps = zip(*rows, strict=True)
    return Doc(VOCAB, words=list(words), pos=list(pos), heads=list(heads), deps=list(deps), lemmas=list(words))


def find_texts(rows: list[tuple[str, str, int, str]], kind: str) -> set[str]:
    doc = parse(rows)
    return {" ".join(doc[i].text for i in c.tokens) for c in find_candidates(doc[:], kind)}


def test_phrases_begin_and_end_on_words_that_say_something() -> None:
    texts = find_texts(LACK, "dilemma")
    assert {"lack of skilled staff", "lack of skilled staff in small towns", "skilled staff", "small towns"} <= texts
    assert not [t for t in texts if t.split()[0] in {"There", "is", "a", "of", "in"} or t.endswith((" of", " in"))]


def test_what_should_be_done_may_leave_out_who_must_do_it() -> None:
    assert "build shared data platforms" in find_texts(MODAL, "remedy")


def test_what_is_wrong_keeps_what_it_is_wrong_with() -> None:
    assert "build shared data platforms" not in find_texts(MODAL, "dilemma")


def test_no_phrase_is_cut_in_the_middle_of_a_compound() -> None:
    texts = find_texts(MODAL, "remedy")
    assert "build shared data" not in texts
    assert "shared data" not in texts


@pytest.mark.parametrize("rows", [LACK, MODAL])
def test_labels_have_two_to_ten_words(rows: Any) -> None:
    assert all(MIN_WORDS <= len(t.split()) <= MAX_WORDS for t in find_texts(rows, "remedy"))


def test_a_cue_of_lack_speaks_for_a_dilemma() -> None:
    found = {
        " ".join(parse(LACK)[i].text for i in c.tokens): score(c.features)
        for c in find_candidates(parse(LACK)[:], "dilemma")
    }
    assert max(found, key=lambda t: found[t]).startswith("lack of skilled staff")
    assert found["small towns"] < found["lack of skilled staff"]


def test_commas_need_the_end_of_their_list() -> None:
    frame = Frame(list(parse(MODAL)), "remedy")
    assert not is_sound(frame, (2, 3, 4, 5, 6))


def test_names_keep_their_capital() -> None:
    doc = parse(LACK)
    assert spell(list(doc[0:2])) == "there is"
    assert spell(list(doc[0:2]), keep_first=True) == "There is"


def test_without_a_parse_the_longest_clause_serves() -> None:
    assert (
        label_clause("In towns, old registers block shared services; we saw it.")
        == "old registers block shared services"
    )
    assert label_clause("No.") == ""


def test_a_purpose_names_the_dilemma_and_the_main_clause_the_remedy() -> None:
    text = "To overcome data silos, towns share one register."
    assert [text[slice(*find_clause(text, 0, len(text), kind))] for kind in ("dilemma", "remedy")] == [
        "To overcome data silos, ",
        "towns share one register.",
    ]
    assert find_clause("Towns share one register.", 0, 25, "remedy") == (0, 25)


@pytest.mark.parametrize(
    ("sentence", "kind", "unwanted"),
    [
        ("There is a gap between rural offices and urban offices.", "dilemma", "gap between rural offices"),
        ("Towns cannot pay for new registers.", "dilemma", "towns pay"),
        ("Problems have been on an all-time high.", "dilemma", "time high"),
        ("They lack the ability to share files.", "dilemma", "lack the ability"),
        ("Offices should adapt them to open standards.", "remedy", "adapt them to open standards"),
    ],
)
def test_no_candidate_says_half_of_it(sentence: str, kind: str, unwanted: str) -> None:
    doc = load_language("")(sentence)
    found = {spell([doc[i] for i in c.tokens]) for c in find_candidates(doc[:], kind)}
    assert found
    assert unwanted not in found


def test_an_opening_quotation_mark_without_its_partner_is_left_out() -> None:
    doc = load_language("")("Laws on 'Internet governance are weak.")
    assert spell(list(doc)[2:5]) == "internet governance"


def test_a_label_that_reads_as_its_kind_is_described_so() -> None:
    bad, good = describe_reading(("blue chairs", "lack of trained staff"), "dilemma")
    assert ("d:reads rank 0" in good, "d:reads rank 0" in bad) == (True, False)
    assert "d:reads behind 0" in good


@pytest.mark.parametrize(
    ("sentence", "kind", "unwanted"),
    [
        ("This fact complicates the selection of data.", "dilemma", "fact complicates the selection of data"),
        ("Several surveys report that staff lack skills.", "dilemma", "several surveys"),
        ("Clerks must work in consultation with other offices.", "remedy", "work in consultation"),
        ("Leaders recently came through flawed elections.", "dilemma", "recently came through flawed elections"),
        ("Offices hide how these datasets can be used.", "dilemma", "these datasets can be used"),
        ("Rules based on open standards help towns.", "remedy", "based on open standards"),
        ("Keep it simple without compromising the security of files.", "remedy", "compromising the security of files"),
        ("Create an office to collect and publish files.", "remedy", "create an office to collect"),
    ],
)
def test_what_points_back_reports_or_breaks_off_is_no_label(sentence: str, kind: str, unwanted: str) -> None:
    doc = load_language("")(sentence)
    found = {spell([doc[i] for i in c.tokens]) for c in find_candidates(doc[:], kind)}
    assert found
    assert unwanted not in found
