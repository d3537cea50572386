"""Whether a phrase turns its sentence round: a problem without its "not", a remedy that is not to be."""

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.extract.labels.frame import DENIERS, MAX_DEPTH, NEGATIONS, Frame
from kg.extract.labels.phrase import Phrase
from kg.extract.words import AGAINST

_AGAINST = re.compile(AGAINST)
_SHUNNING = frozenset("avoid resist refrain stop cease abandon prohibit forbid".split())
#: What these are done to may be a problem or what is made of it: "address the costs", "address the methods".
_HANDLING = frozenset("address ease handle face meet".split())
_GOVERNED = frozenset({"obj", "xcomp", "ccomp", "csubj", "csubj:pass", "nsubj:pass", "acl", "acl:relcl", "conj"})
#: What hangs so on "fight" may be the means; what hangs so on "must not" is denied with it.
_LOOSE = frozenset({"obl", "nmod"})
_OUTSIDE = frozenset({"outside", "without", "against", "beyond", "despite"})
#: What stands behind these is just what is not done.
_EXCLUDING = frozenset({"without", "unless", "instead", "rather", "lest", "except"})
#: What stands behind these is what is wanted: "barriers to sharing data", "hampers the exchange".
_THWARTING = frozenset(
    "lack shortage absence scarcity impediment barrier obstacle hurdle hindrance difficulty inability failure refusal "
    "unwillingness reluctance resistance hinder hamper prevent impede obstruct inhibit deter jeopardize block "
    "fail".split()
)
#: What is said of an effort or a way when there is hardly one: "limited efforts to open the registers".
_SCANT = frozenset({"limited", "little", "few", "insufficient", "inadequate", "scarce"})
_COMPLEMENTS = frozenset({"nmod", "obj", "acl", "obl", "advcl", "xcomp", "ccomp"})
#: Behind "no": on no account is anything done.
_BARS = frozenset("circumstances circumstance case account event".split())
_MORE = (["only"], ["just"], ["merely"], ["solely"])


def turns_round(frame: Frame, phrase: Phrase) -> bool:
    """Whether it says the opposite of its sentence; no label ever does."""
    return (
        (frame.kind == "d" and is_denied(frame, phrase.inside, phrase.chosen[0]))
        or _loses_its_denial(frame, phrase)
        or _loses_its_limit(frame, phrase)
        or _is_barred(frame, phrase)
        or _says_not_only(frame, phrase)
        or _is_excluded(frame, phrase)
        or (frame.kind == "r" and (_names_the_problem(frame, phrase) or _stands_outside(frame, phrase)))
    )


def _loses_its_denial(frame: Frame, phrase: Phrase) -> bool:
    """Whether the "not" of what it is of is left out: its own, or that of a verb that it is the passive subject of ("is
    not recommended") or, of a problem, the object.
    """
    root = phrase.root
    above = {"obj", "nsubj:pass"} if frame.kind == "d" else {"nsubj:pass"}
    denied = {root, frame.heads[root]} if frame.dep[root] in above else {root}
    return any(denier not in phrase.inside for token in denied for denier in find_deniers(frame, token))


def _loses_its_limit(frame: Frame, phrase: Phrase) -> bool:
    """Whether the "only" of what it is of is left out ("shall only be allowed in ..."); "not only" may go."""
    return any(
        frame.words[child] == "only" and child not in phrase.inside and not (child and frame.words[child - 1] == "not")
        for child in frame.children[phrase.root]
    )


def _is_barred(frame: Frame, phrase: Phrase) -> bool:
    """Whether "Under no circumstances" or "Nor" stands before it, whatever the parse makes of that."""
    before = [t for t in range(phrase.root) if t not in phrase.inside]
    return any(
        (frame.words[t] == "no" and frame.words[t + 1] in _BARS) or (frame.words[t] == "nor" and t == 0) for t in before
    )


def _says_not_only(frame: Frame, phrase: Phrase) -> bool:
    """Whether it is "helps not only clerks" without the "but" that belongs to it."""
    words = [frame.words[t] for t in phrase.chosen]
    return any(pair == ("not", "only") for pair in pairwise(words)) and "but" not in words


def find_deniers(frame: Frame, token: int) -> list[int]:
    """The "not" and "never" on a token, and the "no" of "under no circumstances"."""
    found = [c for c in frame.children[token] if frame.words[c] in NEGATIONS and not _is_aside(frame, c)]
    for child in frame.children[token]:
        if frame.dep[child].startswith("obl"):
            found += [c for c in frame.children[child] if frame.words[c] == "no" and frame.dep[c] == "det"]
    return found


def _is_excluded(frame: Frame, phrase: Phrase) -> bool:
    """Whether "instead of" or "without" stands before it."""
    before = [c for c in frame.children[phrase.root] if c < phrase.root and c not in phrase.inside]
    return any(frame.words[c] in _EXCLUDING and not _is_aside(frame, c) for c in before)


def _names_the_problem(frame: Frame, phrase: Phrase) -> bool:
    """Whether a label of a remedy is of what the remedy is against: "legal barriers" of "removes legal barriers",
    "build it" of "resist the urge to build it", "it is not recommended to build it" or "building it must be avoided".
    """
    inside, token = phrase.inside, phrase.root
    while frame.dep[token] in _GOVERNED | _LOOSE and frame.heads[token] not in inside | {token}:
        relation, token = frame.dep[token], frame.heads[token]
        lemma = frame.lemmas[token]
        against = relation not in _LOOSE and (lemma in _SHUNNING or (_AGAINST.match(lemma) and lemma not in _HANDLING))
        denied = any(c not in inside for c in find_deniers(frame, token))
        if (against or denied) and frame.pos[token] in {"VERB", "ADJ"} and relation != "conj":
            return True
    return False


def _stands_outside(frame: Frame, phrase: Phrase) -> bool:
    """Whether it is "the offices" of "outside the offices"."""
    return any(frame.words[c] in _OUTSIDE and c not in phrase.inside for c in frame.children[phrase.root])


def is_denied(frame: Frame, inside: frozenset[int], token: int) -> bool:
    """Whether a "not", "few" or "barrier to" outside stands above a token: the rest says the opposite."""
    for _ in range(MAX_DEPTH):
        head = frame.heads[token]
        scant = frame.lemmas[head] in _THWARTING or any(frame.words[c] in _SCANT for c in frame.children[head])
        if scant and head not in inside and frame.dep[token] in _COMPLEMENTS:
            return True
        deniers = [c for c in _find_quantified(frame, token) if frame.words[c] in DENIERS and not _is_aside(frame, c)]
        # "Only a few towns": what is few is no less few without the "only", whatever is denied above it.
        if any(c in inside for c in deniers):
            return any(c not in inside and frame.words[c] != "only" for c in deniers)
        if deniers:
            return True
        # "Without a plan and with a lack of staff": the lack is one whatever is denied above it.
        if frame.heads[token] == token or (frame.marks[token] and token in inside) or _gives_cause(frame, token):
            return False
        token = frame.heads[token]
    return False


def _gives_cause(frame: Frame, token: int) -> bool:
    """Whether it is the reason or the next clause of what stands above it: "due to old rules"."""
    cases = {frame.words[c] for c in frame.children[token] if frame.dep[c] in {"case", "mark"}}
    return frame.dep[token] == "parataxis" or bool(cases & {"due", "because", "since"})


def _is_aside(frame: Frame, token: int) -> bool:
    """Whether it is the "Yet" or "Instead" that a sentence begins with, or the "not" of "not only": none denies."""
    after = frame.words[token + 1 : token + 2]
    return (token == 0 and after == [","]) or (frame.words[token] == "not" and after in _MORE)


def _find_quantified(frame: Frame, token: int) -> Iterator[int]:
    """What hangs on a token or on its subject: "few" in "few towns share data" turns round the sharing."""
    for child in frame.children[token]:
        yield child
        if frame.dep[child].startswith("nsubj"):
            yield from frame.children[child]
