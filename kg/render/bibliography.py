"""What the bibliography formats share: entry keys, names in parts, cleaned text.

A reference is an Assertion of kind "reference"; `authors` are the names as written, `families` their surnames.
"""

import re
import unicodedata
from collections.abc import Sequence

from kg.model import Assertion

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def clean_text(text: str) -> str:
    """The text on one line, without control characters."""
    return " ".join(_CONTROLS.sub("", text).split())


def split_author(written: str, family: str) -> tuple[str, str]:
    """(family, given) of a name as written: the given name is what the surname leaves over.

    >>> split_author("van den Berg, J. H.", "van den Berg")
    ('van den Berg', 'J. H.')
    """
    written, family = clean_text(written), clean_text(family)
    if not family or family == written:
        return written, ""
    before, found, after = written.partition(family)
    if not found:
        return written, ""
    given = " ".join(f"{before} {after}".replace(",", " ").split())
    return family, given


def find_authors(reference: Assertion) -> list[tuple[str, str]]:
    """(family, given) of each author; a name without given is an institution's or stands alone."""
    written = reference.get_texts("authors")
    families = reference.get_texts("families")
    padded = [*families, *[""] * (len(written) - len(families))]
    return [split_author(name, family) for name, family in zip(written, padded, strict=False)]


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "", plain)


def make_keys(references: Sequence[Assertion]) -> list[str]:
    """A short, unique key for each reference: first surname, year, first long word of the title."""
    keys: list[str] = []
    used: set[str] = set()
    for position, reference in enumerate(references, 1):
        family = next(iter(reference.get_texts("families")), "")
        word = next((word for word in reference.get_text("title").split() if len(word) > 3), "")
        stem = (
            f"{_slug(family)[:30].lower()}{_slug(reference.get_text('year'))}{_slug(word)[:20].lower()}"
            or f"ref{position}"
        )
        key, count = stem, 1
        while key in used:
            count += 1
            key = f"{stem}-{count}"
        used.add(key)
        keys.append(key)
    return keys
