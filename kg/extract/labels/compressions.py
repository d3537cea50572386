"""A sentence's phrases with some of their loose parts: the parts are added one by one, the likeliest first."""

from collections.abc import Iterator, Sequence, Set

from kg.extract.labels.frame import DEGREES, DENIERS, RELATIVE, Frame

MIN_WORDS, MAX_WORDS = 2, 10
#: So many phrases are carried on with one more part, so many times.
WIDTH, STEPS = 6, 5
#: So many of the unlikeliest parts are left out of a phrase, one after the other.
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


def find_compressions(frame: Frame, odds: Sequence[float], *, wide: bool = False) -> Iterator[tuple[int, ...]]:
    """Sets of tokens of 2 to 10 words around each content word, as indices within the frame; some come twice.

    odds: for each token the log-odds of standing in a label; wide: whether phrases are also built up from bare heads.
    """
    seen: set[frozenset[int]] = set()
    for head, kind in enumerate(frame.pos):
        if kind not in _HEADS:
            continue
        starts = list(_find_starts(frame, head))
        extended = list(_find_extended(frame, starts, odds))
        if wide:
            bare = find_bare(frame, head)
            extended += [bare, *_find_extended(frame, [bare], odds, bare=True)]
        for chosen in (*extended, *starts, *_find_reduced(frame, starts, head, odds)):
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


def _find_extended(
    frame: Frame, starts: Sequence[frozenset[int]], odds: Sequence[float], *, bare: bool = False
) -> Iterator[frozenset[int]]:
    """The starts with up to STEPS loose parts; of those with as many parts only the likeliest are carried on."""
    kept, seen = list(starts), set(starts)
    for _ in range(STEPS):
        found = set()
        for chosen in kept:
            for part in _find_parts(frame, chosen, bare=bare):
                larger = chosen | part
                if larger not in seen and frame.count_words(larger) <= MAX_WORDS + _SLACK:
                    seen.add(larger)
                    found.add(larger)
        kept = sorted(found, key=lambda c: (-round(sum(odds[t] for t in sorted(c)), 6), sorted(c)))[:WIDTH]
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


def _find_reduced(
    frame: Frame, starts: Sequence[frozenset[int]], head: int, odds: Sequence[float]
) -> Iterator[frozenset[int]]:
    """The starts without one of their unlikeliest modifiers, and without several, each with what hangs on it."""
    for start in starts:
        rest = start
        loose = [t for t in sorted(start - {head}) if _may_be_dropped(frame, t) and frame.heads[t] in start]
        for token in sorted(loose, key=odds.__getitem__)[:MOST_LEFT_OUT]:
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
