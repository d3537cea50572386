"""Texts in, key phrases out: what `kg keyphrases` runs."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.model import BlockKind, Cell, Concept, ReadError, Table

if TYPE_CHECKING:
    from kg.extract.keyphrases import Phrase

#: Phrases of one answer line; a text may have fewer.
MAX_PHRASES = 30
COLUMNS = ("rank", "phrase", "short", "count", "score")
#: Key of a label -> its concept, "open data (concepts)".
Names = Mapping[tuple[str, ...], str]
_SHAPE = '{"id": ..., "title": "...", "text": "..."}'


def filter_keyphrases(lines: Iterable[str]) -> Iterator[str]:
    """JSON lines {"id", "title", "text"} -> JSON lines {"id", "phrases": [best, next, ...]}, in the same order.

    Raises ReadError at the first line that is no such request, with its number; empty lines are passed over.
    """
    from kg.extract.keyphrases import find_words, rank_phrases

    for number, line in enumerate(lines, 1):
        if line.strip():
            request = _read_request(line, number)
            phrases = rank_phrases(find_words(request["text"]), request["title"], limit=MAX_PHRASES)
            answer = {"id": request["id"], "phrases": [phrase.text for phrase in phrases]}
            yield json.dumps(answer, ensure_ascii=False)


def _read_request(line: str, number: int) -> dict[str, Any]:
    try:
        request = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"line {number}: not JSON ({error}); expected {_SHAPE}") from error
    if not isinstance(request, dict) or not isinstance(request.get("text"), str):
        raise ReadError(f'line {number}: no text under "text"; expected {_SHAPE}')
    title = request.get("title") or ""
    if not isinstance(title, str):
        raise ReadError(f'line {number}: "title" is no text; expected {_SHAPE}')
    # Half a surrogate pair cannot be written.
    text, title = (part.encode("utf-8", "replace").decode("utf-8") for part in (request["text"], title))
    return {"id": request.get("id"), "title": title, "text": text}


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and those in the folders named that some reader takes, in order of their paths.

    Raises ReadError for a path that is not there.
    """
    from kg.readers import READERS

    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix.lower() in READERS and p.is_file())
        elif path.exists():
            yield path
        else:
            raise ReadError(f"{path}: no such file or folder")


def rank_file(path: Path, *, limit: int = MAX_PHRASES, names: Names | None = None) -> "tuple[Phrase, ...]":
    """The best key phrases of a file, none a part of a better one. Raises ReadError if it cannot be read.

    names: concepts whose labels are one phrase.
    """
    from kg.annotate import annotate
    from kg.extract.keyphrases import list_words, rank_phrases
    from kg.readers import read_document

    document = read_document(path)
    title = next((document.block_text(block) for block in document.find_blocks(BlockKind.TITLE)), "")
    words = list_words(annotate(document, ()))
    return _keep_distinct(rank_phrases(words, title, limit=3 * limit, same=names), limit)


def rank_text(text: str, *, limit: int = MAX_PHRASES, names: Names | None = None) -> "tuple[Phrase, ...]":
    """The best key phrases of a plain text, as those of a file."""
    from kg.extract.keyphrases import find_words, rank_phrases

    return _keep_distinct(rank_phrases(find_words(text), limit=3 * limit, same=names), limit)


def _keep_distinct(phrases: "Iterable[Phrase]", limit: int) -> "tuple[Phrase, ...]":
    from kg.extract.keyphrases import stands_inside

    kept: list[Phrase] = []
    for phrase in phrases:
        if len(kept) < limit and not stands_inside(phrase, kept):
            kept.append(phrase)
    return tuple(kept)


def label_concepts(concepts: Iterable[Concept]) -> dict[tuple[str, ...], str]:
    """Key of every label of the concepts -> "open data (concepts)"; of concepts that share a label a subject counts."""
    from kg.extract.concepts import SUBJECT_SCHEMES
    from kg.extract.keyphrases import make_key

    names: dict[tuple[str, ...], str] = {}
    for concept in sorted(concepts, key=lambda concept: concept.scheme not in SUBJECT_SCHEMES):
        for label in (concept.label, *concept.labels):
            names.setdefault(make_key(label), f"{concept.label} ({concept.scheme})")
    return names


def tabulate_phrases(ranked: "Mapping[str, tuple[Phrase, ...]]", concepts: Names | None = None) -> Table:
    """Phrases of each file as a table: rank, phrase, abbreviation, places, score; and its concept, if any are given.

    The first column names the file if there are several.
    """
    several = len(ranked) > 1
    columns = ("file",) * several + COLUMNS + ("concept",) * (concepts is not None)
    rows = []
    for file, phrases in ranked.items():
        for rank, phrase in enumerate(phrases, 1):
            values = [file] * several + [str(rank), phrase.text, phrase.short]
            values += [str(len(phrase.starts)), f"{phrase.score:.2f}"]
            if concepts is not None:
                values.append(concepts.get(phrase.key, ""))
            rows.append(tuple(Cell(value) for value in values))
    return Table(columns, tuple(rows), title="Key phrases")
