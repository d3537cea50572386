"""A sentence read again with a label marked in it, by a small network over the parse: how probably the label is right.

What `crossencoder` does where there is an encoder, for the plain level; it ships and needs no torch. It begins with
what the network that chooses labels sees of each word (`network`), with the learnt vector of the word itself, and with
what the word is to the label; layers look at
its neighbours, its head and dependents, the label's words and all words. It was taught by readers and by the tuned
encoder. Source: Hinton et al. 2015 (distillation).
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from kg.annotate.statements.packed import read_arrays
from kg.extract.labels.frame import Frame
from kg.extract.labels.network import find_dependents, find_learnt_vectors, find_rows, look_around, normalize

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Weights = dict[str, NDArray[np.float32]]

NETWORK = Path(__file__).with_name("reading.npz")
#: What a token can be to a label: in it or not, its first or last, in it without its head, left out beside its head,
#: the last before a gap.
INSIDE, OUTSIDE, FIRST, LAST, LOOSE, LEFT_OUT, BEFORE_GAP = range(7)
RELATIONS = 7
#: Odds are rounded to this many decimals, so that another machine's last bits change no confidence.
DECIMALS = 2


@lru_cache(maxsize=1)
def load_weights(path: Path = NETWORK) -> "Weights":
    """The trained weights by the names of the training script, column by column, for they are used turned round."""
    import numpy as np

    with np.load(path, allow_pickle=False) as archive:
        return {name: np.asfortranarray(array) for name, array in read_arrays(archive).items()}


def read_choice(frame: Frame, chosen: Sequence[int]) -> float:
    """The log-odds of a label to be right.

    chosen: indices of its tokens within the sentence, rising, at least one.
    """
    return round(compute_odds(load_weights(), frame, chosen), DECIMALS)


def compute_odds(weights: "Weights", frame: Frame, chosen: Sequence[int]) -> float:
    """The log-odds of a label to be right.

    weights: words.weight (width, width of `see_words`) and bias; relations.weight (width, RELATIONS); kinds (2, width);
    norm; blocks.N.lin (width, 7 * width) over a token, the ones before and behind it, its head, the mean of its
    dependents, of the label's tokens and of all; blocks.N.norm; inner (n, 4 * width) over the means of the label's and
    of all tokens and the label's first and last; outer (2, n).
    """
    import numpy as np

    column, inside = "dr".index(frame.kind), list(chosen)
    dependents = find_dependents(frame)
    rows = see_words(frame) @ weights["words.weight"].T + weights["words.bias"] + weights["kinds"][column]
    rows = rows + relate_tokens(frame.heads, chosen) @ weights["relations.weight"].T
    rows = np.maximum(normalize(weights, "norm", rows), 0)
    width, block = rows.shape[1], 0
    while f"blocks.{block}.lin.weight" in weights:
        seen = look_around(rows, frame.heads, dependents)
        means = np.concatenate([rows[inside].mean(axis=0), rows.mean(axis=0)])
        name = f"blocks.{block}"
        own, common = np.split(weights[f"{name}.lin.weight"], [5 * width], axis=1)
        seen = seen @ own.T + (common @ means + weights[f"{name}.lin.bias"])
        rows = rows + np.maximum(normalize(weights, f"{name}.norm", seen), 0)
        block += 1
    whole = np.concatenate([rows[inside].mean(axis=0), rows.mean(axis=0), rows[inside[0]], rows[inside[-1]]])
    hidden = np.maximum(weights["inner.weight"] @ whole + weights["inner.bias"], 0)
    return float(weights["outer.weight"][column] @ hidden + weights["outer.bias"][column])


def see_words(frame: Frame) -> "NDArray[np.float32]":
    """What the network that chooses labels sees of each word beside the word's learnt vector: one row a token."""
    import numpy as np

    return np.concatenate([find_rows(frame), find_learnt_vectors(frame)], axis=1)


def relate_tokens(heads: Sequence[int], chosen: Sequence[int]) -> "NDArray[np.float32]":
    """What each token is to a label, shape (tokens, RELATIONS), 1 for all that it is."""
    import numpy as np

    inside = set(chosen)
    found = np.zeros((len(heads), RELATIONS), np.float32)
    found[:, OUTSIDE] = 1
    found[list(chosen), OUTSIDE], found[list(chosen), INSIDE] = 0, 1
    found[chosen[0], FIRST] = found[chosen[-1], LAST] = 1
    for token, head in enumerate(heads):
        if head != token and head not in inside and token in inside:
            found[token, LOOSE] = 1
        if head in inside and token not in inside:
            found[token, LEFT_OUT] = 1
    for one, other in pairwise(chosen):
        if other > one + 1:
            found[one, BEFORE_GAP] = 1
    return found
