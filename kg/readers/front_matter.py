"""Front matter: the YAML or TOML head of a text file, and the facts it states as blocks."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import yaml

from kg.model import BlockKind
from kg.readers.characters import squeeze
from kg.readers.drafts import Draft
from kg.readers.names import clean_name, is_person, split_names
from kg.readers.structure.fields import make_keywords, make_metadata

MAX_FRONT_MATTER_CHARS = 100_000
_YAML = re.compile(r"\ufeff?\s*---[ \t]*\n(?P<body>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_TOML = re.compile(r"\ufeff?\s*\+\+\+[ \t]*\n(?P<body>.*?)\n\+\+\+[ \t]*(?:\n|$)", re.DOTALL)
#: Pandoc's lines of title, authors and date.
_PANDOC = re.compile(
    r"\A%[ \t]+(?P<title>\S.*)\n(?:%[ \t]*(?P<authors>.*(?:\n[ \t]+\S.*)*)(?:\n%[ \t]*(?P<date>.*))?)?(?:\n|\Z)"
)
_LINE = re.compile(r"(?P<key>[\w-]+)[ \t]*[:=][ \t]*(?P<value>.*)")
#: What a front matter calls a fact -> the label its block has; an order for the text too.
KEYS: dict[str, str] = {
    "subtitle": "subtitle",
    "author": "author", "authors": "author", "creator": "author", "creators": "author", "by": "author",
    "affiliation": "affiliation", "affiliations": "affiliation",
    "year": "date", "date": "date", "published": "date", "publication_date": "date", "issued": "date",
    "publisher": "publisher", "organisation": "publisher", "organization": "publisher", "institution": "publisher",
    "institute": "publisher",
    "issuing_body": "publisher", "issuer": "publisher", "agency": "publisher", "department": "publisher",
    "container": "container", "journal": "container", "conference": "container", "publication": "container",
    "booktitle": "container", "venue": "container", "volume": "volume", "issue": "issue", "pages": "pages",
    "doi": "doi", "isbn": "isbn", "issn": "issn", "identifier": "identifier",
    "kind": "kind", "type": "type", "jurisdiction": "jurisdiction", "country": "country", "countries": "country",
    "region": "region", "period": "period", "language": "language", "lang": "language",
    "source": "source", "url": "source", "website": "source", "link": "source", "source_url": "source",
    "licence": "licence", "license": "licence", "rights": "licence",
    "keywords": "keywords", "keyword": "keywords", "tags": "keywords", "subjects": "keywords",
    "abstract": "abstract", "summary": "abstract",
}  # fmt: skip
#: Who holds the rights in a file and under which terms, as its comments say (SPDX, REUSE).
_SPDX = re.compile(
    r"^\W*SPDX-(?P<name>FileCopyrightText|License-Identifier):[ \t]*(?P<value>\S.*?)(?:[ \t]*-->)?$", re.MULTILINE
)
MAX_HEAD_CHARS = 2000
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s,;\"<>]+")
#: "Ana Silva^[Example University]"
_INLINE_NOTE = re.compile(r"\^\[[^\]]{0,300}\]")
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1")
KINDS = frozenset({"paper", "policy", "note", "abstract"})


def cut_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The front matter as a mapping with lower-case keys, {} if there is none, and the text behind it."""
    found = _YAML.match(text[:MAX_FRONT_MATTER_CHARS])
    if found:
        return _read_spdx(found.group("body")) | _lower(_load_yaml(found.group("body"))), text[found.end() :]
    found = _PANDOC.match(text[:MAX_FRONT_MATTER_CHARS])
    if found:
        stated = {key: value.strip() for key, value in found.groupdict().items() if value and value.strip()}
        authors = [name for name in re.split(r"\s*[;\n]\s*", stated.pop("authors", "")) if name]
        return {**stated, **({"authors": authors} if authors else {})}, text[found.end() :]
    found = _TOML.match(text[:MAX_FRONT_MATTER_CHARS])
    if found:
        return _lower(_load_toml(found.group("body"))), text[found.end() :]
    return _read_spdx(text[:MAX_HEAD_CHARS]), text


def _read_spdx(head: str) -> dict[str, Any]:
    """The organisation that holds the rights and the licence, as comments of a file state them."""
    stated = {found["name"]: found["value"] for found in reversed(list(_SPDX.finditer(head)))}
    holder = re.sub(
        r"^(?:(?:©|\(c\)|copyright|[\d, –-]+)\s*)+", "", stated.get("FileCopyrightText", ""), flags=re.IGNORECASE
    )
    holder = re.split(r"\s*(?:<|,\s*http|https?:)", holder)[0].strip(" ,.")
    values = {"publisher": "" if is_person(holder) else holder, "licence": stated.get("License-Identifier", "")}
    return {key: value for key, value in values.items() if value}


def _load_yaml(body: str) -> Mapping[str, Any]:
    try:
        values = yaml.safe_load(body)
    except (yaml.YAMLError, ValueError, RecursionError):
        values = None
    return values if isinstance(values, dict) else _load_lines(body)


def _load_toml(body: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(body)
    except (tomllib.TOMLDecodeError, RecursionError):
        return _load_lines(body)


def _load_lines(body: str) -> dict[str, str]:
    """Front matter that breaks its own syntax, read line by line."""
    found = (_LINE.match(line) for line in body.split("\n"))
    return {line.group("key"): line.group("value").strip().strip("\"'") for line in found if line}


def _lower(values: Mapping[str, Any]) -> dict[str, Any]:
    return {str(key).lower().replace("-", "_").replace(" ", "_"): value for key, value in values.items()}


def make_front_drafts(values: Mapping[str, Any]) -> list[Draft]:
    """The facts of a front matter as blocks: title, authors each with affiliation, metadata, keywords, abstract."""
    drafts: list[Draft] = []
    title = _plain(values.get("title"))
    if title:
        drafts.append(Draft(BlockKind.TITLE, title))
    named: dict[str, list[Any]] = {}
    for key, label in KEYS.items():
        if key in values and values[key] not in (None, "", []):
            named.setdefault(label, []).append(values[key])
    for label, found in named.items():
        drafts += _make_drafts(label, found[0])
    if "doi" not in named and (doi := find_doi(values)):
        drafts += make_metadata("doi", doi, before="DOI: ")
    return drafts


def _make_drafts(label: str, value: Any) -> list[Draft]:
    if label == "author":
        return list(_make_authors(value))
    if label == "keywords":
        words = _plain_list(value)
        return make_keywords("; ".join(words) if len(words) > 1 else "".join(words))
    if label == "abstract":
        text = _plain(value)
        return [Draft(BlockKind.ABSTRACT, text, before="Abstract: ")] if len(text) > 40 else []
    if label == "affiliation":
        return [Draft(BlockKind.AFFILIATION, text) for text in _plain_list(value)]
    before = {"doi": "DOI: ", "isbn": "ISBN: ", "issn": "ISSN: "}.get(label, f"{label.capitalize()}: ")
    if label == "doi" and not _DOI.search(_plain(value)):
        return []
    text = "; ".join(_plain_list(value))
    if label == "date" and re.fullmatch(r"\d{4}", text):
        before = "Year: "
    return make_metadata(label, text, before=before) if text else []


def _make_authors(value: Any) -> Iterator[Draft]:
    """Each author, followed by their affiliations where they stand with the name."""
    people = value if isinstance(value, list) else [value]
    for person in people:
        if isinstance(person, Mapping):
            yield from _make_person(_lower(person))
            continue
        text = _plain(person)
        for name in [text] if isinstance(value, list) and text.count(",") < 2 else split_names(text):
            yield Draft(BlockKind.AUTHOR, clean_name(name)[0] or name)


def _make_person(person: Mapping[str, Any]) -> Iterator[Draft]:
    name = _plain(person.get("name") or person.get("literal"))
    family = _plain(person.get("family") or person.get("last") or person.get("family_names") or person.get("surname"))
    given = _plain(person.get("given") or person.get("first") or person.get("given_names"))
    name = name or ", ".join(part for part in (family, given) if part)
    if not name:
        return
    yield Draft(BlockKind.AUTHOR, name)
    for key in ("affiliation", "affiliations", "organisation", "organization", "institution"):
        for place in _plain_list(person.get(key)):
            yield Draft(BlockKind.AFFILIATION, place)


def _plain(value: Any) -> str:
    """A scalar as text without markup; "" for anything else."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, (str, int, float, date)):
        return squeeze(_EMPHASIS.sub(r"\2", _INLINE_NOTE.sub("", str(value))))
    if isinstance(value, Mapping):
        return _plain(value.get("name") or value.get("title"))
    return ""


def _plain_list(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for text in map(_plain, values) if text]


def find_doi(values: Any, *, depth: int = 0) -> str:
    """The first DOI among the values, however nested (at most 4 deep), or ""."""
    if isinstance(values, str):
        found = _DOI.search(values)
        return found.group().rstrip(".)") if found else ""
    if depth > 4:
        return ""
    inner = values.values() if isinstance(values, Mapping) else values if isinstance(values, list) else ()
    return next((doi for value in inner if (doi := find_doi(value, depth=depth + 1))), "")


def get_kind(values: Mapping[str, Any]) -> str:
    """The kind a front matter states, "" if it is none of ours."""
    kind = _plain(values.get("kind")).lower()
    return kind if kind in KINDS else ""


def get_language(values: Mapping[str, Any]) -> str:
    """The language a front matter states as a code ("en", "fr-ca"), "" if none."""
    code = _plain(values.get("language") or values.get("lang")).lower().replace("_", "-")
    return code if re.fullmatch(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", code) else ""
