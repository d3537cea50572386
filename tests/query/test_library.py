"""A workspace from Python."""

import json
import sys
import warnings
from pathlib import Path

import pytest

import kg
from kg.model.errors import CorpusError, QueryError
from kg.model.table import Cell, Table
from kg.query.library import Answer, Library, Page, to_value
from kg.query.limits import Limits
from kg.render import render

BASE = "https://w3id.org/digital-government/kg/"
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module")
def opened(library: Path) -> Library:
    return kg.open(library)


def test_named_query_takes_words_numbers_and_lists(opened: Library) -> None:
    answer = opened.query("dilemma_remedies", dilemma=["information islands", "skills shortage"], since=2021)
    assert [(row["document"], row["confidence"]) for row in answer] == [
        (BASE + "document/silva-2022", 0.3),
        (BASE + "document/silva-2022", 0.95),
    ]


def test_sparql_is_answered_by_a_process_of_its_own(opened: Library) -> None:
    assert list(opened.query("SELECT (COUNT(*) AS ?n) { ?s a <http://xmlns.com/foaf/0.1/Person> }")) == [{"n": 5}]


def test_limits_hold_for_sparql_from_python_too(library: Path) -> None:
    tight = Library(library, render=render, limits=Limits(seconds=1, rows=10))
    with pytest.raises(QueryError, match="stopped after 1 s"):
        tight.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    with pytest.raises(QueryError, match="SERVICE would ask another server"):
        tight.query("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")


def test_memory_and_disk_give_the_same_answer(library: Path, opened: Library) -> None:
    assert kg.open(library, memory=True).query("corpus_counts").table == opened.query("corpus_counts").table


def test_question_in_plain_words_says_what_was_run(opened: Library) -> None:
    answer = opened.ask("who are the co-authors of Ana Silva?")
    assert answer.command == "kg query author_coauthors -p author='Ana Silva'"
    assert [row["coauthor"] for row in answer] == [BASE + "person/zhang-wei"]


def test_search_queries_and_description(opened: Library) -> None:
    assert [row["text"] for row in opened.search("adoption", kind="dilemma")] == ["low adoption of services"]
    assert "dilemma_unremedied" in [row["query"] for row in opened.queries("dilemmas without a remedy")]
    assert opened.describe("once-only law").kind == "remedy"
    with pytest.raises(QueryError, match="'Wang' may mean 2 things"):
        opened.describe("Wang")


def test_network_map_and_rdf(opened: Library) -> None:
    assert opened.network().number_of_nodes() == 48
    assert opened.network("data silos", limit=10).number_of_nodes() <= 10
    page = opened.map("data silos")
    assert page._repr_html_().startswith('<iframe srcdoc="&lt;!DOCTYPE html&gt;')
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        assert len(opened.graph()) > 1000


def test_page_is_saved_as_it_is(tmp_path: Path) -> None:
    Page("<p>ü</p>").save(tmp_path / "map.html")
    assert (tmp_path / "map.html").read_bytes() == "<p>ü</p>".encode()


def test_folder_without_a_workspace_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no kg\.toml"):
        kg.open(tmp_path)


def test_answer_has_a_form_for_every_use(tmp_path: Path) -> None:
    table = Table(("label", "n"), ((Cell("<b>a</b>"), Cell("2", datatype=XSD + "integer")), (Cell("c"), None)), "Title")
    answer = Answer(table, render)
    assert (len(answer), bool(answer), answer.columns) == (2, True, ("label", "n"))
    assert repr(answer) == "Title\nlabel     n\n--------  -\n<b>a</b>  2\nc"
    assert answer._repr_html_() == (
        "<table><caption>Title</caption><thead><tr><th>label</th><th>n</th></tr></thead>"
        "<tbody><tr><td>&lt;b&gt;a&lt;/b&gt;</td><td>2</td></tr><tr><td>c</td><td></td></tr></tbody></table>"
    )
    assert answer.to_csv(tmp_path / "x.csv") == "label,n\r\n<b>a</b>,2\r\nc,\r\n"
    assert (tmp_path / "x.csv").read_bytes() == b"label,n\r\n<b>a</b>,2\r\nc,\r\n"
    assert json.loads(answer.to_json())["head"] == {"vars": ["label", "n"]}
    assert answer.to_markdown().startswith("| label | n |\n")


def test_long_answer_says_how_much_it_does_not_show() -> None:
    answer = Answer(Table(("n",), ((Cell("x"),),) * 60), render)
    assert repr(answer).endswith("... 10 more rows")
    assert answer._repr_html_().endswith("<p>... 10 more rows</p>")


def test_dataframe_has_python_values() -> None:
    pytest.importorskip("pandas")
    table = Table(("n", "x"), ((Cell("2", datatype=XSD + "integer"), Cell("0.5", datatype=XSD + "decimal")),))
    assert Answer(table, render).to_dataframe().to_dict("records") == [{"n": 2, "x": 0.5}]


def test_missing_pandas_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(QueryError, match="'pip install pandas', or use to_csv"):
        Answer(Table((), ()), render).to_dataframe()


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (None, None),
        (Cell("x"), "x"),
        (Cell("7", datatype=XSD + "integer"), 7),
        (Cell("true", datatype=XSD + "boolean"), True),
        (Cell("0.25", datatype=XSD + "decimal"), 0.25),
        (Cell("x", datatype=XSD + "integer"), "x"),
        (Cell("https://example.org/1", "uri"), "https://example.org/1"),
    ],
)
def test_cell_becomes_a_python_value(cell: Cell | None, value: object) -> None:
    assert to_value(cell) == value


def test_refresh_sees_new_queries(library: Path) -> None:
    opened = kg.open(library)
    opened.queries()
    own = library / "queries" / "fresh_one.rq"
    own.write_text("# title: Fresh one\nASK {}", encoding="utf-8")
    try:
        assert "fresh_one" not in [row["query"] for row in opened.queries()]
        opened.refresh()
        assert "fresh_one" in [row["query"] for row in opened.queries()]
    finally:
        own.unlink()


def test_remote_library_is_shown_without_its_password_and_copies_no_graph(library: Path) -> None:
    opened = kg.open(library, store="http://me:secret@127.0.0.1:9/query")
    assert repr(opened) == f"Library({str(library)!r}, store='http://127.0.0.1:9/query')"
    with pytest.raises(QueryError, match="a remote store is not copied"):
        opened.graph()


def test_address_that_is_none_is_refused(library: Path) -> None:
    with pytest.raises(CorpusError, match="a store is named by the address of its queries"):
        kg.open(library, store="file:///etc/passwd")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE would ask another server"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "FROM would choose what to load"),
        ("LOAD <file:///etc/passwd>", "LOAD"),
        ("ASK " + "{" * 5_000 + "}" * 5_000, "nested"),
    ],
)
def test_hostile_query_is_refused_before_a_remote_store_is_asked(library: Path, text: str, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        kg.open(library, store="http://127.0.0.1:9/query").query(text)
