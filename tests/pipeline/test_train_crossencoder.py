"""What reads a label again learns from judgements and verdicts of documents that are not kept apart."""

import pytest

from kg.annotate.sentences import hash_sentence
from kg.extract.labels.judgements import Judgement, Verdict
from kg.pipeline.train_labels import Sentence

pytest.importorskip("torch")
pytest.importorskip("transformers")

from kg.pipeline.train_crossencoder import find_milder, find_strict

ONE, TWO = "Ferries lack trained staff.", "Offices should publish timetables."
SENTENCES = {hash_sentence(ONE): Sentence("a", ONE, False), hash_sentence(TWO): Sentence("b", TWO, True)}


def test_milder_readers_count_less_and_only_in_sentences_to_learn_from() -> None:
    # "Ferries lack staff", "Ferries lack".
    right, wrong = ((0, 11), (18, 23)), ((0, 11),)
    judgements = [
        Judgement(hash_sentence(ONE), "dilemma", (), (right,), (wrong,)),
        Judgement(hash_sentence(TWO), "remedy", (), (wrong,), ()),
        Judgement(hash_sentence("Nowhere."), "remedy", (), (wrong,), ()),
    ]
    good, bad = find_milder(judgements, SENTENCES)
    assert (good.marked.text, good.marked.kind) == (ONE, "dilemma")
    assert [ONE[start:end] for start, end in good.marked.runs] == ["Ferries lack", "staff"]
    assert 0 < bad.right < 0.5 < good.right < 1
    assert bad.counts == good.counts < 1


@pytest.mark.parametrize(("held_out", "texts"), [(False, [ONE, ONE]), (True, [TWO])])
def test_verdicts_are_learnt_from_or_kept_apart(held_out: bool, texts: list[str]) -> None:
    verdicts = [
        Verdict(hash_sentence(ONE), "dilemma", ((0, 11),), "right"),
        Verdict(hash_sentence(ONE), "remedy", ((0, 7),), "nothing"),
        Verdict(hash_sentence(TWO), "remedy", ((0, 7),), "wrong"),
        Verdict(hash_sentence("Nowhere."), "remedy", ((0, 7),), "wrong"),
    ]
    found = find_strict(verdicts, SENTENCES, held_out=held_out)
    assert [one.marked.text for one in found] == texts
    assert [one.right for one in found] == ([0.0] if held_out else [1.0, 0.0])
    assert {one.counts for one in found} == {1.0}
