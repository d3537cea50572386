"""Which records are the same work."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from kg.model import BlockKind, Document

#: Titles of one DOI that share less than this of their words are different works with a wrong DOI.
MIN_SHARED_WORDS = 0.6


def find_same_works(documents: Sequence[Document]) -> tuple[list[list[int]], list[str]]:
    """Groups of indexes of documents that are one work, the first of each its first appearance, and remarks.

    Two are the same if they share a DOI and most words of their titles, or title, year and first author.
    A DOI with different titles is not believed, and said.
    """
    parent = list(range(len(documents)))
    remarks: list[str] = []
    for key, indexes in _group_by_key(documents).items():
        for other in indexes[1:]:
            first = indexes[0]
            if key[0] == "doi" and not _are_alike(_title(documents[first]), _title(documents[other])):
                titles = f"“{_title(documents[first])}” and “{_title(documents[other])}”"
                remarks.append(f"DOI {key[1]} stands for two titles: {titles}; kept apart")
            else:
                _join(parent, first, other)
    groups: dict[int, list[int]] = {}
    for index in range(len(documents)):
        groups.setdefault(_find(parent, index), []).append(index)
    return list(groups.values()), remarks


def merge_same_works(documents: Sequence[Document]) -> tuple[list[Document], list[str]]:
    """One document per work, that with the longest text, in the order of appearance; what was merged, in words."""
    groups, notes = find_same_works(documents)
    merged: list[Document] = []
    for group in groups:
        best = max(group, key=lambda index: (len(documents[index].text), -index))
        merged.append(documents[best])
        if len(group) > 1:
            others = ", ".join(documents[index].id for index in group if index != best)
            notes.append(f"{documents[best].id}: the same work as {others}")
    return merged, notes


def _group_by_key(documents: Iterable[Document]) -> dict[tuple[str, str], list[int]]:
    groups: dict[tuple[str, str], list[int]] = {}
    for index, document in enumerate(documents):
        doi = _fact(document, "doi").lower().rstrip(".")
        author = next((document.block_text(b) for b in document.find_blocks(BlockKind.AUTHOR)), "")
        title = _fold(_title(document))
        if doi:
            groups.setdefault(("doi", doi), []).append(index)
        if title:
            groups.setdefault(("title", f"{title}|{_fact(document, 'year')}|{_family(author)}"), []).append(index)
    return groups


def _title(document: Document) -> str:
    return next((document.block_text(block) for block in document.find_blocks(BlockKind.TITLE)), "")


def _fact(document: Document, label: str) -> str:
    found = (document.block_text(b) for b in document.find_blocks(BlockKind.METADATA) if b.label == label)
    return next(found, "")


def _family(name: str) -> str:
    """The family name, folded: before the comma, else the last word."""
    return _fold(name.split(",")[0] if "," in name else (name.split() or [""])[-1])


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode() or text
    return " ".join(re.findall(r"\w+", plain.lower()))


def _are_alike(first: str, second: str) -> bool:
    one, two = set(_fold(first).split()), set(_fold(second).split())
    return bool(one & two) and len(one & two) >= MIN_SHARED_WORDS * min(len(one), len(two))


def _find(parent: list[int], index: int) -> int:
    while parent[index] != index:
        parent[index] = parent[parent[index]]
        index = parent[index]
    return index


def _join(parent: list[int], first: int, second: int) -> None:
    one, two = _find(parent, first), _find(parent, second)
    parent[max(one, two)] = min(one, two)
