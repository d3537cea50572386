"""The title of a PDF: what its first page sets largest, or what its running heads and properties repeat."""

import itertools
import re
from collections.abc import Sequence

from kg.model import names_issued
from kg.readers.characters import squeeze
from kg.readers.names import is_organisation
from kg.readers.pdf.lines import Line
from kg.readers.structure.chunks import is_done, is_finished
from kg.readers.structure.headings import names_section
from kg.readers.structure.markers import find_marker

MIN_TITLE_CHARS = 8
MAX_TITLE_CHARS = 350
#: A title seldom ends in a stop; a longer text that does is a sentence.
MAX_TITLE_WORDS = 8
#: So much text above a line shows that the line heads a section.
MIN_PROSE_WORDS = 8
MIN_PROSE_LINES = 3
MIN_PROSE_SENTENCES = 2
#: A title is set larger than most of its page by this factor.
MIN_TITLE_FACTOR = 1.15
#: A title of one word is set larger than all else on its page by this factor.
MIN_SINGLE_FACTOR = 1.2
#: A running head or property confirms a group of lines that makes up this share of it, or the other way round.
MIN_LIKENESS = 0.6


def find_title(lines: Sequence[Line], heads: Sequence[str], hint: str) -> tuple[list[Line], list[Line]]:
    """The lines of the title on a first page and all its other lines, both in the order given.

    heads: running heads of the document; hint: the title in the file's properties, "" if none.
    """
    every = _group_by_size(lines)
    largest = max((group[0].size for group in every), default=0.0)
    alone = sum(group[0].size > largest / MIN_SINGLE_FACTOR for group in every) == 1
    groups = [group for group in every if _is_title(group, least_words=1 if alone and group[0].size == largest else 2)]
    known = [_fold(text) for text in (*heads, hint, " ".join(heads)) if len(_fold(text)) >= MIN_TITLE_CHARS]
    scored = [(_compare(group, known), group[0].size, group) for group in _with_pairs(groups)]
    confirmed = [entry for entry in scored if entry[0] >= MIN_LIKENESS and not _is_issuer(entry[2], groups)]
    if confirmed:
        best = max(confirmed, key=lambda entry: entry[:2])[2]
    elif groups:
        usual = sorted(line.size for line in lines)[len(lines) // 2]
        large = [
            group
            for group in groups
            if (group[0].size >= MIN_TITLE_FACTOR * usual or len(lines) < 12)
            and not _heads_section(group)
            and not is_prose([line for line in lines if line.y > group[0].y + line.size])
        ]
        best = max(large, key=lambda group: (round(group[0].size), group[0].y), default=[])
    else:
        best = []
    chosen = set(map(id, best))
    return best, [line for line in lines if id(line) not in chosen]


def is_prose(lines: Sequence[Line]) -> bool:
    """Whether lines hold a text of their own: several long ones, and more than one sentence that ends."""
    long = [line for line in lines if len(line.text.split()) >= MIN_PROSE_WORDS]
    return len(long) >= MIN_PROSE_LINES and sum(1 for line in lines if is_done(line.text)) >= MIN_PROSE_SENTENCES


def _group_by_size(lines: Sequence[Line]) -> list[list[Line]]:
    """Neighbouring lines of one size, from top to foot."""
    groups: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (-round(line.y), line.x0)):
        last = groups[-1][-1] if groups else None
        if last and abs(last.size - line.size) <= 0.05 * line.size and last.y - line.y <= 2.2 * line.size:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _with_pairs(groups: Sequence[list[Line]]) -> list[list[Line]]:
    """The groups, and each with the one below it: a title and its subtitle."""
    return [*groups, *([*a, *b] for a, b in itertools.pairwise(groups))]


def _is_title(group: Sequence[Line], *, least_words: int = 2) -> bool:
    text = squeeze(" ".join(line.text for line in group))
    words = re.findall(r"[^\W\d_]{2,}", text)
    if is_finished(text) and not text.endswith("?") and len(words) > MAX_TITLE_WORDS:
        return False
    fits = MIN_TITLE_CHARS <= len(text) <= MAX_TITLE_CHARS
    return fits and len(words) >= least_words and "@" not in text and "http" not in text


def _heads_section(group: Sequence[Line]) -> bool:
    """Whether a group is the heading of a section: by its name, or by a number as "1." or "10.1"."""
    text = squeeze(" ".join(line.text for line in group))
    marker = find_marker(text)
    return names_section(text) or (marker is not None and "." in text[: marker.length])


def _is_issuer(group: Sequence[Line], groups: Sequence[Sequence[Line]]) -> bool:
    """Whether a group is the name of a body that a title set larger stands beside, and not a title itself."""
    text = squeeze(" ".join(line.text for line in group))
    larger = any(other[0].size >= MIN_TITLE_FACTOR * group[0].size for other in groups)
    return larger and is_organisation(text) and not names_issued(text)


def _compare(group: Sequence[Line], known: Sequence[str]) -> float:
    """How much of the longer text the shorter is, where a known title holds the group's text or the other way round."""
    text = _fold(" ".join(line.text for line in group))
    shares = (
        min(len(text), len(other)) / max(len(text), len(other)) for other in known if text in other or other in text
    )
    covered = sum(len(other) for other in set(known) if other in text) / len(text)
    return max(max(shares, default=0.0), covered if covered <= 1 else 0.0)


def _fold(text: str) -> str:
    return "".join(re.findall(r"\w+", text.lower()))
