"""The lines of a PDF page: text with place, size and weight, in the order in which the page draws them."""

import ctypes
import math
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kg.readers.marks import RAISED_CLOSE, RAISED_OPEN
from kg.readers.names import MARK_SEPARATOR
from kg.readers.pdf.spacing import MIN_SPACE_SIZES, Letter, space_out

#: A gap wider than this many letter sizes parts two stretches of one line: columns, cells, a margin.
MAX_GAP_SIZES = 1.8
#: A letter whose baseline differs by more than this share of the letter size stands on another line.
MAX_SHIFT_SIZES = 0.45
MAX_RAISED_SHARE = 0.86
#: So many letters carry a superscript that is longer than they are.
MIN_MAIN_LETTERS = 2
MAX_CHARS_PER_PAGE = 200_000
MIN_BOLD_WEIGHT = 600
MIN_CODE_SHARE = 0.9
_OURS = frozenset({RAISED_OPEN, RAISED_CLOSE, MARK_SEPARATOR})
_BOLD_NAMES = ("bold", "black", "heavy", "semib", "demi", "cmbx", "-bd", "medi")
_CODE_NAMES = ("courier", "mono", "consol", "cmtt", "menlo", "typewriter", "inconsolata")
_ITALIC_NAMES = ("italic", "oblique", "cmti", "-it", "slant")


@dataclass(frozen=True, slots=True)
class Rule:
    """An upright rule, lengths in points as for `Letter`, drawn or not.

    gap: it parts letters that stand at least so many letter sizes apart.
    """

    x: float
    foot: float
    top: float
    gap: float = 0.11


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of text on one baseline. Superscripts stand between RAISED_OPEN and RAISED_CLOSE.

    x0, x1: left and right end in points; y: baseline, from the foot of the page; size: of its letters.
    bold, italic: whether most letters are; lead: number of bold characters it begins with.
    is_row: whether it is a row of a ruled table. narrow: words in it with a space where a narrow gap may be one.
    """

    text: str
    page: int
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    italic: bool = False
    lead: int = 0
    font: str = ""
    is_row: bool = False
    narrow: tuple[str, ...] = ()

    @property
    def is_code(self) -> bool:
        """Whether it is set in a font whose letters are all equally wide, as programs are."""
        return _is_for_code(self.font)


def read_lines(page: pdfium.PdfPage, number: int, *, rules: Sequence[Rule] = ()) -> list[Line]:
    """The lines of a page, rotated text left out.

    rules: upright rules of tables, which part what stands to their left from what stands to their right.
    """
    text_page = page.get_textpage()
    try:
        lines: list[Line] = []
        letters: list[Letter] = []
        for letter in _read_letters(text_page):
            parted = (
                letters and letter.char.strip() and (_breaks(letters, letter) or _is_parted(letters, letter, rules))
            )
            if parted:
                lines += _make_lines(letters, number)
                letters = []
            letters.append(letter)
        return lines + _make_lines(letters, number)
    finally:
        text_page.close()


def _read_letters(text_page: pdfium.PdfTextPage) -> Iterator[Letter]:
    """The characters of a page; spaces carry the place of the letter before them.

    A font is asked for where a word begins or the size changes, which is a third of the time of asking for each letter.
    """
    handle = text_page.raw
    matrix, box = raw.FS_MATRIX(), raw.FS_RECTF()
    to_matrix, to_box = ctypes.byref(matrix), ctypes.byref(box)
    last: Letter | None = None
    in_word = False
    for i in range(min(text_page.count_chars(), MAX_CHARS_PER_PAGE)):
        code = raw.FPDFText_GetUnicode(handle, i)
        char = "-" if code == 2 else chr(code) if 0 < code < 0x110000 else ""
        if not char.strip() or char in _OURS:
            if last and char:
                yield Letter(" ", last.x1, last.x1, last.base, last.size, last.font, last.bold)
            in_word = False
            continue
        raw.FPDFText_GetMatrix(handle, i, to_matrix)
        raw.FPDFText_GetLooseCharBox(handle, i, to_box)
        size = raw.FPDFText_GetFontSize(handle, i) * (abs(matrix.d) or 1.0)
        left, right, base = box.left, box.right, matrix.f
        if abs(matrix.b) > abs(matrix.a) or not math.isfinite(left + right + base + size) or size <= 0:
            continue
        if last and in_word and last.size == size:
            font, bold = last.font, last.bold
        else:
            font, bold = _read_font(handle, i)
        last, in_word = Letter(char, left, right, base, size, font, bold), True
        yield last


def _read_font(handle: object, index: int) -> tuple[str, bool]:
    """The name of a letter's font in lower case, and whether it is bold."""
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(handle, index, name, 128, ctypes.byref(flags))
    font = name.value.decode("latin-1").split("+")[-1].lower()
    bold = raw.FPDFText_GetFontWeight(handle, index) >= MIN_BOLD_WEIGHT or any(part in font for part in _BOLD_NAMES)
    return font, bold


def _breaks(letters: list[Letter], letter: Letter) -> bool:
    """Whether a letter begins another line than the letters before it."""
    last = letters[-1]
    main = max(last.size, letter.size)
    gap = letter.x0 - last.x1
    if gap > MAX_GAP_SIZES * main or gap < -1.2 * main:
        return True
    shift = abs(letter.base - last.base)
    small = min(last.size, letter.size)
    if shift <= MAX_SHIFT_SIZES * small * 0.5:
        return False
    if small < MAX_RAISED_SHARE * main and shift < MAX_SHIFT_SIZES * 1.6 * main:
        return False
    # Back on the line that a superscript had left.
    base = next((other.base for other in reversed(letters) if other.size >= 0.95 * letter.size), None)
    return base is None or abs(base - letter.base) >= 0.15 * main or shift >= main


def _is_parted(letters: list[Letter], letter: Letter, rules: Sequence[Rule]) -> bool:
    """Whether a rule stands between a letter and the one before it."""
    left, right = letters[-1].x1, letter.x0
    sizes = (right - left) / letter.size
    if sizes < MIN_SPACE_SIZES:
        return False
    middle = letter.base + 0.3 * letter.size
    near = (rule for rule in rules if left - 1 < rule.x < right + 1 and rule.foot < middle < rule.top)
    return any(sizes >= rule.gap for rule in near)


def _make_lines(letters: list[Letter], page: int) -> list[Line]:
    """The letters of one line as a Line, none if they are all spaces."""
    letters, narrow = space_out(letters)
    inked = [letter for letter in letters if letter.char != " "]
    if not inked:
        return []
    size = _find_size(inked)
    base = statistics.median(letter.base for letter in inked if letter.size >= 0.95 * size)
    bold = [letter.bold for letter in inked]
    lead = next((i for i, is_bold in enumerate(bold) if not is_bold), len(bold))
    lead_chars = _measure_lead(letters, lead)
    fonts = Counter(letter.font for letter in inked)
    italic = sum(count for font, count in fonts.items() if any(part in font for part in _ITALIC_NAMES))
    text = _write(letters, size, base).rstrip()
    text = text[:-1] + "-" if text.endswith("\u00ad") else text
    return [
        Line(
            text, page, min(letter.x0 for letter in inked), max(letter.x1 for letter in inked), base, size,
            bold=2 * sum(bold) > len(bold), italic=2 * italic > len(inked), lead=lead_chars,
            font=pick_font(fonts), narrow=narrow,
        )
    ]  # fmt: skip


def _find_size(letters: list[Letter]) -> float:
    """The size of most letters of a line; of the larger ones before them where most are a superscript."""
    size = statistics.median_high(letter.size for letter in letters)
    larger = [letter for letter in letters if size < MAX_RAISED_SHARE * letter.size and letter.size < 2 * size]
    if len(larger) < MIN_MAIN_LETTERS or letters[0] not in larger:
        return size
    base = statistics.median(letter.base for letter in larger)
    small = (letter for letter in letters if letter.size <= size)
    raised = all(letter.base > base + 0.1 * letter.size for letter in small)
    return statistics.median_high(letter.size for letter in larger) if raised else size


def pick_font(fonts: Counter[str]) -> str:
    """The font of most letters; one for programs only where hardly another is used: sentences name terms in it."""
    font, count = fonts.most_common(1)[0]
    plain = [(number, name) for name, number in fonts.items() if not _is_for_code(name)]
    return max(plain)[1] if plain and _is_for_code(font) and count < MIN_CODE_SHARE * fonts.total() else font


def _is_for_code(font: str) -> bool:
    return any(part in font for part in _CODE_NAMES)


def _measure_lead(letters: list[Letter], inked: int) -> int:
    """Characters, spaces counted, up to the given number of letters."""
    for i, letter in enumerate(letters):
        if letter.char != " ":
            if not inked:
                return i
            inked -= 1
    return len(letters)


def _write(letters: list[Letter], size: float, base: float) -> str:
    """The text of a line with its superscripts marked."""
    parts: list[str] = []
    raised = False
    for letter in letters:
        is_raised = letter.char != " " and letter.size < MAX_RAISED_SHARE * size and letter.base > base + 0.1 * size
        if letter.char == " ":
            is_raised = raised
        if is_raised != raised:
            parts.append(RAISED_OPEN if is_raised else RAISED_CLOSE)
            raised = is_raised
        parts.append(letter.char)
    return "".join(parts) + (RAISED_CLOSE if raised else "")
