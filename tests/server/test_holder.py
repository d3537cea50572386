"""Which children of the server are kept for another job."""

import asyncio
import socket
from collections.abc import Iterator

import pytest

from kg.server.holder import MAX_COPIED_MIB, MAX_HELD_MIB, MAX_IDLE_CHILDREN, SPARE_CHILDREN, Child, Holder


@pytest.fixture
def connection() -> Iterator[socket.socket]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours


def make_holder(*spares: Child) -> Holder:
    holder = Holder(spares[0].connection)
    holder.spares.extend(spares)
    return holder


def test_a_child_that_did_its_job_is_the_first_to_do_another(connection: socket.socket) -> None:
    first, second = Child(1, connection), Child(2, connection)
    holder = make_holder(first)
    assert holder.give_back(second)
    assert list(holder.spares) == [second, first]


def test_children_that_wait_hold_no_more_memory_together_than_one_may(connection: socket.socket) -> None:
    holder = make_holder(Child(1, connection, held_mib=MAX_HELD_MIB // 2))
    assert not holder.give_back(Child(2, connection, held_mib=MAX_HELD_MIB // 2 + 1))
    assert holder.give_back(Child(3, connection, held_mib=MAX_HELD_MIB // 2))


def test_only_one_child_with_a_copy_of_the_graph_waits(connection: socket.socket) -> None:
    holder = make_holder(Child(1, connection, copied_mib=MAX_COPIED_MIB + 1))
    assert not holder.give_back(Child(2, connection, copied_mib=MAX_COPIED_MIB + 1))
    assert holder.give_back(Child(3, connection, copied_mib=MAX_COPIED_MIB))


def test_no_more_children_wait_than_are_of_use(connection: socket.socket) -> None:
    holder = make_holder(*(Child(i, connection) for i in range(MAX_IDLE_CHILDREN)))
    assert not holder.give_back(Child(99, connection))


def test_a_holder_of_an_old_graph_keeps_no_child(connection: socket.socket) -> None:
    holder = make_holder(Child(1, connection))
    holder.retired = True
    assert not holder.give_back(Child(2, connection))


def test_many_who_ask_for_spare_children_at_once_get_no_more_than_one_would(connection: socket.socket) -> None:
    class Forking(Holder):
        async def fork(self, control: socket.socket | None = None) -> Child:
            await asyncio.sleep(0)
            return Child(7, connection)

    async def fill_often() -> int:
        holder = Forking(connection)
        await asyncio.gather(*(holder.fill() for _ in range(50)))
        return len(holder.spares)

    assert asyncio.run(fill_often()) == SPARE_CHILDREN


def test_a_child_forked_while_the_holder_is_closed_is_hung_up_on() -> None:
    ours, theirs = socket.socketpair()

    class Closing(Holder):
        async def fork(self, control: socket.socket | None = None) -> Child:
            self.close()
            return Child(7, theirs)

    holder = Closing(ours)
    asyncio.run(holder.fill())
    assert (list(holder.spares), theirs.fileno()) == ([], -1)
