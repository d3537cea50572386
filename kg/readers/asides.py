"""What is folded away in the midst of a text: its name heads no section, for the text goes on behind it.

Several in a row, as in lists of questions, do have headings, and so has one that ends a section.
"""

import itertools
import re
from collections.abc import Iterator

from lxml import etree

from kg.readers.characters import squeeze
from kg.readers.structure.headings import names_section

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NO_TEXT = frozenset({"script", "style", "template", "hr", "br"})
_OPENING = re.compile(r"<details\b[^<>]{0,200}>", re.IGNORECASE)
_CLOSING = re.compile(r"</details\s*>", re.IGNORECASE)
_SUMMARY = re.compile(r"<summary\b[^<>]{0,200}>(?P<name>[^\ue000]{0,500}?)</summary\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]{0,200}>")
_HEADING_LINE = re.compile(r"\s*(?:#{1,6}\s|<h[1-6]\b)|[^\n]{1,120}\n[ ]{0,3}(?:=+|-+)[ ]*(?:\n|$)", re.IGNORECASE)
_HEADING_INSIDE = re.compile(r"^[ ]{0,3}#{1,6}\s|<h[1-6]\b", re.IGNORECASE | re.MULTILINE)


def write_asides(root: etree._Element) -> None:
    """Make the name of each `<details>` that stands amid a text a paragraph."""
    for details in root.iter("details"):
        summary = details.find("summary")
        if summary is None or any(True for _ in details.iter(*_HEADINGS)) or not _goes_on(details):
            continue
        if not names_section(squeeze("".join(str(part) for part in summary.itertext()))):
            summary.tag = "div"
            for bold in summary.iter("b", "strong"):
                bold.tag = "span"


def _goes_on(details: etree._Element) -> bool:
    """Whether text stands behind an element, and no other of its kind next to it."""
    before, behind = details.getprevious(), details.getnext()
    alone = before is None or before.tag != "details" or (before.tail or "").strip()
    if (details.tail or "").strip():
        return bool(alone)
    while behind is not None and behind.tag in _NO_TEXT:
        behind = behind.getnext()
    if behind is None or behind.tag == "details" or not alone:
        return False
    first = next(behind.iter(*_HEADINGS, "p", "li", "td", "details"), behind)
    text = "".join(str(part) for part in behind.itertext())
    return bool(text.strip()) and first.tag not in _HEADINGS and first.tag != "details"


def write_markdown_asides(text: str) -> str:
    """The same for Markdown with `<details>` in it."""
    parts: list[str] = []
    at = 0
    spans = list(_find_details(text))
    for i, (start, end) in enumerate(spans):
        inside = text[start:end]
        behind = text[end : spans[i + 1][0] if i + 1 < len(spans) else len(text)]
        before = text[spans[i - 1][1] : start] if i else "text"
        summary = _SUMMARY.search(inside)
        if summary and before.strip() and behind.strip() and not _HEADING_LINE.match(behind.lstrip("\n")):
            name = squeeze(_TAG.sub("", summary["name"]))
            if not names_section(name) and not _HEADING_INSIDE.search(inside):
                inside = f"{inside[: summary.start()]}<div>{name}</div>{inside[summary.end() :]}"
        parts += [text[at:start], inside]
        at = end
    return "".join([*parts, text[at:]])


def _find_details(text: str) -> Iterator[tuple[int, int]]:
    """Where each `<details>` that holds no other begins and ends."""
    closings = [found.end() for found in _CLOSING.finditer(text)]
    openings = [found.start() for found in _OPENING.finditer(text)]
    marks = sorted([(at, True) for at in openings] + [(at, False) for at in closings])
    for (start, opens), (end, closes) in itertools.pairwise(marks):
        if opens and not closes:
            yield start, end
