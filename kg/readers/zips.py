"""Zip archives that are checked before anything is unpacked."""

import re
import zipfile
import zlib
from pathlib import Path

from lxml import etree

from kg.model import ReadError
from kg.readers.characters import decode

MAX_MEMBERS = 10_000
MAX_TOTAL_BYTES = 400_000_000
MAX_MEMBER_BYTES = 150_000_000
#: Text packs to about a tenth; beyond this factor a large member is made to fill memory.
MAX_RATIO = 250
MIN_SUSPECT_BYTES = 5_000_000
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")


def open_zip(path: Path) -> zipfile.ZipFile:
    """An archive within its limits. Raises ReadError if it is broken, locked, or unpacks to too much."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ReadError(f"{path.name}: not a whole file ({error}); download it again") from error
    members = archive.infolist()
    total = sum(member.file_size for member in members)
    bomb = any(m.file_size > MIN_SUSPECT_BYTES and m.file_size > MAX_RATIO * max(m.compress_size, 1) for m in members)
    if len(members) > MAX_MEMBERS or total > MAX_TOTAL_BYTES or bomb:
        archive.close()
        raise ReadError(f"{path.name}: unpacks to {len(members)} files of {total / 1e6:.0f} MB, more than a text needs")
    if any(member.flag_bits & 1 for member in members):
        archive.close()
        raise ReadError(f"{path.name}: locked with a password; save it without one")
    return archive


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of a member, b"" if it is missing. Raises ReadError if it is damaged or larger than it says."""
    try:
        with archive.open(name) as member:
            data = member.read(MAX_MEMBER_BYTES + 1)
    except KeyError:
        return b""
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise ReadError(f"{archive_name(archive)}: {name} in it is damaged ({error})") from error
    if len(data) > MAX_MEMBER_BYTES:
        raise ReadError(f"{archive_name(archive)}: {name} in it is larger than {MAX_MEMBER_BYTES / 1e6:.0f} MB")
    return data


def archive_name(archive: zipfile.ZipFile) -> str:
    """The file name of an archive."""
    return Path(archive.filename or "file").name


def parse_xml(data: bytes, *, file: str) -> etree._Element:
    """The root of an XML text, no entity resolved, nothing fetched. Raises ReadError if it is not well-formed."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_pis=True,
        remove_comments=True,
    )
    try:
        root = _parse(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"{file}: {_explain_fault(str(error))}") from error
    if root is None:
        raise ReadError(f"{file}: no element in it")
    return root


def _parse(data: bytes, parser: etree.XMLParser) -> etree._Element | None:
    """The root of an XML text, also of one in another encoding than it declares."""
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if not re.search(r"encoding|UTF-8", str(error)):
            raise
    return etree.fromstring(_DECLARATION.sub("", decode(data)).encode(), parser)


def _explain_fault(error: str) -> str:
    """What a parser's message means."""
    if "depth" in error:
        return "nested too deep to read"
    if "amplification" in error or "entity loop" in error.lower():
        return "its entities unfold without end, as in an attack; it is not read"
    return f"not well-formed XML ({error})"
