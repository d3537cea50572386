import json
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "data", "open", "##ing", ".", "is", "un", "##able", "trust", "the"]
WIDTH, INNER, LAYERS, HEADS, POSITIONS = 16, 32, 2, 4, 512


def write_safetensors(path: Path, arrays: dict[str, np.ndarray]) -> None:
    header, blobs, at = {}, [], 0
    for name, array in arrays.items():
        blob = array.astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [at, at + len(blob)]}
        blobs.append(blob)
        at += len(blob)
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def make_arrays() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(0)

    def draw(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.3, shape).astype(np.float32)

    arrays = {
        "embeddings.word_embeddings.weight": draw(len(PIECES), WIDTH),
        "embeddings.position_embeddings.weight": draw(POSITIONS, WIDTH),
        "embeddings.token_type_embeddings.weight": draw(2, WIDTH),
    }
    sizes = {
        "attention.self.query": (WIDTH, WIDTH),
        "attention.self.key": (WIDTH, WIDTH),
        "attention.self.value": (WIDTH, WIDTH),
        "attention.output.dense": (WIDTH, WIDTH),
        "intermediate.dense": (INNER, WIDTH),
        "output.dense": (WIDTH, INNER),
    }
    norms = ["embeddings.LayerNorm"]
    for layer in range(LAYERS):
        for name, size in sizes.items():
            arrays[f"encoder.layer.{layer}.{name}.weight"] = draw(*size)
            arrays[f"encoder.layer.{layer}.{name}.bias"] = draw(size[0])
        norms += [f"encoder.layer.{layer}.attention.output.LayerNorm", f"encoder.layer.{layer}.output.LayerNorm"]
    for name in norms:
        arrays[f"{name}.weight"], arrays[f"{name}.bias"] = 1 + draw(WIDTH), draw(WIDTH)
    return arrays


@pytest.fixture
def make_encoder(tmp_path: Path) -> Callable[[], Path]:
    """Writes a tiny BERT-type encoder folder with random weights."""

    def make() -> Path:
        folder = tmp_path / "encoder"
        folder.mkdir()
        config = {
            "model_type": "bert",
            "hidden_act": "gelu",
            "hidden_size": WIDTH,
            "intermediate_size": INNER,
            "num_hidden_layers": LAYERS,
            "num_attention_heads": HEADS,
            "max_position_embeddings": POSITIONS,
            "type_vocab_size": 2,
            "vocab_size": len(PIECES),
            "layer_norm_eps": 1e-12,
        }
        (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
        (folder / "vocab.txt").write_text("\n".join(PIECES) + "\n", encoding="utf-8")
        write_safetensors(folder / "model.safetensors", make_arrays())
        return folder

    return make
