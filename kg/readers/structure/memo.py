"""The head of a memorandum: the lines that say from whom, to whom, when and about what."""

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.readers.structure.chunks import Chunk

_LINE = re.compile(r"(?P<name>FROM|TO|THROUGH|CC|DATE|SUBJECT|RE)\s?:\s*(?=\S)")
#: They stand among the first chunks, and so many at least.
MAX_HEAD_CHUNKS = 15
MIN_LINES = 2


def find_memo_head(chunks: Sequence[Chunk], *, has_title: bool) -> list[Chunk]:
    """Chunks with the lines of a memorandum's head as facts, its subject as the title where it has no other."""
    found = {
        i: line
        for i, chunk in enumerate(chunks[:MAX_HEAD_CHUNKS])
        if chunk.role in {"", "heading"} and (line := _LINE.match(chunk.text))
    }
    names = {line["name"] for line in found.values()}
    if len(names) < MIN_LINES or not names & {"SUBJECT", "RE"}:
        return list(chunks)
    titled = (
        has_title or any(chunk.role == "title" for chunk in chunks) or (0 not in found and _begins_with_title(chunks))
    )
    head: list[Chunk] = []
    body: list[Chunk] = []
    for i, chunk in enumerate(chunks):
        line = found.get(i)
        if line and line["name"] in {"SUBJECT", "RE"} and not titled:
            head.append(replace(chunk, text=chunk.text[line.end() :], role="title", lead=0))
            titled = True
        elif line:
            body.append(replace(chunk, role="metadata", label=line["name"].lower(), lead=0))
        else:
            body.append(chunk)
    return [*head, *body]


def _begins_with_title(chunks: Sequence[Chunk]) -> bool:
    """Whether the first chunk is a heading above all others."""
    levels = [chunk.level for chunk in chunks if chunk.role == "heading"]
    return chunks[0].role == "heading" and all(level > chunks[0].level for level in levels[1:])
