"""Decisions out of the tables and answers of people who review."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from kg.corpus import Workspace
from kg.corpus.manifest import Entry, read_manifest
from kg.corpus.reviews import read_decisions
from kg.model import Concept
from kg.model.decision import ACCEPTED, REJECTED, Decision, ReviewItem, fold_quote

#: Columns of a table to be filled in: what is found, and the cells in which a person decides.
COLUMNS = ("document", "item", "confidence", "verdict", "label", "type", "kind", "quote", "other", "section", "note")
#: How a cell begins that a spreadsheet takes for a formula: text from documents must not become one.
_FORMULA = ("=", "+", "-", "@")
_VERDICTS = {
    "a": ACCEPTED, "accept": ACCEPTED, "yes": ACCEPTED, "y": ACCEPTED, ACCEPTED: ACCEPTED,
    "r": REJECTED, "reject": REJECTED, "no": REJECTED, "n": REJECTED, REJECTED: REJECTED,
}  # fmt: skip


def make_row(item: ReviewItem) -> dict[str, str]:
    """An item as a row of a table to be filled in; no cell is one that a spreadsheet would calculate."""
    row = {
        "document": item.document, "item": item.item, "confidence": f"{item.confidence:.2f}", "verdict": item.verdict,
        "label": item.label, "type": item.type, "kind": "", "quote": item.quote, "other": item.other,
        "section": item.section, "note": "",
    }  # fmt: skip
    return {name: f"'{text}" if text.startswith(_FORMULA) else text for name, text in row.items()}


def mark_decided(workspace: Workspace, items: Iterable[ReviewItem]) -> list[ReviewItem]:
    """The items with what was decided about them before."""
    names = {entry.id: entry.name for entry in read_manifest(workspace).entries}
    decided = {decision.subject: decision.verdict for decision in read_decisions(workspace)}
    return [replace(item, verdict=decided.get((names.get(item.document, ""), *item.key[1:]), "")) for item in items]


def read_rows(
    workspace: Workspace, rows: Iterable[Mapping[str, str]], items: Iterable[ReviewItem], *, reviewer: str = ""
) -> tuple[list[Decision], list[str]]:
    """The decisions in the rows of a table that a person has filled in, and what is wrong with others, by row.

    items: what the graph has now. A row without a verdict in which label, type or kind were changed counts as
    accepted; other rows without one are passed over, and so are rows that say what was decided already.
    """
    entries = {entry.id: entry for entry in read_manifest(workspace).entries}
    earlier = {decision.subject: decision for decision in read_decisions(workspace)}
    types, kinds = load_types(workspace.ontology), load_type_kinds(workspace.ontology)
    before = {item.key: item for item in items}
    decisions: list[Decision] = []
    problems: list[str] = []
    for number, row in enumerate(rows, start=2):
        cells = {name: _read_cell(row.get(name) or "") for name in COLUMNS}
        item = before.get((cells["document"], cells["item"], fold_quote(cells["quote"]), fold_quote(cells["other"])))
        try:
            decision = _read_decision(cells, item, entries, types)
        except ValueError as error:
            problems.append(f"row {number}: {error}")
            continue
        if decision:
            known = earlier.get(decision.subject)
            told = _complete(decision, known, found=item is not None, kinds=kinds) if known else decision
            if known is None or replace(told, reviewer=known.reviewer) != known:
                decisions.append(replace(told, reviewer=reviewer))
    return decisions, problems


def _complete(decision: Decision, known: Decision, *, found: bool, kinds: Mapping[str, str]) -> Decision:
    """A decision with what its row does not say of an earlier one that came out the same.

    found: whether the graph has it as the row names it. If not, because it is of another kind since, the row still
    shows the type it had before: it counts only where it is one of the new kind. kinds: as of `load_type_kinds`.
    """
    if (decision.verdict, decision.kind) != (known.verdict, known.kind) or decision.verdict == REJECTED:
        return decision
    is_chosen = found or bool(known.type) or (bool(decision.kind) and kinds.get(decision.type) == decision.kind)
    type_ = (decision.type or known.type) if is_chosen else ""
    return replace(decision, type=type_, note=decision.note or known.note)


def _read_cell(text: str) -> str:
    text = text.strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def _read_decision(
    cells: Mapping[str, str], item: ReviewItem | None, entries: Mapping[str, Entry], types: Mapping[str, str]
) -> Decision | None:
    """The decision in one row, None if it holds none. Raises ValueError, in plain words, if it cannot be understood."""
    is_link = cells["item"] == "link"
    changed = {
        name: "" if is_link or (item and cells[name] == getattr(item, name)) else cells[name]
        for name in ("label", "type")
    }
    verdict = cells["verdict"].casefold()
    if item and verdict == item.verdict and not any(changed.values()) and not cells["kind"]:
        return None
    if not verdict and item is not None and (any(changed.values()) or cells["kind"]):
        verdict = ACCEPTED
    if not verdict:
        return None
    if verdict not in _VERDICTS:
        raise ValueError(f"'{cells['verdict'][:40]}' is neither accepted nor rejected")
    if cells["item"] not in ("dilemma", "remedy", "link") or cells["kind"] not in ("", "dilemma", "remedy"):
        raise ValueError("item is dilemma, remedy or link; kind is dilemma, remedy or empty")
    entry = entries.get(cells["document"])
    if entry is None:
        raise ValueError(f"there is no document '{cells['document'][:80]}'")
    if not fold_quote(cells["quote"]) or (is_link and not fold_quote(cells["other"])):
        raise ValueError("the words it is about are missing")
    type_ = types.get(changed["type"].casefold(), "") if changed["type"] else ""
    if changed["type"] and not type_:
        raise ValueError(f"'{changed['type'][:60]}' is no type of the ontology")
    if _VERDICTS[verdict] == REJECTED:
        type_ = ""  # what a row shows of a thing that is to go is no choice
    label = cells["label"] if not is_link else ""
    return Decision(
        entry.name, get_content(entry), cells["item"], _VERDICTS[verdict], cells["quote"], cells["other"],
        label, type_, cells["kind"] if cells["kind"] != cells["item"] else "", note=cells["note"],
    )  # fmt: skip


def get_content(entry: Entry) -> str:
    """SHA-256 of a document itself, as `Source.content` gives it."""
    own = entry.content if entry.part else entry.source
    return f"{own} {entry.attached_source}" if entry.attached else own


def load_types(ontology: Path) -> dict[str, str]:
    """Label of a type of dilemma or remedy in lower case, or its identifier -> its identifier."""
    kept = _load_type_concepts(ontology)
    return {name.casefold(): concept.iri for concept in kept for name in (concept.iri, *concept.labels, concept.label)}


def load_type_kinds(ontology: Path) -> dict[str, str]:
    """Identifier of a type -> "dilemma" or "remedy", of which it is a type."""
    return {concept.iri: concept.scheme.removesuffix("-types") for concept in _load_type_concepts(ontology)}


def _load_type_concepts(ontology: Path) -> list[Concept]:
    from kg.graph.vocabulary import load_concepts

    concepts: tuple[Concept, ...] = load_concepts(ontology)
    return [concept for concept in concepts if concept.scheme in ("dilemma-types", "remedy-types")]
