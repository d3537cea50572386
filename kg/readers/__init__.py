"""Files of many formats to documents: one text, and the blocks that lie in it."""

import importlib
import re
import unicodedata
from pathlib import Path, PurePosixPath

from kg.model import Document, ReadError
from kg.readers.drafts import Draft, Reading, assemble
from kg.readers.kinds import guess_kind
from kg.readers.language import detect_language
from kg.readers.safely import SafeReader, close_readers, read_safely

#: Ending of a file -> the module whose `read(path) -> Reading` takes it.
READERS: dict[str, str] = {
    ".txt": "kg.readers.text",
    ".text": "kg.readers.text",
    ".md": "kg.readers.markdown",
    ".markdown": "kg.readers.markdown",
    ".html": "kg.readers.html",
    ".htm": "kg.readers.html",
    ".adoc": "kg.readers.asciidoc",
    ".asciidoc": "kg.readers.asciidoc",
    ".asc": "kg.readers.asciidoc",
    ".rst": "kg.readers.rst",
    ".rest": "kg.readers.rst",
    ".docx": "kg.readers.docx",
    ".epub": "kg.readers.epub",
    ".xml": "kg.readers.xml",
    ".nxml": "kg.readers.xml",
    ".tei": "kg.readers.xml",
    ".pdf": "kg.readers.pdf",
    ".xhtml": "kg.readers.html",
    ".zip": "kg.readers.chapters",
}
#: A text shorter than this does not overrule the language its file states.
MIN_LANGUAGE_CHARS = 500
#: 1,500 pages; what comes behind the reading takes some 1.2 GB of memory for each million characters of prose.
MAX_TEXT_CHARS = 3_000_000
#: No document is larger; beyond this a file is data, not a text.
MAX_FILE_BYTES = 200_000_000


def make_document_id(file: str) -> str:
    """A short name of a-z, 0-9 and hyphens from a file's path: "Notes/Été 2022.md" -> "notes-ete-2022"."""
    path = PurePosixPath(file)
    stem = str(path.with_suffix("") if path.name else path)
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "document"


def read_document(path: Path, *, file: str = "", kind: str = "auto") -> Document:
    """The document a file holds, read in this process.

    file: its path below corpus/, from which its id is made; the file's name if empty.
    kind: "paper", "policy", "note", "abstract", or "auto" to decide by front matter and content.
    Raises ReadError if there is no reader for it, it is no text or it is empty.
    """
    file = file or path.name
    reading = read_file(path)
    return make_document(reading, file=file, kind=kind)


def read_file(path: Path) -> Reading:
    """A file as its format's reader reads it. Raises ReadError as `read_document` does."""
    name = READERS.get(path.suffix.lower())
    if not name:
        raise ReadError(f"{path.name}: no reader for '{path.suffix}'; known: {', '.join(sorted(READERS))}")
    try:
        if not path.is_file():
            raise ReadError(f"{path.name}: {_name_obstacle(path)}")
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise ReadError(
                f"{path.name}: {size / 1e6:.0f} MB is too large (limit {MAX_FILE_BYTES / 1e6:.0f} MB); split it"
            )
        reading: Reading = importlib.import_module(name).read(path)
    except OSError as error:
        raise ReadError(f"{path.name}: cannot be opened ({error.strerror or error})") from error
    except ReadError as error:
        if str(error).startswith(path.name):
            raise
        raise ReadError(f"{path.name}: {error}") from error
    return reading


def _name_obstacle(path: Path) -> str:
    """What a path is that is no file. Raises OSError if nothing is there."""
    path.stat()
    return "a folder and no file; name the files in it" if path.is_dir() else "a pipe or device and no file"


def make_document(reading: Reading, *, file: str, kind: str = "auto") -> Document:
    """A reading as a document. Raises ReadError if nothing was read or too much for one document."""
    text, blocks = assemble(reading.drafts)
    if not blocks:
        raise ReadError(f"{file}: no text in it")
    if len(text) > MAX_TEXT_CHARS:
        counts = f"{len(text) / 1e6:.1f} million characters are too many for one document"
        raise ReadError(f"{file}: {counts} (limit {MAX_TEXT_CHARS / 1e6:g}); split it into chapters")
    language = _pick_language(reading.language, text)
    kind = (reading.kind or guess_kind(text, blocks)) if kind == "auto" else kind
    return Document(make_document_id(file), file, text, blocks, kind, language)


def _pick_language(stated: str, text: str) -> str:
    """The language a file states, unless a long text is plainly in another."""
    found = detect_language(text)
    if stated and (found == "und" or len(text) < MIN_LANGUAGE_CHARS):
        return stated.split("-")[0]
    return found


__all__ = [
    "READERS",
    "Draft",
    "Reading",
    "SafeReader",
    "close_readers",
    "make_document",
    "make_document_id",
    "read_document",
    "read_file",
    "read_safely",
]
