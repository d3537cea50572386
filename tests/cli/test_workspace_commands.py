"""init, add, build, remove, undo, list, verify, validate and export as a person at the terminal meets them."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "pipeline"))
import toy

from kg.corpus import Workspace
from kg.pipeline import build as build_module
from kg.pipeline.undo import undo

ALPHA = "# Alpha\n\nDilemma: slow sharing. Remedy: openness for slow sharing.\n"
BETA = "# Beta\n\nConcept: open data. Remedy: training perhaps for slow sharing.\n"


@pytest.fixture(autouse=True)
def _toy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_module, "make_tools", lambda workspace, **options: toy.make_tools())
    monkeypatch.setattr(os, "fsync", lambda handle: None)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return toy.make_workspace(tmp_path / "w", a_md=ALPHA)


@pytest.fixture
def built(workspace: Workspace) -> Workspace:
    toy.invoke(workspace.root, "build")
    return workspace


def write(path: Path, text: str) -> str:
    path.write_text(text)
    return str(path)


def test_init_lays_out_a_workspace_and_names_the_next_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert toy.invoke(tmp_path, "init", "library") == (
        0,
        "",
        f"{tmp_path}/library is a workspace.\nNext: cd library && kg add PATH...\n",
    )
    assert toy.invoke(tmp_path, "init", "library")[0] == 1
    assert (tmp_path / "library" / "kg.toml").is_file()


def test_build_says_what_is_new(workspace: Workspace) -> None:
    assert toy.invoke(workspace.root, "build") == (
        0,
        "Added 1 document: a (a.md)\n"
        "Dilemmas: 1 new (slow sharing)\n"
        "Remedies: 1 new (openness)\n"
        "Links stated by a text: 1 new (openness -> slow sharing)\n",
        "",
    )


def test_build_without_work_says_so(built: Workspace) -> None:
    assert toy.invoke(built.root, "build") == (0, "", "Nothing to do.\n")


def test_add_says_what_is_new_merged_and_skipped(built: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    write(folder / "b.md", BETA)
    write(folder / "c.md", "# Alpha\n\nDilemma: slow sharing. Concept: open data.\n")
    write(folder / "copy.md", ALPHA)
    write(folder / "d.xyz", "")
    assert toy.invoke(built.root, "add", str(folder)) == (
        0,
        "Added 2 documents: b (b.md); c (c.md)\n"
        "Concepts: 1 new (open data)\n"
        "Dilemmas: 1 merged with known ones (slow sharing)\n"
        "Remedies: 1 new (training)\n"
        "Links as candidates: 1 new (training -> slow sharing)\n"
        "Possible conflict: document a may be the same as document c (the same title)\n",
        f"Skipped d.xyz: no reader for '.xyz'\nSkipped {folder}/copy.md: the same content as a.md\n",
    )


def test_add_tells_all_as_json(built: Workspace, tmp_path: Path) -> None:
    status, out, _ = toy.invoke(built.root, "add", "--format", "json", write(tmp_path / "b.md", BETA))
    report = json.loads(out)
    assert status == 0
    assert report["changes"]["added"] == [["b", "b.md"]]
    assert report["changes"]["candidates"] == {"new": ["training -> slow sharing"], "merged": [], "gone": []}


def test_bad_file_ends_with_one_and_the_others_are_in(built: Workspace, tmp_path: Path) -> None:
    paths = [write(tmp_path / "bad.md", "Crash!\n"), write(tmp_path / "b.md", BETA), str(tmp_path / "missing.md")]
    status, out, err = toy.invoke(built.root, "add", *paths)
    assert (status, out.splitlines()[0]) == (1, "Added 1 document: b (b.md)")
    assert err == (
        f"Skipped {tmp_path}/missing.md: no such file\n"
        "Failed bad.md: a fault in kg, please report it: RuntimeError: a fault\n"
        "Error: 2 files could not be made part of the graph; see above\n"
    )


def test_build_names_a_document_that_failed_before(workspace: Workspace) -> None:
    write(workspace.corpus / "bad.md", "Crash!\n")
    first, second = toy.invoke(workspace.root, "build"), toy.invoke(workspace.root, "build")
    assert (first[0], second[0]) == (1, 1)
    assert second[2].startswith("Failed before bad.md: a fault in kg")
    assert "('kg build --retry' tries again)" in second[2]


def test_what_a_document_says_cannot_steer_the_terminal(workspace: Workspace) -> None:
    write(workspace.corpus / "b.md", "# B\n\nDilemma: red \x1b[31malert\x07.\n")
    assert "\x1b" not in "".join(map(str, toy.invoke(workspace.root, "build")))


def test_long_lists_are_cut_for_people(workspace: Workspace) -> None:
    write(workspace.corpus / "b.md", "# B\n\n" + " ".join(f"Dilemma: problem {i:02}." for i in range(11)))
    out = toy.invoke(workspace.root, "build")[1]
    assert "problem 07; and 4 more)" in out


def test_remove_and_undo_say_what_they_did(built: Workspace) -> None:
    assert toy.invoke(built.root, "remove", "a") == (
        0,
        "Removed 1 document: a (a.md)\n"
        "Dilemmas: 1 gone (slow sharing)\n"
        "Remedies: 1 gone (openness)\n"
        "Links stated by a text: 1 gone (openness -> slow sharing)\n",
        "",
    )
    status, out, err = toy.invoke(built.root, "undo")
    assert (status, out.splitlines()[0], err) == (0, "Added 1 document: a (a.md)", "Undone: kg remove\n")


def test_undo_says_when_it_only_finished_another(built: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    toy.invoke(built.root, "remove", "a")
    monkeypatch.setattr("kg.corpus.journal.remove_durably", raise_interrupt)
    with pytest.raises(KeyboardInterrupt):
        undo(built, toy.make_tools())
    monkeypatch.undo()
    assert toy.invoke(built.root, "undo") == (
        0,
        "",
        "Undone: kg remove (begun by an undo that was stopped, and now finished; nothing else was undone)\n",
    )


def raise_interrupt(path: Path) -> None:
    raise KeyboardInterrupt


def test_remove_of_an_unknown_document_suggests_others(built: Workspace) -> None:
    toy.invoke(built.root, "add", write(built.root.parent / "wu-2022.md", BETA))
    assert toy.invoke(built.root, "remove", "wu2022") == (
        1,
        "",
        "Error: there is no document 'wu2022'. Did you mean wu-2022 or wu-2022.md?\n",
    )


def test_undo_of_nothing_is_an_error(workspace: Workspace) -> None:
    assert toy.invoke(workspace.root, "undo") == (1, "", "Error: there is nothing to undo\n")


def test_list_shows_a_row_for_each_document(built: Workspace) -> None:
    out = toy.invoke(built.root, "list")[1]
    assert out.splitlines()[0].split() == "document kind year title dilemmas remedies links quads file".split()
    assert out.splitlines()[2].split()[-1] == "a.md"


def test_list_fits_the_terminal(built: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr("kg.cli.tables.sys", SimpleNamespace(stdout=SimpleNamespace(isatty=lambda: True)))
    lines = re.sub("\x1b\\[[0-9;]*m", "", toy.invoke(built.root, "list")[1]).splitlines()
    assert {len(line) for line in lines if line} == {50}


def test_list_as_json_has_an_object_for_each_document(built: Workspace) -> None:
    (row,) = json.loads(toy.invoke(built.root, "list", "--format", "json")[1])
    assert (row["document"], row["file"], row["title"], row["dilemmas"]) == ("a", "a.md", "Alpha", 1)


def test_list_before_the_first_build_is_empty(workspace: Workspace) -> None:
    assert toy.invoke(workspace.root, "list", "--format", "json")[1] == "[]\n"


def test_verify_counts_the_quotes(built: Workspace) -> None:
    assert toy.invoke(built.root, "verify") == (0, "", "All 3 quotes of 1 documents stand where the graph says.\n")


def test_verify_names_what_does_not_hold(built: Workspace) -> None:
    write(built.corpus / "a.md", "# Other\n")
    status, out, err = toy.invoke(built.root, "verify", "--format", "csv")
    assert (status, err) == (1, "Error: 1 fault in 1 documents\n")
    assert out.splitlines()[1] == "a,,,,,corpus/a.md: changed since it was built; run 'kg build'"


SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dg: <https://w3id.org/digital-government/ontology#> .
<http://x/S> a sh:NodeShape ; sh:targetClass dg:Dilemma ;
  sh:property [ sh:path dg:type ; sh:minCount 1 ; sh:message "A dilemma has no type." ; sh:severity sh:Violation ] .
"""


@pytest.mark.parametrize("options", [[], ["--full"]])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_validate_lists_what_breaks_a_shape(built: Workspace, options: list[str]) -> None:
    write(built.root / "ontology" / "shapes.ttl", SHAPES)
    status, out, err = toy.invoke(built.root, "validate", "--format", "csv", *options)
    assert (status, err) == (1, "Error: 1 place where the graph is not as its shapes ask\n")
    assert out.splitlines() == [
        "severity,thing,message,found",
        f"Violation,{toy.BASE}dilemma/slow-sharing,A dilemma has no type.,",
    ]


def test_validate_of_a_good_graph_says_so(built: Workspace) -> None:
    write(
        built.root / "ontology" / "shapes.ttl",
        SHAPES.replace("dg:type", "<http://www.w3.org/2004/02/skos/core#prefLabel>"),
    )
    assert toy.invoke(built.root, "validate") == (0, "", "The graph is as its shapes ask.\n")


def test_export_writes_the_canonical_quads(built: Workspace, tmp_path: Path) -> None:
    graphs = toy.read_graph_files(built)
    expected = b"".join(sorted(line for nquads in graphs.values() for line in nquads.splitlines(keepends=True)))
    assert toy.invoke(built.root, "export")[1] == expected.decode()
    assert toy.invoke(built.root, "export", "-o", str(tmp_path / "graph.nq")) == (0, "", "")
    assert (tmp_path / "graph.nq").read_bytes() == expected
    assert toy.invoke(built.root, "export", "--document", "a")[1] == graphs["a"].decode()


@pytest.mark.parametrize(("file", "beginning"), [("g.ttl", "@prefix"), ("g.csv", "graph,"), ("g", "<")])
def test_ending_of_the_file_chooses_the_format_of_an_export(built: Workspace, file: str, beginning: str) -> None:
    assert toy.invoke(built.root, "export", "-o", str(built.root / file)) == (0, "", "")
    assert (built.root / file).read_text().startswith(beginning)
    assert toy.invoke(built.root, "export", "-o", str(built.root / "g.docx"))[0] == 2
    assert not (built.root / "g.docx").exists()


def test_lint_says_that_nothing_looks_odd(built: Workspace) -> None:
    assert toy.invoke(built.root, "lint") == (0, "", "Nothing looks odd.\n")
    assert toy.invoke(built.root, "lint", "--format", "csv")[1] == "document,severity,remark,quote\n"


def test_export_of_an_unknown_document_is_an_error(built: Workspace) -> None:
    assert toy.invoke(built.root, "export", "--document", "b")[0] == 1


@pytest.mark.parametrize("command", ["export", "verify", "validate"])
def test_command_before_the_first_build_says_build(workspace: Workspace, command: str) -> None:
    status, out, err = toy.invoke(workspace.root, command)
    assert (status, out) == (1, "")
    assert "there is no graph yet. Run 'kg build' to make it from corpus/, or 'kg add PATH'." in err


def test_folder_that_is_no_workspace_is_an_error(tmp_path: Path) -> None:
    status, _, err = toy.invoke(tmp_path, "build")
    assert (status, err) == (
        1,
        f"Error: {tmp_path}: no kg.toml in it, so it is no workspace. 'kg init {tmp_path}' makes it one.\n",
    )


@pytest.mark.parametrize("command", ["init", "add", "build", "remove", "undo", "list", "verify", "validate", "export"])
def test_help_has_an_example(tmp_path: Path, command: str) -> None:
    status, out, _ = toy.invoke(tmp_path, command, "--help")
    assert status == 0
    assert f"Example:\n    kg {'add wrong.txt' if command == 'undo' else command}" in out


def test_build_without_work_loads_no_heavy_package(built: Workspace) -> None:
    code = (
        "import sys; from pathlib import Path; from kg.corpus import open_workspace\n"
        "from kg.pipeline.build import build, make_tools; sys.path.insert(0, sys.argv[2]); import toy\n"
        "workspace = open_workspace(Path(sys.argv[1])); build(workspace, toy.make_tools())\n"
        "assert build(workspace, make_tools(workspace)).processed == 0\n"
        "print([m for m in ('spacy', 'rdflib', 'networkx', 'pyvis', 'numpy', 'rich', 'click') if m in sys.modules])"
    )
    call = [sys.executable, "-c", code, str(built.root), str(Path(toy.__file__).parent)]
    assert subprocess.run(call, capture_output=True, text=True, check=True).stdout == "[]\n"
