"""A folder of chapters in one zip archive: `kg add --as-one FOLDER` makes it, anybody can open it."""

import tempfile
import zipfile
from pathlib import Path, PurePosixPath

from kg.model import ReadError
from kg.readers.drafts import Reading
from kg.readers.zips import open_zip, read_member

#: The same for every file, so that the same chapters always give the same archive.
_TIME = (1980, 1, 1, 0, 0, 0)


def read(path: Path) -> Reading:
    """An archive of chapters as one document. Raises ReadError if it is damaged or no chapter can be read."""
    from kg.readers.folder import read_chapters  # it reads every format, this one among them

    with tempfile.TemporaryDirectory(prefix="kg-chapters-") as name, open_zip(path) as archive:
        folder = Path(name) / path.stem
        folder.mkdir()
        for member in archive.infolist():
            inner = PurePosixPath(member.filename)
            if member.is_dir() or inner.is_absolute() or ".." in inner.parts or "\\" in member.filename:
                continue
            target = folder.joinpath(*inner.parts)
            if target.suffix.lower() == path.suffix.lower():
                continue  # an archive in an archive
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(read_member(archive, member.filename))
        return read_chapters(folder)


def write_chapters(folder: Path, target: Path) -> int:
    """Put the readable files of a folder into an archive, the same bytes for the same files; how many there are.

    Raises ReadError if there are none, OSError if one cannot be read.
    """
    from kg.readers.folder import find_chapters

    chapters = sorted(find_chapters(folder))
    if not chapters:
        raise ReadError(f"{folder.name}: no file in the folder that can be read")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for chapter in chapters:
            entry = zipfile.ZipInfo(chapter.relative_to(folder).as_posix(), _TIME)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, chapter.read_bytes(), zipfile.ZIP_DEFLATED)
    return len(chapters)
