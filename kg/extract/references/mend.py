"""Slips of the tagger that the string itself shows: words, brackets and names cut, dates taken for numbers."""

from collections.abc import Sequence

from kg.extract.references.labels import INDEX
from kg.extract.references.tokens import CUES, Token

OTHER, TITLE, CONTAINER = INDEX["other"], INDEX["title"], INDEX["container"]
VOLUME, YEAR = INDEX["volume"], INDEX["year"]
#: What may stand inside a title without ending it.
_INSIDE = frozenset({OTHER, YEAR, VOLUME, INDEX["issue"], INDEX["pages"]})
#: Tokens of a title that its tagger may have taken for something else: "(August 2015):", "1801, 2, 5".
_LONGEST_GAP = 6
#: A bracket that a field opens is closed within this many tokens.
_LONGEST_BRACKET = 8
_CLOSING = {"(": ")", "[": "]", "{": "}"}
FAMILY, INSIDE, GIVEN = (INDEX[name] for name in ("family", "family-in", "given"))
_LONGEST_MARKER = 9


def mend_labels(tokens: Sequence[Token], labels: Sequence[int]) -> list[int]:
    """The labels with each slip mended that the tokens leave no doubt about."""
    mended = list(labels)
    for i, label in enumerate(labels):
        if (label == YEAR and _is_archive_number(tokens, i)) or (label == VOLUME and _is_day(tokens, i)):
            mended[i] = OTHER
    _drop_marker(tokens, mended)
    _mend_names(tokens, mended)
    if TITLE in labels:
        _bridge(mended)
        _complete_words(tokens, mended)
        _close_bracket(tokens, mended, TITLE)
    if CONTAINER in labels:
        _close_bracket(tokens, mended, CONTAINER)
    return mended


def _is_archive_number(tokens: Sequence[Token], i: int) -> bool:
    """Whether "1704" is the beginning of "1704.03648"."""
    return (
        i + 2 < len(tokens)
        and tokens[i + 1].text == "."
        and len(tokens[i + 2].text) in (4, 5)
        and tokens[i + 2].text.isdecimal()
        and tokens[i].end + 1 == tokens[i + 2].start
    )


def _is_day(tokens: Sequence[Token], i: int) -> bool:
    """Whether a number is the day of a date: "29 August", "27. Oktober"."""
    text = tokens[i].text
    if not text.isdecimal() or len(text) > 2 or int(text) > 31:
        return False
    after = next((token.text for token in tokens[i + 1 : i + 3] if token.text != "."), "")
    return len(after) > 2 and after.lower() in CUES["month"] and after[0].isupper()


def _find_main_run(labels: Sequence[int], label: int) -> tuple[int, int]:
    """The longest run [i, j) of a label."""
    best, start = (0, 0), -1
    for i, one in enumerate([*labels, -1]):
        if one == label:
            start = i if start < 0 else start
        elif start >= 0:
            best = max(best, (start, i), key=lambda run: run[1] - run[0])
            start = -1
    return best


def _bridge(labels: list[int]) -> None:
    """Titles that numbers or a date part become one."""
    last = -1
    for i, label in enumerate(labels):
        if label != TITLE:
            continue
        gap = labels[last + 1 : i]
        if last >= 0 and gap and len(gap) <= _LONGEST_GAP and _INSIDE.issuperset(gap):
            labels[last + 1 : i] = [TITLE] * len(gap)
        last = i


def _complete_words(tokens: Sequence[Token], labels: list[int]) -> None:
    """The title begins and ends where a word does: "3D", "87Rb", "1990s"."""
    i, j = _find_main_run(labels, TITLE)
    while i > 0 and _is_glued(tokens[i - 1], tokens[i]):
        i -= 1
        labels[i] = TITLE
    while j < len(tokens) and _is_glued(tokens[j - 1], tokens[j]):
        labels[j] = TITLE
        j += 1


def _is_glued(before: Token, after: Token) -> bool:
    return before.end == after.start and before.text[-1].isalnum() and after.text[0].isalnum()


def _close_bracket(tokens: Sequence[Token], labels: list[int], label: int) -> None:
    """The bracket that the field opens last is closed inside it, if it is closed soon."""
    i, j = _find_main_run(labels, label)
    texts = [token.text for token in tokens[i:j]]
    for opening, closing in _CLOSING.items():
        if texts.count(opening) <= texts.count(closing):
            continue
        near = range(j, min(len(tokens), j + _LONGEST_BRACKET))
        close = next((k for k in near if tokens[k].text == closing), -1)
        if close >= 0:
            labels[j : close + 1] = [label] * (close + 1 - j)


def _drop_marker(tokens: Sequence[Token], labels: list[int]) -> None:
    """What a list's own label holds is no field: "[Smith2006-MIT]"."""
    if tokens[:1] and tokens[0].text == "[":
        close = next((k for k, token in enumerate(tokens[:_LONGEST_MARKER]) if token.text == "]"), -1)
        labels[: close + 1] = [OTHER] * (close + 1)


def _mend_names(tokens: Sequence[Token], labels: list[int]) -> None:
    """Initials of two letters ("Yu. M. Petrov") and hyphened names ("Ho-Seop Kim", "Berg-Maas SU") stay whole."""
    for i in range(len(labels) - 2):
        if labels[i] != FAMILY or labels[i + 1] != GIVEN:
            continue
        text, mark = tokens[i].text, tokens[i + 1].text
        if mark == "." and len(text) == 2 and text.istitle() and _is_family_after(tokens, labels, i + 2):
            labels[i] = GIVEN
        elif mark in "-‐" and tokens[i].end + 1 == tokens[i + 2].start and labels[i + 2] == GIVEN:
            _mend_hyphen(tokens, labels, i)


def _is_family_after(tokens: Sequence[Token], labels: Sequence[int], start: int) -> bool:
    """Whether a surname follows with nothing but initials before it."""
    k = start
    while k < len(labels) and labels[k] == GIVEN and (len(tokens[k].text) == 1):
        k += 1
    return k < len(labels) and labels[k] == FAMILY


def _mend_hyphen(tokens: Sequence[Token], labels: list[int], i: int) -> None:
    follows = i + 3 < len(labels) and labels[i + 3] == FAMILY
    if follows and not (tokens[i + 3].text.isupper() and len(tokens[i + 3].text) <= 3):
        labels[i] = GIVEN
        return
    labels[i + 1 : i + 3] = [INSIDE, INSIDE]
    if follows:
        labels[i + 3] = GIVEN
