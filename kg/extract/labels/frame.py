"""A parsed sentence as plain lists, and what of it may be a phrase of its own."""

from collections.abc import Iterable, Iterator, Set
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

#: How many words a label has.
MIN_WORDS, MAX_WORDS = 2, 10
#: Tokens deeper in the parse are all called this deep.
MAX_DEPTH = 6
_NO_START = frozenset({"PUNCT", "CCONJ", "ADP", "SCONJ", "DET", "PRON", "SPACE", "SYM", "AUX", "PART"})
NO_END = frozenset({"PUNCT", "CCONJ", "ADP", "SCONJ", "DET", "PRON", "SPACE", "AUX", "PART"})
#: Dependents that a label may leave out on its left, and on its right; to cut any other breaks the phrase.
_LOOSE_LEFT = frozenset(
    "det case mark cc cc:preconj advmod aux aux:pass nsubj nsubj:pass nsubj:outer expl discourse parataxis advcl obl "
    "obl:tmod obl:unmarked csubj vocative dep dislocated reparandum advcl:relcl ccomp det:predet".split()
)
_LOOSE_RIGHT = frozenset(
    "conj cc obl obl:tmod obl:unmarked obl:agent advcl acl acl:relcl parataxis appos nmod advmod dep discourse list "
    "nmod:tmod nmod:unmarked advcl:relcl orphan vocative".split()
)
#: Words no label begins with, whatever their tag.
_NO_START_WORDS = frozenset(
    "and or but nor also however therefore thus when where how what which who why whether there here then such "
    "not only while as if than more most that due to because resulting according is are was were be been being am "
    "spite has had do does did can could may might must shall should will would still very so too the a an its "
    "their our this these those far fact especially particularly mainly notably namely even just notwithstanding "
    "including depending regarding concerning lastly finally firstly secondly thirdly moreover furthermore".split()
)
#: Words no label ends with, whatever their tag: what they ask for would be missing.
NO_END_WORDS = frozenset(
    (
        "how what which where when why who whom whose whether such as than so "
        "is are was were be been being has have had"
    ).split()
)
#: What with the word before it is no more than a preposition or an aside: "in terms of", "for example".
_FIXED = {
    "for": frozenset({"example", "instance"}),
    "in": frozenset("terms case order line accordance addition respect spite light view response particular".split()),
    "on": frozenset({"behalf"}),
}
NEGATIONS = frozenset({"not", "n't", "n’t", "no", "never", "hardly", "cannot", "neither", "nor"})
#: What turns a statement round, or all but does: "few towns share data", "yet to be built".
DENIERS = NEGATIONS | frozenset(
    {"few", "little", "nobody", "none", "nothing", "rarely", "seldom", "barely", "yet", "without", "only"}
)
#: Nouns that only announce what is named behind "is".
_ANNOUNCING = frozenset(
    "challenge problem issue difficulty obstacle barrier concern dilemma question factor reason limitation weakness "
    "solution way step approach remedy answer need aim goal objective purpose task recommendation "
    "result outcome consequence".split()
)
_DENYING = frozenset({"not", "n't", "n’t", "never"})
#: Adverbs that make one word with what follows: "forward looking", "well established".
_HALVES = frozenset({"forward", "outward", "inward", "well", "newly"})
ARTICLES = frozenset({"a", "an", "the"})
#: Determiners that carry meaning: without them "at any time" reads "at time".
_MEANT = frozenset({"all", "another", "any", "both", "each", "every"})
#: What joins a clause to the noun that it is said of.
RELATIVE = frozenset({"which", "that", "who"})
_RARELY = frozenset({"rarely", "seldom", "scarcely", "hardly", "barely", "insufficiently"})
#: Adverbs without which the adjective behind them says another thing: "too dear", "more open".
DEGREES = frozenset({"too", "more", "less", "most", "least", "hardly", "barely", "poorly"})
BARE_BE = frozenset({"be", "been", "being"})
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


#: What stands in pairs, the opening before the closing one, and what stands twice.
_PAIRED = '()[]“”"'


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
        self._cores: dict[tuple[int, bool], frozenset[int]] = {}
        self.stops = [i for i, word in enumerate(self.words) if word in {";", ":"}]
        self.paired = any(mark in word for word in self.words for mark in _PAIRED)
        self._starts: dict[int, bool] = {}

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

    def count_words(self, chosen: Iterable[int]) -> int:
        """How many words some tokens are."""
        return len({self.numbers[t] for t in chosen})

    def may_start(self, i: int) -> bool:
        """Whether a label may begin at a token: no function word, no middle of a noun phrase or of a word."""
        known = self._starts.get(i)
        if known is None:
            known = self._starts[i] = self._may_start(i)
        return known

    def _may_start(self, i: int) -> bool:
        if self.begins_denial(i) or self.begins_share(i):
            return True
        if (self.pos[i] in _NO_START and self.words[i] != "no") or self.words[i] in _NO_START_WORDS:
            return False
        if self.pos[i] == "ADV" and self.pos[self.heads[i]] not in {"ADJ", "NOUN", "PROPN"} and self.heads[i] != i:
            return False
        if i == 0:
            return True
        if self.words[i] in _FIXED.get(self.words[i - 1], ()):
            return False
        if not self.spaced[i - 1] and self.pos[i - 1] != "PUNCT":
            return False
        if self.words[i - 1] in DEGREES and self.heads[i - 1] == i:
            return False
        if self._halves_compound(i) or (self.words[i - 1] == "as" and self.pos[i] in {"ADJ", "ADV"}):
            return False
        cut = self.dep[i - 1] in {"compound", "amod", "nummod"} and self.heads[i - 1] == i
        return self.words[i - 1] not in _HALVES and not (cut and self.pos[i - 1] != "VERB")

    def _halves_compound(self, i: int) -> bool:
        """Whether it is "supported services" of "e-governance supported services"."""
        nominal = self.pos[i - 1] in {"NOUN", "PROPN", "NUM", "X"} and self.heads[i] > i
        return nominal and self.pos[i] == "VERB" and self.dep[i] == "amod"

    def begins_denial(self, i: int) -> bool:
        """Whether "not", or an auxiliary with it, right before what it denies: "(towns) do not use the register"."""
        if i + 1 >= len(self.words):
            return False
        joined = self._needs_infinitive(i) and self.heads[i] == self.heads[i + 1]
        denier = i + 1 if joined else i
        near = denier < self.heads[denier] <= denier + 2
        bare = joined or i == 0 or not self._needs_infinitive(i - 1)
        # A remedy without "must" or "do" before its "not" would be something that has not been done.
        may = joined or self.kind == "d"
        return (
            may and self.words[denier] in _DENYING and near and bare and self.pos[self.heads[denier]] in {"VERB", "ADJ"}
        )

    def begins_share(self, i: int) -> bool:
        """Whether it is "only" or "not" right before whom it restricts: "only half of the towns", "not all offices"."""
        if self.kind != "d" or self.words[i] not in {"only", "not", "hardly"}:
            return False
        return i < self.heads[i] <= i + 2 and self.pos[self.heads[i]] in {"NUM", "NOUN", "DET", "SYM"}

    def _needs_infinitive(self, i: int) -> bool:
        """Whether "do", "can" or the like has to stay before its verb: "do not use", but "not using"."""
        return self.pos[i] == "AUX" and self.lemmas[i] not in {"be", "have"}

    def may_end(self, j: int) -> bool:
        """Whether a label may end with a token: no function word, no modifier of what follows."""
        if self.pos[j] in NO_END or self.words[j] in NO_END_WORDS:
            return False
        if j + 1 == len(self.words):
            return True
        if not self.spaced[j] and (self.pos[j + 1] != "PUNCT" or self._is_hyphen(j + 1)):
            return False
        if self.dep[j] == "conj" and self.pos[j] == self.pos[j + 1] == "NOUN":
            return False
        if self.pos[j] == "ADJ" and self.pos[j + 1] == "CCONJ" and self.heads[j] != j and self.dep[j] != "root":
            return False
        return not (self.dep[j] in _PREMODIFIERS and j < self.heads[j] <= j + 2)

    def _is_hyphen(self, i: int) -> bool:
        return self.words[i] in {"-", "–", "/"} and not self.spaced[i] and i + 1 < len(self.words)

    def is_whole(self, i: int, j: int) -> bool:
        """Whether a stretch is one phrase: one root, nothing cut off that belongs to it, no colon inside."""
        if any(i <= stop <= j for stop in self.stops):
            return False
        heads = self.heads
        outside = [t for t in range(i, j + 1) if not i <= heads[t] <= j or heads[t] == t]
        if len(outside) != 1 or (self.paired and not self._is_balanced(i, j)):
            return False
        return all(self._is_loose(c, i) for t in range(i, j + 1) for c in self._find_cut(t, i, j))

    def _is_balanced(self, i: int, j: int) -> bool:
        inside = "".join(self.words[i : j + 1])
        pairs = zip(_PAIRED[::2], _PAIRED[1::2], strict=False)
        return all(inside.count(left) == inside.count(right) for left, right in pairs) and inside.count('"') % 2 == 0

    def is_announced(self, head: int) -> bool:
        """Whether the subject of "is" only announces what a head names: "one of the main problems is the lack"."""
        return any(self.dep[c] == "cop" for c in self.children[head]) and any(
            self.dep[c].startswith("nsubj") and self.announces(c) for c in self.children[head]
        )

    def find_root(self, inside: frozenset[int]) -> int:
        """The first token whose head is not inside."""
        return next((t for t in sorted(inside) if self.heads[t] not in inside or self.heads[t] == t), min(inside))

    def announces(self, noun: int) -> bool:
        """Whether a noun, or what it is one of, is "problem", "challenge", "way" or the like."""
        of = [c for c in self.children[noun] if self.dep[c] == "nmod"] if self.lemmas[noun] == "one" else []
        return any(self.lemmas[t] in _ANNOUNCING for t in (noun, *of))

    def find_core(self, head: int, *, case: bool = False) -> frozenset[int]:
        """A head with all that belongs to it tightly.

        case: whether the preposition or "to" that joins it to what stands before comes with it.
        """
        known = self._cores.get((head, case))
        if known is None:
            known = self._cores[head, case] = frozenset(self._collect_core(head, case=case))
        return known

    def _collect_core(self, head: int, *, case: bool) -> set[int]:
        core = {head}
        for child in self.children[head]:
            relation = self.dep[child]
            joined = relation in {"case", "mark"} and child < head and (case or self._is_predicate(head, relation))
            negation = self.words[child] in NEGATIONS or self.words[child] in _RARELY
            if relation.startswith("nsubj") and self.announces(child) and self.is_announced(head):
                continue
            subject = relation.startswith(("nsubj", "csubj")) and self.pos[child] != "PRON"
            tight = relation not in (_LOOSE_LEFT if child < head else _LOOSE_RIGHT) and relation != "punct"
            of_phrase = relation == "nmod" and any(self.words[g] == "of" for g in self.children[child])
            auxiliary = relation in {"cop", "aux:pass"} or (relation == "aux" and self._needs_auxiliary(head))
            meant = relation in {"det", "det:predet"} and self.words[child] in _MEANT
            meant = meant or (relation == "advmod" and child == head - 1 and self.words[child] in DEGREES)
            if joined or negation or subject or tight or of_phrase or auxiliary or meant:
                core |= self.find_core(child, case=True)
            if subject and relation.startswith("csubj"):
                core |= self._find_complements(child)
            if relation in {"amod", "compound"} and child < head:
                core |= self._find_joined_modifiers(child, head)
        return core

    def _find_joined_modifiers(self, modifier: int, noun: int) -> set[int]:
        """What is joined to a modifier before its noun: "and other" of "public and other agencies"."""
        joined = [c for c in self.children[modifier] if self.dep[c] == "conj" and modifier < c < noun]
        links = [g for c in joined for g in self.children[c] if self.dep[g] == "cc" or self.words[g] == ","]
        return set(links).union(*(self.find_core(c) for c in joined))

    def _find_complements(self, verb: int) -> frozenset[int]:
        """What a verb as subject needs: "on one view" of "relying on one view is not enough"."""
        needed = [c for c in self.children[verb] if c > verb and self.dep[c] in {"obl", "xcomp"}]
        return self.find_core(needed[0], case=True) if needed else frozenset()

    def _is_predicate(self, head: int, relation: str) -> bool:
        """Whether the "in" of "is in decline" has to stay."""
        return relation == "case" and any(self.dep[c] == "cop" for c in self.children[head])

    def find_told(self, head: int) -> frozenset[int]:
        """A noun with what a clause on it says of it: "models are not delineated" of "models which are not delineated".

        head: of the clause. Empty if no "which" or "that" is its subject.
        """
        subjects = [c for c in self.children[head] if self.dep[c].startswith("nsubj")]
        if self.dep[head] != "acl:relcl" or not subjects or self.words[subjects[0]] not in RELATIVE:
            return frozenset()
        helped = {c for c in self.children[head] if self.dep[c].startswith("aux")}
        antecedent = self.find_core(self.heads[head])
        return (antecedent | self.find_core(head) | helped) - {subjects[0]}

    def find_joined(self, head: int) -> frozenset[int]:
        """What is joined to a noun by "and" or commas, each with what belongs to it."""
        if self.pos[head] not in {"NOUN", "PROPN"}:
            return frozenset()
        joined = [c for c in self.children[head] if self.dep[c] == "conj"]
        links = [g for c in joined for g in self.children[c] if self.dep[g] == "cc" or self.words[g] == ","]
        return frozenset(links).union(*(self.find_core(c) for c in joined))

    def _needs_auxiliary(self, head: int) -> bool:
        """Whether "will" or "has" must stay: "cannot pay", "data will help", "has been paid" and not "been paid"."""
        return any(
            self.words[c] in NEGATIONS
            or (self.words[c] in BARE_BE and self.dep[c] in {"cop", "aux:pass"})
            or (self.dep[c].startswith("nsubj") and self.pos[c] != "PRON")
            for c in self.children[head]
        )

    def join(self, chosen: Set[int]) -> list[int]:
        """Tokens in order, with the hyphens and strokes inside their words."""
        ordered = sorted(chosen)
        for left, right in pairwise(sorted(chosen)):
            if self.numbers[left] == self.numbers[right]:
                ordered += range(left + 1, right)
        return sorted(ordered)

    def add_articles(self, chosen: list[int]) -> list[int]:
        """Tokens in order, with the articles behind the first of them that belong to one of them."""
        inside = set(chosen)
        articles = {c for t in chosen for c in self.children[t] if self.words[c] in ARTICLES and c > chosen[0]}
        return sorted(inside | articles)

    def trim(self, chosen: list[int]) -> list[int]:
        """Tokens without function words and marks at the ends."""
        while chosen and not self.may_start(chosen[0]):
            chosen = chosen[1:]
        while chosen and (self.pos[chosen[-1]] in NO_END or self.words[chosen[-1]] in NO_END_WORDS):
            chosen = chosen[:-1]
        return chosen

    def _find_cut(self, token: int, i: int, j: int) -> Iterator[int]:
        return (c for c in self.children[token] if not i <= c <= j and self.dep[c] != "punct")

    def _is_loose(self, child: int, i: int) -> bool:
        """Whether a dependent may be left out: "of" phrases belong to their noun, a subject to its adjective."""
        if child < i:
            head = self.heads[child]
            stranded = self.dep[child] in {"nsubj", "csubj", "cop"} and self.pos[head] != "VERB"
            stranded = stranded and not self.is_announced(head)
            return self.dep[child] in _LOOSE_LEFT and not stranded
        if self.dep[child] == "nmod":
            return not any(self.dep[g] == "case" and self.words[g] == "of" for g in self.children[child])
        return self.dep[child] in _LOOSE_RIGHT
