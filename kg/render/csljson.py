"""References as CSL-JSON, the input of citation processors (citeproc, Zotero, pandoc)."""

import json
from collections.abc import Sequence

from kg.model import Assertion
from kg.render.bibliography import clean_text, find_authors, make_keys

#: Type of the work -> CSL type.
CSL_TYPES: dict[str, str] = {
    "article": "article-journal",
    "newspaper": "article-newspaper",
    "book": "book",
    "inproceedings": "paper-conference",
    "incollection": "chapter",
    "thesis": "thesis",
    "report": "report",
    "standard": "standard",
    "patent": "patent",
    "dataset": "dataset",
    "online": "webpage",
    "legislation": "legislation",
    "legal_case": "legal_case",
}
_NAMES: dict[str, str] = {
    "title": "title",
    "container": "container-title",
    "volume": "volume",
    "issue": "issue",
    "pages": "page",
    "publisher": "publisher",
    "doi": "DOI",
    "url": "URL",
}


def _make_item(reference: Assertion, key: str) -> dict[str, object]:
    item: dict[str, object] = {"id": key, "type": CSL_TYPES.get(reference.get_text("type"), "document")}
    authors = find_authors(reference)
    if authors:
        item["author"] = [{"family": f, "given": g} if g else {"literal": f} for f, g in authors]
    for field, name in _NAMES.items():
        value = clean_text(reference.get_text(field))
        if value:
            item[name] = value
    year = reference.get_text("year")
    if year[:4].isdecimal():
        item["issued"] = {"date-parts": [[int(year[:4])]]}
    if "title" not in item:
        item["note"] = clean_text(reference.evidence.quote)
    return item


def render(references: Sequence[Assertion]) -> bytes:
    """The references as a CSL-JSON array."""
    keys = make_keys(references)
    items = [_make_item(reference, key) for reference, key in zip(references, keys, strict=True)]
    return (json.dumps(items, ensure_ascii=False, indent=2) + "\n").encode()
