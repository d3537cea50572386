"""Texts in, propositions out: what `kg propositions` runs."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.model import Block, BlockKind, Cell, Concept, Document, ReadError, Table

#: A map of one text cannot show more; what is cut are propositions that cannot be read alone, then the last ones.
MAX_PROPOSITIONS = 80
COLUMNS = ("subject", "phrase", "object", "confidence", "sentence")
CONCEPT_COLUMNS = ("subject concept", "object concept")
_SHAPE = '{"id": ..., "text": "..."}'


def filter_propositions(lines: Iterable[str]) -> Iterator[str]:
    """One JSON answer for each JSON request, a line each, without the line end; empty lines are passed over.

    A request is {"id", "text"}, an answer {"id", "triples": [[subject, phrase, object], ...]}.
    Raises ReadError at the first line that is no such request, with its number.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            request = _read_request(line, number)
            rows = choose_rows(find_in_document(make_plain_document(request["text"]), every=True))
            triples = [[row.subject, row.phrase, row.object] for row in rows]
            yield json.dumps({"id": request["id"], "triples": triples}, ensure_ascii=False)


def _read_request(line: str, number: int) -> dict[str, Any]:
    try:
        request = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"line {number}: not JSON ({error}); expected {_SHAPE}") from error
    if not isinstance(request, dict) or not isinstance(request.get("text"), str):
        raise ReadError(f'line {number}: no text under "text"; expected {_SHAPE}')
    # Half a surrogate pair cannot be written.
    return {"id": request.get("id"), "text": request["text"].encode("utf-8", "replace").decode("utf-8")}


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


def join_lines(text: str) -> str:
    """A pasted text with lines that break within a sentence joined; its length stays the same."""
    from kg.extract.keyphrases import join_lines as join

    return join(text)


@dataclass(frozen=True, slots=True)
class Row:
    """A proposition as written, with its sentence. concepts: labels of what subject and object speak of, or ""."""

    subject: str
    phrase: str
    object: str
    confidence: float
    sentence: str
    plain: bool
    concepts: tuple[str, str]


def find_in_document(document: Document, concepts: Sequence[Concept] = (), *, every: bool = False) -> list[Row]:
    """The propositions of a document in reading order, only those that can be read alone unless `every`."""
    from kg.annotate import annotate
    from kg.extract.propositions import find_concept, find_propositions

    annotated = annotate(document, concepts)
    labels: dict[str, str] = {concept.iri: concept.label for concept in concepts}
    text = document.text
    return [
        Row(
            text[slice(*p.subject)],
            p.phrase,
            text[slice(*p.object)],
            p.confidence,
            " ".join(text[slice(*p.sentence)].split()),
            p.plain,
            (labels.get(find_concept(annotated, p.subject), ""), labels.get(find_concept(annotated, p.object), "")),
        )
        for p in find_propositions(annotated)
        if every or p.plain
    ]


def choose_rows(rows: Sequence[Row]) -> list[Row]:
    """At most MAX_PROPOSITIONS of them, in reading order."""
    order = sorted(range(len(rows)), key=lambda i: (not rows[i].plain, i))[:MAX_PROPOSITIONS]
    return [rows[i] for i in sorted(order)]


def tabulate_propositions(found: Mapping[str, Sequence[Row]], *, with_concepts: bool = False) -> Table:
    """The propositions of each file as a table; the first column names the file if there are several."""
    several = len(found) > 1
    columns = ("file",) * several + COLUMNS + CONCEPT_COLUMNS * with_concepts
    rows = []
    for file, propositions in found.items():
        for row in propositions:
            ends = [" ".join(end.split()) for end in (row.subject, row.object)]
            values = [file] * several + [ends[0], row.phrase, ends[1], f"{row.confidence:.2f}", row.sentence]
            rows.append(tuple(Cell(value) for value in (*values, *(row.concepts if with_concepts else ()))))
    return Table(columns, tuple(rows), title="Propositions")
