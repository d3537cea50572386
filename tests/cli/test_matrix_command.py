"""`kg matrix` from the command line."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from kg.cli import cli
from kg.model import CorpusError, RenderError

TEST_GRAPH = Path(__file__).parent.parent / "queries" / "test_graph.trig"


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    store = ox.Store()
    store.load(path=str(TEST_GRAPH), format=ox.RdfFormat.TRIG)
    (tmp_path / "kg.toml").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kg.graph.store.open_for_reading", lambda _: store)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["matrix", *arguments], catch_exceptions=False)


def test_markdown_goes_to_standard_output() -> None:
    result = run("--asserted")
    assert (result.exit_code, result.stderr) == (0, "")
    assert [line for line in result.stdout.splitlines() if line.startswith("|")] == [
        "| dilemma type / remedy type "
        "| Data sharing platform | Legislation and regulation | Training and recruitment |",
        "|---|---|---|---|",
        "| Data silo | 1: Wang & Zhang 2020[^1] | 1: Ministry of Economic Affairs 2019[^2] |  |",
        "| Skills shortage |  |  | 1: Silva & Zhang 2022[^3] |",
    ]


@pytest.mark.parametrize(
    ("file", "beginning"),
    [
        ("m.html", "<!DOCTYPE html>"),
        ("m.tex", "% made with kg"),
        ("m.csv", "kg matrix: dilemma type / remedy type,"),
        ("m.md", "<!-- made with kg -->"),
    ],
)
def test_ending_of_the_file_chooses_the_format(workspace: Path, file: str, beginning: str) -> None:
    for _ in range(2):
        result = run("-o", file)
        assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"{file}: 3 rows, 3 columns.\n")
    assert (workspace / file).read_text(encoding="utf-8").startswith(beginning)


def test_columns_that_no_page_holds_are_remarked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.cli.matrix._COLUMNS_OF_A_PAGE", 2)
    hint = "A page of text has room for about 2 columns: --top 2 keeps the fullest.\n"
    assert [run("--format", name).stderr for name in ("latex", "md", "html")] == [hint, hint, ""]
    assert run("--top", "2").stderr == ""


def test_foreign_file_stays(workspace: Path) -> None:
    (workspace / "thesis.tex").write_text("\\chapter{One}", encoding="utf-8")
    with pytest.raises(CorpusError, match="--force"):
        run("-o", "thesis.tex")
    assert (workspace / "thesis.tex").read_text(encoding="utf-8") == "\\chapter{One}"


def test_dilemmas_by_documents_count_sentences() -> None:
    rows = run("--rows", "dilemmas", "--columns", "documents", "--top", "1", "--format", "csv").stdout.splitlines()
    assert rows == ["kg matrix: dilemma / document,Wang & Zhang 2020", "data silos between departments,1"]
    turned = run("--rows", "documents", "--columns", "dilemmas", "--top", "1", "--format", "csv").stdout.splitlines()
    assert turned == [
        "kg matrix: document / dilemma,data silos between departments",
        "Ministry of Economic Affairs 2019,1",
    ]


def test_same_side_twice_is_an_error() -> None:
    with pytest.raises(RenderError, match="different kinds"):
        run("--rows", "documents", "--columns", "documents")
