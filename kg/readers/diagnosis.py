"""How a file was read, and what looks wrong with it."""

import logging
import re
from collections import Counter
from pathlib import Path

from kg.model import BlockKind, Document
from kg.readers import READERS, make_document, read_file
from kg.readers.structure.chunks import is_finished

MAX_PARAGRAPH_CHARS = 6000
#: Shares beyond which a text was probably not read as it is meant.
MAX_UNFINISHED_SHARE = 0.25
MIN_SHARED_WORDS = 0.95
MIN_PROSE_CHARS = 60
MIN_TEXT_CHARS = 400
MAX_COMPARED_PAGES = 40


def read_with_notes(path: Path) -> tuple[Document, list[str]]:
    """A file's document, and in plain words how it was read. Raises ReadError."""
    reading = read_file(path)
    document = make_document(reading, file=path.name)
    notes = [f"read by {READERS[path.suffix.lower()]}", *reading.notes]
    if path.suffix.lower() == ".pdf":
        notes += _compare_with_pypdf(path, document)
    return document, notes


def _compare_with_pypdf(path: Path, document: Document) -> list[str]:
    """Whether a second reader finds words on the first pages that the first does not."""
    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        pages = pypdf.PdfReader(path).pages
        text = "\n".join(page.extract_text() for page in pages[:MAX_COMPARED_PAGES])
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        return [f"pypdf cannot read it ({type(error).__name__}), so it was not compared"]
    ours, theirs = (Counter(re.findall(r"[^\W\d_]{4,}", words.lower())) for words in (document.text, text))
    total = sum(theirs.values())
    if not total:
        return ["pypdf finds no text in it"]
    share = sum(min(count, ours[word]) for word, count in theirs.items()) / total
    return [f"holds {share:.0%} of the words that pypdf finds, running heads included"]


def find_oddities(document: Document) -> list[str]:
    """What looks wrong in a document as read, in plain words with what to do; nothing if all is well."""
    count = Counter(block.kind for block in document.blocks)
    odd: list[str] = []
    if not count[BlockKind.TITLE]:
        odd.append("no title was found; give one in front matter or in a record that names the file")
    if document.kind in {"paper", "abstract"} and not count[BlockKind.AUTHOR]:
        odd.append("no author was found")
    if document.kind == "paper" and not count[BlockKind.REFERENCE]:
        odd.append("no reference list was found, although it cites like a paper")
    if document.kind != "abstract" and not count[BlockKind.HEADING]:
        odd.append("no heading was found: the whole is one section")
    if not document.language.startswith("en"):
        odd.append(
            f"its language is '{document.language}': it is stored with its facts, statements are found in English only"
        )
    return odd + _find_odd_text(document, count)


def _find_odd_text(document: Document, count: Counter[BlockKind]) -> list[str]:
    odd: list[str] = []
    if len(document.text) < MIN_TEXT_CHARS and document.kind != "abstract":
        odd.append(f"only {len(document.text)} characters of text")
    prose = [document.block_text(b) for b in document.find_blocks(BlockKind.PARAGRAPH)]
    long = sum(len(text) > MAX_PARAGRAPH_CHARS for text in prose)
    if long:
        odd.append(f"{long} paragraphs are longer than {MAX_PARAGRAPH_CHARS} characters: their ends were not seen")
    full = [text for text in prose if len(text) >= MIN_PROSE_CHARS]
    unfinished = sum(not is_finished(text) for text in full)
    if full and unfinished > MAX_UNFINISHED_SHARE * len(full):
        odd.append(f"{unfinished} of {len(full)} paragraphs end without a stop: lines may be cut or out of order")
    broken = document.text.count("\ufffd")
    if broken:
        odd.append(f"{broken} characters could not be decoded")
    if count[BlockKind.HEADING] > 2 * (count[BlockKind.PARAGRAPH] + count[BlockKind.ITEM]) > 0:
        odd.append("more headings than text: labels of drawings may have been taken for headings")
    numbers = [int(b.number) for b in document.find_blocks(BlockKind.REFERENCE) if b.number.isdecimal()]
    missing = sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))
    if missing:
        odd.append(f"the reference list lacks number {', '.join(map(str, missing[:10]))}")
    return odd
