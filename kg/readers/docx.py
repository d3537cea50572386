"""Word files: paragraphs with their styles, lists, tables, footnotes and properties."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from kg.model import BlockKind, ReadError
from kg.readers.characters import normalise, squeeze
from kg.readers.drafts import Draft, Reading
from kg.readers.front_matter import make_front_drafts
from kg.readers.marks import RAISED_CLOSE, RAISED_OPEN, write_front
from kg.readers.raised import settle_marks
from kg.readers.structure import Chunk, find_structure
from kg.readers.structure.chunks import make_runs_chunk
from kg.readers.structure.front import ends_front
from kg.readers.zips import open_zip, parse_xml, read_member

#: What is shown where a program does not know the first of two ways: the same again.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CORE = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "authors": "{http://purl.org/dc/elements/1.1/}creator",
    "keywords": "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords",
}
#: Spaces at the ends of a superscript are no part of it.
_SPACED = re.compile(r"^(\s*)(\S.*?)(\s*)$")
#: Half points: a first line of at least 15 points, larger than all others, is the title.
MIN_TITLE_SIZE = 30
#: A title stands among so many paragraphs.
MAX_BEFORE_TITLE = 6
#: Titles and names that programs fill in by themselves.
_NOT_STATED = re.compile(
    r"(?:microsoft|windows|python-docx|untitled|document\d*|unknown|user|admin\w*|author|office)\b.*|.*\.docx?$|",
    re.IGNORECASE,
)
_STYLE_ROLES: tuple[tuple[str, str], ...] = (
    (r"title|titel|titre|título", "title"),
    (r"caption|beschriftung|légende", "caption"),
    (r"(?:table of )?contents? ?\d*|toc ?\d*|toc heading|verzeichnis ?\d", "contents"),
    (r"author\w*|byline", "author"),
    (r"bibliography|references?|literature", "reference"),
    (r"(?:list|aufzählung).*", "item"),
)


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    level: int
    bold: bool
    number: tuple[str, int] | None


@dataclass
class _Book:
    """What the parts of a Word file say beside its text."""

    styles: dict[str, _Style]
    formats: dict[tuple[str, int], str]
    counters: dict[tuple[str, int], int]


def read(path: Path) -> Reading:
    """A Word file (.docx). Raises ReadError if it is damaged or holds no text."""
    with open_zip(path) as archive:
        body = parse_xml(_require(read_member(archive, "word/document.xml"), path), file=path.name)
        parts = {
            name: read_member(archive, f"word/{name}.xml") for name in ("styles", "numbering", "footnotes", "endnotes")
        }
        core = read_member(archive, "docProps/core.xml")
    book = _Book(_read_styles(parts["styles"], path), _read_formats(parts["numbering"], path), {})
    chunks = _find_bold_items(_resolve_marks(list(_read_body(body, book))))
    for name in ("footnotes", "endnotes"):
        chunks += _read_notes(parts[name], path)
    front = _read_properties(core, path)
    title = next((d.text for d in front if d.kind is BlockKind.TITLE), "")
    chunks = _move_title(_name_title(chunks, _find_largest(body)))
    own = next((c.text for c in chunks[:MAX_BEFORE_TITLE] if c.role == "title"), "")
    if own:
        front = [d for d in front if d.kind is not BlockKind.TITLE]
    elif title:
        chunks = [c for i, c in enumerate(chunks) if i > 5 or squeeze(c.text).lower() != title.lower()]
    elif chunks and chunks[0].role == "heading":  # the first of several sections on one level, not a title over them
        front = [Draft(BlockKind.TITLE, ""), *front]
    if any(d.kind is BlockKind.AUTHOR for d in front) and own:
        front = [d for d in front if d.kind is not BlockKind.AUTHOR]
    drafts = find_structure(chunks, marked=any(c.role == "heading" for c in chunks), front=front)
    return Reading(tuple(drafts))


def _resolve_marks(chunks: list[Chunk]) -> list[Chunk]:
    """Chunks with superscripts as marks behind names in the head, as numbers of cited works in the text."""
    start = next((i for i, chunk in enumerate(chunks) if ends_front(chunk.text)), len(chunks))
    texts = [write_front(chunk.text) for chunk in chunks[:start]]
    head = [
        chunk if text == chunk.text else replace(chunk, text=squeeze(text), lead=0)
        for chunk, text in zip(chunks, texts, strict=False)
    ]
    return settle_marks([*head, *map(_join_marks, chunks[start:])])


def _join_marks(chunk: Chunk) -> Chunk:
    """Superscripts that stand side by side ("1", ",", "2") as one."""
    between = RAISED_CLOSE + RAISED_OPEN
    if between not in chunk.text:
        return chunk
    lead = len(chunk.text[: chunk.lead].replace(between, ""))
    return replace(chunk, text=chunk.text.replace(between, ""), lead=lead)


def _require(data: bytes, path: Path) -> bytes:
    if not data:
        raise ReadError(f"{path.name}: no Word document in it; save it as .docx from Word or LibreOffice")
    return data


def _find_largest(body: etree._Element) -> str:
    """The text of the first paragraph if it is set larger than all others and than a heading is, else ""."""
    paragraphs = [(node, squeeze(_text_of(node))) for node in body.iter(W + "p")]
    shown = [(_measure(node), text) for node, text in paragraphs if text]
    if not shown or shown[0][0] < MIN_TITLE_SIZE or any(size >= shown[0][0] for size, _ in shown[1:]):
        return ""
    return shown[0][1]


def _measure(paragraph: etree._Element) -> int:
    """The largest letter size that the runs of a paragraph state, in half points; 0 if they state none."""
    sizes = (_value(node) for node in paragraph.iterfind(f"{W}r/{W}rPr/{W}sz"))
    return max((int(size) for size in sizes if size.isdecimal() and len(size) < 5), default=0)


def _name_title(chunks: list[Chunk], largest: str) -> list[Chunk]:
    """Chunks with the one that is set largest as the title, where no style names one."""
    if not largest or not chunks or chunks[0].text != largest or any(chunk.role == "title" for chunk in chunks):
        return chunks
    return [replace(chunks[0], role="title", level=0, lead=0), *chunks[1:]]


def _move_title(chunks: list[Chunk]) -> list[Chunk]:
    """Chunks with the only heading above all others, if it is the first and early, at their head as the title."""
    headings = [(i, chunk.level) for i, chunk in enumerate(chunks) if chunk.role == "heading"]
    if not headings or headings[0][0] > MAX_BEFORE_TITLE or any(c.role == "title" for c in chunks[:MAX_BEFORE_TITLE]):
        return chunks
    at, level = headings[0]
    if any(other <= level for _, other in headings[1:]):
        return chunks
    return [replace(chunks[at], role="title"), *chunks[:at], *chunks[at + 1 :]]


def _read_styles(data: bytes, path: Path) -> dict[str, _Style]:
    if not data:
        return {}
    styles: dict[str, _Style] = {}
    based: dict[str, str] = {}
    for node in parse_xml(data, file=path.name).iter(W + "style"):
        name = _value(node.find(W + "name")).lower()
        outline = node.find(f"{W}pPr/{W}outlineLvl")
        found = re.fullmatch(r"(?:heading|überschrift|titre|título|titolo|kop) ?(\d)", name)
        level = (
            int(found.group(1))
            if found
            else int(_value(outline)) + 1
            if outline is not None and _value(outline).isdigit()
            else 0
        )
        key = node.get(W + "styleId") or ""
        styles[key] = _Style(
            name,
            level if level < 10 else 0,
            _is_on(node.find(f"{W}rPr/{W}b")),
            _read_number(node.find(f"{W}pPr/{W}numPr")),
        )
        based[key] = _value(node.find(W + "basedOn"))
    for key, style in list(styles.items()):
        parent = styles.get(based[key])
        if parent and not style.level:
            styles[key] = _Style(style.name, parent.level, style.bold or parent.bold, style.number or parent.number)
    return styles


def _read_formats(data: bytes, path: Path) -> dict[tuple[str, int], str]:
    """(list, depth) -> the way it counts ("decimal", "bullet", "lowerLetter")."""
    if not data:
        return {}
    root = parse_xml(data, file=path.name)
    abstract = {
        (node.get(W + "abstractNumId") or "", int(level.get(W + "ilvl") or 0)): _value(level.find(W + "numFmt"))
        for node in root.iter(W + "abstractNum")
        for level in node.iter(W + "lvl")
    }
    links = {(node.get(W + "numId") or ""): _value(node.find(W + "abstractNumId")) for node in root.iter(W + "num")}
    return {
        (number, depth): kind
        for number, key in links.items()
        for (other, depth), kind in abstract.items()
        if other == key
    }


def _value(node: etree._Element | None) -> str:
    return "" if node is None else node.get(W + "val") or ""


def _is_on(node: etree._Element | None) -> bool:
    return node is not None and _value(node) not in {"0", "false", "none"}


def _read_number(node: etree._Element | None) -> tuple[str, int] | None:
    if node is None:
        return None
    number, depth = _value(node.find(W + "numId")), _value(node.find(W + "ilvl"))
    return (number, int(depth) if depth.isdigit() else 0) if number not in {"", "0"} else None


def _read_body(root: etree._Element, book: _Book) -> Iterator[Chunk]:
    for node in root.iter(W + "p", W + "tbl"):
        inside = next(node.iterancestors(W + "tbl", W + "txbxContent"), None)
        if inside is not None and next(inside.iterancestors(_FALLBACK), None) is not None:
            continue
        if inside is not None and (node.tag == W + "tbl" or inside.tag == W + "tbl"):
            continue
        if node.tag == W + "tbl":
            yield from _read_table(node)
        else:
            yield from _read_paragraph(node, book)


def _find_bold_items(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Chunks with items that are bold as a whole and have a paragraph below them as headings."""
    found = list(chunks)
    for i, (chunk, following) in enumerate(itertools.pairwise(chunks)):
        if chunk.role == "item" and following.role == "" and chunk.lead >= len(chunk.text):
            heading = make_runs_chunk([(chunk.text, True)], replace(chunk, role=""))
            found[i] = heading if heading and heading.role == "heading" else chunk
    return [replace(chunk, lead=0) if chunk.lead >= len(chunk.text) else chunk for chunk in found]


def _read_paragraph(node: etree._Element, book: _Book) -> Iterator[Chunk]:
    properties = node.find(W + "pPr")
    key = _value(properties.find(W + "pStyle")) if properties is not None else ""
    style = book.styles.get(key, _Style(key.lower(), 0, bold=False, number=None))
    outline = _value(properties.find(W + "outlineLvl")) if properties is not None else ""
    level = int(outline) + 1 if outline.isdigit() and int(outline) < 9 else style.level
    role = next((role for pattern, role in _STYLE_ROLES if re.fullmatch(pattern, style.name)), "")
    if role == "contents":
        return
    number = _read_number(properties.find(W + "numPr")) if properties is not None else None
    number = number or style.number
    runs = list(_read_runs(node, bold=style.bold and not level))
    if level and role != "title":
        text = squeeze("".join(run for run, _ in runs))
        if text:
            yield Chunk(text, role="heading", level=level, number=_count(number, book) if number else "")
        return
    if number and role in {"", "item"}:
        template = Chunk("", role="item", level=number[1] + 1, number=_count(number, book))
    else:
        template = Chunk("", role="" if role in {"author", "item"} else role)
    chunk = make_runs_chunk(runs, template)
    if chunk:
        is_bold = chunk.role == "item" and all(bold for text, bold in runs if text.strip())
        yield replace(chunk, lead=len(chunk.text)) if is_bold else chunk


def _count(number: tuple[str, int], book: _Book) -> str:
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


def _read_runs(node: etree._Element, *, bold: bool) -> Iterator[tuple[str, bool]]:
    """The runs of a paragraph: text with tracked insertions, without deletions and the marks of notes."""
    for child in node.iter(W + "t", W + "tab", W + "br", W + "noBreakHyphen", W + "softHyphen"):
        if next(child.iterancestors(W + "p"), None) is not node:
            continue
        run = child.getparent()
        is_bold = bold or (run is not None and _is_on(run.find(f"{W}rPr/{W}b")))
        raised = run is not None and _value(run.find(f"{W}rPr/{W}vertAlign")) == "superscript"
        if child.tag == W + "t":
            text = normalise(child.text or "").replace("\n", " ")
            yield _SPACED.sub(rf"\1{RAISED_OPEN}\2{RAISED_CLOSE}\3", text) if raised else text, is_bold
        elif child.tag != W + "softHyphen":
            yield "-" if child.tag == W + "noBreakHyphen" else " ", is_bold


def _read_table(table: etree._Element) -> Iterator[Chunk]:
    """One chunk per row; a table of one cell is a box of paragraphs."""
    rows = [row for row in table.iter(W + "tr") if next(row.iterancestors(W + "tbl"), None) is table]
    for i, row in enumerate(rows):
        cells = [squeeze(" ".join(_text_of(p) for p in cell.iter(W + "p"))) for cell in row.iterchildren(W + "tc")]
        if len(rows) == 1 and len(cells) == 1:
            for paragraph in row.iter(W + "p"):
                if text := squeeze(_text_of(paragraph)):
                    yield Chunk(text)
            return
        head = row.find(f"{W}trPr/{W}tblHeader") is not None
        text = " | ".join(cell for cell in cells if cell)
        if text:
            yield Chunk(text, role="table", label="header" if head or (i == 0 and len(rows) > 2) else "")


def _text_of(node: etree._Element) -> str:
    return "".join(text for text, _ in _read_runs(node, bold=False))


def _read_notes(data: bytes, path: Path) -> Iterator[Chunk]:
    """The footnotes or endnotes, numbered in order."""
    if not data:
        return
    count = 0
    for note in parse_xml(data, file=path.name).iter(W + "footnote", W + "endnote"):
        text = squeeze(" ".join(_text_of(paragraph) for paragraph in note.iter(W + "p")))
        if text and (note.get(W + "type") or "normal") == "normal":
            count += 1
            yield Chunk(text, role="footnote", number=str(count))


def _read_properties(data: bytes, path: Path) -> list[Draft]:
    """Title, author and keywords as the file's properties state them, without what programs fill in."""
    if not data:
        return []
    root = parse_xml(data, file=path.name)
    values: dict[str, object] = {}
    for name, tag in _CORE.items():
        node = root.find(tag)
        text = squeeze(normalise(node.text or "")) if node is not None else ""
        if not _NOT_STATED.fullmatch(text):
            values[name] = text
    return make_front_drafts(values)
