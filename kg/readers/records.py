"""Documents as plain JSON values and back, for the pipe between a reading process and its parent."""

from typing import Any

from kg.model import Block, BlockKind, Document


def to_record(document: Document) -> dict[str, Any]:
    """A document as JSON values."""
    blocks = [[b.kind.value, b.start, b.end, b.level, b.number, b.label, b.page] for b in document.blocks]
    return {
        "id": document.id,
        "file": document.file,
        "text": document.text,
        "blocks": blocks,
        "kind": document.kind,
        "language": document.language,
    }


def from_record(record: dict[str, Any]) -> Document:
    """The document that `to_record` wrote."""
    blocks = tuple(Block(BlockKind(kind), *rest) for kind, *rest in record["blocks"])
    return Document(record["id"], record["file"], record["text"], blocks, record["kind"], record["language"])
