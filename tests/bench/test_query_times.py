"""What the timing of typical questions counts."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from query_times import Line, measure_within  # type: ignore[import-not-found]


def run_for_ever() -> None:
    """Take time, and swallow errors, as libraries do."""
    while True:
        try:
            sum(range(1000))
        except Exception:  # noqa: BLE001, S112
            continue


@pytest.mark.parametrize(("action", "stopped"), [(run_for_ever, True), (lambda: sum(range(10)), False)])
def test_a_question_that_takes_too_long_is_stopped_and_counted_as_the_limit(
    action: Callable[[], object], stopped: bool
) -> None:
    assert (measure_within(action, 0.05) == 0.05) == stopped


def test_a_line_names_the_bound_that_it_breaks() -> None:
    assert Line("count of everything", 1, 0.5, 0.1, 0.1, None).find_breach(10) == "> 20 ms"
    assert Line("a question", 1, 1.5, 1.4, 1.4, 60.0).find_breach(1_000_000) == "> 1 s"
    assert Line("a question", 1, 1.5, 1.4, 1.4, 60.0).find_breach(5_000_000) == ""
