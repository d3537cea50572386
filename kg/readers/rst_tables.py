"""Tables of reStructuredText that are written as lists or as comma-separated values."""

import csv
import io
import re
from collections.abc import Iterator, Sequence

_ROW = re.compile(r"\*[ \t]+-(?:[ \t]+(?P<text>.*))?$")
_CELL = re.compile(r"-(?:[ \t]+(?P<text>.*))?$")
_OPTION = re.compile(r":(?P<name>[\w-]+):[ \t]*(?P<value>.*)")


def read_list_table(body: Sequence[str]) -> list[list[str]]:
    """The rows of a `list-table`, its header first; lines before the first row are left out."""
    rows: list[list[str]] = []
    for line in map(str.strip, body):
        row, cell = _ROW.match(line), _CELL.match(line)
        if row:
            rows.append([row["text"] or ""])
        elif cell and rows:
            rows[-1].append(cell["text"] or "")
        elif line and rows:
            rows[-1][-1] = f"{rows[-1][-1]} {line}"
    return rows


def read_csv_table(body: Sequence[str]) -> list[list[str]]:
    """The rows of a `csv-table`, those of its `:header:` first."""
    return [row for line in _find_csv(body) for row in csv.reader(io.StringIO(line), skipinitialspace=True) if row]


def _find_csv(body: Sequence[str]) -> Iterator[str]:
    """The header of a table, then its rows, as they are written."""
    lines = [line.strip() for line in body]
    options = [found for line in lines if (found := _OPTION.fullmatch(line))]
    yield from (found["value"] for found in options if found["name"] == "header")
    yield "\n".join(line for line in lines if line and not _OPTION.fullmatch(line))


def states_header(body: Sequence[str]) -> bool:
    """Whether a table says that its first row is a header."""
    options = {found["name"]: found["value"] for line in body if (found := _OPTION.fullmatch(line.strip()))}
    return "header" in options or options.get("header-rows", "0").strip() not in {"", "0"}


def read_simple_table(lines: Sequence[str]) -> list[list[str]]:
    """The rows of a simple table, its rules of "=" included; a line without a first cell goes on with the row above."""
    starts = [found.start() for found in re.finditer(r"=+", lines[0])]
    ends = [*starts[1:], None]
    rows: list[list[str]] = []
    for line in lines[1:]:
        if re.fullmatch(r"[=\s-]+", line):
            continue
        cells = [line[a:b].strip() for a, b in zip(starts, ends, strict=True)]
        if rows and not cells[0]:
            rows[-1] = [f"{above} {cell}".strip() for above, cell in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
    return rows
