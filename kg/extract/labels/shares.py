"""How likely each word of a sentence belongs to the phrase that a reader would give it.

A small log-linear model over the parse judges the words one by one; from that follows how much of the reader's phrase
a stretch is expected to hold.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from kg.extract.labels.frame import Frame
from kg.extract.words import find_stems

_MAX_ANCESTORS = 4
_FAR = 6
_LAST_BEHIND, _LAST_RANK = 10, 6
#: Log-odds of what has no letters or digits.
_MARK = -0.5
_SMALL = 1e-3
_LAST_STEP, _LAST_FIT_RANK = 10, 8


@lru_cache(maxsize=2)
def load_weights(kind: str) -> dict[str, float]:
    """The trained weights by feature name, for one kind ("d" or "r")."""
    weights: dict[str, float] = json.loads(files("kg.extract.labels").joinpath("shares.json").read_text("utf-8"))
    return join_weights(weights, kind)


def join_weights(weights: Mapping[str, float], kind: str) -> dict[str, float]:
    """For each feature its weight for both kinds ("dep obj") and its weight for this kind alone ("d dep obj") added."""
    joined = {name: weight for name, weight in weights.items() if name[:2] not in {"d ", "r "}}
    for name, weight in weights.items():
        if name.startswith(f"{kind} "):
            joined[name[2:]] = joined.get(name[2:], 0.0) + weight
    return joined


def compute_shares(frame: Frame, weights: Mapping[str, float]) -> list[float]:
    """Probability for each token of belonging to the label; 0 for those without letters or digits.

    weights: for the kind of the frame.
    """
    shares = []
    for names in describe_tokens(frame):
        odds = sum(weights.get(name, 0.0) for name in names)
        shares.append(1.0 / (1.0 + math.exp(-odds)) if names else 0.0)
    return shares


def compute_odds(shares: Sequence[float]) -> list[float]:
    """The log-odds of probabilities; of marks, which have none, a little less than even."""
    return [math.log((p + _SMALL) / (1 - p + _SMALL)) if p else _MARK for p in shares]


def describe_tokens(frame: Frame) -> list[tuple[str, ...]]:
    """Names of the features of each token; none for those without letters or digits."""
    cues = [i for i, marked in enumerate(frame.marks) if marked]
    return [
        tuple(dict.fromkeys(("bias", *_describe_token(frame, token), *_describe_cue(frame, token, cues))))
        if find_stems(word)
        else ()
        for token, word in enumerate(frame.words)
    ]


def _describe_token(frame: Frame, token: int) -> Iterator[str]:
    head, size = frame.heads[token], len(frame.words)
    above = frame.heads[head]
    relation = frame.dep[token]
    yield f"lemma {frame.lemmas[token]}"
    yield f"pos {frame.pos[token]}"
    yield f"dep {relation}"
    yield f"head {frame.lemmas[head]} {relation}"
    yield f"head pos {frame.pos[head]} {relation}"
    yield f"head dep {frame.dep[head]} {relation}"
    yield f"second head {frame.lemmas[above]}"
    yield f"depth {frame.depths[token]}"
    yield f"place {6 * token // size}"
    yield f"size {min(size // 8, 6)}"
    yield f"place {4 * token // size} of {min(size // 10, 4)}"
    for step in (-2, -1, 1, 2):
        near = token + step
        inside = 0 <= near < size
        yield f"word {step} {frame.lemmas[near] if inside else 'edge'}"
        if abs(step) == 1:
            yield f"pos {step} {frame.pos[near] if inside else 'edge'}"
    for child in frame.children[token]:
        yield f"child {frame.dep[child]}"
        yield f"child lemma {frame.lemmas[child]}"
    yield from (f"below {frame.lemmas[a]}" for a in _find_ancestors(frame, token))


def _find_ancestors(frame: Frame, token: int) -> Iterator[int]:
    for _ in range(_MAX_ANCESTORS):
        if frame.heads[token] == token:
            return
        token = frame.heads[token]
        yield token


def _describe_cue(frame: Frame, token: int, cues: Sequence[int]) -> Iterator[str]:
    if not cues:
        yield "no cue"
        return
    nearest = min(cues, key=lambda cue: abs(cue - token))
    step = nearest - token
    yield f"cue {max(-_FAR, min(_FAR, step))}"
    yield f"cue {frame.lemmas[nearest]} {max(-2, min(2, step))}"


def describe_expected(frame: Frame, found: Sequence[tuple[int, ...]], shares: Sequence[float]) -> list[tuple[str, ...]]:
    """Names of features of each stretch: the F1 it is expected to have with the reader's phrase, and how it stands in
    that among the others.

    shares: a probability for each token of the frame.
    """
    counted = [bool(find_stems(word)) for word in frame.words]
    total = sum(shares)
    expected = [2 * sum(shares[t] for t in c) / max(1e-6, sum(counted[t] for t in c) + total) for c in found]
    order = sorted(range(len(found)), key=lambda i: (-expected[i], i))
    ranks = {index: rank for rank, index in enumerate(order)}
    best = max(expected, default=0.0)
    return [
        (
            f"{frame.kind}:expected {int(20 * value)}",
            f"{frame.kind}:expected behind {min(_LAST_BEHIND, int(25 * (best - value)))}",
            f"{frame.kind}:expected rank {min(ranks[i], _LAST_RANK)}",
        )
        for i, value in enumerate(expected)
    ]


def describe_fit(frame: Frame, found: Sequence[tuple[int, ...]], shares: Sequence[float]) -> list[tuple[str, ...]]:
    """Names of features of each candidate: how likely its first, last and least likely word are, and the likeliest one
    that it leaves out; how its words, taken one by one, fit beside the other candidates'.

    shares: a probability for each token of the frame.
    """
    fits = [_compute_fit(chosen, shares) for chosen in found]
    best = max(fits, default=0.0)
    ranks = {index: rank for rank, index in enumerate(sorted(range(len(fits)), key=lambda i: (-fits[i], i)))}
    return [
        (
            *(f"{frame.kind}:{name} {int(10 * value)}" for name, value in _find_extremes(chosen, shares)),
            f"{frame.kind}:fit behind {min(_LAST_STEP, int(best - fits[i]))}",
            f"{frame.kind}:fit rank {min(ranks[i], _LAST_FIT_RANK)}",
        )
        for i, chosen in enumerate(found)
    ]


def _compute_fit(chosen: tuple[int, ...], shares: Sequence[float]) -> float:
    """Log-likelihood of keeping just these tokens, each token by itself."""
    inside = frozenset(chosen)
    kept = sum(math.log(shares[t]) for t in chosen if shares[t])
    left = sum(math.log(1 - p + 1e-4) for t, p in enumerate(shares) if p and t not in inside)
    return round(kept + left, 6)


def _find_extremes(chosen: tuple[int, ...], shares: Sequence[float]) -> Iterator[tuple[str, float]]:
    inside = frozenset(chosen)
    kept = [shares[t] for t in chosen if shares[t]]
    yield "likely first", shares[chosen[0]]
    yield "likely last", kept[-1] if kept else 0.0
    yield "least likely", min(kept, default=0.0)
    yield "mean", sum(kept) / max(1, len(kept))
    yield "left out", max((p for t, p in enumerate(shares) if t not in inside), default=0.0)
