"""Word files: paragraphs with their styles, lists, tables, footnotes and properties."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from lxml import etree

from kg.model import BlockKind, ReadError
from kg.readers.characters import normalise, squeeze
from kg.readers.docx_cover import find_cover, mark_cover
from kg.readers.docx_styles import Book, Style, W, count, is_on, read_formats, read_number, read_styles, read_value
from kg.readers.drafts import Draft, Reading
from kg.readers.front_matter import make_front_drafts
from kg.readers.marks import RAISED_CLOSE, RAISED_OPEN, write_front
from kg.readers.names import is_organisation
from kg.readers.numbers import read_whole
from kg.readers.placeholders import drop_contents
from kg.readers.raised import settle_marks
from kg.readers.spans import MAX_REPEATED_CHARS, read_span
from kg.readers.structure import Chunk, find_structure
from kg.readers.structure.chunks import BOLD_LEVEL, make_runs_chunk, split_at_breaks
from kg.readers.structure.fields import find_loose_metadata
from kg.readers.structure.forms import is_form, is_text
from kg.readers.structure.front import ends_front
from kg.readers.structure.headings import is_heading_text
from kg.readers.structure.markers import POINT
from kg.readers.zips import open_zip, parse_xml, read_member

#: What is shown where a program does not know the first of two ways: the same again.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
#: The letters of a formula.
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_CORE = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "authors": "{http://purl.org/dc/elements/1.1/}creator",
    "keywords": "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords",
}
#: Spaces at the ends of a superscript are no part of it.
_SPACED = re.compile(r"^(\s*)(\S.*?)(\s*)$")
#: Half points: a first line of at least 15 points, larger than all others, is the title.
MIN_TITLE_SIZE = 30
#: The size of letters, in half points, where a file states none; a line larger by this factor is a heading.
DEFAULT_SIZE = 22
LARGE_FACTOR = 1.25
MAX_TABLE_DEPTH = 20
MAX_LINE_CHARS = 90
#: A title stands among so many paragraphs.
MAX_BEFORE_TITLE = 6
#: Titles and names that programs fill in by themselves.
_NOT_STATED = re.compile(
    r"(?:microsoft|windows|python-docx|untitled|document\d*|unknown|user|admin\w*|author|office)\b.*|.*\.docx?$|",
    re.IGNORECASE,
)
_STYLE_ROLES: tuple[tuple[str, str], ...] = (
    (r"title|titel|titre|título", "title"),
    (r"subtitle|untertitel|sous-titre|subtítulo|sottotitolo", "subtitle"),
    (r"caption|beschriftung|légende", "caption"),
    (r"(?:table of )?contents? ?\d*|toc ?\d*|toc heading|verzeichnis ?\d", "contents"),
    (r"author\w*|byline", "author"),
    (r"bibliography|references?|literature", "reference"),
    (r"(?:list|aufzählung).*", "item"),
)


def read(path: Path) -> Reading:
    """A Word file (.docx). Raises ReadError if it is damaged or holds no text."""
    with open_zip(path) as archive:
        body = parse_xml(_require(read_member(archive, "word/document.xml"), path), file=path.name)
        parts = {
            name: read_member(archive, f"word/{name}.xml") for name in ("styles", "numbering", "footnotes", "endnotes")
        }
        core = read_member(archive, "docProps/core.xml")
    book = Book(read_styles(parts["styles"], path), read_formats(parts["numbering"], path))
    book.usual_size = _find_usual_size(body)
    chunks = drop_contents(_find_bold_items(_resolve_marks(_rank_sizes(list(_read_body(body, book)), book.sizes))))
    for name in ("footnotes", "endnotes"):
        chunks += _read_notes(parts[name], path)
    front = _read_properties(core, path)
    title = next((d.text for d in front if d.kind is BlockKind.TITLE), "")
    chunks = mark_cover(_move_title(_name_title(chunks, _find_largest(body))), find_cover(body))
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
    """The text of an early paragraph that is set larger than all others and than a heading is, else ""."""
    paragraphs = [(node, squeeze(_text_of(node))) for node in body.iter(W + "p")]
    shown = [(_measure(node), text) for node, text in paragraphs if text]
    size, text = max(shown[:MAX_BEFORE_TITLE], default=(0, ""), key=lambda one: one[0])
    if size < MIN_TITLE_SIZE or sum(other >= size for other, _ in shown) > 1:
        return ""
    return text


def _find_usual_size(body: etree._Element) -> int:
    """The size, in half points, in which most of the text is set."""
    sizes: Counter[int] = Counter()
    for paragraph in body.iter(W + "p"):
        sizes[_measure(paragraph)] += len(_text_of(paragraph))
    return (sizes.most_common(1)[0][0] if sizes else 0) or DEFAULT_SIZE


def _rank_sizes(chunks: Sequence[Chunk], sizes: Sequence[int]) -> list[Chunk]:
    """Chunks with the headings that only their letters make on a level by their size. sizes: one for each of them."""
    ranks = {size: rank for rank, size in enumerate(sorted(set(sizes), reverse=True))}
    left = iter(sizes)
    return [
        replace(chunk, level=BOLD_LEVEL + ranks.get(next(left, 0), 0)) if _is_by_letters(chunk) else chunk
        for chunk in chunks
    ]


def _is_by_letters(chunk: Chunk) -> bool:
    return chunk.role == "heading" and chunk.level == BOLD_LEVEL


def _measure(paragraph: etree._Element) -> int:
    """The largest letter size that the runs of a paragraph state, in half points; 0 if they state none."""
    sizes = (read_value(node) for node in paragraph.iterfind(f"{W}r/{W}rPr/{W}sz"))
    return max((int(size) for size in sizes if size.isdecimal() and len(size) < 5), default=0)


def _name_title(chunks: list[Chunk], largest: str) -> list[Chunk]:
    """Chunks with the one that is set largest as the title, where no style names one."""
    at = next((i for i, chunk in enumerate(chunks[:MAX_BEFORE_TITLE]) if chunk.text == largest), -1)
    if not largest or at < 0 or any(chunk.role == "title" for chunk in chunks):
        return chunks
    above = [replace(chunk, role="metadata", level=0, number="", lead=0) for chunk in chunks[:at]]
    return [*above, replace(chunks[at], role="title", level=0, lead=0), *chunks[at + 1 :]]


def _move_title(chunks: list[Chunk]) -> list[Chunk]:
    """Chunks with the only heading above all others, if it is the first and early, at their head as the title."""
    headings = [(i, chunk.level) for i, chunk in enumerate(chunks) if chunk.role == "heading"]
    if not headings or headings[0][0] > MAX_BEFORE_TITLE or any(c.role == "title" for c in chunks[:MAX_BEFORE_TITLE]):
        return chunks
    at, level = headings[0]
    if any(other <= level for _, other in headings[1:]):
        return chunks
    return [replace(chunks[at], role="title"), *chunks[:at], *chunks[at + 1 :]]


def _read_body(root: etree._Element, book: Book) -> Iterator[Chunk]:
    for node in root.iter(W + "p", W + "tbl"):
        inside = next(node.iterancestors(W + "tbl", W + "txbxContent"), None)
        if inside is not None and next(inside.iterancestors(_FALLBACK), None) is not None:
            continue
        if inside is not None and (node.tag == W + "tbl" or inside.tag == W + "tbl"):
            continue
        if node.tag == W + "tbl":
            yield from _read_table(node, book)
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


def _read_paragraph(node: etree._Element, book: Book) -> Iterator[Chunk]:
    properties = node.find(W + "pPr")
    key = read_value(properties.find(W + "pStyle")) if properties is not None else ""
    style = book.styles.get(key, Style(key.lower(), 0, bold=False, number=None))
    outline = read_value(properties.find(W + "outlineLvl")) if properties is not None else ""
    stated = read_whole(outline, 9) + 1
    level = stated if stated < 10 else style.level
    role = next((role for pattern, role in _STYLE_ROLES if re.fullmatch(pattern, style.name)), "")
    if role == "contents":
        return
    if role == "subtitle":
        text = squeeze(_text_of(node))
        yield from [Chunk(text, role="metadata", label="subtitle")] if text else []
        return
    number = read_number(properties.find(W + "numPr")) if properties is not None else None
    number = number or style.number
    runs = list(_read_runs(node, bold=style.bold and not level))
    if level and role != "title":
        text = squeeze("".join(run for run, _ in runs))
        if text:
            yield Chunk(
                text, role="heading", level=min(level, BOLD_LEVEL - 1), number=count(number, book) if number else ""
            )
        return
    if number and role in {"", "item"}:
        nested = re.search(r"\d$", style.name)  # "List Number 2"
        level = max(number[1] + 1, int(nested.group()) if nested and role == "item" else 1)
        template = Chunk("", role="item", level=level, number=count(number, book))
    else:
        template = Chunk("", role="" if role in {"author", "item"} else role)
    size = _measure(node)
    is_plain = template.role == "" and size < LARGE_FACTOR * book.usual_size
    for line in _split_lines(runs) if is_plain else [runs]:
        yield from _make_chunk(make_runs_chunk(line, template), line, size, book)


def _split_lines(runs: list[tuple[str, bool]]) -> list[list[tuple[str, bool]]]:
    """The lines of a paragraph that its writer ended by hand, where all are short, as in an address; else one."""
    lines = split_at_breaks(runs)
    texts = ["".join(text for text, _ in line).strip() for line in lines]
    short = all(len(text) <= MAX_LINE_CHARS and not text[0].islower() for text in texts)
    return lines if short else [[run for line in lines for run in (*line, (" ", False))]]


def _make_chunk(chunk: Chunk | None, runs: Sequence[tuple[str, bool]], size: int, book: Book) -> Iterator[Chunk]:
    """A paragraph as a heading where it is set like one, else as it is. size: of its letters, in half points."""
    if chunk:
        if chunk.role == "" and size >= LARGE_FACTOR * book.usual_size and _is_large_heading(chunk.text):
            chunk = replace(chunk, role="heading", level=BOLD_LEVEL, lead=0)
        if _is_by_letters(chunk):
            book.sizes.append(size or book.usual_size)
        is_bold = chunk.role == "item" and all(bold for text, bold in runs if text.strip())
        yield replace(chunk, lead=len(chunk.text)) if is_bold else chunk


def _is_large_heading(text: str) -> bool:
    """Whether a paragraph set in large letters can be a heading: a title, and no fact of the cover."""
    return is_heading_text(text) and not find_loose_metadata(text) and not is_organisation(text)


def _read_runs(node: etree._Element, *, bold: bool) -> Iterator[tuple[str, bool]]:
    """The runs of a paragraph: text with tracked insertions, without deletions, hidden words and the marks of notes."""
    for child in node.iter(W + "t", _FORMULA, W + "tab", W + "br", W + "noBreakHyphen", W + "softHyphen"):
        if next(child.iterancestors(W + "p", W + "moveFrom"), None) is not node:
            continue
        run = child.getparent()
        if run is not None and is_on(run.find(f"{W}rPr/{W}vanish")):
            continue
        is_bold = bold or (run is not None and is_on(run.find(f"{W}rPr/{W}b")))
        raised = run is not None and read_value(run.find(f"{W}rPr/{W}vertAlign")) == "superscript"
        if child.tag in {W + "t", _FORMULA}:
            text = normalise(child.text or "").replace("\n", " ")
            yield _SPACED.sub(rf"\1{RAISED_OPEN}\2{RAISED_CLOSE}\3", text) if raised else text, is_bold
        elif child.tag == W + "br":
            yield "\n", is_bold
        elif child.tag != W + "softHyphen":
            yield "-" if child.tag == W + "noBreakHyphen" else " ", is_bold


def _read_table(table: etree._Element, book: Book, depth: int = 0) -> Iterator[Chunk]:
    """One chunk per row; a table of one column is a box of paragraphs, a filled form has a section for each text."""
    rows = [row for row in table.iter(W + "tr") if next(row.iterancestors(W + "tbl"), None) is table]
    cells = [list(row.iterchildren(W + "tc")) for row in rows]
    if all(len(row) < 2 for row in cells):
        for cell in itertools.chain.from_iterable(cells):
            yield from _read_cell(cell, book, depth)
        return
    texts = list(_fill_rows(cells))
    if all(len(row) == 2 and POINT.fullmatch(filled[0]) for row, filled in zip(cells, texts, strict=True) if filled):
        for own, filled in zip(cells, texts, strict=True):
            yield from _read_point(own[-1], filled[0], book, depth) if filled else ()
        return
    named = [bool(row) and _is_bold(row[0], book) for row in cells]
    bold = len(cells[0]) > 1 and all(_is_bold(cell, book) for cell in cells[0])
    headed = bold or rows[0].find(f"{W}trPr/{W}tblHeader") is not None
    if is_form(texts, named, headed=headed):
        for own, filled in zip(cells, texts, strict=True):
            yield from _read_form_row(own[-1:], filled, book, depth)
        return
    for i, (row, filled) in enumerate(zip(rows, texts, strict=True)):
        head = row.find(f"{W}trPr/{W}tblHeader") is not None
        if filled:
            label = "header" if head or (i == 0 and len(rows) > 2) else ""
            yield Chunk(" | ".join(filled), role="table", label=label)


def _read_point(cell: etree._Element, mark: str, book: Book, depth: int) -> Iterator[Chunk]:
    """A cell with the mark that stands in the cell beside it before its text."""
    for i, chunk in enumerate(_read_cell(cell, book, depth)):
        yield replace(chunk, text=f"{mark} {chunk.text}", lead=0) if i == 0 else chunk


def _read_form_row(value: Sequence[etree._Element], texts: Sequence[str], book: Book, depth: int) -> Iterator[Chunk]:
    """A row of a form: its short value as a row, its text below its name as a heading."""
    if value and len(texts) == 2 and (is_text(texts[1]) or len(value[0].findall(W + "p")) > 1):
        book.sizes.append(0)
        yield Chunk(texts[0].rstrip(": "), role="heading", level=BOLD_LEVEL)
        yield from _read_cell(value[0], book, depth)
    elif texts:
        yield Chunk(" | ".join([texts[0].rstrip(": "), *texts[1:]]), role="table")


def _read_cell(cell: etree._Element, book: Book, depth: int) -> Iterator[Chunk]:
    """The paragraphs of a cell, and the tables in it."""
    for node in cell.iterchildren(W + "p", W + "tbl"):
        if node.tag == W + "p":
            yield from _read_paragraph(node, book)
        elif depth < MAX_TABLE_DEPTH:
            yield from _read_table(node, book, depth + 1)


def _is_bold(cell: etree._Element, book: Book) -> bool:
    """Whether all words of a cell are bold."""
    runs = [run for paragraph in cell.iter(W + "p") for run in _read_runs(paragraph, bold=False)]
    return any(text.strip() for text, _ in runs) and all(bold for text, bold in runs if text.strip())


def _fill_rows(rows: Sequence[Sequence[etree._Element]]) -> Iterator[list[str]]:
    """The filled cells of each row; a cell that goes on from above has the text that stands there."""
    above: dict[int, str] = {}
    for row in rows:
        texts: list[str] = []
        column = 0
        for cell in row:
            merged = cell.find(f"{W}tcPr/{W}vMerge")
            text = squeeze(" ".join(_text_of(p) for p in cell.iter(W + "p")))
            if merged is not None and read_value(merged) != "restart" and not text:
                text = above.get(column, "")
            above[column] = text if len(text) <= MAX_REPEATED_CHARS else ""
            texts.append(text)
            column += read_span(read_value(cell.find(f"{W}tcPr/{W}gridSpan")))
        yield [text for text in texts if text]


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
