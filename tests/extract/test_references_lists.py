"""Where entries begin and end in lists that were read as long blocks or as prose."""

import pytest

from kg.extract.references.lists import find_entries
from kg.model import Block, BlockKind, Document

REFERENCE, PARAGRAPH = BlockKind.REFERENCE, BlockKind.PARAGRAPH


def entries(*blocks: tuple[BlockKind, str, str]) -> list[tuple[str, str]]:
    """Number and text of each entry; blocks: kind, number, text."""
    text, made = "", []
    for kind, number, content in blocks:
        start = len(text) + 2 * bool(text)
        text = f"{text}\n\n{content}" if text else content
        made.append(Block(kind, start, len(text), number=number))
    document = Document("d", "d.txt", text, tuple(made))
    return [(one.number, document.text[one.start : one.end]) for one in find_entries(document)]


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ([(REFERENCE, "1", "Lee, A. One."), (REFERENCE, "", "Kim, B.")], [("1", "Lee, A. One."), ("", "Kim, B.")]),
        (
            [(REFERENCE, "", "[1] Lee, A. One. 2001. [2] Kim, B. Two, see [7]. 2002.")],
            [("1", "Lee, A. One. 2001."), ("2", "Kim, B. Two, see [7]. 2002.")],
        ),
        (
            [
                (REFERENCE, "", "[1] Lee. One. [2] Kim. Two."),
                (REFERENCE, "", "Journal 3. [3] Cho. Three. A. APPENDIX Let x"),
            ],
            [("1", "Lee. One."), ("2", "Kim. Two.\n\nJournal 3."), ("3", "Cho. Three.")],
        ),
        (
            [(REFERENCE, "", "[1] Lee. One. [2] Kim. Two."), (REFERENCE, "", "Proof. " * 100)],
            [("1", "Lee. One."), ("2", "Kim. Two.")],
        ),
        (
            [(PARAGRAPH, "", f"[{n}] Lee, A. Part {n}. 200{n}.") for n in range(1, 6)],
            [(str(n), f"Lee, A. Part {n}. 200{n}.") for n in range(1, 6)],
        ),
        (
            [
                (REFERENCE, "", "Lee et al. (2020a)"),
                (REFERENCE, "", "Lee, A. (2020). One."),
                (REFERENCE, "", "Kim (2019)"),
            ],
            [("", "Lee, A. (2020). One."), ("", "Kim (2019)")],
        ),
        ([(PARAGRAPH, "", f"[{n}] is the number {n}.") for n in range(1, 6)], []),
        ([(PARAGRAPH, "", f"[{n}] Lee, A. 200{n}.") for n in range(1, 4)], []),
    ],
)
def test_entries_of_a_list(blocks: list[tuple[BlockKind, str, str]], expected: list[tuple[str, str]]) -> None:
    assert entries(*blocks) == expected
