"""Web pages, saved ones too: the text of the page itself without what surrounds it."""

import re
from collections.abc import Sequence
from pathlib import Path

from lxml import etree
from lxml import html as lxml_html

from kg.model import BlockKind, ReadError
from kg.readers.characters import decode, mend_mojibake, normalise, squeeze
from kg.readers.drafts import Reading
from kg.readers.html_chunks import find_html_chunks, text_of
from kg.readers.html_facts import find_facts
from kg.readers.placeholders import drop_placeholders
from kg.readers.raised import settle_marks
from kg.readers.structure import Chunk, find_structure

_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset\s*=\s*["']?|\?xml[^>]{0,100}?encoding\s*=\s*["'])([\w-]{2,40})""", re.IGNORECASE
)
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|cookies?|sidebar|share|sharing|social|footer|pagination|pager|skip"
    r"|skiplink|advert|ads|banner|popup|modal|newsletter|subscribe|related-posts|comments?|toolbar|search|toc|masthead"
    r"|site-header|print-only|visually-hidden|screen-reader-text)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r"(?:table of )?contents|(?:on|in) this (?:page|article|guide|document):?|index", re.IGNORECASE)
#: The main part of a page holds at least this share of its text, else the whole page is read.
MIN_MAIN_SHARE = 0.3
#: A run of short links beyond this share of a list's text is navigation.
MAX_LINK_SHARE = 0.8


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
    main = _find_main(root)
    _drop_contents(main)
    chunks = settle_marks(drop_placeholders(find_html_chunks(main)))
    title = next((d.text for d in front if d.kind is BlockKind.TITLE), "")
    chunks = _drop_title(chunks, title) if title else chunks
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
    total = max(_measure(body), 1)
    for path in (
        ".//main",
        ".//*[@role='main']",
        ".//article",
        ".//*[@id='content']",
        ".//*[@id='main']",
        ".//*[@itemprop='articleBody']",
    ):
        found = body.findall(path)
        if len(found) == 1 and _measure(found[0]) >= MIN_MAIN_SHARE * total:
            return found[0]
    _drop_around(body)
    return body


def _measure(element: etree._Element) -> int:
    """Characters of text in an element, runs of space counted once."""
    return len(squeeze(text_of(element)))


def _remove(element: etree._Element) -> None:
    """Take an element out of its tree, the text behind it left in."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail and before is not None:
        before.tail = normalise((before.tail or "") + element.tail)
    elif element.tail:
        parent.text = normalise((parent.text or "") + element.tail)
    element.tail = None
    parent.remove(element)


def _drop_around(body: etree._Element) -> None:
    """Take navigation, banners, footers and lists of links out of a page without a main part."""
    for element in list(body.iter(etree.Element)):
        if element is body or element.getparent() is None:
            continue
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        around = element.tag in {"footer", "aside"} or (element.tag == "header" and element.find(".//h1") is None)
        named = _AROUND.search(name) and _measure(element) < 0.3 * _measure(body)
        if around or named or (element.tag in {"ul", "ol", "table", "div"} and _is_link_list(element)):
            _remove(element)


def _is_link_list(element: etree._Element) -> bool:
    """Whether an element is a list of short links, as menus are, and no reference list."""
    links = element.findall(".//a")
    if len(links) < 4 or element.find(".//p") is not None:
        return False
    total = _measure(element)
    return sum(map(_measure, links)) > MAX_LINK_SHARE * total and total < 40 * len(links)


def _drop_contents(main: etree._Element) -> None:
    """Take lists of links to places of the page itself out, each with the heading that names it as contents."""
    for element in [*main.iter("ul", "ol")]:
        links = [link.get("href") or "" for link in element.iter("a")]
        inside = len(links) > 1 and all(link.startswith("#") for link in links)
        if not inside or sum(map(_measure, element.iter("a"))) < MAX_LINK_SHARE * _measure(element):
            continue
        before = element.getprevious()
        while before is not None and not _measure(before):
            before = before.getprevious()
        if before is not None and _CONTENTS.fullmatch(squeeze(text_of(before))):
            _remove(before)
        if element.getparent() is not None:
            _remove(element)


def _drop_title(chunks: Sequence[Chunk], title: str) -> list[Chunk]:
    """Chunks without the first heading that repeats the title."""
    folded = _fold(title)
    for i, chunk in enumerate(chunks[:8]):
        repeats = chunk.role == "heading" and (_fold(chunk.text) in folded or folded in _fold(chunk.text))
        if repeats or (i == 0 and chunk.role == "" and _fold(chunk.text) == folded):
            return [*chunks[:i], *chunks[i + 1 :]]
    return list(chunks)


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
