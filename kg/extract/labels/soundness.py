"""Whether a stretch of a sentence is no phrase by itself: one rule for each way to be none."""

from kg.extract.labels.frame import LIGHT_OBJECTS, Frame
from kg.extract.labels.phrase import Phrase, Rule

_HYPHENS = frozenset("-–/")


def _names_no_thing(frame: Frame, phrase: Phrase) -> bool:
    """Whether there is no noun in it."""
    return not any(frame.pos[t] in {"NOUN", "PROPN"} for t in phrase.chosen)


def _ends_on_a_modifier(frame: Frame, phrase: Phrase) -> bool:
    """Whether it ends on "public" of "public offices" or of "public and open"."""
    last = phrase.last
    if frame.pos[last] != "ADJ":
        return False
    return frame.dep[last] == "amod" or frame.is_followed(last, {"CCONJ", "ADJ", "NOUN"})


def _ends_before_a_list_of_adjectives(frame: Frame, phrase: Phrase) -> bool:
    last = phrase.last
    listed = frame.is_followed(last + 1, {"ADJ"}) and frame.words[last + 1] == ","
    return frame.pos[last] != "VERB" and listed


def _breaks_a_list(frame: Frame, phrase: Phrase) -> bool:
    """Whether there is a comma and no "and" behind it."""
    return "," in (frame.words[t] for t in phrase.chosen) and not _ends_list(frame, phrase.chosen)


def _runs_on(frame: Frame, phrase: Phrase) -> bool:
    """Whether the "and" or comma before what is joined is left out."""
    return any(_lost_conjunction(frame, t, phrase.inside) for t in phrase.chosen[1:])


def _splits_words(frame: Frame, phrase: Phrase) -> bool:
    return any(_splits_word(frame, t, phrase.inside) for t in phrase.chosen[1:])


def _breaks_off(frame: Frame, phrase: Phrase) -> bool:
    """Whether its verb, or the one it ends on, is cut from what it needs."""
    last = phrase.last
    verbs = {phrase.root} | ({last} if frame.pos[last] == "VERB" else set())
    return any(_lacks_what_it_needs(frame, verb, phrase.inside) for verb in verbs)


def _splits_word(frame: Frame, token: int, inside: frozenset[int]) -> bool:
    """Whether what stands before a hyphen is left out: "time high" for "all-time high"."""
    return frame.words[token - 1] in _HYPHENS and not frame.spaced[token - 1] and token - 1 not in inside


def _lost_conjunction(frame: Frame, token: int, inside: frozenset[int]) -> bool:
    """Whether the "and" or comma before what is joined is left out, so that it runs into what stands before it."""
    comma = frame.words[token - 1] == "," and token - 2 in inside
    return (comma or frame.pos[token - 1] == "CCONJ") and token - 1 not in inside


def _cuts_comparison(frame: Frame, phrase: Phrase) -> bool:
    """Whether "as soon" or "more useful" stands at the end and what it is compared to is left out."""
    last, inside = phrase.last, phrase.inside
    compared = any(frame.words[c] in {"as", "so", "more", "less"} for c in frame.children[last] if c in inside)
    return compared and any(
        c > last and c not in inside for c in frame.children[last] if frame.dep[c] in {"advcl", "obl", "nmod", "ccomp"}
    )


def _ends_list(frame: Frame, chosen: tuple[int, ...]) -> bool:
    """Whether after the last comma inside there is an "and" or "or": "laws, rules and plans"."""
    comma = max(t for t in chosen if frame.words[t] == ",")
    return any(t > comma and frame.pos[t] == "CCONJ" for t in chosen)


def _misses_its_subject(frame: Frame, phrase: Phrase) -> bool:
    """Whether a predicate stands without the noun that it is said of."""
    root, inside = phrase.root, phrase.inside
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


def _lacks_what_it_needs(frame: Frame, root: int, inside: frozenset[int]) -> bool:
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


#: By the name under which a ranker has learnt how much it weighs.
SOUNDNESS: dict[str, Rule] = {
    "no thing": _names_no_thing,
    "ends on a modifier": _ends_on_a_modifier,
    "ends before adjectives": _ends_before_a_list_of_adjectives,
    "breaks a list": _breaks_a_list,
    "runs on": _runs_on,
    "splits words": _splits_words,
    "cuts a comparison": _cuts_comparison,
    "misses its subject": _misses_its_subject,
    "breaks off": _breaks_off,
}
