"""Remedy -> dilemma links of one document: asserted where wording or layout says so, else candidates with reasons."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.annotate import Annotated
from kg.extract.addresses.explicit import has_purpose, names_dilemma, points_back
from kg.extract.addresses.pairs import (
    MAX_POINTING_SENTENCES,
    Item,
    PairContext,
    compute_overlap,
    make_context,
    score_named,
    score_pairs,
    stand_beside,
)
from kg.extract.roles import Role, RoledSection, assign_roles
from kg.extract.typing import find_answers
from kg.model import Assertion, Evidence, find_section, make_fields

#: Pairs below are not worth a person's look; F1 on held-out documents peaks between 0.25 and 0.35.
MIN_CANDIDATE = 0.25
MAX_CANDIDATES = 3
#: In a long document only the dilemmas nearest to a remedy are looked at.
MAX_RIVALS = 80
#: What wording and layout say is asserted only where the pair scores this much besides: "to meet these challenges" may
#: follow a problem it does not mean, and not every solution is for the challenge it stands beside.
MIN_WORDED, MIN_BESIDE = 0.3, 0.4
EXPLICIT_CONFIDENCE, STRUCTURE_CONFIDENCE = 0.9, 0.8


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair with what speaks for it; `evidence` where that is not the remedy's own."""

    dilemma: int
    confidence: float
    status: str
    method: str
    reasons: tuple[str, ...]
    evidence: Evidence | None = None


def extract(annotated: Annotated, earlier: tuple[Assertion, ...]) -> Iterator[Assertion]:
    """The links of each remedy, asserted ones first, then the best candidates by score."""
    stated = [a for a in earlier if a.kind in ("dilemma", "remedy")]
    items = make_items(annotated, stated)
    dilemmas = [i for i, a in enumerate(stated) if a.kind == "dilemma"]
    if not dilemmas:
        return
    context = make_context(items)
    judgements = {i: judge_remedy(items, i, dilemmas, context) for i, a in enumerate(stated) if a.kind == "remedy"}
    for i, judged in lift_links(stated, judgements).items():
        yield from (
            _make_link(stated[i], stated[j.dilemma], j) for j in judged if _differ(stated[i], stated[j.dilemma])
        )


def _differ(remedy: Assertion, dilemma: Assertion) -> bool:
    return remedy.label.casefold() != dilemma.label.casefold()


def _make_link(remedy: Assertion, dilemma: Assertion, judged: Judged) -> Assertion:
    return Assertion(
        "addresses",
        f"{remedy.label} -> {dilemma.label}",
        judged.evidence or remedy.evidence,
        fields=make_fields(remedy_key=remedy.key, dilemma_key=dilemma.key),
        confidence=round(judged.confidence, 4),
        method=f"extract.addresses/{judged.method}",
        status=judged.status,
        reasons=judged.reasons,
    )


def lift_links(stated: list[Assertion], judgements: dict[int, list[Judged]]) -> dict[int, list[Judged]]:
    """The judgements with links that a part states given to the remedy it is part of as well.

    A section named "Training" whose sentence says "To end the skills gap, ..." is against the skills gap. The sentence
    stays the evidence; a candidate for the same pair gives way.
    """
    heads = {a.key: i for i, a in enumerate(stated) if a.kind == "remedy"}
    lifted = {i: list(found) for i, found in judgements.items()}
    for i, found in judgements.items():
        head = heads.get(stated[i].get_text("part_of_key"))
        if head is None:
            continue
        for judged in found:
            known = {j.dilemma for j in lifted[head] if j.status == "asserted"}
            if judged.status == "asserted" and judged.dilemma not in known:
                reason = f"its part '{stated[i].label}' says so"
                same = replace(
                    judged, evidence=stated[i].evidence, reasons=(reason,), confidence=judged.confidence * 0.95
                )
                lifted[head] = [same, *(j for j in lifted[head] if j.dilemma != judged.dilemma)]
    return lifted


def make_items(annotated: Annotated, stated: list[Assertion]) -> list[Item]:
    """The stated things with their place among the sentences and sections."""
    starts = sorted({s.start for s in annotated.sentences} | {s.start for s in annotated.sections})
    blocks = [block.start for block in annotated.document.blocks]
    roles = assign_roles(annotated.sections)
    items = []
    for assertion in stated:
        start = assertion.evidence.start
        section = find_section(annotated.sections, start)
        announcing = _find_announcing(roles, section, Role(assertion.kind))
        items.append(
            Item(
                assertion.kind,
                _context_text(annotated, assertion, section),
                assertion.label,
                bisect_right(starts, start) - 1,
                section,
                annotated.sections[section].parent if section >= 0 else -1,
                str(roles[section].role) if section >= 0 else "",
                assertion.get_text("type"),
                find_answers(assertion.get_text("type"), annotated.concepts),
                int(assertion.get_text("level") or 2),
                bisect_right(blocks, start) - 1,
                announcing,
                roles[announcing].section.parent if announcing >= 0 else -1,
                announcing >= 0 and roles[announcing].bare,
                assertion.method.endswith("/heading"),
                float(assertion.get_text("stated") or 1),
            )
        )
    return items


def _context_text(annotated: Annotated, assertion: Assertion, section: int) -> str:
    """The sentence; for a thing named by a heading the whole section speaks."""
    if assertion.evidence.start == (annotated.sections[section].start if section >= 0 else -1):
        found = annotated.sections[section]
        return annotated.document.text[found.start : found.end]
    return assertion.evidence.quote


def judge_remedy(items: list[Item], index: int, dilemmas: list[int], context: PairContext) -> list[Judged]:
    """The dilemmas that one remedy is for, asserted ones first, then by score.

    No link is surer than that its remedy is one. How sure its dilemma is says little: under a title that announces
    challenges readers link to sentences that hardly read as one.
    """
    remedy = items[index]
    found = [Judged(d, *ONE_SENTENCE) for d in dilemmas if items[d].position == remedy.position and _is_purpose(remedy)]
    found += [Judged(d, *NAMED) for d in dilemmas if _names_a_heading(remedy, items[d])]
    rivals = [d for d in dilemmas if items[d].position != remedy.position]
    rivals = [d for d in rivals if items[d].level == remedy.level] or rivals
    rivals = sorted(rivals, key=lambda d: (abs(items[d].position - remedy.position), d))[:MAX_RIVALS]
    if remedy.level == 1:
        scores = [score_named(remedy, items[d], context) for d in rivals]
    else:
        scores = score_pairs(remedy, [items[d] for d in rivals], context)
    ranked = sorted(zip(scores, rivals, strict=True), key=lambda pair: (-pair[0], pair[1]))
    for score, d in ranked[:MAX_CANDIDATES]:
        stated = judge_wording(remedy, items[d], score) or judge_layout(remedy, items[d], score, best=ranked[0][0])
        if stated:
            found.append(Judged(d, *stated))
        elif score >= MIN_CANDIDATE:
            found.append(Judged(d, score, "candidate", "meaning", find_reasons(remedy, items[d], context)))
    found = [replace(judged, confidence=min(judged.confidence, remedy.stated)) for judged in found]
    return sorted(found, key=lambda j: (j.status != "asserted", -j.confidence, j.dilemma))


Stated = tuple[float, str, str, tuple[str, ...]]
ONE_SENTENCE: Stated = (EXPLICIT_CONFIDENCE, "asserted", "wording", ("one sentence states both and the purpose",))

NAMED: Stated = (
    EXPLICIT_CONFIDENCE,
    "asserted",
    "wording",
    ("the sentence names the dilemma of a heading behind a verb against it",),
)


def _names_a_heading(remedy: Item, dilemma: Item) -> bool:
    """Whether a sentence is against what a heading names: those are no rivals of the dilemmas that sentences state."""
    return dilemma.level < remedy.level == 2 and names_dilemma(remedy.text, dilemma.label)


def _is_purpose(remedy: Item) -> bool:
    return has_purpose(remedy.text)


def judge_wording(remedy: Item, dilemma: Item, score: float) -> Stated | None:
    """What makes it a link that the remedy's own sentence states, if it does."""
    gap = remedy.position - dilemma.position
    if remedy.level == 2 and names_dilemma(remedy.text, dilemma.label):
        reason = "the sentence names the dilemma behind a verb against it"
    elif 0 < gap <= MAX_POINTING_SENTENCES and points_back(remedy.text):
        reason = "the sentence points back to the problem just named"
    else:
        return None
    return (EXPLICIT_CONFIDENCE, "asserted", "wording", (reason,)) if score >= MIN_WORDED else None


def judge_layout(remedy: Item, dilemma: Item, score: float, *, best: float) -> Stated | None:
    """What makes it a link that the layout states: solutions beside challenges, and of those the one that fits best.

    Both sections must be called that and nothing else: "Why is this a best practice?" has remedies for anything. What a
    heading names ("Reusability") is not said to solve anything.
    """
    beside = stand_beside(remedy, dilemma) and remedy.bare and dilemma.bare
    if not beside or remedy.named or remedy.level == 1 or score < max(MIN_BESIDE, best):
        return None
    reason = "a section of solutions stands beside the section of challenges, and no other of them fits better"
    return STRUCTURE_CONFIDENCE, "asserted", "structure", (reason,)


def _find_announcing(roles: tuple[RoledSection, ...], index: int, role: Role) -> int:
    """The section at or above that announces the role, -1 if none."""
    while index >= 0 and roles[index].own is not role:
        index = roles[index].section.parent
    return index


def find_reasons(remedy: Item, dilemma: Item, context: PairContext) -> tuple[str, ...]:
    """Why a pair is a candidate, in plain words."""
    reasons = []
    overlap = compute_overlap(remedy.label, dilemma.label, context.weights)
    if overlap > 0.2:
        reasons.append(f"the labels share words (overlap {overlap:.2f})")
    text = compute_overlap(remedy.text, dilemma.text, context.weights)
    if text > 0.1:
        reasons.append(f"the texts share words (overlap {text:.2f})")
    if remedy.section == dilemma.section:
        reasons.append("both stand in one section")
    if remedy.role == "remedy" and dilemma.role == "dilemma":
        reasons.append("a section of remedies and a section of dilemmas")
    if dilemma.type in remedy.answers:
        reasons.append("this type of remedy is meant for this type of dilemma")
    gap = remedy.position - dilemma.position
    if 0 < gap <= 3:
        reasons.append("the remedy follows the dilemma closely")
    return tuple(reasons) or ("the best fit by the trained weights",)
