"""What looks odd between the text and its reference list."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.extract.citations.find import Mention
from kg.extract.citations.resolve import fold_name
from kg.extract.evidence import sentence_around
from kg.model import Assertion, BlockKind, Evidence, make_fields

if TYPE_CHECKING:
    from kg.annotate import Annotated

METHOD = "extract.citations"
#: A document that cites less than this share of its list is cited in a way not understood: silence then.
LEAST_CITED = 0.4


#: Last words of what bears a year but no author.
_NO_AUTHOR = frozenset(
    """
    act agenda agreement assembly bill budget census charter code commission conference congress constitution
    convention council decision declaration decree directive edition election elections forum framework games
    goals index initiative law olympics ordinance pact plan policy programme program protocol regulation report
    resolution review revision rules session strategy summit survey treaty version
    """.split()
)


def is_author(mention: Mention) -> bool:
    """Whether the words before a year may be authors: "Data Protection Act (2018)" are none."""
    words = re.findall(r"\w+", mention.names.lower())
    return bool(words) and words[-1] not in _NO_AUTHOR


def _make(label: str, evidence: Evidence, *, severity: str, rule: str, about: str = "") -> Assertion:
    fields = make_fields(about_key=about, severity=severity)
    return Assertion("remark", label, evidence, fields=fields, confidence=0.8, method=f"{METHOD}/{rule}")


def find_remarks(
    annotated: "Annotated",
    references: Sequence[Assertion],
    *,
    lost: Sequence[Mention],
    cited: frozenset[str],
    earlier: Sequence[Assertion],
) -> Iterator[Assertion]:
    """Mentions without an entry, entries never cited, entries given twice, years after the document's own."""
    for mention in lost:
        if not is_author(mention):
            continue
        label = f"The text cites '{mention.text}', the reference list has no such entry."
        yield _make(label, sentence_around(annotated, mention.start), severity="warning", rule="no-entry")
    if len(cited) >= LEAST_CITED * len(references):
        for reference in references:
            if reference.key not in cited:
                label = f"Entry {_name(reference)} of the reference list is never cited in the text."
                yield _make(label, reference.evidence, severity="info", rule="never-cited", about=reference.key)
    yield from _find_twins(references)
    yield from _find_late_years(annotated, references, earlier)


def _name(reference: Assertion) -> str:
    title = reference.get_text("title") or reference.evidence.quote
    short = title if len(title) <= 80 else title[:79] + "…"
    number = reference.get_text("number")
    return f"{number} '{short}'" if number else f"'{short}'"


def _find_twins(references: Sequence[Assertion]) -> Iterator[Assertion]:
    seen: dict[tuple[str, str], Assertion] = {}
    for reference in references:
        identity = (fold_name(reference.get_text("title")), reference.get_text("year"))
        if len(identity[0]) < 12:
            continue
        twin = seen.setdefault(identity, reference)
        if twin is not reference:
            label = f"Entries {_name(twin)} and {_name(reference)} of the reference list are the same work."
            yield _make(label, reference.evidence, severity="warning", rule="same-entry", about=reference.key)


def _find_document_year(annotated: "Annotated", earlier: Sequence[Assertion]) -> int | None:
    years = [one.label for one in earlier if one.kind == "year"]
    document = annotated.document
    years += [document.block_text(b) for b in document.find_blocks(BlockKind.METADATA) if b.label in ("year", "date")]
    found = next((match for match in (re.search(r"(?:1[5-9]|20)\d\d", year) for year in years) if match), None)
    return int(found[0]) if found else None


def _find_late_years(
    annotated: "Annotated", references: Sequence[Assertion], earlier: Sequence[Assertion]
) -> Iterator[Assertion]:
    own = _find_document_year(annotated, earlier)
    if own is None:
        return
    for reference in references:
        year = reference.get_text("year")[:4]
        if year.isdecimal() and int(year) > own + 1:
            label = f"Entry {_name(reference)} is dated {year}, after the document itself ({own})."
            yield _make(label, reference.evidence, severity="warning", rule="late-year", about=reference.key)
