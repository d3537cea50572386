"""Files that are either whole or not there: temporary file, fsync, rename, fsync of the folder."""

import errno
import hashlib
import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

#: A larger file is linked, not copied: nobody edits it in place, and a second copy would cost room.
MAX_COPIED_BYTES = 1 << 20
_CHUNK_BYTES = 1 << 20
_DISK_ERRORS = {
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EFBIG,
    errno.EROFS,
    errno.EIO,
    errno.EACCES,
    errno.EPERM,
    errno.EMFILE,
}


def is_disk_error(error: OSError) -> bool:
    """Whether the disk is full, broken or not to be written to, which no other document would fare better with."""
    return error.errno in _DISK_ERRORS


def write_durably(path: Path, content: bytes) -> None:
    """Put `content` at `path`; when this returns it survives a power cut. Makes the folder."""
    write_all_durably(path.parent, {path.name: content})


def write_all_durably(folder: Path, contents: dict[str, bytes]) -> None:
    """Put files into a folder, one after the other in this order, each whole or not there; then they survive."""
    make_folder(folder)
    for name, content in contents.items():
        part = _name_part(folder / name)
        try:
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(folder / name)
        finally:
            part.unlink(missing_ok=True)
    sync_folder(folder)


def copy_durably(source: Path, target: Path, *, may_link: bool = False) -> None:
    """Put a copy of `source` at `target`, replacing what is there.

    may_link: a file over MAX_COPIED_BYTES may become a second name of the same file where the file system can do it.
    """
    make_folder(target.parent)
    part = _name_part(target)
    part.unlink(missing_ok=True)
    try:
        if not (may_link and source.stat().st_size > MAX_COPIED_BYTES and _try_link(source, part)):
            _copy(source, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)  # also after a rename between two links of one file, which does nothing
    sync_folder(target.parent)


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as reading, target.open("wb") as writing:
        shutil.copyfileobj(reading, writing, _CHUNK_BYTES)
        writing.flush()
        os.fsync(writing.fileno())


def _try_link(source: Path, target: Path) -> bool:
    with suppress(OSError):
        os.link(source, target, follow_symlinks=True)
        return True
    return False


def remove_durably(path: Path) -> None:
    """Take the file away if it is there."""
    if path.exists() or path.is_symlink():
        path.unlink()
        sync_folder(path.parent)


def clear_parts(path: Path) -> None:
    """Take away what a killed write of this path has left beside it."""
    for part in path.parent.glob(f"{_name_part(path, '*').name}"):
        part.unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """The folder and those above it, durably."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def hash_file(path: Path) -> str:
    """SHA-256 of a file's content, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hash_bytes(content: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _name_part(path: Path, process: str = "") -> Path:
    """The name under which a file is written before it gets its own: hidden, short, one per process."""
    name = hashlib.sha256(os.fsencode(path.name)).hexdigest()[:16]
    return path.with_name(f".{name}.{process or os.getpid()}.part")


#: Ends sealed JSON: the SHA-256 of what stands before it.
_SEAL = b', "sha256-before": "'


def seal_json(value: dict[str, object]) -> bytes:
    """An object as JSON that shows whether a bit of it has changed; the same bytes for the same object."""
    body = json.dumps(value, sort_keys=True).encode().removesuffix(b"}")
    return body + _SEAL + hash_bytes(body).encode() + b'"}'


def read_sealed(content: bytes) -> Any:
    """The object that was sealed, with its seal. Raises ValueError if anything has changed."""
    body, _, seal = content.rpartition(_SEAL)
    if seal != hash_bytes(body).encode() + b'"}':
        raise ValueError("the content has changed since it was sealed")
    return json.loads(content)
