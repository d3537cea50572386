"""Which format a client gets."""

import pytest

from kg.server.formats import GRAPHS, RESULTS, choose_formats, negotiate

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", JSON),
        ("*/*", JSON),
        (XML, XML),
        (f"{JSON};q=0.5, {XML};q=0.9", XML),
        (f"text/csv, {JSON}", JSON),
        ("text/*;q=0.3, text/csv;q=0.1", "text/tab-separated-values"),
        (f"*/*, {JSON};q=0", XML),
        ("TEXT/CSV ; Q=0.4", "text/csv"),
        ("text/csv;header=present;q=0.9", "text/csv"),
        ("image/png", ""),
        ("text/csv;q=0", ""),
        ("text/csv;q=high, application/xml;q=0.1", "application/xml"),
        (",;,", JSON),
    ],
)
def test_highest_quality_wins_and_the_own_order_decides_between_equals(accept: str, media: str) -> None:
    assert negotiate(accept, tuple(RESULTS)) == media


def test_browser_gets_pages_and_program_that_takes_anything_gets_data() -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert choose_formats(browser, "") == ("text/html", "text/html")
    assert choose_formats("*/*", "") == (JSON, "text/turtle")


def test_name_in_the_address_goes_before_the_header_for_the_kind_of_answer_it_names() -> None:
    assert choose_formats("text/html", "csv") == ("text/csv", "text/html")
    assert choose_formats(XML, "turtle") == (XML, "text/turtle")
    assert choose_formats(XML, "nonsense") == (XML, "")


def test_every_type_but_the_first_names_of_a_format_is_offered_after_them() -> None:
    assert list(RESULTS)[:4] == [JSON, XML, "text/csv", "text/tab-separated-values"]
    assert list(GRAPHS)[:4] == ["text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"]
