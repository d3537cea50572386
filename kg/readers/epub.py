"""EPUB books: the chapters of their spine in order, facts from their package file."""

import posixpath
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import etree

from kg.model import BlockKind, ReadError
from kg.readers.characters import squeeze
from kg.readers.drafts import Draft, Reading
from kg.readers.front_matter import make_front_drafts
from kg.readers.html import decode_html, parse_html
from kg.readers.html_chunks import find_html_chunks
from kg.readers.raised import settle_marks
from kg.readers.structure import Chunk, find_structure
from kg.readers.zips import open_zip, parse_xml, read_member

MAX_CHAPTERS = 1000
_DC = "{http://purl.org/dc/elements/1.1/}"
_FACTS = {
    "title": "title",
    "creator": "authors",
    "date": "date",
    "publisher": "publisher",
    "language": "language",
    "rights": "licence",
    "subject": "keywords",
}


def read(path: Path) -> Reading:
    """An EPUB book. Raises ReadError if it is damaged, locked or holds no chapter."""
    with open_zip(path) as archive:
        package_name, package = _open_package(archive, path)
        front = _read_facts(package)
        chunks: list[Chunk] = []
        for name in _find_chapters(package, package_name):
            data = read_member(archive, name)
            if data.strip():
                chunks += find_html_chunks(parse_html(decode_html(data, file=name)))
    if not chunks:
        raise ReadError(f"{path.name}: no chapter in it that can be read; it may be protected")
    chunks = settle_marks(chunks)
    title = next((d.text for d in front if d.kind is BlockKind.TITLE), "")
    chunks = [c for i, c in enumerate(chunks) if i > 10 or not title or squeeze(c.text).lower() != title.lower()]
    language = next((d.text for d in front if d.label == "language"), "")
    drafts = find_structure(chunks, marked=True, front=front or [Draft(BlockKind.TITLE, "")])
    return Reading(tuple(drafts), language=language.lower())


def _open_package(archive: ZipFile, path: Path) -> tuple[str, etree._Element]:
    container = read_member(archive, "META-INF/container.xml")
    if not container:
        raise ReadError(f"{path.name}: no book in it (META-INF/container.xml is missing)")
    node = parse_xml(container, file=path.name).find(".//{*}rootfile")
    name = node.get("full-path") or "" if node is not None else ""
    data = read_member(archive, name)
    if not data:
        raise ReadError(f"{path.name}: its package file {name} is missing")
    return name, parse_xml(data, file=path.name)


def _read_facts(package: etree._Element) -> list[Draft]:
    values: dict[str, object] = {}
    for name, key in _FACTS.items():
        found = [squeeze(str(node.text)) for node in package.iter(_DC + name) if node.text]
        if found:
            values[key] = found if key in {"authors", "keywords"} else found[0]
    refined = {
        (meta.get("refines") or "").removeprefix("#") for meta in package.iter("{*}meta") if meta.text == "subtitle"
    }
    subtitle = next((squeeze(node.text or "") for node in package.iter(_DC + "title") if node.get("id") in refined), "")
    values |= {"subtitle": subtitle} if subtitle and subtitle != values.get("title") else {}
    return make_front_drafts(values)


def _find_chapters(package: etree._Element, package_name: str) -> list[str]:
    """Names of the chapters in the archive, in reading order; the table of contents left out."""
    items = {node.get("id") or "": node for node in package.iter("{*}item")}
    names: list[str] = []
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref") or "")
        if item is None or "nav" in (item.get("properties") or "").split() or reference.get("linear") == "no":
            continue
        if "html" in (item.get("media-type") or "html"):
            names.append(
                posixpath.normpath(posixpath.join(posixpath.dirname(package_name), unquote(item.get("href") or "")))
            )
    return names[:MAX_CHAPTERS]
