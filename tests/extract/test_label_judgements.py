"""What readers said of labels is kept without a word of theirs and found again in the sentences."""

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from kg.annotate.sentences import hash_sentence
from kg.extract.labels.examples import Example, compute_worths, find_tokens
from kg.extract.labels.frame import Frame
from kg.extract.labels.judgements import (
    JUDGEMENTS,
    VERDICTS,
    Judgement,
    Verdict,
    find_places,
    fold_label,
    read_judgements,
    read_verdicts,
)

WORDS = "Most ferries lack the trained staff .".split()
#: "ferries lack staff" is best, so is "ferries lack trained staff" right; "ferries lack" is wrong.
JUDGEMENT = Judgement(
    "0123456789abcdef",
    "dilemma",
    best=((4, 11), (11, 15), (25, 30)),
    right=(((4, 15), (18, 30)),),
    wrong=(((4, 15),),),
)


@pytest.fixture
def example() -> Example:
    pos = ["ADJ", "NOUN", "VERB", "DET", "ADJ", "NOUN", "PUNCT"]
    deps = ["amod", "nsubj", "root", "det", "amod", "obj", "punct"]
    doc = Doc(spacy.blank("en").vocab, words=WORDS, pos=pos, heads=[1, 2, 2, 5, 5, 2, 2], deps=deps, lemmas=WORDS)
    return Example("a", doc.text, Frame(list(doc), "dilemma"), tuple(doc), judgement=JUDGEMENT)


def test_judgements_are_read_as_runs_of_letters(tmp_path: Path) -> None:
    rows = ["sentence\tkind\tbest\tright\twrong", "00\tremedy\t\t\t0-3,5-9 0-3"]
    rows.append("0123456789abcdef\tdilemma\t4-11,11-15,25-30\t4-15,18-30\t4-15")
    (tmp_path / "j.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    other = Judgement("00", "remedy", (), (), (((0, 3), (5, 9)), ((0, 3),)))
    assert read_judgements(tmp_path / "j.tsv") == [other, JUDGEMENT]


def test_a_verdict_is_right_or_not(tmp_path: Path) -> None:
    verdicts = ("right", "wrong", "nothing")
    rows = ["sentence\tkind\tlabel\tverdict", *(f"s\tremedy\t0-3,5-9\t{verdict}" for verdict in verdicts)]
    (tmp_path / "v.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    read = read_verdicts(tmp_path / "v.tsv")
    assert read == [Verdict("s", "remedy", ((0, 3), (5, 9)), verdict) for verdict in verdicts]
    assert [one.right for one in read] == [True, False, False]


def test_runs_of_letters_are_found_in_a_text_whatever_spaces_stand_in_it() -> None:
    text = "Two  old\nferries lack crews."
    assert [text[start:end] for start, end in find_places(text, ((3, 6), (13, 22)))] == ["old", "lack crews"]
    assert find_places(text, ((20, 99), (4, 4))) == ()


def test_two_spellings_of_a_label_are_the_same() -> None:
    assert fold_label("Ferries, old ones") == fold_label("ferries old ones,") != fold_label("ferries old one")


def test_the_shipped_verdicts_are_of_many_sentences_and_hold_no_text() -> None:
    verdicts = read_verdicts()
    assert len({verdict.sentence for verdict in verdicts}) > 4000
    assert 0.4 < sum(verdict.right for verdict in verdicts) / len(verdicts) < 0.8
    assert {verdict.verdict for verdict in verdicts} == {"right", "wrong", "nothing"}
    assert {verdict.kind for verdict in verdicts} == {"dilemma", "remedy"}
    rows = [row.split("\t") for row in VERDICTS.read_text(encoding="utf-8").splitlines()[1:]]
    assert all(len(sentence) == 16 and not set(label) - set("0123456789,-") for sentence, _, label, _ in rows)


def test_a_sentence_keeps_its_name_whatever_spaces_stand_in_it() -> None:
    assert hash_sentence("Two\n ferries.") == hash_sentence("Two ferries.") != hash_sentence("Ten ferries.")


def test_the_shipped_judgements_hold_no_text() -> None:
    judgements = read_judgements()
    assert len(judgements) > 3000
    assert {j.kind for j in judgements} == {"dilemma", "remedy"}
    rows = JUDGEMENTS.read_text(encoding="utf-8").splitlines()[1:]
    assert not [row for row in rows if set(row) - set("0123456789abcdef \t,-dilemmarey")]


def test_letters_are_found_again_as_tokens_without_articles(example: Example) -> None:
    assert find_tokens(example, ((4, 30),)) == {1, 2, 4, 5}
    assert find_tokens(example, ()) == frozenset()


def test_a_candidate_is_worth_what_readers_said_or_what_it_shares_with_the_best(example: Example) -> None:
    choices = [(1, 2, 5), (1, 2, 3, 4, 5), (1, 2), (0, 1, 2, 5)]
    # best; right; wrong, sharing 2 * 2 / (2 + 3); nobody's, sharing 2 * 3 / (4 + 3)
    assert compute_worths(example, choices) == [1.0, 1.0, 0.25 * 0.8, pytest.approx(0.8 * 6 / 7)]
