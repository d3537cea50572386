"""What the words of a sentence, each seen as a vector, say of its candidates: small trained heads over the vectors.

From how each word is seen follow what it is worth inside a label, as its first and last word and at a gap, and which
word is likely to follow it (see `chains`); from how a candidate is seen as a whole follows what that is worth. The
vectors come from a tuned sentence encoder (`tuned`) or from a small network over the parse (`network`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.labels.chains import NEVER, Steps, compute_steps, find_counted
from kg.extract.labels.frame import Frame

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Heads = Mapping[str, NDArray[np.float32]]

#: Scores are rounded to this many decimals, so that another machine's last bits choose no other label.
DECIMALS = 2
#: What a word is worth, by the row of the head that says so, for each kind: inside a label, as its first and last word,
#: before a gap and behind one.
INSIDE, FIRST, LAST, BEFORE_GAP, BEHIND_GAP = range(5)


@dataclass(frozen=True, slots=True)
class Seen:
    """How a sentence is seen for labels of one kind.

    rows: the vectors of its tokens, shape (tokens, width); column: 0 for dilemmas, 1 for remedies.
    """

    heads: "Heads"
    rows: "NDArray[np.float32]"
    column: int
    counted: tuple[bool, ...]
    steps: Steps


def see(heads: "Heads", rows: "NDArray[np.float32]", frame: Frame) -> Seen:
    """A sentence of which each token is seen as a vector."""
    column, counted = "dr".index(frame.kind), find_counted(frame)
    return Seen(heads, rows, column, tuple(counted), compute_steps(heads, rows, counted, column))


def score_candidates(seen: Seen, candidates: Sequence[tuple[int, ...]]) -> list[float]:
    """What each candidate is worth as a label; only differences within a sentence mean something.

    candidates: indices of tokens within the sentence, rising.
    """
    import numpy as np

    if not candidates:
        return []
    counted = [tuple(token for token in chosen if seen.counted[token]) for chosen in candidates]
    worths = compute_worths(seen.heads, seen.rows, candidates, seen.column)
    chains = float(seen.heads["share"][0]) * score_chains(seen.steps, counted)
    return [float(worth) for worth in np.round(worths + chains, DECIMALS)]


def score_chains(steps: Steps, chains: Sequence[tuple[int, ...]]) -> "NDArray[np.float64]":
    """The log-probability of each chain, as `chains.score_chain`."""
    import numpy as np

    numbers, tokens = _list_tokens(chains)
    joined = numbers[1:] == numbers[:-1]
    between = steps.following[tokens[:-1][joined], tokens[1:][joined]]
    scores = np.bincount(numbers[1:][joined], weights=between, minlength=len(chains))
    known = np.array([bool(chain) for chain in chains])
    firsts, lasts = (np.array([chain[end] if chain else 0 for chain in chains]) for end in (0, -1))
    return np.asarray(np.where(known, steps.first[firsts] + scores + steps.last[lasts], NEVER), dtype=np.float64)


def _list_tokens(candidates: Sequence[tuple[int, ...]]) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
    """The tokens of all candidates one after the other, and of each the number of its candidate."""
    import numpy as np

    numbers = np.repeat(np.arange(len(candidates)), [len(candidate) for candidate in candidates])
    return numbers, np.array([token for candidate in candidates for token in candidate], dtype=np.int64)


def compute_worths(
    heads: "Mapping[str, NDArray[np.float32]]",
    rows: "NDArray[np.float32]",
    candidates: Sequence[tuple[int, ...]],
    column: int,
) -> "NDArray[np.float32]":
    """The worth of each candidate, but for how its words follow each other.

    heads: word.weight (10, width), inner.weight (n, 4 * width), outer.weight (2, n) and the bias of each; rows: the
    vectors of a sentence's tokens, shape (tokens, width); candidates: indices of rows; column: 0 for dilemmas, 1 for
    remedies.
    """
    import numpy as np

    words = (rows @ heads["word.weight"].T + heads["word.bias"]).reshape(len(rows), 5, 2)[:, :, column]
    firsts, lasts = [c[0] for c in candidates], [c[-1] for c in candidates]
    numbers, tokens = _list_tokens(candidates)
    held = np.zeros((len(candidates), len(rows)), np.float32)
    held[numbers, tokens] = 1
    means = held @ rows / held.sum(axis=1, keepdims=True)
    seen = np.concatenate([means, rows[firsts], rows[lasts], means * rows.mean(axis=0)], axis=1)
    inner = np.maximum(seen @ heads["inner.weight"].T + heads["inner.bias"], 0.0)
    worths = (inner @ heads["outer.weight"].T + heads["outer.bias"])[:, column]
    worths = worths + words[firsts, FIRST] + words[lasts, LAST] + held @ words[:, INSIDE]
    gaps = (numbers[1:] == numbers[:-1]) & (tokens[1:] > tokens[:-1] + 1)
    cost = words[tokens[:-1][gaps], BEFORE_GAP] + words[tokens[1:][gaps], BEHIND_GAP]
    worths = worths + np.bincount(numbers[1:][gaps], weights=cost, minlength=len(candidates))
    return np.asarray(worths, dtype=np.float32)
