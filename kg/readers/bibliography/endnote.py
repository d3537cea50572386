"""EndNote's own XML export."""

import re

from lxml import etree

from kg.model import ReadError
from kg.readers.bibliography.record import Record, clean, pick_files, read_year
from kg.readers.zips import parse_xml

_RECORD = re.compile(r"<record\b.*?</record\s*>", re.DOTALL)
#: A record names no more files.
MAX_FILES = 50
_NUMBER = re.compile(r"<rec-number>\s*([^<]{1,80}?)\s*<")


def read_endnote(text: str, data: bytes) -> tuple[list[Record], list[str]]:
    """The records of an EndNote XML file, and those that cannot be read or have no title: "line 3: ...".

    data: the file as it is; text: the same decoded. Raises ReadError if no record in it can be read.
    """
    try:
        return _read_tree(parse_xml(data, file="the file"))
    except ReadError:
        records, problems = _read_each(text)
        if not records:
            raise
        return records, problems


def _read_each(text: str) -> tuple[list[Record], list[str]]:
    """The records of a file that is not well-formed as a whole, each read alone."""
    records: list[Record] = []
    problems: list[str] = []
    for found in _RECORD.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        number = _NUMBER.search(found.group())
        name = f"record {clean(number.group(1))}" if number else "a record"
        try:
            record = _make_record(parse_xml(found.group().encode(), file=name), line)
        except ReadError as error:
            problems.append(f"line {line}: {error}; skipped")
            continue
        if record.title:
            records.append(record)
        else:
            problems.append(f"line {line}: {name} has no title; skipped")
    return records, problems


def _read_tree(root: etree._Element) -> tuple[list[Record], list[str]]:
    records: list[Record] = []
    problems: list[str] = []
    for number, node in enumerate(root.iter("record"), start=1):
        record = _make_record(node, number)
        if record.title:
            records.append(record)
        else:
            problems.append(f"record {number}: it has no title; skipped")
    return records, problems


def _text(node: etree._Element, path: str) -> str:
    found = node.find(path)
    return "" if found is None else clean("".join(map(str, found.itertext())))


def _texts(node: etree._Element, path: str) -> list[str]:
    return [text for found in node.iterfind(path) if (text := clean("".join(map(str, found.itertext()))))]


def _make_record(node: etree._Element, number: int) -> Record:
    record = Record(_text(node, "rec-number"), number, title=_text(node, "titles/title"))
    record.authors = _texts(node, "contributors/authors/author")
    record.keywords = _texts(node, "keywords/keyword")
    record.abstract = _text(node, "abstract")
    files = (*_texts(node, "urls/pdf-urls/url"), *_texts(node, "urls/related-urls/url"))
    record.attachments = [re.sub(r"^(?:file|internal-pdf)://", "", path) for path in pick_files(files[:MAX_FILES])]
    facts = {
        "year": read_year(_text(node, "dates/year")),
        "container": _text(node, "titles/secondary-title") or _text(node, "periodical/full-title"),
        "publisher": _text(node, "publisher"),
        "volume": _text(node, "volume"),
        "issue": _text(node, "number"),
        "pages": _text(node, "pages"),
        "doi": _text(node, "electronic-resource-num"),
        "source": _text(node, "urls/related-urls/url"),
        "language": _text(node, "language"),
    }
    record.facts = {name: value for name, value in facts.items() if value}
    return record
