"""Labels are sound phrases of their sentence."""

from typing import Any

import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.annotate import annotate, load_language
from kg.extract.labels import Asked, Choice, choose, find_clause, label_clause, make_label, make_sure_labels, spell
from kg.extract.labels.candidates import find_choices, finish, keep_true, make_frame
from kg.extract.labels.frame import MAX_WORDS, MIN_WORDS, Frame
from kg.extract.labels.network import read_sentence
from kg.extract.labels.tuned import TokenVectors
from kg.model import Block, BlockKind, Document

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


def find_true(sentence: Span, kind: str) -> list[tuple[int, ...]]:
    """The tokens of the candidates that say nothing false."""
    frame = make_frame(sentence, kind)
    return list(keep_true(frame, find_choices(frame)))


def make_plain_label(sentence: str, kind: str) -> str:
    """The label that is chosen without an encoder."""
    document = Document("x", "x", sentence, (Block(BlockKind.PARAGRAPH, 0, len(sentence)),), language="en")
    return make_label(annotate(document, (), nlp=load_language("")), 0, len(sentence), kind)


def parse(rows: list[tuple[str, str, int, str]]) -> Doc:
    words, pos, heads, deps = zip(*rows, strict=True)
    return Doc(VOCAB, words=list(words), pos=list(pos), heads=list(heads), deps=list(deps), lemmas=list(words))


def find_texts(rows: list[tuple[str, str, int, str]], kind: str) -> set[str]:
    doc = parse(rows)
    return {" ".join(doc[i].text for i in c) for c in find_true(doc[:], kind)}


def test_phrases_begin_and_end_on_words_that_say_something() -> None:
    texts = find_texts(LACK, "dilemma")
    assert {"lack of skilled staff", "lack of skilled staff in small towns"} <= texts
    assert not {"skilled staff", "small towns"} & texts
    assert not [t for t in texts if t.split()[0] in {"There", "is", "a", "of", "in"} or t.endswith((" of", " in"))]


def test_what_should_be_done_may_leave_out_who_must_do_it() -> None:
    assert "build shared data platforms" in find_texts(MODAL, "remedy")


def test_no_phrase_is_cut_in_the_middle_of_a_compound() -> None:
    texts = find_texts(MODAL, "remedy")
    assert "build shared data" not in texts
    assert "shared data" not in texts


@pytest.mark.parametrize("rows", [LACK, MODAL])
def test_labels_have_two_to_ten_words(rows: Any) -> None:
    assert all(MIN_WORDS <= len(t.split()) <= MAX_WORDS for t in find_texts(rows, "remedy"))


def test_a_cue_of_lack_speaks_for_a_dilemma() -> None:
    doc = parse(LACK)
    assert " ".join(doc[i].text for i in choose(doc[:], "dilemma").tokens).startswith("lack of skilled staff")


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
def test_no_label_says_half_of_it(sentence: str, kind: str, unwanted: str) -> None:
    assert make_plain_label(sentence, kind) not in {"", unwanted}


def test_an_opening_quotation_mark_without_its_partner_is_left_out() -> None:
    doc = load_language("")("Laws on 'Internet governance are weak.")
    assert spell(list(doc)[2:5]) == "internet governance"


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
        ("Few towns have published their registers of companies.", "dilemma", "registers of companies"),
        ("One of the main challenges for towns is the lack of trained staff.", "dilemma", "main challenges for towns"),
    ],
)
def test_what_points_back_reports_or_breaks_off_is_no_label(sentence: str, kind: str, unwanted: str) -> None:
    assert make_plain_label(sentence, kind) not in {"", unwanted}


def test_what_is_left_out_before_a_comma_leaves_no_gap() -> None:
    doc = load_language("")("No mass of users for online services, and limited impact remain.")
    chosen = [t for t in doc if t.text not in {"for", "online", "services"}][:7]
    assert spell(chosen) == "no mass of users, and limited"


def test_a_colon_that_parts_the_phrases_of_a_label_stays() -> None:
    words = ["Buying", "power", ":", "All", "towns", "buy", "licences", "together", ";", "nobody", "pays", "more"]
    doc = Doc(spacy.blank("en").vocab, words=words, pos=["NOUN"] * len(words), spaces=[True] * len(words))
    assert spell([doc[i] for i in (0, 1, 5, 6, 10)]) == "buying power: buy licences; pays"
    assert spell([doc[i] for i in (4, 5, 6)]) == "towns buy licences"
    words = ["Data", "(", "see", ":", "annex", ")", "are", "late"]
    doc = Doc(spacy.blank("en").vocab, words=words, pos=["NOUN"] * len(words), spaces=[True] * len(words))
    assert spell([doc[i] for i in (0, 6, 7)]) == "data are late"


@pytest.mark.parametrize(
    ("head", "pos", "label"),
    [
        (2, "NOUN", "lack of money, skilled staff"),
        (2, "ADJ", "lack of money, skilled staff"),
        (2, "VERB", "lack of money skilled staff"),
        (4, "NOUN", "lack of money skilled staff"),
    ],
)
def test_phrases_joined_without_their_joint_stand_apart_by_a_comma(head: int, pos: str, label: str) -> None:
    words = ["Lack", "of", "money", "and", "of", "skilled", "staff"]
    tags = ["NOUN", "ADP", "NOUN", "CCONJ", "ADP", "ADJ", pos]
    deps = ["root", "case", "nmod", "cc", "case", "amod", "conj"]
    heads = [0, 2, 0, 6, 6, 6, head]
    doc = Doc(spacy.blank("en").vocab, words=words, pos=tags, heads=heads, deps=deps)
    assert spell([doc[i] for i in (0, 1, 2, 5, 6)]) == label
    assert spell([doc[i] for i in (0, 1, 2, 3, 5, 6)]) == "lack of money and skilled staff"


def test_a_joint_that_stays_needs_no_comma() -> None:
    words = ["Towns", "share", ",", "map", "and", "publish", "data", "daily"]
    deps = ["nsubj", "root", "punct", "conj", "cc", "conj", "obj", "advmod"]
    tags = ["NOUN", "VERB", "PUNCT", "VERB", "CCONJ", "VERB", "NOUN", "ADV"]
    doc = Doc(spacy.blank("en").vocab, words=words, pos=tags, heads=[1, 1, 3, 1, 5, 1, 5, 5], deps=deps)
    assert spell([doc[i] for i in (1, 3, 5, 6)]) == "share, map, publish data"
    assert spell([doc[i] for i in (1, 2, 3, 4, 5, 6)]) == "share, map and publish data"
    assert spell([doc[i] for i in (1, 4, 5, 6)]) == "share and publish data"
    assert spell([doc[i] for i in (3, 5, 6, 7)]) == "map publish data daily"


def test_what_is_announced_is_a_label_without_its_announcement() -> None:
    doc = load_language("")("One of the main challenges for towns is the lack of trained staff.")
    found = {spell([doc[i] for i in c]) for c in find_true(doc[:], "dilemma")}
    assert "lack of trained staff" in found


def test_a_denial_begins_a_label_where_there_is_no_room_for_its_subject() -> None:
    long = "Many small and medium-sized municipal offices in the remote regions do not yet use the shared register."
    short = "Towns do not use the shared register."
    found = [
        {spell([doc[i] for i in c]) for c in find_true(doc[:], "dilemma")}
        for doc in map(load_language(""), (long, short))
    ]
    assert "do not yet use the shared register" in found[0]
    assert "towns do not use the shared register" in found[1]


@pytest.mark.parametrize(
    ("text", "left_out"), [("Map the islands you've not served.", "you"), ("Boats don't serve all islands.", "do")]
)
def test_what_is_written_as_one_word_stays_one(text: str, left_out: str, monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document("x", "x", text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))
    annotated = annotate(document, (), nlp=load_language(""))
    chosen = tuple(token.i for token in annotated.doc if token.text not in {left_out, "."})
    monkeypatch.setattr("kg.extract.labels.choose", lambda *_: Choice(chosen))
    assert make_label(annotated, 0, len(text), "remedy") == text[0].lower() + text[1:-1]


def test_of_a_row_the_longest_cell_is_looked_at() -> None:
    text = "4 | Publish the timetable of each ferry | • | 5"
    assert text[slice(*find_clause(text, 0, len(text), "remedy"))] == "Publish the timetable of each ferry"
    assert find_clause("Ask the boards.", 0, 15, "remedy") == (0, 15)


@pytest.mark.parametrize(
    ("sentence", "kind", "clause"),
    [
        ("To overcome the lack of trust, towns publish files.", "dilemma", "To overcome the lack of trust, "),
        ("To gain such benefits, towns spend too much.", "dilemma", "towns spend too much."),
        ("To overcome the lack of trust, towns publish files.", "remedy", "towns publish files."),
    ],
)
def test_a_purpose_names_the_dilemma_only_where_it_is_against_something(sentence: str, kind: str, clause: str) -> None:
    start, end = find_clause(sentence, 0, len(sentence), kind)
    assert sentence[start:end] == clause


@pytest.mark.parametrize(
    ("rows", "left_out", "kept"),
    [
        (
            [
                ("Rules", "NOUN", 1, "nsubj"),
                ("hamper", "VERB", 1, "root"),
                ("data", "NOUN", 3, "compound"),
                ("exchange", "NOUN", 1, "obj"),
            ],
            "data exchange",
            "Rules hamper data exchange",
        ),
    ],
)
def test_what_is_thwarted_is_no_dilemma_by_itself(
    rows: list[tuple[str, str, int, str]], left_out: str, kept: str
) -> None:
    texts = find_texts(rows, "dilemma")
    assert left_out not in texts
    assert kept in texts


def test_a_lack_is_one_whatever_is_denied_above_it() -> None:
    rows = [
        ("Towns", "NOUN", 1, "nsubj"),
        ("work", "VERB", 1, "root"),
        ("without", "ADP", 3, "case"),
        ("plans", "NOUN", 1, "obl"),
        ("and", "CCONJ", 5, "cc"),
        ("lack", "NOUN", 3, "conj"),
        ("of", "ADP", 8, "case"),
        ("skilled", "ADJ", 8, "amod"),
        ("staff", "NOUN", 5, "nmod"),
    ]
    texts = find_texts(rows, "dilemma")
    assert "lack of skilled staff" in texts
    assert "skilled staff" not in texts


def test_a_remedy_is_not_named_after_what_it_removes() -> None:
    rows = [
        ("Portals", "NOUN", 1, "nsubj"),
        ("remove", "VERB", 1, "root"),
        ("legal", "ADJ", 3, "amod"),
        ("barriers", "NOUN", 1, "obj"),
    ]
    assert "legal barriers" not in find_texts(rows, "remedy")
    assert "remove legal barriers" in find_texts(rows, "remedy")


def test_what_is_said_of_something_is_not_said_of_nothing() -> None:
    rows = [
        ("Smog", "NOUN", 4, "nsubj"),
        ("is", "AUX", 4, "cop"),
        ("a", "DET", 4, "det"),
        ("serious", "ADJ", 4, "amod"),
        ("threat", "NOUN", 4, "root"),
        ("to", "ADP", 6, "case"),
        ("health", "NOUN", 4, "nmod"),
    ]
    assert {"Smog is a serious threat", "Smog is a serious threat to health"} <= find_texts(rows, "dilemma")
    assert all(text.startswith("Smog is") for text in find_texts(rows, "dilemma"))
    announced = [("Problem", "NOUN", 4, "nsubj"), *rows[1:]]
    assert "serious threat to health" in find_texts(announced, "dilemma")


NEVER_LABELS = [
    # a word of two is not begun in its middle
    ("forward/ADV/1/advmod looking/VERB/2/amod policy/NOUN/2/root", "looking policy", "remedy"),
    # nor a list of adjectives ended in its middle
    (
        "publish/VERB/0/root a/DET/5/det clear/ADJ/5/amod ,/PUNCT/4/punct open/ADJ/5/amod plan/NOUN/0/obj",
        "publish a clear",
        "remedy",
    ),
    # what is not recommended is not recommended
    (
        "Own/ADJ/1/amod licences/NOUN/4/nsubj:pass are/AUX/4/aux:pass not/PART/4/advmod recommended/VERB/4/root",
        "Own licences",
        "remedy",
    ),
    # what somebody is allowed belongs to the allowing
    (
        "allow/VERB/0/root citizens/NOUN/0/obj to/PART/3/mark use/VERB/0/xcomp portals/NOUN/3/obj",
        "allow citizens",
        "remedy",
    ),
]


@pytest.mark.parametrize(("text", "never", "kind"), NEVER_LABELS)
def test_what_breaks_off_is_no_label(text: str, never: str, kind: str) -> None:
    rows = [(w, pos, int(head), dep) for w, pos, head, dep in (token.split("/") for token in text.split())]
    assert never not in find_texts(rows, kind)


def test_for_example_is_no_beginning_of_a_label() -> None:
    rows = [
        ("For", "ADP", 1, "case"),
        ("example", "NOUN", 3, "nsubj"),
        ("Africa", "PROPN", 3, "nsubj"),
        ("lags", "VERB", 3, "root"),
        ("behind", "ADV", 3, "advmod"),
    ]
    assert not [text for text in find_texts(rows, "dilemma") if text.startswith("example")]


def test_words_that_carry_meaning_stay_inside_a_label() -> None:
    rows = [
        ("Relations", "NOUN", 3, "nsubj:pass"),
        ("can", "AUX", 3, "aux"),
        ("be", "AUX", 3, "aux:pass"),
        ("added", "VERB", 3, "root"),
        ("at", "ADP", 6, "case"),
        ("any", "DET", 6, "det"),
        ("time", "NOUN", 3, "obl"),
        ("freely", "ADV", 3, "advmod"),
        ("and", "CCONJ", 10, "cc"),
        ("quickly", "ADV", 3, "advmod"),
        ("changed", "VERB", 3, "conj"),
    ]
    texts = find_texts(rows, "remedy")
    assert "Relations can be added at any time" in texts
    assert not [text for text in texts if "at time" in text]


def test_the_letter_of_an_item_is_no_part_of_its_label() -> None:
    doc = parse([("B.Create", "PROPN", 0, "root"), ("public", "ADJ", 2, "amod"), ("lists", "NOUN", 0, "obj")])
    assert spell(list(doc)) == "create public lists"
    doc = parse([("9.", "X", 1, "dep"), ("Deploy", "VERB", 1, "root"), ("it", "PRON", 1, "obj")])
    assert spell(list(doc)) == "deploy it"


def test_a_clause_that_hangs_on_another_is_the_last_resort() -> None:
    assert label_clause("If a ferry runs late in winter, islanders stay at home.") == "islanders stay at home"
    assert label_clause("If it fails.") == "if it fails"


@pytest.mark.parametrize(
    ("worths", "chosen"),
    [((0.0, 0.0), (0, 1, 2, 3)), ((0.0, 1.0), (0, 1, 2, 3)), ((1.0, 0.0), (1, 2, 3))],
)
def test_the_best_candidate_is_the_label_and_of_equals_the_earliest(
    worths: tuple[float, float], chosen: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [("Towns", "NOUN", 1, "nsubj"), ("lack", "VERB", 1, "root"), ("skilled", "ADJ", 3, "amod")]
    doc = parse([*rows, ("staff", "NOUN", 1, "obj")])
    monkeypatch.setattr("kg.extract.labels.find_choices", lambda *_: [(1, 2, 3), (0, 1, 2, 3)])
    monkeypatch.setattr("kg.extract.labels.score_candidates", lambda *_: list(worths))
    assert choose(doc[:], "dilemma").tokens == chosen


def test_what_says_the_opposite_is_never_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [("Towns", "NOUN", 2, "nsubj"), ("never", "ADV", 2, "advmod"), ("share", "VERB", 2, "root")]
    doc = parse([*rows, ("data", "NOUN", 2, "obj")])
    monkeypatch.setattr("kg.extract.labels.find_choices", lambda *_: [(0, 2, 3), (0, 1, 2, 3)])
    monkeypatch.setattr("kg.extract.labels.score_candidates", lambda *_: [5.0, 1.0])
    assert choose(doc[:], "dilemma").tokens == (0, 1, 2, 3)


def test_what_was_put_together_is_among_the_candidates_once() -> None:
    frame = Frame(list(parse(MODAL)), "remedy")
    found = find_choices(frame, [(2, 9), (2, 3, 4, 5)])
    assert (2, 9) in found
    assert found.count((2, 3, 4, 5)) == 1


def test_a_phrase_has_two_to_ten_words_and_its_articles() -> None:
    rows = [("build", "VERB", 0, "root"), ("the", "DET", 2, "det"), ("ferry", "NOUN", 0, "obj")]
    frame = Frame(list(parse(rows)), "remedy")
    assert finish(frame, {0, 2}) == (0, 1, 2)
    assert finish(frame, {2}) == ()
    assert finish(frame, set()) == ()


def test_a_cut_clause_does_not_end_on_a_word_that_asks_for_more() -> None:
    text = "The offices of small towns in the north rarely look at the use of registers"
    assert label_clause(text) == "offices of small towns in the north rarely look"


def test_a_label_is_the_surer_the_likelier_its_sentence_states_something() -> None:
    text = "The board should publish all timetables as open data by 2030."
    document = Document("x", "x", text, (Block(BlockKind.PARAGRAPH, 0, len(text)),), language="en")
    annotated = annotate(document, (), nlp=load_language(""))
    asked = [Asked(0, len(text), "remedy", stated) for stated in (0.5, 0.98)]
    (label, doubted), (same, sure) = make_sure_labels(annotated, asked)
    assert label == same == make_label(annotated, 0, len(text), "remedy")
    assert 0 < doubted < sure < 1


def test_of_a_label_without_a_parse_no_more_is_known_than_of_its_sentence() -> None:
    text = "The board should publish all timetables"
    document = Document("x", "x", text, (Block(BlockKind.PARAGRAPH, 0, len(text)),), language="en")
    annotated = annotate(document, (), nlp=spacy.blank("en"))
    asked = [Asked(0, len(text), "remedy", 0.7)]
    assert make_sure_labels(annotated, asked) == [("board should publish all timetables", 0.7)]


def test_with_an_encoder_words_without_their_head_count_against_a_label(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [("Towns", "NOUN", 1, "nsubj"), ("lack", "VERB", 1, "root"), ("skilled", "ADJ", 3, "amod")]
    doc = parse([*rows, ("staff", "NOUN", 1, "obj")])
    monkeypatch.setattr("kg.extract.labels.find_choices", lambda *_: [(0, 2, 3), (1, 2, 3)])
    monkeypatch.setattr("kg.extract.labels.score_candidates", lambda *_: [1.0, 0.7])
    monkeypatch.setattr("kg.extract.labels.see_tuned", lambda _, frame: read_sentence(frame))
    assert choose(doc[:], "dilemma").tokens == (0, 2, 3)
    assert choose(doc[:], "dilemma", TokenVectors(None, {})).tokens == (1, 2, 3)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "label"),
    [
        (["7.2", "Prepare", "an", "inventory"], "prepare an inventory"),
        (["10.3.1", "Keep", "lists"], "keep lists"),
        (["3.5", "million", "forms"], "3.5 million forms"),
    ],
)
def test_the_number_of_an_item_with_parts_is_left_out(words: list[str], label: str) -> None:
    doc = Doc(spacy.blank("en").vocab, words=words, pos=["NUM", *["NOUN"] * (len(words) - 1)])
    assert spell(list(doc)) == label
