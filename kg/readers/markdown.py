"""Markdown files, with YAML or TOML front matter, footnotes, HTML and template tags inside."""

import html
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kg.model import BlockKind
from kg.readers.characters import decode, normalise, squeeze
from kg.readers.drafts import Draft, Reading
from kg.readers.front_matter import cut_front_matter, get_kind, get_language, make_front_drafts
from kg.readers.structure import Chunk, find_structure

#: Depth given to a paragraph that is bold as a whole: below every heading that is marked as one.
BOLD_LEVEL = 7
MAX_BOLD_WORDS = 16
_TEMPLATE = re.compile(
    r"\{%-?.*?-?%\}|\{\{.*?\}\}|<%.*?%>|<!--.*?-->|^\s*\{::?[^}\n]*\}\s*$|\{:\s*[.#][^}\n]*\}", re.DOTALL | re.MULTILINE
)
_TOC = re.compile(r"^\s*[-*1.]+\s*(?:TOC|toc)\s*$", re.MULTILINE)
_NO_SPACE_HEADING = re.compile(r"^(#{2,6}|#(?=[A-Z][^#\n]* [^#\n]*$))([^#\s].*)$", re.MULTILINE)
_FENCE = re.compile(r"^(```|~~~).*?^\1[ \t]*$", re.DOTALL | re.MULTILINE)
_NOTE = re.compile(
    r"^\[\^(?P<number>[^\]\s]+)\]:[ \t]*(?P<text>.*(?:\n(?:[ \t]+\S.*|(?!\[\^|\s*$|#).+))*)", re.MULTILINE
)
_NOTE_MARK = re.compile(r"\s?\[\^[^\]\s]+\]")


def read(path: Path) -> Reading:
    """A Markdown file."""
    return read_markdown(decode(path.read_bytes(), file=path.name))


def read_markdown(text: str) -> Reading:
    """Markdown text as a reading; a first heading that repeats the front matter's title is left out."""
    values, body = cut_front_matter(normalise(text))
    front = make_front_drafts(values)
    body, notes = cut_footnotes(clean_templates(body))
    chunks = list(find_chunks(body)) + notes
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
    text = _TOC.sub("", _TEMPLATE.sub("", text))
    text = _NO_SPACE_HEADING.sub(r"\1 \2", text)
    return re.sub("\ue000(\\d+)\ue001", lambda found: fences[int(found.group(1))], text)


def cut_footnotes(text: str) -> tuple[str, list[Chunk]]:
    """The text without its footnotes and their marks, and the footnotes as chunks."""
    notes = [
        Chunk(render_inline(found.group("text")), role="footnote", number=found.group("number"))
        for found in _NOTE.finditer(text)
    ]
    return _NOTE_MARK.sub("", _NOTE.sub("", text)), notes


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
    chunks.remove(found)
    return [Draft(BlockKind.TITLE, found.text)]


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
                yield from _read_html(token.content)
            case "tr_open":
                yield _make_row(tokens, i)


def _make_paragraph(tokens: Sequence[Token], i: int, lists: list[list[int | None]], fresh: str) -> Iterator[Chunk]:
    inline = tokens[i + 1]
    text, lead = _render(inline), _measure_lead(inline)
    if not text:
        return
    number = ""
    if fresh and lists:
        counter = lists[-1]
        if counter[0] is not None:
            number = str(counter[0])
            counter[0] += 1
    is_bold = lead >= len(text) and len(text.split()) <= MAX_BOLD_WORDS and text[0].isalnum()
    more_below = i + 3 < len(tokens) and tokens[i + 3].type in {"paragraph_open", "html_block", "bullet_list_open"}
    if is_bold and (not fresh or more_below) and not text.endswith((".", ",")):
        yield Chunk(text.rstrip(":"), role="heading", level=BOLD_LEVEL + len(lists), number=number)
    elif fresh:
        yield Chunk(text, role="item", level=len(lists), number=number, lead=lead)
    else:
        yield Chunk(text, lead=lead if lead < len(text) else 0)


def _make_row(tokens: Sequence[Token], i: int) -> Chunk:
    cells = []
    head = False
    for token in tokens[i + 1 :]:
        if token.type == "tr_close":
            break
        head = head or token.type == "th_open"
        if token.type == "inline":
            cells.append(_render(token))
    return Chunk(" | ".join(cell for cell in cells if cell), role="table", label="header" if head else "")


def _render(inline: Token) -> str:
    """The plain text of an inline token: words of links kept, addresses and images dropped."""
    parts: list[str] = []
    for child in inline.children or ():
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"} or (
            child.type == "html_inline" and child.content.startswith("<br")
        ):
            parts.append(" ")
    return squeeze(html.unescape("".join(parts)))


def _measure_lead(inline: Token) -> int:
    """Length of the bold words a paragraph begins with, 0 if it begins otherwise."""
    children = [c for c in inline.children or () if not (c.type == "text" and not c.content) and c.type != "em_open"]
    if not children or children[0].type != "strong_open":
        return 0
    parts: list[str] = []
    for child in children[1:]:
        if child.type == "strong_close":
            break
        parts.append(
            child.content if child.type in {"text", "code_inline"} else " " if child.type == "softbreak" else ""
        )
    return len(squeeze("".join(parts)))


def render_inline(text: str) -> str:
    """A line of Markdown as plain text."""
    tokens = make_parser().parseInline(text)
    return _render(tokens[0]) if tokens else ""


def _read_html(content: str) -> Iterator[Chunk]:
    text = squeeze(html.unescape(re.sub(r"<[^>]+>", " ", content)))
    if text:
        yield Chunk(text)
