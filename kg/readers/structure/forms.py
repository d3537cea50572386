"""Tables that are filled forms: a name in the first column, a text of its own in the second."""

import re
from collections.abc import Sequence

from kg.readers.structure.chunks import is_finished
from kg.readers.structure.headings import names_section

MAX_LABEL_WORDS = 9
#: A value of more sentences or characters than this is a text, not the cell of a table.
MIN_TEXT_CHARS = 160
_SENTENCE = re.compile(r"[.?!][”\"’)]?\s+[^\W\d_a-z]")


def is_text(value: str) -> bool:
    """Whether the value of a form is running text: two sentences or more."""
    return len(value) >= MIN_TEXT_CHARS and _SENTENCE.search(value) is not None


def is_form(rows: Sequence[Sequence[str]], marked: Sequence[bool], *, headed: bool = False) -> bool:
    """Whether the rows of a table are a filled form rather than a list of items.

    marked: for each row, whether its first cell is set as the name of what stands behind it.
    headed: whether a first row names the columns, as those of a list do.
    """
    if headed:
        return False
    pairs = [(row[0], row[1], is_marked) for row, is_marked in zip(rows, marked, strict=True) if len(row) == 2]
    if len(pairs) < 2 or len(pairs) < len(rows) - 1 or any(len(row) > 2 for row in rows):
        return False
    if any(is_finished(name.rstrip(":?")) or len(name.split()) > MAX_LABEL_WORDS for name, _, _ in pairs):
        return False
    named = all(is_marked or name.endswith(":") for name, _, is_marked in pairs)
    named = named or sum(names_section(name) for name, _, _ in pairs) > 1
    return named and any(is_text(value) for _, value, _ in pairs)
