"""CSL-JSON, and the JSON that OpenAlex answers with."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from kg.model import ReadError
from kg.readers.bibliography.record import Record, clean, pick_files, read_year

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

#: The same in the names of Zotero.
_ZOTERO = {
    "title": "title", "abstract": "abstractNote", "issued": "date", "volume": "volume", "issue": "issue",
    "page": "pages", "DOI": "DOI", "ISBN": "ISBN", "ISSN": "ISSN", "URL": "url", "language": "language",
    "publisher": "publisher", "type": "itemType",
}  # fmt: skip
_ZOTERO_CONTAINERS = ("publicationTitle", "proceedingsTitle", "bookTitle", "websiteTitle", "seriesTitle")
#: A string, or a bracket with the beginning of its line if it stands first in it.
_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"|(?P<lead>\n[ \t]*)?(?P<sign>[\[\]{}])')
_ID = re.compile(r'"(?:id|citation-key)"\s*:\s*"([^"\n]{1,200})"')


def read_csljson(text: str) -> tuple[list[Record], list[str]]:
    """The items of a CSL-JSON or OpenAlex file, and what could not be read. Raises ReadError if it is no JSON list."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        readable = _read_items(text)
        if not readable[0]:
            raise ReadError(f"not JSON ({error})") from error
        return readable
    items = value if isinstance(value, list) else _get(value, "items") or _get(value, "results") or [value]
    records: list[Record] = []
    problems: list[str] = []
    for number, item in enumerate(items if isinstance(items, list) else [], start=1):
        record = _make_record(item, number) if isinstance(item, Mapping) else None
        if record and record.title:
            records.append(record)
        else:
            problems.append(f"item {number}: {record.key if record and record.key else 'it'} has no title; skipped")
    return records, problems


def _read_items(text: str) -> tuple[list[Record], list[str]]:
    """The items of a file that is no JSON as a whole, each read alone, and those that cannot be: "line 12: ..."."""
    records: list[Record] = []
    problems: list[str] = []
    for start, end in _find_items(text):
        line = text.count("\n", 0, start) + 1
        try:
            item = json.loads(text[start:end])
        except (ValueError, RecursionError) as error:
            found = _ID.search(text, start, min(end, start + 2000))
            name = f"entry {clean(found.group(1))}" if found else "an entry"
            why = "nested too deep" if isinstance(error, RecursionError) else str(error)[:120]
            problems.append(f"line {line}: {name} cannot be read ({why}); skipped")
            continue
        record = _make_record(item, line)
        if record.title:
            records.append(record)
        else:
            problems.append(f"line {line}: {record.key or 'an entry'} has no title; skipped")
    return records, problems


def _find_items(text: str) -> Iterator[tuple[int, int]]:
    """Where each object of the list begins and ends; one that never closes ends where a line begins as it did."""
    outer = 1 if text.lstrip("\ufeff \t\n").startswith("[") else 2
    depth, start, indent, seen = 0, -1, "", False
    for found in _TOKEN.finditer(text):
        sign, lead = found.group("sign"), found.group("lead") or ""
        if not sign:
            continue
        if sign == "{" and (depth == outer or (seen and depth < outer) or (start >= 0 and lead and lead == indent)):
            if start >= 0:
                yield start, found.start()
            depth, start, indent, seen = outer, found.start("sign"), lead, True
        depth += (sign in "[{") - (sign in "]}")
        if start >= 0 and depth == outer:
            yield start, found.end()
            start = -1
    if start >= 0:
        yield start, len(text)


def _get(value: Any, *keys: str) -> Any:
    """The value under a path of keys, None where one is missing or holds no mapping."""
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = next((part for part in value if isinstance(part, str)), "")
    return clean(str(value)) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""


def _make_record(item: Mapping[str, Any], number: int) -> Record:
    if "authorships" in item:
        return _make_openalex(item, number)
    if "itemType" in item or isinstance(_get(item, "data", "itemType"), str):
        item = _from_zotero(item)
    record = Record(_text(item.get("id") or item.get("citation-key")), number, title=_text(item.get("title")))
    people = _list(item.get("author")) or _list(item.get("editor"))
    record.authors = [name for person in people if isinstance(person, Mapping) and (name := _write_name(person))]
    record.facts = {label: value for label, name in _FACTS.items() if (value := _text(item.get(name)))}
    year = read_year(json.dumps(item.get("issued", "")))
    record.facts.update({"year": year} if year else {})
    record.abstract = _text(item.get("abstract"))
    files = [*_list(item.get("attachments")), *_list(item.get("file")), item.get("file")]
    paths = (file.get("path") if isinstance(file, Mapping) else file for file in files)
    record.attachments = pick_files(path for path in paths if isinstance(path, str))
    keywords = item.get("keyword", "")
    words = keywords if isinstance(keywords, list) else str(keywords).replace(";", ",").split(",")
    record.keywords = [word for part in words if (word := _text(part))]
    return record


def _from_zotero(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item as Zotero itself and its interface write it, in the names of CSL."""
    inner = item.get("data")
    data: Mapping[str, Any] = inner if isinstance(inner, Mapping) else item
    named = {label: data.get(name) for label, name in _ZOTERO.items() if data.get(name)}
    people = [person for person in _list(data.get("creators")) if isinstance(person, Mapping)]
    authors = [person for person in people if person.get("creatorType") == "author"] or people
    names = [{"family": p.get("lastName"), "given": p.get("firstName"), "literal": p.get("name")} for p in authors]
    container = next((data[name] for name in _ZOTERO_CONTAINERS if data.get(name)), "")
    tags = [tag.get("tag") if isinstance(tag, Mapping) else tag for tag in _list(data.get("tags"))]
    key = data.get("citationKey") or data.get("key") or item.get("key")
    return {**named, "id": key, "author": names, "container-title": container, "keyword": tags,
            "attachments": data.get("attachments")}  # fmt: skip


def _write_name(person: Mapping[str, Any]) -> str:
    family = " ".join(filter(None, [_text(person.get("non-dropping-particle")), _text(person.get("family"))]))
    return ", ".join(filter(None, [family, _text(person.get("given"))])) or _text(person.get("literal"))


def _make_openalex(item: Mapping[str, Any], number: int) -> Record:
    record = Record(
        _text(item.get("id")).rsplit("/", 1)[-1], number, title=_text(item.get("title") or item.get("display_name"))
    )
    people = (_get(entry, "author", "display_name") for entry in _list(item.get("authorships")))
    record.authors = [name for person in people if (name := _text(person))]
    index = item.get("abstract_inverted_index")
    words = index.items() if isinstance(index, Mapping) else ()
    placed = [(at, word) for word, places in words for at in _list(places) if isinstance(at, int)]
    record.abstract = clean(" ".join(word for _, word in sorted(placed)))
    source = _get(item, "primary_location", "source", "display_name")
    pages = "-".join(
        filter(None, [_text(_get(item, "biblio", "first_page")), _text(_get(item, "biblio", "last_page"))])
    )
    facts = {
        "year": _text(item.get("publication_year")),
        "container": _text(source),
        "volume": _text(_get(item, "biblio", "volume")),
        "issue": _text(_get(item, "biblio", "issue")),
        "pages": pages,
        "doi": _text(item.get("doi")).split("doi.org/")[-1],
        "language": _text(item.get("language")),
        "type": _text(item.get("type")),
    }
    record.facts = {name: value for name, value in facts.items() if value}
    keywords = (_get(keyword, "display_name") for keyword in _list(item.get("keywords")))
    record.keywords = [word for keyword in keywords if (word := _text(keyword))]
    return record
