"""Which stretches of a sentence may serve as a label, and what speaks for each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

MIN_WORDS, MAX_WORDS = 2, 10
#: A sentence longer than this (in tokens) is looked at in its first part only.
MAX_SENTENCE_TOKENS = 120
#: Tokens deeper in the parse are all called this deep.
MAX_DEPTH = 6
_NO_START = frozenset({"PUNCT", "CCONJ", "ADP", "SCONJ", "DET", "PRON", "SPACE", "SYM", "AUX", "PART"})
_NO_END = frozenset({"PUNCT", "CCONJ", "ADP", "SCONJ", "DET", "PRON", "SPACE", "AUX", "PART"})
#: Dependents that a label may leave out on its left, and on its right; to cut any other breaks the phrase.
_LOOSE_LEFT = frozenset(
    "det case mark cc cc:preconj advmod aux aux:pass nsubj nsubj:pass nsubj:outer expl discourse parataxis advcl obl "
    "obl:tmod obl:unmarked csubj vocative dep dislocated reparandum advcl:relcl ccomp det:predet".split()
)
_LOOSE_RIGHT = frozenset(
    "conj cc obl obl:tmod obl:unmarked obl:agent advcl acl acl:relcl parataxis appos nmod advmod dep discourse list "
    "nmod:tmod nmod:unmarked advcl:relcl orphan vocative".split()
)
#: Loose dependents that may say what the label is about.
_WORTHWHILE = frozenset({"obl", "nmod", "advcl", "obl:agent", "xcomp", "acl"})
#: Words no label begins with, whatever their tag.
_NO_START_WORDS = frozenset(
    "and or but nor also however therefore thus when where how what which who why whether there here then such "
    "not only while as if than more most that due to because resulting according is are was were be been being am "
    "has had do does did can could may might must shall should will would still very so too the a an its their our "
    "this these those".split()
)
_NEGATIONS = frozenset({"not", "n't", "n’t", "no", "never", "hardly", "cannot", "neither", "nor"})
#: Nouns that with their verb say nothing until it is said of what: "take the lead in", "pay attention to".
_LIGHT_OBJECTS = frozenset(
    "lead attention use role play importance effort part step way place advantage account care note emphasis focus "
    "need aim goal priority".split()
)
#: A token with one of these relations must not be cut from the head right of it.
_PREMODIFIERS = frozenset(
    {"compound", "amod", "nummod", "advmod", "nmod:poss", "case", "det", "mark", "aux", "aux:pass", "cop"}
)
LACK = frozenset(
    "lack shortage absence insufficient insufficiency limited poor weak weakness no not without difficult difficulty "
    "barrier problem challenge risk threat gap fail failure inability unable cannot low missing inadequate complex "
    "cost concern issue obstacle conflict loss silo fragmented outdated scarce resistance distrust lag "
    "inefficient unclear uncertain vulnerable leakage hinder lose expensive slow divide exclusion".split()
)
ACT = frozenset(
    "establish build create develop improve strengthen promote provide ensure adopt implement train publish share "
    "use involve engage support design introduce define encourage set coordinate invest standard reform monitor "
    "evaluate open collaborate require apply integrate plan increase enhance protect reduce review make".split()
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Indices of tokens in the document, rising, and the names of the features that hold for them.

    The tokens are one stretch, or a clause or phrase without what hangs loosely on it.
    """

    tokens: tuple[int, ...]
    features: tuple[str, ...]


def find_candidates(sentence: "Span", kind: str) -> Iterator[Candidate]:
    """Phrases and clauses of 2 to 10 words, whole stretches first, then those with loose parts left out."""
    frame = Frame(list(sentence)[:MAX_SENTENCE_TOKENS], kind)
    seen: set[tuple[int, ...]] = set()
    for chosen in (*find_stretches(frame), *find_cores(frame)):
        if chosen not in seen and frame.is_sound(chosen):
            seen.add(chosen)
            yield Candidate(tuple(frame.first + t for t in chosen), frame.describe(chosen))


def find_stretches(frame: "Frame") -> Iterator[tuple[int, ...]]:
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


def find_cores(frame: "Frame") -> Iterator[tuple[int, ...]]:
    """What belongs tightly to each verb, adjective and noun, and the same with one loose part."""
    for head in range(len(frame.words)):
        if frame.pos[head] not in {"VERB", "ADJ", "NOUN", "PROPN"}:
            continue
        core = frame.find_core(head)
        parts = [c for c in frame.children[head] if c > head and frame.dep[c] in _WORTHWHILE]
        for added in ((), *((part,) for part in parts[:3])):
            chosen = sorted(core.union(*(frame.find_core(part, case=True) for part in added)))
            chosen = frame.trim(chosen)
            if MIN_WORDS <= len({frame.numbers[t] for t in chosen}) <= MAX_WORDS:
                yield tuple(chosen)


class Frame:
    """A sentence as plain lists, one entry a token; asking the parse itself for each candidate is many times slower.

    heads: index of each token's head within the sentence, its own index for the root.
    numbers: running number of the word each token belongs to; tokens written together are one word.
    """

    def __init__(self, tokens: "list[Token]", kind: str) -> None:
        self.first = tokens[0].i if tokens else 0
        size = len(tokens)
        self.kind = kind[0]
        self.words = [t.lower_ for t in tokens]
        self.pos = [t.pos_ for t in tokens]
        self.dep = [t.dep_ for t in tokens]
        self.spaced = [bool(t.whitespace_) for t in tokens]
        heads = [t.head.i - self.first for t in tokens]
        self.heads = [h if 0 <= h < size else i for i, h in enumerate(heads)]
        self.children: list[list[int]] = [[] for _ in tokens]
        for child, head in enumerate(self.heads):
            if child != head:
                self.children[head].append(child)
        self.lemmas = [t.lemma_.lower() for t in tokens]
        self.depths = [self._find_depth(i) for i in range(size)]
        self.numbers = self._count_words()
        cues = LACK if kind == "dilemma" else ACT
        self.marks = [t.lemma_.lower() in cues or t.lower_ in cues for t in tokens]
        self.stops = [i for i, word in enumerate(self.words) if word in {";", ":"}]

    def _find_depth(self, token: int) -> int:
        depth = 0
        while self.heads[token] != token and depth < MAX_DEPTH:
            token, depth = self.heads[token], depth + 1
        return depth

    def _count_words(self) -> list[int]:
        numbers, number, glued = [], 0, False
        for spaced in self.spaced:
            number += not glued
            numbers.append(number)
            glued = not spaced
        return numbers

    def may_start(self, i: int) -> bool:
        """Whether a label may begin at a token: no function word, no middle of a noun phrase or of a word."""
        if (self.pos[i] in _NO_START and self.words[i] != "no") or self.words[i] in _NO_START_WORDS:
            return False
        if i == 0:
            return True
        if not self.spaced[i - 1] and self.pos[i - 1] != "PUNCT":
            return False
        cut = self.dep[i - 1] in {"compound", "amod", "nummod"} and self.heads[i - 1] == i
        return not (cut and self.pos[i - 1] != "VERB")

    def may_end(self, j: int) -> bool:
        """Whether a label may end with a token: no function word, no modifier of what follows."""
        if self.pos[j] in _NO_END:
            return False
        if j + 1 == len(self.words):
            return True
        if not self.spaced[j] and self.pos[j + 1] != "PUNCT":
            return False
        if self.pos[j] == "ADJ" and self.pos[j + 1] == "CCONJ" and self.heads[j] != j and self.dep[j] != "root":
            return False
        return not (self.dep[j] in _PREMODIFIERS and j < self.heads[j] <= j + 2)

    def is_whole(self, i: int, j: int) -> bool:
        """Whether a stretch is one phrase: one root, nothing cut off that belongs to it, no colon inside."""
        if any(i <= stop <= j for stop in self.stops) or not self._is_balanced(i, j):
            return False
        outside = [t for t in range(i, j + 1) if not i <= self.heads[t] <= j or self.heads[t] == t]
        return len(outside) == 1 and all(self._is_loose(c, i) for t in range(i, j + 1) for c in self._find_cut(t, i, j))

    def _is_balanced(self, i: int, j: int) -> bool:
        inside = "".join(self.words[i : j + 1])
        pairs = (("(", ")"), ("[", "]"), ("“", "”"))
        return all(inside.count(left) == inside.count(right) for left, right in pairs) and inside.count('"') % 2 == 0

    def find_core(self, head: int, *, case: bool = False) -> set[int]:
        """A head with all that belongs to it tightly.

        case: whether the preposition or "to" that joins it to what stands before comes with it.
        """
        core = {head}
        for child in self.children[head]:
            relation = self.dep[child]
            joined = case and relation in {"case", "mark"} and child < head
            negation = self.words[child] in _NEGATIONS
            subject = relation.startswith("nsubj") and self.pos[child] != "PRON"
            tight = relation not in (_LOOSE_LEFT if child < head else _LOOSE_RIGHT) and relation != "punct"
            of_phrase = relation == "nmod" and any(self.words[g] == "of" for g in self.children[child])
            auxiliary = relation in {"cop", "aux:pass"} or (relation == "aux" and self._has_negation(head))
            if joined or negation or subject or tight or of_phrase or auxiliary:
                core |= self.find_core(child, case=True)
        return core

    def _has_negation(self, head: int) -> bool:
        return any(self.words[c] in _NEGATIONS for c in self.children[head])

    def trim(self, chosen: list[int]) -> list[int]:
        """Tokens without function words and marks at the ends."""
        while chosen and not self.may_start(chosen[0]):
            chosen = chosen[1:]
        while chosen and (self.pos[chosen[-1]] in _NO_END):
            chosen = chosen[:-1]
        return chosen

    def is_sound(self, chosen: tuple[int, ...]) -> bool:
        """Whether it stands by itself: predicates have their subject, lists their end, verbs what they need."""
        inside = frozenset(chosen)
        last = chosen[-1]
        root = next((t for t in chosen if self.heads[t] not in inside or self.heads[t] == t), chosen[0])
        if not any(self.pos[t] in {"NOUN", "PROPN"} for t in chosen):
            return False
        if self.pos[last] == "ADJ" and (self.dep[last] == "amod" or self._is_followed(last, {"CCONJ", "ADJ", "NOUN"})):
            return False
        if any(self.words[c] in _NEGATIONS and c not in inside for c in self._find_deniers(root)):
            return False
        if "," in (self.words[t] for t in chosen) and not self._ends_list(chosen):
            return False
        return not (self._misses_subject(root, inside) or self._breaks_off(root, inside))

    def _find_deniers(self, root: int) -> list[int]:
        """Dependents that may deny the root: its own, and for the object of a problem's verb those of the verb."""
        if self.kind == "d" and self.dep[root] in {"obj", "nsubj:pass"}:
            return [*self.children[root], *self.children[self.heads[root]]]
        return self.children[root]

    def _is_followed(self, token: int, kinds: set[str]) -> bool:
        return token + 1 < len(self.pos) and self.pos[token + 1] in kinds

    def _ends_list(self, chosen: tuple[int, ...]) -> bool:
        """Whether after the last comma inside there is an "and" or "or": "laws, rules and plans"."""
        comma = max(t for t in chosen if self.words[t] == ",")
        return any(t > comma and self.pos[t] == "CCONJ" for t in chosen)

    def _misses_subject(self, root: int, inside: frozenset[int]) -> bool:
        """Whether a predicate stands without the noun that it is said of."""
        if self.pos[root] not in {"VERB", "ADJ", "AUX"}:
            return False
        subjects = [c for c in self.children[root] if self.dep[c].startswith(("nsubj", "csubj"))]
        named = [c for c in subjects if self.pos[c] in {"NOUN", "PROPN"}]
        if any(c in inside for c in named):
            return False
        # What must be done may be said without who must do it, what is wrong not without what it is wrong with.
        passive = any(self.dep[c] == "nsubj:pass" for c in named)
        return bool(named) and (self.kind == "d" or passive or self.pos[root] != "VERB")

    def _breaks_off(self, root: int, inside: frozenset[int]) -> bool:
        """Whether a verb is cut from what it needs right behind it, or a light noun from what fills it."""
        needed = {"obl", "xcomp", "ccomp", "obj", "compound:prt", "obl:agent"}
        if self.pos[root] == "VERB" and not any(
            self.dep[c] in {"obj", "obl", "xcomp", "ccomp"} and c in inside for c in self.children[root]
        ):
            return any(self.dep[c] in needed and c > root and c not in inside for c in self.children[root])
        light = [t for t in inside if self.lemmas[t] in _LIGHT_OBJECTS]
        return any(
            self.dep[c] in {"nmod", "acl", "obl", "advcl"} and c > t and c not in inside
            for t in light
            for c in (*self.children[t], *(self.children[root] if self.heads[t] == root else ()))
        )

    def _find_cut(self, token: int, i: int, j: int) -> Iterator[int]:
        return (c for c in self.children[token] if not i <= c <= j and self.dep[c] != "punct")

    def _is_loose(self, child: int, i: int) -> bool:
        """Whether a dependent may be left out: "of" phrases belong to their noun, a subject to its adjective."""
        if child < i:
            head = self.heads[child]
            stranded = self.dep[child] in {"nsubj", "csubj", "cop"} and self.pos[head] != "VERB"
            return self.dep[child] in _LOOSE_LEFT and not stranded
        if self.dep[child] == "nmod":
            return not any(self.dep[g] == "case" and self.words[g] == "of" for g in self.children[child])
        return self.dep[child] in _LOOSE_RIGHT

    def describe(self, chosen: tuple[int, ...]) -> tuple[str, ...]:
        """Names of the features of some tokens, each for this kind alone."""
        inside = frozenset(chosen)
        i, j = chosen[0], chosen[-1]
        roots = [t for t in chosen if self.heads[t] not in inside or self.heads[t] == t] or [i]
        root = roots[0]
        words = len({self.numbers[t] for t in chosen})
        names = [
            f"start {self.pos[i]}",
            f"start-dep {self.dep[i]}",
            f"end {self.pos[j]}",
            f"root {self.pos[root]} {self.dep[root]}",
            f"root {self.lemmas[root]}",
            f"first {self.lemmas[i]}",
            f"span {self.pos[i]}-{self.pos[j]}",
            f"words {words}",
            f"root {self.pos[root]} words {words}",
            f"root depth {self.depths[root]}",
            f"before {self._name(i - 1)}",
            f"after {self._name(j + 1)}",
            *self._describe_cues(inside, i),
            *self._describe_cut(inside, root),
        ]
        if self.pos[root] == "VERB":
            names.append("verb form " + self._verb_form(root, inside))
        if j - i + 1 > len(chosen):
            names.append(f"left out {min(5, j - i + 1 - len(chosen))}")
        if any(self.pos[t] == "PRON" for t in chosen):
            names.append("pronoun inside")
        if any(self.words[t] in {",", "(", ")", "“", "”", '"'} for t in chosen):
            names.append("mark inside")
        if i == 0:
            names.append("begins the sentence")
        return tuple(f"{self.kind}:{name}" for name in names)

    def _name(self, index: int) -> str:
        if not 0 <= index < len(self.words):
            return "edge"
        function = self.pos[index] in {"ADP", "SCONJ", "PART", "CCONJ", "PUNCT", "AUX"}
        return self.words[index] if function else self.pos[index]

    def _describe_cues(self, inside: frozenset[int], first: int) -> Iterator[str]:
        held, total = sum(self.marks[t] for t in inside), sum(self.marks)
        if held:
            yield f"cues {min(held, 3)}"
        if total and not held:
            yield "cue left outside"
        if self.marks[first]:
            yield "starts with a cue"
        if not total:
            yield "no cue at all"

    def _describe_cut(self, inside: frozenset[int], root: int) -> Iterator[str]:
        """Dependents of the inside that stay outside, by relation, and whether a subject and its verb are both in."""
        cuts = {
            f"{'left' if child < token else 'right'} {self.dep[child]}"
            for token in inside
            for child in self.children[token]
            if child not in inside and self.dep[child] != "punct"
        }
        yield from (f"cuts {cut}" for cut in sorted(cuts))
        if any(self.dep[t].startswith(("nsubj", "csubj")) and self.heads[t] in inside for t in inside):
            yield "clause"
            yield f"clause root depth {self.depths[root]}"

    def _verb_form(self, root: int, inside: frozenset[int]) -> str:
        children = self.children[root]
        if any(self.dep[child].startswith("nsubj") for child in children):
            within = any(self.dep[child].startswith("nsubj") and child in inside for child in children)
            return "with subject" if within else "without its subject"
        if any(self.words[child] == "to" and self.dep[child] == "mark" for child in children):
            return "infinitive"
        return "gerund" if self.words[root].endswith("ing") else "bare"
