"""Labels are measured and broken into short, even lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.render.wrapping import clean_text, measure_text, wrap_label


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("Data silos", ("Data silos",)),
        ("Data silos between departments", ("Data silos between", "departments")),
        ("one two three four five six seven", ("one two three four", "five six seven")),
        (
            "Departments keep their data because sharing brings risk without reward",
            ("Departments keep", "their data because", "sharing brings risk…"),
        ),
        ("Donaudampfschifffahrtsgesellschaft", ("Donaudampfschifffahr", "tsgesellschaft")),
        ("public-administration-modernisation", ("public-", "administration-", "modernisation")),
        ("", ("",)),
    ],
)
def test_label_is_broken_into_even_lines(label: str, lines: tuple[str, ...]) -> None:
    assert wrap_label(label, chars=20) == lines


def test_long_word_is_cut_after_its_hyphen() -> None:
    assert wrap_label("cross-administrational", chars=18) == ("cross-", "administrational")


@given(st.text(max_size=120), st.integers(4, 28))
def test_no_line_is_longer_than_asked_and_no_more_than_three(label: str, chars: int) -> None:
    lines = wrap_label(label, chars=chars)
    assert len(lines) <= 3
    assert all(len(line) <= chars for line in lines)


@given(st.text(max_size=60))
def test_clean_text_is_one_line_any_drawing_can_hold(text: str) -> None:
    clean = clean_text(text)
    assert clean == clean_text(clean)
    assert not any(c < " " or "\ud800" <= c <= "\udfff" for c in clean)
    clean.encode()


def test_turning_and_hidden_characters_are_replaced() -> None:
    assert clean_text("a\u202eb\u200bc\x00d") == "a\ufffdb\ufffdc\ufffdd"


def test_width_follows_the_metrics_of_helvetica() -> None:
    assert measure_text("Wi", 10.0) == pytest.approx(11.66)
    assert measure_text("数据", 10.0) == 20.0
