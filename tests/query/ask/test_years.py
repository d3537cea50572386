"""Years and kinds of document in a question."""

import pytest

from kg.query.ask.years import find_kind, find_lone_year, find_years


@pytest.mark.parametrize(
    ("question", "bounds"),
    [
        ("remedies since 2019", {"since": "2019"}),
        ("remedies after 2019", {"since": "2020"}),
        ("remedies before 2019", {"until": "2018"}),
        ("remedies until 2019", {"until": "2019"}),
        ("remedies between 2015 and 2019", {"since": "2015", "until": "2019"}),
        ("remedies 2015-2019", {"since": "2015", "until": "2019"}),
        ("remedies in 2019", {"since": "2019", "until": "2019"}),
        ("papers from 2019", {"since": "2019", "until": "2019"}),
        ("remedies from 2019 on", {"since": "2019"}),
        ("remedies 2019 onwards", {"since": "2019"}),
        ("remedies from 2019 and later", {"since": "2019"}),
        ("remedies later than 2019", {"since": "2020"}),
        ("post-2019 remedies", {"since": "2020"}),
        ("remedies prior to 2019", {"until": "2018"}),
        ("remedies of the 2010s", {"since": "2010", "until": "2019"}),
        ("remedies for the 14th plan", {}),
        ("what does wang-2020 say", {}),
    ],
)
def test_bounds_are_read_from_the_wording(question: str, bounds: dict[str, str]) -> None:
    assert {bound.name: bound.value for bound in find_years(question)} == bounds


@pytest.mark.parametrize(
    ("question", "bounds"),
    [("Which 2019 papers?", ("2019", "2019")), ("what does wang-2020 say", ()), ("Estonia, 2019", ("2019", "2019"))],
)
def test_year_alone_is_the_year_asked_for(question: str, bounds: tuple[str, ...]) -> None:
    assert tuple(bound.value for bound in find_lone_year(question)) == bounds


@pytest.mark.parametrize(
    ("question", "kind"),
    [("which papers", "paper"), ("policy documents of China", "policy"), ("papers and policies", ""), ("what", "")],
)
def test_kind_is_taken_only_if_one_is_named(question: str, kind: str) -> None:
    found = find_kind(question)
    assert (found.value if found else "") == kind
