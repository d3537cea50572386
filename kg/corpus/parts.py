"""The records of a bibliography, each a document of its own.

They are read once and kept in .kg/parts as JSON lines, so that a build with nothing to do reads none, and one that has
to make a few does not read the whole bibliography for each.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.corpus.digests import Digests
from kg.corpus.files import hash_bytes, read_sealed, seal_json, write_all_durably
from kg.corpus.workspace import Workspace
from kg.model import CorpusError, Document
from kg.readers import SafeReader
from kg.readers.records import from_record, to_record


@dataclass(frozen=True, slots=True)
class Part:
    """A record: its name in the bibliography, the SHA-256 of its content, where its line is in the file of lines.

    attachments: paths of its files as the bibliography writes them.
    """

    name: str
    sha256: str
    offset: int
    length: int
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """The records of a bibliography in its order, each once.

    problems: what is wrong with it, in plain words.
    """

    lines: Path
    parts: tuple[Part, ...]
    problems: tuple[str, ...] = ()


def list_parts(workspace: Workspace, path: Path, digests: Digests, *, version: str) -> Listing:
    """The records of a bibliography.

    version: of the code that reads it; another version reads it again.
    Raises ReadError if it cannot be read, OSError if the disk is full.
    """
    digest = digests.digest(path)
    listing = find_listing(workspace, digest, digests, version=version)
    if listing is None:
        with SafeReader() as reader:
            documents, problems, files = reader.read_works(path)
        listing = _keep(workspace.kg / "parts", f"{digest[:32]}.{version}", documents, (problems, files))
    return listing


def find_listing(workspace: Workspace, digest: str, digests: Digests, *, version: str) -> Listing | None:
    """What is kept of the bibliography with this SHA-256, None if nothing whole is."""
    described = workspace.kg / "parts" / f"{digest[:32]}.{version}.json"
    lines = described.with_suffix(".lines")
    try:
        found = read_sealed(described.read_bytes())
        if digests.digest(lines) != found["sha256"]:
            return None
        parts = (Part(**part | {"attachments": tuple(part["attachments"])}) for part in found["parts"])
        return Listing(lines, tuple(parts), tuple(found["problems"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def read_part(lines: Path, part: Part) -> Document:
    """The document of a record; its id, file and kind are for the caller to set.

    Raises CorpusError if it is not there.
    """
    line = b""
    if lines.is_file():
        with lines.open("rb") as file:
            file.seek(part.offset)
            line = file.read(part.length)
    if hash_bytes(line) != part.sha256:
        raise CorpusError(f"record {part.name} is not as it was when its bibliography was read; run 'kg build'")
    return from_record(json.loads(line))


def clear_listings(workspace: Workspace, kept: Iterable[Path]) -> None:
    """Take away what is kept of bibliographies other than these files of lines."""
    stems = {path.stem for path in kept}
    folder = workspace.kg / "parts"
    for path in folder.iterdir() if folder.is_dir() and not folder.is_symlink() else ():
        if path.stem not in stems:
            path.unlink()


def _keep(folder: Path, stem: str, documents: list[Document], found: tuple[list[str], dict[str, list[str]]]) -> Listing:
    problems, files = found
    parts: list[Part] = []
    lines: list[bytes] = []
    seen: dict[str, str] = {}
    offset = 0
    for document in documents:
        name = document.file.rpartition("#")[2]
        line = json.dumps(to_record(document) | {"id": "", "file": ""}, sort_keys=True).encode() + b"\n"
        digest = hash_bytes(line)
        if seen.setdefault(digest, name) != name:
            problems.append(f"record {name}: the same content as {seen[digest]}")
            continue
        parts.append(Part(name, digest, offset, len(line), tuple(files.get(name, ()))))
        lines.append(line)
        offset += len(line)
    content = b"".join(lines)
    described = {"parts": [asdict(part) for part in parts], "problems": problems, "sha256": hash_bytes(content)}
    write_all_durably(folder, {f"{stem}.lines": content, f"{stem}.json": seal_json(described)})
    return Listing(folder / f"{stem}.lines", tuple(parts), tuple(problems))
