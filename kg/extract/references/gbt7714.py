"""References in the Chinese style GB/T 7714, known by the mark of their type: "Title[J]. Journal, 2020(11): 2-13".

The mark leaves no doubt about what follows, so these are read by rule. Source: GB/T 7714-2015, sections 4 and 8.
"""

import re
from dataclasses import replace

from kg.extract.references.authors import AuthorName
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
    "A": "incollection",
}
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_PAGES = r"(?P<pages>[A-Za-z]?\d+(?:\s*[-–—~]\s*[A-Za-z]?\d+)?(?:\s*[,+]\s*\d+(?:-\d+)?)*)"
_ISSUE = r"(?:\(\s*(?P<issue>[^()]{1,12}?)\s*\))?"
_SERIAL = re.compile(
    rf"(?P<container>.+?)\s*[,.]\s*{_YEAR}(?:-\d\d?-\d\d?)?\s*"
    rf"(?:,\s*(?:[Vv]ol\.?\s*)?(?P<volume>[A-Z]?\d+|[IVXLC]+)\s*)?{_ISSUE}\s*(?:[:,]\s*(?:pp?\.?\s*)?{_PAGES})?"
)
_BOOK = re.compile(rf"(?:.*?[,.:]\s*)?{_YEAR}\s*(?:[:,]\s*(?:pp?\.?\s*)?{_PAGES})?\s*\.?\s*(?:$|https?:|DOI)")
_HOST = re.compile(r"\s*(?://|In:?\s)\s*(?P<host>.+?)(?:\s*\[[A-Z]+\])?\s*\.\s+(?P<rest>.*)|\s*//\s*(?P<only>.+)", re.S)
_ANY_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_OTHERS = re.compile(r"[,\s]*(?:et\.?\s*al\.?|等|and others)[.,]?\s*$", re.I)
_NAME = re.compile(r"[^\W\d_][^\W\d_'’.·‐-]*(?:[\s.·'’‐-]+[^\W\d_][^\W\d_'’.·‐-]*){0,4}\.?")


def find_mark(reference: str) -> str:
    """The letters of the type mark of a GB/T 7714 reference ("J", "EB"), "" if it has none."""
    found = _MARK.search(reference)
    return found["mark"] if found and found.start() > 0 else ""


def _split_head(head: str) -> tuple[str, str]:
    """The authors and the title: the authors end at the first full stop with names alone before it."""
    for stop in re.finditer(r"\.(?=\s|[^\W\d_a-zA-Z])\s*", head):
        before = head[: stop.start()]
        last_word = re.split(r"[\s,.]+", before)[-1]
        if (
            len(last_word) == 1
            and last_word.isascii()
            and "," not in head[stop.end() : stop.end() + 40].split(".")[0][:0]
        ):
            following = head[stop.end() :].split(".")[0]
            if len(following.split()) <= 3 and "." in head[stop.end() :]:
                continue
        names = [part for part in re.split(r"\s*[,;、]\s*|\s+and\s+|\s*&\s*", _OTHERS.sub("", before)) if part]
        if names and all(_NAME.fullmatch(name) and len(name.split()) <= 5 for name in names):
            return before, head[stop.end() :]
        if names and len(names) == 1 and len(before.split()) <= 10:
            return before, head[stop.end() :]
        return "", head
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
    if mark["mark"] in ("C", "A", "M", "G"):
        host = _HOST.match(reference[mark.end() :])
        if host:
            name = host["host"] or host["only"]
            container = re.split(r"[,.]\s*(?=[^,.]*:|\d{4})", name)[0]
            fields = replace(fields, container=trim(_drop_editors(container)))
            rest = host["rest"] or name
        return _read_tail(fields, rest)
    if mark["mark"] in ("J", "N"):
        serial = _SERIAL.match(rest)
        if serial and not re.search(r"\b(?:vol|no|pp?)\.", serial["container"], re.I):
            return _take_serial(fields, serial)
        # A mark in a list of another style: the tagger knows better.
        return replace(guess, title=trim(_MARK.sub("", guess.title)))
    return _read_tail(fields, rest)


def _drop_editors(text: str) -> str:
    """ "Smith J, Brown K. Proceedings of X" -> "Proceedings of X"."""
    authors, title = _split_head(text)
    return title if authors else text


def _take_serial(fields: Fields, found: re.Match[str]) -> Fields:
    pages = re.split(r"[,+]", found["pages"] or "")[0]
    return replace(
        fields,
        container=trim(found["container"]),
        year=found["year"],
        volume=found["volume"] or "",
        issue=trim(found["issue"] or ""),
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
