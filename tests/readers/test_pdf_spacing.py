"""Spaces that a PDF does not hold."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kg.readers import read_document
from kg.readers.pdf.spacing import Letter, add_spaces, drop_idle_spaces, find_glued, find_narrow, part_words

Placed = tuple[float, float, float, str, str]
#: Advance widths of Helvetica in thousandths of the letter size (Adobe, core font metrics).
WIDTHS = dict.fromkeys("abdeghnopquL", 556) | dict.fromkeys("cksvxyz", 500) | dict.fromkeys("ijl", 222)
WIDTHS |= {"f": 278, "t": 278, ".": 278, "r": 333, "m": 833, "w": 722, "(": 333, ")": 333, "T": 611, "S": 667}


def place(words: str, *, gap: float, size: float = 10.0) -> list[Letter]:
    """Letters of a line, those that "|" parts by so many letter sizes."""
    letters: list[Letter] = []
    x = 0.0
    for char in words:
        if char == "|":
            x += gap * size
            continue
        end = x + WIDTHS[char] * size / 1000
        letters.append(Letter(char, x, end, 0.0, size, "f", bold=False))
        x = end
    return letters


def space(words: str, gaps: list[float]) -> list[Letter]:
    """Letters of a line with written spaces, each as wide as so many letter sizes."""
    letters: list[Letter] = []
    x = 0.0
    for word, gap in zip(words.split(" "), [*gaps, 0.0], strict=True):
        placed = [replace(letter, x0=letter.x0 + x, x1=letter.x1 + x) for letter in place(word, gap=0)]
        end = placed[-1]
        letters += [*placed, replace(end, char=" ", x0=end.x1)]
        x = end.x1 + 10 * gap
    return letters[:-1]


def write(letters: list[Letter]) -> str:
    return "".join(letter.char for letter in letters)


def test_letters_far_apart_are_two_words() -> None:
    assert write(add_spaces(place("offices|share", gap=0.2))) == "offices share"
    assert write(add_spaces(place("offices|share", gap=0.08))) == "officesshare"


def test_gap_behind_a_stop_and_before_a_bracket_is_a_space() -> None:
    assert write(add_spaces(place("law.|Then|(in|part)|they", gap=0.1))) == "law. Then (inpart) they"


def test_address_stays_whole() -> None:
    assert write(add_spaces(place("www.example.eu", gap=0.1))) == "www.example.eu"


def test_spaced_out_letters_are_one_word() -> None:
    assert write(add_spaces(place("o|f|f|i|c|e", gap=0.2))) == "office"


def test_space_that_takes_no_room_is_none_where_the_others_do() -> None:
    assert write(drop_idle_spaces(space("the law of scienc e", [0.3, 0.3, 0.3, 0.0]))) == "the law of science"
    assert write(drop_idle_spaces(space("the law of scienc e", [0.0, 0.0, 0.0, 0.0]))) == "the law of scienc e"


def test_narrow_gap_is_a_space_where_both_halves_are_words_and_the_whole_is_none() -> None:
    texts = ["employees share", "employees wait", "to all employees", "to us to them", "employeesto wait"]
    assert find_narrow(place("employees|to", gap=0.08)) == ("employees to",)
    glued = find_glued({"employees to", "in to", "f or"}, [*texts, "in to in to in to", "into into for"])
    assert glued == {"employeesto": "employees to"}
    assert part_words("Train employeesto wait.", glued) == "Train employees to wait."


def test_words_of_a_page_with_a_narrow_gap_are_parted(
    make_pdf: Callable[[Path, list[list[Placed]]], Path], tmp_path: Path
) -> None:
    def lay(words: str, y: float) -> list[Placed]:
        row: list[Placed] = []
        letters = place(words, gap=0.085)
        for letter in letters:
            row.append((70 + letter.x0, y, 10.0, "F1", letter.char))
        return row

    plain = [
        "All employees have to share what they know with others here.",
        "We ask the employees to go to the office, and the employees to wait.",
    ]
    page = [(70.0, 740.0 - 12 * i, 10.0, "F1", text) for i, text in enumerate(plain)]
    page += [*lay("employees|to", 700.0), (140.0, 700.0, 10.0, "F1", "wait for others in the office who know it.")]
    text = read_document(make_pdf(tmp_path / "x.pdf", [page])).text
    assert "employees to wait for others in the office" in text
