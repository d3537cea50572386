"""Cells that reach over several rows and columns, and tables that are filled forms."""

from kg.readers.spans import MAX_REPEATED_CHARS, Cell, read_span, spread_cells
from kg.readers.structure.forms import is_form

TEXT = "The two registers are not linked, so a family that moves reports it three times. " * 2 + "Nobody checks it."


def test_cell_that_reaches_down_stands_in_every_row_it_covers() -> None:
    rows = [[Cell("Skills", rows=2), Cell("41")], [Cell("12")], [Cell("Law"), Cell("3")]]
    assert list(spread_cells(rows)) == [["Skills", "41"], ["Skills", "12"], ["Law", "3"]]


def test_cell_that_reaches_down_keeps_its_place_between_others() -> None:
    rows = [[Cell("a"), Cell("wide", rows=3, columns=2), Cell("b")], [Cell("c"), Cell("d")], [Cell(""), Cell("e")]]
    assert list(spread_cells(rows)) == [["a", "wide", "b"], ["c", "wide", "d"], ["wide", "e"]]


def test_long_text_that_reaches_down_is_written_once() -> None:
    text = "x" * (MAX_REPEATED_CHARS + 1)
    assert list(spread_cells([[Cell(text, rows=2), Cell("1")], [Cell("2")]])) == [[text, "1"], ["2"]]


def test_span_that_is_no_number_is_one_and_a_huge_one_is_cut() -> None:
    assert [read_span(value) for value in (None, "", "two", "-3", "0", "2", "99999")] == [1, 1, 1, 1, 1, 2, 500]


def test_names_before_texts_make_a_form() -> None:
    assert is_form([["Country", "Peru"], ["Problem", TEXT]], [True, True])
    assert is_form([["Title"], ["Country:", "Peru"], ["Context:", TEXT]], [False, False, False])
    assert is_form([["Problem", TEXT], ["Solution", TEXT]], [False, False])


def test_list_of_items_is_no_form() -> None:
    assert not is_form([["Barrier", "Count"], ["No law", "14"]], [True, True])
    assert not is_form([["Barrier", "What is meant"], ["No law", TEXT], ["No staff", TEXT]], [True] * 3, headed=True)
    assert not is_form([["Area", "What is meant"], ["Law", TEXT]], [False, False])
    assert not is_form([["Law", TEXT, "4"], ["Staff", TEXT, "5"]], [True, True])
    assert not is_form([["We have no law.", TEXT], ["We have no staff.", TEXT]], [True, True])
