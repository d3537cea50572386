"""Ours in this process, anybody else's in one of its own."""

import io
from pathlib import Path

import pytest

from kg.model.errors import CorpusError, QueryError
from kg.query.answer import answer_query, explain_query, find_named_query, read_pasted_query
from kg.query.files import MAX_FILE_BYTES, is_shipped, open_query, parse_query
from kg.query.limits import Limits

BASE = "https://w3id.org/digital-government/kg/"
#: Three free triples have more answers than any limit allows, so a query of this text shows where it is run.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
TIGHT = Limits(seconds=0.5)


def test_shipped_query_meets_no_limit(library: Path) -> None:
    table = answer_query(library, open_query("document_keywords"), None, Limits(seconds=0.0001, rows=1))
    assert len(table.rows) == 3


def test_query_that_only_bears_a_shipped_name_meets_them(library: Path) -> None:
    query = parse_query("document_keywords", ENDLESS)
    assert not is_shipped(query)
    with pytest.raises(QueryError, match=r"stopped after 0\.5 s"):
        answer_query(library, query, None, TIGHT)


def test_names_stand_in_for_identifiers_if_asked_for(library: Path) -> None:
    values = {"remedy": "once-only law"}
    query = open_query("remedy_cases")
    named, plain = (answer_query(library, query, values, named=named) for named in (True, False))
    assert [cell.value for cell in named.rows[0] if cell][:2] == ["once-only law", BASE + "case/x-road"]
    assert [cell.value for cell in plain.rows[0] if cell][:2] == [BASE + "remedy/once-only-law", BASE + "case/x-road"]


def test_explaining_needs_no_graph_where_there_are_no_words_to_look_up(tmp_path: Path) -> None:
    query = open_query("dilemma_documents")
    assert "VALUES ?since { 2019 }" in explain_query(tmp_path, query, {"since": "2019"})
    with pytest.raises(CorpusError, match="there is no graph yet"):
        explain_query(tmp_path, query, {"dilemma": "data silos"})


def test_explaining_refuses_what_running_would(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        explain_query(tmp_path, parse_query("x", "SELECT * { SERVICE <x:y> { } }"))


def test_file_is_found_by_its_path_and_query_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("# title: Mine\nASK {}", encoding="utf-8")
    assert find_named_query(str(tmp_path / "mine.rq"), []).title == "Mine"
    assert find_named_query("mine", [tmp_path]).title == "Mine"
    assert find_named_query("work_counts", [tmp_path]).title == "Most cited works"


def test_name_is_no_way_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.rq").write_text("ASK {}", encoding="utf-8")
    folder = tmp_path / "queries"
    folder.mkdir()
    with pytest.raises(QueryError, match="no query named"):
        open_query("../secret", [folder])


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"#" * (MAX_FILE_BYTES + 1), "larger than 200,000 bytes"), (b"ASK { \xe9 }", "not UTF-8 at byte 6")],
)
def test_pasted_text_is_checked_before_it_is_read(content: bytes, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        read_pasted_query(io.BytesIO(content))


def test_pasted_text_may_have_a_header_and_a_byte_order_mark() -> None:
    query = read_pasted_query(io.BytesIO(b"\xef\xbb\xbf# title: Pasted\nASK {}"))
    assert (query.name, query.title) == ("stdin", "Pasted")


def test_damage_that_shows_only_when_it_is_read_is_made_good(library: Path, tmp_path: Path) -> None:
    import os
    import shutil

    root = tmp_path / "w"
    shutil.copytree(library, root)
    expected = answer_query(root, open_query("document_metadata"))
    for path in (root / ".kg" / "store").glob("copy-*/db/*.sst"):
        stat, content = path.stat(), bytearray(path.read_bytes())
        content[len(content) // 3] ^= 1
        path.write_bytes(content)
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert answer_query(root, open_query("document_metadata")) == expected
