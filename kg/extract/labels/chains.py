"""Labels put together word by word: trained heads say which word follows which in the label of a sentence.

They give for each word the probability that a label begins with it, that another follows it, and that the label ends
there. The likeliest chains keep to no rule of the parse, so they also reach labels that a wrong parse hides. Articles
and marks are passed over; `candidates.finish` puts back those that belong to what was chosen.
Source: Vinyals et al. 2015, Pointer networks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.labels.frame import ARTICLES, MAX_WORDS, MIN_WORDS, Frame

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: So many chains are carried on, each by so many words that may follow; so many of the whole ones are given.
WIDTH, BRANCHES, MOST = 12, 6, 8
#: Words stand so many apart at most to be told apart by their distance.
FARTHEST = 11
#: Log-probability of what cannot be.
NEVER = -1e4
#: Log-probabilities are rounded to this many decimals, so that another machine's last bits choose no other chain.
DECIMALS = 2

#: What a chain costs, its tokens, and how many words they are.
_Chain = tuple[int, tuple[int, ...], int]


@dataclass(frozen=True, slots=True)
class Steps:
    """Log-probabilities over a sentence's tokens: of being a label's first word, of following another, of ending it.

    first, last: shape (tokens,); following: shape (tokens, tokens), a row for each token that is followed.
    """

    first: "NDArray[np.float32]"
    following: "NDArray[np.float32]"
    last: "NDArray[np.float32]"


def find_counted(frame: Frame) -> list[bool]:
    """For each token whether it is a word of its own in a label: no article and no mark."""
    return [word not in ARTICLES and kind != "PUNCT" for word, kind in zip(frame.words, frame.pos, strict=True)]


def compute_steps(
    heads: "Mapping[str, NDArray[np.float32]]", rows: "NDArray[np.float32]", counted: Sequence[bool], column: int
) -> Steps:
    """How probably each token begins, follows and ends.

    heads: leading.weight and following.weight (2 * n, width), ends.weight (4, width) and the bias of each, distances
    (FARTHEST + 1,); rows: the vectors of the tokens, shape (tokens, width); column: 0 for dilemmas, 1 for remedies.
    """
    import numpy as np

    size, allowed = len(rows), np.array(counted, dtype=bool)

    def apply(name: str) -> "NDArray[np.float32]":
        applied = rows @ heads[f"{name}.weight"].T + heads[f"{name}.bias"]
        return np.asarray(applied.reshape(size, 2, -1)[:, column], dtype=np.float32)

    leading, following, ends = apply("leading"), apply("following"), apply("ends")
    places = np.cumsum(allowed)
    apart = np.clip(places[None] - places[:, None], 0, FARTHEST)
    odds = leading @ following.T / np.sqrt(leading.shape[1]) + heads["distances"][apart]
    possible = np.triu(np.ones((size, size), dtype=bool), 1) & allowed[None]
    odds = np.concatenate([np.where(possible, odds, NEVER), ends[:, 1:]], axis=1)
    told = odds - _sum_logs(odds)
    first = np.where(allowed, ends[:, 0], NEVER)
    return Steps(*(np.round(a, DECIMALS) for a in (first - _sum_logs(first), told[:, :size], told[:, size])))


def _sum_logs(odds: "NDArray[np.float32]") -> "NDArray[np.float32]":
    import numpy as np

    highest = odds.max(axis=-1, keepdims=True)
    return np.asarray(highest + np.log(np.exp(odds - highest).sum(axis=-1, keepdims=True)), dtype=np.float32)


def score_chain(steps: Steps, chosen: Sequence[int]) -> float:
    """Log-probability of a label of just these counted tokens, rising; NEVER for none."""
    if not chosen:
        return NEVER
    between = float(steps.following[list(chosen[:-1]), list(chosen[1:])].sum())
    return float(steps.first[chosen[0]]) + between + float(steps.last[chosen[-1]])


def find_chains(steps: Steps, numbers: Sequence[int]) -> list[tuple[int, ...]]:
    """The likeliest chains of 2 to 10 words, the likeliest first.

    numbers: for each token the running number of its word.
    """
    import numpy as np

    # Whole numbers of the last decimal: sums are exact. What costs least comes first, of equals the first by its words.
    parts = (steps.first, steps.following, steps.last)
    costs = [np.rint(np.asarray(part, np.float64) * -(10**DECIMALS)).astype(int) for part in parts]
    order = np.argsort(costs[1], axis=1, kind="stable")[:, :BRANCHES].tolist()
    first, following, last = (part.tolist() for part in costs)
    never = int(-NEVER / 2 * 10**DECIMALS)
    begins = np.argsort(costs[0], kind="stable")[:WIDTH].tolist()
    kept: list[_Chain] = [(first[token], (token,), 1) for token in begins]
    whole: list[tuple[int, tuple[int, ...]]] = []
    while kept:
        whole += [(cost + last[chain[-1]], chain) for cost, chain, words in kept if words >= MIN_WORDS]
        longer: list[tuple[int, int, int, int]] = []
        for number, (cost, chain, words) in enumerate(kept):
            end = chain[-1]
            further = following[end]
            for token in order[end]:
                count = words + (numbers[token] != numbers[end])
                if count <= MAX_WORDS and further[token] < never:
                    longer.append((cost + further[token], number, token, count))
        kept = _keep_cheapest(kept, longer)
    whole.sort()
    return [chain for _, chain in whole[:MOST]]


def _keep_cheapest(chains: list[_Chain], longer: list[tuple[int, int, int, int]]) -> list[_Chain]:
    """The WIDTH cheapest of the chains that a token more makes; only those are put together.

    longer: cost, number of the chain among `chains`, token added, words then.
    """
    limit = sorted(one[0] for one in longer)[:WIDTH][-1] if longer else 0
    cheap = (one for one in longer if one[0] <= limit)
    return sorted((cost, (*chains[number][1], token), words) for cost, number, token, words in cheap)[:WIDTH]
