"""What the words of a sentence, each seen as a vector, say of its candidates: small trained heads over the vectors.

From how each word is seen follow what it is worth inside a label, as its first and last word and at a gap, and which
word is likely to follow it (see `chains`); from how a candidate is seen as a whole follows what that is worth. The
vectors come from a tuned sentence encoder (`tuned`) or from a small network over the parse (`network`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.extract.labels.chains import Steps, compute_steps, find_counted, score_chain
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
    if not candidates:
        return []
    chains = [score_chain(seen.steps, [t for t in chosen if seen.counted[t]]) for chosen in candidates]
    worths = compute_worths(seen.heads, seen.rows, candidates, seen.column)
    share = float(seen.heads["share"][0])
    return [round(float(worth) + share * chain, DECIMALS) for worth, chain in zip(worths, chains, strict=True)]


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
    whole = rows.mean(axis=0)
    firsts, lasts = [c[0] for c in candidates], [c[-1] for c in candidates]
    means = np.stack([rows[list(c)].mean(axis=0) for c in candidates])
    seen = np.concatenate([means, rows[firsts], rows[lasts], means * whole], axis=1)
    inner = np.maximum(seen @ heads["inner.weight"].T + heads["inner.bias"], 0.0)
    worths = (inner @ heads["outer.weight"].T + heads["outer.bias"])[:, column]
    worths = worths + words[firsts, FIRST] + words[lasts, LAST]
    for number, candidate in enumerate(candidates):
        gaps = [(one, other) for one, other in pairwise(candidate) if other > one + 1]
        worths[number] += words[list(candidate), INSIDE].sum()
        worths[number] += sum(words[one, BEFORE_GAP] + words[other, BEHIND_GAP] for one, other in gaps)
    return np.asarray(worths, dtype=np.float32)
