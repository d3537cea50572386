"""Short labels of dilemmas and remedies, in the document's own words.

A label is a stretch of its sentence, chosen by a small log-linear ranker over the parse and over how the stretch
reads by itself; without a parse it is the longest clause.
"""

import json
import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING

from kg.annotate import Annotated
from kg.extract.headings import lower_first
from kg.extract.labels.candidates import MAX_WORDS, MIN_WORDS, Candidate, find_candidates
from kg.extract.labels.frame import NO_END_WORDS, Frame
from kg.extract.labels.reading import compute_odds, describe_odds
from kg.extract.labels.tuned import TokenOdds
from kg.extract.words import AGAINST

if TYPE_CHECKING:
    from spacy.tokens import Token

#: What holding all of the expected phrase is worth beside the features; from 1.5 to 3 labels fit the readers' alike.
KEPT = 2.0
#: A clause of fewer words is none that could stand for its sentence.
MIN_CLAUSE_WORDS = 4
#: So many candidates are also judged by how they read, which costs more than the look at the parse.
READ = 6
_SPLIT = re.compile(r"[,;:.()]|\s(?:which|that|because|so that|in order to|although|while|and|but)\s")
#: "To overcome X, towns do Y": the purpose names the dilemma, the main clause the remedy.
_PURPOSE = re.compile(r"(?:In order to|So as to|To) [a-z][^,;:.]{4,140}, (?=\w)")
_AGAINST = re.compile(rf"\b(?:{AGAINST}|meet)", re.IGNORECASE)
#: An opening quotation mark in a label of which the closing one is not left.
_LONE_QUOTE = re.compile(r"(?<!\S)['‘](?=\w)(?![^'’]*\w['’](?:\s|$))|(?<!\S)[\"“](?=\w)(?![^\"”]*[\"”])")
#: The letter or number of an item: "B.Create a list", "9. Deploy it".
_ORDINAL = re.compile(r"^(?:[A-Z]|\d{1,2})[.)]\s*(?=[A-Z][a-z])")
_ARTICLE = re.compile(r"^(?:that\s+)?(?:the|an?|this|these)\s+|^that\s+", re.IGNORECASE)
#: What begins with one of these hangs on something else or is of somebody unnamed.
_HANGING = re.compile(
    r"(?:as|while|when|if|in|to|for|because|although|they|it|we|he|she|there|from|by|with)\b", re.IGNORECASE
)
_OPEN_WORDS = NO_END_WORDS | frozenset("a an the of in on to for with by from at and or not its their".split())
_EDGES = " \t\n.,;:()[]“”\"'’‘-–—*_#"


@lru_cache(maxsize=1)
def load_weights() -> dict[str, float]:
    """The trained weights by feature name."""
    weights: dict[str, float] = json.loads(files("kg.extract.labels").joinpath("weights.json").read_text("utf-8"))
    return weights


def score(features: Iterable[str]) -> float:
    """How well a candidate with some features serves as a label; only differences within a sentence mean something."""
    weights = load_weights()
    return round(sum(weights.get(name, 0.0) for name in features), 6)


def _rate(candidate: Candidate) -> float:
    return score(candidate.features) + round(KEPT * candidate.kept, 6)


@dataclass(frozen=True, slots=True)
class Options:
    """The possible labels of a sentence, best first by the parse; one, or none, is taken as it is.

    rates: what speaks for each before it is read.
    """

    kind: str
    labels: tuple[str, ...]
    rates: tuple[float, ...] = ()


def make_label(annotated: Annotated, start: int, end: int, kind: str, *, odds: TokenOdds | None = None) -> str:
    """A label of 2 to 10 words for what a sentence states; "" if it holds none.

    kind: "dilemma" or "remedy". Of equals the earliest, then shortest stretch wins.
    odds: what a tuned encoder says of the sentence's words, see `find_token_odds`.
    """
    return choose_labels([find_options(annotated, start, end, kind, odds=odds)])[0]


def find_options(annotated: Annotated, start: int, end: int, kind: str, *, odds: TokenOdds | None = None) -> Options:
    """What `make_label` chooses from."""
    start, end = find_clause(annotated.document.text, start, end, kind)
    sentence, text = annotated.find_span(start, end), annotated.document.text[start:end]
    if not any(token.dep for token in sentence):
        return Options(kind, (label_clause(text),))
    column = 0 if kind == "dilemma" else 1
    tuned = {token.i: odds[token.i][column] for token in sentence if token.i in odds} if odds else None
    found = sorted(find_candidates(sentence, kind, tuned), key=lambda c: (-_rate(c), c.tokens[0], c.tokens[-1]))
    if found and not found[0].complete and (clause := find_short_clause(text)):
        return Options(kind, (clause,))
    places = {m.start for m in annotated.mentions if m.scheme == "places" and start <= m.start < end}
    labels = [_spell_candidate(annotated, candidate, places) for candidate in found[:READ]]
    return Options(kind, tuple(labels) or (label_clause(text),), tuple(map(_rate, found[:READ])))


def choose_labels(options: Sequence[Options]) -> list[str]:
    """The label of each sentence, "" where there is none; all that have a choice are read at once."""
    odds = iter(compute_odds([label for one in options if len(one.labels) > 1 for label in one.labels]))
    chosen = []
    for one in options:
        if len(one.labels) < 2:
            chosen.append(one.labels[0])
            continue
        read = describe_odds(list(islice(odds, len(one.labels))), one.kind)
        scores = [rate + score(names) for rate, names in zip(one.rates, read, strict=True)]
        chosen.append(one.labels[scores.index(max(scores))])
    return chosen


def _spell_candidate(annotated: Annotated, candidate: Candidate, places: Set[int]) -> str:
    tokens = [annotated.doc[i] for i in candidate.tokens]
    return spell(tokens, keep_first=tokens[0].idx in places)


def find_clause(text: str, start: int, end: int, kind: str) -> tuple[int, int]:
    """The part of a sentence that speaks of this kind: its purpose clause for a dilemma, the rest for a remedy."""
    purpose = _PURPOSE.match(text, start, end)
    if purpose is None:
        return start, end
    names_problem = kind == "dilemma" and _AGAINST.search(purpose.group())
    return (start, purpose.end()) if names_problem else (purpose.end(), end)


def find_short_clause(text: str) -> str:
    """The longest part between marks and conjunctions, without its article, if it has four to ten words; else ""."""
    parts = [_ARTICLE.sub("", part.strip(_EDGES)) for part in _SPLIT.split(text)]
    best = max((part for part in parts if not _HANGING.match(part)), key=lambda p: len(p.split()), default="")
    return lower_first(best) if MIN_CLAUSE_WORDS <= len(best.split()) <= MAX_WORDS else ""


def label_clause(text: str) -> str:
    """The longest clause of a sentence without its article, cut to ten words and not behind one that asks for more; one
    that hangs on another, or is of "them", only where there is no other.
    """
    parts = [_ARTICLE.sub("", part.strip(_EDGES)) for part in _SPLIT.split(text)]
    standing = [part for part in parts if not _HANGING.match(part) and len(part.split()) >= MIN_WORDS]
    best = max(standing or parts, key=lambda p: min(len(p.split()), MAX_WORDS), default="")
    words = best.split()[:MAX_WORDS]
    while words and words[-1].lower() in _OPEN_WORDS:
        words.pop()
    return lower_first(" ".join(words)) if len(words) >= MIN_WORDS else ""


def spell(tokens: "list[Token]", *, keep_first: bool = False) -> str:
    """Tokens as a label: one line, no marks at its ends, small first letter unless it is a name (or `keep_first`)."""
    parts = []
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        left_out = after is not None and after.i > token.i + 1 and after.text not in {",", ")"}
        apart = left_out or (token.whitespace_ and (after is None or after.text != ","))
        parts.append(token.text + (" " if apart else ""))
    label = " ".join(_LONE_QUOTE.sub("", "".join(parts)).split()).strip(_EDGES)
    if _ORDINAL.match(label):
        return lower_first(_ORDINAL.sub("", label))
    # "Open Data Index" is a name, "Open data" at the beginning of a sentence is none.
    named = tokens[0].pos_ == "PROPN" and not tokens[0].is_sent_start
    named = named or (len(tokens) > 1 and tokens[1].text.istitle() and bool(tokens[0].whitespace_))
    return label if named or keep_first else lower_first(label)


def find_phrase_before(annotated: Annotated, start: int, end: int) -> str:
    """What stands as subject before a stretch's end: its last one, with what belongs to it; "" if there is none."""
    span = annotated.find_span(start, end)
    subjects = [t for t in span if t.dep_.startswith("nsubj") and t.pos_ in {"NOUN", "PROPN"}]
    return spell_phrase(annotated, subjects[-1]) if subjects else ""


def find_phrase_after(annotated: Annotated, start: int, end: int) -> str:
    """The first noun phrase of a stretch, with what belongs to it; "" if it begins with something else."""
    span = annotated.find_span(start, end)
    heads = [t for t in span if t.dep_ in {"obj", "obl", "nmod", "obl:agent"} and t.pos_ in {"NOUN", "PROPN"}]
    return spell_phrase(annotated, heads[0]) if heads else ""


def spell_phrase(annotated: Annotated, head: "Token") -> str:
    """A noun with what belongs to it, and with the nouns joined to it if they fit, as a label; "" if it has no fit."""
    sentence = annotated.find_span(*_sentence_bounds(annotated, head.idx))
    frame = Frame(list(sentence), "dilemma")
    index = head.i - frame.first
    core = frame.find_core(index)
    joined = core.union(*(frame.find_core(c, case=True) for c in frame.children[index] if frame.dep[c] == "conj"))
    for chosen in (sorted(joined), sorted(core)):
        trimmed = frame.trim(chosen)
        label = spell([annotated.doc[frame.first + t] for t in trimmed]) if trimmed else ""
        if MIN_WORDS <= len(label.split()) <= MAX_WORDS:
            return label
    return ""


def _sentence_bounds(annotated: Annotated, offset: int) -> tuple[int, int]:
    return next(((s.start, s.end) for s in annotated.sentences if s.start <= offset < s.end), (offset, offset + 1))
