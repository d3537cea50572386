"""Texts in, propositions out: what `kg propositions` runs."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.model import Block, BlockKind, Cell, Document, KgError, Table

#: A map of one text cannot show more; what is cut are propositions that cannot be read alone, then the last ones.
MAX_PROPOSITIONS = 80
COLUMNS = ("subject", "phrase", "object", "sentence")


def filter_propositions(lines: Iterable[str]) -> Iterator[str]:
    """One JSON answer for each JSON request, a line each, without the line end; empty lines are passed over.

    A request is {"id", "text"}, an answer {"id", "triples": [[subject, phrase, object], ...]}.
    Raises KgError at the first line that is no such request, with its number.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            request = _read_request(line, number)
            triples = [row[:3] for row in find_rows(make_plain_document(request["text"]))]
            yield json.dumps({"id": request["id"], "triples": triples}, ensure_ascii=False)


def _read_request(line: str, number: int) -> dict[str, Any]:
    try:
        request = json.loads(line)
    except json.JSONDecodeError as error:
        raise KgError(f"line {number}: not JSON ({error.msg}); wanted {{'id': ..., 'text': ...}}") from error
    if not isinstance(request, dict) or not isinstance(request.get("text"), str):
        raise KgError(f"line {number}: 'text' must be a text")
    return {"id": request.get("id"), "text": request["text"]}


def make_plain_document(text: str) -> Document:
    """A text whose lines and paragraphs are its blocks; nothing in it is taken for a heading or a field."""
    blocks, start = [], 0
    for line in text.splitlines(keepends=True):
        content = line.strip()
        if content:
            offset = start + line.index(content)
            blocks.append(Block(BlockKind.PARAGRAPH, offset, offset + len(content)))
        start += len(line)
    return Document("text", "text", text, tuple(blocks))


def find_rows(document: Document) -> list[list[str]]:
    """Subject, phrase, object and sentence of at most MAX_PROPOSITIONS propositions, in reading order."""
    from kg.annotate import annotate
    from kg.extract.propositions import find_propositions

    text = document.text
    found = list(find_propositions(annotate(document, ())))
    order = sorted(range(len(found)), key=lambda i: (not found[i].plain, i))[:MAX_PROPOSITIONS]
    return [
        [text[slice(*p.subject)], p.phrase, text[slice(*p.object)], " ".join(text[slice(*p.sentence)].split())]
        for p in (found[i] for i in sorted(order))
    ]


def tabulate_propositions(path: Path | None, text: str = "") -> Table:
    """The propositions of a file (or of a text) as a table. Raises ReadError if the file cannot be read."""
    if path is None:
        rows = find_rows(make_plain_document(text))
    else:
        from kg.readers import read_document

        rows = find_rows(read_document(path))
    cells = tuple(tuple(Cell(value) for value in row) for row in rows)
    return Table(COLUMNS, cells, title="Propositions")
