import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from kg.annotate import statements
from kg.annotate.statements import score_phrases, score_sentences
from kg.annotate.statements.encoder import DELTAS_NAME

MakeEncoder = Callable[[], Path]
SENTENCES = ["trust", "the data is open.", "Trust is a serious problem.", "Agencies should open the data.", "."]


def write_head(folder: Path, bias: tuple[float, float]) -> None:
    """A tuning that says the same of every sentence."""
    sha256 = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    np.savez(
        folder / DELTAS_NAME,
        allow_pickle=False,
        settings=np.array(json.dumps({"sha256": sha256})),
        **{"head.weight": np.zeros((2, 32), np.float16), "head.bias": np.array(bias, np.float16)},
    )


def test_sure_encoder_moves_every_sentence_its_way(make_encoder: MakeEncoder) -> None:
    folder = make_encoder()
    write_head(folder, (8.0, -8.0))
    default = score_sentences(SENTENCES, encoder="none")
    judged = score_sentences(SENTENCES, encoder=str(folder), everything=True)
    assert all(d > old_d and r < old_r for (d, r), (old_d, old_r) in zip(judged, default, strict=True))


def test_only_unsure_sentences_go_to_the_encoder(make_encoder: MakeEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_encoder()
    write_head(folder, (8.0, 8.0))
    default = score_sentences(SENTENCES, encoder="none")
    monkeypatch.setattr(statements, "UNSURE_FROM", max(default[3]))
    judged = score_sentences(SENTENCES, encoder=str(folder))
    changed = [new != old for new, old in zip(judged, default, strict=True)]
    assert changed == [statements.UNSURE_FROM <= max(pair) <= statements.UNSURE_TO for pair in default]
    assert changed[3]
    assert not all(changed)


def test_sentences_the_default_level_is_sure_of_keep_their_probability(
    make_encoder: MakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_encoder()
    write_head(folder, (8.0, 8.0))
    monkeypatch.setattr(statements, "UNSURE_TO", -1.0)
    assert score_sentences(SENTENCES, encoder=str(folder)) == score_sentences(SENTENCES, encoder="none")


def test_broken_encoder_leaves_the_default_level(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    judged = score_sentences(SENTENCES, encoder=str(tmp_path / "gone"))
    assert judged == score_sentences(SENTENCES, encoder="none")
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_a_message_about_a_broken_encoder_is_given_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(3):
        score_sentences(SENTENCES, encoder=str(tmp_path / "missing"))
    assert len(caplog.records) == 1


def test_heading_above_counts() -> None:
    sentence = "Data is kept in many places."
    problem = score_sentences(["Problems and barriers", sentence], encoder="none")[1]
    plain = score_sentences(["About us", sentence], encoder="none")[1]
    assert problem[0] > plain[0]


def test_phrases_are_judged_together_as_each_by_itself() -> None:
    phrases = ["Lack of trained staff.", "Open the data of all towns.", "Blue chairs.", "The challenges"]
    together = score_phrases(phrases)
    alone = [score_sentences([phrase], encoder="none")[0] for phrase in phrases]
    assert np.allclose(together, alone, atol=1e-5)
    assert score_phrases([]) == []
