"""In-text citations linked to the reference list, and remarks on what does not fit together."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.citations.find import IBID, Mention, add_mentions, find_glued, find_mentions
from kg.extract.citations.notes import Cited, find_repeated, find_whole, resolve_repeated
from kg.extract.citations.remarks import find_remarks
from kg.extract.citations.resolve import Entry, Link, is_exact, make_entries, resolve, resolve_lost, trim_mention
from kg.extract.evidence import sentence_around
from kg.extract.intent import find_intent
from kg.extract.references.lists import find_entries
from kg.model import PROSE_KINDS, Assertion, Block, BlockKind, Document, make_fields

if TYPE_CHECKING:
    from kg.annotate import Annotated

METHOD = "extract.citations"
#: Blocks in which a citation may stand.
_CITING = PROSE_KINDS | {BlockKind.FOOTNOTE, BlockKind.CAPTION}

#: From so many citations of another kind on, raised numbers are marks of notes.
_LEAST_OTHERS = 3


def find_citations(document: Document, entries: Sequence[Entry]) -> list[Mention]:
    """Every mention of a document in reading order."""
    labels = frozenset(entry.number for entry in entries if entry.number)
    listed = {entry.end for entry in find_entries(document)}
    blocks = [block for block in document.find_blocks(*_CITING) if block.end not in listed]
    mentions = [m for block in blocks for m in _find_in_block(document, block, entries, labels)]
    if not mentions and labels:
        glued = [m for block in blocks for m in find_glued(document.block_text(block), block.start, labels)]
        # Few such numbers are figures of the text, not citations: half the list must be cited.
        cited = {number for mention in glued for number in mention.numbers}
        mentions = glued if len(cited) * 2 >= len(labels) else []
    return _drop_note_marks(mentions)


def _drop_note_marks(mentions: list[Mention]) -> list[Mention]:
    """Without raised numbers where most citations are in brackets or by name: those lead to notes."""
    raised = [one for one in mentions if one.numbers and not one.text.startswith("[")]
    if len(mentions) - len(raised) < max(_LEAST_OTHERS, len(raised)):
        return mentions
    return [one for one in mentions if not one.numbers or one.text.startswith("[")]


def _find_in_block(
    document: Document, block: Block, entries: Sequence[Entry], labels: frozenset[str]
) -> Iterator[Mention]:
    text = document.block_text(block)
    mentions: list[Mention] = []
    if block.kind is BlockKind.FOOTNOTE:
        mentions = list(find_whole(text, block.start, entries))
    mentions = add_mentions(mentions, find_repeated(text, block.start))
    for mention in add_mentions(mentions, find_mentions(text, block.start, labels)):
        yield replace(mention, within=block.number) if block.kind is BlockKind.FOOTNOTE else mention


def link_mentions(mentions: Sequence[Mention], entries: Sequence[Entry]) -> list[tuple[Mention, Link | None]]:
    """Each mention with each entry it means; None where no entry fits."""
    pairs = list(_link_each(mentions, entries))
    cited = {link.entry.key for _, link in pairs if link}
    uncited = [entry for entry in entries if entry.key not in cited]
    return [(mention, link or _link_lost(mention, uncited)) for mention, link in pairs]


def _link_lost(mention: Mention, uncited: Sequence[Entry]) -> Link | None:
    return None if mention.bare or mention.again else resolve_lost(mention, uncited)


def _link_each(mentions: Sequence[Mention], entries: Sequence[Entry]) -> Iterator[tuple[Mention, Link | None]]:
    by_number = {entry.number: entry for entry in entries if entry.number}
    by_key = {entry.key: entry for entry in entries}
    cited = Cited()
    links: list[tuple[Mention, Link | None]]
    for mention in mentions:
        if mention.names == IBID:
            links = [(mention, Link(one, 2.0, "stands for the entry cited before it")) for one in cited.entries[-1:]]
        elif mention.numbers:
            links = [(mention, Link(by_number[number], 3.0)) for number in mention.numbers]
        elif mention.key:
            links = [(mention, Link(by_key[mention.key], 3.0))]
        elif mention.again:
            links = [(mention, resolve_repeated(mention, cited, entries))]
        else:
            links = [_link_names(mention, entries)]
        yield from links
        for _, link in links:
            if link:
                cited.add(mention, link.entry)


def _link_names(mention: Mention, entries: Sequence[Entry]) -> tuple[Mention, Link | None]:
    link = resolve(mention, entries)
    if link is None or (mention.bare and not is_exact(mention, link)):
        return mention, None
    trimmed = trim_mention(mention, link.entry)
    if trimmed.names != mention.names:
        link = resolve(trimmed, entries) or link
    return trimmed, link


def _make_citation(annotated: "Annotated", mention: Mention, link: Link, key: str) -> Assertion:
    evidence = sentence_around(annotated, mention.start)
    rule = "number" if mention.numbers else "note" if mention.again or mention.key else "author-year"
    return Assertion(
        "citation",
        mention.text,
        evidence,
        key,
        make_fields(
            reference_key=link.entry.key,
            mention=mention.text,
            note=link.note,
            intent=find_intent(evidence.quote),
        ),
        confidence=0.98 if not link.note else 0.85 if link.score > 1 else 0.6,
        method=f"{METHOD}/{rule}",
        reasons=(link.note,) if link.note else (),
    )


def extract(annotated: "Annotated", earlier: tuple[Assertion, ...]) -> Iterator[Assertion]:
    """Citations keyed "cit1", "cit2", ... in reading order, then remarks; needs the "reference" assertions."""
    references = [one for one in earlier if one.kind == "reference"]
    entries = make_entries(references)
    if not entries:
        return
    mentions = find_citations(annotated.document, entries)
    lost: list[Mention] = []
    cited: dict[str, int] = defaultdict(int)
    remarks: list[Assertion] = []
    number = by_name = 0
    for mention, link in link_mentions(mentions, entries):
        if link is None:
            lost += [] if mention.bare or mention.again else [mention]
            continue
        number += 1
        by_name += not mention.numbers
        cited[link.entry.key] += 1
        citation = _make_citation(annotated, mention, link, f"cit{number}")
        yield citation
        if link.remark:
            remarks.append(_make_remark(citation, link.remark))
    yield from remarks
    if by_name < len(lost):
        # A text that cites by number, or not by this list, puts years in brackets for other reasons.
        lost = []
    yield from find_remarks(annotated, references, lost=lost, cited=frozenset(cited), earlier=earlier)


def _make_remark(citation: Assertion, sentence: str) -> Assertion:
    return replace(
        citation,
        kind="remark",
        label=sentence,
        key="",
        fields=make_fields(about_key=citation.key, severity="warning"),
        method=f"{METHOD}/odd-name",
        reasons=(),
        confidence=0.9,
    )
