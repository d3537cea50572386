"""Superscripts: marks of footnotes and affiliations, numbers of cited works, powers and ordinals."""

import re

from kg.readers.characters import normalise
from kg.readers.names import MARK_SEPARATOR

#: Around superscript characters in a text that is being read.
RAISED_OPEN, RAISED_CLOSE = "\ue000", "\ue001"
_RAISED = re.compile(rf"\s?{RAISED_OPEN}(.*?){RAISED_CLOSE}")
_NUMBERS = re.compile(r"\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*")
_UNICODE = re.compile("[⁰¹²³⁴-⁹]+")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def normalise_marked(text: str) -> str:
    """`normalise` that keeps the marks around superscripts, which it takes out of texts of others."""
    parts = re.split(f"([{RAISED_OPEN}{RAISED_CLOSE}])", text)
    return "".join(part if part in {RAISED_OPEN, RAISED_CLOSE} else normalise(part) for part in parts)


def mark_unicode(text: str) -> str:
    """Text with superscript digits of their own character put between marks: "freedoms³" -> "freedoms" + marked 3."""
    return _UNICODE.sub(lambda found: f"{RAISED_OPEN}{found.group().translate(_PLAIN)}{RAISED_CLOSE}", text)


def find_numbers(text: str) -> set[str]:
    """The numbers set as superscripts in a text."""
    return {number for found in _RAISED.finditer(text) for number in re.findall(r"\d{1,3}", found.group(1))}


def resolve(text: str, notes: set[str], *, cites: bool) -> str:
    """Text without its marks: footnote marks dropped, numbers of cited works in brackets, powers and ordinals plain.

    notes: numbers of the footnotes on the page. cites: whether the document's superscript numbers are citations.
    """

    def replace(found: re.Match[str]) -> str:
        content = found.group(1).strip()
        before = text[: found.start()]
        space = (
            " " if found.group(1).endswith(" ") and text[found.end() : found.end() + 1] not in tuple(".,;:)!?") else ""
        )
        if not _NUMBERS.fullmatch(content):
            return space if re.fullmatch(r"[*†‡§¶#]+", content) else found.group(1)
        if set(re.findall(r"\d+", content)) <= notes:
            return space
        if cites and not re.search(r"\d$", before):
            return f" [{content}]{space}"
        return space if re.search(r"[^\W\d_]{3}$|[.,;:!?”\"’)\]]$", before) else found.group(1)

    return _RAISED.sub(replace, text)


def write_front(text: str) -> str:
    """A line of an author block, MARK_SEPARATOR inside the marks behind names, so that no name is cut there."""

    def replace(found: re.Match[str]) -> str:
        return " " + re.sub(r"\s*[,;]\s*|\s+", MARK_SEPARATOR, found.group(1).strip(" ,;")) + " "

    return _RAISED.sub(replace, text)


def split_marked(text: str) -> list[str]:
    """An address line that begins with a mark, cut before each further number: "1 Here, 2 There" as two."""
    starts = [
        found.start() for found in _RAISED.finditer(text) if re.fullmatch(r"\d{1,2}|[a-z]", found.group(1).strip())
    ]
    if len(starts) < 2 or text[: starts[0]].strip():
        return [text]
    ends = [*starts[1:], len(text)]
    return [text[start:end].strip(" ,;") for start, end in zip(starts, ends, strict=True)]
