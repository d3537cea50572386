"""Labelled tokens of a reference -> its fields, cleaned."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.extract.references.labels import LABELS
from kg.extract.references.tokens import Token

_OPENING, _CLOSING = "“\"‘'«„‹「『《〈<*_", "”\"’'»“›」』》〉>*_"
_TRIM = " \t\n.,;:،，。；：、/|–—-"
_DASHES = re.compile(r"\s*(?:-|–|—|−|‐|‑|~|～|\bto\b)+\s*")


@dataclass(frozen=True, slots=True)
class AuthorName:
    """A name as written, `written`, and which of its words are the surname by the tagger."""

    written: str
    family: str
    given: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """What a reference string says; "" where it does not say."""

    authors: tuple[AuthorName, ...] = ()
    title: str = ""
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    year: str = ""
    rest: tuple[str, ...] = field(default=())


def trim(text: str) -> str:
    """The text without marks that only separate fields and without quotation marks around it."""
    text = " ".join(text.split())
    before = ""
    while text != before:
        before = text
        text = text.strip(_TRIM)
        if len(text) > 1 and text[0] in _OPENING and (text[-1] in _CLOSING or not _holds_closing(text)):
            text = text[1:].removesuffix(text[-1]) if text[-1] in _CLOSING else text[1:]
        elif (
            text
            and text[-1] in '”"»」』》'
            and not any(c in text for c in "“«「『《„")
            and text.count('"') % 2 == text.count('"') % 2
        ):
            text = text[:-1] if text.count(text[-1]) % 2 == 1 else text
        text = _balance(text)
    return text


def _holds_closing(text: str) -> bool:
    return any(c in text[1:] for c in _CLOSING)


def _balance(text: str) -> str:
    """The text without a bracket at its ends that has no partner."""
    for opening, closing in ("()", "[]"):
        if text.endswith(opening) or (text.endswith(closing) and text.count(closing) > text.count(opening)):
            text = text[:-1]
        if text.startswith(closing) or (text.startswith(opening) and text.count(opening) > text.count(closing)):
            text = text[1:]
    return text


def find_runs(labels: Sequence[int], wanted: str) -> list[tuple[int, int]]:
    """Runs [i, j) of tokens with the label."""
    index, runs, start = LABELS.index(wanted), [], -1
    for i, label in enumerate(labels):
        if label == index and start < 0:
            start = i
        elif label != index and start >= 0:
            runs.append((start, i))
            start = -1
    if start >= 0:
        runs.append((start, len(labels)))
    return runs


def _find_names(labels: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs [i, j) of one name each: a name holds one surname and ends at a separator or where the next begins."""
    family, inside, given = (LABELS.index(name) for name in ("family", "family-in", "given"))
    inverted = next((label == family for label in labels if label in (family, given)), True)
    start, families = -1, 0
    for i, label in enumerate([*labels, -1]):
        is_name = label in (family, inside, given)
        begins = label == family if inverted else label == given and labels[i - 1] in (family, inside)
        if start >= 0 and (not is_name or (begins and families) or (label == family and families)):
            yield start, i
            start, families = -1, 0
        if is_name:
            start = i if start < 0 else start
            families += label == family


def _make_name(
    reference: str, tokens: Sequence[Token], labels: Sequence[int], run: tuple[int, int]
) -> AuthorName | None:
    i, j = run
    while i < j and not tokens[i].text[0].isalnum():
        i += 1
    while j > i and not tokens[j - 1].text[0].isalnum() and tokens[j - 1].text != ".":
        j -= 1
    is_family = [LABELS[label].startswith("family") for label in labels[i:j]]
    words = [(token, flag) for token, flag in zip(tokens[i:j], is_family, strict=True)]
    family = [token for token, flag in words if flag]
    if not words or not any(token.text[0].isalpha() for token, _ in words):
        return None
    given = [token for token, flag in words if not flag and (token.text[0].isalnum() or token.text in ".-‐'’")]
    written = reference[tokens[i].start : tokens[j - 1].end]
    if not (len(tokens[j - 2].text) == 1 if j - i > 1 else False):
        written = written.rstrip(" .")
    return AuthorName(" ".join(written.split()), _join(reference, family), _join(reference, given))


def _join(reference: str, tokens: Sequence[Token]) -> str:
    """The tokens as written, one space where any stood between them."""
    parts: list[str] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        parts.append(" " if before is not None and token.start > before.end else "")
        parts.append(token.text)
    return "".join(parts).strip(" .-")


def _cut(reference: str, tokens: Sequence[Token], run: tuple[int, int]) -> str:
    return reference[tokens[run[0]].start : tokens[run[1] - 1].end]


def _find_text(reference: str, tokens: Sequence[Token], labels: Sequence[int], label: str) -> str:
    """The longest run of the label, joined with runs that only marks keep apart."""
    joined: list[tuple[int, int]] = []
    for run in find_runs(labels, label):
        gap = tokens[joined[-1][1] : run[0]] if joined else []
        if joined and len(gap) <= 2 and not any(token.text[0].isalnum() for token in gap):
            joined[-1] = (joined[-1][0], run[1])
        else:
            joined.append(run)
    if not joined:
        return ""
    return trim(_cut(reference, tokens, max(joined, key=lambda run: tokens[run[1] - 1].end - tokens[run[0]].start)))


def _find_number(reference: str, tokens: Sequence[Token], labels: Sequence[int], label: str) -> str:
    """The first run of the label that holds a digit or a Roman numeral."""
    for run in find_runs(labels, label):
        text = trim(_cut(reference, tokens, run))
        if any(c.isdigit() for c in text) or re.fullmatch(r"[IVXLCivxlc]+", text):
            return text
    return ""


def build_fields(reference: str, tokens: Sequence[Token], labels: Sequence[int]) -> Fields:
    """The fields that the labels mark in the reference string."""
    names = (_make_name(reference, tokens, labels, run) for run in _find_names(labels))
    return Fields(
        authors=tuple(name for name in names if name is not None),
        title=_find_text(reference, tokens, labels, "title"),
        container=_find_text(reference, tokens, labels, "container"),
        volume=_find_number(reference, tokens, labels, "volume"),
        issue=_find_number(reference, tokens, labels, "issue"),
        pages=_DASHES.sub("-", _find_number(reference, tokens, labels, "pages")),
        year=_find_number(reference, tokens, labels, "year"),
    )
