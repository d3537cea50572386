"""The documents of a state read again from corpus/, as they were when they were built."""

from collections.abc import Sequence

from kg.corpus import Workspace
from kg.corpus.files import hash_file
from kg.corpus.manifest import Entry
from kg.model import Document
from kg.pipeline.stages import read_source
from kg.readers import SafeReader
from kg.readers.deepen import deepen


def find_changed(workspace: Workspace, entries: Sequence[Entry]) -> list[str]:
    """The files of these entries that are not as they were when they were built, sorted."""
    files = {file: digest for entry in entries for file, digest in entry.files.items()}
    return sorted(file for file, digest in files.items() if hash_file(workspace.locate(file)) != digest)


def read_entries(workspace: Workspace, entries: Sequence[Entry]) -> dict[str, Document]:
    """Record -> document of entries that lie in one file; "" -> document where the file is the document.

    Raises ReadError or OSError if one cannot be read.
    """
    first = entries[0]
    if not first.part:
        return {"": read_source(workspace.locate(first.file), first.file, first.kind)}
    with SafeReader() as reader:
        records, _ = reader.read_bibliography(workspace.locate(first.file), file=first.file)
    found = {record.file.rpartition("#")[2]: record for record in records}
    for entry in entries:
        if entry.attached and entry.part in found:
            file = read_source(workspace.locate(entry.attached), entry.attached, "auto")
            found[entry.part] = deepen(found[entry.part], file)
    return found
