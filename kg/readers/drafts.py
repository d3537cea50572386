"""What a format reader hands over, and how it becomes the one text of a document."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.model import Block, BlockKind


@dataclass(frozen=True, slots=True)
class Draft:
    """A block before it has a place in the text.

    before, after: what the document shows around the content ("(1) ", "Keywords: ", "."), kept in the text, outside the
    block.
    glue: what separates it from the block before; " " for the text behind a run-in heading.
    """

    kind: BlockKind
    text: str
    level: int = 0
    number: str = ""
    label: str = ""
    page: int | None = None
    before: str = ""
    after: str = ""
    glue: str = "\n\n"


@dataclass(frozen=True, slots=True)
class Reading:
    """One file as read, before it is named and classed.

    kind, language: what the file itself says it is, "" where it does not.
    notes: plain words on how it was read and what looks odd, for `kg doctor`.
    """

    drafts: tuple[Draft, ...]
    kind: str = ""
    language: str = ""
    notes: tuple[str, ...] = ()


def assemble(drafts: Iterable[Draft]) -> tuple[str, tuple[Block, ...]]:
    """The text of a document and the blocks that lie in it; drafts without content are left out."""
    parts: list[str] = []
    blocks: list[Block] = []
    length = 0
    for draft in drafts:
        content = draft.text.strip()
        if not content:
            continue
        lead = (draft.glue if parts else "") + draft.before
        start = length + len(lead)
        end = start + len(content)
        parts.append(lead + content + draft.after)
        blocks.append(Block(draft.kind, start, end, draft.level, draft.number, draft.label, draft.page))
        length = end + len(draft.after)
    return "".join(parts), tuple(blocks)


def enumerate_values(field: str, values: Iterable[str], template: Draft, *, separator: str = ", ") -> list[Draft]:
    """One draft per value on one line: "Keywords: a, b" as two blocks.

    field: the word in front of the first value, "" for none; template: kind, label and page of each draft.
    """
    lead = f"{field}: " if field else ""
    drafts: list[Draft] = []
    for value in values:
        first = not drafts
        drafts.append(replace(template, text=value, before=lead if first else "", glue="\n\n" if first else separator))
    return drafts
