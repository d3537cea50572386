"""What lines of a plain text show by their form: underlined headings, tables in columns, drawings."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.readers.characters import squeeze
from kg.readers.structure.chunks import Chunk

#: A line below a heading, of one sign.
_UNDER = re.compile(r"([=\-~^*#\"'`+_:.])\1{2,}")
#: The line below the names of columns.
_DASHES = re.compile(r"[-=]{2,}(?:[ ]+[-=]{2,})+")
#: Signs that drawings are made of; a drawing holds a line of them.
_DRAWN = re.compile(r"[+|\-<>=_/\\^*.:]")
_EDGE = re.compile(r"[+*][-=]{2,}|[-=]{2,}[+>]|<[-=]{2,}|\|\s{2,}\S.*\||^\s*[|+].*[|+]\s*$")
#: What parts the cells of a row, and a rule over all columns.
_GAP = re.compile(r"\s{2,}")
_RULE = re.compile(r"([-=_])\1{4,}")
MIN_TABLE_ROWS = 2
#: The mark a footnote begins with, below a rule.
_NOTE = re.compile(r"(?P<mark>[*†‡]{1,3}|\(?\d{1,3}\)?|\[\d{1,3}\])[ \t]+(?=\S)")
MIN_DRAWN_SHARE = 0.3
MIN_UNDER_SHARE = 0.5
#: A heading is no longer.
MAX_HEADING_CHARS = 160


@dataclass
class Underlines:
    """The signs that underline headings, in the order in which a text first uses them: the outermost first."""

    signs: list[str] = field(default_factory=list)

    def find_level(self, sign: str) -> int:
        """The depth of a heading underlined with this sign."""
        if sign not in self.signs:
            self.signs.append(sign)
        return self.signs.index(sign) + 1


def read_shown(lines: Sequence[str], underlines: Underlines) -> tuple[list[Chunk], list[str]]:
    """The chunks that the form of the first lines of a group shows, and the lines behind them."""
    chunks: list[Chunk] = []
    at = 0
    while len(lines) - at > 1:
        over = _UNDER.fullmatch(lines[at].strip()) if len(lines) - at > 2 else None
        title, under = lines[at + bool(over)], lines[at + bool(over) + 1]
        found = _UNDER.fullmatch(under.strip())
        fits = found and MIN_UNDER_SHARE * len(title.strip()) <= len(under.strip()) and len(title) <= MAX_HEADING_CHARS
        if not found or not fits or not any(map(str.isalnum, title)) or _is_spaced(lines[at:]):
            break
        level = underlines.find_level(found.group(1) + ("over" if over else ""))
        chunks.append(Chunk(squeeze(title), role="heading", level=level))
        at += 3 if over else 2
    rest = list(lines[at:])
    if len(rest) > 2 and _DASHES.fullmatch(rest[1].strip()):
        return [*chunks, *_read_table(rest)], []
    if _is_spaced(rest):
        return [*chunks, *_read_spaced(rest)], []
    if is_drawing(rest):
        return [*chunks, Chunk("\n".join(line.rstrip() for line in rest), role="code", label="figure")], []
    return chunks, rest


def _is_spaced(lines: Sequence[str]) -> bool:
    """Whether lines are a table with a rule below its names, each row of as many cells, parted by wide gaps."""
    if len(lines) < 2 + MIN_TABLE_ROWS or not _RULE.fullmatch(lines[1].strip()):
        return False
    counts = {len(_GAP.split(line.strip())) for line in lines if not _RULE.fullmatch(line.strip())}
    return len(counts) == 1 and min(counts) > 1


def _read_spaced(lines: Sequence[str]) -> Iterator[Chunk]:
    for i, line in enumerate(lines):
        if not _RULE.fullmatch(line.strip()):
            yield Chunk(" | ".join(_GAP.split(line.strip())), role="table", label="" if i else "header")


def settle_rules(chunks: Iterable[Chunk]) -> Iterator[Chunk]:
    """Chunks without those that are only signs; what begins with a mark below a rule is a footnote."""
    below_rule = False
    for chunk in chunks:
        text = chunk.text.strip()
        if chunk.role == "" and not any(map(str.isalnum, text)):
            below_rule = _RULE.fullmatch(text) is not None
            continue
        note = _NOTE.match(text) if below_rule and chunk.role == "" else None
        below_rule = note is not None
        number = note["mark"].strip("()[]") if note else ""
        yield replace(chunk, text=text[note.end() :], role="footnote", number=number) if note else chunk


def is_drawing(lines: Sequence[str]) -> bool:
    """Whether lines are a drawing made of signs."""
    signs = sum(len(_DRAWN.findall(line)) for line in lines)
    inked = sum(len(line) - line.count(" ") for line in lines)
    edges = sum(1 for line in lines if _EDGE.search(line))
    return len(lines) > 1 and 2 * edges >= len(lines) and signs >= MIN_DRAWN_SHARE * inked


def _read_table(lines: Sequence[str]) -> Iterator[Chunk]:
    """The rows of a table whose columns stand below dashes."""
    starts = [found.start() for found in re.finditer(r"[-=]+", lines[1])]
    for i, line in enumerate(lines):
        if i == 1 or _DASHES.fullmatch(line.strip()) or _UNDER.fullmatch(line.strip()):
            continue
        edges = [0, *starts[1:], max(len(line), starts[-1] + 1)]
        cells = [squeeze(line[a:b]) for a, b in itertools.pairwise(edges)]
        yield Chunk(" | ".join(filter(None, cells)), role="table", label="header" if i == 0 else "")
