"""When a policy document was issued and for how long, where no field of it says so."""

from dataclasses import replace
from typing import Any

import pytest

from kg.extract.dates import find_dates


def find(make_annotated: Any, *lines: str, kind: str = "policy") -> list[tuple[str, str, str]]:
    annotated = make_annotated(*lines)
    annotated = replace(annotated, document=replace(annotated.document, kind=kind))
    return [(a.label, a.evidence.quote, a.method) for a in find_dates(annotated)]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("TITLE Order 12 of May 3, 2021",), [("2021", "Order 12 of May 3, 2021", "extract.dates/title")]),
        (("TITLE Data guide (2019)",), [("2019", "Data guide (2019)", "extract.dates/title")]),
        (
            ("TITLE Law on registers", "A register is a list.", "Done at Lund, 3 May 2021."),
            [("2021", "Done at Lund, 3 May 2021.", "extract.dates/signature")],
        ),
        (("TITLE Data strategy 2021–2025",), [("2021–2025", "2021–2025", "extract.dates/period")]),
        (("TITLE Data strategy 2021-25", "FIELD year: 2020"), [("2021-25", "2021-25", "extract.dates/period")]),
        (("TITLE Data strategy 2021-25", "FIELD period: 2021 to 2025", "FIELD year: 2020"), []),
        (("TITLE Budget of 2021-03 and plan 2025-21", "FIELD year: 2020"), []),
        (
            ("TITLE Registers in the year 2021", "It was in May 2021 that a family of Lund moved house and had to" * 2),
            [],
        ),
    ],
)
def test_dates_come_from_the_title_or_the_signature(
    make_annotated: Any, lines: tuple[str, ...], found: list[tuple[str, str, str]]
) -> None:
    assert find(make_annotated, *lines) == found


def test_dates_of_papers_are_left_to_their_fields(make_annotated: Any) -> None:
    assert find(make_annotated, "TITLE Plan of 3 May 2021", kind="paper") == []
