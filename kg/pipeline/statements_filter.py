"""Sentences in, labels and probabilities out: what `kg statements` runs."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.annotate.statements import find_label, score_sentences
from kg.model import Cell, KgError, Table

#: Probabilities are printed with this many digits.
_DIGITS = 4
_DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal"


def filter_statements(lines: Iterable[str], *, encoder: str = "") -> Iterator[str]:
    """One JSON answer for each JSON request, a line each, without the line end; empty lines are passed over.

    A request is {"id", "sentences": [consecutive sentences of one document]}, an answer
    {"id", "labels": ["D" | "R" | "B" | "N", ...], "scores": [[dilemma, remedy], ...]}.
    Raises KgError at the first line that is no such request, with its number.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            request = _read_request(line, number)
            scores = score_sentences(request["sentences"], encoder=encoder)
            answer = {
                "id": request["id"],
                "labels": [find_label(pair) for pair in scores],
                "scores": [[round(d, _DIGITS), round(r, _DIGITS)] for d, r in scores],
            }
            yield json.dumps(answer, ensure_ascii=False)


def _read_request(line: str, number: int) -> dict[str, Any]:
    try:
        request = json.loads(line)
    except json.JSONDecodeError as error:
        raise KgError(f"line {number}: not JSON ({error.msg}); wanted {{'id': ..., 'sentences': [...]}}") from error
    sentences = request.get("sentences") if isinstance(request, dict) else None
    if not isinstance(sentences, list) or not all(isinstance(sentence, str) for sentence in sentences):
        raise KgError(f"line {number}: 'sentences' must be a list of texts, in the order of the document")
    return {"id": request.get("id"), "sentences": sentences}


def find_statements(path: Path, *, encoder: str = "") -> Table:
    """The sentences of a file judged dilemma or remedy: columns kind, confidence, sentence; in reading order.

    Raises ReadError if the file cannot be read as a document.
    """
    from kg.annotate import find_sentences
    from kg.readers import read_document

    document = read_document(path)
    return _to_table([document.text[s.start : s.end] for s in find_sentences(document.text, document.blocks)], encoder)


def find_statements_in_text(text: str, *, encoder: str = "") -> Table:
    """As `find_statements`, for plain text in which each paragraph, heading or list item stands on lines of its own."""
    from kg.annotate import split_sentences

    paragraphs = [part.strip() for part in text.split("\n\n")]
    return _to_table([part[a:b] for part in paragraphs for a, b in split_sentences(part)], encoder)


def _to_table(sentences: list[str], encoder: str) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for sentence, pair in zip(sentences, score_sentences(sentences, encoder=encoder), strict=True):
        label = find_label(pair)
        for kind, probability, letters in zip(("dilemma", "remedy"), pair, ("DB", "RB"), strict=True):
            if label in letters:
                rows.append(
                    (Cell(kind), Cell(f"{probability:.2f}", datatype=_DECIMAL), Cell(" ".join(sentence.split())))
                )
    return Table(("kind", "confidence", "sentence"), tuple(rows), title="Sentences that state a dilemma or a remedy")
