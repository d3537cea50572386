"""Tagged exports: RIS, EndNote (.enw), Web of Science and PubMed (.nbib)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.readers.bibliography.record import Record, clean, read_year


@dataclass(frozen=True, slots=True)
class _Format:
    """How a tagged format is written: a line with its tag, the tag that opens a record, and that which ends it."""

    line: re.Pattern[str]
    opens: str
    ends: str
    fields: dict[str, str]


_RIS_FIELDS = {
    "TI": "title", "T1": "title", "CT": "title",
    "AU": "author", "A1": "author", "PY": "date", "Y1": "date", "DA": "date",
    "JO": "container", "JF": "container", "T2": "container", "JA": "container", "BT": "container", "PB": "publisher",
    "VL": "volume", "IS": "issue", "SP": "first", "EP": "last", "DO": "doi", "UR": "source", "SN": "issn",
    "LA": "language",
    "AB": "abstract", "N2": "abstract", "KW": "keyword", "ID": "key", "L1": "file", "TY": "type",
    "AD": "affiliation",
}  # fmt: skip
_ENW_FIELDS = {
    "T": "title", "A": "author", "D": "date", "J": "container", "B": "container", "I": "publisher", "V": "volume",
    "N": "issue", "P": "pages", "R": "doi", "U": "source", "@": "issn", "X": "abstract", "K": "keyword", "F": "key",
    "0": "type", "G": "language", "+": "affiliation",
}  # fmt: skip
_WOS_FIELDS = {
    "TI": "title", "AF": "author", "AU": "short author", "PY": "date", "SO": "container", "PU": "publisher",
    "VL": "volume", "IS": "issue", "BP": "first", "EP": "last", "DI": "doi", "SN": "issn", "LA": "language",
    "AB": "abstract",
    "DE": "keywords", "UT": "key", "DT": "type", "PT": "kind",
}  # fmt: skip
_NBIB_FIELDS = {
    "TI": "title", "FAU": "author", "DP": "date", "JT": "container", "VI": "volume", "IP": "issue", "PG": "pages",
    "AID": "doi", "IS": "issn", "LA": "language", "AB": "abstract", "OT": "keyword", "PMID": "key", "AD": "affiliation",
}  # fmt: skip
FORMATS: dict[str, _Format] = {
    "ris": _Format(re.compile(r"(?P<tag>[A-Z][A-Z0-9])  ?-(?:\s+|$)(?P<value>.*)$"), "TY", "ER", _RIS_FIELDS),
    "enw": _Format(re.compile(r"%(?P<tag>\S)\s+(?P<value>.*)$"), "0", "", _ENW_FIELDS),
    "wos": _Format(re.compile(r"(?P<tag>[A-Z][A-Z0-9])(?:\s(?P<value>.*)|$)"), "PT", "ER", _WOS_FIELDS),
    "nbib": _Format(re.compile(r"(?P<tag>[A-Z]{2,4}) *- (?P<value>.*)$"), "PMID", "", _NBIB_FIELDS),
}
#: Continued lines that run on; in other fields each line is a value of its own.
_ONE_VALUE = frozenset({"title", "abstract", "container", "keywords", "affiliation"})


def guess_format(text: str) -> str:
    """Which tagged format a text is in: "ris", "enw", "wos", "nbib", or ""."""
    head = text.lstrip("\ufeff \n")[:2000]
    if re.match(r"(?:FN |VR |PT )", head):
        return "wos"
    if re.match(r"PMID- ", head):
        return "nbib"
    if re.match(r"TY  ?- ", head):
        return "ris"
    return "enw" if re.match(r"%\S\s", head) else ""


def read_tagged(text: str, name: str) -> tuple[list[Record], list[str]]:
    """The records of a tagged export, and what could not be read: "line 12: ..."."""
    form = FORMATS[name]
    records: list[Record] = []
    problems: list[str] = []
    for start, lines in _split_records(text.split("\n"), form):
        values = _read_fields(lines, form)
        record = _make_record(values, start)
        if record.title:
            records.append(record)
        else:
            problems.append(f"line {start}: record {record.key or len(records) + 1} has no title; skipped")
    return records, problems


def _split_records(lines: list[str], form: _Format) -> Iterator[tuple[int, list[str]]]:
    """The lines of each record and the number of its first (1-based)."""
    start, current = 0, list[str]()
    for number, line in enumerate(lines, start=1):
        found = form.line.match(line)
        tag = found.group("tag") if found else ""
        if tag == form.opens and current:
            yield start, current
            current = []
        if tag == form.ends and form.ends:
            if current:
                yield start, current
            current = []
        elif current or tag == form.opens:
            start = start if current else number
            current.append(line)
    if current:
        yield start, current


def _read_fields(lines: list[str], form: _Format) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        found = form.line.match(line)
        if found and not (form is FORMATS["wos"] and line.startswith(" ")):
            name = form.fields.get(found.group("tag"), "")
            if name and (value := (found.group("value") or "").strip()):
                values.setdefault(name, []).append(value)
        elif name and line.strip():
            if name in _ONE_VALUE and values.get(name):
                values[name][-1] += f" {line.strip()}"
            else:
                values.setdefault(name, []).append(line.strip())
    return values


def _make_record(values: dict[str, list[str]], line: int) -> Record:
    def first(name: str) -> str:
        return clean(values.get(name, [""])[0])

    record = Record(first("key"), line, title=first("title"), abstract=first("abstract"))
    record.authors = [clean(name) for name in values.get("author") or values.get("short author", [])]
    record.keywords = [
        word for value in values.get("keyword", []) for word in re.split(r"\s*[;\n]\s*", clean(value)) if word
    ]
    record.keywords += [
        word for value in values.get("keywords", []) for word in re.split(r"\s*;\s*", clean(value)) if word
    ]
    record.affiliations = list(dict.fromkeys(clean(place) for place in values.get("affiliation", [])))[:20]
    record.attachments = [re.sub(r"^(?:file|internal-pdf)://", "", path) for path in values.get("file", [])]
    year = read_year(" ".join(values.get("date", [])))
    pages = first("pages") or "-".join(filter(None, [first("first"), first("last")]))
    facts = {
        name: first(name)
        for name in ("type", "container", "publisher", "volume", "issue", "issn", "source", "language")
    }
    doi = re.search(r"10\.\d{4,9}/\S+", " ".join(values.get("doi", [])))
    facts |= {"year": year, "pages": pages, "doi": doi.group().rstrip(".,") if doi else ""}
    record.facts = {name: value for name, value in facts.items() if value}
    return record
