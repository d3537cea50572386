"""When a policy document was issued and for how long, where no field of it says so."""

import re
from collections.abc import Iterator

from kg.annotate import Annotated
from kg.extract.evidence import block_evidence, make_evidence
from kg.model import Assertion, Block, BlockKind, make_fields, names_issued

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
#: "3 May 2021", "May 3, 2021", "May 2021"
_DATE = re.compile(rf"(?:\b\d{{1,2}}(?:st|nd|rd|th)?\s+)?\b(?:{_MONTH})\s+(?:\d{{1,2}},?\s+)?(?P<year>(?:19|20)\d\d)\b")
#: "Data strategy (2019)"
_IN_BRACKETS = re.compile(r"\((?P<year>(?:19|20)\d\d)\)\s*$")
#: "2021-2025", "2021/22", "2021 to 2025"
_PERIOD = re.compile(r"(?<![\d-])(?P<first>(?:19|20)\d\d)\s?(?:[–—/-]|to)\s?(?P<last>(?:19|20)\d\d|\d\d)(?![\d-])")
#: A law is dated where it is signed: in one of its last blocks, which is short.
MAX_SIGNED_BLOCKS = 6
MAX_SIGNED_CHARS = 90
_YEAR_FIELDS = frozenset({"year", "date", "published", "issued"})


def find_dates(annotated: Annotated) -> Iterator[Assertion]:
    """The year and the period of a policy document that states neither in a field, from its title or its signature."""
    document = annotated.document
    if document.kind != "policy":
        return
    fields = {block.label for block in document.find_blocks(BlockKind.METADATA)}
    title = next(document.find_blocks(BlockKind.TITLE), None)
    if not fields & _YEAR_FIELDS:
        yield from _find_year(annotated, title)
    if title and "period" not in fields and names_issued(document.block_text(title)):
        yield from _find_period(annotated, title)


def _find_year(annotated: Annotated, title: Block | None) -> Iterator[Assertion]:
    """The year of the date in the title, else of that beside a signature."""
    text = annotated.document.text
    signed = [block for block in annotated.document.blocks if block.kind is BlockKind.PARAGRAPH][-MAX_SIGNED_BLOCKS:]
    short = [block for block in signed if block.end - block.start <= MAX_SIGNED_CHARS]
    for block, rule in [*([(title, "title")] if title else []), *((block, "signature") for block in reversed(short))]:
        found = _DATE.search(text, block.start, block.end)
        found = found or (_IN_BRACKETS.search(text[: block.end], block.start) if rule == "title" else None)
        if found:
            reasons = (f"named in the {rule}",)
            evidence, method = block_evidence(annotated, block), f"extract.dates/{rule}"
            yield Assertion("year", found["year"], evidence, confidence=0.8, method=method, reasons=reasons)
            return


def _find_period(annotated: Annotated, title: Block) -> Iterator[Assertion]:
    """The years for which the title of a plan or strategy says it holds."""
    found = _PERIOD.search(annotated.document.text, title.start, title.end)
    if not found or int(found["last"][-2:]) <= int(found["first"][-2:]):
        return
    evidence = make_evidence(annotated, found.start(), found.end())
    fields, reasons = make_fields(field="period"), ("named in the title",)
    yield Assertion("metadata", found.group(), evidence, fields=fields, confidence=0.9, method="extract.dates/period",
                    reasons=reasons)  # fmt: skip
