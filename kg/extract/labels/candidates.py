"""Which sets of a sentence's words may serve as a label, and what speaks for each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.labels.compressions import MAX_WORDS, MIN_WORDS, find_compressions, finish
from kg.extract.labels.denial import turns_round
from kg.extract.labels.features import describe
from kg.extract.labels.frame import Frame
from kg.extract.labels.phrase import make_phrase
from kg.extract.labels.rules import find_broken
from kg.extract.labels.shares import compute_odds, compute_shares, describe_expected, describe_fit, load_weights

if TYPE_CHECKING:
    from spacy.tokens import Span

#: A sentence longer than this (in tokens) is looked at in its first part only.
MAX_SENTENCE_TOKENS = 120
#: Loose dependents that may say what the label is about.
_WORTHWHILE = frozenset({"obl", "nmod", "advcl", "obl:agent", "xcomp", "acl"})


@dataclass(frozen=True, slots=True)
class Candidates:
    """The possible labels of a sentence: whole stretches first, then those with loose parts left out.

    found: for each the indices of its tokens within the frame, rising; features: the names of those that hold for it,
    without the rules that it breaks.
    """

    frame: Frame
    found: tuple[tuple[int, ...], ...]
    features: tuple[tuple[str, ...], ...]

    def get_tokens(self, number: int) -> tuple[int, ...]:
        """The indices of a candidate's tokens in the document."""
        return tuple(self.frame.first + t for t in self.found[number])

    def describe_broken(self, number: int) -> tuple[str, ...]:
        """Names of features of the rules that a candidate breaks; it costs more than all others."""
        return describe_broken(self.frame, self.found[number])


def make_frame(sentence: "Span", kind: str) -> Frame:
    """The part of a sentence that is looked at for labels of a kind, "dilemma" or "remedy"."""
    return Frame(list(sentence)[:MAX_SENTENCE_TOKENS], kind)


def find_candidates(frame: Frame, *, chains: Sequence[tuple[int, ...]] = (), wide: bool = False) -> Candidates:
    """Phrases and clauses of 2 to 10 words.

    chains, wide: as `find_choices` takes them.
    """
    shares = compute_shares(frame, load_weights(frame.kind))
    found = find_choices(frame, shares, chains=chains, wide=wide)
    return Candidates(frame, tuple(found), tuple(describe_choices(frame, found, shares)))


def find_choices(
    frame: Frame, shares: Sequence[float], *, chains: Sequence[tuple[int, ...]] = (), wide: bool = False
) -> list[tuple[int, ...]]:
    """Indices of the tokens of each candidate within the frame; none that says the opposite.

    shares: for each token the probability of standing in a label; chains: what was put together word by word; wide:
    whether more is looked for in the parse, at the cost of time.
    """
    odds = compute_odds(shares)
    found = dict.fromkeys((*find_stretches(frame), *find_cores(frame), *find_compressions(frame, odds, wide=wide)))
    found |= dict.fromkeys(filter(None, (finish(frame, frozenset(chain)) for chain in chains)))
    return [chosen for chosen in found if not turns_round(frame, make_phrase(frame, chosen))]


def describe_choices(frame: Frame, found: Sequence[tuple[int, ...]], shares: Sequence[float]) -> list[tuple[str, ...]]:
    """Names of the features of each candidate of a sentence, without the rules that it breaks."""
    told = zip(describe_expected(frame, found, shares), describe_fit(frame, found, shares), strict=True)
    return [(*describe(frame, chosen), *expected, *fit) for chosen, (expected, fit) in zip(found, told, strict=True)]


def describe_broken(frame: Frame, chosen: tuple[int, ...]) -> tuple[str, ...]:
    """Names of the features of the rules that some tokens break, each for both kinds and for this one alone."""
    broken = find_broken(frame, make_phrase(frame, chosen))
    return tuple(name for rule in broken for name in (f"breaks {rule}", f"{frame.kind}:breaks {rule}"))


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
        yield from filter(None, (finish(frame, whole) for whole in wholes))
