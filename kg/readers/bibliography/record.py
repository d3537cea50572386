"""A bibliographic record and the document it becomes."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.model import BlockKind, Document
from kg.readers.characters import mend_mojibake, normalise, squeeze
from kg.readers.drafts import Draft, Reading, assemble, enumerate_values
from kg.readers.language import detect_language
from kg.readers.structure.fields import make_keywords

#: Facts of a record in the order in which its document shows them.
FACTS = (
    "year", "date", "type", "container", "publisher", "volume", "issue", "pages", "doi", "isbn", "issn", "source",
    "language", "licence",
)  # fmt: skip
#: A key is part of a name of a document and of a file.
MAX_KEY_CHARS = 80
#: Endings of the files that hold the text of a work, the best first.
FILE_ENDINGS = ((".pdf",), (".epub", ".docx"), (".html", ".htm", ".xml"))
_ABSTRACT_LEAD = re.compile(r"^(?:abstract|summary)\b\s*[.:—–-]?\s*(?=[A-Z])", re.IGNORECASE)
_TAGS = re.compile(r"</?(?:p|i|b|em|strong|sub|sup|jats:\w+|span|br|div)\b[^>]*>", re.IGNORECASE)


@dataclass(slots=True)
class Record:
    """One work as a bibliography states it.

    key: as cited, or ""; line: where it begins (1-based). facts: of `FACTS` only; the lists in order.
    attachments: paths of files as written in the bibliography.
    """

    key: str
    line: int
    title: str = ""
    authors: list[str] = field(default_factory=list)
    affiliations: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    abstract: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    attachments: list[str] = field(default_factory=list)


def clean(text: str) -> str:
    """A value on one line without markup."""
    return squeeze(mend_mojibake(normalise(_TAGS.sub(" ", text).replace("\f", " "))))


def pick_files(paths: Iterable[str]) -> list[str]:
    """The paths of files that hold the text of a work: PDFs, or where there is none the next best kind."""
    found = [path.strip() for path in paths]
    for endings in FILE_ENDINGS:
        if picked := [path for path in found if path.lower().endswith(endings)]:
            return picked
    return []


def is_nobody(name: str) -> bool:
    """Whether what an export writes for the name of an author says that there is none."""
    return (
        re.fullmatch(r"\[no author.*\]|anonymous|anon\.?|n/?a|\[?s\.\s?n\.\]?|unknown|none", name, re.IGNORECASE)
        is not None
    )


def read_year(text: str) -> str:
    """The year in a date, "" if there is none."""
    found = re.search(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)", text)
    return found.group() if found else ""


def make_key(record: Record) -> str:
    """The record's key as a slug: its own, else family name, year and first word of the title."""
    if record.key:
        return slug(record.key)[:MAX_KEY_CHARS]
    family = re.split(r"[,\s]", record.authors[0])[0] if record.authors and "," in record.authors[0] else ""
    family = family or (record.authors[0].split()[-1] if record.authors else "anonymous")
    words = [word for word in slug(record.title).split("-") if len(word) > 3] or [slug(record.title)]
    return "-".join(filter(None, [slug(family), record.facts.get("year", ""), words[0]]))[:MAX_KEY_CHARS]


def slug(text: str) -> str:
    """Lower-case letters a-z, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def make_record_document(record: Record, *, file: str, identifier: str) -> Document:
    """The document of a record: its facts and its abstract."""
    reading = Reading(tuple(_make_drafts(record)))
    text, blocks = assemble(reading.drafts)
    stated = record.facts.get("language", "").lower()
    words = f"{record.title} {record.abstract}"
    found = detect_language(words)
    known = {"english": "en", "eng": "en", "french": "fr", "spanish": "es", "italian": "it", "german": "de"}
    code = known.get(stated, stated.split("-")[0] if re.fullmatch(r"[a-z]{2}(-[a-z]{2})?", stated) else "")
    return Document(identifier, file, text, blocks, "abstract", found if found != "und" else code or "und")


def _make_drafts(record: Record) -> Iterator[Draft]:
    yield Draft(BlockKind.TITLE, record.title)
    yield from enumerate_values("", record.authors, Draft(BlockKind.AUTHOR, ""), separator="; ")
    yield from (Draft(BlockKind.AFFILIATION, place) for place in record.affiliations)
    yield from enumerate_values("", record.countries, Draft(BlockKind.METADATA, "", label="country"), separator="; ")
    for label in FACTS:
        if value := record.facts.get(label):
            name = label.upper() if label in {"doi", "isbn", "issn"} else label.capitalize()
            yield Draft(BlockKind.METADATA, value, label=label, before=f"{name}: ")
    yield from make_keywords("; ".join(record.keywords)) if len(record.keywords) > 1 else _make_single(record.keywords)
    if record.abstract:
        yield Draft(BlockKind.ABSTRACT, _ABSTRACT_LEAD.sub("", record.abstract), before="Abstract: ")


def _make_single(keywords: list[str]) -> list[Draft]:
    return [Draft(BlockKind.KEYWORDS, keywords[0], before="Keywords: ")] if keywords else []
