"""Title, authors, affiliations, year, keywords, abstract and further facts, from the blocks that hold them."""

import re
from collections.abc import Iterator

from kg.annotate import Annotated
from kg.extract.dates import find_dates
from kg.extract.evidence import block_evidence
from kg.extract.jurisdictions import find_jurisdiction
from kg.extract.names import Name, split_names
from kg.model import Assertion, Block, BlockKind, make_fields

_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_SIMPLE = {BlockKind.TITLE: "title", BlockKind.KEYWORDS: "keyword", BlockKind.ABSTRACT: "abstract"}
_YEAR_FIELDS = frozenset({"year", "date", "published", "issued"})
#: Fields that say how to read the file, not what the work is.
_SILENT_FIELDS = frozenset({"kind", "language", "layout", "slug", "permalink"})


def extract(annotated: Annotated, earlier: tuple[Assertion, ...]) -> Iterator[Assertion]:
    """The bibliographic facts of a document, in reading order; each facts' evidence is its block."""
    abstract_seen = False
    for block in annotated.document.blocks:
        if block.kind is BlockKind.ABSTRACT and abstract_seen:
            continue
        abstract_seen = abstract_seen or block.kind is BlockKind.ABSTRACT
        if block.kind in _SIMPLE:
            yield _assert(annotated, block, _SIMPLE[block.kind])
        elif block.kind is BlockKind.METADATA:
            yield from _extract_field(annotated, block)
    yield from _extract_authors(annotated)
    yield from find_dates(annotated)
    yield from find_jurisdiction(annotated)


def _assert(annotated: Annotated, block: Block, kind: str) -> Assertion:
    label = " ".join(annotated.document.block_text(block).split())
    return Assertion(kind, label, block_evidence(annotated, block), method=f"extract.metadata/{kind}")


def _extract_field(annotated: Annotated, block: Block) -> Iterator[Assertion]:
    """A metadata field: a date gives the year, what is only for the reader gives nothing."""
    value = annotated.document.block_text(block)
    if block.label in _YEAR_FIELDS:
        year = _YEAR.search(value)
        if year:
            evidence = block_evidence(annotated, block)
            yield Assertion("year", year[0], evidence, method="extract.metadata/year")
    elif block.label not in _SILENT_FIELDS:
        fields = make_fields(field=block.label)
        evidence = block_evidence(annotated, block)
        yield Assertion("metadata", value, evidence, fields=fields, method="extract.metadata/field")


def _extract_authors(annotated: Annotated) -> Iterator[Assertion]:
    """Authors in order, then affiliations, each for the authors it follows or whose mark it bears."""
    document = annotated.document
    authors = list(document.find_blocks(BlockKind.AUTHOR))
    names = split_names([document.block_text(block) for block in authors])
    for position, (block, name) in enumerate(zip(authors, names, strict=True), 1):
        yield _make_author(annotated, block, name, position)
    for block in document.find_blocks(BlockKind.AFFILIATION):
        for position in _find_members(authors, block):
            yield Assertion(
                "affiliation",
                " ".join(document.block_text(block).split()),
                block_evidence(annotated, block),
                fields=make_fields(author_key=f"author{position}"),
                method="extract.metadata/affiliation",
            )


def _make_author(annotated: Annotated, block: Block, name: Name, position: int) -> Assertion:
    fields = make_fields(
        family=name.family, given=name.given, position=position, organisation=name.organisation or None
    )
    label = " ".join(annotated.document.block_text(block).split())
    evidence = block_evidence(annotated, block)
    return Assertion("author", label, evidence, f"author{position}", fields, method="extract.metadata/author")


def _find_members(authors: list[Block], affiliation: Block) -> list[int]:
    """1-based positions of the authors an affiliation belongs to.

    Marks decide where both sides bear them ("1,2" belongs to "1" and to "2"); else it is the authors between
    the affiliation before and this one, or all of them where the affiliations stand together.
    """
    marks = set(re.findall(r"\w+|[^\w\s,]", affiliation.number))
    if marks:
        by_mark = [i for i, a in enumerate(authors, 1) if marks & set(re.findall(r"\w+|[^\w\s,]", a.number))]
        if by_mark:
            return by_mark
    before = [i for i, a in enumerate(authors, 1) if a.start < affiliation.start]
    return before if not before else _last_run(authors, before)


def _last_run(authors: list[Block], before: list[int]) -> list[int]:
    """The authors that stand without a wide gap directly above an affiliation."""
    run = [before[-1]]
    for i in reversed(before[:-1]):
        if authors[run[0] - 1].start - authors[i - 1].end > MAX_AUTHOR_GAP_CHARS:
            break
        run.insert(0, i)
    return run


#: Between authors of one line there are a comma and marks; an affiliation between them is longer.
MAX_AUTHOR_GAP_CHARS = 12
