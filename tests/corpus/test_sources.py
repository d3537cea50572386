"""Which files are documents does not depend on the order in which they are found."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.corpus import Settings, Workspace
from kg.corpus.digests import Digests
from kg.corpus.sources import (
    Skipped,
    Source,
    assign_ids,
    drop_duplicates,
    encode_kinds,
    plan_kinds,
    read_kinds,
    scan_corpus,
)
from kg.model import CorpusError


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "corpus").mkdir()
    return Workspace(tmp_path, Settings())


def write(workspace: Workspace, **files: str) -> None:
    for name, text in files.items():
        (workspace.corpus / name.replace("_", ".")).write_text(text)


def scan(workspace: Workspace) -> tuple[list[tuple[str, str, str]], tuple[Skipped, ...]]:
    found = scan_corpus(workspace, Digests(workspace), version="1")
    ids = assign_ids(source.name for source in found.sources)
    return [(ids[source.name], source.name, source.kind) for source in found.sources], found.skipped


def test_documents_are_found_and_companions_passed_over_in_silence(workspace: Workspace) -> None:
    write(workspace, b_md="b", a_txt="a", LICENSE="l", README_md="r", NOTICE_txt="n", kinds_toml='"b.md" = "note"')
    assert scan(workspace) == ([("a", "a.txt", "auto"), ("b", "b.md", "note")], ())


def test_what_is_no_document_is_named_with_the_reason(workspace: Workspace) -> None:
    write(workspace, a_xyz="a", b="b", _hidden_md="c", d_md="d", e_md="d")
    (workspace.corpus / "link.md").symlink_to("/etc/passwd")
    (workspace.corpus / "folder").symlink_to("/etc")
    (workspace.corpus / "bad\nname.md").write_text("f")
    (workspace.corpus / "dir.md").mkdir()
    sources, skipped = scan(workspace)
    assert sources == [("d", "d.md", "auto")]
    assert skipped == (
        Skipped(".hidden.md", "hidden"),
        Skipped("a.xyz", "no reader for '.xyz'"),
        Skipped("b", "no ending that says its format"),
        Skipped("bad\nname.md", "its name holds characters that cannot be shown; rename it", fault=True),
        Skipped("e.md", "the same content as d.md"),
        Skipped("folder", "a link"),
        Skipped("link.md", "a link; put the file itself here"),
    )


def test_corpus_that_is_missing_is_empty(tmp_path: Path) -> None:
    assert scan(Workspace(tmp_path, Settings())) == ([], ())


FILES = st.lists(st.text("aAé数1-/. _", min_size=1, max_size=5).map(lambda stem: stem + ".md"), unique=True, max_size=8)


@given(FILES, st.randoms(use_true_random=False))
def test_ids_are_unique_and_the_same_for_every_order(files: list[str], rng: random.Random) -> None:
    ids = assign_ids(files)
    assert len(set(ids.values())) == len(files)
    assert not set(ids.values()) & {"corpus", "ontology", ""}
    assert assign_ids(rng.sample(files, len(files))) == ids


def test_no_document_takes_the_name_of_another_graph() -> None:
    assert assign_ids(["corpus.md", "ontology.md"]) == {"corpus.md": "corpus-f0a93a", "ontology.md": "ontology-f6ec17"}


def test_very_long_path_gets_a_short_name() -> None:
    assert {len(name) for name in assign_ids([f"{'deep/' * 50}{i}.md" for i in range(3)]).values()} == {99, 106}


@given(st.dictionaries(st.text("abc", min_size=1), st.sampled_from("xyz")))
def test_of_files_with_the_same_content_the_first_by_name_is_kept(digests: dict[str, str]) -> None:
    skipped: list[Skipped] = []
    sources = [Source(file, digest, "auto", Path(file)) for file, digest in digests.items()]
    kept = drop_duplicates(sources, skipped)
    assert sorted([one.file for one in kept] + [one.file for one in skipped]) == sorted(digests)
    first = {digest: min(file for file in digests if digests[file] == digest) for digest in digests.values()}
    assert {one.sha256: one.file for one in kept} == first


BIBLIOGRAPHY = """
@article{wu2022, title={Sharing data}, author={Wu, Ana}, year={2022}}
@article{copy, title={Sharing data}, author={Wu, Ana}, year={2022}}
@article{broken, author={Nobody}}
@book{li2020, title={Trust}, author={Li, Bo}, year={2020}}
"""


def test_each_record_of_a_bibliography_is_a_document(workspace: Workspace) -> None:
    write(workspace, refs_bib=BIBLIOGRAPHY, kinds_toml='"refs.bib" = "paper"')
    sources, skipped = scan(workspace)
    assert sources == [("refs-li2020", "refs.bib#li2020", "paper"), ("refs-wu2022", "refs.bib#wu2022", "paper")]
    assert [(one.file, one.reason.split(":")[0].split(" line")[0]) for one in skipped] == [
        ("refs.bib", "record copy"),
        ("refs.bib", "refs.bib"),
    ]


def test_same_record_of_two_bibliographies_is_one_document(workspace: Workspace) -> None:
    write(workspace, a_bib=BIBLIOGRAPHY, b_bib=BIBLIOGRAPHY.replace("book{li2020", "book{other"))
    sources, skipped = scan(workspace)
    assert [name for _, name, _ in sources] == ["a.bib#li2020", "a.bib#wu2022"]
    assert Skipped("b.bib#other", "the same content as a.bib#li2020") in skipped


def test_bibliography_that_cannot_be_read_is_broken(workspace: Workspace) -> None:
    write(workspace, data_json="[", a_md="a")
    found = scan_corpus(workspace, Digests(workspace), version="1")
    assert [source.name for source in found.sources] == ["a.md", "data.json"]
    assert list(found.broken) == ["data.json"]


def test_file_with_a_mark_in_its_name_is_no_record() -> None:
    assert assign_ids(["c#1.md", "C# basics.md"]) == {"C# basics.md": "c-basics", "c#1.md": "c-1"}


def test_kinds_are_read_as_they_were_written(workspace: Workspace) -> None:
    kinds = {'odd "name"\\.md': "paper", "数据/b.md": "policy"}
    (workspace.corpus / "kinds.toml").write_bytes(encode_kinds(kinds))
    assert read_kinds(workspace) == kinds


def test_kinds_change_only_when_there_is_something_to_change(workspace: Workspace) -> None:
    write(workspace, kinds_toml='"a.md" = "paper"\n')
    assert plan_kinds(workspace) is None
    assert plan_kinds(workspace, named={"a.md": "paper"}, gone=["b.md"]) is None
    assert plan_kinds(workspace, named={"b.md": "note"}, gone=["a.md"]) == encode_kinds({"b.md": "note"})


@pytest.mark.parametrize(
    ("text", "message"),
    [("[", 'each line is "file" = "kind"'), ('"a.md" = "book"', "'book' of a.md is no kind; known: ")],
)
def test_wrong_kinds_are_named(workspace: Workspace, text: str, message: str) -> None:
    write(workspace, kinds_toml=text)
    with pytest.raises(CorpusError, match=message):
        read_kinds(workspace)
