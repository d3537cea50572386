"""Strict scores of the tagger on tagged references.

A field is right when it equals the gold after folding case, accents, punctuation and spaces; numbers of years,
volumes and pages are compared as numbers. A wrong value counts against precision and against recall.
"""

import re
from collections.abc import Mapping, Sequence

from kg.extract.references.fields import Fields
from kg.extract.references.record import ParsedReference
from kg.extract.references.training.labelling import fold

SCORED: tuple[str, ...] = ("authors", "title", "year", "container", "volume", "pages")


def _fold_pages(text: str) -> str:
    found = re.search(r"([A-Za-z]?)(\d+)\s*(?:-|–|—|−|‐|to)+\s*([A-Za-z]?)(\d+)", text)
    if not found:
        one = re.search(r"([A-Za-z]?)(\d+)", text)
        return one[1].lower() + one[2].lstrip("0") if one else ""
    first, last = found[2], found[4]
    last = first[: len(first) - len(last)] + last if len(last) < len(first) else last
    return f"{found[1].lower()}{first.lstrip('0')}-{found[3].lower()}{last.lstrip('0')}"


def fold_field(name: str, text: str) -> str:
    """A field's value as it is compared."""
    if name == "pages":
        return _fold_pages(text)
    if name == "year":
        found = re.search(r"(?<!\d)(?:1[5-9]\d\d|20\d\d)(?!\d)", text)
        return found[0] if found else ""
    if name == "volume":
        found = re.search(r"\d+[A-Z]?|\b[IVXLC]+\b", text)
        return found[0].lower() if found else ""
    return fold(re.sub(r"^\s*in:?\s+", "", text, flags=re.I)) if name == "container" else fold(text)


def _compare_authors(gold: Sequence[str], found: Sequence[str]) -> tuple[int, int, int]:
    """(right, wrong, missed) surnames."""
    left = [fold(name) for name in gold]
    right = 0
    named = [name for name in map(fold, found) if name]
    for name in named:
        if name in left:
            left.remove(name)
            right += 1
    return right, len(named) - right, len(left)


def compare(gold: Mapping[str, object], found: Fields | ParsedReference) -> dict[str, tuple[int, int, int]]:
    """Per field: how many values are right, wrong and missed. Authors that the gold leaves open are not counted."""
    counts: dict[str, tuple[int, int, int]] = {}
    for name in SCORED:
        if name == "authors":
            authors = gold.get("authors")
            if isinstance(authors, list):
                counts[name] = _compare_authors(authors, [author.family for author in found.authors])
            continue
        wanted, value = fold_field(name, str(gold.get(name) or "")), fold_field(name, getattr(found, name))
        same = bool(wanted) and wanted == value
        counts[name] = (int(same), int(bool(value) and not same), int(bool(wanted) and not same))
    return counts


def compute_scores(
    golds: Sequence[Mapping[str, object]], found: Sequence[Fields | ParsedReference]
) -> dict[str, float]:
    """F1 per field and over all six ("all"), and the share of references with no error ("whole"), in percent."""
    totals = {name: [0, 0, 0] for name in SCORED}
    whole = 0
    for gold, fields in zip(golds, found, strict=True):
        counts = compare(gold, fields)
        whole += all(wrong == missed == 0 for _, wrong, missed in counts.values())
        for name, triple in counts.items():
            totals[name] = [a + b for a, b in zip(totals[name], triple, strict=True)]
    scores = {name: _compute_f1(*triple) for name, triple in totals.items()}
    summed = [sum(triple[i] for triple in totals.values()) for i in range(3)]
    right, wrong, missed = summed
    return {
        **scores,
        "precision": round(100 * right / max(1, right + wrong), 2),
        "recall": round(100 * right / max(1, right + missed), 2),
        "all": _compute_f1(*summed),
        "whole": round(100 * whole / max(1, len(golds)), 2),
        "references": len(golds),
    }


def summarise(scores: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """The plain means over the sets."""
    names = {"precision": "precision", "recall": "recall", "f1": "all", "whole": "whole"}
    return {name: round(sum(one[key] for one in scores.values()) / len(scores), 2) for name, key in names.items()}


def _compute_f1(right: int, wrong: int, missed: int) -> float:
    return round(100 * 2 * right / max(1, 2 * right + wrong + missed), 2)
