"""`kg map` from the command line: formats, files, topics that nothing is about."""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from kg.cli import cli
from kg.model import CorpusError, QueryError, RenderError

TEST_GRAPH = Path(__file__).parent.parent / "queries" / "test_graph.trig"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(path=str(TEST_GRAPH), format=ox.RdfFormat.TRIG)
    return store


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: ox.Store) -> Path:
    (tmp_path / "kg.toml").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kg.graph.store.open_for_reading", lambda _: store)
    monkeypatch.setattr("kg.graph.store.find_mark", lambda _: "")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["map", *arguments], catch_exceptions=False)


def test_page_goes_to_the_file_and_the_count_to_standard_error(workspace: Path) -> None:
    result = run("data silos", "-o", "map.html")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("map.html: ")
    assert result.stderr.endswith(" links.\n")
    assert (workspace / "map.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("file", "beginning"),
    [
        ("m.svg", "<svg xmlns"),
        ("m.graphml", '<?xml version="1.0" encoding="UTF-8"?>\n<!-- made with kg -->\n<graphml'),
        ("m.json", '{\n "generator": "made with kg",\n "title": "Data silos"'),
        ("m.mmd", "%% made with kg\nflowchart LR"),
        ("m.canvas", '{\n "generator": "made with kg",\n "nodes"'),
        ("m.gv", "// made with kg\ndigraph map"),
        ("m.cxl", '<?xml version="1.0" encoding="UTF-8"?>\n<!-- made with kg -->\n<cmap'),
    ],
)
def test_ending_of_the_file_chooses_the_format(workspace: Path, file: str, beginning: str) -> None:
    assert run("data silos", "-o", file).exit_code == 0
    assert (workspace / file).read_text(encoding="utf-8").startswith(beginning)


def test_own_file_is_overwritten_and_a_foreign_one_is_not(workspace: Path) -> None:
    run("data silos", "-o", "map.svg")
    assert run("digital skills", "-o", "map.svg").exit_code == 0
    foreign = workspace / "thesis.svg"
    foreign.write_text("<svg/>", encoding="utf-8")
    with pytest.raises(CorpusError, match="not made by kg"):
        run("data silos", "-o", "thesis.svg")
    assert foreign.read_text(encoding="utf-8") == "<svg/>"
    assert run("data silos", "-o", "thesis.svg", "--force").exit_code == 0
    assert sorted(path.name for path in workspace.iterdir()) == ["kg.toml", "map.svg", "thesis.svg"]


def test_file_in_a_missing_folder_is_an_error() -> None:
    with pytest.raises(CorpusError, match="cannot be written"):
        run("data silos", "-o", "nowhere/map.svg")


def test_ending_no_format_has_is_refused_before_anything_is_written(workspace: Path) -> None:
    result = run("data", "-o", "map.png")
    assert (result.exit_code, (workspace / "map.png").exists()) == (2, False)
    assert run("data", "-o", "map.png", "--format", "svg").exit_code == 0


def test_topic_nothing_is_about_names_near_ones(workspace: Path) -> None:
    with pytest.raises(QueryError, match="Did you mean"):
        run("datta sylos", "-o", "map.html")
    assert not (workspace / "map.html").exists()


def test_topic_nothing_is_near_to_names_what_the_documents_speak_of() -> None:
    with pytest.raises(QueryError, match=r"nothing .* about 'zzz'.* speak most of: .*Data silo"):
        run("zzz", "--format", "json")


def test_titles_of_documents_stand_in_the_sources() -> None:
    links = json.loads(run("data silos", "--format", "json").stdout)["links"]
    titles = {source["document"] for link in links for source in link["sources"]} - {""}
    assert "Wang & Zhang 2020: Data Silos in City Government" in titles
    assert not [title for title in titles if "/document/" in title]


def test_answer_of_a_query_is_drawn() -> None:
    network = json.loads(run("--query", "author_coauthors", "--format", "json").stdout)
    assert {node["kind"] for node in network["nodes"]} == {"author"}
    assert {(link["label"], link["directed"]) for link in network["links"]} == {("1 work", False)}


def test_organisation_that_is_an_author_has_its_name(store: ox.Store) -> None:
    base, creator = "https://w3id.org/digital-government/kg/", ox.NamedNode("http://purl.org/dc/terms/creator")
    office, graph = ox.NamedNode(base + "organisation/land-office"), ox.NamedNode(base + "graph/wang-2020")
    name = ox.NamedNode("http://xmlns.com/foaf/0.1/name")
    added = [
        ox.Quad(office, name, ox.Literal("Land Office (Hamburg)"), graph),
        *(ox.Quad(ox.NamedNode(base + f"document/{end}"), creator, office, graph) for end in ("x", "wang-2020")),
        ox.Quad(ox.NamedNode(base + "document/x"), creator, ox.NamedNode(base + "person/wang-li"), graph),
    ]
    store.extend(added)
    network = json.loads(run("--query", "author_coauthors", "--format", "json").stdout)
    for quad in added:
        store.remove(quad)
    assert "Land Office (Hamburg)" in {node["label"] for node in network["nodes"]}


def test_things_of_one_kind_that_only_others_join_to_the_topic_are_left_out() -> None:
    def find_remedies(*only: str) -> set[str]:
        nodes = json.loads(run("training", *only, "--format", "json").stdout)["nodes"]
        return {node["label"] for node in nodes if node["kind"] == "remedy"}

    assert find_remedies("--only", "remedy") == {"training courses", "fill in forms once", "once-only law"}
    assert find_remedies() == find_remedies("--only", "remedy") | {"open public data", "shared data platform"}


def test_query_without_two_columns_of_things_says_what_it_has() -> None:
    with pytest.raises(RenderError, match="two columns of things"):
        run("--query", "document_metadata", "--format", "json")


@pytest.mark.parametrize(
    "arguments",
    [
        ("data", "--query", "author_coauthors"),
        ("--param", "a=b"),
        ("--query", "author_coauthors", "--param", "a"),
        ("--query", "{"),
    ],
)
def test_wrong_usage_ends_with_2(arguments: tuple[str, ...]) -> None:
    assert run(*arguments, "--format", "json").exit_code == 2
