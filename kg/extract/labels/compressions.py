"""A sentence's phrases with some of their loose parts: what a model has to learn to tell from good labels.

Where labels are chosen the chains of `chains` serve better; these teach what else a label might be.
"""

from collections.abc import Iterator, Sequence, Set

from kg.extract.labels.candidates import finish
from kg.extract.labels.frame import DEGREES, DENIERS, MAX_WORDS, RELATIVE, Frame

#: So many phrases are carried on with one more part, so many times.
WIDTH, STEPS = 6, 5
#: So many parts are left out of a phrase, one after the other.
MOST_LEFT_OUT = 4
#: A phrase may be so much too long as long as its ends are not trimmed.
_SLACK = 2
_HEADS = frozenset({"VERB", "ADJ", "NOUN", "PROPN", "ADV", "NUM", "X"})
_NO_PARTS = frozenset({"punct", "cc", "det", "discourse", "vocative"})
_DROPPED = frozenset({"amod", "nmod", "obl", "advmod", "conj", "compound", "acl"})
#: What a head needs, what joins it to what stands before it, and what helps it.
_NEEDED = frozenset({"obj", "xcomp", "ccomp", "compound", "flat", "fixed", "goeswith", "nummod"})
_JOINING = frozenset({"case", "mark"})
_HELPING = frozenset({"cop", "aux", "aux:pass", "compound:prt", "expl", "nmod:poss"})
_ASKING = frozenset({"how", "when", "where", "why"})


def find_compressions(frame: Frame) -> Iterator[tuple[int, ...]]:
    """Sets of tokens of 2 to 10 words around each content word, as indices within the frame; some come twice."""
    seen: set[frozenset[int]] = set()
    for head, kind in enumerate(frame.pos):
        if kind not in _HEADS:
            continue
        starts, bare = list(_find_starts(frame, head)), find_bare(frame, head)
        extended = [*_find_extended(frame, starts), bare, *_find_extended(frame, [bare], bare=True)]
        for chosen in (*extended, *starts, *_find_reduced(frame, starts, head)):
            if chosen not in seen and (phrase := finish(frame, chosen)):
                yield phrase
            seen.add(chosen)


def _find_starts(frame: Frame, head: int) -> Iterator[frozenset[int]]:
    """What belongs tightly to a head, with what is joined to it, and with the noun that its clause is said of."""
    core = frame.find_core(head)
    yield core
    if joined := frame.find_joined(head):
        yield core | joined
    if told := frame.find_told(head):
        yield told


def find_bare(frame: Frame, head: int, *, case: bool = False) -> frozenset[int]:
    """A head with what it cannot do without: its objects and subject, each bare, and its function words.

    case: whether the preposition or "to" that joins it to what stands before comes with it.
    """
    bare = {head}
    for child in frame.children[head]:
        relation = frame.dep[child]
        named = relation.startswith(("nsubj", "csubj")) and (
            frame.pos[child] != "PRON" or frame.words[child] in RELATIVE
        )
        if named or relation in _NEEDED:
            bare |= find_bare(frame, child, case=True)
        elif relation in _JOINING:
            bare |= {child} if case else set()
        elif relation in _HELPING or frame.words[child] in DENIERS | DEGREES or frame.marks[child]:
            bare |= frame.find_core(child, case=True) if frame.marks[child] else {child}
    return frozenset(bare)


def _find_extended(frame: Frame, starts: Sequence[frozenset[int]], *, bare: bool = False) -> Iterator[frozenset[int]]:
    """The starts with up to STEPS loose parts; of those with as many parts only some are carried on."""
    kept, seen = list(starts), set(starts)
    for _ in range(STEPS):
        found = set()
        for chosen in kept:
            for part in _find_parts(frame, chosen, bare=bare):
                larger = chosen | part
                if larger not in seen and frame.count_words(larger) <= MAX_WORDS + _SLACK:
                    seen.add(larger)
                    found.add(larger)
        kept = sorted(found, key=sorted)[:WIDTH]
        yield from kept


def _find_parts(frame: Frame, chosen: frozenset[int], *, bare: bool) -> Iterator[frozenset[int]]:
    """What hangs loosely on a phrase, each with what it needs itself."""
    for token in sorted(chosen):
        for child in frame.children[token]:
            relation = frame.dep[child]
            pronoun = relation.startswith("nsubj") and frame.pos[child] == "PRON" and frame.words[child] not in RELATIVE
            if child not in chosen and relation not in _NO_PARTS and not pronoun:
                yield _complete_part(frame, child, bare=bare)


def _complete_part(frame: Frame, head: int, *, bare: bool) -> frozenset[int]:
    """A loose part with the words that join it: its preposition, "that" and "is" of a clause, "and", "how"."""
    relation = frame.dep[head]
    part = set(find_bare(frame, head, case=True) if bare else frame.find_core(head, case=True))
    for child in frame.children[head]:
        kind, word = frame.dep[child], frame.words[child]
        if relation == "acl:relcl":
            pointing = word in RELATIVE and kind.startswith(("nsubj", "obj", "mark"))
            joins = pointing or kind.startswith("aux")
        elif relation in {"advcl", "acl"}:
            joins = kind in {"mark", "aux"} or (kind.startswith("advmod") and word in _ASKING)
        else:
            joins = relation == "conj" and kind == "cc"
        if joins:
            part.add(child)
    return frozenset(part)


def _find_reduced(frame: Frame, starts: Sequence[frozenset[int]], head: int) -> Iterator[frozenset[int]]:
    """The starts without one of their modifiers, and without several, each with what hangs on it."""
    for start in starts:
        rest = start
        loose = [t for t in sorted(start - {head}) if _may_be_dropped(frame, t) and frame.heads[t] in start]
        for token in loose[:MOST_LEFT_OUT]:
            yield start - _find_below(frame, token, start)
            rest = rest - _find_below(frame, token, rest)
            yield rest


def _may_be_dropped(frame: Frame, token: int) -> bool:
    """Whether it is a modifier, and none that says what is wrong or how much."""
    return frame.dep[token] in _DROPPED and not frame.marks[token] and frame.words[token] not in DEGREES | DENIERS


def _find_below(frame: Frame, token: int, among: Set[int]) -> set[int]:
    below, waiting = {token}, [token]
    while waiting:
        found = [c for c in frame.children[waiting.pop()] if c in among and c not in below]
        below.update(found)
        waiting += found
    return below
