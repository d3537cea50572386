"""How sure a label is, is learnt from labels that readers judged."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.annotate import Annotated, annotate, load_language
from kg.annotate.sentences import hash_sentence
from kg.annotate.statements.encoder import NO_ENCODER
from kg.extract.labels import make_label
from kg.extract.labels.examples import Labelled
from kg.extract.labels.judgements import Verdict
from kg.extract.labels.sureness import load_weights
from kg.model import Block, BlockKind, Document
from kg.pipeline import train_sureness
from kg.pipeline.train_sureness import (
    Told,
    cross_validate,
    find_kept_apart,
    find_told,
    fit,
    list_verdicts,
    measure,
    tell_apart,
)

REMEDY = "Offices should publish their timetables as open data by 2030."
OTHER = "In winter the boats are late on every second island of the north."


def make_document(name: str, *sentences: str, language: str = "en") -> Document:
    text = " ".join(sentences)
    return Document(name, name, text, (Block(BlockKind.PARAGRAPH, 0, len(text)),), language=language)


def test_documents_are_kept_apart_by_a_sentence_that_tells_them() -> None:
    documents = [
        make_document("a", REMEDY, OTHER),
        make_document("b", REMEDY),
        make_document("c", OTHER, language="de"),
    ]
    found = find_kept_apart(documents, [Labelled("t", OTHER, {}), Labelled("t", "Boats.", {})])
    assert [annotated.document.id for annotated in found] == ["a"]


@pytest.mark.parametrize("right", [True, False])
def test_a_label_that_a_reader_judged_is_told_by_its_document(right: bool) -> None:
    annotated = replace(annotate(make_document("a", REMEDY, OTHER), (), nlp=load_language("")), encoder=NO_ENCODER)
    label = make_label(annotated, 0, len(REMEDY), "remedy")
    letters = "".join(REMEDY.split()).casefold()
    runs = tuple((letters.index(word), letters.index(word) + len(word)) for word in label.split())
    verdict = Verdict(hash_sentence(REMEDY), "remedy", runs, "right" if right else "nothing")
    (told,) = find_told(annotated, list_verdicts([verdict]))
    assert (told.document, told.right, told.described["dilemma"]) == ("a", right, 0)
    assert told.described.keys() == load_weights()["plain"].keys()
    assert list(find_told(annotated, list_verdicts([replace(verdict, label=runs[:1])]))) == []


def make_told(noise: float) -> list[Told]:
    chance = random.Random(3)
    worths = [chance.gauss(0, 1) for _ in range(300)]
    return [
        Told(str(i % 12), {"bias": 1.0, "worth": w}, w + noise * chance.gauss(0, 1) > 0) for i, w in enumerate(worths)
    ]


def test_what_speaks_for_a_label_gets_weight() -> None:
    weights = fit(make_told(0.5))
    assert weights["worth"] > 1
    assert abs(weights["bias"]) < 0.5


@pytest.mark.parametrize(("noise", "low", "high"), [(0.2, 0.95, 1), (1.0, 0.7, 0.95), (50, 0.35, 0.65)])
def test_right_and_wrong_are_told_apart_the_better_the_less_noise_there_is(
    noise: float, low: float, high: float
) -> None:
    told = make_told(noise)
    assert low <= tell_apart(cross_validate(told), [one.right for one in told]) <= high


def test_no_label_is_judged_by_weights_that_its_document_had_part_in(monkeypatch: pytest.MonkeyPatch) -> None:
    learnt: list[set[str]] = []

    def spy(told: list[Told]) -> dict[str, float]:
        learnt.append({one.document for one in told})
        return {"bias": 0.0, "worth": 0.0}

    monkeypatch.setattr(train_sureness, "fit", spy)
    assert set(cross_validate(make_told(1.0))) == {0.5}
    assert all(len(documents) < 12 for documents in learnt)
    assert set.intersection(*learnt) == set()


def test_the_measure_says_what_is_left_and_lost_from_a_probability_on() -> None:
    lines = measure(make_told(0.2)).splitlines()
    assert lines[0].startswith("300 judged, ")
    assert [line.split(":")[0].strip() for line in lines[1:]] == [
        "from 0.3",
        "from 0.4",
        "from 0.5",
        "from 0.6",
        "from 0.7",
    ]


def test_the_command_writes_weights_for_both_levels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, output = tmp_path / "documents", tmp_path / "sureness.json"
    folder.mkdir()
    (folder / "note.txt").write_text("x", encoding="utf-8")
    (tmp_path / "test.tsv").write_text("doc\tsid\tlabel\tphrase\ttext\n", encoding="utf-8")
    (tmp_path / "works.bib").write_text("", encoding="utf-8")
    annotated = annotate(make_document("a", REMEDY), (), nlp=load_language(""))
    monkeypatch.setattr(train_sureness, "find_kept_apart", lambda *_: iter([annotated]))

    def find(annotated: Annotated, _: object) -> Iterator[Told]:
        yield from make_told(0.5 if annotated.encoder == NO_ENCODER else 0.1)

    monkeypatch.setattr(train_sureness, "find_told", find)
    monkeypatch.setattr("sys.argv", ["x", str(tmp_path), str(folder), str(tmp_path / "works.bib"), "-o", str(output)])
    train_sureness.main()
    written = json.loads(output.read_text(encoding="utf-8"))
    assert 1 < written["plain"]["worth"] < written["encoder"]["worth"]
