"""Which stretches of a sentence may serve as a label, and what speaks for each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.labels.completeness import is_complete, turns_round
from kg.extract.labels.features import describe
from kg.extract.labels.frame import Frame
from kg.extract.labels.shares import compute_shares, describe_expected, load_weights
from kg.extract.labels.soundness import is_sound

if TYPE_CHECKING:
    from spacy.tokens import Span

MIN_WORDS, MAX_WORDS = 2, 10
#: A sentence longer than this (in tokens) is looked at in its first part only.
MAX_SENTENCE_TOKENS = 120
#: Loose dependents that may say what the label is about.
_WORTHWHILE = frozenset({"obl", "nmod", "advcl", "obl:agent", "xcomp", "acl"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """Indices of tokens in the document, rising, and the names of the features that hold for them.

    The tokens are one stretch, or a clause or phrase without what hangs loosely on it.
    kept: the part of the reader's phrase that they are expected to hold, from 0 to 1; complete: whether they leave out
    nothing that a reader needs.
    """

    tokens: tuple[int, ...]
    features: tuple[str, ...]
    kept: float = 0.0
    complete: bool = True


def find_candidates(sentence: "Span", kind: str, tuned: Mapping[int, float] | None = None) -> list[Candidate]:
    """Phrases and clauses of 2 to 10 words, whole stretches first, then those with loose parts left out.

    tuned: a sentence encoder's log-odds of tokens, see `compute_shares`.
    """
    frame = Frame(list(sentence)[:MAX_SENTENCE_TOKENS], kind)
    found, complete = find_choices_told(frame)
    shares = compute_shares(frame, load_weights(frame.kind), tuned) if found else []
    expected = describe_expected(frame, found, shares)
    total = max(sum(shares), 1e-6)
    return [
        Candidate(
            tuple(frame.first + t for t in chosen),
            describe(frame, chosen) + names,
            sum(shares[t] for t in chosen) / total,
            complete,
        )
        for chosen, names in zip(found, expected, strict=True)
    ]


def find_choices(frame: Frame) -> list[tuple[int, ...]]:
    """Indices of the tokens of each candidate within the frame; none that says the opposite."""
    return find_choices_told(frame)[0]


def find_choices_told(frame: Frame) -> tuple[list[tuple[int, ...]], bool]:
    """The same, and whether they leave out nothing that a reader needs; those that do are a last resort."""
    found = dict.fromkeys((*find_stretches(frame), *find_cores(frame)))
    sound = [chosen for chosen in found if is_sound(frame, chosen)]
    complete = [chosen for chosen in sound if is_complete(frame, chosen)]
    told = {frame.heads[t] for chosen in complete for t in chosen if frame.dep[t].startswith("nsubj")}
    # "Not using the register" only where there is no room for who does not.
    whole = [c for c in complete if not (frame.begins_denial(c[0]) and frame.heads[c[0]] in told)]
    kept = whole or complete
    return kept or [c for c in sound if not turns_round(frame, c)], bool(kept)


def find_stretches(frame: Frame) -> Iterator[tuple[int, ...]]:
    """Stretches that do not begin or end on a function word or cut a phrase."""
    ends = [j for j in range(len(frame.words)) if frame.may_end(j)]
    for i in range(len(frame.words)):
        if not frame.may_start(i):
            continue
        for j in ends:
            if j < i:
                continue
            count = frame.numbers[j] - frame.numbers[i] + 1
            if count > MAX_WORDS:
                break
            if count >= MIN_WORDS and frame.is_whole(i, j):
                yield tuple(range(i, j + 1))


def find_cores(frame: Frame) -> Iterator[tuple[int, ...]]:
    """What belongs tightly to each verb, adjective and noun, and the same with one loose part."""
    for head in range(len(frame.words)):
        if frame.pos[head] not in {"VERB", "ADJ", "NOUN", "PROPN"}:
            continue
        core = frame.find_core(head)
        parts = [c for c in frame.children[head] if c > head and frame.dep[c] in _WORTHWHILE]
        wholes = [core, core | frame.find_joined(head)]
        wholes += [frame.find_told(head)] if frame.kind == "d" else []
        objects = [c for c in frame.children[head] if frame.dep[c] in {"obj", "nsubj:pass"} and c in core]
        parts = parts[:3] + [c for o in objects for c in frame.children[o] if c > o and frame.dep[c] in {"acl", "nmod"}]
        for part in parts:
            added = core | frame.find_core(part, case=True)
            wholes += [added, added | frame.find_joined(part)]
        for whole in wholes:
            bare = frame.trim(frame.join(whole))
            full = frame.add_articles(bare)
            chosen = full if len({frame.numbers[t] for t in full}) <= MAX_WORDS else bare
            if MIN_WORDS <= len({frame.numbers[t] for t in chosen}) <= MAX_WORDS:
                yield tuple(chosen)
