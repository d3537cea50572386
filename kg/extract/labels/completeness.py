"""Whether a phrase leaves out what a reader needs to take it as it is meant: one rule for each way to do so."""

import re

from kg.extract.labels.frame import LIGHT_OBJECTS, NEGATIONS, RELATIVE, Frame
from kg.extract.labels.phrase import Phrase, Rule

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
#: Words that ask for a second part, and what joins it.
_PAIRS = {
    "between": frozenset({"and"}),
    "both": frozenset({"and"}),
    "either": frozenset({"or"}),
    "neither": frozenset({"nor"}),
}
_COMPLEMENTS = frozenset({"obj", "obl", "xcomp", "ccomp"})
#: What stands between two parts of a table, a list or a sentence: no label joins them.
_PARTING = frozenset({"|", "•", ";", ":"})
_ASKING = [[word] for word in ("how", "what", "whether", "why", "which")]
#: Words right behind a label that say that its last noun is what they are said of.
_PREDICATES = frozenset(
    "have has had is are was were will can could should must may might shall would do does did cannot".split()
)
_STRAY = re.compile(r"[|•]|://|^www\.")


def _dangles(frame: Frame, phrase: Phrase) -> bool:
    """Whether it is of "it" or "them"."""
    return any(
        frame.pos[t] == "PRON" and frame.words[t] in _DANGLING and not _refers(frame, t, phrase.inside)
        for t in phrase.chosen
    )


def _points_back(frame: Frame, phrase: Phrase) -> bool:
    """Whether it is of "this plan", with or without its "this"."""
    return any(frame.words[t] in _POINTERS and frame.words[t + 1 : t + 2] != ["as"] for t in phrase.chosen) or any(
        _is_pointer(frame, c) for t in phrase.chosen for c in frame.children[t] if c not in phrase.inside and c < t
    )


def _asks(frame: Frame, phrase: Phrase) -> bool:
    """Whether "what" stands in it."""
    return any(frame.words[t] == "what" for t in phrase.chosen)


def _loses_a_telling_word(frame: Frame, phrase: Phrase) -> bool:
    """Whether a word is left out in its middle without which the rest says something else."""
    return any(
        _tells(frame, t, phrase.inside) and not _refers(frame, t, phrase.inside)
        for t in range(phrase.chosen[0], phrase.last)
        if t not in phrase.inside
    )


def _joins_parts(frame: Frame, phrase: Phrase) -> bool:
    """Whether a mark that parts is left out in its middle."""
    inside = phrase.inside
    return any(t not in inside and frame.words[t] in _PARTING for t in range(phrase.chosen[0], phrase.last))


def _is_no_text(frame: Frame, phrase: Phrase) -> bool:
    """Whether a mark of a table or an address stands in it."""
    return any(_STRAY.search(frame.words[t]) for t in phrase.chosen)


def _loses_its_case(frame: Frame, phrase: Phrase) -> bool:
    return any(_lacks_case(frame, t, phrase.inside) for t in phrase.chosen)


def _halves_modifiers(frame: Frame, phrase: Phrase) -> bool:
    return any(_is_half_of_modifiers(frame, t, phrase.inside) for t in phrase.chosen)


def _loses_its_conjunction(frame: Frame, phrase: Phrase) -> bool:
    """Whether what is joined by "and" is there without the "and"."""
    return any(
        frame.dep[t] == "conj"
        and frame.heads[t] in phrase.inside
        and any(frame.dep[c] == "cc" and c not in phrase.inside for c in frame.children[t])
        for t in phrase.chosen
    )


def _leaves_out_what_is_ensured(frame: Frame, phrase: Phrase) -> bool:
    """Whether it is "ensure services" with "are accessible" left out."""
    return frame.is_followed(phrase.last, {"AUX"}) and any(frame.lemmas[t] in _ENSURING for t in phrase.chosen)


def _ends_on_an_infinitive(frame: Frame, phrase: Phrase) -> bool:
    """Whether it ends with "to" and a verb."""
    last = phrase.last
    return frame.pos[last] == "VERB" and last > 0 and frame.words[last - 1] == "to"


def _refers(frame: Frame, token: int, inside: frozenset[int]) -> bool:
    """Whether a token is "which" or "that" of a clause on a noun that is inside, as is the clause."""
    clause = frame.heads[token]
    relative = frame.pos[token] in {"PRON", "SCONJ"} and frame.words[token] in RELATIVE
    return relative and clause in inside and frame.dep[clause] == "acl:relcl" and frame.heads[clause] in inside


def _cuts_compound(frame: Frame, phrase: Phrase) -> bool:
    """Whether "making" or "sharing" right behind the end belongs to it, whatever the parse says of it."""
    last = phrase.last
    after = last + 1
    if frame.pos[last] not in {"NOUN", "PROPN"} or after >= len(frame.words) or not frame.words[after].endswith("ing"):
        return False
    governs = any(frame.dep[c] not in {"cc", "conj", "punct"} and c > after for c in frame.children[after])
    return frame.pos[after] == "NOUN" or (frame.pos[after] == "VERB" and not governs)


def _is_half_a_preposition(frame: Frame, phrase: Phrase) -> bool:
    """Whether it ends on the noun of "with regard to" or "with the help of"."""
    last, inside = phrase.last, phrase.inside
    before = [c for c in frame.children[last] if c < last]
    bare = all(frame.dep[c] in {"case", "det"} for c in before)
    return (
        any(frame.dep[c] == "case" and c in inside and frame.words[c] != "of" for c in before)
        and frame.pos[last] == "NOUN"
        and bare
        and last + 1 < len(frame.words)
        and frame.pos[last + 1] == "ADP"
    )


def _shares_an_object(frame: Frame, phrase: Phrase) -> bool:
    """Whether it ends on a verb and what stands behind belongs to it: "collect (and share) data", "ask and reflect on
    it", "say how it is done".
    """
    last, inside = phrase.last, phrase.inside
    if frame.pos[last] != "VERB":
        return False
    if frame.is_followed(last, {"NOUN", "PROPN", "DET", "NUM", "PRON"}) or frame.words[last + 1 : last + 2] in _ASKING:
        return True
    verb = frame.heads[last] if frame.dep[last] == "conj" else last
    if any(frame.dep[c] == "aux:pass" for c in frame.children[verb]):
        return False
    joined = any(frame.dep[c] == "conj" and c not in inside and frame.pos[c] == "VERB" for c in frame.children[last])
    second = frame.dep[last] == "conj" and frame.is_followed(last, {"ADP", "SCONJ"})
    return second or (joined and frame.is_followed(last, {"CCONJ"}))


def _is_own_subject(frame: Frame, token: int, inside: frozenset[int]) -> bool:
    return (
        frame.pos[token] == "PRON" and frame.dep[token].startswith(("nsubj", "expl")) and frame.heads[token] in inside
    )


def _is_pointer(frame: Frame, token: int) -> bool:
    return frame.words[token] in _POINTERS and frame.pos[token] != "PRON"


def _tells(frame: Frame, token: int, inside: frozenset[int]) -> bool:
    """Whether the rest says something else, or of nobody, without this word."""
    return frame.words[token] in _TELLING or _is_own_subject(frame, token, inside)


def _lacks_case(frame: Frame, token: int, inside: frozenset[int]) -> bool:
    """Whether the "in" of "in Greece it is late" or "it is in decline" is left out, or one of two alone has one."""
    head = frame.heads[token]
    cases = [c for c in frame.children[token] if frame.dep[c] == "case" and c < token]
    if any(frame.dep[c] == "cop" and c in inside for c in frame.children[token]):
        return any(c not in inside for c in cases)
    if head not in inside or head == token:
        return False
    if frame.dep[token] == "conj" and cases and not any(frame.dep[c] == "case" for c in frame.children[head]):
        return True
    return frame.dep[token] != "conj" and any(c not in inside for c in cases)


def _is_half_of_modifiers(frame: Frame, token: int, inside: frozenset[int]) -> bool:
    """Whether it is "public agencies" of "the public and other agencies"."""
    head = frame.heads[token]
    modifies = frame.dep[token] in {"amod", "compound"} and token < head and head in inside
    return modifies and any(
        frame.dep[c] == "conj" and token < c < head and c not in inside for c in frame.children[token]
    )


def _breaks_brackets(frame: Frame, phrase: Phrase) -> bool:
    words = [frame.words[t] for t in phrase.chosen]
    text = "".join(words)
    return text.count("(") != text.count(")") or any(word.rstrip(".") in {"i.e", "e.g"} for word in words)


def _cuts_question(frame: Frame, phrase: Phrase) -> bool:
    """Whether it is "show how access to documents" with "is managed" cut off."""
    chosen = phrase.chosen
    asks = any(frame.words[t] in {"how", "whether", "why", "where", "when"} or _is_mark(frame, t) for t in chosen[:-1])
    return asks and frame.pos[chosen[-1]] in {"NOUN", "PROPN"} and frame.is_followed(chosen[-1], {"AUX", "VERB"})


def _is_mark(frame: Frame, token: int) -> bool:
    return frame.words[token] == "that" and frame.dep[token] == "mark"


def _cuts_restriction(frame: Frame, phrase: Phrase) -> bool:
    """Whether it is "any parts of the service" and which ones is left out."""
    inside = phrase.inside
    return any(
        frame.dep[c] == "acl:relcl"
        and c not in inside
        and any(frame.words[d] in {"any", "all", "every", "only", "those"} for d in frame.children[t])
        for t in inside
        for c in frame.children[t]
    )


def _adds_clause(frame: Frame, phrase: Phrase) -> bool:
    """Whether behind a lone ", and" there is another verb: the label of one clause runs into the next."""
    chosen = phrase.chosen
    if [frame.words[t] for t in chosen].count(",") != 1:
        return False
    comma = next(i for i, t in enumerate(chosen) if frame.words[t] == ",")
    rest = chosen[comma + 1 :]
    joins = bool(rest) and frame.pos[rest[0]] == "CCONJ"
    return joins and any(frame.dep[t] == "conj" and frame.pos[t] == "VERB" for t in rest)


def _is_asked_of(frame: Frame, phrase: Phrase) -> bool:
    """Whether its subject is a "who" or "what" that is left out, or the "following" that it only announces."""
    inside = phrase.inside
    root = phrase.root
    subjects = [c for c in frame.children[root] if frame.dep[c].startswith("nsubj")]
    return any(
        (frame.words[c] in {"who", "what"} and c not in inside) or frame.words[c] == "following" for c in subjects
    )


def _leaves_verb_bare(frame: Frame, phrase: Phrase) -> bool:
    """Whether it is "relying is not enough" without what is relied on, or "enabling users" without what to do."""
    inside = phrase.inside
    root = phrase.root
    return any(
        frame.pos[t] == "VERB"
        and (_lets_nothing(frame, t, inside) or (t != root and _lacks_complement(frame, t, inside)))
        for t in inside
    )


def _lacks_complement(frame: Frame, verb: int, inside: frozenset[int]) -> bool:
    """Whether of what a verb below another needs nothing is inside."""
    needed = [c for c in frame.children[verb] if c > verb and frame.dep[c] in _COMPLEMENTS]
    clause = frame.dep[verb].startswith(("csubj", "xcomp", "ccomp"))
    return clause and bool(needed) and not any(c in inside for c in needed)


def _lets_nothing(frame: Frame, verb: int, inside: frozenset[int]) -> bool:
    """Whether somebody is let and what they are let do is left out."""
    letting = frame.lemmas[verb] in _LETTING
    return letting and any(c > verb and c not in inside and frame.dep[c] == "xcomp" for c in frame.children[verb])


def _begins_clause(frame: Frame, phrase: Phrase) -> bool:
    """Whether a verb's phrase runs into the subject of what follows: "limit the effect measures (have)"."""
    root = phrase.root
    subject = frame.dep[root].startswith(("csubj", "nsubj"))
    return (
        frame.pos[root] == "VERB"
        and not subject
        and "".join(frame.words[phrase.last + 1 : phrase.last + 2]) in _PREDICATES
    )


def _is_half_a_pair(frame: Frame, phrase: Phrase) -> bool:
    """Whether "between", "both" or "not only" is there without the "and" or "but" that belongs to it."""
    chosen = phrase.chosen
    words = [frame.words[t] for t in chosen]
    opened = [i for i, word in enumerate(words) if word in _PAIRS]
    if "not only" in " ".join(words) and "but" not in words:
        return True
    return any(not _PAIRS[words[i]] & set(words[i + 1 :]) and _has_second(frame, chosen[i]) for i in opened)


def _has_second(frame: Frame, opener: int) -> bool:
    """Whether an "and" or "or" stands in the sentence within twelve tokens of a word that asks for one."""
    return bool(_PAIRS[frame.words[opener]] & set(frame.words[opener + 1 : opener + 13]))


def _cuts_infinitive(frame: Frame, phrase: Phrase) -> bool:
    """Whether "to exchange data" right behind the end belongs to something inside: "the ability of partners", "allow
    citizens".
    """
    inside, last = phrase.inside, phrase.last
    if frame.lemmas[last] in LIGHT_OBJECTS and any(_is_to(frame, t) for t in range(last + 1, last + 4)):
        return True
    if not _is_to(frame, last + 1):
        return False
    light = any(frame.lemmas[t] in LIGHT_OBJECTS and frame.pos[t] == "NOUN" for t in inside)
    owner = frame.heads[frame.heads[last + 1]]
    let = frame.heads[owner] in inside and frame.lemmas[frame.heads[owner]] in _LETTING
    asks = frame.pos[owner] == "VERB" and frame.dep[frame.heads[last + 1]] in {"xcomp", "ccomp"}
    return owner in inside and (light or let or asks)


def _is_to(frame: Frame, token: int) -> bool:
    """Whether a token is the "to" of an infinitive."""
    return token < len(frame.words) and frame.words[token] == "to" and frame.dep[token] == "mark"


#: By the name under which a ranker has learnt how much it weighs.
COMPLETENESS: dict[str, Rule] = {
    "dangles": _dangles,
    "points back": _points_back,
    "asks": _asks,
    "asked of": _is_asked_of,
    "loses a telling word": _loses_a_telling_word,
    "joins parts": _joins_parts,
    "no text": _is_no_text,
    "breaks brackets": _breaks_brackets,
    "loses its case": _loses_its_case,
    "halves modifiers": _halves_modifiers,
    "loses its conjunction": _loses_its_conjunction,
    "half a pair": _is_half_a_pair,
    "verb bare": _leaves_verb_bare,
    "cuts restriction": _cuts_restriction,
    "cuts infinitive": _cuts_infinitive,
    "cuts compound": _cuts_compound,
    "cuts question": _cuts_question,
    "half a preposition": _is_half_a_preposition,
    "shares an object": _shares_an_object,
    "adds a clause": _adds_clause,
    "begins a clause": _begins_clause,
    "ensured": _leaves_out_what_is_ensured,
    "ends on an infinitive": _ends_on_an_infinitive,
}
