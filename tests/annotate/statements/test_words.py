import pytest

from kg.annotate.statements.words import find_headings, find_words, has_bullet, is_heading


def test_words_are_lower_case_and_numbers_are_one_word() -> None:
    assert find_words("Don't open 25 data-sets (yet).") == ["don't", "open", "0", "data-sets", "(", "yet", ")", "."]


def test_very_long_sentence_is_cut() -> None:
    assert len(find_words("word " * 1000)) == 180


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Data protection", True),
        ("Data protection is everything.", False),
        ("one two three four five six seven eight nine", True),
        ("one two three four five six seven eight nine ten", False),
        ("What should agencies do?", False),
        ("", True),
    ],
)
def test_short_line_without_sentence_end_is_a_heading(sentence: str, expected: bool) -> None:
    assert is_heading(sentence) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"), [("- Train staff.", True), ("2) Train", True), ("Train - now", False)]
)
def test_list_mark_is_seen_only_at_the_beginning(sentence: str, expected: bool) -> None:
    assert has_bullet(sentence) is expected


def test_each_sentence_knows_the_heading_above_it() -> None:
    assert find_headings(["Risks", "Data leak.", "Trust is low.", "Actions", "Encrypt it."]) == [-1, 0, 0, 0, 3]
