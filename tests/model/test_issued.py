import pytest

from kg.model import names_issued


@pytest.mark.parametrize(
    ("title", "issued"),
    [
        ("National Data Strategies 2030", True),
        ("Policies on open standards", True),
        ("Circular 7 on records", True),
        ("Ministry of Planning", False),
        ("Explanation of the actors", False),
    ],
)
def test_title_of_an_official_document_names_its_kind(title: str, issued: bool) -> None:
    assert names_issued(title) is issued
