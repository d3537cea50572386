"""Tables of reStructuredText as lists, as comma-separated values and between rules."""

import pytest

from kg.readers import make_document
from kg.readers.rst import read_rst

LIST = (
    ".. list-table:: Barriers\n   :header-rows: 1\n\n   * - Barrier\n     - Count\n   * - No\n       staff\n     - 12\n"
)
CSV = '.. csv-table:: Barriers\n   :header: "Barrier", "Count"\n\n   "No staff", 12\n'
SIMPLE = "=======  =====\nBarrier  Count\n=======  =====\nNo       12\nlaw      9\n         more\n=======  =====\n"


@pytest.mark.parametrize(
    ("source", "rows"),
    [
        (LIST, ["Barrier | Count", "No staff | 12"]),
        (CSV, ["Barrier | Count", "No staff | 12"]),
        (SIMPLE, ["Barrier | Count", "No | 12", "law | 9 more"]),
    ],
)
def test_rows_of_a_table_are_read(source: str, rows: list[str]) -> None:
    document = make_document(read_rst(f"Plan\n====\n\nWords.\n\n{source}"), file="x.rst")
    tables = [block for block in document.blocks if block.kind.value == "table"]
    assert [document.block_text(block) for block in tables] == rows
    assert [block.label for block in tables] == ["header", *[""] * (len(rows) - 1)]
