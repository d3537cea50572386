"""Markdown files, with YAML or TOML front matter, footnotes, HTML and template tags inside."""

import functools
import html
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kg.model import BlockKind
from kg.readers.asides import write_markdown_asides
from kg.readers.characters import decode, normalise, squeeze
from kg.readers.drafts import Draft, Reading
from kg.readers.front_matter import cut_front_matter, get_kind, get_language, make_front_drafts
from kg.readers.html import parse_html
from kg.readers.html_chunks import find_html_chunks
from kg.readers.markdown_dialects import TEMPLATES, write_commonmark
from kg.readers.markdown_tables import write_pipe_tables
from kg.readers.placeholders import drop_placeholders
from kg.readers.raised import NUMBERS, mark_raised, settle_marks
from kg.readers.structure import Chunk, find_structure
from kg.readers.structure.chunks import BOLD_LEVEL, make_runs_chunk
from kg.readers.structure.forms import is_form, is_text
from kg.readers.structure.headings import names_section

#: Lines set apart by hard breaks are lines of their own if none is longer.
MAX_LINE_CHARS = 120
_ATTRIBUTES = re.compile(r"^[ \t]*\{::?[^}\n]*\}[ \t]*$|\{:[ \t]*[.#][^}\n]*\}|\{include [^}\n]*\}", re.MULTILINE)
_TOC = re.compile(
    r"^[ \t]*[-*1.]{1,3}[ \t]*(?:(?:TOC|toc)[ \t]*$|[^\n]*\n\{:[ \t]*\.?toc\b[^}\n]*\}[ \t]*$)", re.MULTILINE
)
#: The words an abbreviation of the text stands for, told to the program that renders it.
_ABBREVIATION = re.compile(r"^\*\[[^\]\n]+\]:.*$", re.MULTILINE)
#: An item whose bullet is not followed by a space, below one that is as it should be.
_NO_SPACE_ITEM = re.compile(r"^([ \t]*\*[ \t]+\S.*\n[ \t]*)\*(?=\w[^*\n]*$)", re.MULTILINE)
#: An address with spaces is no link for CommonMark, though it is for others.
_SPACED_LINK = re.compile(r"(?<!!)\[([^\[\]\n]+)\]\((?=[^()\n]*[^\s()] [^\s()])[^()\n]*\)")
#: Markdown that stands in a line of HTML.
_LINK_IN_HTML = re.compile(r"(?<!!)\[([^\[\]\n]+)\]\([^()\s]+\)")
#: Text straight below the end of an element is Markdown again for Kramdown.
_TEXT_BELOW_HTML = re.compile(
    r"^([ \t]*</(?:div|section|article|aside|header|center|figure)>)[ \t]*\n(?=[^\s<])", re.MULTILINE
)
_NO_SPACE_HEADING = re.compile(r"^(#{2,6}|#(?=[A-Z][^#\n]* [^#\n]*$))([^#\s].*)$", re.MULTILINE)
#: Headings and lists straight below a tag are Markdown for Kramdown and others, though not for CommonMark.
_MARKS_IN_HTML = re.compile(
    r"^(<(?:div|section|article|aside|header|center)\b[^>\n]*>)[ \t]*\n(?=#{1,6}|[*-] )", re.MULTILINE
)
_FENCE = re.compile(r"^(```|~~~).*?^\1[ \t]*$", re.DOTALL | re.MULTILINE)
_NOTE = re.compile(
    r"^\[\^(?P<number>[^\]\s]+)\]:[ \t]*(?P<text>.*(?:\n(?:[ \t]+\S.*|(?!\[\^|\s*$|#).+))*)", re.MULTILINE
)
_NOTE_MARK = re.compile(r"\s?\[\^(?P<number>[^\]\s]+)\]")
#: Pandoc's superscripts: "data.^3^", "data^[1,2]^".
_CARET = re.compile(r"(?<=[^\s^])\^\[?(?P<numbers>\d{1,3}(?:,?[,–-]\s?\d{1,3})*)\]?\^(?!\w)")

#: A superscript number that begins a paragraph is the mark of a footnote.
_RAISED_NUMBER = re.compile(r"<sup[^>]*>(?:<a\b[^>]*>)?\s*\[?(\d{1,3})[\].]?\s*(?:</a>)?</sup>\s*\S")


def read(path: Path) -> Reading:
    """A Markdown file."""
    return read_markdown(decode(path.read_bytes(), file=path.name))


def read_markdown(text: str) -> Reading:
    """Markdown text as a reading; a first heading that repeats the front matter's title is left out."""
    values, body = cut_front_matter(normalise(text))
    front = make_front_drafts(values)
    body, notes = cut_footnotes(clean_templates(body))
    chunks = settle_marks([*drop_placeholders(find_chunks(body)), *notes])
    title = next((d.text for d in front if d.kind is BlockKind.TITLE), "")
    if title:
        chunks = _drop_repeated_title(chunks, title)
    elif not _has_title(chunks):
        front = [*front, *_guess_title(chunks)]
    drafts = find_structure(chunks, marked=True, front=front)
    return Reading(tuple(drafts), get_kind(values), get_language(values))


def clean_templates(text: str) -> str:
    """Text without Liquid, ERB and Kramdown tags and comments, with a space behind the marks of its headings."""
    fences: list[str] = []

    def keep(found: re.Match[str]) -> str:
        fences.append(found.group())
        return f"\ue000{len(fences) - 1}\ue001"

    text = _FENCE.sub(keep, text)
    for opening, closing in TEMPLATES:
        text = _cut_between(text, opening, closing)
    text = _cut_between(text, "<!--", "-->", at_line_start="<!---->")
    text = write_pipe_tables(write_markdown_asides(text))
    text = write_commonmark(_ATTRIBUTES.sub("", _TOC.sub("", _ABBREVIATION.sub("", text))))
    text = _TEXT_BELOW_HTML.sub(r"\1\n\n", _MARKS_IN_HTML.sub(r"\1\n\n", text))
    text = _SPACED_LINK.sub(r"\1", _NO_SPACE_ITEM.sub(r"\1* ", text))
    text = _NO_SPACE_HEADING.sub(r"\1 \2", text)
    return re.sub("\ue000(\\d+)\ue001", lambda found: fences[int(found.group(1))], text)


def _cut_between(text: str, opening: str, closing: str, *, at_line_start: str = "") -> str:
    """Text without the stretches between two marks, the marks included; one that is never closed stays.

    at_line_start: stands for one that begins a line: a comment there ends a list or a paragraph.
    """
    parts: list[str] = []
    at = 0
    while (start := text.find(opening, at)) >= 0:
        end = text.find(closing, start + len(opening))
        if end < 0:
            break
        parts.append(text[at:start])
        if at_line_start and not text[text.rfind("\n", 0, start) + 1 : start].strip():
            parts.append(at_line_start)
        at = end + len(closing)
    return "".join([*parts, text[at:]])


def cut_footnotes(text: str) -> tuple[str, list[Chunk]]:
    """The text without its footnotes, their marks as `settle_marks` reads them, and the footnotes as chunks."""
    notes = [
        Chunk(render_inline(found.group("text")), role="footnote", number=found.group("number"))
        for found in _NOTE.finditer(text)
    ]
    text = _NOTE_MARK.sub(lambda found: mark_raised(found["number"], linked=True), _NOTE.sub("", text))
    return _CARET.sub(lambda found: mark_raised(found["numbers"]), text), notes


def _drop_repeated_title(chunks: list[Chunk], title: str) -> list[Chunk]:
    first = next((i for i, chunk in enumerate(chunks) if chunk.role == "heading"), None)
    if first is None or first > 3 or _fold(chunks[first].text) != _fold(title):
        return chunks
    return chunks[:first] + chunks[first + 1 :]


def _fold(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()


def _has_title(chunks: Sequence[Chunk]) -> bool:
    """Whether the first chunk is a heading above all others."""
    if not chunks or chunks[0].role != "heading":
        return False
    return all(chunk.level > chunks[0].level for chunk in chunks[1:] if chunk.role == "heading")


def _guess_title(chunks: list[Chunk]) -> list[Draft]:
    """The only heading of the highest level, taken out of the chunks, as the title."""
    levels = [chunk.level for chunk in chunks if chunk.role == "heading"]
    if not levels or levels.count(min(levels)) > 1 or min(levels) > 2:
        return [Draft(BlockKind.TITLE, "")]
    found = next(chunk for chunk in chunks if chunk.role == "heading" and chunk.level == min(levels))
    if chunks[0] is not found and names_section(found.text):
        return [Draft(BlockKind.TITLE, "")]
    chunks.remove(found)
    return [Draft(BlockKind.TITLE, found.text)]


@functools.cache
def make_parser() -> MarkdownIt:
    """A CommonMark parser with tables."""
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def find_chunks(text: str) -> Iterator[Chunk]:
    """The chunks of Markdown without front matter, templates and footnotes."""
    tokens = make_parser().parse(text)
    lists: list[list[int | None]] = []
    fresh = ""
    for i, token in enumerate(tokens):
        match token.type:
            case "ordered_list_open":
                lists.append([int(token.attrs.get("start", 1))])
            case "bullet_list_open":
                lists.append([None])
            case "ordered_list_close" | "bullet_list_close":
                lists.pop()
            case "list_item_open":
                fresh = "item"
            case "heading_open":
                yield Chunk(_render(tokens[i + 1]), role="heading", level=int(token.tag[1]))
            case "paragraph_open":
                yield from _make_paragraph(tokens, i, lists, fresh)
                fresh = ""
            case "fence" | "code_block":
                yield Chunk(token.content.rstrip(), role="code")
            case "html_block":
                yield from _read_html(tokens, i)
            case "table_open":
                yield from _read_table(tokens, i)


def _make_paragraph(tokens: Sequence[Token], i: int, lists: list[list[int | None]], fresh: str) -> Iterator[Chunk]:
    """A paragraph, or an item where it is the first of one; lines set apart by hard breaks stand alone."""
    number = ""
    if fresh and lists and lists[-1][0] is not None:
        number = str(lists[-1][0])
        lists[-1][0] += 1
    is_title = bool(fresh) and _heads_text(tokens, i)
    template = Chunk("", role="item" if fresh and not is_title else "", level=len(lists) if fresh else 0, number=number)
    note = _RAISED_NUMBER.match(tokens[i + 1].content) if not fresh else None
    if note:
        template = Chunk("", role="footnote", number=note.group(1))
    for runs in _split_lines(_make_runs(tokens[i + 1])):
        chunk = make_runs_chunk(runs, template)
        if chunk and is_title and chunk.role != "heading":
            chunk = replace(chunk, role="item")
        if chunk:
            yield chunk


def _heads_text(tokens: Sequence[Token], i: int) -> bool:
    """Whether paragraphs follow the first one of an item, inside it or behind a list that ends with it."""
    rest = [token.type for token in tokens[i + 3 : i + 6]]
    inside = rest[:1] in (["paragraph_open"], ["html_block"], ["bullet_list_open"])
    behind = rest[:1] == ["list_item_close"] and rest[1:2] != ["list_item_open"] and rest[2:3] == ["paragraph_open"]
    return inside or behind


def _split_lines(runs: list[tuple[str, bool]]) -> list[list[tuple[str, bool]]]:
    """Runs cut at hard breaks where every line is short, as in an address; else all of them together."""
    lines: list[list[tuple[str, bool]]] = [[]]
    for run in runs:
        if run[0] == "\n":
            lines.append([])
        else:
            lines[-1].append(run)
    if len(lines) > 1 and all(sum(len(text) for text, _ in line) < MAX_LINE_CHARS for line in lines):
        return lines
    return [[run for line in lines for run in (*line, (" ", False))]]


def _read_table(tokens: Sequence[Token], start: int) -> Iterator[Chunk]:
    """One chunk per row; of a filled form each text below its name as a heading."""
    rows: list[list[Token]] = []
    heads: list[bool] = []
    for at in range(start, len(tokens)):  # a slice for each of many tables would copy all that follows
        token = tokens[at]
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
            heads.append(False)
        elif token.type == "inline" and _render(token):
            rows[-1].append(token)
        heads[-1:] = [heads[-1] or token.type == "th_open"] if heads else []
    texts = [[_render(cell) for cell in row] for row in rows]
    filled = [
        (row, text, head) for row, text, head in zip(rows, texts, heads, strict=True) if any(map(_has_word, text))
    ]
    headed = any(head for _, _, head in filled)
    form = is_form([text for _, text, _ in filled], [_is_bold(row[0]) for row, _, _ in filled], headed=headed)
    for row, text, head in filled:
        if form and len(text) == 2 and is_text(text[1]):
            yield Chunk(text[0].rstrip(": "), role="heading", level=BOLD_LEVEL)
            for runs in _split_lines(_make_runs(row[1])):
                yield from filter(None, [make_runs_chunk(runs, Chunk(""))])
        else:
            yield Chunk(" | ".join(text), role="table", label="header" if head and not form else "")


def _has_word(text: str) -> bool:
    return any(map(str.isalnum, text))


def _is_bold(cell: Token) -> bool:
    """Whether all words of a cell are bold."""
    return all(bold for text, bold in _make_runs(cell) if text.strip())


def _make_runs(inline: Token) -> list[tuple[str, bool]]:
    """The text of an inline token as plain and bold runs: words of links kept, addresses and images dropped.

    Hard breaks are runs of "\n"; numbers set as superscripts are marks that `settle_marks` reads.
    """
    runs: list[tuple[str, bool]] = []
    raised: list[str] | None = None
    bold, linked = 0, False
    for child in inline.children or ():
        bold += (child.type == "strong_open") - (child.type == "strong_close")
        if child.type == "html_inline" and child.content.startswith("<sup"):
            raised, linked = [], False
        if child.type == "html_inline" and child.content.startswith("</sup") and raised is not None:
            runs.append((_mark_number("".join(raised), linked=linked), bold > 0))
            raised = None
        linked = linked or child.type == "link_open" or child.content.startswith("<a ")
        text = _read_inline_token(child)
        if raised is None:
            runs.append((text, bold > 0))
        else:
            raised.append(text)
    runs.append(("".join(raised or ()), bold > 0))
    return [run for run in runs if run[0]]


def _mark_number(text: str, *, linked: bool) -> str:
    """Raised text as a mark if it is a number or a sign of a note."""
    is_mark = re.fullmatch(rf"{NUMBERS.pattern}|[*†‡]", text.strip()) is not None
    return mark_raised(text.strip(), linked=linked or not text.strip()[0].isdigit()) if is_mark else text


def _read_inline_token(token: Token) -> str:
    if token.type in {"text", "code_inline"}:
        return html.unescape(token.content) if token.type == "text" else token.content
    if token.type == "hardbreak" or (token.type == "html_inline" and token.content.startswith("<br")):
        return "\n"
    return " " if token.type == "softbreak" else ""


def _render(inline: Token) -> str:
    """The plain text of an inline token on one line."""
    return squeeze("".join(text for text, _ in _make_runs(inline)))


def render_inline(text: str) -> str:
    """A line of Markdown as plain text."""
    tokens = make_parser().parseInline(text)
    return _render(tokens[0]) if tokens else ""


def _read_html(tokens: Sequence[Token], i: int) -> Iterator[Chunk]:
    """The chunks of a stretch of HTML blocks, at its first one."""
    if i and tokens[i - 1].type == "html_block":
        return
    stretch = itertools.takewhile(lambda token: token.type == "html_block", tokens[i:])
    content = _LINK_IN_HTML.sub(r"\1", "\n".join(token.content for token in stretch))
    yield from find_html_chunks(parse_html(f"<div>{content}</div>"))
