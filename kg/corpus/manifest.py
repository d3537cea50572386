"""The manifest: which documents the graph was made of, and the canonical file of every named graph.

One manifest is one state of the graph. `.kg/manifest.json` is the present one, `.kg/history/N.json` are those before
it, for undo. Nothing in it depends on the clock or on the order of work.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.corpus.workspace import Workspace
from kg.model import CorpusError

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in the graph.

    file: below corpus/. kind: as asked for, "auto" unless kinds.toml names one. source: SHA-256 of the file.
    key: names what is kept of it. part: name of the record if the file is a bibliography, and content its SHA-256.
    attached: the file below corpus/ that the record describes, "" if none; attached_source: its SHA-256.
    reviews: SHA-256 of the decisions of people about it, "" if there are none.
    """

    id: str
    file: str
    kind: str
    source: str
    key: str
    part: str = ""
    content: str = ""
    attached: str = ""
    attached_source: str = ""
    reviews: str = ""

    @property
    def files(self) -> dict[str, str]:
        """File -> SHA-256 of all it is made of."""
        return {self.file: self.source} | ({self.attached: self.attached_source} if self.attached else {})

    @property
    def name(self) -> str:
        """The file, with "#" and the name of the record behind it if it is one."""
        return f"{self.file}#{self.part}" if self.part else self.file


@dataclass(frozen=True, slots=True)
class Failure:
    """A document of corpus/ that could not be made, and why; tried again when it or the code changes.

    name: its file, with "#" and the name of the record behind it if it is one.
    twin: name of the document that is the same work, for whose sake it was left out; "" if it failed.
    """

    name: str
    file: str
    source: str
    key: str
    message: str
    twin: str = ""


@dataclass(frozen=True, slots=True)
class GraphRecord:
    """A named graph: its canonical file below .kg/, the SHA-256 of that file, its number of quads."""

    file: str
    sha256: str
    quads: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """One state of the graph.

    number: grows by one with every operation. previous: number of the state before it, None for the first.
    operation: what led here ("add wu.md"). placed: files of corpus/ that the operation itself put there.
    kinds, reviews: SHA-256 of corpus/kinds.toml and corpus/reviews.tsv, "" where there is none.
    graphs: IRI -> record.
    """

    number: int = 0
    previous: int | None = None
    operation: str = ""
    placed: tuple[str, ...] = ()
    kinds: str = ""
    reviews: str = ""
    entries: tuple[Entry, ...] = ()
    failures: tuple[Failure, ...] = ()
    graphs: tuple[tuple[str, GraphRecord], ...] = ()

    @property
    def attached(self) -> dict[str, str]:
        """Name of a record -> the file that it describes."""
        return {entry.name: entry.attached for entry in self.entries if entry.attached}

    @property
    def mark(self) -> str:
        """The same for two states whose graphs hold the same quads, else different."""
        lines = "".join(f"{name} {record.sha256} {record.quads}\n" for name, record in sorted(self.graphs))
        return hashlib.sha256(lines.encode()).hexdigest()

    def encode(self) -> bytes:
        """The manifest as JSON, the same bytes for the same state."""
        found = asdict(self) | {"format": FORMAT, "mark": self.mark}
        found["graphs"] = {name: asdict(record) for name, record in self.graphs}
        return (json.dumps(found, indent=0, sort_keys=True, ensure_ascii=False) + "\n").encode()


def decode_manifest(content: bytes, path: Path) -> Manifest:
    """The manifest in these bytes; path: named in messages.

    Raises CorpusError if they are damaged or of a later version of kg.
    """
    try:
        found = json.loads(content)
        if found["format"] > FORMAT:
            raise CorpusError(f"{path}: written by a later version of kg; bring this one up to date")
        return Manifest(
            number=found["number"],
            previous=found["previous"],
            operation=found["operation"],
            placed=tuple(found["placed"]),
            kinds=found["kinds"],
            reviews=found.get("reviews", ""),
            entries=tuple(_read_entry(entry) for entry in found["entries"]),
            failures=tuple(Failure(**failure) for failure in found["failures"]),
            graphs=tuple(sorted((name, GraphRecord(**record)) for name, record in found["graphs"].items())),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CorpusError(f"{path}: damaged ({error}). 'kg build' makes it again from corpus/.") from error


def _read_entry(values: dict[str, Any]) -> Entry:
    """Raises ValueError if its identifier, by which files are named, leads elsewhere: others may have made it."""
    entry = Entry(**values)
    if entry.id in {"", ".", ".."} or set("/\\\0") & set(entry.id):
        raise ValueError(f"'{entry.id[:80]}' is no identifier of a document")
    return entry


def read_manifest(workspace: Workspace) -> Manifest:
    """The present state; an empty one if there is none yet. Raises CorpusError if it is damaged."""
    path = workspace.kg / "manifest.json"
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Manifest()
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read ({error.strerror})") from error
    return decode_manifest(content, path)
