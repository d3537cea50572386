"""References in the Chinese style GB/T 7714, known by the mark of their type: "Title[J]. Journal, 2020(11): 2-13".

The mark leaves no doubt about what follows, so these are read by rule. Source: GB/T 7714-2015, sections 4 and 8.
"""

import re
from dataclasses import replace

from kg.extract.names import find_order
from kg.extract.references.authors import AuthorName
from kg.extract.references.bodies import is_body
from kg.extract.references.fields import Fields, trim

_MARK = re.compile(r"\s*\[\s*(?P<mark>[JMCNDRSPZGA]|DB|CP|EB|DS|CM)(?:\s*/\s*(?:OL|CD|MT|DK))?\s*\]\s*")
#: First letter of the mark -> type of the work, in the words of BibTeX.
TYPES: dict[str, str] = {
    "J": "article",
    "M": "book",
    "C": "inproceedings",
    "N": "newspaper",
    "D": "thesis",
    "R": "report",
    "S": "standard",
    "P": "patent",
    "DB": "dataset",
    "EB": "online",
    "G": "book",
    "A": "report",  # an archived paper; where it names a host, a part of that
}
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_PAGES = r"(?P<pages>[A-Za-z]?-?\d+(?:\s*[-–—~]\s*[A-Za-z]?\d+)?(?:\s*[,+]\s*\d+(?:-\d+)?)*)"
_ISSUE = r"(?:,?\s*\(\s*(?P<issue>[^()]{1,12}?)\s*\)|,\s*[Nn]o\.?\s*(?P<number>\d+(?:[-/]\d+)?))?"
_SERIAL = re.compile(
    rf"(?P<container>.+?)\s*[,.]\s*{_YEAR}(?:-\d\d?-\d\d?)?\s*"
    rf"(?:,\s*(?:[Vv]ol\.?\s*)?(?P<volume>[A-Z]?\d+|[IVXLC]+)\s*)?{_ISSUE}\s*(?:[:,]\s*(?:pp?\.?\s*)?{_PAGES})?"
)
_BOOK = re.compile(rf"(?:.*?[,.:]\s*)?{_YEAR}\s*(?:[:,]\s*(?:pp?\.?\s*)?{_PAGES})?\s*\.?\s*(?:$|https?:|DOI)")
#: ". Place: Press, 2015: 7-19" at the end of a chapter or paper; the book's name stands before it.
_IMPRINT = re.compile(
    rf"(?P<host>.+)[.,]\s*[^.,:]{{2,30}}(?:,\s*[^.,:]{{2,20}})?:\s*[^:]{{2,80}}?,\s*{_YEAR}\s*"
    rf"(?:[:,]\s*(?:pp?\.?\s*)?{_PAGES})?\s*\.?\s*(?:$|\[|https?:|DOI)",
    re.S,
)
_HOST_MARK = re.compile(r"\s*(?://|In:?\s)\s*")
#: The full stop of an initial: another initial or a comma follows.
_INITIAL_STOP = re.compile(r"\s*(?:[A-Z][.,]|,)")
_ANY_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_OTHERS = re.compile(r"[,\s]*(?:et\.?\s*al\.?|等|and others)[.,]?\s*$", re.I)
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_NAME = re.compile(r"[^\W\d_][^\W\d_'’.·‐-]*(?:[\s.·'’‐-]+[^\W\d_][^\W\d_'’.·‐-]*){0,4}\.?")


def find_type(reference: str) -> str:
    """The type that the mark tells, "" without one; "[M]//" is a part of a book."""
    mark = find_mark(reference)
    compact = reference.replace(" ", "")
    if mark in ("M", "G", "A") and ("]//" in compact or (mark == "A" and "[C]" in compact)):
        return "incollection"
    return TYPES.get(mark, "")


def find_mark(reference: str) -> str:
    """The letters of the type mark of a GB/T 7714 reference ("J", "EB"), "" if it has none."""
    found = _MARK.search(reference) if "[" in reference else None
    return found["mark"] if found and found.start() > 0 else ""


def _split_head(head: str) -> tuple[str, str]:
    """The authors and the title: the authors end at the first full stop with names alone before it."""
    for stop in re.finditer(r"\.(?=\s|[^\W\d_a-zA-Z]|[A-Z]\.)\s*", head):
        before, after = head[: stop.start()], head[stop.end() :]
        if re.search(r"\b[A-Z]$", before) and _INITIAL_STOP.match(head, stop.start() + 1):
            continue
        names = [name.written for name in _split_names(before)]
        if names and all(_NAME.fullmatch(name) and len(name.split()) <= 5 for name in names):
            return before, after
        return (before, after) if len(names) == 1 and len(before.split()) <= 10 else ("", head)
    return "", head


def _split_names(authors: str) -> tuple[AuthorName, ...]:
    parts = re.split(r"\s*[,;、]\s*(?:and\s+|&\s*)?|\s+and\s+|\s*&\s*", _OTHERS.sub("", authors))
    return tuple(AuthorName(part.strip(), "") for part in parts if part.strip())


def read_gbt7714(reference: str, guess: Fields) -> Fields:
    """The fields of a reference with a type mark; the tagger's guess fills what the rules leave open.

    reference: without its list number; full-width marks already made half-width.
    """
    mark = _MARK.search(reference)
    if mark is None:
        return guess
    authors, title = _split_head(reference[: mark.start()].strip())
    fields = replace(
        guess, title=trim(title), authors=_split_names(authors), container="", volume="", issue="", pages=""
    )
    rest = reference[mark.end() :].lstrip(". ")
    host = _HOST_MARK.match(reference, mark.end())
    if mark["mark"] == "A" and not host and _MARK.search(rest):
        # The older form: "Title[A]. Editor. Book[C]. Place: Press, 2005".
        return _read_host(fields, rest)
    if host and mark["mark"] in ("C", "A", "M", "G"):
        return _read_host(fields, reference[host.end() :])
    if mark["mark"] in ("J", "N"):
        serial = _SERIAL.match(rest)
        if serial and not re.search(r"\b(?:vol|no|pp?)\.", serial["container"], re.I):
            return _take_serial(fields, serial)
        # A mark in a list of another style: the tagger knows better.
        return replace(guess, title=trim(_MARK.sub("", guess.title)))
    return _read_tail(fields, rest)


def _read_host(fields: Fields, rest: str) -> Fields:
    """The book after "//": its name, then place and press, year and pages."""
    imprint = _IMPRINT.match(rest)
    if imprint:
        pages = re.sub(r"\s*[-–—~]\s*", "-", imprint["pages"] or "")
        return replace(fields, container=_clean_host(imprint["host"]), year=imprint["year"], pages=pages)
    fields = _read_tail(fields, rest)
    return replace(
        fields, container=_clean_host(re.split(rf"[,.]\s*{_YEAR.replace('?P<year>', '?:')}|https?:", rest)[0])
    )


def _clean_host(text: str) -> str:
    """The name of the book without type mark and editors: "Smith J, Brown K. Proceedings" -> "Proceedings"."""
    text = _MARK.sub("", text)
    editors, title = _split_head(text)
    names = [name.written for name in _split_names(editors)]
    are_editors = names and all(
        re.search(r"\b[A-Z]\b", name) or find_order(name) or is_body(name) or _HAN_NAME.fullmatch(name)
        for name in names
    )
    return trim(title if are_editors and title else text)


def _take_serial(fields: Fields, found: re.Match[str]) -> Fields:
    pages = re.split(r"[,+]", found["pages"] or "")[0]
    return replace(
        fields,
        container=trim(found["container"]),
        year=found["year"],
        volume=found["volume"] or "",
        issue=trim(found["issue"] or found["number"] or ""),
        pages=re.sub(r"\s*[-–—~]\s*", "-", pages),
    )


def _read_tail(fields: Fields, rest: str) -> Fields:
    """Year and pages after the publisher."""
    found = _BOOK.match(rest)
    if found:
        return replace(fields, year=found["year"], pages=re.sub(r"\s*[-–—~]\s*", "-", found["pages"] or ""))
    return replace(fields, year=_last_year(re.sub(r"\[\d{4}-[^\]]*\]|https?:\S+", "", rest)) or fields.year)


def _last_year(text: str) -> str:
    years = _ANY_YEAR.findall(text)
    return years[0] if years else ""
