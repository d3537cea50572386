"""Whether a phrase names the matter: what is wrong, or what is done, and not who does it or that there is something."""

from kg.extract.labels.frame import Frame
from kg.extract.labels.phrase import Phrase, Rule

#: Beside what only announces: nouns and adjectives that name no matter.
_VAGUE = frozenset("limit shortcoming drawback hurdle many several various other main major key new great big".split())
#: What is said to be shown, found or argued is the matter, not who says so.
_REPORTING = frozenset(
    "report show reveal find suggest argue identify indicate demonstrate conclude note observe point claim state "
    "describe explain outline highlight present discuss examine explore analyse analyze investigate".split()
)
_OBLIGING = frozenset({"should", "must", "shall", "ought"})


def _tells_of_nothing(frame: Frame, phrase: Phrase) -> bool:
    """Whether it is of "a threat to health" without what is said to be one, and that is more than an announcement."""
    root, inside = phrase.root, phrase.inside
    kinds = {"NOUN", "PROPN"} if frame.kind == "d" else {"NOUN", "PROPN", "PRON"}
    told = [c for c in frame.children[root] if frame.dep[c].startswith("nsubj") and frame.pos[c] in kinds]
    said = any(frame.dep[c] == "cop" for c in frame.children[root])
    return said and frame.pos[root] == "NOUN" and any(c not in inside and not frame.announces(c) for c in told)


def _lacks_its_noun(frame: Frame, phrase: Phrase) -> bool:
    """Whether it is "based on rules" without what is based on them, or "several surveys" that show something."""
    root, inside = phrase.root, phrase.inside
    if frame.dep[root].startswith("nsubj") and frame.lemmas[frame.heads[root]] in _REPORTING:
        return True
    named = any(frame.dep[c].startswith("nsubj") and c in inside for c in frame.children[root])
    governs = any(frame.dep[c] in {"obj", "ccomp", "xcomp"} and c in inside for c in frame.children[root])
    perfect = any(frame.lemmas[c] == "have" for c in frame.children[root])
    return frame.pos[root] == "VERB" and frame.participles[root] and not (perfect or named or governs)


def _announces(frame: Frame, phrase: Phrase) -> bool:
    """Whether it is of "one of the main challenges" without what the challenge is said to be."""
    root, inside = phrase.root, phrase.inside
    if frame.dep[root] == "nmod" and frame.lemmas[frame.heads[root]] == "one":
        root = frame.heads[root]
    said = frame.heads[root]
    links = any(frame.lemmas[t] in {"be", "include", "concern"} for t in (said, *frame.children[said]))
    return frame.dep[root].startswith("nsubj") and said not in inside and links and frame.announces(root)


def _says_nothing_of_share(frame: Frame, phrase: Phrase) -> bool:
    """Whether it is "only half of the towns" without what only they do."""
    root = phrase.root
    return (
        frame.begins_share(phrase.chosen[0])
        and frame.pos[root] not in {"VERB", "ADJ", "AUX"}
        and frame.dep[root] != "obj"
    )


def _only_announces(frame: Frame, phrase: Phrase) -> bool:
    """Whether it is of "limits and challenges" and says of nothing what they are."""
    told = [t for t in phrase.chosen if frame.pos[t] in {"NOUN", "PROPN", "VERB", "ADJ"}]
    return all(frame.lemmas[t] in _VAGUE or frame.announces(t) for t in told)


def _is_of_announced(frame: Frame, phrase: Phrase) -> bool:
    """Whether it is "needs of citizens" of "a challenge is meeting the needs of citizens"."""
    root, inside = phrase.root, phrase.inside
    verb = frame.heads[root]
    told = any(frame.dep[c].startswith("nsubj") and frame.announces(c) for c in frame.children[verb])
    return frame.dep[root] == "obj" and verb not in inside and told


def _is_actor(frame: Frame, phrase: Phrase) -> bool:
    """Whether a label of a remedy is of who should do it, and not of what."""
    root, inside = phrase.root, phrase.inside
    said = frame.heads[root]
    obliged = any(frame.words[c] in _OBLIGING for c in frame.children[said])
    return frame.kind == "r" and frame.dep[root] == "nsubj" and said not in inside and obliged


def _is_bare_object(frame: Frame, phrase: Phrase) -> bool:
    """Whether it is "tools and processes" without the verb that says what is done with them, or "the schedule" of a
    sentence that begins with "Update".
    """
    root = phrase.root
    verb = frame.heads[root]
    said = frame.dep[root] == "obj" and frame.pos[verb] == "VERB"
    asked = frame.kind == "r" and verb == 0 and frame.heads[verb] == verb
    return said and (asked or all(frame.dep[t] in {"conj", "cc", "punct"} for t in phrase.chosen if t != root))


#: By the name under which a ranker has learnt how much it weighs.
MATTER: dict[str, Rule] = {
    "only announces": _only_announces,
    "announces": _announces,
    "tells of nothing": _tells_of_nothing,
    "lacks its noun": _lacks_its_noun,
    "bare object": _is_bare_object,
    "actor": _is_actor,
    "of announced": _is_of_announced,
    "nothing of share": _says_nothing_of_share,
}
