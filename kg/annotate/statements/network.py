"""The small network of the default level: convolutions over pieces, a recurrent layer over sentences, numpy only.

Word pieces, each with a given vector and a learnt one -> two convolutions -> one vector a sentence (largest and
attended) with its shape and place -> a GRU both ways over the sentences, each beside the heading above it -> dilemma
and remedy.
Sources: Kim 2014 (convolutions), Cho et al. 2014 (GRU), Hinton et al. 2015 (distillation, by which it was trained).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.annotate.statements.features import Group
from kg.annotate.statements.packed import read_arrays
from kg.annotate.statements.wordpiece import WordPiece
from kg.annotate.statements.words import find_headings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Weights = dict[str, NDArray[np.float32]]

#: The shape features of `features.find_features` are folded into so many rows.
SHAPE_BUCKETS = 4096
MAX_PIECES = 90
MAX_CHARS = 700
#: So many sentences are convolved at once that their pieces stay in the cache.
_BLOCK_SENTENCES = 64
_EPSILON = 1e-5


@dataclass(frozen=True, slots=True)
class Network:
    """A vocabulary and the weights by the names of the training script."""

    tokenizer: WordPiece
    weights: "Weights"


def load_network(path: Path) -> Network:
    """The network in an .npz file: 16-bit arrays, 8-bit ones with a NAME.scale, the pieces joined by line ends."""
    import numpy as np

    with np.load(path, allow_pickle=False) as archive:
        pieces = bytes(archive["pieces"]).decode("utf-8").split("\n")
        weights = read_arrays(archive)
    return Network(WordPiece({piece: i for i, piece in enumerate(pieces)}), weights)


def compute_network_scores(
    network: Network, sentences: Sequence[str], features: Sequence[list[Group]], *, alone: bool = False
) -> "NDArray[np.float32]":
    """Log-odds of dilemma and remedy for the sentences of one document, shape (sentences, 2), not calibrated.

    features: what `find_features` says of the same sentences.
    alone: whether each sentence is a document of its own.
    """
    import numpy as np

    if not sentences:
        return np.zeros((0, 2), np.float32)
    w = network.weights
    starts = range(0, len(sentences), _BLOCK_SENTENCES)
    words = np.concatenate([_compute_words(network, sentences[i : i + _BLOCK_SENTENCES]) for i in starts])
    vectors = np.maximum(_apply(w, "red", np.concatenate([words, _compute_shape(w, features)], axis=1)), 0)
    above = np.full(len(sentences), -1) if alone else np.asarray(find_headings(sentences))
    headings = np.where((above >= 0)[:, None], vectors[above], np.float32(0))
    both = np.concatenate([vectors, headings], axis=1)
    if alone:
        around = [_step_gru(w, both, suffix) for suffix in ("", "_reverse")]
    else:
        around = [_run_gru(w, both, ""), _run_gru(w, both[::-1], "_reverse")[::-1]]
    hidden = np.maximum(_apply(w, "o1", np.concatenate([vectors, *around], axis=1)), 0)
    return _apply(w, "o2", hidden)


def _apply(w: "Weights", name: str, x: "NDArray[np.float32]") -> "NDArray[np.float32]":
    y: NDArray[np.float32] = x @ w[name + ".weight"].T + w[name + ".bias"]
    return y


def _compute_words(network: Network, sentences: Sequence[str]) -> "NDArray[np.float32]":
    """Largest and attended values of the convolved pieces of each sentence."""
    import numpy as np

    w, unknown = network.weights, [network.tokenizer.get_number("[UNK]")]
    rows = [network.tokenizer.find_pieces(s[:MAX_CHARS])[:MAX_PIECES] or unknown for s in sentences]
    lengths = np.array([len(row) for row in rows])
    # One empty place before, between and after the sentences keeps the convolutions apart.
    places = np.arange(lengths.sum()) + np.repeat(np.arange(1, len(rows) + 1), lengths)
    x = np.zeros((lengths.sum() + len(rows) + 1, w["inp.weight"].shape[0]), np.float32)
    pieces = np.concatenate(rows)
    x[places] = _apply(w, "inp", np.concatenate([w["emb.weight"][pieces], w["own.weight"][pieces]], axis=1))
    for layer in range(sum(name.startswith("ln.") for name in w) // 2):
        x[places] += np.maximum(_convolve(w, x, layer)[places], 0)
    x = x[places]
    starts = np.concatenate([[0], lengths.cumsum()[:-1]])
    attention = np.exp(np.clip(_apply(w, "att", x), -8, 8))
    total = np.add.reduceat(attention, starts, axis=0)
    attended = [
        np.add.reduceat(attention[:, [k]] * x, starts, axis=0) / (total[:, [k]] + np.float32(1e-6))
        for k in range(attention.shape[1])
    ]
    return np.concatenate([np.maximum.reduceat(x, starts, axis=0), *attended], axis=1)


def _convolve(w: "Weights", x: "NDArray[np.float32]", layer: int) -> "NDArray[np.float32]":
    """A convolution of width 3 and layer normalisation; the weight has shape (out, in, 3)."""
    import numpy as np

    kernel, bias = w[f"conv.{layer}.weight"], w[f"conv.{layer}.bias"]
    y = x @ kernel[:, :, 1].T
    y[1:] += x[:-1] @ kernel[:, :, 0].T
    y[:-1] += x[1:] @ kernel[:, :, 2].T
    y += bias
    y -= y.mean(axis=1, keepdims=True)
    y /= np.sqrt(np.einsum("ij,ij->i", y, y)[:, None] / np.float32(y.shape[1]) + np.float32(_EPSILON))
    normed: NDArray[np.float32] = y * w[f"ln.{layer}.weight"] + w[f"ln.{layer}.bias"]
    return normed


def _compute_shape(w: "Weights", features: Sequence[list[Group]]) -> "NDArray[np.float32]":
    """The summed vectors of each sentence's shape, cue and place features."""
    import numpy as np

    table = w["sh.weight"]
    found = (sorted({bucket % SHAPE_BUCKETS for bucket in groups[-1][0]}) for groups in features)
    summed: NDArray[np.float32] = np.stack([table[buckets].sum(axis=0) for buckets in found])
    return summed * np.float32(0.25)


def _run_gru(w: "Weights", x: "NDArray[np.float32]", suffix: str) -> "NDArray[np.float32]":
    """Hidden states of a gated recurrent layer, gates in the order reset, update, new."""
    import numpy as np

    inputs = x @ w["gru.weight_ih_l0" + suffix].T + w["gru.bias_ih_l0" + suffix]
    recurrent, bias = w["gru.weight_hh_l0" + suffix].T, w["gru.bias_hh_l0" + suffix]
    size = bias.shape[0] // 3
    state = np.zeros(size, np.float32)
    states = np.empty((len(x), size), np.float32)
    for i, given in enumerate(inputs):
        carried = state @ recurrent + bias
        gates = 1 / (1 + np.exp(-(given[: 2 * size] + carried[: 2 * size])))
        new = np.tanh(given[2 * size :] + gates[:size] * carried[2 * size :])
        state = new + gates[size:] * (state - new)
        states[i] = state
    return states


def _step_gru(w: "Weights", x: "NDArray[np.float32]", suffix: str) -> "NDArray[np.float32]":
    """The first hidden state of a gated recurrent layer for each row as a sequence of its own."""
    import numpy as np

    inputs = x @ w["gru.weight_ih_l0" + suffix].T + w["gru.bias_ih_l0" + suffix]
    bias = w["gru.bias_hh_l0" + suffix]
    size = bias.shape[0] // 3
    gates = 1 / (1 + np.exp(-(inputs[:, : 2 * size] + bias[: 2 * size])))
    new = np.tanh(inputs[:, 2 * size :] + gates[:, :size] * bias[2 * size :])
    state: NDArray[np.float32] = (1 - gates[:, size:]) * new
    return state
