"""Which sets of a sentence's words may serve as a label."""

from collections.abc import Iterable, Iterator, Set
from typing import TYPE_CHECKING

from kg.extract.labels.denial import turns_round
from kg.extract.labels.frame import MAX_WORDS, MIN_WORDS, Frame
from kg.extract.labels.phrase import make_phrase

if TYPE_CHECKING:
    from spacy.tokens import Span

#: A sentence longer than this (in tokens) is looked at in its first part only.
MAX_SENTENCE_TOKENS = 120
#: Loose dependents that may say what the label is about.
_WORTHWHILE = frozenset({"obl", "nmod", "advcl", "obl:agent", "xcomp", "acl"})


def make_frame(sentence: "Span", kind: str) -> Frame:
    """The part of a sentence that is looked at for labels of a kind, "dilemma" or "remedy"."""
    return Frame(list(sentence)[:MAX_SENTENCE_TOKENS], kind)


def find_choices(frame: Frame, chains: Iterable[tuple[int, ...]] = ()) -> list[tuple[int, ...]]:
    """Phrases and clauses of 2 to 10 words: indices of the tokens of each within the frame, rising; whole stretches
    first, then those with loose parts left out. Some may say the opposite, see `keep_true`.

    chains: what was put together word by word.
    """
    rough = dict.fromkeys((*find_cores(frame), *map(frozenset, chains)))
    finished = filter(None, (finish(frame, chosen) for chosen in rough))
    return list(dict.fromkeys((*find_stretches(frame), *finished)))


def keep_true(frame: Frame, found: Iterable[tuple[int, ...]]) -> Iterator[tuple[int, ...]]:
    """The candidates but for those that say the opposite of their sentence."""
    return (chosen for chosen in found if not turns_round(frame, make_phrase(frame, chosen)))


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


def find_cores(frame: Frame) -> Iterator[frozenset[int]]:
    """What belongs tightly to each verb, adjective and noun, and the same with one loose part; some more than once."""
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
        yield from wholes


def finish(frame: Frame, chosen: Set[int]) -> tuple[int, ...]:
    """Tokens with the hyphens and articles that belong to them, without function words at the ends; () if they are no
    2 to 10 words.
    """
    bare = frame.trim(frame.join(chosen))
    if not bare:
        return ()
    full = frame.add_articles(bare)
    fitting = full if frame.count_words(full) <= MAX_WORDS else bare
    return tuple(fitting) if MIN_WORDS <= frame.count_words(fitting) <= MAX_WORDS else ()
