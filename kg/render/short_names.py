"""Short names of documents as a writer cites them: "Wu 2022", "Janssen & Estevez 2013", "Mergel et al. 2019"."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kg.model.table import Table
from kg.render.terms import to_text
from kg.render.wrapping import clean_text

_MAX_NAME_CHARS = 32
_MAX_NAMED_AUTHORS = 2
#: The letters that tell works of one author and year apart.
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Names:
    """IRI of a document -> its short name, and its full title; `cited` are those named by their authors."""

    short: Mapping[str, str]
    full: Mapping[str, str]
    cited: frozenset[str] = frozenset()


def make_names(metadata: Table, authors: Table) -> Names:
    """The names of all documents; no two have the same short name ("Wu 2022a", "Wu 2022b").

    metadata: the answer of `document_metadata`; authors: that of `document_authors`.
    """
    families = _read_families(authors)
    titles, groups = {}, defaultdict(set)
    for facts in _read_rows(metadata):
        iri = facts["document"]
        titles[iri] = clean_text(facts["title"]) or clean_text(facts["file"])
        who = _name_authors(families.get(iri, [])) or _shorten(titles[iri]) or iri.rsplit("/", 1)[-1]
        groups[f"{who} {facts['year']}".strip()].add(iri)
    short = {
        iri: f"{name}{_tell_apart(name, i, len(iris))}" for name, iris in groups.items() for i, iri in _count(iris)
    }
    return Names(dict(sorted(short.items())), dict(sorted(titles.items())), frozenset(families) & frozenset(titles))


def _count(iris: set[str]) -> list[tuple[int, str]]:
    return list(enumerate(sorted(iris)))


def _tell_apart(name: str, place: int, count: int) -> str:
    if count == 1:
        return ""
    return _LETTERS[place] if name[-1:].isdigit() and count <= len(_LETTERS) else f" ({place + 1})"


def _read_rows(table: Table) -> list[dict[str, str]]:
    """Each row as column -> text, its document as an IRI; rows without a document are left out."""
    rows = []
    for row in table.rows:
        facts = {column: to_text(cell) for column, cell in zip(table.columns, row, strict=True)}
        document = row[table.columns.index("document")]
        if document:
            rows.append({**facts, "document": document.value})
    return rows


def _read_families(authors: Table) -> dict[str, list[str]]:
    """Document -> family names, or whole names of organisations, in their order."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for facts in _read_rows(authors):
        rows = found[facts["document"]]
        name = clean_text(facts["family"] or facts["name"])
        if name:
            rows.append((int(facts["position"]) if facts["position"].isdigit() else len(rows), name))
    return {document: [name for _, name in sorted(rows)] for document, rows in found.items() if rows}


def _name_authors(families: list[str]) -> str:
    if len(families) > _MAX_NAMED_AUTHORS:
        return f"{_shorten(families[0])} et al."
    return " & ".join(_shorten(family) for family in families)


def _shorten(name: str) -> str:
    """The name, cut after a whole word if it is long."""
    if len(name) <= _MAX_NAME_CHARS:
        return name
    return name[:_MAX_NAME_CHARS].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
