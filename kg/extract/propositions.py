"""Propositions for concept maps: subject, linking phrase, object, both ends verbatim from one sentence.

Each clause gives one: verbs joined by "and" share their subject, a relative clause speaks of the noun it hangs on,
negation, modality and the preposition of the object stay in the phrase. Citations are no subjects, for the parser
does not see them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.annotate import Annotated
from kg.extract.evidence import is_prose, make_evidence
from kg.extract.tree import Tree
from kg.model import Assertion, make_fields

MAX_END_WORDS = 14
#: Ends on a concept map are read at a glance.
MAX_MAP_END_WORDS = 9
CONFIDENCE = 0.7
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj")
#: What stands between two ends that a copula or a verb joins.
_PHRASE_PARTS = frozenset({"aux", "aux:pass", "cop", "compound:prt", "advmod"})
_NOT_OBJECT = frozenset(
    {"punct", "conj", "cc", "parataxis", "discourse", "mark", "compound:prt", "aux", "aux:pass", "cop"}
)
_LOOSE_IN_SUBJECT = frozenset({"acl:relcl", "parataxis", "appos", "punct", "advcl", "cc:preconj", "discourse"})
_ARTICLES = frozenset({"a", "an", "the"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no"})


@dataclass(frozen=True, slots=True)
class Proposition:
    """Two stretches of one sentence and the words that link them.

    Offsets count in the document's text; subject and object are `text[start:end]`.
    """

    subject: tuple[int, int]
    phrase: str
    object: tuple[int, int]
    sentence: tuple[int, int]
    pronoun: bool = False


def extract(annotated: Annotated, earlier: tuple[Assertion, ...]) -> Iterator[Assertion]:
    """The propositions of prose in which a concept of the schemes is one of the ends, short enough for a map."""
    text = annotated.document.text
    for found in find_propositions(annotated):
        ends = [" ".join(text[slice(*span)].split()) for span in (found.subject, found.object)]
        if found.pronoun or max(len(end.split()) for end in ends) > MAX_MAP_END_WORDS:
            continue
        if not is_prose(annotated, found.sentence[0]) or not _holds_concept(annotated, found):
            continue
        yield Assertion(
            "proposition",
            f"{ends[0]} {found.phrase} {ends[1]}",
            make_evidence(annotated, *found.sentence),
            fields=make_fields(subject=ends[0], phrase=found.phrase, object=ends[1]),
            confidence=CONFIDENCE,
            method="extract.propositions/clause",
        )


def _holds_concept(annotated: Annotated, found: Proposition) -> bool:
    spans = (found.subject, found.object)
    return any(start <= m.start and m.end <= end for m in annotated.mentions for start, end in spans)


def find_propositions(annotated: Annotated) -> Iterator[Proposition]:
    """The propositions of every parsed sentence, in reading order."""
    for sentence in annotated.sentences:
        tokens = annotated.find_span(sentence.start, sentence.end)
        if any(token.dep for token in tokens):
            yield from find_in_sentence(Tree(list(tokens)), (sentence.start, sentence.end))


def find_in_sentence(tree: Tree, sentence: tuple[int, int]) -> Iterator[Proposition]:
    """One proposition for each clause that has a subject and something said of it."""
    for head in range(len(tree.words)):
        if not tree.is_predicate(head):
            continue
        subject = find_subject(tree, head)
        ends = find_object(tree, head)
        if subject is None or ends is None:
            continue
        phrase, target = ends
        if tree.is_interrupted(min(subject[0], target[0]), max(subject[1], target[1])):
            continue
        start, end = tree.find_offsets(subject), tree.find_offsets(target)
        pronoun = all(tree.pos[t] in {"PRON", "DET"} for t in range(subject[0], subject[1] + 1))
        yield Proposition(start, phrase, end, sentence, pronoun)


def find_subject(tree: Tree, head: int) -> tuple[int, int] | None:
    """First and last token of what the clause speaks of: its subject, that of the verb it is joined to, or its noun."""
    own = next((c for c in tree.children[head] if tree.dep[c] in _SUBJECTS), None)
    if tree.dep[head] in {"acl", "acl:relcl"} and (own is None or tree.is_relative(own)):
        return bound(tree, tree.heads[head])
    if own is not None:
        return bound(tree, own)
    if (
        tree.dep[head] in {"conj", "xcomp", "advcl"}
        and tree.heads[head] != head
        and tree.is_predicate(tree.heads[head])
    ):
        return find_subject(tree, tree.heads[head])
    return None


def bound(tree: Tree, head: int) -> tuple[int, int]:
    """First and last token of a noun phrase, without articles before it and loose clauses behind it."""
    inside = tree.find_subtree(head, _LOOSE_IN_SUBJECT)
    first = last = head
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside and last - first < MAX_END_WORDS:
        last += 1
    return trim(tree, first, last)


def trim(tree: Tree, first: int, last: int) -> tuple[int, int]:
    """The stretch without articles and marks at its ends."""
    while first < last and (tree.words[first] in _ARTICLES or tree.pos[first] in {"PUNCT", "CCONJ"}):
        first += 1
    while last > first and tree.pos[last] in {"PUNCT", "CCONJ", "ADP", "SCONJ"}:
        last -= 1
    return first, last


def find_object(tree: Tree, head: int) -> tuple[str, tuple[int, int]] | None:
    """The linking phrase and first and last token of what is said of the subject."""
    copula = next((c for c in tree.children[head] if tree.dep[c] == "cop" and c < head), None)
    before = [c for c in tree.children[head] if c < head and _belongs_to_phrase(tree, c)]
    if copula is not None:
        parts = [c for c in before if c <= copula or tree.words[c] in _NEGATIONS]
        first = max(parts, default=copula) + 1
        while tree.pos[head] == "ADP" and first < head:
            first += 1
        return _close(tree, parts, first, tree.find_right_edge(head, _NOT_OBJECT))
    right = [c for c in tree.children[head] if c > head and tree.dep[c] not in _NOT_OBJECT]
    particles = [c for c in tree.children[head] if c > head and tree.dep[c] == "compound:prt"]
    if not right:
        return None
    first = min(tree.find_left_edge(c) for c in right)
    return _close(tree, [*before, head, *particles], first, tree.find_right_edge(head, _NOT_OBJECT))


def _belongs_to_phrase(tree: Tree, child: int) -> bool:
    return (
        tree.dep[child] in _PHRASE_PARTS
        and not tree.children[child]
        and tree.words[child] not in {"when", "where", "how"}
    )


def _close(tree: Tree, parts: list[int], first: int, last: int) -> tuple[str, tuple[int, int]] | None:
    """Phrase and object, a preposition or "to" at the object's beginning moved into the phrase."""
    while first < last and (tree.pos[first] == "PUNCT" or (tree.pos[first] in {"ADP", "PART"} and first + 1 <= last)):
        if tree.pos[first] != "PUNCT":
            parts = [*parts, first]
        first += 1
    last = min(last, first + MAX_END_WORDS)
    if first > last or not parts:
        return None
    start, end = trim(tree, first, last)
    if all(tree.pos[t] in {"PUNCT", "ADP", "DET", "PRON", "PART", "CCONJ"} for t in range(start, end + 1)):
        return None
    return " ".join(tree.words[p] for p in sorted(set(parts))), (start, end)
