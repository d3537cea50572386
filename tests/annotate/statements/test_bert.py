import json
import math
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from kg.annotate.statements.bert import compute_gelu, compute_hidden, load_bert
from kg.annotate.statements.safetensors import read_safetensors
from kg.model import KgError

MakeEncoder = Callable[[], Path]
ROWS = [[2, 4, 8, 5, 3], [2, 11, 3]]


def test_the_rows_beside_it_do_not_change_a_row(make_encoder: MakeEncoder) -> None:
    bert = load_bert(make_encoder())
    together = compute_hidden(bert, ROWS)
    assert [row.shape for row in together] == [(5, 16), (3, 16)]
    for row, tokens in zip(together, ROWS, strict=True):
        np.testing.assert_allclose(row, compute_hidden(bert, [tokens])[0], atol=1e-5)


def test_gelu_is_that_of_the_normal_distribution() -> None:
    x = np.linspace(-12, 12, 2001, dtype=np.float32)
    wanted = [v * 0.5 * (1 + math.erf(v / math.sqrt(2))) for v in x.tolist()]
    np.testing.assert_allclose(compute_gelu(x), wanted, atol=4e-6)


def test_hidden_states_equal_those_of_transformers(make_encoder: MakeEncoder) -> None:
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    folder = make_encoder()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = transformers.AutoModel.from_pretrained(folder, add_pooling_layer=False).eval()
    with torch.no_grad():
        theirs = [model(input_ids=torch.tensor([row])).last_hidden_state[0].numpy() for row in ROWS]
    for ours, wanted in zip(compute_hidden(load_bert(folder), ROWS), theirs, strict=True):
        np.testing.assert_allclose(ours, wanted, atol=1e-4)


def test_missing_file_is_named(make_encoder: MakeEncoder) -> None:
    folder = make_encoder()
    (folder / "model.safetensors").unlink()
    with pytest.raises(KgError, match=r"no model.safetensors"):
        load_bert(folder)


@pytest.mark.parametrize("cut", [0, 7, 50, 2000])
def test_cut_weights_are_refused(make_encoder: MakeEncoder, cut: int) -> None:
    path = make_encoder() / "model.safetensors"
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(KgError, match=r"model.safetensors"):
        load_bert(path.parent)


@pytest.mark.parametrize("change", [{"model_type": "roberta"}, {"hidden_act": "relu"}, {"num_hidden_layers": "many"}])
def test_encoder_of_another_type_is_refused(make_encoder: MakeEncoder, change: dict[str, str]) -> None:
    path = make_encoder() / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | change), encoding="utf-8")
    with pytest.raises(KgError, match=r"config.json: cannot be read"):
        load_bert(path.parent)


def test_weights_fewer_than_the_config_promises_are_refused(make_encoder: MakeEncoder) -> None:
    path = make_encoder() / "config.json"
    config = json.loads(path.read_text(encoding="utf-8")) | {"num_hidden_layers": 3}
    path.write_text(json.dumps(config), encoding="utf-8")
    with pytest.raises(KgError, match="lacks the weights"):
        load_bert(path.parent)


def test_half_precision_numbers_are_read(tmp_path: Path) -> None:
    header = json.dumps(
        {
            "__metadata__": {"format": "pt"},
            "half": {"dtype": "F16", "shape": [2], "data_offsets": [0, 4]},
            "brain": {"dtype": "BF16", "shape": [1, 1], "data_offsets": [4, 6]},
        }
    ).encode()
    numbers = np.array([1.5, -2.0], "<f2").tobytes() + np.array([0x3FC0], "<u2").tobytes()
    (tmp_path / "a").write_bytes(len(header).to_bytes(8, "little") + header + numbers)
    found = read_safetensors(tmp_path / "a")
    assert {name: array.tolist() for name, array in found.items()} == {"half": [1.5, -2.0], "brain": [[1.5]]}


@pytest.mark.parametrize(
    "header", [b"[]", b"{\xff}", b'{"a": 1}', b'{"a": {"dtype": "X", "shape": [], "data_offsets": [0, 0]}}']
)
def test_damaged_header_is_refused(tmp_path: Path, header: bytes) -> None:
    (tmp_path / "a").write_bytes(len(header).to_bytes(8, "little") + header)
    with pytest.raises(KgError, match="fetch the encoder again"):
        read_safetensors(tmp_path / "a")
