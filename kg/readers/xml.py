"""XML files: JATS articles, TEI texts, XHTML; told apart by their root."""

from pathlib import Path

from lxml import etree

from kg.model import ReadError
from kg.readers.drafts import Reading
from kg.readers.html import decode_html, read_html
from kg.readers.jats import read_jats
from kg.readers.tei import read_tei
from kg.readers.zips import parse_xml


def read(path: Path) -> Reading:
    """An XML file. Raises ReadError if its root is of no format known here."""
    data = path.read_bytes()
    root = parse_xml(data, file=path.name)
    name = etree.QName(root).localname.lower()
    if name in {"article", "pmc-articleset", "book", "book-part"} and root.find(".//{*}front") is not None:
        return read_jats(root)
    if name in {"tei", "teicorpus", "tei.2"}:
        return read_tei(root)
    if name == "html":
        return read_html(decode_html(data, file=path.name))
    raise ReadError(f"{path.name}: XML of an unknown kind (<{name}>); known: JATS, TEI, XHTML")
