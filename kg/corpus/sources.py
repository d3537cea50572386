"""Which files of corpus/ are documents, what each is called, and which hold the same content."""

import hashlib
import json
import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.corpus.digests import Digests
from kg.corpus.workspace import Workspace
from kg.model import CorpusError
from kg.readers import READERS, make_document_id

#: In corpus/: the kinds of documents for which one was named, `"file" = "kind"`.
KINDS_FILE = "kinds.toml"
KINDS = ("paper", "policy", "note", "abstract")
#: Files that go with a corpus and are no documents, by the beginning of their names.
COMPANIONS = ("LICENSE", "NOTICE", "README", KINDS_FILE)
#: Names of graphs that no document may have.
RESERVED_IDS = frozenset({"corpus", "ontology"})
MAX_ID_CHARS = 100


@dataclass(frozen=True, slots=True)
class Source:
    """A file that is a document.

    id: its short name in the graph. file: POSIX path below corpus/. sha256: of its content.
    kind: one of KINDS, or "auto". path: where to read it, in corpus/ or on its way there.
    """

    id: str
    file: str
    sha256: str
    kind: str
    path: Path


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
    """What corpus/ holds: documents sorted by file, and files passed over."""

    sources: tuple[Source, ...]
    skipped: tuple[Skipped, ...]


def scan_corpus(workspace: Workspace, digests: Digests) -> Scan:
    """The documents in corpus/, and the files that are none. Raises CorpusError if kinds.toml is wrong."""
    kinds = read_kinds(workspace)
    skipped: list[Skipped] = []
    found: dict[str, tuple[str, Path]] = {}
    for file, path in walk_files(workspace.corpus, skipped):
        if not file.isprintable():
            skipped.append(Skipped(file, "its name holds characters that cannot be shown; rename it", fault=True))
            continue
        try:
            found[file] = (digests.digest(path), path)
        except OSError as error:
            skipped.append(Skipped(file, f"cannot be read ({error.strerror})", fault=True))
    unique = drop_duplicates({file: digest for file, (digest, _) in found.items()}, skipped)
    ids = assign_ids(unique)
    sources = (Source(ids[file], file, found[file][0], kinds.get(file, "auto"), found[file][1]) for file in unique)
    return Scan(tuple(sources), tuple(sorted(skipped, key=lambda s: s.file)))


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
    if path.suffix.lower() not in READERS:
        return f"no reader for '{path.suffix}'" if path.suffix else "no ending that says its format"
    if path.is_symlink():
        return "a link; put the file itself here"
    return "" if path.is_file() else "no plain file"


def drop_duplicates(digests: dict[str, str], skipped: list[Skipped]) -> list[str]:
    """Of files with the same content the first by name, sorted; the others go to `skipped`."""
    first: dict[str, str] = {}
    for file in sorted(digests):
        kept = first.setdefault(digests[file], file)
        if kept != file:
            skipped.append(Skipped(file, f"the same content as {kept}"))
    return sorted(first.values())


def assign_ids(files: Iterable[str]) -> dict[str, str]:
    """File -> id, the same for every order: the first by name of those with like names gets the plain one.

    >>> assign_ids(["b.md", "b.txt"])
    {'b.md': 'b', 'b.txt': 'b-bd5d81'}
    """
    ids: dict[str, str] = {}
    taken = set(RESERVED_IDS)
    for file in sorted(files):
        plain = make_document_id(file)[:MAX_ID_CHARS].rstrip("-")
        digest = hashlib.sha256(file.encode("utf-8", "surrogateescape")).hexdigest()
        names = (plain, *(f"{plain}-{digest[:length]}" for length in range(6, 65)))
        ids[file] = next(name for name in names if name not in taken)
        taken.add(ids[file])
    return ids


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
