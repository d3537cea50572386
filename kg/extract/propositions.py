"""Propositions for concept maps: subject, linking phrase, object, both ends verbatim from one sentence.

Each clause gives one (kg.extract.clauses); negation, modality and the preposition of the object stay in the phrase.
Citations are no subjects, for the parser does not see them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.annotate import Annotated
from kg.extract.clauses import find_clauses
from kg.extract.evidence import find_block, make_evidence
from kg.extract.tree import Tree
from kg.model import Assertion, BlockKind, make_fields

#: Ends on a concept map are read at a glance.
MAX_MAP_END_WORDS = 9
_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ABSTRACT})


@dataclass(frozen=True, slots=True)
class Proposition:
    """Two stretches of one sentence and the words that link them.

    Offsets count in the document's text; subject and object are `text[start:end]`. plain: whether it can be read
    alone, see `clauses.Clause`.
    """

    subject: tuple[int, int]
    phrase: str
    object: tuple[int, int]
    sentence: tuple[int, int]
    plain: bool = True
    confidence: float = 0.0


def extract(annotated: Annotated, earlier: tuple[Assertion, ...]) -> Iterator[Assertion]:
    """The propositions of prose in which a concept of the schemes is one of the ends, short enough for a map."""
    text = annotated.document.text
    for found in find_propositions(annotated):
        block = find_block(annotated, found.sentence[0])
        if not found.plain or block is None or block.kind not in _PROSE:
            continue
        ends = [" ".join(text[slice(*span)].split()) for span in (found.subject, found.object)]
        concepts = [find_concept(annotated, span) for span in (found.subject, found.object)]
        if max(len(end.split()) for end in ends) > MAX_MAP_END_WORDS or not any(concepts):
            continue
        yield Assertion(
            "proposition",
            f"{ends[0]} {found.phrase} {ends[1]}",
            make_evidence(annotated, *found.sentence),
            fields=make_fields(
                subject=ends[0],
                phrase=found.phrase,
                object=ends[1],
                subject_concept=concepts[0],
                object_concept=concepts[1],
            ),
            confidence=found.confidence,
            method="extract.propositions/clause",
        )


def find_concept(annotated: Annotated, span: tuple[int, int]) -> str:
    """The concept that the longest mention within a stretch names, "" if there is none."""
    inside = [m for m in annotated.mentions if span[0] <= m.start and m.end <= span[1]]
    return max(inside, key=lambda m: m.end - m.start).iri if inside else ""


def find_propositions(annotated: Annotated) -> Iterator[Proposition]:
    """The propositions of every parsed sentence, in reading order."""
    for sentence in annotated.sentences:
        tokens = annotated.find_span(sentence.start, sentence.end)
        if any(token.dep for token in tokens):
            yield from find_in_sentence(Tree(list(tokens)), (sentence.start, sentence.end))


def find_in_sentence(tree: Tree, sentence: tuple[int, int]) -> Iterator[Proposition]:
    """One proposition for each clause that has a subject and something said of it."""
    for clause in find_clauses(tree):
        start, end = tree.find_offsets(clause.subject), tree.find_offsets(clause.object)
        yield Proposition(start, clause.phrase, end, sentence, clause.plain, clause.confidence)
