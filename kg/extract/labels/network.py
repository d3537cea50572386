"""The words of a sentence as a small network sees them, for choosing its label (see `heads`); it ships, needs no torch.

A word is the mean of its pieces' vectors, given and learnt ones of the network that judges statements, with its part of
speech, relation and place in the parse. Three layers look at its neighbours in the sentence, its head and its
dependents, and the mean of all words. Source: Kipf and Welling 2017 (a word's neighbours in the parse as those in a
graph).
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.annotate.statements import load_learnt_pieces, load_pieces
from kg.annotate.statements.packed import read_arrays
from kg.extract.labels.frame import MAX_DEPTH, Frame
from kg.extract.labels.heads import Seen, see

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Weights = dict[str, NDArray[np.float32]]

NETWORK = Path(__file__).with_name("network.npz")
_EPSILON = 1e-5
_MAX_WORD_PIECES = 6
_POS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X SPACE".split()
_DEPS = (
    "acl acl:relcl advcl advcl:relcl advmod amod appos aux aux:pass case cc cc:preconj ccomp compound compound:prt "
    "conj cop csubj csubj:pass dep det det:predet discourse dislocated expl fixed flat goeswith iobj list mark nmod "
    "nmod:poss nmod:tmod nmod:unmarked nsubj nsubj:outer nsubj:pass nummod obj obl obl:agent obl:tmod obl:unmarked "
    "orphan parataxis punct reparandum root vocative xcomp"
).split()
_POS_NUMBERS, _DEP_NUMBERS = ({name: number for number, name in enumerate(names)} for names in (_POS, _DEPS))
_PLACES, _SIZES, _TENS, _SIDES, _FARTHEST_CUE = 6, 6, 10, 3, 9
#: How many categories of each sort there are; a token belongs to one of each, but for the cue.
_SORTS = (len(_POS), len(_DEPS), MAX_DEPTH + 1, _PLACES, _SIZES, _SIDES, _FARTHEST_CUE + 1, 1)
CATEGORIES = sum(_SORTS)


@lru_cache(maxsize=1)
def load_weights() -> "Weights":
    """The trained weights by the names of the training script, column by column, for they are used turned round."""
    import numpy as np

    with np.load(NETWORK, allow_pickle=False) as archive:
        return {name: np.asfortranarray(array) for name, array in read_arrays(archive).items()}


def read_sentence(frame: Frame) -> Seen:
    """A sentence as the network sees it for labels of the frame's kind."""
    return see(load_weights(), find_rows(frame), frame)


@lru_cache(maxsize=1)
def find_rows(frame: Frame) -> "NDArray[np.float32]":
    """As `compute_rows` by the weights that ship; those of the last sentence are remembered, for `reading`."""
    return compute_rows(load_weights(), frame)


def compute_rows(weights: "Weights", frame: Frame) -> "NDArray[np.float32]":
    """The vectors of a sentence's tokens, shape (tokens, width).

    weights: pieces.weight (width, piece width) and bias; categories.weight (width, CATEGORIES); kinds (2, width);
    norm; blocks.N.lin (width, 6 * width) over a token, the ones before and behind it, its head, the mean of its
    dependents and that of all tokens; blocks.N.norm.
    """
    import numpy as np

    words, dependents = find_word_vectors(frame), find_dependents(frame)
    rows = words @ weights["pieces.weight"].T + weights["pieces.bias"] + weights["kinds"]["dr".index(frame.kind)]
    rows = np.maximum(normalize(weights, "norm", rows + add_categories(weights, describe_tokens(frame))), 0)
    block = 0
    while f"blocks.{block}.lin.weight" in weights:
        name = f"blocks.{block}"
        seen = look_around(rows, frame.heads, dependents)
        own, common = np.split(weights[f"{name}.lin.weight"], [seen.shape[1]], axis=1)
        seen = seen @ own.T + (common @ rows.mean(axis=0) + weights[f"{name}.lin.bias"])
        rows = rows + np.maximum(normalize(weights, f"{name}.norm", seen), 0)
        block += 1
    return np.asarray(rows, dtype=np.float32)


def add_categories(weights: "Weights", numbers: Sequence[Sequence[int]]) -> "NDArray[np.float32]":
    """The summed vectors of each token's categories, shape (tokens, width); numbers: of `describe_tokens`."""
    import numpy as np

    vectors = weights["categories.weight"].T
    firsts = np.cumsum([0, *map(len, numbers[:-1])])
    return np.add.reduceat(vectors[[one for found in numbers for one in found]], firsts, axis=0)


def look_around(
    rows: "NDArray[np.float32]", heads: Sequence[int], dependents: "NDArray[np.float32]"
) -> "NDArray[np.float32]":
    """Each token's vector, those of the ones before and behind it and of its head, and the mean of its dependents'.

    rows: shape (tokens, width); dependents: of `find_dependents`. Returns shape (tokens, 5 * width).
    """
    import numpy as np

    size, width = rows.shape
    seen = np.zeros((size, 5, width), np.float32)
    seen[:, 0] = rows
    seen[1:, 1] = rows[:-1]
    seen[:-1, 2] = rows[1:]
    seen[:, 3] = rows[list(heads)]
    seen[:, 4] = dependents @ rows
    return seen.reshape(size, 5 * width)


def normalize(weights: "Weights", name: str, rows: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """Rows of mean 0 and variance 1, scaled and shifted by the weights of a name (layer normalization)."""
    import numpy as np

    width = np.float32(rows.shape[1])
    centred = rows - np.add.reduce(rows, axis=1, keepdims=True) / width
    variance = np.einsum("ij,ij->i", centred, centred)[:, None] / width
    centred *= 1 / np.sqrt(variance + np.float32(_EPSILON))
    return np.asarray(centred * weights[f"{name}.weight"] + weights[f"{name}.bias"], dtype=np.float32)


@lru_cache(maxsize=1)
def find_word_vectors(frame: Frame) -> "NDArray[np.float32]":
    """The mean vector of each token's pieces, shape (tokens, piece width).

    Those of the last sentence are remembered.
    """
    import numpy as np

    return np.stack([_find_word_vector(word) for word in frame.words])


def find_learnt_vectors(frame: Frame) -> "NDArray[np.float32]":
    """Of each token's vector the part learnt with the network that judges statements, shape (tokens, width)."""
    return find_word_vectors(frame)[:, load_pieces()[1].shape[1] :]


@lru_cache(maxsize=20_000)
def _find_word_vector(word: str) -> "NDArray[np.float32]":
    import numpy as np

    tokenizer, vectors = load_learnt_pieces()
    pieces = tokenizer.find_pieces(word)[:_MAX_WORD_PIECES] or [tokenizer.get_number("[UNK]")]
    return np.asarray(vectors[pieces].mean(axis=0), dtype=np.float32)


@lru_cache(maxsize=1)
def find_dependents(frame: Frame) -> "NDArray[np.float32]":
    """For each token its share in the mean of its head's dependents, shape (heads, tokens).

    That of the last sentence is remembered, for it is read more than once.
    """
    import numpy as np

    shares = np.zeros((len(frame.words), len(frame.words)), np.float32)
    for token, children in enumerate(frame.children):
        shares[token, children] = 1 / max(1, len(children))
    return shares


def describe_tokens(frame: Frame) -> list[list[int]]:
    """The numbers of the categories that each token belongs to, below CATEGORIES."""
    size = len(frame.words)
    cues = [token for token, marked in enumerate(frame.marks) if marked]
    found = []
    for token in range(size):
        apart = frame.heads[token] - token
        choices = (
            _POS_NUMBERS.get(frame.pos[token], _POS_NUMBERS["X"]),
            _DEP_NUMBERS.get(frame.dep[token].lower(), _DEP_NUMBERS["dep"]),
            frame.depths[token],
            _PLACES * token // size,
            min(size // _TENS, _SIZES - 1),
            0 if apart == 0 else 1 if apart < 0 else 2,
            min((abs(cue - token) for cue in cues), default=_FARTHEST_CUE),
        )
        numbers, below = [], 0
        for choice, count in zip(choices, _SORTS, strict=False):
            numbers.append(below + min(choice, count - 1))
            below += count
        found.append([*numbers, below] if frame.marks[token] else numbers)
    return found
