"""Base noun phrases under universal dependencies (spaCy's own noun chunks know only its other label scheme)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_HEAD_POS = frozenset({"NOUN", "PROPN", "PRON"})
#: Relations of what may stand inside a base noun phrase, before its head or glued to it.
_INNER = frozenset(
    {"det", "det:predet", "amod", "compound", "nummod", "nmod:poss", "nmod:desc", "flat", "advmod", "goeswith", "fixed"}
)
_NOMINAL_WORDS = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "DET", "PRON"})
_OUTER = frozenset({"cc", "case", "mark", "discourse"})
#: Relations of the scheme that spaCy's own English pipelines use; a pipeline named by the user may speak it.
_OTHER_SCHEME = frozenset({"dobj", "pobj", "prep", "poss", "nsubjpass", "auxpass", "attr", "relcl", "npadvmod", "prt"})


def find_noun_phrases(doc: Doc) -> list[Span]:
    """Base noun phrases in reading order, not overlapping, relative clauses and "of" phrases left out.

    From the parse where there is one, else from the parts of speech, else runs of content words.
    """
    if doc.has_annotation("DEP"):
        if _OTHER_SCHEME.isdisjoint({token.dep_ for token in doc}):
            return list(_find_parsed(doc))[::-1]
        return list(doc.noun_chunks)
    if doc.has_annotation("POS"):
        return list(_find_tagged(doc))
    return list(_find_runs(doc))


def _find_parsed(doc: Doc) -> Iterator[Span]:
    """From the right, so that a noun inside the modifier of another ("data" in "data-driven plans") is passed over."""
    i = len(doc) - 1
    while i >= 0:
        token = doc[i]
        i -= 1
        if token.pos_ not in _HEAD_POS or not token.dep:
            continue
        head = token
        while head.dep_ in {"flat", "goeswith"} and head.head.i < head.i and head.head.pos_ in _HEAD_POS:
            head = head.head
        if _find_right_edge(head) <= token.i:
            head = token
        start = _find_left_edge(head)
        yield doc[start : token.i + 1]
        i = start - 1


def _find_left_edge(head: Token) -> int:
    """First token of the phrase: its left dependents of the inner relations, without a gap."""
    doc = head.doc
    edge = head.i
    for child in reversed(list(head.lefts)):
        if child.dep_ not in _INNER or child.right_edge.i != edge - 1:
            if not (child.dep_ == "punct" and child.text in "-–'\"“‘(" and child.i == edge - 1):
                break
            edge = child.i
            continue
        edge = child.left_edge.i
    while edge < head.i and (doc[edge].is_punct or doc[edge].dep_ in _OUTER):
        edge += 1
    return edge


def _find_right_edge(head: Token) -> int:
    """One past the last token: names go on to the right ("Smith Jr."), all else ends at the head."""
    end = head.i + 1
    for child in head.rights:
        if child.i != end or child.dep_ not in {"flat", "goeswith", "fixed"}:
            break
        end = child.right_edge.i + 1
    return end


def _find_tagged(doc: Doc) -> Iterator[Span]:
    """Runs of determiners, adjectives, numbers and nouns that end in a noun."""
    start = -1
    last_noun = -1
    for i in range(len(doc) + 1):
        pos = doc[i].pos_ if i < len(doc) else ""
        inside = pos in _NOMINAL_WORDS or (start >= 0 and i < len(doc) and doc[i].text == "-")
        if inside and not (last_noun >= 0 and pos in {"DET", "PRON"}):
            start = i if start < 0 else start
            last_noun = i if pos in _HEAD_POS else last_noun
            continue
        if last_noun >= 0:
            yield doc[start : last_noun + 1]
        start = i if inside else -1
        last_noun = i if inside and pos == "PRON" else -1


def _find_runs(doc: Doc) -> Iterator[Span]:
    """Runs of words that are no function words, for a pipeline that knows no parts of speech."""
    start = -1
    for i in range(len(doc) + 1):
        token = doc[i] if i < len(doc) else None
        if token is not None and token.is_alpha and not token.is_stop:
            start = i if start < 0 else start
        elif token is None or not (start >= 0 and token.text == "-" and i + 1 < len(doc) and doc[i + 1].is_alpha):
            if start >= 0:
                yield doc[start:i]
            start = -1
