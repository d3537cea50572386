"""Headings as labels."""

import pytest

from kg.extract.headings import clean_heading, lower_first, lower_title


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The lag of old systems", "lag of old systems"),
        ("There is a shortage of data stewards", "shortage of data stewards"),
        ("Challenge 3: Weak leadership.", "Weak leadership"),
        ("Action 10 - Publish an inventory", "Publish an inventory"),
        ("Solution: shared platforms", "shared platforms"),
        ("a) Fragmented registers", "Fragmented registers"),
        ("Information barriers", "Information barriers"),
        ("Overcome legislative barriers by:", "Overcome legislative barriers"),
    ],
)
def test_only_the_name_proper_is_left(title: str, name: str) -> None:
    start, end = clean_heading(title)
    assert title[start:end] == name


@pytest.mark.parametrize(
    ("label", "lowered"),
    [
        ("Information barriers", "information barriers"),
        ("ICT skills", "ICT skills"),
        ("eGovernment reform", "eGovernment reform"),
        ("E-Government reform", "E-Government reform"),
    ],
)
def test_first_capital_goes_unless_it_is_a_name(label: str, lowered: str) -> None:
    assert lower_first(label) == lowered


@pytest.mark.parametrize(
    ("label", "lowered"),
    [
        ("Training Digital Talents for the EU", "training digital talents for the EU"),
        ("Extending PROV-O for Top-Level Reuse", "extending PROV-O for top-level reuse"),
        ("SHARED PLATFORMS FIRST", "shared platforms first"),
        ("Trust in Estonia grows", "trust in Estonia grows"),
    ],
)
def test_title_case_becomes_running_text(label: str, lowered: str) -> None:
    assert lower_title(label) == lowered
