"""Reference strings in, parsed references out: for pipelines (JSON lines) and for a pasted list."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from kg.model import Assertion, Evidence, ReadError

#: References parsed together; the tagger sorts them by length.
CHUNK = 512
#: Files that may be a reference list and nothing else.
PASTED = frozenset({".txt", ".md"})
#: So many lines before the heading "References" are a text.
LEAST_LINES_OF_TEXT = 5
#: An entry longer than this is a paragraph.
MAX_ENTRY_CHARS = 800
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_LINE_NUMBER = re.compile(r"^\s*(?:[-–•*]\s+)?(?:\[[\w.+-]{1,12}\]|\(\d{1,3}\)|\d{1,3}[.)])\s+\S")
_HEADING = re.compile(
    r"^#*\s*(?:\d+\.?\s*)?(?:references|bibliography|works cited|literature|"
    r"literatur|literaturverzeichnis|bibliographie|références|referencias|bibliografía|bibliografia|referências|参考文献|參考文獻|참고문헌)\s*:?\s*$",
    re.I,
)


def filter_lines(lines: Iterable[str]) -> Iterator[str]:
    """JSON lines {"id", "ref"} -> JSON lines with the parsed fields, in the same order.

    "authors" are surnames, so institutions stand in "author_strings" alone.

    Raises ReadError for a line that is no JSON object with a "ref"; it names the line.
    """
    from kg.extract.references import parse_references

    numbered = enumerate(lines, 1)
    while chunk := list(islice(numbered, CHUNK)):
        rows = [_read_row(number, line) for number, line in chunk if line.strip()]
        parsed = parse_references([row["ref"] for row in rows], together=False)
        for row, reference in zip(rows, parsed, strict=True):
            answer = {
                "id": row.get("id"),
                "authors": [name.family for name in reference.authors if not name.organisation],
                "author_strings": [name.written for name in reference.authors],
                "title": reference.title,
                "year": reference.year,
                "container": reference.container,
                "volume": reference.volume,
                "issue": reference.issue,
                "pages": reference.pages,
                "doi": reference.doi,
                "url": reference.url,
                "publisher": reference.publisher,
                "type": reference.type,
            }
            yield json.dumps(answer, ensure_ascii=False)


def _read_row(number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ReadError(f'line {number}: not JSON ({error}); expected {{"id": ..., "ref": "..."}}') from error
    if not isinstance(row, dict) or not isinstance(row.get("ref"), str):
        raise ReadError(f'line {number}: no text under "ref"; expected {{"id": ..., "ref": "..."}}')
    row["ref"] = row["ref"].encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair cannot be written
    return row


def split_list(text: str) -> list[str]:
    """The references of a pasted list: numbered entries, else paragraphs, else lines; a heading line is left out."""
    lines = [line.rstrip() for line in text.splitlines() if not _HEADING.match(line)]
    filled = [line for line in lines if line.strip()]
    numbered = sum(bool(_LINE_NUMBER.match(line)) for line in filled)
    if numbered > 1 or (numbered == 1 and filled and _LINE_NUMBER.match(filled[0])):
        return _join_from(filled, [bool(_LINE_NUMBER.match(line)) for line in filled])
    if _is_wrapped(lines):
        return [" ".join(part.split()) for part in re.split(r"\n\s*\n", "\n".join(lines)) if part.strip()]
    indented = [line[:1].isspace() for line in filled]
    if any(indented) and not all(indented):
        return _join_from(filled, [not flag for flag in indented])
    return [line.strip() for line in filled]


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether blank lines part entries of several lines each."""
    paragraphs = [part for part in re.split(r"\n\s*\n", "\n".join(lines).strip()) if part.strip()]
    return len(paragraphs) > 1 and any("\n" in part.strip() for part in paragraphs)


def _join_from(lines: Sequence[str], begins: Sequence[bool]) -> list[str]:
    entries: list[str] = []
    for line, begin in zip(lines, begins, strict=True):
        if begin or not entries:
            entries.append(line.strip())
        else:
            entries[-1] += " " + line.strip()
    return entries


def parse_list(text: str) -> Iterator[Assertion]:
    """The references of a pasted list as "reference" assertions with an added field "publisher"."""
    from kg.extract.references import parse_references, to_assertion

    entries = split_list(text)
    at = 0
    for position, (entry, reference) in enumerate(zip(entries, parse_references(entries), strict=True), 1):
        found = text.find(entry, at)
        at = found + len(entry) if found >= 0 else at
        evidence = Evidence(max(found, 0), max(found, 0) + len(entry), entry)
        assertion = to_assertion(reference, evidence, key=f"ref{position}")
        yield _add_publisher(assertion, reference.publisher)


def parse_file(path: Path, *, named: bool = True) -> Iterator[Assertion]:
    """The references of a pasted list, or of the reference list of a document (PDF, Word, web page, a paper as text).

    named: the file is said to be a list; else running text without a list gives nothing.
    Raises ReadError if the file cannot be read.
    """
    from kg.extract.references import extract_references
    from kg.readers import READERS, read_document

    if path.suffix.lower() in READERS and path.suffix.lower() not in PASTED:
        return extract_references(read_document(path))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(f"{path}: not UTF-8 text ({error.reason} at byte {error.start})") from error
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror or error}") from error
    if path.suffix.lower() in READERS and _is_document(text):
        return extract_references(read_document(path))
    return parse_list(text) if named or _is_list(text) else iter(())


def _is_list(text: str) -> bool:
    """Whether most entries of a text are as short as references and give a year."""
    entries = split_list(text)
    likely = sum(len(entry) <= MAX_ENTRY_CHARS and bool(_YEAR.search(entry)) for entry in entries)
    return likely * 2 > len(entries)


def _is_document(text: str) -> bool:
    """Whether a reference list stands at the end of a text, under its heading."""
    filled = [line for line in text.splitlines() if line.strip()]
    return any(_HEADING.match(line) for line in filled[LEAST_LINES_OF_TEXT:])


def _add_publisher(assertion: Assertion, publisher: str) -> Assertion:
    from dataclasses import replace

    if not publisher:
        return assertion
    return replace(assertion, fields=tuple(sorted((*assertion.fields, ("publisher", publisher)))))
