"""CSL-JSON, and the JSON that OpenAlex answers with."""

import json
from collections.abc import Mapping
from typing import Any

from kg.model import ReadError
from kg.readers.bibliography.record import Record, clean, read_year

_FACTS = {
    "container": "container-title",
    "publisher": "publisher",
    "volume": "volume",
    "issue": "issue",
    "pages": "page",
    "doi": "DOI",
    "isbn": "ISBN",
    "issn": "ISSN",
    "source": "URL",
    "language": "language",
    "type": "type",
}


def read_csljson(text: str) -> tuple[list[Record], list[str]]:
    """The items of a CSL-JSON or OpenAlex file, and what could not be read. Raises ReadError if it is no JSON list."""
    try:
        value = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ReadError(f"not JSON ({error})") from error
    items = value if isinstance(value, list) else next((value[k] for k in ("items", "results") if k in value), [value])
    records: list[Record] = []
    problems: list[str] = []
    for number, item in enumerate(items if isinstance(items, list) else [], start=1):
        record = _make_record(item, number) if isinstance(item, Mapping) else None
        if record and record.title:
            records.append(record)
        else:
            problems.append(f"item {number}: {record.key if record and record.key else 'it'} has no title; skipped")
    return records, problems


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = next((part for part in value if isinstance(part, str)), "")
    return clean(str(value)) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""


def _make_record(item: Mapping[str, Any], number: int) -> Record:
    if "authorships" in item:
        return _make_openalex(item, number)
    record = Record(_text(item.get("id") or item.get("citation-key")), number, title=_text(item.get("title")))
    people = item.get("author") or item.get("editor") or []
    record.authors = [name for person in people if isinstance(person, Mapping) and (name := _write_name(person))]
    record.facts = {label: value for label, name in _FACTS.items() if (value := _text(item.get(name)))}
    year = read_year(json.dumps(item.get("issued", "")))
    record.facts.update({"year": year} if year else {})
    record.abstract = _text(item.get("abstract"))
    keywords = item.get("keyword", "")
    words = keywords if isinstance(keywords, list) else str(keywords).replace(";", ",").split(",")
    record.keywords = [word for part in words if (word := _text(part))]
    return record


def _write_name(person: Mapping[str, Any]) -> str:
    family = " ".join(filter(None, [_text(person.get("non-dropping-particle")), _text(person.get("family"))]))
    return ", ".join(filter(None, [family, _text(person.get("given"))])) or _text(person.get("literal"))


def _make_openalex(item: Mapping[str, Any], number: int) -> Record:
    record = Record(
        _text(item.get("id")).rsplit("/", 1)[-1], number, title=_text(item.get("title") or item.get("display_name"))
    )
    people = [a for a in item.get("authorships") or [] if isinstance(a, Mapping)]
    record.authors = [name for a in people if (name := _text((a.get("author") or {}).get("display_name")))]
    index = item.get("abstract_inverted_index") or {}
    placed = [(at, word) for word, places in index.items() for at in places] if isinstance(index, Mapping) else []
    record.abstract = clean(" ".join(word for _, word in sorted(placed)))
    biblio = item.get("biblio") or {}
    source = ((item.get("primary_location") or {}).get("source") or {}).get("display_name")
    pages = "-".join(filter(None, [_text(biblio.get("first_page")), _text(biblio.get("last_page"))]))
    facts = {
        "year": _text(item.get("publication_year")),
        "container": _text(source),
        "volume": _text(biblio.get("volume")),
        "issue": _text(biblio.get("issue")),
        "pages": pages,
        "doi": _text(item.get("doi")).split("doi.org/")[-1],
        "language": _text(item.get("language")),
        "type": _text(item.get("type")),
    }
    record.facts = {name: value for name, value in facts.items() if value}
    record.keywords = [
        word for k in item.get("keywords") or [] if isinstance(k, Mapping) and (word := _text(k.get("display_name")))
    ]
    return record
