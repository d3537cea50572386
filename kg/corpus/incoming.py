"""Files from outside on their way into corpus/: found, named, and copied to .kg/incoming/ under their names to be.

Nothing is in corpus/ until the documents have been made; then the journal puts all of them there in one step.
"""

import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kg.corpus.attach import normalise_path
from kg.corpus.digests import Digests
from kg.corpus.files import copy_durably, hash_file, make_folder
from kg.corpus.sources import Skipped, find_obstacle, walk_files
from kg.corpus.workspace import Workspace
from kg.model import ReadError
from kg.readers import SafeReader
from kg.readers.bibliography import is_bibliography
from kg.readers.chapters import write_chapters

MAX_NAME_BYTES = 180
#: What some file system gives a meaning of its own.
_RESERVED = frozenset('/\\:*?"<>|')

#: "01", "chapter-2", "annex3.b": what is no more than a number says nothing of a document.
_NUMBER_ONLY = re.compile(
    r"(?:(?:chapter|chap|ch|section|sec|part|page|annex|appendix|file|document|doc|scan|untitled)[\W_]*)?"
    r"\d{1,4}(?:[\W_]\d{1,3})*(?:[\W_]?[a-z])?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file to be added.

    origin: as it was named. file: its path below corpus/ to be. path: its copy in .kg/incoming/, or its place in
    corpus/ if it already lies there. sha256: of its content.
    """

    origin: Path
    file: str
    path: Path
    sha256: str


def find_incoming(paths: Iterable[Path], skipped: list[Skipped]) -> Iterator[tuple[Path, str]]:
    """(path, wished name below corpus/) of the files named and of those in the folders named, at any depth.

    With a bibliography that is named itself come the files beside it that its records name.
    """
    bibliographies: list[Path] = []
    seen: set[Path] = set()
    for path, file in _find_named(paths, skipped, bibliographies):
        seen.add(path.resolve())
        yield path, file
    for path in bibliographies:
        for beside, file in _find_beside(path, skipped):
            if beside not in seen:
                seen.add(beside)
                yield beside, file


def _find_beside(path: Path, skipped: list[Skipped]) -> Iterator[tuple[Path, str]]:
    """The files in the folder of a bibliography, at any depth, that its records name."""
    root = path.resolve().parent
    missing: list[str] = []
    try:
        with SafeReader() as reader:
            _, _, named = reader.read_works(path)
    except ReadError:
        return  # told where its records are read
    for name in dict.fromkeys(name for names in named.values() for name in names):
        target = (root / normalise_path(name)).resolve()
        if target.is_relative_to(root) and target.is_file():
            yield target, target.relative_to(root).as_posix()
        else:
            missing.append(name)
    if missing:
        reason = f"{len(missing)} files that its records name are not beside it, the first {missing[0]}"
        skipped.append(Skipped(str(path), f"{reason}; 'kg add' the folder they are in and they are attached"))


def _find_named(
    paths: Iterable[Path], skipped: list[Skipped], bibliographies: list[Path]
) -> Iterator[tuple[Path, str]]:
    for path in paths:
        if path.is_dir():
            found = list(walk_files(path, skipped))
            named = any(is_bibliography(inner) for _, inner in found)  # its records may name files by their place
            yield from ((inner, file if named else _name_chapter(path, file)) for file, inner in found)
        else:
            reason = "no such file" if not path.exists() else find_obstacle(path.resolve())
            if reason:
                skipped.append(Skipped(str(path), reason, fault=True))
            else:
                yield path, path.name
                if is_bibliography(path):
                    bibliographies.append(path)


def _name_chapter(folder: Path, file: str) -> str:
    """The file's path below a folder that is added, in that folder where its own name is no more than a number."""
    above = folder.resolve().name
    return (
        f"{above}/{file}" if above and _NUMBER_ONLY.fullmatch(PurePosixPath(file).with_suffix("").as_posix()) else file
    )


def pack_folders(workspace: Workspace, paths: Iterable[Path], skipped: list[Skipped]) -> Iterator[Path]:
    """The paths, each folder among them as one archive of its chapters in .kg/packed/. The caller holds the lock."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        target = workspace.kg / "packed" / f"{path.resolve().name}.zip"
        make_folder(target.parent)
        try:
            write_chapters(path, target)
        except (ReadError, OSError) as error:
            skipped.append(Skipped(str(path), getattr(error, "strerror", None) or str(error), fault=True))
            continue
        yield target


def take_in(
    workspace: Workspace, paths: Iterable[Path], known: dict[str, str], skipped: list[Skipped]
) -> list[Incoming]:
    """The files to be added, copied to .kg/incoming/; those whose content is already there go to `skipped`.

    known: SHA-256 -> file of what the corpus holds; it grows by what is taken in. The caller holds the lock.
    Raises OSError if the disk is full.
    """
    shutil.rmtree(workspace.kg / "incoming", ignore_errors=True)
    make_folder(workspace.kg / "incoming")
    digests = Digests(workspace)
    taken: list[Incoming] = []
    for origin, wished in find_incoming(paths, skipped):
        found = _take_one(workspace, origin, wished, digests)
        if isinstance(found, Skipped):
            skipped.append(found)
        elif found.sha256 in known:
            name = origin.name if origin.is_relative_to(workspace.kg) else str(origin)
            skipped.append(Skipped(name, f"the same content as {known[found.sha256]}"))
        else:
            known[found.sha256] = found.file
            taken.append(found)
    return taken


def _take_one(workspace: Workspace, origin: Path, wished: str, digests: Digests) -> Incoming | Skipped:
    try:
        if origin.resolve().is_relative_to(workspace.corpus.resolve()):
            file = origin.resolve().relative_to(workspace.corpus.resolve()).as_posix()
            return Incoming(origin, file, workspace.corpus / file, digests.digest(workspace.corpus / file))
        digest = hash_file(origin)
    except OSError as error:
        return Skipped(str(origin), f"cannot be read ({error.strerror})", fault=True)
    file = _find_free_name(workspace, clean_name(wished), digest)
    path = workspace.kg / "incoming" / file
    copy_durably(origin, path)
    return Incoming(origin, file, path, hash_file(path))


def _find_free_name(workspace: Workspace, file: str, digest: str) -> str:
    """The name itself, or numbered ("wu-2.md") if another content has it."""
    plain = PurePosixPath(file)
    number = 1
    while _is_taken(workspace, file, digest):
        number += 1
        file = str(plain.with_stem(f"{plain.stem}-{number}"))
    return file


def _is_taken(workspace: Workspace, file: str, digest: str) -> bool:
    places = (workspace.locate(file), workspace.kg / "incoming" / file)
    return any(place.exists() and (not place.is_file() or hash_file(place) != digest) for place in places)


def clean_name(file: str) -> str:
    """The path with parts fit for every file system: no control or direction marks, no leading dot, not too long."""
    return str(PurePosixPath(*(_clean_part(part) for part in PurePosixPath(file).parts)))


def _clean_part(name: str) -> str:
    plain = unicodedata.normalize("NFC", name)
    marked = "".join(c if c.isprintable() and c not in _RESERVED else "_" for c in plain)
    return _shorten(re.sub("__+", "_", marked).lstrip(". ") or "_")


def _shorten(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    room = MAX_NAME_BYTES - len(f"{dot}{ending}".encode())
    kept = (stem or ending).encode()[:room].decode("utf-8", "ignore")
    return f"{kept}{dot}{ending}" if stem else kept


def clear_incoming(workspace: Workspace) -> None:
    """Take away what an earlier add has left in .kg/incoming/."""
    for name in ("incoming", "packed"):
        shutil.rmtree(workspace.kg / name, ignore_errors=True)
