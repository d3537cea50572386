"""Where a command writes what it made: standard output, or a file that is not somebody else's work."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import click

from kg.model import CorpusError

#: What files made by kg hold near their beginning.
_MARKS = (b"made with kg", b"kg matrix")
_LOOKED_AT_BYTES = 4000


def find_format(output: Path | None, endings: Mapping[str, str], *, default: str) -> str:
    """The format that the ending of a file asks for; the default for standard output and a name without an ending.

    endings: ".svg" -> "svg". Raises UsageError for any other ending: no program would open what it got by that name.
    """
    ending = output.suffix.lower() if output else ""
    if ending in endings or not ending:
        return endings.get(ending, default)
    raise click.UsageError(f"{output}: kg makes no {ending} here, but {', '.join(endings)}; or name a --format.")


def write_output(content: bytes, output: Path | None, *, force: bool = False) -> None:
    """Write to standard output, or to a file in one step.

    Raises CorpusError if the file exists and was not made by kg, or cannot be written; then it is as it was.
    """
    if output is None or str(output) == "-":
        click.echo(content, nl=False)
        return
    if output.is_dir():
        raise CorpusError(f"{output}: a folder. Name a file in it.")
    if output.exists() and not force and not _is_ours(output):
        raise CorpusError(f"{output}: exists and was not made by kg. Take another name, or --force to overwrite it.")
    try:
        _write_at_once(content, output)
    except OSError as error:
        raise CorpusError(f"{output}: cannot be written: {error.strerror}.") from error


def _is_ours(output: Path) -> bool:
    try:
        with output.open("rb") as file:
            head = file.read(_LOOKED_AT_BYTES)
    except OSError:
        return False
    return not head or any(mark in head for mark in _MARKS)


def _write_at_once(content: bytes, output: Path) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{output.name[:80]}-", dir=output.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)
        os.replace(name, output)
    finally:
        Path(name).unlink(missing_ok=True)
