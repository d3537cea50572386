"""The graph in numbers."""

import pyoxigraph as ox

from kg.query.overview import PARTS, count_graph


def test_every_part_has_its_title_and_rows(store: ox.Store) -> None:
    overview = count_graph(store)
    assert [(query, table.title) for query, table in overview.tables] == list(PARTS)
    assert all(table.rows for _, table in overview.tables)
    assert (overview.quads, overview.graphs) == (len(store), 8)


def test_empty_graph_is_counted_too() -> None:
    overview = count_graph(ox.Store())
    assert (overview.quads, overview.graphs) == (0, 0)
    assert [len(table.rows) for _, table in overview.tables] == [0] * len(PARTS)
