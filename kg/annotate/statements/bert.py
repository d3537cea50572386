"""A BERT-type encoder run forward with numpy alone, one sentence window a row.

Source: Devlin et al. 2019; Vaswani et al. 2017. The same numbers as `transformers` to about 1e-5.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.annotate.statements.safetensors import read_safetensors
from kg.model import KgError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Rows of the widest layer worked on at once, so that they stay in the cache.
_BLOCK_ROWS = 64
_MASKED = -1e9


@dataclass(frozen=True, slots=True)
class BertConfig:
    """What the forward pass needs of config.json."""

    layers: int
    heads: int
    epsilon: float
    max_tokens: int


@dataclass(frozen=True, slots=True)
class Bert:
    """Settings and float32 weights, by the names of the Hugging Face layout without a leading "bert."."""

    config: BertConfig
    weights: "dict[str, NDArray[np.float32]]"


def load_bert(folder: Path) -> Bert:
    """The encoder in a folder with config.json and model.safetensors.

    Raises KgError if a file is missing or damaged, or the encoder is not of the BERT type.
    """
    for name in ("config.json", "model.safetensors"):
        if not (folder / name).is_file():
            raise KgError(f"{folder}: no {name}; an encoder folder has config.json, tokenizer.json, model.safetensors")
    try:
        settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        config = _to_config(settings)
    except (ValueError, KeyError, TypeError) as error:
        raise KgError(f"{folder / 'config.json'}: cannot be read ({error!r})") from error
    arrays = read_safetensors(folder / "model.safetensors")
    weights = {name.removeprefix("bert."): array for name, array in arrays.items()}
    last = f"encoder.layer.{config.layers - 1}.output.dense.weight"
    if last not in weights or "embeddings.word_embeddings.weight" not in weights:
        raise KgError(f"{folder / 'model.safetensors'}: lacks the weights that config.json promises")
    return Bert(config, weights)


def _to_config(settings: dict[str, Any]) -> BertConfig:
    if settings.get("model_type") != "bert" or settings.get("hidden_act") != "gelu":
        raise ValueError("only model_type 'bert' with hidden_act 'gelu' can be run")
    return BertConfig(
        layers=int(settings["num_hidden_layers"]),
        heads=int(settings["num_attention_heads"]),
        epsilon=float(settings.get("layer_norm_eps", 1e-12)),
        max_tokens=int(settings["max_position_embeddings"]),
    )


def compute_hidden(bert: Bert, rows: list[list[int]]) -> "NDArray[np.float32]":
    """Last hidden states of token rows (padded to the longest), shape (rows, tokens, width)."""
    import numpy as np

    width = max(map(len, rows))
    tokens = np.zeros((len(rows), width), np.int64)
    mask = np.full((len(rows), 1, 1, width), _MASKED, np.float32)
    for i, row in enumerate(rows):
        tokens[i, : len(row)] = row
        mask[i, :, :, : len(row)] = 0.0
    w, name = bert.weights, "embeddings."
    hidden = w[name + "word_embeddings.weight"][tokens]
    hidden += w[name + "position_embeddings.weight"][:width] + w[name + "token_type_embeddings.weight"][0]
    _normalize(bert, hidden, name + "LayerNorm")
    hidden = hidden.reshape(-1, hidden.shape[-1])
    for layer in range(bert.config.layers):
        name = f"encoder.layer.{layer}."
        attended = _attend(bert, hidden, mask, name + "attention.self.")
        _add_linear(bert, attended, hidden, name + "attention.output.dense")
        _normalize(bert, hidden, name + "attention.output.LayerNorm")
        _feed_forward(bert, hidden, name)
        _normalize(bert, hidden, name + "output.LayerNorm")
    return hidden.reshape(len(rows), width, -1)


def _compute_linear(bert: Bert, x: "NDArray[np.float32]", name: str) -> "NDArray[np.float32]":
    y: NDArray[np.float32] = x @ bert.weights[name + ".weight"].T
    y += bert.weights[name + ".bias"]
    return y


def _add_linear(bert: Bert, x: "NDArray[np.float32]", residual: "NDArray[np.float32]", name: str) -> None:
    """Add a linear layer's output to the residual, in place."""
    residual += _compute_linear(bert, x, name)


def _attend(bert: Bert, hidden: "NDArray[np.float32]", mask: "NDArray[np.float32]", name: str) -> "NDArray[np.float32]":
    """Multi-head attention of each row over itself; hidden has shape (rows * tokens, width)."""
    import numpy as np

    rows, tokens, heads = mask.shape[0], mask.shape[-1], bert.config.heads
    size = hidden.shape[-1] // heads

    def split(kind: str) -> "NDArray[np.float32]":
        return _compute_linear(bert, hidden, name + kind).reshape(rows, tokens, heads, size).transpose(0, 2, 1, 3)

    scores: NDArray[np.float32] = split("query") @ split("key").transpose(0, 1, 3, 2)
    scores *= np.float32(size**-0.5)
    scores += mask
    scores -= scores.max(axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=-1, keepdims=True)
    return (scores @ split("value")).transpose(0, 2, 1, 3).reshape(rows * tokens, heads * size)


def _feed_forward(bert: Bert, hidden: "NDArray[np.float32]", name: str) -> None:
    """The two dense layers with GELU between, added to hidden in place, block by block."""
    for start in range(0, len(hidden), _BLOCK_ROWS):
        block = hidden[start : start + _BLOCK_ROWS]
        inner = _compute_linear(bert, block, name + "intermediate.dense")
        _add_linear(bert, _compute_gelu(inner), block, name + "output.dense")


def _compute_gelu(x: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """x * Phi(x), the normal distribution function by Abramowitz and Stegun 7.1.26 (error below 1.5e-7)."""
    import numpy as np

    z = np.abs(x) * np.float32(0.7071067811865476)
    t = 1.0 / (1.0 + np.float32(0.3275911) * z)
    tail = t * np.float32(1.061405429)
    for factor in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        tail += np.float32(factor)
        tail *= t
    z *= z
    np.negative(z, out=z)
    tail *= np.exp(z, out=z)
    tail *= np.float32(0.5)
    return x * np.where(x < 0, tail, 1.0 - tail)


def _normalize(bert: Bert, hidden: "NDArray[np.float32]", name: str) -> None:
    """Layer normalisation in place."""
    import numpy as np

    hidden -= hidden.mean(axis=-1, keepdims=True)
    variance = np.einsum("...i,...i->...", hidden, hidden)[..., None] / np.float32(hidden.shape[-1])
    hidden *= bert.weights[name + ".weight"] / np.sqrt(variance + np.float32(bert.config.epsilon))
    hidden += bert.weights[name + ".bias"]
