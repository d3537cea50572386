"""Pandoc's grid and simple tables, written as the pipe tables that other programs know."""

import itertools
import re
from collections.abc import Iterator, Sequence

from kg.readers.characters import squeeze

_BORDER = re.compile(r"[ \t]*\+(?:[-=:]+\+)+[ \t]*")
_DASHES = re.compile(r"[ \t]*-{2,}(?:[ \t]+-{2,})+[ \t]*")


def write_pipe_tables(text: str) -> str:
    """Text with its tables drawn by borders ("+---+") or by dashes below the names of columns as pipe tables."""
    if "--" not in text:
        return text
    lines = text.split("\n")
    written: list[str] = []
    at = 0
    while at < len(lines):
        end, rows = _read_grid(lines, at) or _read_simple(lines, at) or (at, [])
        if rows:
            written += ["", *_write_pipes(rows), ""]
            at = end
        else:
            written.append(lines[at])
            at += 1
    return "\n".join(written)


def _read_grid(lines: Sequence[str], at: int) -> tuple[int, list[list[str]]] | None:
    """Where a table that begins here with a border ends, and its rows; None if none begins here."""
    if not _BORDER.fullmatch(lines[at]):
        return None
    places = [found.start() for found in re.finditer(r"\+", lines[at])]
    rows: list[list[str]] = []
    cells: list[str] = [""] * (len(places) - 1)
    for end in range(at + 1, len(lines)):
        line = lines[end]
        if _BORDER.fullmatch(line):
            if not any(map(str.strip, cells)):
                return (end, rows) if rows else None
            rows.append([squeeze(cell) for cell in cells])
            cells = [""] * (len(places) - 1)
        elif line.lstrip().startswith("|"):
            pieces = [line[a + 1 : b] for a, b in itertools.pairwise(places)]
            cells = [f"{cell} {piece}" for cell, piece in zip(cells, pieces, strict=True)]
        else:
            return (end, rows) if rows else None
    return (len(lines), rows) if rows else None


def _read_simple(lines: Sequence[str], at: int) -> tuple[int, list[list[str]]] | None:
    """Where a table ends whose names of columns stand here, above dashes, and its rows; None if none begins here."""
    if at + 2 >= len(lines) or not lines[at].strip() or not _DASHES.fullmatch(lines[at + 1]) or "|" in lines[at]:
        return None
    starts = [found.start() for found in re.finditer(r"-+", lines[at + 1])]
    rows = [lines[at]]
    end = at + 2
    while end < len(lines) and lines[end].strip() and not _DASHES.fullmatch(lines[end]):
        rows.append(lines[end])
        end += 1
    if len(rows) < 2:
        return None
    return end + (end < len(lines) and bool(_DASHES.fullmatch(lines[end]))), [_cut(row, starts) for row in rows]


def _cut(row: str, starts: Sequence[int]) -> list[str]:
    return [squeeze(row[a:b]) for a, b in itertools.pairwise([0, *starts[1:], max(len(row), starts[-1] + 1)])]


def _write_pipes(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for i, row in enumerate(rows):
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
        if i == 0:
            yield "|" + " --- |" * len(row)
