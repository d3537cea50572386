"""What a Word file says beside its text: its styles, how its lists count, the sizes of its letters."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from kg.readers.numbers import read_whole
from kg.readers.zips import parse_xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: A list of Word has nine levels.
MAX_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Style:
    """A named style: depth of the heading it makes (0 for none), weight, and the list it counts in with its depth."""

    name: str
    level: int
    bold: bool
    number: tuple[str, int] | None


@dataclass
class Book:
    """What the parts of a Word file say beside its text, and what has been counted so far.

    usual_size, sizes: of most of the text and of the headings that only their letters make, in half points.
    """

    styles: dict[str, Style]
    formats: dict[tuple[str, int], str]
    counters: dict[tuple[str, int], int] = field(default_factory=dict)
    usual_size: int = 0
    sizes: list[int] = field(default_factory=list)


def read_styles(data: bytes, path: Path) -> dict[str, Style]:
    """Key -> style, with what each takes from the one it is based on. Raises ReadError if the part is damaged."""
    if not data:
        return {}
    styles: dict[str, Style] = {}
    based: dict[str, str] = {}
    for node in parse_xml(data, file=path.name).iter(W + "style"):
        name = read_value(node.find(W + "name")).lower()
        outline = node.find(f"{W}pPr/{W}outlineLvl")
        found = re.fullmatch(r"(?:heading|überschrift|titre|título|titolo|kop) ?(\d)", name)
        level = int(found.group(1)) if found else read_whole(read_value(outline), -1) + 1
        key = node.get(W + "styleId") or ""
        styles[key] = Style(
            name,
            level if level < 10 else 0,
            is_on(node.find(f"{W}rPr/{W}b")),
            read_number(node.find(f"{W}pPr/{W}numPr")),
        )
        based[key] = read_value(node.find(W + "basedOn"))
    for key, style in list(styles.items()):
        parent = styles.get(based[key])
        if parent and not style.level:
            styles[key] = Style(style.name, parent.level, style.bold or parent.bold, style.number or parent.number)
    return styles


def read_formats(data: bytes, path: Path) -> dict[tuple[str, int], str]:
    """(list, depth) -> the way it counts ("decimal", "bullet", "lowerLetter")."""
    if not data:
        return {}
    root = parse_xml(data, file=path.name)
    abstract = {
        (node.get(W + "abstractNumId") or "", read_whole(level.get(W + "ilvl"))): read_value(level.find(W + "numFmt"))
        for node in root.iter(W + "abstractNum")
        for level in node.iter(W + "lvl")
    }
    links = {(node.get(W + "numId") or ""): read_value(node.find(W + "abstractNumId")) for node in root.iter(W + "num")}
    return {
        (number, depth): kind
        for number, key in links.items()
        for (other, depth), kind in abstract.items()
        if other == key
    }


def read_value(node: etree._Element | None) -> str:
    """The value of a property, "" where it is not stated."""
    return "" if node is None else node.get(W + "val") or ""


def is_on(node: etree._Element | None) -> bool:
    """Whether a property is stated and not switched off."""
    return node is not None and read_value(node) not in {"0", "false", "none"}


def read_number(node: etree._Element | None) -> tuple[str, int] | None:
    """The list that a paragraph counts in and its depth there, None for none."""
    if node is None:
        return None
    number, depth = read_value(node.find(W + "numId")), read_value(node.find(W + "ilvl"))
    return (number, min(read_whole(depth), MAX_DEPTH)) if number not in {"", "0"} else None


def count(number: tuple[str, int], book: Book) -> str:
    """The number an automatic list gives its next paragraph, "" for a bullet."""
    kind = book.formats.get(number, "bullet")
    if kind in {"bullet", "none", ""}:
        return ""
    for other in list(book.counters):
        if other[0] == number[0] and other[1] > number[1]:
            del book.counters[other]
    count = book.counters[number] = book.counters.get(number, 0) + 1
    if kind.lower().endswith("letter") and count < 27:
        return chr((64 if kind.startswith("upper") else 96) + count)
    above = [str(book.counters[number[0], depth]) for depth in range(number[1]) if (number[0], depth) in book.counters]
    return ".".join([*above, str(count)]) if kind == "decimal" else str(count)
