"""Fits the weights of `shares` to the words of phrases that readers gave to sentences."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.labels.frame import Frame
from kg.extract.labels.shares import describe_tokens
from kg.extract.logistic import fit_logistic
from kg.extract.words import find_stems

L2 = 30.0
MIN_COUNT = 5
#: Weights smaller than this are left out; it changes nothing that can be measured and leaves a quarter of them.
MIN_WEIGHT = 0.05


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a sentence: names of their features, and whether each stands in the reader's phrase."""

    features: tuple[tuple[str, ...], ...]
    held: tuple[bool, ...]


def make_words(frame: Frame, phrase: str) -> Words:
    """The words of a sentence that have letters or digits; each feature counts for both kinds and for its own alone."""
    wanted = set(find_stems(phrase))
    return make_held(frame, [bool(wanted & set(find_stems(word))) for word in frame.words])


def make_held(frame: Frame, held: Sequence[bool]) -> Words:
    """The same where it is known of each token whether it is to stand in the label."""
    found = list(zip(describe_tokens(frame), held, strict=True))
    known = [((*f, *(f"{frame.kind} {name}" for name in f)), one) for f, one in found if f]
    return Words(tuple(f for f, _ in known), tuple(h for _, h in known))


def fit_shares(sentences: Sequence[Words]) -> dict[str, float]:
    """Weights of an L2-regularised logistic regression by feature name, rounded."""
    counts = Counter(name for words in sentences for names in words.features for name in names)
    names = sorted(name for name, count in counts.items() if count >= MIN_COUNT)
    rows = [dict.fromkeys(found, 1.0) for words in sentences for found in words.features]
    held = [one for words in sentences for one in words.held]
    learnt = fit_logistic(rows, held, names, l2=L2)
    return {name: round(weight, 2) for name, weight in learnt.items() if abs(weight) >= MIN_WEIGHT}
