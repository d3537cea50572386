"""Lines that a template or a site puts around a text and that say nothing: blanks to be filled, links to elsewhere."""

import re
from collections.abc import Iterable, Sequence

from kg.readers.structure.chunks import Chunk, is_finished

#: A line longer than this is meant to be read.
MAX_LINE_CHARS = 120
#: "[TODO: add text]", "[Insert name]", "TBD", "Lorem ipsum ..."
_BLANK = re.compile(
    r"[\[<{(]\s*(?:TODO|TBD|TBC|FIXME|XXX|placeholder|insert|to be (?:added|completed|confirmed|written))\b[^\[\]<>{}]*"
    r"[\]>})]|(?:TODO|TBD|TBC|FIXME)\b[:.]?|lorem ipsum\b.*",
    re.IGNORECASE,
)
#: A variable of a template that was never filled: "{TIMESTAMP}", "{PDF=strategy.pdf}", "%%DATE%%", "${title}".
_VARIABLE = re.compile(r"(?<![\\\w])(?:\{[A-Z_]{3,}(?:=[^{}\s]*)?\}|%%[A-Z_]+%%|\$\{[\w.]+\})")
#: A line of a table of contents, and the number of a page.
_CONTENTS = re.compile(
    r"\S.{0,200}?(?:(?:\s?\.){5,}|\s?…{2,}|_{5,})\s*\d{1,4}|page \d{1,4}(?: of \d{1,4})?", re.IGNORECASE
)
#: A line of one without leaders: "2 Barriers 4".
_PAGED = re.compile(r"\S.{2,120}?[^\W\d_)]\)?\s+\d{1,3}")
MAX_BEFORE_CONTENTS = 40
MIN_CONTENTS = 2
_HEAD = re.compile(r"(?:table of )?contents", re.IGNORECASE)
#: A row of a table as its template has it: "(country) | (contact)".
_BLANK_ROW = re.compile(r"\([a-z][a-z ]{0,30}\)(?: \| \([a-z][a-z ]{0,30}\))+")
#: What leads away from the text or belongs to the page it stood on.
_AROUND = re.compile(
    r"watch (?:\w+ ){0,8}(?:on youtube|on vimeo|version|video|captions)\b.*"
    r"|(?:read|see|view|find out|learn|go to|show|hide|browse)\b.*\s?[»›→]+"
    r"|[«‹←]\s?.*"
    r"|(?:back|return) to (?:the )?(?:top|start|contents|home|(?:main|previous|home)\b.*(?:page)?|.*\bpage)"
    r"(?: ?[|·].*)?|[\w./-]+\.(?:md|adoc|rst|html?)"
    r"|(?:skip|jump) to (?:the )?(?:main )?(?:content|navigation|search).*"
    r"|(?:share|print|bookmark|e-?mail|tweet|edit|improve) this (?:page|article|post|document|publication).*"
    r"|(?:also )?(?:available|download)(?: this \w+)?(?: in| as)(?: an?)? (?:pdf|word|html|odt|epub)(?: format)?.*"
    r"|(?:last )?(?:edited|updated|modified|reviewed) (?:on|at|by):?\s.*\d{4}.*"
    r"|last (?:edited|updated|modified|reviewed|changed)\b.*\d{4}.*"
    r"|will be replaced with the (?:table of contents|toc)\b.*"
    r"|(?:previous|next)(?: (?:page|chapter|section|article))?(?:\s?[:|>].*)?"
    r"|(?:accept|reject|manage)(?: all)? cookies.*"
    r"|(?:log|sign) ?in or (?:create|register|sign)\b.*|an official website of .*"
    r"|(?:log|sign) ?in(?: or register)? to (?:post|add|leave|write)(?: a)? (?:comments?|reply)"
    r"|submitted by \S.{0,60} on \S.*\d{4}.*"
    r"|(?:posted in|filed under:?) .*"
    r"|(?:was|is) this (?:page|article|information|content) (?:helpful|useful|of use)\b.*",
    re.IGNORECASE,
)


def drop_placeholders(chunks: Iterable[Chunk]) -> list[Chunk]:
    """Chunks without the paragraphs, items and rows that a template left blank or that only lead elsewhere.

    A file that holds nothing else keeps them.
    """
    found = list(chunks)
    dropped = {i for i, chunk in enumerate(found) if is_placeholder(chunk)}
    for i in list(dropped):
        if i and i - 1 not in dropped and _CONTENTS.fullmatch(found[i].text) and _HEAD.fullmatch(found[i - 1].text):
            dropped.add(i - 1)
    return [chunk for i, chunk in enumerate(found) if i not in dropped] or found


def drop_contents(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Chunks without a table of contents: its name, and lines below it that end in the numbers of pages."""
    at = next((i for i, chunk in enumerate(chunks[:MAX_BEFORE_CONTENTS]) if _HEAD.fullmatch(chunk.text)), -1)
    if at < 0:
        return list(chunks)
    end = at + 1
    while end < len(chunks) and _PAGED.fullmatch(chunks[end].text) and chunks[end].role != "table":
        end += 1
    return list(chunks) if end - at <= MIN_CONTENTS else [*chunks[:at], *chunks[end:]]


def is_placeholder(chunk: Chunk) -> bool:
    """Whether a chunk is no part of the text: a blank of a template, or a line of the page it stood on."""
    text = chunk.text.strip()
    if chunk.role == "table":
        return _BLANK_ROW.fullmatch(text) is not None
    if chunk.role not in {"", "paragraph", "item"}:
        return False
    if _BLANK.fullmatch(text) or _CONTENTS.fullmatch(text):
        return True
    if len(text) > MAX_LINE_CHARS:
        return False
    if _VARIABLE.search(text):
        return True
    asks = text.lower().startswith(("was this", "is this", "login or", "log in or", "sign in or"))
    return (asks or not is_finished(text)) and _AROUND.fullmatch(text) is not None
