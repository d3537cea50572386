"""Bibliographies: each record a document of its own."""

import re
from pathlib import Path

from kg.model import Document, ReadError
from kg.readers.bibliography.record import Record, make_key, make_record_document, slug
from kg.readers.bibliography.same_works import find_same_works, merge_same_works
from kg.readers.characters import decode

#: Ending -> format; other endings are known by their beginning.
BIBLIOGRAPHIES: dict[str, str] = {
    ".bib": "bibtex", ".bibtex": "bibtex", ".ris": "ris", ".enw": "enw", ".nbib": "nbib", ".ciw": "wos",
    ".json": "csljson", ".csljson": "csljson", ".csv": "table", ".tsv": "table",
}  # fmt: skip
#: So much of a file tells what it is; even, so that no character of UTF-16 is cut.
HEAD_BYTES = 2000
#: Columns of a table that Web of Science exports as a text file.
_WOS_COLUMNS = frozenset({"PT", "AU", "TI", "PY"})
MAX_RECORDS = 500_000
MAX_FILE_BYTES = 500_000_000
#: No facts and abstract are longer; a quote that is never closed makes the rest of a file one value.
MAX_RECORD_CHARS = 500_000


def is_bibliography(path: Path) -> bool:
    """Whether a file is a bibliography: by its ending, or by how a .txt or .xml begins."""
    suffix = path.suffix.lower()
    if suffix in BIBLIOGRAPHIES:
        return True
    if suffix not in {".txt", ".xml"} or not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    try:
        return bool(_guess(decode(head), suffix))
    except ReadError:  # no text at all
        return False


def _guess(head: str, suffix: str) -> str:
    from kg.readers.bibliography.tagged import guess_format

    if suffix == ".xml":
        return "endnote" if re.search(r"<xml>\s*<records>|<records>\s*<record>", head) else ""
    columns = head.split("\n", 1)[0].lstrip("\ufeff").split("\t")
    return guess_format(head) or ("table" if set(columns) >= _WOS_COLUMNS else "")


def read_bibliography(path: Path, *, file: str = "") -> tuple[list[Document], list[str]]:
    """The records of a bibliography as documents, and its broken ones: "refs.bib line 12: entry x ...; skipped".

    file: path of the bibliography below corpus/; a record's own is that with "#key" behind it.
    Raises ReadError if the file as a whole cannot be read.
    """
    documents, problems, _ = read_works(path, file=file)
    return documents, problems


def read_works(path: Path, *, file: str = "") -> tuple[list[Document], list[str], dict[str, list[str]]]:
    """As `read_bibliography`, and name of a record -> the paths of its files as the bibliography writes them."""
    file = file or path.name
    records, problems = read_records(path)
    documents: list[Document] = []
    attachments: dict[str, list[str]] = {}
    taken: dict[str, int] = {}
    for record in records[:MAX_RECORDS]:
        key = make_key(record) or "record"
        taken[key] = taken.get(key, 0) + 1
        key = key if taken[key] == 1 else f"{key}-{taken[key]}"
        identifier = f"{slug(str(Path(file).with_suffix('')))}-{key}"
        document = make_record_document(record, file=f"{file}#{key}", identifier=identifier)
        if len(document.text) > MAX_RECORD_CHARS:
            problems.append(f"line {record.line}: record {key} is too long ({len(document.text)} characters); skipped")
            continue
        documents.append(document)
        if record.attachments:
            attachments[key] = record.attachments
    if len(records) > MAX_RECORDS:
        problems.append(f"only the first {MAX_RECORDS} of {len(records)} records were read")
    return documents, [f"{path.name} {problem}" for problem in problems], attachments


def read_records(path: Path) -> tuple[list[Record], list[str]]:
    """The records of a bibliography as stated in it, and problems with their lines. Raises ReadError."""
    try:
        if path.exists() and not path.is_file():
            raise ReadError(f"{path.name}: a folder, pipe or device and no file")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise ReadError(f"{path.name}: too large (limit {MAX_FILE_BYTES / 1e6:.0f} MB); export it in parts")
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path.name}: cannot be opened ({error.strerror or error})") from error
    text = re.sub(r"\r\n?", "\n", decode(data, file=path.name)).replace("\x00", "")
    name = BIBLIOGRAPHIES.get(path.suffix.lower()) or _guess(text[:2000], path.suffix.lower())
    try:
        records, problems = _read(name, text, data)
    except ReadError as error:
        raise ReadError(f"{path.name}: {error}") from error
    if not records and not problems:
        raise ReadError(f"{path.name}: no record in it")
    return _drop_untitled(records, problems)


def _read(name: str, text: str, data: bytes) -> tuple[list[Record], list[str]]:
    if name == "bibtex":
        from kg.readers.bibliography.bibtex import read_bibtex

        return read_bibtex(text)
    if name == "table":
        from kg.readers.bibliography.tables import read_table

        return read_table(text)
    if name == "csljson":
        from kg.readers.bibliography.csljson import read_csljson

        return read_csljson(text)
    if name == "endnote":
        from kg.readers.bibliography.endnote import read_endnote

        return read_endnote(text, data)
    from kg.readers.bibliography.tagged import FORMATS, read_tagged

    if name not in FORMATS:
        raise ReadError(f"no bibliography; known: {', '.join(sorted(BIBLIOGRAPHIES))}")
    return read_tagged(text, name)


def _drop_untitled(records: list[Record], problems: list[str]) -> tuple[list[Record], list[str]]:
    titled = [record for record in records if record.title]
    for record in titled:  # names that were control characters or a lone comma
        record.authors = [name for name in record.authors if any(map(str.isalnum, name))]
        record.affiliations = [place for place in record.affiliations if any(map(str.isalnum, place))]
    untitled = [f"line {r.line}: record {r.key or '?'} has no title; skipped" for r in records if not r.title]
    return titled, problems + untitled


__all__ = [
    "BIBLIOGRAPHIES",
    "find_same_works",
    "is_bibliography",
    "merge_same_works",
    "read_bibliography",
    "read_records",
    "read_works",
]
