"""Whether a stretch of a sentence stands by itself, so that it can serve as a label."""

import re

from kg.extract.labels.frame import NEGATIONS, Frame
from kg.extract.words import AGAINST

#: Nouns that with their verb say nothing until it is said of what: "take the lead in", "pay attention to".
_LIGHT_OBJECTS = frozenset(
    "lead attention use role play importance effort part step way place advantage account care note emphasis focus "
    "need aim goal priority respect regard ability inability failure opportunity capacity tendency".split()
)
#: Verbs that ask for what somebody is let or made to do, or for what shall be so.
_LETTING = frozenset("allow enable help let permit encourage require force oblige".split())
_ENSURING = frozenset({"ensure", "assure", "guarantee"})
#: Pronouns that point at something outside a label.
_DANGLING = frozenset("it they them he she him her this these those that one ones we us you i me itself".split())
#: Words that say of a noun that it was named before.
_POINTERS = frozenset("this these those such".split())
#: Words without which the rest says something else, or nothing.
_TELLING = NEGATIONS | frozenset(
    (
        "without unless except only few little rarely what which who whose how when where why that there both "
        "either between"
    ).split()
)
#: What stands behind these is just what is not done.
_EXCLUDING = frozenset({"without", "unless", "instead", "rather", "lest", "except"})
_HYPHENS = frozenset("-–/")
#: Words that ask for a second part, and what joins it.
_PAIRS = {
    "between": frozenset({"and"}),
    "both": frozenset({"and"}),
    "either": frozenset({"or"}),
    "neither": frozenset({"nor"}),
}
#: What is said to be shown, found or argued is the matter, not who says so.
_REPORTING = frozenset(
    "report show reveal find suggest argue identify indicate demonstrate conclude note observe point claim state "
    "describe explain outline highlight present discuss examine explore analyse analyze investigate".split()
)
_AGAINST = re.compile(AGAINST)
_STRAY = re.compile(r"[|•]|://|^www\.")


def is_sound(frame: Frame, chosen: tuple[int, ...]) -> bool:
    """Whether it stands by itself: predicates have their subject, lists their end, verbs what they need."""
    inside = frozenset(chosen)
    last = chosen[-1]
    root = _find_root(frame, inside)
    if not any(frame.pos[t] in {"NOUN", "PROPN"} for t in chosen):
        return False
    if frame.pos[last] == "ADJ" and (frame.dep[last] == "amod" or _is_followed(frame, last, {"CCONJ", "ADJ", "NOUN"})):
        return False
    if frame.pos[last] == "ADJ" and _is_followed(frame, last + 1, {"ADJ"}) and frame.words[last + 1] == ",":
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


def is_complete(frame: Frame, chosen: tuple[int, ...]) -> bool:
    """Whether a reader misses nothing: no pronoun, no half of a pair, no table marks, nothing denied cut out."""
    inside, last = frozenset(chosen), chosen[-1]
    left_out = [t for t in range(chosen[0], last) if t not in inside]
    return not (
        any(frame.pos[t] == "PRON" and frame.words[t] in _DANGLING for t in chosen)
        or any(frame.words[t] in _TELLING or _is_own_subject(frame, t, inside) for t in left_out)
        or any(frame.dep[t] == "conj" and _loses_its_conjunction(frame, t, inside) for t in chosen)
        or any(_STRAY.search(frame.words[t]) for t in chosen)
        or _is_half_a_pair(frame, chosen)
        or _cuts_infinitive(frame, inside, last)
        or (_is_followed(frame, last, {"AUX"}) and any(frame.lemmas[t] in _ENSURING for t in chosen))
        or (frame.pos[last] == "VERB" and last > 0 and frame.words[last - 1] == "to")
        or any(frame.words[t] == "what" for t in chosen)
        or _is_half_a_preposition(frame, last, inside)
        or _shares_an_object(frame, last, inside)
        or _lacks_its_noun(frame, inside)
        or denies_problem(frame, chosen)
        or _names_the_problem(frame, inside)
        or _tells_of_nothing(frame, inside)
        or _announces(frame, inside)
        or any(frame.words[c] in _POINTERS for t in chosen for c in frame.children[t] if c not in inside and c < t)
        or any(frame.words[t] in _POINTERS and frame.words[t + 1 : t + 2] != ["as"] for t in chosen)
        or _cuts_compound(frame, last)
    )


def denies_problem(frame: Frame, chosen: tuple[int, ...]) -> bool:
    """Whether a label of a dilemma leaves out the word that makes it one: "staff" of "few have staff"."""
    return frame.kind == "d" and frame.is_denied(frozenset(chosen), chosen[0])


def _find_root(frame: Frame, inside: frozenset[int]) -> int:
    return next((t for t in sorted(inside) if frame.heads[t] not in inside or frame.heads[t] == t), min(inside))


def _names_the_problem(frame: Frame, inside: frozenset[int]) -> bool:
    """Whether a label of a remedy is of what the remedy is against: "legal barriers" of "removes legal barriers"."""
    root = _find_root(frame, inside)
    verb = frame.heads[root]
    object_of_another = frame.dep[root] == "obj" and verb not in inside
    return frame.kind == "r" and object_of_another and bool(_AGAINST.match(frame.lemmas[verb]))


def _tells_of_nothing(frame: Frame, inside: frozenset[int]) -> bool:
    """Whether it is of "a threat to health" without what is said to be one, and that is more than an announcement."""
    root = _find_root(frame, inside)
    told = [c for c in frame.children[root] if frame.dep[c].startswith("nsubj") and frame.pos[c] in {"NOUN", "PROPN"}]
    said = any(frame.dep[c] == "cop" for c in frame.children[root])
    return said and frame.pos[root] == "NOUN" and any(c not in inside and not frame.announces(c) for c in told)


def _cuts_compound(frame: Frame, last: int) -> bool:
    """Whether "making" or "sharing" right behind the end belongs to it, whatever the parse says of it."""
    after = last + 1
    return (
        frame.pos[last] == "NOUN"
        and after < len(frame.words)
        and frame.pos[after] == "NOUN"
        and frame.words[after].endswith("ing")
    )


def _is_half_a_preposition(frame: Frame, last: int, inside: frozenset[int]) -> bool:
    """Whether it ends on the noun of "with regard to" or "in consultation with"."""
    bare = all(frame.dep[c] == "case" for c in frame.children[last] if c < last)
    return (
        last - 1 in inside
        and frame.pos[last] == "NOUN"
        and frame.pos[last - 1] == "ADP"
        and bare
        and last + 1 < len(frame.words)
        and frame.pos[last + 1] == "ADP"
    )


def _shares_an_object(frame: Frame, last: int, inside: frozenset[int]) -> bool:
    """Whether it ends on the first of "collect and share data", without what is collected."""
    joined = any(frame.dep[c] == "conj" and c not in inside and frame.pos[c] == "VERB" for c in frame.children[last])
    return frame.pos[last] == "VERB" and joined and _is_followed(frame, last, {"CCONJ"})


def _lacks_its_noun(frame: Frame, inside: frozenset[int]) -> bool:
    """Whether it is "based on rules" without what is based on them, or "several surveys" that show something."""
    root = _find_root(frame, inside)
    if frame.dep[root].startswith("nsubj") and frame.lemmas[frame.heads[root]] in _REPORTING:
        return True
    named = any(frame.dep[c].startswith("nsubj") and c in inside for c in frame.children[root])
    governs = any(frame.dep[c] in {"obj", "ccomp"} and c in inside for c in frame.children[root])
    return frame.pos[root] == "VERB" and frame.participles[root] and not named and not governs


def _announces(frame: Frame, inside: frozenset[int]) -> bool:
    """Whether it is of "one of the main challenges" without what the challenge is said to be."""
    root = _find_root(frame, inside)
    if frame.dep[root] == "nmod" and frame.lemmas[frame.heads[root]] == "one":
        root = frame.heads[root]
    said = frame.heads[root]
    links = any(frame.lemmas[t] in {"be", "include", "concern"} for t in (said, *frame.children[said]))
    return frame.dep[root].startswith("nsubj") and said not in inside and links and frame.announces(root)


def _is_own_subject(frame: Frame, token: int, inside: frozenset[int]) -> bool:
    return (
        frame.pos[token] == "PRON" and frame.dep[token].startswith(("nsubj", "expl")) and frame.heads[token] in inside
    )


def _loses_its_conjunction(frame: Frame, token: int, inside: frozenset[int]) -> bool:
    own = any(frame.dep[c] == "cc" and c not in inside for c in frame.children[token])
    return own and frame.heads[token] in inside


def _is_half_a_pair(frame: Frame, chosen: tuple[int, ...]) -> bool:
    """Whether "between", "both" or "not only" is there without the "and" or "but" that belongs to it."""
    words = [frame.words[t] for t in chosen]
    opened = [i for i, word in enumerate(words) if word in _PAIRS]
    if "not only" in " ".join(words) and "but" not in words:
        return True
    return any(not _PAIRS[words[i]] & set(words[i + 1 :]) and _has_second(frame, chosen[i]) for i in opened)


def _has_second(frame: Frame, opener: int) -> bool:
    """Whether an "and" or "or" stands in the sentence within twelve tokens of a word that asks for one."""
    return bool(_PAIRS[frame.words[opener]] & set(frame.words[opener + 1 : opener + 13]))


def _cuts_infinitive(frame: Frame, inside: frozenset[int], last: int) -> bool:
    """Whether "to exchange data" right behind the end belongs to something inside: "the ability of partners", "allow
    citizens".
    """
    if frame.lemmas[last] in _LIGHT_OBJECTS and any(_is_to(frame, t) for t in range(last + 1, last + 4)):
        return True
    if not _is_to(frame, last + 1):
        return False
    light = any(frame.lemmas[t] in _LIGHT_OBJECTS for t in inside)
    owner = frame.heads[frame.heads[last + 1]]
    let = frame.heads[owner] in inside and frame.lemmas[frame.heads[owner]] in _LETTING
    return owner in inside and (light or let or frame.pos[owner] == "VERB")


def _is_to(frame: Frame, token: int) -> bool:
    """Whether a token is the "to" of an infinitive."""
    return token < len(frame.words) and frame.words[token] == "to" and frame.dep[token] == "mark"


def _lost_conjunction(frame: Frame, token: int, inside: frozenset[int]) -> bool:
    """Whether the "and" right before a token is left out, so that it runs into what stands before it."""
    return frame.pos[token - 1] == "CCONJ" and token - 1 not in inside


def _cuts_comparison(frame: Frame, last: int, inside: frozenset[int]) -> bool:
    """Whether "as soon" or "more useful" stands at the end and what it is compared to is left out."""
    compared = any(frame.words[c] in {"as", "so", "more", "less"} for c in frame.children[last] if c in inside)
    return compared and any(c > last and c not in inside for c in frame.children[last] if frame.dep[c] != "punct")


def _find_deniers(frame: Frame, root: int) -> list[int]:
    """Dependents that may deny the root: its own, and those of a verb that it is the passive subject of ("is not
    recommended") or, of a problem, the object.
    """
    if frame.dep[root] in ({"obj", "nsubj:pass"} if frame.kind == "d" else {"nsubj:pass"}):
        return [*frame.children[root], *frame.children[frame.heads[root]]]
    return frame.children[root]


def _is_followed(frame: Frame, token: int, kinds: set[str]) -> bool:
    return token + 1 < len(frame.pos) and frame.pos[token + 1] in kinds


def _ends_list(frame: Frame, chosen: tuple[int, ...]) -> bool:
    """Whether after the last comma inside there is an "and" or "or": "laws, rules and plans"."""
    comma = max(t for t in chosen if frame.words[t] == ",")
    return any(t > comma and frame.pos[t] == "CCONJ" for t in chosen)


def _misses_subject(frame: Frame, root: int, inside: frozenset[int]) -> bool:
    """Whether a predicate stands without the noun that it is said of."""
    if frame.pos[root] not in {"VERB", "ADJ", "AUX"}:
        return False
    subjects = [c for c in frame.children[root] if frame.dep[c].startswith(("nsubj", "csubj"))]
    named = [c for c in subjects if frame.pos[c] in {"NOUN", "PROPN"}]
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
    light = [t for t in inside if frame.lemmas[t] in _LIGHT_OBJECTS]
    return any(
        frame.dep[c] in {"nmod", "acl", "obl", "advcl"} and c > t and c not in inside
        for t in light
        for c in (*frame.children[t], *(frame.children[frame.heads[t]] if _says_of(frame, t, root) else ()))
    )


def _says_of(frame: Frame, noun: int, root: int) -> bool:
    """Whether the verb above a light noun fills it: "pay attention to", "little effort was made to"."""
    passive = frame.dep[noun] == "nsubj:pass"
    there_is = frame.dep[noun] == "nsubj" and frame.lemmas[frame.heads[noun]] == "be"
    return frame.heads[noun] == root or (noun == root and (passive or there_is))
