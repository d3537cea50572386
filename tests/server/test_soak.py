"""Clients at once for five seconds, hostile ones among them; `tests/bench/soak.py` does the same for a minute."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))
import soak  # type: ignore[import-not-found]


def test_good_queries_are_answered_bad_ones_stopped_and_the_server_lives() -> None:
    with soak.run_server(workers=4) as (url, server):
        tally, growth = soak.soak(url, server, seconds=5, clients=20, bad_clients=5)
        told = soak.tell_memory(server)
    assert tally.wrong == []
    assert tally.good > tally.bad > 5
    assert growth < soak.MAX_GROWTH_MIB, told
