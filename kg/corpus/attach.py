"""Files that belong to a record of a bibliography: both make one document, the record's facts over the file's text."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote

from kg.corpus.sources import Source


def attach_files(sources: Iterable[Source], known: Mapping[str, str]) -> list[Source]:
    """The documents, each file that a record names made part of that record's document, sorted by name.

    known: name of a record -> file found to be the same work before.
    """
    listed = sorted(sources, key=lambda source: source.name)
    files = {source.file: source for source in listed if source.part is None}
    named: dict[str, list[str]] = {}
    for file in files:
        named.setdefault(PurePosixPath(file).name.casefold(), []).append(file)
    taken: dict[str, Source] = {}
    for source in listed:
        wishes = find_wishes(source, named, known) if source.part else ()
        file = next((wish for wish in wishes if wish in files), "")
        if file:
            taken[source.name] = files.pop(file)
    attached = [replace(source, attached=taken.get(source.name)) for source in listed if source.part]
    return sorted((*attached, *files.values()), key=lambda source: source.name)


def find_wishes(source: Source, named: Mapping[str, list[str]], known: Mapping[str, str]) -> list[str]:
    """The files below corpus/ that a record may mean, the likeliest first.

    A path counts from the bibliography's folder; a path of another machine is known by its last two parts, or by its
    name if only one file has it. named: file name in lower case -> files.
    """
    wishes = [known[source.name]] if source.name in known else []
    folder = PurePosixPath(source.file).parent
    for path in source.part.attachments if source.part else ():
        plain = normalise_path(path)
        wishes.append((folder / plain).as_posix())
        last = PurePosixPath(plain)
        same = named.get(last.name.casefold(), [])
        near = [file for file in same if PurePosixPath(file).parent.name == last.parent.name]
        wishes += near if len(near) == 1 else same if len(same) == 1 else []
    return wishes


def normalise_path(path: str) -> str:
    r"""A path as reference managers write it with "/" between its parts, without drive or scheme.

    >>> normalise_path(r"C:\Users\me\Zotero\storage\AB12\Wu 2022.pdf")
    '/Users/me/Zotero/storage/AB12/Wu 2022.pdf'
    >>> normalise_path("file:///home/me/a%20b.pdf"), normalise_path("storage:AB12/a.pdf")
    ('/home/me/a b.pdf', 'AB12/a.pdf')
    """
    plain = unquote(path) if "://" in path else path
    plain = re.sub(r"^(?:file|internal-pdf)://(?:localhost)?|^(?:storage|attachments):", "", plain)
    plain = re.sub(r"^/?[A-Za-z]:(?=[\\/])", "", plain.strip()).replace("\\", "/")
    return re.sub(r"/{2,}", "/", plain).removeprefix("./")
