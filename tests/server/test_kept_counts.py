"""Counts that a build has kept, over HTTP: the same as when they are found anew."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kg.graph.counts import encode
from kg.graph.store import refresh_store
from kg.model.table import Cell, Table
from kg.query.files import load_queries
from kg.server.app import make_app
from kg.server.settings import ServerSettings


@pytest.fixture(scope="module")
def clients(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, TestClient]]:
    """A server with kept counts, and one whose counts were lost."""
    refresh_store(library)
    without = tmp_path_factory.mktemp("without") / "w"
    shutil.copytree(library, without)
    shutil.rmtree(without / ".kg" / "counts")
    with TestClient(make_app(ServerSettings(library))) as one, TestClient(make_app(ServerSettings(without))) as other:
        yield one, other


@pytest.mark.parametrize("name", ["author_coauthors", "corpus_counts", "type_matrix", "document_metadata"])
@pytest.mark.parametrize("form", ["json", "csv", "tsv", "xml", "html"])
def test_kept_answer_is_the_one_found_anew(clients: tuple[TestClient, TestClient], name: str, form: str) -> None:
    kept, found = (client.get(f"/query/{name}", params={"format": form}) for client in clients)
    assert (kept.status_code, kept.headers["content-type"]) == (200, found.headers["content-type"])
    if form == "json":
        assert kept.json() == found.json()
    elif form in {"csv", "tsv"}:
        assert kept.text.splitlines() == found.text.splitlines()


@pytest.mark.parametrize(("asked", "kept"), [({}, True), ({"default-graph-uri": "x:g"}, False)])
def test_text_of_the_library_is_answered_from_what_was_kept(
    asked: dict[str, str], kept: bool, clients: tuple[TestClient, TestClient], library: Path
) -> None:
    """The kept answer is replaced by another one to see whether it is what comes."""
    query = load_queries()["author_pairs"]
    path = next((library / ".kg" / "counts").glob("*/author_pairs.table"))
    content = path.read_bytes()
    table = Table(query.columns, ((Cell("kept"), Cell("with"), Cell("1")),))
    path.write_bytes(encode(table, mark=path.parent.name, text=query.text))
    try:
        answer = clients[0].get("/sparql", params={"query": query.text, "format": "csv", **asked})
    finally:
        path.write_bytes(content)
    assert (answer.status_code, "kept,with,1" in answer.text) == (200, kept)


def test_front_page_counts_the_same(clients: tuple[TestClient, TestClient]) -> None:
    first, second = (client.get("/", headers={"Accept": "text/html"}).text for client in clients)
    assert first == second
