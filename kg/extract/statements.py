"""Dilemmas and remedies: named by headings (level 1) and stated by sentences (level 2), with their hierarchy."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace

from kg.annotate import Annotated, SentenceSpan
from kg.annotate.statements import THRESHOLDS, has_judge, score_sentences
from kg.extract.evidence import make_evidence
from kg.extract.headings import MAX_LABEL_WORDS, breaks_off, clean_heading, lower_title
from kg.extract.labels import Asked, make_sure_labels
from kg.extract.labels.tuned import find_token_vectors
from kg.extract.roles import Role, RoledSection, assign_roles, find_said_role, is_structural
from kg.extract.stance import judge_stance
from kg.extract.typing import find_type
from kg.model import PROSE_KINDS, Assertion, BlockKind, make_fields

KINDS = ("dilemma", "remedy")
#: Probabilities from which a heading names a dilemma or a remedy, without an encoder and with one: rather sure than
#: many, for nothing reads its label again.
HEADING_PLAIN, HEADING = (0.36, 0.5), (0.6, 0.55)
#: Those from which a sentence does, which needs LEAST_RIGHT besides.
SENTENCE_PLAIN, SENTENCE = THRESHOLDS, (0.5, 0.5)
#: How probable it must be that a sentence states a dilemma or a remedy and its label names it rightly. What is less
#: sure is a candidate, and stays one only if something speaks for it (see `doubtful`).
LEAST_RIGHT = (0.7, 0.8)
#: In a section that announces dilemmas a sentence needs this share of the usual threshold to be one, and the
#: inverse share to be a remedy; tuned by document on the hand-labelled sentences.
ROLE_SHARE = 0.7
#: Below this not even the likeliest sentence under "The problem" is taken for one.
LEAST_PROMISED = 0.06
#: Under "The problem" a question is what the problem is, unless a sentence is this likely to state one.
MORE_THAN_A_QUESTION = 0.2
#: What asks, or breaks off before a list ("open data must:"), states nothing by itself unless it is as likely as this.
UNFINISHED_NEEDS = 0.95
_UNFINISHED = re.compile(
    r"\?\W*$|\b(?:must|should|shall|will|would|can|could|may|might|to|with|for|of|in|on|that|helps?|includes?|including|"
    r"are|is|follows|following|describes):\W*$",
    re.IGNORECASE,
)
#: A heading that stands directly under an announcing heading is what was announced.
ANNOUNCED_CONFIDENCE = 0.9


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence or heading with the probabilities that it states a dilemma and a remedy.

    needed: those from which on it does.
    """

    start: int
    end: int
    heading: bool
    scores: tuple[float, float]
    needed: tuple[float, float] = THRESHOLDS


def extract(annotated: Annotated, earlier: tuple[Assertion, ...]) -> Iterator[Assertion]:
    """Every dilemma and remedy of a document in English, in reading order of their level, headings first."""
    if annotated.document.language != "en":
        return
    scored = score_document(annotated)
    roles = assign_roles(annotated.sections)
    named = tuple(find_named(annotated, roles, scored))
    yield from named
    yield from find_stated(annotated, roles, scored, named)


def score_document(annotated: Annotated) -> tuple[Scored, ...]:
    """Headings and sentences of prose, in reading order, with their scores."""
    spans = find_units(annotated)
    texts = [" ".join(annotated.document.text[start:end].split()) for start, end, _ in spans]
    scores = score_sentences(texts, encoder=annotated.encoder)
    named, stated = (HEADING, SENTENCE) if has_judge(annotated.encoder) else (HEADING_PLAIN, SENTENCE_PLAIN)
    return tuple(
        Scored(start, end, heading, score, named if heading else stated)
        for (start, end, heading), score in zip(spans, scores, strict=True)
    )


def find_units(annotated: Annotated) -> list[tuple[int, int, bool]]:
    """Start, end and whether it is a heading of what may state something: headings and sentences of prose, in order."""
    spans = [(b.start, b.end, True) for b in annotated.document.blocks if b.kind is BlockKind.HEADING]
    spans += [(s.start, s.end, False) for s in annotated.sentences if _is_prose(annotated, s)]
    return sorted(spans)


def _is_prose(annotated: Annotated, sentence: SentenceSpan) -> bool:
    return annotated.document.blocks[sentence.block].kind in PROSE_KINDS


def find_named(
    annotated: Annotated, roles: tuple[RoledSection, ...], scored: tuple[Scored, ...]
) -> Iterator[Assertion]:
    """Dilemmas and remedies that are the title of a section.

    A section directly under one that announces them ("Challenges") names one; deeper ones name parts of it; elsewhere
    a title counts when it reads as a statement by itself.
    """
    headings = {item.start: item for item in scored if item.heading}
    keys: dict[int, str] = {}
    for index, roled in enumerate(roles):
        kind, confidence = _judge_heading(roles, index, headings.get(roled.section.start))
        if not kind:
            continue
        start, end = clean_heading(roled.section.title)
        label = lower_title(" ".join(roled.section.title[start:end].split()))
        if not 2 <= len(label.split()) <= MAX_LABEL_WORDS:
            continue
        above = _find_above(roles, index, keys, kind)
        keys[index] = f"{kind[0]}h{index}"
        evidence = make_evidence(annotated, roled.section.start, roled.section.title_end)
        fields = make_fields(
            level=2 if above else 1,
            part_of_key=above,
            stance="plain",
            type=find_type(kind, label, "", annotated.concepts),
        )
        yield Assertion(kind, label, evidence, keys[index], fields, confidence, "extract.statements/heading")


def _judge_heading(roles: tuple[RoledSection, ...], index: int, scored: Scored | None) -> tuple[str, float]:
    """Which kind of thing a section's title names, "" if none, and how sure that is.

    A title that announces things and has sections below it leaves the naming to them.
    """
    roled = roles[index]
    title = roled.section.title
    if (
        is_structural(title)
        or title.rstrip().endswith("?")
        or breaks_off(title)
        or roled.bare
        or roled.own is Role.OWN
        or roled.inherited is Role.OWN
    ):
        return "", 0.0
    if roled.own and any(other.section.parent == index for other in roles):
        return "", 0.0
    above = roles[roled.section.parent] if roled.section.parent >= 0 else None
    announced = roled.inherited if above and above.listed else Role.NONE
    if announced in (Role.DILEMMA, Role.REMEDY):
        said = find_said_role(title)
        return (str(said), 0.7) if said and said is not announced else (str(announced), ANNOUNCED_CONFIDENCE)
    over = [p - needed for p, needed in zip(scored.scores, scored.needed, strict=True)] if scored else [-1.0, -1.0]
    best = over.index(max(over))
    return (KINDS[best], round(scored.scores[best], 4)) if scored and over[best] >= 0 else ("", 0.0)


def _find_above(roles: tuple[RoledSection, ...], index: int, keys: dict[int, str], kind: str) -> str:
    """Key of the nearest section above that names a thing of the same kind, ""  if there is none."""
    parent = roles[index].section.parent
    while parent >= 0:
        if keys.get(parent, "").startswith(kind[0]):
            return keys[parent]
        parent = roles[parent].section.parent
    return ""


def find_stated(
    annotated: Annotated, roles: tuple[RoledSection, ...], scored: tuple[Scored, ...], named: tuple[Assertion, ...]
) -> Iterator[Assertion]:
    """Dilemmas and remedies that a sentence states, each part of the one its section is named after."""
    heads = {assertion.evidence.start: assertion for assertion in named}
    stating = _find_stating(annotated, roles, scored)
    spans = dict.fromkeys((scored[number].start, scored[number].end) for number, _, _ in stating)
    vectors = find_token_vectors(annotated, list(spans))
    asked = [
        Asked(scored[number].start, scored[number].end, kind, scored[number].scores[KINDS.index(kind)])
        for number, kind, _ in stating
    ]
    labels = make_sure_labels(annotated, asked, vectors=vectors)
    for (number, kind, least), (label, confidence) in zip(stating, labels, strict=True):
        item = scored[number]
        if label:
            above = _find_head(roles, _section_at(roles, item.start), heads, kind)
            stated_so = _make_stated(annotated, kind, label, (item, confidence), (f"{kind[0]}s{number}", above))
            yield stated_so if confidence >= least else replace(stated_so, status="candidate")


def _find_stating(
    annotated: Annotated, roles: tuple[RoledSection, ...], scored: tuple[Scored, ...]
) -> list[tuple[int, str, float]]:
    """Index and kind of each sentence that states something of the kind, in reading order, and the confidence needed.

    What a title promises needs none.
    """
    text = annotated.document.text
    promised = find_promised(roles, scored, {i.start for i in scored if text[i.start : i.end].endswith("?")})
    found = []
    for number, item in enumerate(scored):
        if item.heading:
            continue
        index = _section_at(roles, item.start)
        role = roles[index].role if index >= 0 else Role.NONE
        for column, kind in enumerate(KINDS):
            needed = _threshold(item.needed[column], column, role)
            if _UNFINISHED.search(text, item.start, item.end):
                needed = max(needed, UNFINISHED_NEEDS)
            if (item.start, kind) in promised:
                found.append((number, kind, 0.0))
            elif item.scores[column] >= needed:
                found.append((number, kind, LEAST_RIGHT[column]))
    return found


def find_promised(
    roles: tuple[RoledSection, ...], scored: tuple[Scored, ...], questions: Set[int] = frozenset()
) -> set[tuple[int, str]]:
    """Start and kind of the sentences that keep what a title promises and no other sentence does.

    Under "The problem" stands a problem: if no sentence reaches the threshold, the likeliest one states it, unless even
    that is very unlikely to; if none is likely, the first question asked there.

    questions: starts of the sentences that ask.
    """
    column = KINDS.index("dilemma")
    kept: dict[int, list[Scored]] = {}
    for item in scored:
        index = _section_at(roles, item.start)
        if not item.heading and index >= 0 and roles[index].own is Role.DILEMMA and roles[index].bare:
            kept.setdefault(index, []).append(item)
    promised = set()
    for index, items in kept.items():
        best = max(items, key=lambda item: item.scores[column])
        asked = [item for item in items if item.start in questions]
        if asked and best.scores[column] < MORE_THAN_A_QUESTION:
            best = asked[0]
        divided = any(other.section.parent == index for other in roles)
        if not divided and LEAST_PROMISED <= best.scores[column] < _threshold(
            best.needed[column], column, Role.DILEMMA
        ):
            promised.add((best.start, "dilemma"))
    return promised


def _make_stated(
    annotated: Annotated, kind: str, label: str, found: tuple[Scored, float], keys: tuple[str, str]
) -> Assertion:
    (item, confidence), (own, above) = found, keys
    evidence = make_evidence(annotated, item.start, item.end)
    fields = make_fields(
        level=2,
        stated=round(item.scores[KINDS.index(kind)], 4),
        part_of_key=above,
        stance=judge_stance(evidence.quote),
        type=find_type(kind, label, evidence.quote, annotated.concepts),
    )
    return Assertion(kind, label, evidence, own, fields, confidence, "extract.statements/sentence")


def _threshold(base: float, column: int, role: Role) -> float:
    """What a sentence must reach; the section it stands in shifts it. A paper's own business needs more."""
    if role is Role.OWN:
        return min(0.95, base / ROLE_SHARE)
    if role in (Role.DILEMMA, Role.REMEDY):
        return base * ROLE_SHARE if role == KINDS[column] else min(0.95, base / ROLE_SHARE)
    return base


def _section_at(roles: tuple[RoledSection, ...], offset: int) -> int:
    found = -1
    for index, roled in enumerate(roles):
        if roled.section.start > offset:
            break
        if offset < roled.section.end:
            found = index
    return found


def _find_head(roles: tuple[RoledSection, ...], index: int, heads: dict[int, Assertion], kind: str) -> str:
    """Key of the named thing of this kind that the section, or the nearest one above it, stands for."""
    while index >= 0:
        head = heads.get(roles[index].section.start)
        if head and head.kind == kind:
            return head.key
        index = roles[index].section.parent
    return ""
