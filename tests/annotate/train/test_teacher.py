import pytest

pytest.importorskip("torch", reason="torch is needed in training only")
from kg.annotate.train.teacher import is_tree


@pytest.mark.parametrize(
    ("heads", "expected"),
    [((1, 1, 1), True), ((0, 0, 1), True), ((0, 1, 1), False), ((1, 0, 2), False), ((1, 2, 0), False), ((), False)],
)
def test_tree_has_one_root_and_no_circle(heads: tuple[int, ...], expected: bool) -> None:
    assert is_tree(heads) is expected
