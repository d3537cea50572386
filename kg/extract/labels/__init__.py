"""Short labels of dilemmas and remedies, in the document's own words.

A label is some words of its sentence in their order, chosen by how a small network over the parse sees them, and where
there is one a tuned sentence encoder; without a parse it is the longest clause.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.annotate import Annotated
from kg.extract.headings import lower_first
from kg.extract.labels.candidates import find_choices, keep_true, make_frame
from kg.extract.labels.chains import find_chains
from kg.extract.labels.crossencoder import Marked, find_runs, read_marked
from kg.extract.labels.frame import MAX_WORDS, MIN_WORDS, NO_END_WORDS, Frame
from kg.extract.labels.heads import score_candidates
from kg.extract.labels.network import read_sentence
from kg.extract.labels.reading import read_choice
from kg.extract.labels.sureness import (
    LEVELS,
    Ranked,
    add_read,
    add_stated,
    compute_sureness,
    count_loose,
    describe,
    load_weights,
)
from kg.extract.labels.tuned import TokenVectors, see_tuned
from kg.extract.words import AGAINST

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

#: How much counts what the small network says of a candidate beside what the tuned encoder says.
NETWORK_SHARE = 0.5
#: What each word without its head in the label takes away where there is an encoder: that follows no parse and joins
#: words from all over a sentence. Of 1,037 sentences kept apart readers had called 78.4 of 100 of the labels right with
#: it, 77.7 without (see tests/bench/labels.py); the small network, which sees the parse, gains nothing.
LOOSE_COST = 0.5
_SPLIT = re.compile(r"[,;:.()]|\s(?:which|that|because|so that|in order to|although|while|and|but)\s")
#: "To overcome X, towns do Y": the purpose names the dilemma, the main clause the remedy.
_PURPOSE = re.compile(r"(?:In order to|So as to|To) [a-z][^,;:.]{4,140}, (?=\w)")
#: What is written together with the word before it.
_CLITIC = re.compile(r"['’][a-z]|n['’]t\b")
#: What parts the cells of a row.
_CELL_END = re.compile(r"\s+[|•](?:\s+|$)")
_AGAINST = re.compile(rf"\b(?:{AGAINST}|meet)", re.IGNORECASE)
#: An opening quotation mark in a label of which the closing one is not left.
_LONE_QUOTE = re.compile(r"(?<!\S)['‘](?=\w)(?![^'’]*\w['’](?:\s|$))|(?<!\S)[\"“](?=\w)(?![^\"”]*[\"”])")
#: The letter or number of an item: "B.Create a list", "9. Deploy it", "7.2 Keep a list".
_ORDINAL = re.compile(r"^(?:(?:[A-Z]|\d{1,2})[.)]|\d{1,2}(?:\.\d{1,2})+[.)]?(?=\s))\s*(?=[A-Z][a-z])")
_ARTICLE = re.compile(r"^(?:that\s+)?(?:the|an?|this|these)\s+|^that\s+", re.IGNORECASE)
#: What begins with one of these hangs on something else or is of somebody unnamed.
_HANGING = re.compile(
    r"(?:as|while|when|if|in|to|for|because|although|they|it|we|he|she|there|from|by|with)\b", re.IGNORECASE
)
_OPEN_WORDS = NO_END_WORDS | frozenset("a an the of in on to for with by from at and or not its their".split())
_JOINTS, _NOUNS = frozenset({",", "&", "/"}), frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_EDGES = " \t\n.,;:()[]“”\"'’‘-–—*_#"


@dataclass(frozen=True, slots=True)
class Choice:
    """The tokens of a label, as indices in the document, and what tells how sure it is (see `sureness`) at a level.

    frame: the part of the sentence that they were chosen from.
    """

    tokens: tuple[int, ...] = ()
    level: str = ""
    described: dict[str, float] = field(default_factory=dict)
    frame: Frame | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence of which a label is wanted, by its places in the document's text.

    kind: "dilemma" or "remedy"; stated: how probably it states something of the kind.
    """

    start: int
    end: int
    kind: str
    stated: float


def make_label(annotated: Annotated, start: int, end: int, kind: str, *, vectors: TokenVectors | None = None) -> str:
    """A label of 2 to 10 words for what a sentence states; "" if it holds none.

    kind: "dilemma" or "remedy". Of equals the earliest, then shortest one wins.
    vectors: how a tuned encoder sees the sentence's tokens, see `find_token_vectors`.
    """
    return describe_label(annotated, start, end, kind, vectors=vectors)[0]


def make_sure_labels(
    annotated: Annotated, asked: Sequence[Asked], *, vectors: TokenVectors | None = None
) -> list[tuple[str, float]]:
    """For each sentence its label as of `make_label`, and the probability that it states that and the label is right.

    Of a label made without a parse nothing more is known than that the sentence states something.
    """
    sure = []
    for one, (label, choice) in zip(asked, describe_labels(annotated, asked, vectors=vectors), strict=True):
        known = compute_sureness(choice.described, load_weights()[choice.level]) if choice.tokens else one.stated
        sure.append((label, known))
    return sure


def describe_labels(
    annotated: Annotated, asked: Sequence[Asked], *, vectors: TokenVectors | None = None
) -> list[tuple[str, Choice]]:
    """As `describe_label`, with all that tells how sure each label is."""
    chosen = [describe_label(annotated, one.start, one.end, one.kind, vectors=vectors) for one in asked]
    read = read_again(annotated, [(one, choice) for one, (_, choice) in zip(asked, chosen, strict=True)])
    complete = []
    for one, (label, choice), odds in zip(asked, chosen, read, strict=True):
        described = choice.described if odds is None else add_read(choice.described, odds)
        if choice.level != LEVELS[2]:
            described = add_stated(described, one.stated)
        complete.append((label, replace(choice, described=described)))
    return complete


def read_again(annotated: Annotated, chosen: Sequence[tuple[Asked, Choice]]) -> list[float | None]:
    """What the encoder says on reading the sentences again of the choices that it had part in; None of the others."""
    text = annotated.document.text
    marked: dict[int, Marked] = {}
    for number, (one, choice) in enumerate(chosen):
        if choice.level == LEVELS[2]:
            runs = find_runs([annotated.doc[i] for i in choice.tokens], one.start)
            marked[number] = Marked(text[one.start : one.end], one.kind, runs)
    odds = read_marked(annotated.encoder, list(marked.values())) if marked else []
    said = dict(zip(marked, odds, strict=True))
    return [said.get(number) for number in range(len(chosen))]


def describe_label(
    annotated: Annotated, start: int, end: int, kind: str, *, vectors: TokenVectors | None = None
) -> tuple[str, Choice]:
    """As `make_label`, and the choice; that has no tokens if the label was made without a parse."""
    start, end = find_clause(annotated.document.text, start, end, kind)
    sentence = annotated.find_span(start, end)
    choice = choose(sentence, kind, vectors) if any(token.dep for token in sentence) else Choice()
    if not choice.tokens:
        return label_clause(annotated.document.text[start:end]), choice
    first = annotated.doc[choice.tokens[0]].idx
    named = any(m.scheme == "places" and m.start == first for m in annotated.mentions)
    return spell(_complete_words([annotated.doc[i] for i in choice.tokens]), keep_first=named), choice


def choose(sentence: "Span", kind: str, vectors: TokenVectors | None = None) -> Choice:
    """The best candidate, without an encoder with what reading it again says; one without tokens if there is none."""
    best = next(rank(sentence, kind, vectors), Choice())
    if best.frame is None or best.level == LEVELS[2]:
        return best
    odds = read_choice(best.frame, [token - best.frame.first for token in best.tokens])
    return replace(best, described=add_read(best.described, odds))


def rank(sentence: "Span", kind: str, vectors: TokenVectors | None = None) -> Iterator[Choice]:
    """The candidates that do not turn the sentence round, best first."""
    frame = make_frame(sentence, kind)
    if not frame.words:
        return
    views = [read_sentence(frame)]
    if vectors is not None:
        views.append(see_tuned(vectors, frame))
    choices = find_choices(frame, [chain for seen in views for chain in find_chains(seen.steps, frame.numbers)])
    worths = [score_candidates(seen, choices) for seen in views]
    cost = LOOSE_COST if vectors is not None else 0.0
    rates = [
        round(NETWORK_SHARE * told[0] + sum(told[1:]) - cost * count_loose(frame, chosen), 6)
        for chosen, *told in zip(choices, *worths, strict=True)
    ]
    ranked = Ranked(choices, worths, rates)
    for number in sorted(range(len(choices)), key=lambda i: (-rates[i], choices[i][0], choices[i][-1])):
        if any(keep_true(frame, [choices[number]])):
            described = describe(frame, views, ranked, number)
            yield Choice(tuple(frame.first + t for t in choices[number]), LEVELS[len(views)], described, frame)


def _complete_words(tokens: "list[Token]") -> "list[Token]":
    """Tokens with the "you" of "you've" and the "do" of "don't" where only the rest of the word was chosen."""
    complete: list[Token] = []
    for token in tokens:
        before = token.nbor(-1) if token.i else None
        glued = before is not None and not before.whitespace_ and before.is_alpha
        if before is not None and glued and _CLITIC.match(token.text) and complete[-1:] != [before]:
            complete.append(before)
        complete.append(token)
    return complete


def find_clause(text: str, start: int, end: int, kind: str) -> tuple[int, int]:
    """The part of a sentence that speaks of this kind: its purpose clause for a dilemma, the rest for a remedy.

    Of a row of a table the longest cell.
    """
    start, end = _find_longest_cell(text, start, end)
    purpose = _PURPOSE.match(text, start, end)
    if purpose is None:
        return start, end
    names_problem = kind == "dilemma" and _AGAINST.search(purpose.group())
    return (start, purpose.end()) if names_problem else (purpose.end(), end)


def _find_longest_cell(text: str, start: int, end: int) -> tuple[int, int]:
    ends = [(match.start(), match.end()) for match in _CELL_END.finditer(text, start, end)]
    starts = [start, *(after for _, after in ends)]
    cells = zip(starts, [*(before for before, _ in ends), end], strict=True)
    return max(cells, key=lambda cell: cell[1] - cell[0])


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
    """Tokens as a label: one line, no marks at its ends, small first letter unless it is a name (or `keep_first`).

    A colon or semicolon that parts its phrases in the sentence stays; phrases that are joined there without their joint
    stand apart by a comma.
    """
    parts, chosen = [], {token.i for token in tokens}
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        left_out = after is not None and after.i > token.i + 1 and after.text not in {",", ")"}
        apart = left_out or (token.whitespace_ and (after is None or after.text != ","))
        mark = _find_mark_between(token, after)
        if not mark and after is not None and _is_joined_anew(token, after, chosen):
            mark = ","
        parts.append(token.text + mark + (" " if apart else ""))
    label = " ".join(_LONE_QUOTE.sub("", "".join(parts)).split()).strip(_EDGES)
    if _ORDINAL.match(label):
        return lower_first(_ORDINAL.sub("", label))
    # "Open Data Index" is a name, "Open data" at the beginning of a sentence is none.
    named = tokens[0].pos_ == "PROPN" and not tokens[0].is_sent_start
    named = named or (len(tokens) > 1 and tokens[1].text.istitle() and bool(tokens[0].whitespace_))
    return label if named or keep_first else lower_first(label)


def _find_mark_between(one: "Token", other: "Token | None") -> str:
    """The colon or semicolon among what is left out between two tokens: without it two phrases would run together.

    One behind an opening bracket parts what stands in that.
    """
    between = one.doc[one.i + 1 : other.i] if other is not None else ()
    mark = next((token.text for token in between if token.text in {":", ";", "(", "["}), "")
    return mark if mark in {":", ";"} else ""


def _is_joined_anew(one: "Token", other: "Token", chosen: Collection[int]) -> bool:
    """Whether a phrase begins with the second of two tokens that is joined to one before, and "," or "and" is left out.

    chosen: indices of the label's tokens in the document. A verb joined to a noun is more likely its predicate.
    """
    between = one.doc[one.i + 1 : other.i]
    lost = any(token.text in _JOINTS or token.pos_ == "CCONJ" for token in between)
    if not lost or one.text == "," or other.pos_ == "CCONJ":
        return False
    head = other
    while head.dep_ != "conj" and head.head.i > one.i and head.head.i in chosen and head.head != head:
        head = head.head
    predicate = head.pos_ in {"VERB", "AUX"} and head.head.pos_ in _NOUNS
    return head.dep_ == "conj" and not predicate and head.head.i <= one.i and head.head.i in chosen


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
