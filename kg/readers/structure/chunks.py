"""Chunks: the paragraphs, headings and items of a file before it is known what each is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.readers.characters import squeeze
from kg.readers.word_lists import load_words


@dataclass(frozen=True, slots=True)
class Chunk:
    """One stretch of text on one line.

    role: what the format says it is (a value of BlockKind), "" where that must be found out.
    level: depth of a heading or item where the format gives it, else 0.
    number, label: as on a Block, where the format gives them.
    lead: length of the bold words the text begins with, where a whole first phrase is bold, else 0.
    """

    text: str
    role: str = ""
    level: int = 0
    number: str = ""
    label: str = ""
    page: int | None = None
    lead: int = 0


#: Depth given to a line that is bold as a whole: below every heading that is marked as one.
BOLD_LEVEL = 7
MAX_BOLD_WORDS = 24
#: A line end without a sentence end after one of these is cut in the middle.
OPEN_WORDS = load_words("open_words")
CLOSERS = "\"'”’»)]"
ENDINGS = ".?!:;…。！？：；"
#: Fewer characters than this without a sentence end are a title or an item rather than a paragraph cut in two.
MIN_CUT_CHARS = 40


def is_finished(text: str) -> bool:
    """Whether the text ends as a sentence does."""
    return text.rstrip(CLOSERS + " ")[-1:] in tuple(ENDINGS)


def is_cut(text: str, following: str) -> bool:
    """Whether a page break cut one paragraph into these two."""
    if not text or not following or is_finished(text):
        return False
    if following[0].islower() and len(text) >= MIN_CUT_CHARS:
        return True
    last = text.split()[-1].lower().rstrip(",")
    return len(text) >= MIN_CUT_CHARS and (last in OPEN_WORDS or text.endswith(",")) and following[0] not in "-•*["


def join_cut(chunks: Iterable[Chunk]) -> list[Chunk]:
    """Chunks with paragraphs and items that a page break cut in two joined again."""
    joined: list[Chunk] = []
    for chunk in chunks:
        last = joined[-1] if joined else None
        if (
            last
            and last.role in {"", "paragraph", "item"}
            and chunk.role in {"", "paragraph"}
            and is_cut(last.text, chunk.text)
        ):
            joined[-1] = replace(last, text=join_lines(last.text, chunk.text))
        else:
            joined.append(chunk)
    return joined


def join_lines(first: str, second: str) -> str:
    """Two pieces of one paragraph on one line."""
    return squeeze(f"{first} {second}")


def make_runs_chunk(runs: Sequence[tuple[str, bool]], template: Chunk) -> Chunk | None:
    """A paragraph of runs of plain and bold text as a chunk, None if it is empty.

    A short paragraph that is bold as a whole is a heading; bold words at its beginning are its lead.
    template: role, level, number and page of the chunk.
    """
    text, lead = _join_runs(runs)
    if not text:
        return None
    is_bold = lead >= len(text) and len(text.split()) <= MAX_BOLD_WORDS and (text[0].isalnum() or text[0] in "“\"'(¿¡")
    if template.role == "" and is_bold and any(char.isalpha() for char in text) and text[-1] not in ".,;":
        return replace(template, text=text.rstrip(": "), role="heading", level=BOLD_LEVEL)
    return replace(template, text=text, lead=lead if lead < len(text) else 0)


def _join_runs(runs: Sequence[tuple[str, bool]]) -> tuple[str, int]:
    """The text of runs on one line, and the length of the bold text it begins with."""
    raw, cut = "", 0
    in_lead = True
    for text, bold in runs:
        in_lead = in_lead and (bold or not text.strip())
        raw += text
        cut = len(raw) if in_lead else cut
    return squeeze(raw), len(squeeze(raw[:cut]))
