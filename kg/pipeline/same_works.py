"""Which documents of a state are the same work, by what their records say of them."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from kg.corpus.sources import Source
from kg.pipeline.records import Record

#: Titles of one DOI that share less than this of their words are different works with a wrong DOI.
MIN_SHARED_WORDS = 0.6
#: A title of fewer words with the same author and year may be that of two works: "Editorial".
MIN_TITLE_WORDS = 3


@dataclass(frozen=True, slots=True)
class SameWork:
    """A document that is the same work as another, which is kept. key: what they share, in plain words."""

    name: str
    kept: str
    key: str


def find_same_works(sources: Mapping[str, Source], records: Mapping[str, Record]) -> list[SameWork]:
    """The documents that are left out for another, sorted by name.

    Kept is a record with its file, then a file, then the record that gave most quads, then the first by name. A DOI
    that different titles share is not believed.
    """
    found: dict[str, SameWork] = {}
    ranked = sorted(records, key=lambda name: _rank(sources[name], records[name], name))
    first: dict[tuple[str, str], str] = {}
    for name in ranked:
        for key in _find_keys(records[name]):
            kept = first.setdefault(key, name)
            alike = key[0] != "DOI" or _are_alike(_get_title(records[name]), _get_title(records[kept]))
            if kept != name and alike and name not in found:
                found[name] = SameWork(name, kept, f"{key[0]} {key[1]}" if key[0] == "DOI" else key[0])
    # Whoever is left out for one that is itself left out goes with that one.
    return [found[name] for name in sorted(found) if found[name].kept not in found]


def _rank(source: Source, record: Record, name: str) -> tuple[int, int, str]:
    return (0 if source.attached else 1 if source.part is None else 2, -record.graph.quads, name)


def _find_keys(record: Record) -> list[tuple[str, str]]:
    work = record.summary.get("work", {})
    doi = str(work.get("doi") or "").lower().rstrip(".")
    title, year = _fold(_get_title(record)), work.get("year")
    people = record.summary.get("authors") or ()
    family = _fold(str(people[0].get("family", ""))) if people else ""
    keys = [("DOI", doi)] if doi else []
    if len(title.split()) >= MIN_TITLE_WORDS and year and family:
        keys.append(("title, year and first author", f"{title}|{year}|{family}"))
    return keys


def _get_title(record: Record) -> str:
    return str(record.summary.get("work", {}).get("title") or "")


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode() or text
    return " ".join(re.findall(r"\w+", plain.lower()))


def _are_alike(first: str, second: str) -> bool:
    one, two = set(_fold(first).split()), set(_fold(second).split())
    return bool(one & two) and len(one & two) >= MIN_SHARED_WORDS * min(len(one), len(two))
