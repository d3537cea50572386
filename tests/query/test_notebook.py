"""The example notebook runs from top to bottom, and every cell shows something."""

import ast
import json
from pathlib import Path

import pytest

NOTEBOOK = Path(__file__).parents[2] / "examples" / "explore.ipynb"


def run_cell(source: str, names: dict[str, object]) -> object:
    """What a cell shows: the value of its last expression."""
    *statements, last = ast.parse(source).body
    assert isinstance(last, ast.Expr)
    exec(compile(ast.Module(statements, []), str(NOTEBOOK), "exec"), names)  # noqa: S102 our own notebook
    return eval(compile(ast.Expression(last.value), str(NOTEBOOK), "eval"), names)  # noqa: S307 our own notebook


def test_every_cell_runs_and_shows_its_answer(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(library)
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    names: dict[str, object] = {}
    shown = [run_cell("".join(c["source"]), names) for c in notebook["cells"] if c["cell_type"] == "code"]
    assert [bool(value) or value is None for value in shown] == [True] * len(shown)
    assert all(cell.get("outputs", []) == [] for cell in notebook["cells"])
    html = [value._repr_html_() for value in shown if hasattr(value, "_repr_html_")]
    assert [text.startswith(("<table>", "<iframe")) for text in html] == [True] * len(html)
