"""Text made ready for a drawing: cleaned, measured, broken into short lines."""

import re

#: Characters XML 1.0 cannot hold, and those that turn or hide neighbouring text.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_SPACE = re.compile(r"\s+")
#: Advance widths of Helvetica (Adobe font metrics, 1990), thousandths of an em, for U+0020 to U+007E.
_HELVETICA = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667,
    556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556,
    556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722,
    500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
#: Fonts with the metrics above, then whatever the reader has.
FONT_FAMILY = "Arial, Helvetica, 'Liberation Sans', sans-serif"


def clean_text(text: str) -> str:
    """The text on one line, each character that a drawing cannot hold replaced by U+FFFD."""
    return _SPACE.sub(" ", _UNFIT.sub("\ufffd", text)).strip()


def measure_text(text: str, size: float) -> float:
    """Width of a line in pixels at a font size, by Helvetica's metrics; other scripts count as one em a character."""
    total = 0
    for character in text:
        code = ord(character) - 0x20
        total += _HELVETICA[code] if 0 <= code < len(_HELVETICA) else 600 if code < 0x2E60 else 1000
    return total * size / 1000


def _cut_long_words(words: list[str], limit: int) -> list[str]:
    pieces: list[str] = []
    for word in words:
        while len(word) > limit:
            head = word.rfind("-", 1, limit) + 1 or limit
            pieces.append(word[:head])
            word = word[head:]
        pieces.append(word)
    return pieces


def _fill(words: list[str], limit: int) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + 1 + len(word) <= limit:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


def wrap_label(label: str, *, chars: int = 24, lines: int = 3) -> tuple[str, ...]:
    """The label in at most `lines` lines of at most `chars` characters, as even as they can be.

    A label that does not fit ends in "…".
    """
    words = _cut_long_words(clean_text(label).split(" "), chars)
    filled = _fill(words, chars)
    if len(filled) > lines:
        last = filled[lines - 1]
        return (*filled[: lines - 1], (last if len(last) < chars else last[: chars - 1]).rstrip(" ,;:.") + "…")
    narrow = next(
        limit for limit in range(1, chars + 1) if len(_fill(words, limit)) <= len(filled) and fits(words, limit)
    )
    return tuple(_fill(words, narrow))


def fits(words: list[str], limit: int) -> bool:
    """Whether every word is at most `limit` characters long."""
    return all(len(word) <= limit for word in words)
