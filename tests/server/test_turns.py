"""Places for jobs: long ones step aside, and nobody waits for ever."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kg.query.limits import Limits
from kg.server.app import make_app
from kg.server.errors import HttpError
from kg.server.settings import ServerSettings
from kg.server.turns import Turns, count_long

ONE = ServerSettings(None, limits=Limits(memory_mib=1 << 30), workers=1, waiting=1)
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def test_long_job_gives_its_place_to_the_next() -> None:
    async def take_two() -> bool:
        turns = Turns(ONE)
        async with turns.take() as long:
            long.step_aside()
            async with turns.take() as short:
                return long.aside and not short.aside

    assert asyncio.run(take_two())


def test_only_so_many_step_aside_and_each_makes_room_when_it_is_done() -> None:
    async def fill() -> list[int]:
        turns, left = Turns(replace(ONE, workers=9)), []
        for _ in range(turns.long_left + 1):
            turn = await turns.take().__aenter__()
            turn.step_aside()
            left.append(turns.long_left)
        turn.leave()
        assert not turn.aside
        return left

    assert asyncio.run(fill()) == [3, 2, 1, 0, 0]


def test_long_job_is_slowed_down_only_where_others_are_present() -> None:
    async def slow() -> list[bool]:
        turns, found = Turns(ONE), []
        async with turns.take() as long:
            long.slow_down(0x3FFFFFFF)
            found.append(long.slowed)
            long.step_aside()
            async with turns.take():
                long.slow_down(0x3FFFFFFF)
                found.append(long.slowed)
        return [*found, turns.present > 0]

    assert asyncio.run(slow()) == [False, True, False]


def test_whoever_finds_the_queue_full_is_sent_away() -> None:
    async def crowd() -> int:
        turns = Turns(ONE)
        async with turns.take():
            waiting = asyncio.ensure_future(turns.take().__aenter__())
            await asyncio.sleep(0)
            with pytest.raises(HttpError, match="too many queries are waiting") as found:
                await turns.take().__aenter__()
        (await waiting).leave()
        return found.value.status

    assert asyncio.run(crowd()) == 503


def test_number_of_long_jobs_fits_the_memory() -> None:
    assert (count_long(1 << 30), count_long(1)) == (4, 32)


def test_time_in_the_queue_counts_but_for_a_moment_that_everyone_gets(source: Path) -> None:
    """With one place, and none to step aside to, the second endless query ends soon after the first."""
    import time
    from concurrent.futures import ThreadPoolExecutor

    settings = ServerSettings(source, limits=Limits(seconds=1.0, memory_mib=300), workers=1)
    with TestClient(make_app(settings)) as client, ThreadPoolExecutor(2) as pool:
        client.app.state.engine.turns.long_left = 0  # type: ignore[attr-defined]
        begin = time.monotonic()
        found = list(pool.map(lambda _: client.post("/sparql", data={"query": ENDLESS}).status_code, range(2)))
        assert (found, time.monotonic() - begin < 1.9) == ([422, 422], True)
