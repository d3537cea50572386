from pathlib import Path

import numpy as np
import pytest

from kg.annotate.statements.network import load_network
from kg.annotate.statements.packed import read_arrays
from kg.annotate.statements.train.pack import find_kept_pieces, write_deltas, write_network
from kg.annotate.statements.wordpiece import WordPiece

TOKENIZER = WordPiece({"[UNK]": 0, "[unused1]": 1, "data": 2, "##s": 3, "1999": 4, "数据": 5, "7": 6})


def test_only_plain_pieces_ship() -> None:
    assert find_kept_pieces(TOKENIZER) == ["[UNK]", "data", "##s", "7"]


def test_packed_network_is_read_back_with_its_own_numbering(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    weights = {"emb.weight": rng.normal(size=(7, 5)), "own.weight": rng.normal(size=(7, 2)) / 9}
    weights |= {"sh.weight": rng.normal(size=(4, 3)), "inp.bias": np.ones(2)}
    write_network(tmp_path / "n.npz", {name: w.astype(np.float32) for name, w in weights.items()}, TOKENIZER)
    network = load_network(tmp_path / "n.npz")
    assert network.tokenizer.vocabulary == {"[UNK]": 0, "data": 1, "##s": 2, "7": 3}
    np.testing.assert_allclose(network.weights["emb.weight"], weights["emb.weight"][[0, 2, 3, 6]], atol=0.03)
    np.testing.assert_allclose(network.weights["own.weight"], weights["own.weight"][[0, 2, 3, 6]], atol=0.003)
    np.testing.assert_allclose(network.weights["sh.weight"], weights["sh.weight"], atol=0.03)
    assert network.weights["inp.bias"].tolist() == [1.0, 1.0]


def test_deltas_of_low_rank_survive_packing(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    delta = (rng.normal(size=(8, 2)) @ rng.normal(size=(2, 6))).astype(np.float32)
    bias = rng.normal(size=8).astype(np.float32)
    write_deltas(tmp_path / "d.npz", {"q.weight": delta, "q.bias": bias, "head.bias": bias}, "abc", rank=2)
    with np.load(tmp_path / "d.npz", allow_pickle=False) as archive:
        arrays = read_arrays(archive)
    assert sorted(arrays) == ["head.bias", "q.bias.delta", "q.weight.A", "q.weight.B"]
    np.testing.assert_allclose(arrays["q.weight.B"] @ arrays["q.weight.A"], delta, atol=0.08)
    assert arrays["q.bias.delta"] == pytest.approx(bias, abs=1e-3)
