"""Clauses of a parsed sentence: what each speaks of, the words that link, and what is said of it.

Relations are those of universal dependencies. A clause without a subject of its own borrows one: a verb joined by "and"
that of the first, a relative clause the noun it hangs on, an infinitive the object before it ("allows towns to share")
or else the subject of its verb. Auxiliaries and negation of the first of joined verbs hold for the others too.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.tree import Tree

#: First and last token of a stretch.
Stretch = tuple[int, int]

MAX_END_WORDS = 14
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj")
#: What stands between two ends that a copula or a verb joins.
_PHRASE_PARTS = frozenset({"aux", "aux:pass", "cop", "compound:prt", "advmod"})
_NOT_OBJECT = frozenset(
    {"punct", "conj", "cc", "parataxis", "discourse", "mark", "compound:prt", "aux", "aux:pass", "cop"}
)
_LOOSE = frozenset({"acl:relcl", "parataxis", "appos", "punct", "advcl", "cc:preconj", "discourse"})
#: Dependents of a noun that belong to the clause it stands in, not to its phrase.
_OF_CLAUSE = frozenset({"case", "mark", "cop", "expl", "aux", *_SUBJECTS})
_NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM"})
_ARTICLES = frozenset({"a", "an", "the"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor"})
_QUESTION_WORDS = frozenset(
    {"that", "what", "which", "who", "whom", "whose", "how", "why", "where", "when", "whether", "if"}
)
#: Words that point at another place of the text.
_POINTING = frozenset(
    "this these those such it they them he she we i you table tables figure figures fig section equation appendix "
    "others another latter former".split()
)
_POSSESSIVES = frozenset({"its", "their", "his", "her", "our", "your", "my"})
_HYPHENS = frozenset({"-", "–", "‐", "‑", "/"})
_OPENING, _CLOSING = frozenset({"(", "["}), frozenset({")", "]"})
_STOPS = frozenset({":", ";", "—"})
_FINITE_TAGS = frozenset({"", "VBZ", "VBD", "VBP", "MD"})
#: How sure a clause is of the way its subject was found; set by hand after reading propositions, not fitted.
OWN_SUBJECT, BORROWED_SUBJECT, NOUN_AS_SUBJECT = 0.85, 0.75, 0.7


@dataclass(frozen=True, slots=True)
class Clause:
    """Stretches of tokens for subject and object, and the linking words.

    plain: whether it can be read alone: a finite verb, no question, no pronoun as an end, nothing cut off.
    """

    subject: Stretch
    phrase: str
    object: Stretch
    plain: bool
    confidence: float


def find_clauses(tree: Tree) -> Iterator[Clause]:
    """The clauses of a sentence that have a subject and something said of it, in the order of their heads."""
    question = bool(tree.words) and tree.words[-1] == "?"
    for head in range(len(tree.words)):
        if not tree.is_predicate(head) or is_gerund(tree, head) or (subject := find_subject(tree, head)) is None:
            continue
        parts = find_phrase(tree, head)
        if not parts:
            continue
        target = find_object(tree, head, parts)
        if target is None or overlap(subject, target):
            continue
        if tree.is_interrupted(min(subject[0], target[0]), max(subject[1], target[1])):
            continue
        plain = not question and is_plain(tree, head) and all(is_complete(tree, one) for one in (subject, target))
        plain = plain and tree.words[subject[0]] not in _POSSESSIVES
        phrase = " ".join(tree.words[part] for part in sorted(set(parts)))
        yield Clause(subject, phrase, target, plain, find_confidence(tree, head))


def is_gerund(tree: Tree, head: int) -> bool:
    """Whether a participle behind a noun makes a name with it: "decision making of"."""
    behind = tree.words[head + 1] if head + 1 < len(tree.words) else ""
    return tree.dep[head] == "acl" and tree.tags[head] == "VBG" and behind == "of"


def overlap(one: Stretch, other: Stretch) -> bool:
    """Whether two stretches share a token."""
    return one[0] <= other[1] and other[0] <= one[1]


def find_own_subject(tree: Tree, head: int) -> int | None:
    """The token that heads the clause's own subject, None if it has none or only a relative pronoun."""
    return next((c for c in tree.children[head] if tree.dep[c] in _SUBJECTS and not tree.is_relative(c)), None)


def find_subject(tree: Tree, head: int) -> Stretch | None:
    """What the clause speaks of: its subject, that of the verb it is joined to, or its noun."""
    own = find_own_subject(tree, head)
    if own is not None:
        return bound(tree, own)
    parent = tree.heads[head]
    if tree.dep[head] in {"acl", "acl:relcl"}:
        return bound(tree, parent, without=head)
    if parent == head or tree.dep[head] not in {"conj", "xcomp", "advcl"} or not tree.is_predicate(parent):
        return recover_subject(tree, head) if is_finite(tree, head) else None
    if tree.dep[head] == "xcomp":
        between = [c for c in tree.children[parent] if tree.dep[c] == "obj" and parent < c < head]
        if between:
            return bound(tree, between[-1])
    return find_subject(tree, parent)


def is_finite(tree: Tree, head: int) -> bool:
    """Whether a verb or its first auxiliary says so by its form."""
    auxiliary = [c for c in tree.children[head] if c < head and tree.dep[c] in {"aux", "aux:pass", "cop"}]
    return tree.tags[min(auxiliary, default=head)] in _FINITE_TAGS - {""}


def recover_subject(tree: Tree, head: int) -> Stretch | None:
    """The subject of a finite verb that the parse gives none: of a clause put between, or the noun phrase before it."""
    for child in tree.children[head]:
        if child < head and tree.dep[child] in {"advcl", "parataxis"} and find_own_subject(tree, child) is not None:
            return find_subject(tree, child)
    if tree.dep[head] == "parataxis" and tree.heads[head] < head:
        return find_subject(tree, tree.heads[head])
    verb = head
    while verb > 0 and (tree.pos[verb - 1] in {"ADV", "AUX"} or tree.words[verb - 1] in _NEGATIONS):
        verb -= 1
    first = verb
    while first > 0 and (tree.pos[first - 1] in _NOMINAL or tree.words[first - 1] in {"'s", "’s"}):
        first -= 1
    if first == verb or tree.pos[verb - 1] not in {"NOUN", "PROPN"}:
        return None
    return None if first and tree.pos[first - 1] in {"ADP", "CCONJ", "VERB", "PART"} else trim(tree, first, verb - 1)


def find_confidence(tree: Tree, head: int) -> float:
    """How likely the clause is read rightly, by where its subject comes from."""
    if find_own_subject(tree, head) is not None:
        return OWN_SUBJECT
    return NOUN_AS_SUBJECT if tree.dep[head] in {"acl", "acl:relcl"} else BORROWED_SUBJECT


def bound(tree: Tree, head: int, *, without: int = -1) -> Stretch:
    """A noun phrase without articles before it, loose clauses behind it and the clause headed by `without`."""
    inside = tree.find_subtree(head, _LOOSE)
    for child in tree.children[head]:
        loose = tree.dep[child] in _OF_CLAUSE or (tree.dep[child] == "cc" and child < head)
        if child == without or (loose and tree.pos[head] != "VERB"):
            inside -= tree.find_subtree(child)
    first = last = head
    while first - 1 in inside or (first - 2 in inside and tree.words[first - 1] in {",", *_HYPHENS}):
        first -= 1
    while last - first < MAX_END_WORDS and (
        last + 1 in inside
        or (last + 2 in inside and tree.words[last + 1] in {",", *_HYPHENS} and tree.pos[last + 2] != "ADP")
    ):
        last += 1
    return trim(tree, first, last)


def trim(tree: Tree, first: int, last: int) -> Stretch:
    """The stretch without articles and marks at its ends, with the words whole that hyphens join."""
    while first < last and (tree.words[first] in _ARTICLES or tree.pos[first] in {"PUNCT", "CCONJ"}):
        first += 1
    last = cut_brackets(tree, first, last)
    while last > first and (tree.pos[last] in {"PUNCT", "CCONJ", "SCONJ"} or is_stranded(tree, last)):
        if tree.words[last] in _CLOSING or tree.words[last] in {'"', "”", "’", "'", "%"}:
            break
        last -= 1
    while first > 0 and tree.is_glued(first - 1) and _HYPHENS & {tree.words[first - 1], tree.words[first]}:
        first -= 1
    while last + 1 < len(tree.words) and tree.is_glued(last) and _HYPHENS & {tree.words[last], tree.words[last + 1]}:
        last += 1
    return first, last


def is_stranded(tree: Tree, last: int) -> bool:
    """Whether a stretch ends on a preposition that something was to follow: not "what to rely on."."""
    if tree.pos[last] not in {"ADP", "PART"}:
        return False
    return last + 1 < len(tree.words) and tree.words[last + 1] not in {".", ",", ";", ":", ")", "!", "?"}


def cut_brackets(tree: Tree, first: int, last: int) -> int:
    """The last token of a stretch before a bracket that stays open in it, or a citation or address at its end."""
    opened: list[int] = []
    for token in range(first, last + 1):
        if tree.words[token] in _OPENING:
            opened.append(token)
        elif tree.words[token] in _CLOSING:
            if not opened:
                return max(first, token - 1)
            start = opened.pop()
            if token == last and start > first and is_aside(tree.words[start + 1 : token]):
                return cut_brackets(tree, first, start - 1)
    return max(first, opened[0] - 1) if opened else last


def is_aside(words: list[str]) -> bool:
    """Whether what stands in a bracket points elsewhere: citation numbers, a year, an address."""
    digits = [word for word in words if any(map(str.isdigit, word))]
    years = [word for word in digits if len(word) in {4, 5} and word[:2] in {"18", "19", "20"}]
    return bool(years) or len(digits) == sum(map(str.isalnum, words)) or any("://" in w or "www." in w for w in words)


def find_phrase(tree: Tree, head: int) -> list[int]:
    """Tokens of the linking phrase: the verb or copula with auxiliaries, negation, adverbs and particle."""
    before = [c for c in tree.children[head] if c < head and _belongs_to_phrase(tree, c)]
    copula = find_copula(tree, head)
    if copula is not None:
        return [c for c in before if c <= copula or tree.words[c] in _NEGATIONS]
    particles = [c for c in tree.children[head] if c > head and tree.dep[c] == "compound:prt"]
    return [*find_shared(tree, head), *before, head, *particles]


def find_copula(tree: Tree, head: int) -> int | None:
    """The copula that joins a noun or adjective to its subject, None for a verb."""
    return next((c for c in tree.children[head] if tree.dep[c] == "cop" and c < head), None)


def find_shared(tree: Tree, head: int) -> list[int]:
    """Auxiliaries and negation that a joined verb has from the first one: "should keep and publish"."""
    first = tree.heads[head]
    own = [c for c in tree.children[head] if tree.dep[c] in {"aux", "aux:pass", "cop", *_SUBJECTS}]
    if tree.dep[head] != "conj" or own or tree.pos[first] != "VERB" or tree.tags[head] in {"VBZ", "VBP", "MD"}:
        return []
    auxiliaries = [c for c in tree.children[first] if c < first and tree.dep[c] in {"aux", "aux:pass"}]
    if not auxiliaries or (tree.tags[head] != tree.tags[first] and {tree.tags[head], tree.tags[first]} & {"VB", "VBG"}):
        return []
    denied = [c for c in tree.children[first] if c < first and tree.words[c] in _NEGATIONS and not tree.children[c]]
    return [*auxiliaries, *denied]


def find_object(tree: Tree, head: int, parts: list[int]) -> Stretch | None:
    """What is said of the subject; a preposition or "to" at its beginning is moved into the phrase `parts`."""
    last = tree.find_right_edge(head, _NOT_OBJECT)
    if find_copula(tree, head) is not None:
        first = max(parts) + 1
        while tree.pos[head] == "ADP" and first < head:
            first += 1
    else:
        right = [c for c in tree.children[head] if c > head and tree.dep[c] not in _NOT_OBJECT]
        if not right:
            return None
        first = min(tree.find_left_edge(c) for c in right)
    while first < last and tree.pos[first] in {"PUNCT", "ADP", "PART"}:
        if tree.pos[first] != "PUNCT":
            parts.append(first)
        first += 1
    last = min(last, first + MAX_END_WORDS, *(t - 1 for t in range(first + 1, last + 1) if tree.words[t] in _STOPS))
    if first > last:
        return None
    start, end = trim(tree, first, last)
    if all(tree.pos[t] in {"PUNCT", "ADP", "DET", "PRON", "PART", "CCONJ"} for t in range(start, end + 1)):
        return None
    return start, end


def _belongs_to_phrase(tree: Tree, child: int) -> bool:
    return (
        tree.dep[child] in _PHRASE_PARTS
        and not tree.children[child]
        and tree.words[child] not in {"when", "where", "how"}
    )


def is_plain(tree: Tree, head: int) -> bool:
    """Whether the clause has a finite verb, or is a participle right behind its noun."""
    verb = find_copula(tree, head)
    verb = head if verb is None else verb
    auxiliary = [c for c in tree.children[head] if c < head and tree.dep[c] in {"aux", "aux:pass"}]
    if tree.dep[head] == "acl":
        return tree.heads[head] == head - 1 and tree.tags[head] in {"", "VBN", "VBG"}
    if any(tree.tags[c] in _FINITE_TAGS for c in auxiliary) or tree.tags[verb] in _FINITE_TAGS:
        return tree.dep[head] != "xcomp" and not (tree.dep[head] == "advcl" and find_own_subject(tree, head) is None)
    return bool(find_shared(tree, head)) and is_plain(tree, tree.heads[head])


def is_complete(tree: Tree, stretch: Stretch) -> bool:
    """Whether a stretch can be read alone: it points at nothing else, is no bare verb and not cut."""
    first, last = stretch
    if tree.words[first] in _POINTING or (first == last and tree.tags[first] == "VB"):
        return False
    if tree.words[first] in _POSSESSIVES:
        return True
    if tree.words[first] in _QUESTION_WORDS or tree.pos[first] in {"ADP", "SCONJ", "PRON", "PUNCT"}:
        return tree.words[first] in {"no", "nobody", "everyone", "everybody"}
    if all(tree.pos[t] in {"PRON", "DET", "NUM"} for t in range(first, last + 1)):
        return False
    return last - first < MAX_END_WORDS and tree.words[last] not in _OPENING
