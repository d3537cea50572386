"""Whether a stretch of a sentence is a phrase by itself."""

from kg.extract.labels.frame import LIGHT_OBJECTS, NEGATIONS, Frame

#: What stands behind these is just what is not done.
_EXCLUDING = frozenset({"without", "unless", "instead", "rather", "lest", "except"})
_HYPHENS = frozenset("-–/")


def is_sound(frame: Frame, chosen: tuple[int, ...]) -> bool:
    """Whether it stands by itself: predicates have their subject, lists their end, verbs what they need."""
    inside = frozenset(chosen)
    last = chosen[-1]
    root = frame.find_root(inside)
    if not any(frame.pos[t] in {"NOUN", "PROPN"} for t in chosen):
        return False
    if frame.pos[last] == "ADJ" and (frame.dep[last] == "amod" or frame.is_followed(last, {"CCONJ", "ADJ", "NOUN"})):
        return False
    if frame.pos[last] != "VERB" and frame.is_followed(last + 1, {"ADJ"}) and frame.words[last + 1] == ",":
        return False
    if any(frame.words[c] in NEGATIONS and c not in inside for c in _find_deniers(frame, root)):
        return False
    if any(frame.words[c] in _EXCLUDING and c not in inside and c < root for c in frame.children[root]):
        return False
    if "," in (frame.words[t] for t in chosen) and not _ends_list(frame, chosen):
        return False
    if any(
        _lost_conjunction(frame, t, inside) or _splits_word(frame, t, inside) for t in chosen[1:]
    ) or _cuts_comparison(frame, last, inside):
        return False
    verbs = {root} | ({last} if frame.pos[last] == "VERB" else set())
    return not (_misses_subject(frame, root, inside) or any(_breaks_off(frame, verb, inside) for verb in verbs))


def _splits_word(frame: Frame, token: int, inside: frozenset[int]) -> bool:
    """Whether what stands before a hyphen is left out: "time high" for "all-time high"."""
    return frame.words[token - 1] in _HYPHENS and not frame.spaced[token - 1] and token - 1 not in inside


def _lost_conjunction(frame: Frame, token: int, inside: frozenset[int]) -> bool:
    """Whether the "and" or comma before what is joined is left out, so that it runs into what stands before it."""
    comma = frame.words[token - 1] == "," and token - 2 in inside
    return (comma or frame.pos[token - 1] == "CCONJ") and token - 1 not in inside


def _cuts_comparison(frame: Frame, last: int, inside: frozenset[int]) -> bool:
    """Whether "as soon" or "more useful" stands at the end and what it is compared to is left out."""
    compared = any(frame.words[c] in {"as", "so", "more", "less"} for c in frame.children[last] if c in inside)
    return compared and any(
        c > last and c not in inside for c in frame.children[last] if frame.dep[c] in {"advcl", "obl", "nmod", "ccomp"}
    )


def _find_deniers(frame: Frame, root: int) -> list[int]:
    """Dependents that may deny the root: its own, and those of a verb that it is the passive subject of ("is not
    recommended") or, of a problem, the object.
    """
    if frame.dep[root] in ({"obj", "nsubj:pass"} if frame.kind == "d" else {"nsubj:pass"}):
        return [*frame.children[root], *frame.children[frame.heads[root]]]
    return frame.children[root]


def _ends_list(frame: Frame, chosen: tuple[int, ...]) -> bool:
    """Whether after the last comma inside there is an "and" or "or": "laws, rules and plans"."""
    comma = max(t for t in chosen if frame.words[t] == ",")
    return any(t > comma and frame.pos[t] == "CCONJ" for t in chosen)


def _misses_subject(frame: Frame, root: int, inside: frozenset[int]) -> bool:
    """Whether a predicate stands without the noun that it is said of."""
    if frame.pos[root] not in {"VERB", "ADJ", "AUX"}:
        return False
    subjects = [c for c in frame.children[root] if frame.dep[c].startswith(("nsubj", "csubj"))]
    named = [c for c in subjects if frame.pos[c] in {"NOUN", "PROPN"} or frame.dep[c].startswith("csubj")]
    if any(c in inside for c in named):
        return False
    if any(frame.begins_denial(t) and frame.heads[t] == root for t in inside):
        return False
    # What must be done may be said without who must do it, what is wrong not without what it is wrong with.
    passive = any(frame.dep[c] == "nsubj:pass" for c in named)
    return bool(named) and (frame.kind == "d" or passive or frame.pos[root] != "VERB")


def _breaks_off(frame: Frame, root: int, inside: frozenset[int]) -> bool:
    """Whether a verb is cut from what it needs right behind it, or a light noun from what fills it."""
    needed = {"obl", "xcomp", "ccomp", "obj", "compound:prt", "obl:agent"}
    if frame.pos[root] == "VERB" and not any(
        frame.dep[c] in {"obj", "obl", "xcomp", "ccomp"} and c in inside for c in frame.children[root]
    ):
        return any(frame.dep[c] in needed and c > root and c not in inside for c in frame.children[root])
    filled = {t for t in inside if any(frame.dep[c] in {"nmod", "acl"} and c in inside for c in frame.children[t])}
    light = [t for t in inside if frame.lemmas[t] in LIGHT_OBJECTS and frame.pos[t] == "NOUN" and t not in filled]
    return any(
        frame.dep[c] in {"nmod", "acl", "acl:relcl", "obl", "advcl"} and c > t and c not in inside
        for t in light
        for c in (*frame.children[t], *(frame.children[frame.heads[t]] if _says_of(frame, t, root, inside) else ()))
    )


def _says_of(frame: Frame, noun: int, root: int, inside: frozenset[int]) -> bool:
    """Whether the verb above a light noun fills it: "pay attention to", "little effort was made to"."""
    passive = frame.dep[noun] == "nsubj:pass"
    there_is = frame.dep[noun] == "nsubj" and frame.lemmas[frame.heads[noun]] == "be"
    below = frame.heads[noun] in inside and frame.dep[noun] == "obj"
    return frame.heads[noun] == root or below or (noun == root and (passive or there_is))
