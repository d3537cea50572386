"""AsciiDoc files, with footnotes, conditions, and includes from inside the folder of the file only."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.model import BlockKind
from kg.readers.asciidoc_inline import cut_footnotes, make_runs, render_inline
from kg.readers.asciidoc_source import name_references, read_source
from kg.readers.asciidoc_tables import read_table
from kg.readers.drafts import Draft, Reading
from kg.readers.front_matter import make_front_drafts
from kg.readers.names import clean_name
from kg.readers.raised import drop_marks, settle_marks
from kg.readers.structure import Chunk, find_structure
from kg.readers.structure.chunks import BOLD_LEVEL, make_runs_chunk

_HEADING = re.compile(r"(?P<marks>={1,6}|#{1,6})\s+(?P<text>\S.*?)(?:\s+=+)?$")
_ITEM = re.compile(r"\s*(?P<mark>\*{1,5}|-|\.{1,5}|\d{1,3}\.|[a-zA-Z]\.|[ivx]+\)|<\d+>)\s+(?P<text>\S.*)$")
_TERM = re.compile(r"\s*(?P<term>\S.*?):{2,4}(?:\s+(?P<text>\S.*))?$")
_TITLE = re.compile(r"\.(?P<text>[^\s.].*)$")
_ATTRIBUTES = re.compile(r"\[(?P<text>[^\[\]]*)\]\s*$")
_ATTRIBUTE = re.compile(r":(?P<name>!?[\w-]+!?):\s*(?P<value>.*)$")
_DELIMITER = re.compile(r"(?:-{4,}|\.{4,}|={4,}|\*{4,}|_{4,}|\+{4,}|/{4,}|--|```\w*|\|===|!===|,===|:===)\s*$")
_MACRO = re.compile(r"(?:image|video|audio|toc|include)::|'''|<<<\s*$|//(?!/)|(?:ifdef|ifndef|ifeval|endif)::")
#: A box to be ticked, and the name of an entry in a list of references.
_ITEM_SIGN = re.compile(r"(?:\[[ xX*]\]|\[\[\[[^\[\]]*\]\]\])[ \t]+")
_ADMONITION = re.compile(r"(?:NOTE|TIP|IMPORTANT|CAUTION|WARNING):\s+(?=\S)")
_AUTHOR = re.compile(r"[^\W\d_a-z][\w.'’-]*(?:\s+[\w.'’-]+){0,3}(?:\s+<[^>]+>)?(?:\s*;\s*[^;]+)*$")
_KNOWN = ("author", "authors", "keywords", "revdate", "lang", "doi", "organization", "license", "date")


@dataclass
class _Parser:
    """The lines still to read, and what holds for the next block.

    attached: a "+" has joined it to the item before it, so that the list goes on behind it.
    """

    lines: list[str]
    at: int = 0
    chunks: list[Chunk] = field(default_factory=list)
    title: str = ""
    style: str = ""
    counters: dict[str, int] = field(default_factory=dict)
    marks: list[str] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    attached: bool = False


def read(path: Path) -> Reading:
    """An AsciiDoc file and what it includes from its own folder."""
    source, notes = read_source(path)
    return read_asciidoc(source, notes=notes)


def read_asciidoc(source: str, *, notes: Sequence[str] = ()) -> Reading:
    """AsciiDoc text, its includes resolved, as a reading."""
    text, footnotes = cut_footnotes(name_references(source))
    parser = _Parser(text.split("\n"))
    front = _read_header(parser)
    while parser.at < len(parser.lines):
        _read_block(parser)
    chunks = parser.chunks + [Chunk(render_inline(note), role="footnote", number=number) for number, note in footnotes]
    drafts = find_structure(settle_marks(chunks), marked=True, front=front)
    return Reading(tuple(drafts), language=parser.attributes.get("lang", ""), notes=tuple(notes))


def _read_header(parser: _Parser) -> list[Draft]:
    """Title, author line and attributes at the head."""
    values: dict[str, object] = {}
    while parser.at < len(parser.lines):
        line = parser.lines[parser.at].strip()
        heading = _HEADING.match(line)
        attribute = _ATTRIBUTE.match(line)
        if heading and len(heading.group("marks")) == 1 and "title" not in values:
            values["title"] = drop_marks(render_inline(heading.group("text")))
            parser.at += 1
            _read_author_line(parser, values)
            continue
        if attribute:
            parser.attributes[attribute.group("name")] = attribute.group("value")
        elif (line and not _MACRO.match(line) and not _ATTRIBUTES.match(line)) or (not line and "title" in values):
            break
        parser.at += 1
    for name in _KNOWN:
        if parser.attributes.get(name):
            values["date" if name == "revdate" else name] = parser.attributes[name]
    return (
        make_front_drafts(values) if values.get("title") else [Draft(BlockKind.TITLE, ""), *make_front_drafts(values)]
    )


def _read_author_line(parser: _Parser, values: dict[str, object]) -> None:
    """The line under a title that names authors, and the one under that with version and date."""
    line = parser.lines[parser.at].strip() if parser.at < len(parser.lines) else ""
    if not line or line.startswith((":", "[", ".", "//", "include", "if")) or not _AUTHOR.match(line):
        return
    values["authors"] = [clean_name(re.sub(r"<[^>]*>", "", name))[0] for name in line.split(";")]
    parser.at += 1
    found = re.match(
        r"v?[\d.]*,?\s*(?P<date>[^,:;]*(?:19|20)\d\d[^,:;]*)",
        parser.lines[parser.at : parser.at + 1][0] if parser.at < len(parser.lines) else "",
    )
    if found:
        values["date"] = found.group("date").strip()
        parser.at += 1


def _read_block(parser: _Parser) -> None:
    """The block that begins at the present line."""
    line = parser.lines[parser.at]
    text = line.strip()
    if text.startswith(("image::", "video::", "audio::")):
        _emit_title(parser, role="caption")
    parser.attached = text == "+" or (parser.attached and bool(text))
    if not text or text == "+" or _MACRO.match(text) or _ATTRIBUTE.match(text):
        parser.at += 1
        return
    attributes, title, heading = _ATTRIBUTES.match(text), _TITLE.match(text), _HEADING.match(text)
    if attributes or re.fullmatch(r"\[\[.*\]\]", text):
        parser.style = attributes.group("text") if attributes else parser.style
        parser.at += 1
    elif _DELIMITER.match(text):
        _read_delimited(parser, text)
    elif title:
        parser.title = render_inline(title.group("text"))
        parser.at += 1
    elif heading:
        parser.at += 1
        parser.counters, parser.marks, parser.style = {}, [], ""
        parser.chunks.append(
            Chunk(render_inline(heading.group("text")), role="heading", level=len(heading.group("marks")) - 1 or 1)
        )
    else:
        _read_text(parser, line)


def _emit_title(parser: _Parser, *, role: str) -> None:
    """The title of the block that follows: a heading above text, a caption of a table or picture."""
    if parser.title:
        level = BOLD_LEVEL if role == "heading" else 0
        parser.chunks.append(Chunk(parser.title.rstrip(":") if level else parser.title, role=role, level=level))
        parser.title = ""


def _read_delimited(parser: _Parser, mark: str) -> None:
    """A block between two equal lines: comments and passed-through text are dropped, code and tables kept whole."""
    parser.at += 1
    if mark[0] in "=*_" or mark == "--":
        _emit_title(parser, role="heading")
        return
    end = next(
        (
            i
            for i in range(parser.at, len(parser.lines))
            if parser.lines[i].strip() == mark.rstrip("abcdefghijklmnopqrstuvwxyz")
        ),
        len(parser.lines),
    )
    content = parser.lines[parser.at : end]
    parser.at = end + 1
    if mark.startswith(("|", "!", ",", ":")):
        _emit_title(parser, role="caption")
        parser.chunks += read_table(content, mark[0], parser.style)
    elif mark[0] in "-.`":
        _emit_title(parser, role="caption")
        parser.chunks.append(Chunk("\n".join(content).strip("\n"), role="code"))
    parser.style = ""


def _read_text(parser: _Parser, line: str) -> None:
    """A paragraph, an item or a term with its description."""
    item, term = _ITEM.match(line), _TERM.match(line)
    lines = _take_lines(parser)
    if not item:
        parser.marks = parser.marks if term or parser.attached else []
    parser.attached = False
    if item:
        _add_item(parser, item.group("mark"), [_ITEM_SIGN.sub("", item.group("text")), *lines[1:]])
    elif term and "://" not in term.group("term"):
        _emit_title(parser, role="heading")
        rest = " ".join(filter(None, [term.group("text"), *lines[1:]]))
        if rest:
            parser.chunks.append(
                Chunk(render_inline(rest), role="item", level=1, label=render_inline(term.group("term")))
            )
        else:
            parser.chunks.append(Chunk(render_inline(term.group("term")), role="heading", level=BOLD_LEVEL + 1))
    else:
        _emit_title(parser, role="heading")
        text = _ADMONITION.sub("", "\n".join(lines))
        lead = "Abstract: " if parser.style == "abstract" and not any(c.role == "" for c in parser.chunks) else ""
        chunk = make_runs_chunk(make_runs(lead + text), Chunk(""))
        if chunk:
            parser.chunks.append(chunk)


def _take_lines(parser: _Parser) -> list[str]:
    """The lines of one paragraph or item, up to an empty line or the beginning of another block."""
    taken = [parser.lines[parser.at]]
    parser.at += 1
    while parser.at < len(parser.lines):
        line = parser.lines[parser.at]
        text = line.strip()
        if (
            not text
            or text == "+"
            or _DELIMITER.match(text)
            or _ITEM.match(line)
            or _ATTRIBUTES.match(text)
            or _TERM.match(line)
        ):
            break
        if _HEADING.match(text) or _MACRO.match(text):
            break
        taken.append(text)
        parser.at += 1
    return taken


def _add_item(parser: _Parser, mark: str, lines: Sequence[str]) -> None:
    if mark.startswith("<"):  # a remark on a line of the code above
        parser.chunks.append(Chunk(render_inline(" ".join(lines)), role="code"))
        return
    kind = mark if mark[0] in "*.-" else "1."
    if kind in parser.marks:
        del parser.marks[parser.marks.index(kind) + 1 :]
    else:
        parser.marks.append(kind)
        parser.counters[kind] = 0
        _emit_title(parser, role="heading")
    number = ""
    if kind[0] == "." or kind == "1.":
        parser.counters[kind] += 1
        count = parser.counters[kind]
        number = (
            mark.strip(".)<>")
            if kind == "1."
            else chr(96 + count)
            if "loweralpha" in parser.style and count < 27
            else str(count)
        )
    level = len(parser.marks)
    chunk = make_runs_chunk(make_runs("\n".join(lines)), Chunk("", role="item", level=level, number=number))
    if chunk:
        parser.chunks.append(chunk)
