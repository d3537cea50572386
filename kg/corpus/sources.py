"""Which files of corpus/ are documents, what each is called, and which hold the same content."""

import hashlib
import json
import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from kg.corpus.digests import Digests
from kg.corpus.parts import Part, list_parts
from kg.corpus.reviews import REVIEWS_FILE
from kg.corpus.workspace import Workspace
from kg.model import CorpusError, ReadError
from kg.readers import READERS, make_document_id
from kg.readers.bibliography import BIBLIOGRAPHIES, is_bibliography

#: In corpus/: the kinds of documents for which one was named, `"file" = "kind"`.
KINDS_FILE = "kinds.toml"
KINDS = ("paper", "policy", "note", "abstract")
#: Files that go with a corpus and are no documents, by the beginning of their names.
COMPANIONS = ("LICENSE", "NOTICE", "README", KINDS_FILE, REVIEWS_FILE)
#: Names of graphs that no document may have.
RESERVED_IDS = frozenset({"corpus", "ontology"})
MAX_ID_CHARS = 100


@dataclass(frozen=True, slots=True)
class Source:
    """A document of the corpus: a file, or a record of a bibliography.

    file: POSIX path below corpus/. sha256: of the file's content. kind: one of KINDS, or "auto".
    path: where the file lies, in corpus/ or on its way there.
    part: the record, None if the file is the document; lines: where the records are kept.
    attached: the file that the record describes, a part of its document; None if there is none.
    """

    file: str
    sha256: str
    kind: str
    path: Path
    part: Part | None = None
    lines: Path = Path()
    attached: "Source | None" = None

    @property
    def name(self) -> str:
        """The file, with "#" and the name of the record behind it if it is one."""
        return f"{self.file}#{self.part.name}" if self.part else self.file

    @property
    def content(self) -> str:
        """SHA-256 of the document itself."""
        own = self.part.sha256 if self.part else self.sha256
        return f"{own} {self.attached.sha256}" if self.attached else own


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is no document of the graph, and why.

    fault: somebody asked for it or it ought to work, so the command has not done all that was wanted.
    """

    file: str
    reason: str
    fault: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """What corpus/ holds: documents sorted by name, files passed over, and name -> why a document cannot be had."""

    sources: tuple[Source, ...]
    skipped: tuple[Skipped, ...]
    broken: dict[str, str]


def scan_corpus(workspace: Workspace, digests: Digests, *, version: str) -> Scan:
    """The documents in corpus/, and the files that are none; version: of the code that reads bibliographies.

    Raises CorpusError if kinds.toml is wrong, OSError if the disk is full.
    """
    kinds = read_kinds(workspace)
    skipped: list[Skipped] = []
    found: list[Source] = []
    for file, path in walk_files(workspace.corpus, skipped):
        if not file.isprintable():
            skipped.append(Skipped(file, "its name holds characters that cannot be shown; rename it", fault=True))
            continue
        try:
            found.append(Source(file, digests.digest(path), kinds.get(file, "auto"), path))
        except OSError as error:
            skipped.append(Skipped(file, f"cannot be read ({error.strerror})", fault=True))
    return expand_sources(workspace, drop_duplicates(found, skipped), digests, skipped, version=version)


def expand_sources(
    workspace: Workspace, files: Iterable[Source], digests: Digests, skipped: list[Skipped], *, version: str
) -> Scan:
    """The files, each bibliography among them as its records; what is wrong in one goes to `skipped`.

    Raises OSError if the disk is full.
    """
    sources: list[Source] = []
    broken: dict[str, str] = {}
    for source in files:
        if not is_bibliography(source.path):
            sources.append(source)
            continue
        try:
            listing = list_parts(workspace, source.path, digests, version=version)
        except ReadError as error:
            broken[source.file] = str(error)
            sources.append(source)
            continue
        skipped.extend(Skipped(source.file, problem) for problem in listing.problems)
        sources.extend(replace(source, part=part, lines=listing.lines) for part in listing.parts)
    unique = drop_duplicates(sources, skipped)
    return Scan(tuple(unique), tuple(sorted(skipped, key=lambda s: (s.file, s.reason))), broken)


def walk_files(folder: Path, skipped: list[Skipped]) -> Iterator[tuple[str, Path]]:
    """(POSIX path below the folder, path) of every file that a reader takes, sorted; the others go to `skipped`."""
    for top, folders, names in os.walk(folder):
        above = Path(top).relative_to(folder)
        for name in sorted(folders):
            if name.startswith(".") or (Path(top) / name).is_symlink():
                skipped.append(Skipped((above / name).as_posix(), "hidden" if name.startswith(".") else "a link"))
        folders[:] = sorted(n for n in folders if not n.startswith(".") and not (Path(top) / n).is_symlink())
        for name in sorted(names):
            path, file = Path(top) / name, (above / name).as_posix()
            reason = find_obstacle(path)
            if not reason:
                yield file, path
            elif not name.startswith(COMPANIONS) and not name.endswith(".part"):
                skipped.append(Skipped(file, reason))


def find_obstacle(path: Path) -> str:
    """Why a file cannot be a document, "" if it can."""
    name = path.name
    if name.startswith("."):
        return "hidden"
    if name.startswith(COMPANIONS):
        return "goes with the corpus and is no document"
    if path.suffix.lower() not in READERS and path.suffix.lower() not in BIBLIOGRAPHIES:
        return f"no reader for '{path.suffix}'" if path.suffix else "no ending that says its format"
    if path.is_symlink():
        return "a link; put the file itself here"
    return "" if path.is_file() else "no plain file"


def drop_duplicates(sources: Iterable[Source], skipped: list[Skipped]) -> list[Source]:
    """Of documents with the same content the first by name, sorted; the others go to `skipped`."""
    first: dict[str, Source] = {}
    for source in sorted(sources, key=lambda s: s.name):
        kept = first.setdefault(source.content, source)
        if kept is not source:
            skipped.append(Skipped(source.name, f"the same content as {kept.name}"))
    return list(first.values())


def assign_ids(names: Iterable[str]) -> dict[str, str]:
    """Name of a document -> id, the same for every order: of those with like names the first gets the plain one.

    >>> assign_ids(["b.md", "b.txt", "b.bib#wu"])
    {'b.bib#wu': 'b-wu', 'b.md': 'b', 'b.txt': 'b-bd5d81'}
    """
    ids: dict[str, str] = {}
    taken = set(RESERVED_IDS)
    for name in sorted(names):
        plain = _make_plain_id(name)
        digest = hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()
        wishes = (plain, *(f"{plain}-{digest[:length]}" for length in range(6, 65)))
        ids[name] = next(wish for wish in wishes if wish not in taken)
        taken.add(ids[name])
    return ids


def _make_plain_id(name: str) -> str:
    """The file's path without its ending, with the name of the record behind it."""
    file, mark, part = name.rpartition("#")
    if mark and PurePosixPath(file).suffix:
        name = f"{PurePosixPath(file).with_suffix('')}-{part}."
    return make_document_id(name)[:MAX_ID_CHARS].strip("-")


def read_kinds(workspace: Workspace) -> dict[str, str]:
    """File -> kind, as corpus/kinds.toml says; empty if there is none.

    Raises CorpusError if it is no TOML or names an unknown kind.
    """
    path = workspace.corpus / KINDS_FILE
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f'{path}: {error}; each line is "file" = "kind"') from error
    for file, kind in found.items():
        if kind not in KINDS:
            raise CorpusError(f"{path}: '{kind}' of {file} is no kind; known: {', '.join(KINDS)}")
    return found


def plan_kinds(
    workspace: Workspace, *, named: Mapping[str, str] | None = None, gone: Iterable[str] = ()
) -> bytes | None:
    """The content kinds.toml gets when these kinds are named and these files go; None if it stays as it is.

    Raises CorpusError as read_kinds does.
    """
    old = read_kinds(workspace)
    dropped = set(gone)
    new = {file: kind for file, kind in (old | dict(named or {})).items() if file not in dropped}
    return None if new == old else encode_kinds(new)


def encode_kinds(kinds: dict[str, str]) -> bytes:
    """The content of kinds.toml."""
    head = "# Kinds of documents where they were named and not found by themselves.\n"
    lines = (f"{json.dumps(file, ensure_ascii=False)} = {json.dumps(kind)}\n" for file, kind in sorted(kinds.items()))
    return (head + "".join(lines)).encode()
