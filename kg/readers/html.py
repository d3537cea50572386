"""Web pages, saved ones too: the text of the page itself without what surrounds it."""

import re
from collections.abc import Sequence
from pathlib import Path

from lxml import etree
from lxml import html as lxml_html

from kg.model import BlockKind, ReadError
from kg.readers.asides import write_asides
from kg.readers.characters import decode, mend_mojibake
from kg.readers.drafts import Reading
from kg.readers.html_around import drop_around, drop_behind, drop_furniture, measure
from kg.readers.html_chunks import find_html_chunks
from kg.readers.html_facts import find_facts
from kg.readers.html_folded import unfold
from kg.readers.html_head import read_head
from kg.readers.html_points import write_points
from kg.readers.placeholders import drop_placeholders
from kg.readers.raised import settle_marks
from kg.readers.structure import Chunk, find_structure

_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset\s*=\s*["']?|\?xml[^>]{0,100}?encoding\s*=\s*["'])([\w-]{2,40})""", re.IGNORECASE
)
#: The main part of a page holds at least this share of its text, else the whole page is read.
MIN_MAIN_SHARE = 0.3
#: A paragraph of this length that begins the title is its first line.
MIN_PART_CHARS = 20


def read(path: Path) -> Reading:
    """An HTML file."""
    return read_html(decode_html(path.read_bytes(), file=path.name))


def decode_html(data: bytes, *, file: str = "") -> str:
    """The text of an HTML file, whatever encoding it declares."""
    found = _DECLARED.search(data[:4096])
    return mend_mojibake(decode(data, file=file, declared=found.group(1).decode("ascii") if found else ""))


def read_html(text: str) -> Reading:
    """The page as a reading: title and facts from its head and its own heading, then its main part."""
    root = parse_html(text)
    front, language = find_facts(root)
    unfold(root)
    write_asides(root)
    write_points(root)
    main = _find_main(root)
    drop_furniture(main)
    chunks = settle_marks(drop_placeholders(drop_behind(find_html_chunks(main))))
    title = next((d.text for d in front if d.kind is BlockKind.TITLE), "")
    chunks = _drop_title(chunks, title) if title else chunks
    front, chunks = read_head(chunks, front)
    drafts = find_structure(chunks, marked=True, front=front)
    return Reading(tuple(drafts), language=language)


def parse_html(text: str) -> etree._Element:
    """The element tree of a page. Raises ReadError if there is nothing in it."""
    # An encoding declared inside a decoded text makes lxml refuse it.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\x00", ""))
    # An end tag without its last sign takes in the tag behind it.
    text = re.sub(r"(</[a-z][a-z0-9]*)(?=\s*<)", r"\1>", text, flags=re.IGNORECASE)
    parser = lxml_html.HTMLParser(
        encoding="utf-8", recover=True, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError) as error:
        raise ReadError(f"the page cannot be read as HTML ({error})") from error
    return root


def _find_main(root: etree._Element) -> etree._Element:
    """The element that holds the page's own text."""
    body = root.find("body")
    body = root if body is None else body
    total = max(measure(body), 1)
    for path in (
        ".//main",
        ".//*[@role='main']",
        ".//article",
        ".//*[@id='content']",
        ".//*[@id='main']",
        ".//*[@itemprop='articleBody']",
    ):
        found = body.findall(path)
        if len(found) == 1 and measure(found[0]) >= MIN_MAIN_SHARE * total:
            return found[0]
    drop_around(body)
    return body


def _drop_title(chunks: Sequence[Chunk], title: str) -> list[Chunk]:
    """Chunks without the first heading that repeats the title."""
    folded = _fold(title)
    for i, chunk in enumerate(chunks[:8]):
        repeats = chunk.role == "heading" and (_fold(chunk.text) in folded or folded in _fold(chunk.text))
        if repeats or (i < 3 and chunk.role == "" and _fold(chunk.text) == folded):
            return [*chunks[:i], *chunks[i + 1 :]]
        if i < 3 and chunk.role == "" and len(chunk.text) >= MIN_PART_CHARS and folded.startswith(_fold(chunk.text)):
            end = next((j for j in range(i, len(chunks)) if _fold(chunks[j].text) not in folded), len(chunks))
            return [*chunks[:i], *chunks[end:]]
    return list(chunks)


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
