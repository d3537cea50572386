"""Where sentences end in academic and official English.

Rules, not a model: they know "et al.", "Fig. 3", initials, numbered lists, citations after the full stop and the
lost spaces of text taken from PDF files. Measured by `python -m kg.annotate.train measure`.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence

from kg.annotate.abbreviations import BEFORE_NUMBER, BEFORE_OPENER, NEVER_LAST, OPENERS
from kg.annotate.records import SentenceSpan
from kg.model import Block, BlockKind

#: Blocks that are one unit however they are punctuated.
WHOLE_KINDS = frozenset(
    {
        BlockKind.TITLE,
        BlockKind.AUTHOR,
        BlockKind.AFFILIATION,
        BlockKind.KEYWORDS,
        BlockKind.METADATA,
        BlockKind.HEADING,
        BlockKind.REFERENCE,
    }
)
#: Blocks whose lines stand for themselves.
LINE_KINDS = frozenset({BlockKind.TABLE, BlockKind.CODE})

_CLOSERS = "\"'”’»)\\]}"
#: A mark that may end a sentence, with what closes after it, or an empty line.
_CANDIDATE = re.compile(
    rf"(?P<mark>[.!?…]+(?:\s\.){{0,3}})(?P<close>[{_CLOSERS}]*)|(?P<wide>[。！？]+[”’」』）]*)|(?P<blank>\n[ \t]*\n\s*)"
)
#: A numbered citation or a footnote mark that follows the full stop it belongs to.
_TRAILING_CITATION = re.compile(r"\s?\[\d{1,3}(?:\s*[-–,;]\s*\d{1,3})*\](?=\s+[“\"'(]?[A-Z]|\s*$)")
_TRAILING_NOTE = re.compile(r"(?:\d{1,3}(?:,\d{1,3})*|\s\d{1,2})(?=\s+[“\"(]?[A-Z]|\s*$)")
_WORD_BEFORE = re.compile(r"[^\s(\[{“\"‘<>=|—]*\Z")
_ENUMERATOR = re.compile(r"[(\[]?(?:\d{1,2}(?:\.\d{1,2})*|[A-Za-z]|[ivxIVX]{1,5})[)\]]?\Z")
_CAPTION_LABEL = re.compile(
    r"(?:Figure|Fig\.|Table|Tab\.|Box|Chart|Listing|Graph|Exhibit)\s+[A-Z]?\d{0,3}(?:[.-]\d+)*\Z"
)
_NEXT_WORD = re.compile(r"[\s“\"'‘(\[*_]*([^\W\d_][\w'’-]*)")
_GLUED_SENTENCE = re.compile(r"[“\"]?(?:[A-Z][a-z]+(?:-[a-z]+)*[,;]?\s|(?:A|I)\s|[A-Z][a-z]+ly,)")
_LOWER_OPENER = re.compile(r"(?:e|i|m|u)-?[A-Z]|e-[a-z]{3}|(?:[a-h]|[ivx]{1,4})[.)]\s")
_AFTER_NUMBER_WORD = re.compile(r"[\s(\[]*(?:\d|[IVXLC]{2,}\b|[A-Z](?=[.\d)-])|[B-HJ-Z]\b|§)")
_LOOKBACK_CHARS = 60


def _find_previous_word(text: str, start: int, at: int) -> str:
    """The run of characters before the mark, without an opening bracket or quote."""
    found = _WORD_BEFORE.search(text[max(start, at - _LOOKBACK_CHARS) : at])
    return found.group() if found else ""


def _is_opener(text: str, at: int, end: int) -> bool:
    found = _NEXT_WORD.match(text, at, end)
    return bool(found) and found is not None and found.group(1).lower() in OPENERS and found.group(1)[0].isupper()


def _ends_after_word(word: str, text: str, at: int, end: int) -> bool:
    """Whether a full stop after this word ends a sentence, when white space and no lower-case word follow."""
    bare = word.lower().lstrip("'‘").replace("\u00a0", " ")
    if bare in NEVER_LAST or re.search(r"(?:^|[^a-z])(?:e\.g|i\.e)\Z", bare):
        return False
    if bare in BEFORE_NUMBER:
        if bare in {"p", "v", "n", "c", "st", "pt"}:
            return _is_opener(text, at, end)
        return not _AFTER_NUMBER_WORD.match(text, at, end)
    if bare == "al":
        return not re.match(r"[\s(\[]*[\d(\[’']", text[at : min(end, at + 8)])
    if bare in BEFORE_OPENER or re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word):
        return _is_opener(text, at, end)
    if re.fullmatch(r"(?:[A-Z]\.-?)*[A-Z]|[A-Z][a-z]?\.-[A-Z]", word):
        return _is_opener(text, at, end)
    return True


def _continues(text: str, at: int, end: int) -> bool:
    """Whether what follows the white space cannot open a sentence."""
    rest = text[at : min(end, at + 12)].lstrip()
    if not rest:
        return False
    if rest[0].islower():
        return not _LOWER_OPENER.match(rest)
    return rest[0] in ",;:%)]}=<>" or rest.startswith(("--", "– ", "— "))


def _ends_glued(text: str, word: str, at: int, end: int) -> bool:
    """Whether a sentence follows although its space was lost: "services.The next"."""
    if not re.fullmatch(r"[A-Za-z]*[a-z]{3}|.*[)\]%”\"]", word) or re.search(r"[@/\\.]|www|http", word):
        return False
    if word[0].isupper() and not _is_opener(text, at, end):
        return False
    return bool(_GLUED_SENTENCE.match(text, at, end))


def _is_label(text: str, begin: int, at: int, word: str) -> bool:
    """Whether the full stop ends no sentence but the number of an item ("2.", "...: 1.") or a caption's "Figure 3."."""
    first = at - len(word)
    before = text[begin:first].strip("([ \n\t*") if first - begin < _LOOKBACK_CHARS else text[first - 2 : first].strip()
    if _ENUMERATOR.match(word) and (not before or (before[-1] in ":;" and word[-1].isdigit())):
        return True
    return at - begin < _LOOKBACK_CHARS and bool(_CAPTION_LABEL.match(text[begin:at].lstrip()))


def _find_end(text: str, begin: int, found: re.Match[str], end: int) -> int | None:
    """Offset at which the sentence that began at `begin` ends, given a candidate mark, or None."""
    at = found.end()
    if found["blank"] or found["wide"]:
        return found.start() if found["blank"] else at
    mark = found["mark"]
    if at >= end:
        return end
    word = _find_previous_word(text, begin, found.start())
    if mark == "." and _is_label(text, begin, found.start(), word):
        return None
    is_stop = mark[0] == "." and len(mark) == 1
    citation = _TRAILING_CITATION.match(text, at, end) or (
        _TRAILING_NOTE.match(text, at, end) if re.search(r"[^\W\d_]{2}\Z|[)\]”\"]\Z", word + found["close"]) else None
    )
    if citation and word.lower() not in NEVER_LAST | BEFORE_NUMBER | {"al"}:
        return citation.end()
    if not text[at].isspace():
        return at if (is_stop or mark[0] in "!?") and _ends_glued(text, word + found["close"], at, end) else None
    if _continues(text, at, end):
        return None
    if is_stop and not found["close"].strip("”\"’'") and not _ends_after_word(word, text, at, end):
        return None
    return at


def split_sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences of one stretch of running text, without the white space around them.

    >>> text = "Trust fell (Lee et al. 2019). See Fig. 3."
    >>> [text[a:b] for a, b in split_sentences(text)]
    ['Trust fell (Lee et al. 2019).', 'See Fig. 3.']
    """
    end = len(text) if end is None else end
    begin = start
    for found in _CANDIDATE.finditer(text, start, end):
        if found.start() < begin:
            continue
        stop = _find_end(text, begin, found, end)
        if stop is not None:
            yield from _trim(text, begin, stop)
            begin = stop
    yield from _trim(text, begin, end)


def _trim(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    part = text[start:end]
    body = part.strip()
    if body:
        start += len(part) - len(part.lstrip())
        yield start, start + len(body)


def _split_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for line in re.finditer(r"[^\n]+", text[start:end]):
        yield from _trim(text, start + line.start(), start + line.end())


def find_sentences(text: str, blocks: Sequence[Block]) -> list[SentenceSpan]:
    """Sentences of the blocks, in reading order; none crosses the edge of a block.

    A title, heading, name, keyword or reference is one sentence; a table or a listing has one a line.
    """
    sentences: list[SentenceSpan] = []
    for i, block in enumerate(blocks):
        if block.kind in WHOLE_KINDS:
            spans = _trim(text, block.start, block.end)
        elif block.kind in LINE_KINDS:
            spans = _split_lines(text, block.start, block.end)
        else:
            spans = split_sentences(text, block.start, block.end)
        sentences.extend(SentenceSpan(start, end, i) for start, end in spans)
    return sentences


def hash_sentence(text: str) -> str:
    """A name for a sentence that tells nothing of it, whatever spaces stand in it."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()[:16]
