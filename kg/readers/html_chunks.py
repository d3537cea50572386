"""HTML elements to chunks: headings, paragraphs, items, rows, captions and footnotes."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from kg.readers.characters import normalise, squeeze
from kg.readers.marks import normalise_marked
from kg.readers.numbers import read_whole
from kg.readers.raised import NUMBERS, mark_raised
from kg.readers.spans import Cell, read_span, spread_cells
from kg.readers.structure.chunks import BOLD_LEVEL, Chunk, is_finished, make_runs_chunk, split_at_breaks
from kg.readers.structure.forms import is_form, is_text
from kg.readers.structure.markers import BULLET

_SKIPPED = frozenset(
    "script style noscript template iframe object svg math button select input textarea nav head title form audio "
    "video canvas map datalist dialog".split(" ")
)
#: "[footnote 1]", as GOV.UK writes the marks of notes.
_NAMED_NOTE = re.compile(r"\[(?:foot|end)?note (?P<number>\d{1,3})\]", re.IGNORECASE)
_HEADINGS = {f"h{level}": level for level in range(1, 7)} | {"summary": 6}
_BOLD = frozenset({"b", "strong"})
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data dfn del em font i ins kbd label mark q s samp small span strike "
    "strong sub time tt u var wbr".split(" ")
)
_NOTE = re.compile(r"(?:^|[\W_])(?:footnotes?|endnotes?|fn|ftn|note)(?:[\W_:]|\d|$)", re.IGNORECASE)
_CITED = re.compile(r"(?:^#?|[\W_])(?:cite_note|bib|ref|cr|r|b|cit)[\W_]?-?\d+", re.IGNORECASE)
_LISTS = frozenset({"ul", "ol", "dl", "table"})
#: An end tag without its first sign: "References/h2>".
_UNCLOSED = re.compile(r"/h[1-6]>\s*$", re.IGNORECASE)
#: Parts of a book that are no part of its text.
_AROUND_BOOK = frozenset(
    "toc titlepage halftitlepage copyright-page cover index landmarks loi lot pagebreak".split(" ")
)
_NUMBERED = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+(?=\S)")
_NUMBERED_NOTE = re.compile(r"\[?(?P<number>\d{1,3})[\].)]\s+(?=\S)")
#: Attributes that say what an element is.
_KINDS = ("class", "role", "epub:type", "{http://www.idpf.org/2007/ops}type")
MAX_DEPTH = 200
#: A heading in a heading, a caption in a caption: deeper than this only their letters are read.
MAX_INLINE_DEPTH = 60
#: A table of so few rows, with so many paragraphs in one cell, arranges a page.
MAX_LAYOUT_ROWS = 2
MIN_LAYOUT_BLOCKS = 4
MAX_BOLD_LINE_WORDS = 12


@dataclass
class _Walk:
    """Chunks so far and the runs of text of the paragraph being read."""

    chunks: list[Chunk] = field(default_factory=list)
    runs: list[tuple[str, bool]] = field(default_factory=list)
    role: str = ""
    number: str = ""
    label: str = ""
    depth: int = 0
    bold: int = 0
    note: str = ""
    heads_text: bool = False

    def flush(self) -> None:
        """End the paragraph being read; an item that is bold as a whole and heads text is a heading."""
        role = "footnote" if self.note else self.role
        level = self.depth if role == "item" else 0
        template = Chunk("", role, level, number=self.note or self.number, label=self.label)
        if not role and (lines := _split_lines(self.runs)):
            self.chunks += [chunk for line in lines if (chunk := make_runs_chunk(line, template))]
            self.runs = []
            return
        chunk = make_runs_chunk(self.runs, template)
        if chunk and role == "item" and self.heads_text:
            heading = make_runs_chunk(self.runs, replace(template, role=""))
            chunk = heading if heading and heading.role == "heading" else chunk
        self.runs = []
        if chunk and self.note == "-" and (found := _NUMBERED_NOTE.match(chunk.text)):
            chunk = replace(chunk, number=found.group("number"), text=chunk.text[found.end() :], lead=0)
        if chunk:
            self.chunks.append(chunk)
            self.role = self.number = self.label = ""
            self.heads_text = False
            self.note = self.note and "-"


def _split_lines(runs: Sequence[tuple[str, bool]]) -> list[list[tuple[str, bool]]]:
    """The lines of a paragraph that are blocks of their own: a bold first one, items at its end; else none."""
    lines = split_at_breaks(runs)
    if len(lines) < 2:
        return []
    texts = ["".join(text for text, _ in line).strip() for line in lines]
    listed = [bool(BULLET.match(text) or _NUMBERED.match(text)) for text in texts]
    first = next((i for i in range(len(lines)) if all(listed[i:])), len(lines))
    first = first if len(lines) - first > 1 else len(lines)
    whole = all(bold for text, bold in lines[0] if text.strip())
    heads = first > 0 and whole and len(texts[0].split()) <= MAX_BOLD_LINE_WORDS and not all(b for _, b in lines[1])
    if first == len(lines) and not heads:
        return []
    start = int(heads)
    joined = [run for line in lines[start:first] for run in [*line, (" ", False)]]
    return [*lines[:start], *([joined] if joined else []), *lines[first:]]


def find_html_chunks(root: etree._Element) -> list[Chunk]:
    """The chunks of an HTML element, navigation, scripts and forms left out."""
    walk = _Walk()
    _visit(walk, root, 0)
    walk.flush()
    return [chunk for chunk in walk.chunks if any(char.isalnum() for char in chunk.text)]


def text_of(element: etree._Element) -> str:
    """All text in an element, as written."""
    return "".join(str(part) for part in element.itertext())


def read_inline(element: etree._Element, depth: int = 0) -> str:
    """The text of an element on one line. depth: in how many others it stands, so far as they were read likewise."""
    if depth > MAX_INLINE_DEPTH:
        return squeeze(text_of(element))
    walk = _Walk()
    _add_inline(walk, element, depth)
    text = ""
    for chunk, following in itertools.zip_longest(walk.chunks, walk.chunks[1:]):
        listed = chunk.role == "item" and following is not None and following.role == "item"
        text += chunk.text + ("; " if listed and not is_finished(chunk.text) else " ")
    return squeeze(text + "".join(run for run, _ in walk.runs))


def is_hidden(element: etree._Element) -> bool:
    """Whether a page does not show the element or shows it as navigation."""
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if _AROUND_BOOK & set((element.get("epub:type") or "").split()):
        return True
    if element.get("role") in {"navigation", "search", "banner", "contentinfo", "complementary", "dialog", "alert"}:
        return True
    return bool(re.search(r"display\s*:\s*none|visibility\s*:\s*hidden", element.get("style") or ""))


def _visit(walk: _Walk, element: etree._Element, depth: int) -> None:
    """Add an element's content, as a block of its own unless it is inline."""
    tag = element.tag.rsplit("}", 1)[-1].lower() if isinstance(element.tag, str) else ""
    if not tag or tag in _SKIPPED or depth > MAX_DEPTH or is_hidden(element):
        return
    if tag in _INLINE or tag == "sup":
        _add_inline(walk, element, depth)
    elif tag == "br":
        _break_line(walk)
    elif tag in _HEADINGS:
        _add_heading(walk, element, depth)
    elif tag == "pre":
        walk.flush()
        walk.chunks.append(Chunk(normalise(text_of(element)).strip("\n"), role="code"))
    elif tag == "table" and not _is_layout(element):
        _add_table(walk, element, depth)
    elif tag in {"ul", "ol"}:
        _add_list(walk, element, depth)
    elif tag == "dl":
        _add_definitions(walk, element, depth)
    elif tag in {"figcaption", "caption"}:
        walk.flush()
        walk.chunks.append(Chunk(read_inline(element, depth + 1), role="caption"))
    else:
        _add_block(walk, element, depth)


def _add_block(walk: _Walk, element: etree._Element, depth: int) -> None:
    """A container or paragraph: what stands in it does not run on into its neighbours."""
    walk.flush()
    number = _find_note_number(element)
    outer = walk.note
    walk.note = number or outer
    _add_children(walk, element, depth)
    walk.flush()
    walk.note = outer


def _add_children(walk: _Walk, element: etree._Element, depth: int) -> None:
    _add_text(walk, element.text)
    for child in element:
        _visit(walk, child, depth + 1)
        _add_text(walk, child.tail)


def _add_text(walk: _Walk, text: str | None) -> None:
    if text:
        walk.runs.append((normalise_marked(text).replace("\n", " ").replace("\f", " "), walk.bold > 0))


def _add_inline(walk: _Walk, element: etree._Element, depth: int) -> None:
    tag = element.tag.lower() if isinstance(element.tag, str) else ""
    if tag == "sup":
        if _opens_note(walk, element):
            walk.note = squeeze(text_of(element)).strip("[]().")
            return
        mark = _read_superscript(element)
        if mark is not None:
            walk.runs.append((mark, walk.bold > 0))
            return
    if tag == "a" and (link := _read_note_link(element)) is not None:
        walk.runs.append((link, walk.bold > 0))
        return
    if "mw-editsection" in (element.get("class") or "") or "sr-only" in (element.get("class") or ""):
        return
    walk.bold += tag in _BOLD
    _add_children(walk, element, depth)
    walk.bold -= tag in _BOLD


def _opens_note(walk: _Walk, element: etree._Element) -> bool:
    """Whether a superscript number begins a paragraph, as the mark before a footnote's text does."""
    begins = not walk.role and not any(text.strip() for text, _ in walk.runs)
    number = re.fullmatch(r"\[?\d{1,3}[\].]?", squeeze(text_of(element)))
    holder = element.getparent()
    return bool(begins and number and holder is not None and holder.tag in {"p", "div"} and not walk.note)


def _read_superscript(element: etree._Element) -> str | None:
    """A superscript number as a mark, or as a citation "[n]" if it leads to an entry; None for other text."""
    text = squeeze(text_of(element))
    if named := _NAMED_NOTE.fullmatch(text):
        return mark_raised(named["number"], linked=True)
    if not re.fullmatch(rf"{NUMBERS.pattern}|[*†‡]", text):
        return None
    link = next((a.get("href") or "" for a in element.iter("a")), "")
    holder = element.getparent()
    if not link and holder is not None and holder.tag == "a":
        link = holder.get("href") or ""
    if text.startswith("[") or (link and _CITED.search(link) and not _NOTE.search(link.replace("cite_note", ""))):
        return f" [{text.strip('[] ,;')}]"
    return mark_raised(text, linked=bool(link) or not text[0].isdigit())


def _read_note_link(element: etree._Element) -> str | None:
    """A number in brackets that leads to a note, as a mark; nothing for one that leads back; None for other links."""
    text, target = squeeze(text_of(element)), element.get("href") or ""
    if (named := _NAMED_NOTE.fullmatch(text)) and target.startswith("#"):
        return mark_raised(named["number"], linked=True)
    kind = " ".join(element.get(name) or "" for name in _KINDS)
    if "noteref" in kind and NUMBERS.fullmatch(text.strip("[]()")):
        return mark_raised(text.strip("[]()"), linked=True)
    if not re.fullmatch(r"\[(?:\d{1,3}|[ivx]{1,5})\]|\(\d{1,3}\)", text) or not target.startswith("#"):
        return None
    if re.search(r"(?:ftnt?|fn|note|edn)-?_?ref|ref-?_?(?:ftn|fn|note)|^#ntc\d", target, re.IGNORECASE):
        return ""
    leads = _NOTE.search(target) or re.match(r"#_(?:ftn|edn)\d|#ntr\d", target)
    return mark_raised(text.strip("()"), linked=True) if leads else None


def _break_line(walk: _Walk) -> None:
    """One break is a space, two end a paragraph."""
    if walk.runs and walk.runs[-1][0] == "\n":
        walk.flush()
    elif walk.runs:
        walk.runs.append(("\n", walk.bold > 0))


def _add_heading(walk: _Walk, element: etree._Element, depth: int) -> None:
    """A heading; one that is never closed holds the lists behind it."""
    walk.flush()
    behind = [child for child in element if child.tag in _LISTS]
    for child in behind:
        element.remove(child)
    text = _UNCLOSED.sub("", read_inline(element, depth + 1)).strip(" #¶§")
    if text:
        walk.chunks.append(Chunk(text, role="heading", level=_HEADINGS[element.tag.lower()]))
        walk.role = walk.number = walk.label = ""
    for child in behind:
        _visit(walk, child, depth + 1)
        _add_text(walk, child.tail)


def _add_list(walk: _Walk, element: etree._Element, depth: int) -> None:
    walk.flush()
    ordered = element.tag == "ol"
    count = read_whole(element.get("start"), 1)
    is_notes = bool(_NOTE.search(" ".join((element.get("class") or "", element.get("id") or ""))))
    walk.depth += 1
    for child in element:
        if child.tag != "li":
            _visit(walk, child, depth + 1)
            continue
        note = _find_note_number(child) or (str(count) if is_notes else "")
        walk.role, walk.number = "item", str(count) if ordered else ""
        walk.heads_text = _heads_text(child)
        outer, walk.note = walk.note, note or walk.note
        _add_children(walk, child, depth + 1)
        walk.flush()
        walk.note, walk.role, walk.number = outer, "", ""
        count += 1
    walk.depth -= 1


def _heads_text(item: etree._Element) -> bool:
    """Whether text follows the first paragraph of an item, inside it or behind a list that ends with it."""
    parts = [child for child in item if isinstance(child.tag, str) and child.tag not in _INLINE]
    parent, behind = item.getparent(), item.getnext()
    after = parent.getnext() if parent is not None and behind is None else None
    return (len(parts) > 1 and parts[0].tag == "p") or (after is not None and after.tag == "p")


def _find_note_number(element: etree._Element) -> str:
    """The number of the footnote an element holds, "" if it holds none."""
    name = element.get("id") or ""
    kind = " ".join(element.get(name) or "" for name in _KINDS)
    first = element[0] if len(element) and not (element.text or "").strip() else None
    if not name and element.tag in {"p", "div"} and first is not None and first.tag == "a":
        name = first.get("id") or first.get("name") or ""
    found = re.fullmatch(r"(?:_?fn|_?ftnt?|footnote|note|endnote|ntr)[-:_]?(\d{1,4})", name, re.IGNORECASE)
    if found:
        return found.group(1)
    return "-" if re.search(r"(?:^|\s)(?:doc-)?(?:foot|end)note(?:\s|$)", kind) else ""


def _add_definitions(walk: _Walk, element: etree._Element, depth: int) -> None:
    """Terms and their descriptions: each description an item under its term's name."""
    walk.flush()
    term = ""
    for child in element.iter("dt", "dd"):
        if child.tag == "dt":
            term = read_inline(child, depth + 1)
            continue
        walk.role, walk.label = "item", term.rstrip(": ")
        walk.depth += 1
        _add_children(walk, child, depth + 1)
        walk.flush()
        walk.depth -= 1
        walk.role, walk.label, term = "", "", ""


def _is_layout(table: etree._Element) -> bool:
    """Whether a table only arranges a page: it holds other blocks, or a single cell in every row."""
    holds_blocks = next(table.iterdescendants("table", "h1", "h2", "h3"), None) is not None
    if holds_blocks or table.get("role") in {"presentation", "none"}:
        return True
    rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in table.iterdescendants("tr")]
    return all(len(row) < 2 for row in rows) or (len(rows) <= MAX_LAYOUT_ROWS and any(map(_holds_text, rows)))


def _holds_text(row: Sequence[etree._Element]) -> bool:
    """Whether a cell of a row holds a text of several paragraphs."""
    blocks = (sum(1 for _ in cell.iter("p", "ul", "ol", "blockquote", "hr")) for cell in row)
    return any(count >= MIN_LAYOUT_BLOCKS for count in blocks)


def _add_table(walk: _Walk, table: etree._Element, depth: int) -> None:
    """The caption, then one chunk per row; of a filled form each text below its name as a heading."""
    walk.flush()
    for caption in table.iterchildren("caption"):
        walk.chunks.append(Chunk(read_inline(caption), role="caption"))
    rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in table.iterdescendants("tr")]
    texts = [[(cell, read_inline(cell, depth + 1)) for cell in row] for row in rows]
    filled = [[(cell, text) for cell, text in row if text] for row in texts]
    named = [bool(row) and _is_name(*row[0]) for row in filled]
    headed = bool(filled) and len(filled[0]) > 1 and all(_is_name(*cell) for cell in filled[0])
    if is_form([[text for _, text in row] for row in filled], named, headed=headed):
        for form_row in filter(None, filled):
            _add_form_row(walk, form_row, depth)
        return
    spread = spread_cells(
        [Cell(text, read_span(cell.get("rowspan")), read_span(cell.get("colspan"))) for cell, text in row]
        for row in texts
    )
    for i, (row, cells) in enumerate(zip(texts, spread, strict=True)):
        head = bool(row) and all(cell.tag == "th" for cell, _ in row)
        head = head or (
            i == 0 and len(texts) > 1 and len(cells) > 1 and all(_is_name(*cell) for cell in row if cell[1])
        )
        walk.chunks.append(Chunk(" | ".join(cells), role="table", label="header" if head else ""))


def _is_name(cell: etree._Element, text: str) -> bool:
    """Whether a cell is set as the name of what stands beside or below it: as a heading cell, or bold as a whole."""
    bold = squeeze(" ".join(read_inline(part) for part in cell.iter("b", "strong")))
    return cell.tag == "th" or (bool(text) and bold.strip(": ") == text.strip(": "))


def _add_form_row(walk: _Walk, row: Sequence[tuple[etree._Element, str]], depth: int) -> None:
    """A row of a form: its short value as a row, its text below its name as a heading."""
    value, text = row[-1]
    if len(row) == 2 and (is_text(text) or next(value.iter("li", "p"), None) is not None):
        walk.chunks.append(Chunk(row[0][1].rstrip(": "), role="heading", level=BOLD_LEVEL))
        _add_block(walk, value, depth + 1)
    else:
        texts = [row[0][1].rstrip(": "), *(text for _, text in row[1:])]
        walk.chunks.append(Chunk(" | ".join(texts), role="table"))
