"""Plain texts laid out for a printer in lines and pages: running heads, cut paragraphs, a head in two columns."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from kg.readers.structure.chunks import is_finished
from kg.readers.structure.markers import BULLET, find_marker

#: Lines at either end of a page that may be its running head and foot.
MAX_EDGE_LINES = 2
#: A text that stands so often at the edge of pages is a running head.
MIN_REPEATS = 2
_PAGE_LINE = re.compile(
    r".*\[Page \d{1,4}\]|.*\S\s{2,}page \d{1,4}(?: (?:of|/) \d{1,4})?|[-–— ]*\d{1,4}[-–— ]*"
    r"|(?:page|p\.)\s*\d{1,4}(?: of \d{1,4})?",
    re.IGNORECASE,
)
#: The head or foot of a page where no sign parts pages: "[Page 3]", "Official Gazette    Page 3".
_FOOT = re.compile(
    r"^(?:.*\[Page (?P<closed>\d{1,4})\]|.*\S[ \t]{2,}Page (?P<open>\d{1,4})(?: (?:of|/) \d{1,4})?)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
#: A line of a head in two columns: a wide gap, or nothing on the left.
_SPREAD = re.compile(r"(?P<left>\S.*?)\s{3,}(?P<right>\S.*)|\s{24,}(?P<only>\S.*)")
MIN_SPREAD_LINES = 3
MIN_CENTRED_INDENT = 4


def lay_pages(text: str) -> str:
    """A text without the heads and feet of its pages, and with the paragraphs that a page cut made whole.

    Pages stay parted by "\\f". A text that is not laid out in pages stays as it is.
    """
    text = _part_pages(text) if "\f" not in text else text
    pages = [page.split("\n") for page in text.split("\f")]
    if len(pages) < 2:
        return text
    edges = [_find_edges(page) for page in pages]
    counts = Counter(
        key for page, edge in zip(pages, edges, strict=True) for key in {_make_key(page[at]) for at in edge}
    )
    kept = [
        [line for at, line in enumerate(page) if at not in edge or not _is_furniture(line, counts)]
        for page, edge in zip(pages, edges, strict=True)
    ]
    _join_cut(kept)
    return "\f".join("\n".join(page) for page in kept)


def _part_pages(text: str) -> str:
    """A text parted by "\f" at the heads or feet of its pages, if it has at least two that count up."""
    found = list(_FOOT.finditer(text))
    numbers = [int(one["closed"] or one["open"]) for one in found]
    if len(found) < 2 or not all(0 < b - a < 3 for a, b in itertools.pairwise(numbers)):
        return text
    if found[0].start() >= 0.5 * (found[1].start() - found[0].start()):
        return _FOOT.sub(lambda one: one.group() + "\f", text)
    first = found[0]  # heads: what stands above the first is no page of its own
    return text[: first.start()] + _FOOT.sub(lambda one: "\f" + one.group(), text[first.end() :])


def _find_edges(page: Sequence[str]) -> set[int]:
    """The places of the outermost lines that hold text."""
    filled = [at for at, line in enumerate(page) if line.strip()]
    return {*filled[:MAX_EDGE_LINES], *filled[-MAX_EDGE_LINES:]} if len(filled) > 2 * MAX_EDGE_LINES else set(filled)


def _make_key(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()).lower())


def _is_furniture(line: str, counts: Counter[str]) -> bool:
    text = line.strip()
    if not text or _PAGE_LINE.fullmatch(text):
        return bool(text)
    return counts[_make_key(line)] >= MIN_REPEATS and not is_finished(text)


def _join_cut(pages: list[list[str]]) -> None:
    """Move the end of a paragraph that a page cut to the page it begins on."""
    for page, following in itertools.pairwise(pages):
        last = next((line for line in reversed(page) if line.strip()), "")
        first = next((at for at, line in enumerate(following) if line.strip()), -1)
        if first < 0 or not last or is_finished(last) or not _goes_on(following[first]):
            continue
        end = next((at for at in range(first, len(following)) if not following[at].strip()), len(following))
        while page and not page[-1].strip():
            page.pop()
        page[-1] = f"{page[-1].rstrip()} {following[first].strip()}"
        page += following[first + 1 : end]
        del following[:end]


def _goes_on(line: str) -> bool:
    """Whether the first line of a page can belong to the paragraph before it."""
    text = line.strip()
    indented = line[0] == " " and not line.startswith(" " * 24)
    return (indented or text[0].islower()) and not BULLET.match(text) and not find_marker(text)


def lay_head(text: str) -> str:
    """A text with the two columns of its head, as RFCs have them, as lines below its title; others stay as they are."""
    groups = re.split(r"\n(?:[ ]*\n)+", text.lstrip("\n"), maxsplit=2)
    if len(groups) < 3:
        return text
    spread = [_SPREAD.fullmatch(line) for line in groups[0].split("\n")]
    title = [line for line in groups[1].split("\n") if line.strip()]
    centred = title and all(len(line) - len(line.lstrip()) >= MIN_CENTRED_INDENT for line in title)
    if not centred or len(spread) < MIN_SPREAD_LINES or not all(spread) or is_finished(title[-1]):
        return text
    found = [line for line in spread if line]
    right = [line["right"] or line["only"] for line in found]
    left = [line["left"] for line in found if line["left"]]
    return "\n\n".join([" ".join(" ".join(title).split()), *left, *right, _move_notices(groups[2])])


def _move_notices(text: str) -> str:
    """A text with its abstract before the notices that stand above it."""
    found = re.search(r"(?:\A|\n)Abstract[ ]*\n(?:[ ]*\n)*(?:[ ]+\S.*\n?|[ ]*\n)+", text)
    if not found or "\f" in text[: found.start()]:
        return text
    return f"{found.group().strip()}\n\n{text[: found.start()]}\n\n{text[found.end() :]}"
