"""reStructuredText files: sections by their underlines, lists, footnotes, tables, the field list at the head."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.model import BlockKind
from kg.readers.characters import decode, normalise, squeeze
from kg.readers.drafts import Draft, Reading
from kg.readers.front_matter import make_front_drafts
from kg.readers.raised import drop_marks, mark_raised, settle_marks
from kg.readers.rst_tables import read_csv_table, read_list_table, read_simple_table, states_header
from kg.readers.structure import Chunk, find_structure
from kg.readers.structure.chunks import BOLD_LEVEL, make_runs_chunk

_RULE = re.compile(r"([!-/:-@\[-`{-~])\1{2,}\s*$")
_ITEM = re.compile(
    r"(?P<mark>[-*+•]|(?:\d{1,3}|[a-zA-Z]|[ivxlIVXL]{1,5}|#)[.)]|\((?:\d{1,3}|[a-zA-Z]|[ivxl]{1,5})\))(?P<gap>\s+)(?P<text>\S.*)$"
)
_FIELD = re.compile(r":(?P<name>[^:`\s][^:`]*):(?:\s+(?P<text>.*))?$")
_NOTE = re.compile(r"\.\. \[(?P<number>[#\w*.-]+)\]\s*(?P<text>.*)$")
_DIRECTIVE = re.compile(r"\.\. (?:\|[^|]+\| )?(?P<name>[\w:-]+)::\s*(?P<text>.*)$")
#: Directives whose content is text of the document.
_BOXES = frozenset(
    "note warning tip important hint attention caution danger admonition topic sidebar epigraph pull-quote highlights "
    "compound container rubric only versionadded versionchanged versionremoved deprecated seealso error class "
    "rst-class centered dropdown card grid grid-item grid-item-card tab-set tab-item details".split(" ")
)
#: What stands behind their names is a version, a condition or a way to lay them out, and no text.
_UNSAID = frozenset("only class rst-class grid versionadded versionchanged versionremoved deprecated container".split())
#: A line that is longer is no term of a definition.
MAX_TERM_CHARS = 80
_SUBSTITUTION = re.compile(r"^[ \t]*\.\. \|(?P<name>[^|\n]{1,100})\| replace::[ \t]*(?P<text>\S.*)$", re.MULTILINE)
_INLINE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\s?\[(?:#[\w-]*|\*)\]_"), ""),
    (re.compile(r"\s?\[(\d+)\]_"), mark_raised(r"\1", linked=True)),
    (re.compile(r":sup(?:erscript)?:`(\d+(?:[,–-]\d+)*)`"), mark_raised(r"\1")),
    (re.compile(r"`([^`<]+?)\s*<[^`>]*>`__?"), r"\1"),
    (re.compile(r":[\w:+.-]+:`(?:([^`<]+?)\s*<[^`>]*>|([^`]+))`"), r"\1\2"),
    (re.compile(r"``(.+?)``"), r"\1"),
    (re.compile(r"\[([A-Za-z][\w.-]*)\]_"), r"[\1]"),
    (re.compile(r"`([^`]+)`_{0,2}"), r"\1"),
    (re.compile(r"(?<![\w|])\|([^|\s][^|]*)\|_{0,2}"), r"\1"),
    (re.compile(r"\b([A-Za-z][\w-]*)__?(?=[\s.,;)]|$)"), r"\1"),
)
_NAMED = re.compile(r"(?<!\.\. )\|(?P<name>[^|\s][^|\n]{0,100})\|_{0,2}")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)
_ITALIC = re.compile(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])", re.DOTALL)


@dataclass
class _Parser:
    """The lines still to read and the chunks so far. styles: underline styles in the order of their depth."""

    lines: list[str]
    at: int = 0
    chunks: list[Chunk] = field(default_factory=list)
    notes: list[Chunk] = field(default_factory=list)
    values: dict[str, object] = field(default_factory=dict)
    styles: list[str] = field(default_factory=list)
    indents: list[int] = field(default_factory=list)


def read(path: Path) -> Reading:
    """A reStructuredText file."""
    return read_rst(decode(path.read_bytes(), file=path.name))


def read_rst(text: str) -> Reading:
    """reStructuredText as a reading; a single section title above all others is the document's title."""
    parser = _Parser(_substitute(normalise(text).replace("\f", "\n")).expandtabs(8).split("\n"))
    while parser.at < len(parser.lines):
        _read_block(parser)
    chunks = settle_marks([*parser.chunks, *parser.notes])
    front = make_front_drafts({key: value for key, value in parser.values.items() if key != "title"})
    headings = [chunk for chunk in chunks if chunk.role == "heading" and chunk.level == 1]
    if len(headings) == 1 and chunks.index(headings[0]) <= 2:
        at = chunks.index(headings[0])
        subtitle = _find_subtitle(chunks, at)
        del chunks[at : at + (2 if subtitle else 1)]
        front = [Draft(BlockKind.TITLE, headings[0].text), *subtitle, *front]
    else:
        front = [Draft(BlockKind.TITLE, str(parser.values.get("title", ""))), *front]
    return Reading(tuple(find_structure(chunks, marked=True, front=front)))


def _substitute(text: str) -> str:
    """Text with the words that its own |names| stand for."""
    words = {found["name"]: found["text"].strip() for found in _SUBSTITUTION.finditer(text)}
    return _NAMED.sub(lambda found: words.get(found["name"], found.group()), text) if words else text


def _find_subtitle(chunks: Sequence[Chunk], title: int) -> list[Draft]:
    """The heading straight below the title, if no other is underlined like it."""
    below = chunks[title + 1 : title + 2]
    same = [chunk for chunk in chunks if chunk.role == "heading" and below and chunk.level == below[0].level]
    if not below or below[0].role != "heading" or len(same) > 1 or not _has_heading_below(chunks, title + 1):
        return []
    return [Draft(BlockKind.METADATA, below[0].text, label="subtitle")]


def _has_heading_below(chunks: Sequence[Chunk], at: int) -> bool:
    return any(chunk.role == "heading" for chunk in chunks[at + 1 :])


def _read_block(parser: _Parser) -> None:
    line = parser.lines[parser.at]
    text = line.strip()
    indent = len(line) - len(line.lstrip())
    if not text:
        parser.at += 1
    elif _read_heading(parser):
        parser.indents = []
    elif text.startswith(".. ") or text == "..":
        _read_explicit(parser, text, indent)
    elif (found := _FIELD.match(text)) and all(chunk.role == "heading" for chunk in parser.chunks):
        value = make_text(" ".join([found.group("text") or "", *_take_indented(parser, indent)]))
        parser.values[found.group("name").lower()] = drop_marks(value)
    elif _is_table(text):
        _read_table(parser)
    elif _RULE.match(text) and len(text) > 3:
        parser.at += 1
    elif found := _ITEM.match(text):
        _read_item(parser, found, indent)
    else:
        _read_paragraph(parser, indent)


def _read_heading(parser: _Parser) -> bool:
    """A title with a line of signs under it, or over and under it."""
    lines, at = parser.lines, parser.at
    over = _RULE.match(lines[at]) is not None and at + 2 < len(lines)
    title = lines[at + 1] if over else lines[at]
    under = lines[at + 2] if over else lines[at + 1] if at + 1 < len(lines) else ""
    if not title.strip() or not _RULE.match(under) or (not over and title[0].isspace()) or _RULE.match(title):
        return False
    if over and lines[at].strip()[0] != under.strip()[0]:
        return False
    if len(under.strip()) < min(len(title.strip()), 4):
        return False
    style = under.strip()[0] + ("o" if over else "")
    if style not in parser.styles:
        parser.styles.append(style)
    parser.chunks.append(Chunk(make_text(title), role="heading", level=parser.styles.index(style) + 1))
    parser.at += 3 if over else 2
    return True


def _take_indented(parser: _Parser, indent: int, *, skip: int = 1) -> list[str]:
    """The lines below the present one that are indented deeper, empty lines among them kept."""
    parser.at += skip
    taken: list[str] = []
    while parser.at < len(parser.lines):
        line = parser.lines[parser.at]
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            break
        taken.append(line)
        parser.at += 1
    return taken


def _read_explicit(parser: _Parser, text: str, indent: int) -> None:
    """Footnotes, directives and comments."""
    note, directive = _NOTE.match(text), _DIRECTIVE.match(text)
    body = _take_indented(parser, indent)
    if note:
        number = note.group("number").lstrip("#") or str(len(parser.notes) + 1)
        content = make_text(" ".join([note.group("text"), *body]))
        role = "footnote" if number.isdigit() or note.group("number")[0] in "#*" else "reference"
        parser.notes.append(Chunk(content, role=role, number=number))
    elif directive:
        _read_directive(parser, directive, body)


def _read_directive(parser: _Parser, directive: re.Match[str], body: Sequence[str]) -> None:
    name, argument = directive.group("name").lower(), directive.group("text")
    content = [line for line in body if not _FIELD.match(line.strip())]
    if name in _BOXES:
        inner = _Parser([line.strip() and line[_indent_of(body) :] for line in content])
        if argument and name in {"topic", "admonition", "sidebar", "rubric"}:
            parser.chunks.append(Chunk(make_text(argument), role="heading", level=BOLD_LEVEL))
        elif argument and name not in _UNSAID:
            inner.lines.insert(0, argument)
        while inner.at < len(inner.lines):
            _read_block(inner)
        parser.chunks += [chunk for chunk in inner.chunks if chunk.role != "heading"]
        parser.notes += inner.notes
    elif name in {"figure", "table", "list-table", "csv-table"}:
        caption = argument if name != "figure" else squeeze(" ".join(content))
        if caption:
            parser.chunks.append(Chunk(make_text(caption), role="caption"))
        if name == "table":
            inner = _Parser([line.strip() for line in content])
            while inner.at < len(inner.lines):
                _read_block(inner)
            parser.chunks += inner.chunks
        elif name in {"list-table", "csv-table"}:
            rows = read_list_table(body) if name == "list-table" else read_csv_table(body)
            parser.chunks += _make_rows(rows, has_header=states_header(body))
    elif name in {"code", "code-block", "literalinclude", "parsed-literal"} and content:
        parser.chunks.append(Chunk("\n".join(content).strip("\n"), role="code"))


def _indent_of(lines: Sequence[str]) -> int:
    return min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)


def _is_table(text: str) -> bool:
    return bool(re.fullmatch(r"\+(?:[-=]+\+)+", text) or re.fullmatch(r"={2,}(?:\s+={2,})+", text))


def _read_table(parser: _Parser) -> None:
    """A grid or simple table, one chunk per row."""
    start = parser.at
    is_grid = parser.lines[start].strip().startswith("+")
    while parser.at < len(parser.lines) and parser.lines[parser.at].strip():
        parser.at += 1
    lines = [line.strip() if is_grid else line for line in parser.lines[start : parser.at]]
    rows = _read_grid(lines) if is_grid else read_simple_table(lines)
    parser.chunks += _make_rows(rows, has_header=any("=" in line[:3] for line in lines[1:]))


def _make_rows(rows: Iterable[Sequence[str]], *, has_header: bool) -> Iterator[Chunk]:
    """One chunk per row of a table."""
    for i, row in enumerate(rows):
        text = " | ".join(text for cell in row if (text := make_text(cell)))
        yield Chunk(text, role="table", label="header" if i == 0 and has_header else "")


def _read_grid(lines: Sequence[str]) -> Iterator[list[str]]:
    row: list[str] = []
    for line in lines:
        if line.startswith("+"):
            if row:
                yield row
            row = []
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        row = [f"{old} {new}" for old, new in zip(row, cells, strict=False)] if row else cells
    if row:
        yield row


def _read_item(parser: _Parser, found: re.Match[str], indent: int) -> None:
    """An item and its further paragraphs; items inside it are read as their own."""
    body_indent = indent + len(found.group("mark")) + len(found.group("gap"))
    while parser.indents and parser.indents[-1] > indent:
        parser.indents.pop()
    if not parser.indents or parser.indents[-1] < indent:
        parser.indents.append(indent)
    mark = found.group("mark").strip(".()")
    lines = [found.group("text")]
    parser.at += 1
    while parser.at < len(parser.lines):
        line = parser.lines[parser.at]
        if not line.strip() or len(line) - len(line.lstrip()) < body_indent - 1 or _ITEM.match(line.strip()):
            break
        lines.append(line.strip())
        parser.at += 1
    number = "" if mark in "-*+•" or mark == "#" else mark
    chunk = make_runs_chunk(
        make_runs(" ".join(lines)), Chunk("", role="item", level=len(parser.indents), number=number)
    )
    if chunk:
        parser.chunks.append(chunk)


def _read_paragraph(parser: _Parser, indent: int) -> None:
    lines: list[str] = []
    while parser.at < len(parser.lines) and parser.lines[parser.at].strip():
        line = parser.lines[parser.at]
        own = len(line) - len(line.lstrip())
        if len(lines) == 1 and own > indent and _read_definition(parser, lines[0], indent):
            return
        if (len(lines) == 1 and own != indent and indent == 0) or (lines and own < indent):
            break
        lines.append(line.strip())
        parser.at += 1
    if not indent:
        parser.indents = []
    text = " ".join(lines)
    literal = text.endswith("::")
    chunk = make_runs_chunk(make_runs(re.sub(r"\s*::$", ":", text) if text != "::" else ""), Chunk(""))
    if chunk:
        parser.chunks.append(chunk)
    if literal:
        body = _take_indented(parser, indent, skip=0)
        parser.chunks.append(Chunk("\n".join(body).strip("\n"), role="code"))


def _read_definition(parser: _Parser, term: str, indent: int) -> bool:
    """A term and, set in below it, what it means, read as an item if the line above can be a term."""
    if len(term) > MAX_TERM_CHARS or term.endswith((".", ",", ";", ":")):
        return False
    body = _take_indented(parser, indent, skip=0)
    inner = _Parser([line.strip() and line[_indent_of(body) :] for line in body])
    while inner.at < len(inner.lines):
        _read_block(inner)
    label = make_text(re.split(r"\s:\s", term)[0])
    if inner.chunks and inner.chunks[0].role == "":
        inner.chunks[0] = replace(inner.chunks[0], role="item", level=1, label=label, lead=0)
    else:
        inner.chunks.insert(0, Chunk(make_text(term)))
    parser.chunks += inner.chunks
    parser.notes += inner.notes
    return True


def make_runs(text: str) -> list[tuple[str, bool]]:
    """Inline text as plain and bold runs."""
    text = re.sub(r"\\ ", "", text)
    runs: list[tuple[str, bool]] = []
    at = 0
    for found in _BOLD.finditer(text):
        runs.append((_clean(text[at : found.start()]), False))
        runs.append((_clean(found.group(1)), True))
        at = found.end()
    return [run for run in (*runs, (_clean(text[at:]), False)) if run[0]]


def _clean(text: str) -> str:
    for pattern, new in _INLINE:
        text = pattern.sub(new, text)
    return re.sub(r"\\(.)", r"\1", _ITALIC.sub(r"\1", text))


def make_text(text: str) -> str:
    """Inline text without markup, on one line."""
    return squeeze("".join(run for run, _ in make_runs(text)))
