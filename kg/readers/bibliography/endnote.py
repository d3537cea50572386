"""EndNote's own XML export."""

from lxml import etree

from kg.readers.bibliography.record import Record, clean, read_year


def read_endnote(root: etree._Element) -> tuple[list[Record], list[str]]:
    """The records of an EndNote XML file, and those without a title: "record 3: ..."."""
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
