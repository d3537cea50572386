"""Lines of the form "Name: value" at the head of a document."""

import re
from dataclasses import dataclass, replace

from kg.model import BlockKind
from kg.readers.drafts import Draft, enumerate_values

_FIELDS: dict[str, str] = {
    "keywords": "keywords", "key words": "keywords", "keyword": "keywords", "index terms": "keywords",
    "key-words": "keywords", "keywords and phrases": "keywords", "tags": "keywords", "general terms": "keywords",
    "abstract": "abstract", "summary": "abstract", "a b s t r a c t": "abstract",
    "doi": "doi", "digital object identifier": "doi",
    "author": "author", "authors": "author", "by": "author", "written by": "author", "prepared by": "publisher",
    "affiliation": "affiliation", "affiliations": "affiliation",
    "year": "year", "date": "date", "published": "date", "publication date": "date", "date of publication": "date",
    "issued": "date", "last updated": "updated", "updated": "updated", "adopted": "date", "approved": "date",
    "received": "received", "accepted": "accepted", "publisher": "publisher", "published by": "publisher",
    "issuing body": "publisher", "issued by": "publisher", "institution": "publisher", "department": "publisher",
    "organisation": "publisher", "organization": "publisher", "lead organisation": "publisher", "agency": "publisher",
    "ministry": "publisher", "authority": "publisher", "issuing authority": "publisher", "publishing body": "publisher",
    "journal": "container", "conference": "container", "in": "container", "proceedings": "container",
    "source": "source", "url": "source", "address": "source", "available at": "source", "licence": "licence",
    "license": "licence", "issn": "issn", "isbn": "isbn", "volume": "volume", "issue": "issue", "number": "issue",
    "pages": "pages", "language": "language", "jurisdiction": "jurisdiction", "country": "country",
    "countries": "country", "region": "jurisdiction", "period": "period", "status": "status", "version": "version",
    "kind": "kind", "type": "type", "correspondence": "email", "corresponding author": "email", "email": "email",
    "e-mail": "email", "how to cite": "citation", "citation": "citation", "cite as": "citation",
    "academic editor": "editor", "editor": "editor", "editors": "editor", "subtitle": "subtitle",
}  # fmt: skip
_FIELD = re.compile(r"(?P<name>[^\W\d_][\w \-]{1,30}?)(?:\s*[:：]\s*|\s*[—–]\s*|\.\s+(?=[A-Z]))(?=\S)")
_OPEN_FIELD = re.compile(r"(?P<name>key ?words|index terms|abstract)\s+(?=[A-Z“])", re.IGNORECASE)
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s,;\"<>]*[^\s,;\"<>.)]")
MAX_DATE_CHARS = 60
MAX_RIGHTS_CHARS = 120
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
#: A date in words or digits, at least with its month.
DATE = re.compile(
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:{_MONTH})\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?(?:19|20)\d\d"
    rf"|(?:19|20)\d\d-\d\d(?:-\d\d)?|\d{{1,2}}/\d{{1,2}}/(?:19|20)\d\d",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(
    rf"(?:(?:draft|version|edition|published|updated|date|of|as|on|last|release|status|[\d.v])+[\s:,]+)*"
    rf"(?:{DATE.pattern}|(?:19|20)\d\d)\.?",
    re.IGNORECASE,
)
#: "Lund, 3 May 2021"
_PLACE_AND_DATE = re.compile(rf"[^\W\d_][^\d,;:.]{{2,30}},\s+(?:{DATE.pattern})", re.IGNORECASE)
#: "2021 – 2025", "For the period 2021/22"
_PERIOD = re.compile(
    r"(?:(?:for )?(?:the )?(?:period|years?) )?(?:19|20)\d\d\s*(?:[–—/-]|to)\s*(?:(?:19|20)\d\d|\d\d)", re.IGNORECASE
)
#: "Approved by Cabinet on 3 May 2022"
_DECIDED = re.compile(
    rf"(?:approved|adopted|issued|endorsed|signed|enacted|gazetted|launched)\b[^.;:]{{0,60}}?(?:{DATE.pattern})\.?",
    re.IGNORECASE,
)
#: "Offices 2020, 12, 4551" and "Office Science (2024) 5:604".
_JOURNAL = re.compile(
    r"(?P<name>[A-Z][\w&.:’' -]{2,80}?),?\s+\(?(?P<year>(?:19|20)\d\d)\)?[,;]?\s*(?P<volume>\d{1,4})"
    r"(?:\s*\(\d+\))?\s*[,:]\s*(?:e?\d+|\d+\s*[-–]\s*\d+)\b"
)
_CONTAINER = re.compile(
    r"\b(?:proceedings|conference|journal|symposium|workshop|annals|transactions|lecture notes)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Field:
    """A field line: its canonical name, its value, and what precedes the value in the text."""

    name: str
    value: str
    before: str


def find_field(text: str) -> Field | None:
    """The field a line states, or None: "Keywords: a, b", "Abstract—We show", "Keywords a · b"."""
    found = _FIELD.match(text)
    if found and (name := _FIELDS.get(found.group("name").lower().strip())):
        dotted = text[found.end("name") : found.end("name") + 1] == "."
        if not dotted or name in {"abstract", "keywords"}:
            return Field(name, text[found.end() :], text[: found.end()])
    found = _OPEN_FIELD.match(text)
    if found and (found.group("name").lower() == "abstract" or re.search(r"[·•;,]", text)):
        return Field(
            "abstract" if found.group("name").lower() == "abstract" else "keywords",
            text[found.end() :],
            text[: found.end()],
        )
    return None


def name_field(text: str) -> str:
    """The canonical field a heading alone names ("Abstract", "Key words"), else ""."""
    return _FIELDS.get(re.split(r"\s*/\s*", text)[0].strip(" :.").lower(), "")


def split_keywords(text: str) -> list[str]:
    """The keywords of a list, by the strongest separator it uses."""
    for separator in (r"\s*;\s*", r"\s*[·•|∙]\s*", r"\s*[,，、]\s*", r"\s+[–—-]\s+"):
        parts = [part.strip(" .;") for part in re.split(separator, text)]
        if len(parts) > 1:
            return [part for part in parts if part]
    return [text.strip(" .;")] if text.strip(" .;") else []


def make_keywords(value: str, *, field: str = "Keywords", page: int | None = None) -> list[Draft]:
    """One draft per keyword, on one line."""
    words = split_keywords(value)
    separator = next((sign for sign in ("; ", " · ") if sign.strip() in value), ", ")
    return enumerate_values(field, words, Draft(BlockKind.KEYWORDS, "", page=page), separator=separator)


def make_metadata(label: str, value: str, *, before: str = "", page: int | None = None) -> list[Draft]:
    """A fact of a document as METADATA; a date is followed by its year where it holds more than that."""
    if label == "doi":
        found = _DOI.search(value)
        return [_cut(value, found, label, (before, page))] if found else []
    if label in {"date", "received"}:
        found = _find_published(value) if label == "received" else _YEAR.search(value)
        if label == "received" and not found:
            return [Draft(BlockKind.METADATA, value, label=label, page=page, before=before)]
        if found and found.group() != value.strip(" ."):
            return [_cut(value, found, "year", (before, page))]
        label = "year" if found else label
    return [Draft(BlockKind.METADATA, value, label=label, page=page, before=before)]


def _find_published(text: str) -> re.Match[str] | None:
    """The year of publication in a line of dates: "1 May 2017; Accepted: ...; Published: 28 February 2018"."""
    published = re.search(r"(?:published|available online)[^;/|]*", text, re.IGNORECASE)
    return _YEAR.search(text, published.start(), published.end()) if published else None


def _cut(value: str, found: re.Match[str], label: str, place: tuple[str, int | None]) -> Draft:
    """A line of which only the part found is the content."""
    before = place[0] + value[: found.start()]
    return Draft(
        BlockKind.METADATA, found.group(), label=label, page=place[1], before=before, after=value[found.end() :]
    )


def find_journal(text: str) -> re.Match[str] | None:
    """The journal, year and volume that a short line names, or None."""
    return _JOURNAL.match(text) if len(text) < MAX_RIGHTS_CHARS else None


def _read_journal(text: str, found: re.Match[str], page: int | None) -> list[Draft]:
    """The name of a journal, its year and its volume in one line: "Offices 2020, 12, 4551"."""
    drafts: list[Draft] = []
    at = 0
    for label, group in (("container", "name"), ("year", "year"), ("volume", "volume")):
        glue = text[at : found.start(group)] if drafts else "\n\n"
        drafts.append(Draft(BlockKind.METADATA, found.group(group), label=label, page=page, glue=glue))
        at = found.end(group)
    return [*drafts[:-1], replace(drafts[-1], after=text[at:])]


#: "Proceedings of ..., May 3–5, 2021, Lund": the name, what stands before the year, the year, what stands behind it.
_DATED = re.compile(
    r"(.+?)([,(\s]+(?:[A-Z][a-z]+\.? \d{1,2}(?:\s?[–-]\s?\d{1,2})?,? |\d{1,2}(?:\s?[–-]\s?\d{1,2})? [A-Z][a-z]+ )?)"
    r"((?:19|20)\d\d)(\)?(?:,\s[^\d]{1,80})?)"
)


def find_loose_metadata(text: str, *, page: int | None = None) -> list[Draft]:
    """Facts of a line without a field name: a DOI, a date, the name of a journal or conference with its year."""
    doi = _DOI.search(text)
    journal = find_journal(text)
    if journal:
        facts = _read_journal(text[: doi.start()] if doi else text, journal, page)
        if doi:
            facts.append(replace(_cut(text, doi, "doi", ("", page)), before="", glue=""))
        return facts
    if doi and len(text) < 200:
        return [_cut(text, doi, "doi", ("", page))]
    rights = re.match(r"(?:©|\(c\)|copyright)[^\d]{0,40}((?:19|20)\d\d)\b", text, re.IGNORECASE)
    if rights and len(text) < MAX_RIGHTS_CHARS:
        cut = (text[: rights.start(1)], text[rights.end(1) :])
        return [Draft(BlockKind.METADATA, rights.group(1), label="year", page=page, before=cut[0], after=cut[1])]
    if re.fullmatch(r"\S+@\S+\.\S+", text.strip()):
        return [Draft(BlockKind.METADATA, text, label="email", page=page)]
    if _PERIOD.fullmatch(text.strip()) and not DATE.fullmatch(text.strip()):
        return [Draft(BlockKind.METADATA, text, label="period", page=page)]
    if len(text) < MAX_RIGHTS_CHARS and _DECIDED.fullmatch(text.strip()):
        return make_metadata("date", text, page=page)
    if len(text) < MAX_DATE_CHARS and (_DATE_LINE.fullmatch(text.strip()) or _PLACE_AND_DATE.fullmatch(text.strip())):
        return make_metadata("date", text, page=page)
    if _CONTAINER.search(text) and not re.search(r"www\.|https?:", text) and len(text) < 250 and not text.endswith("."):
        found = _DATED.fullmatch(text)
        if found:
            name = Draft(BlockKind.METADATA, found.group(1), label="container", page=page)
            return [
                name,
                Draft(
                    BlockKind.METADATA,
                    found.group(3),
                    label="year",
                    page=page,
                    glue=found.group(2),
                    after=found.group(4),
                ),
            ]
        return [Draft(BlockKind.METADATA, text, label="container", page=page)]
    return []
