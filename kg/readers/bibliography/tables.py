"""Tables of records: CSV and TSV as Zotero, Scopus, Web of Science, OpenAlex and conference lists export them."""

import csv
import re
from collections.abc import Mapping

from kg.model import ReadError
from kg.readers.bibliography.record import Record, clean, is_nobody, pick_files, read_year
from kg.readers.word_lists import load_columns

MAX_CELL_CHARS = 5_000_000
#: Each unclosed quote may cost a look at the rest of the file.
MAX_REPAIRS = 100
_COLUMNS = load_columns()


def read_table(text: str) -> tuple[list[Record], list[str]]:
    """The rows of a table as records, and what could not be read: "line 12: ...".

    Raises ReadError if no column is a title.
    """
    rows, problems = _read_rows(text)
    if not rows:
        return [], problems
    header = [_fold(name) for name in rows[0][1]]
    places = {field: [header.index(name) for name in names if name in header] for field, names in _COLUMNS.items()}
    if not places["title"]:
        raise ReadError(f"no column with titles among: {', '.join(header[:12])}")
    records: list[Record] = []
    for line, row in rows[1:]:
        if not any(cell.strip() for cell in row):
            continue
        values = {field: _pick(row, indexes) for field, indexes in places.items()}
        if len(row) > len(header) or not values["title"].strip():
            why = f"{len(row)} cells for {len(header)} columns" if len(row) > len(header) else "no title"
            problems.append(f"line {line}: record {values['key'] or len(records) + 1} has {why}; skipped")
            continue
        records.append(_make_record(values, line))
    return records, problems


def _read_rows(text: str) -> tuple[list[tuple[int, list[str]]], list[str]]:
    """Each row with the number of its first line, and rows whose quotes do not close: "line 12: ...".

    Raises ReadError if a cell is longer than `MAX_CELL_CHARS`.
    """
    lines = text.splitlines(keepends=True)
    delimiter = max(",;\t|", key=lines[0].count) if lines else ","
    csv.field_size_limit(MAX_CELL_CHARS)
    rows: list[tuple[int, list[str]]] = []
    problems: list[str] = []
    start, reader = 0, csv.reader(lines, delimiter=delimiter)
    last = 0
    try:
        while (row := next(reader, None)) is not None:
            end = start + reader.line_num
            if rows and end - last > 1 and len(problems) < MAX_REPAIRS and _swallows(lines[last:end], delimiter, rows):
                problems.append(f"line {last + 1}: a record whose quotes do not close; skipped")
                start = last = last + 1
                reader = csv.reader(lines[start:], delimiter=delimiter)
                continue
            rows.append((last + 1, row))
            last = end
    except csv.Error as error:
        raise ReadError(f"line {last + 1}: not a table ({error})") from error
    return rows, problems


def _swallows(lines: list[str], delimiter: str, rows: list[tuple[int, list[str]]]) -> bool:
    """Whether a quote that is never closed makes one row of many: a line in it is a whole row by itself."""
    if _split_strictly(lines, delimiter):
        return False
    columns = len(rows[0][1])
    return any(len(_split_strictly([line], delimiter)) == columns for line in lines[1:])


def _split_strictly(lines: list[str], delimiter: str) -> list[str]:
    """The cells of a row, none if its quotes are not as they should be."""
    try:
        return next(csv.reader(lines, delimiter=delimiter, strict=True), [])
    except csv.Error:
        return []


def _fold(name: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", name.lower()))


def _pick(row: list[str], indexes: list[int]) -> str:
    return next((row[i] for i in indexes if i < len(row) and row[i].strip()), "")


def _split(text: str) -> list[str]:
    """The values of a cell: by semicolons, else by bars, else by commas between whole names."""
    for separator in (";", "|"):
        if separator in text:
            return [part for part in (clean(part) for part in text.split(separator)) if part]
    return [clean(text)] if text.strip() else []


def _split_people(text: str) -> list[str]:
    """Names of a cell; identifiers behind them ("Silva, Ana (57190)") dropped. "Silva A., Rossi B." is two."""
    names = [re.sub(r"\s*\(\d+\)$", "", name) for name in _split(text)]
    if len(names) == 1 and re.search(r"[^\W\d_]\.,\s", names[0]):
        return [name.strip() for name in re.split(r"(?<=\.),\s+", names[0]) if name.strip()]
    return [name for name in names if name and not is_nobody(name)]


def _make_record(values: Mapping[str, str], line: int) -> Record:
    record = Record(clean(values["key"]), line, title=clean(values["title"]), abstract=clean(values["abstract"]))
    record.authors = _split_people(values["authors"])
    record.countries = _split(values["countries"])
    record.affiliations = _split(values["affiliations"])[:20]
    keywords = values["keywords"] or values["more keywords"]
    record.keywords = (
        _split(keywords) if re.search(r"[;|]", keywords) else [w for w in (clean(p) for p in keywords.split(",")) if w]
    )
    record.attachments = pick_files(_split(values["files"]))
    pages = clean(values["pages"]) or "-".join(filter(None, [clean(values["first"]), clean(values["last"])]))
    names = ("container", "publisher", "volume", "issue", "isbn", "issn", "source", "language", "type")
    facts = {name: clean(values[name]) for name in names}
    doi = re.search(r"10\.\d{4,9}/\S+", values["doi"])
    facts |= {"year": read_year(values["date"]), "pages": pages, "doi": doi.group().rstrip(".,;") if doi else ""}
    record.facts = {name: value for name, value in facts.items() if value}
    if record.abstract.lower() in {"[no abstract available]", "n/a", "no abstract available"}:
        record.abstract = ""
    return record
