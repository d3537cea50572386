"""Spaces that a PDF does not hold: told by the gaps between letters, narrow ones by the words of the whole document."""

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

#: Letters whose advance widths leave more than this share of the letter size are parted by a space.
MIN_SPACE_SIZES = 0.11
#: Behind a stop and before a bracket hardly any font leaves a gap of its own.
MIN_SPACE_AT_MARK_SIZES = 0.09
#: Rounded places leave so little of a space now and then: one where both halves are words and the whole is none.
MIN_NARROW_SIZES = 0.06
MIN_USES = 3
#: A space that leaves less is drawn elsewhere; that is sure where so many others are on the line.
MAX_IDLE_SIZES = 0.02
MIN_SPACES = 3
_CLOSING, _OPENING = frozenset(".,;:!?)]”"), frozenset("([“")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Letter:
    """One character as drawn; lengths in points, y upwards from the foot of the page."""

    char: str
    x0: float
    x1: float
    base: float
    size: float
    font: str
    bold: bool


def space_out(letters: list[Letter]) -> tuple[list[Letter], tuple[str, ...]]:
    """The letters of a line with the spaces that the file lacks and without those it draws elsewhere; `find_narrow`.

    Most lines need neither, which one look at their gaps tells.
    """
    widest, has_idle = 0.0, False
    for before, letter in itertools.pairwise(letters):
        gap = letter.x0 - before.x1
        if before.char == " ":
            has_idle = has_idle or abs(gap) < MAX_IDLE_SIZES * letter.size
        elif gap > widest:
            widest = gap
    letters = drop_idle_spaces(letters) if has_idle else letters
    if not letters or widest <= MIN_NARROW_SIZES * min(letter.size for letter in letters):
        return letters, ()
    letters = add_spaces(letters)
    return letters, find_narrow(letters)


def add_spaces(letters: list[Letter]) -> list[Letter]:
    """The letters of a line with the spaces that the file lacks: where two stand clearly further apart than others."""
    pairs = list(itertools.pairwise(letters))
    gaps = [max(b.x0 - a.x1, 0.0) for a, b in pairs if a.char.isalpha() and b.char.isalpha()]
    usual = statistics.median(gaps) if gaps else 0.0
    spaced = letters[:1]
    for before, letter in pairs:
        least = _find_least(before, letter)
        limit = max(least * letter.size, 0.08 * letter.size + 2 * usual)
        if least and letter.x0 - before.x1 > limit and abs(before.base - letter.base) < 0.1 * letter.size:
            spaced.append(replace(before, char=" ", x0=before.x1))
        spaced.append(letter)
    return spaced


def drop_idle_spaces(letters: list[Letter]) -> list[Letter]:
    """The letters of a line without spaces that take no room between two letters, where the others on it do."""
    ends: list[tuple[int, int, float]] = []
    start = 0
    for is_space, group in itertools.groupby(letters, key=lambda letter: letter.char == " "):
        end = start + len(list(group))
        if is_space and start and end < len(letters):
            ends.append((start, end, (letters[end].x0 - letters[start - 1].x1) / letters[end].size))
        start = end
    if len(ends) < MIN_SPACES or statistics.median(gap for _, _, gap in ends) < MIN_SPACE_SIZES:
        return letters
    idle = {
        at
        for start, end, gap in ends
        for at in range(start, end)
        if abs(gap) < MAX_IDLE_SIZES and letters[start - 1].char.isalpha() and letters[end].char.islower()
    }
    return [letter for at, letter in enumerate(letters) if at not in idle]


def _find_least(before: Letter, letter: Letter) -> float:
    """The least gap in letter sizes that parts two characters, 0 where none does."""
    a, b = before.char, letter.char
    if a.isalpha() and b.isalpha():
        return MIN_SPACE_SIZES
    at_mark = (a in _CLOSING and (b.isalpha() or b in _OPENING)) or (a.isalpha() and b in _OPENING)
    return MIN_SPACE_AT_MARK_SIZES if at_mark else 0.0


def find_narrow(letters: Sequence[Letter]) -> tuple[str, ...]:
    """Words of a line with the space that a narrow gap in them may be: "employees to"."""
    found: list[str] = []
    for inside, group in itertools.groupby(letters, key=lambda letter: letter.char.isalpha()):
        word = list(group) if inside else []
        gaps = [(b.x0 - a.x1) / b.size for a, b in itertools.pairwise(word)]
        widest = max(gaps, default=0.0)
        if widest > MIN_NARROW_SIZES and gaps.count(widest) == 1:
            at = gaps.index(widest) + 1
            text = "".join(letter.char for letter in word)
            found.append(f"{text[:at]} {text[at:]}")
    return tuple(found)


def find_glued(narrow: Collection[str], texts: Sequence[str]) -> dict[str, str]:
    """Glued word -> its two, of the candidates whose halves the texts use as words and whose whole they hardly do."""
    if not narrow:
        return {}
    uses = Counter(word.lower() for text in texts for word in _WORD.findall(text))
    glued: dict[str, str] = {}
    for pair in narrow:
        first, _, second = pair.lower().partition(" ")
        whole = uses[first + second]
        if min(uses[first], uses[second]) >= max(MIN_USES, 3 * whole) and _are_words(first, second):
            glued[pair.replace(" ", "")] = pair
    return glued


def _are_words(*halves: str) -> bool:
    return all(len(half) > 1 or half in {"a", "i"} for half in halves)


def part_words(text: str, glued: dict[str, str]) -> str:
    """A text with its glued words apart."""
    return _WORD.sub(lambda word: glued.get(word.group(), word.group()), text)
