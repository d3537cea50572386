"""Build, add and remove lead from one whole state to the next, and say what changed."""

import os
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import toy

from kg.corpus import Workspace
from kg.corpus.sources import Skipped
from kg.graph.store import count_quads, open_for_reading
from kg.model import CorpusError, Statement, ValidationError
from kg.pipeline import step
from kg.pipeline.build import Report, add, build, remove
from kg.pipeline.changes import Changes, News
from kg.pipeline.stages import Stages
from kg.pipeline.undo import Undone, undo
from kg.pipeline.update import Tools

TOOLS = toy.make_tools()
ALPHA = "# Alpha\n\nDilemma: slow sharing. Remedy: openness for slow sharing.\n"
BETA = "# Beta\n\nConcept: open data. Remedy: training perhaps for slow sharing.\n"
GAMMA = "# Gamma\n\nDilemma: slow sharing. Dilemma: silos. Concept: open data. Concept: clouds.\n"


@pytest.fixture(autouse=True)
def _leave_disk_and_store_to_other_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting for the disk is most of a small step; whoever reads makes the store by himself."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    monkeypatch.setattr(step, "refresh_store", lambda root: None)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return toy.make_workspace(tmp_path / "w", a_md=ALPHA, b_md=BETA)


@pytest.fixture
def built(workspace: Workspace) -> Workspace:
    build(workspace, TOOLS)
    return workspace


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_first_build_makes_a_graph_of_every_document(workspace: Workspace) -> None:
    report = build(workspace, TOOLS)
    assert report == Report(
        Changes(
            added=(("a", "a.md"), ("b", "b.md")),
            concepts=News(new=("open data",)),
            dilemmas=News(new=("slow sharing",)),
            remedies=News(new=("openness", "training")),
            links=News(new=("openness -> slow sharing",)),
            candidates=News(new=("training -> slow sharing",)),
        ),
        processed=2,
    )
    assert list(toy.read_graph_files(workspace)) == ["a", "b", "corpus", "ontology"]


def test_store_holds_what_was_built(built: Workspace) -> None:
    expected = {toy.BASE + "graph/" + name: g.count(b"\n") for name, g in toy.read_graph_files(built).items() if g}
    assert count_quads(open_for_reading(built.root)) == expected


def test_second_build_has_nothing_to_do(built: Workspace) -> None:
    manifest = (built.kg / "manifest.json").read_bytes()
    assert build(built, TOOLS) == Report()
    assert (built.kg / "manifest.json").read_bytes() == manifest


def test_changed_document_is_replaced_whole_and_the_others_are_left(built: Workspace) -> None:
    before = toy.read_graph_files(built)
    write(built.corpus, "a.md", "# Alpha\n\nDilemma: fear.\n")
    report = build(built, TOOLS)
    assert report.processed == 1
    assert report.changes == Changes(
        replaced=(("a", "a.md"),),
        dilemmas=News(new=("fear",), gone=("slow sharing",)),
        remedies=News(gone=("openness",)),
        links=News(gone=("openness -> slow sharing",)),
    )
    after = toy.read_graph_files(built)
    assert b"slow" not in after["a"]
    assert after["b"] == before["b"]


def test_deleted_file_leaves_the_graph(built: Workspace) -> None:
    (built.corpus / "b.md").unlink()
    assert build(built, TOOLS).changes.removed == (("b", "b.md"),)
    assert list(toy.read_graph_files(built)) == ["a", "corpus", "ontology"]


def test_file_touched_without_change_is_not_made_again(built: Workspace) -> None:
    os.utime(built.corpus / "a.md", (1, 1))
    assert build(built, TOOLS).processed == 0


def test_renamed_file_is_another_document(built: Workspace) -> None:
    (built.corpus / "b.md").rename(built.corpus / "c.md")
    changes = build(built, TOOLS).changes
    assert (changes.added, changes.removed) == ((("c", "c.md"),), (("b", "b.md"),))


@pytest.mark.parametrize("changed", ["ontology", "settings", "kinds"])
def test_what_the_graph_depends_on_makes_the_documents_anew(built: Workspace, changed: str) -> None:
    if changed == "ontology":
        write(built.root, "ontology/more.ttl", "<http://example.org/a> <http://example.org/b> 1 .")
    elif changed == "settings":
        built = replace(built, settings=replace(built.settings, base="http://my.org/"))
    else:
        write(built.corpus, "kinds.toml", '"a.md" = "policy"\n"b.md" = "policy"\n')
    assert build(built, TOOLS).processed == 2
    assert build(built, TOOLS).processed == 0


@pytest.mark.parametrize("damage", ["flip", "truncate", "delete", "record", "manifest", "all"])
def test_damaged_file_of_the_graph_is_noticed_and_made_again(built: Workspace, damage: str) -> None:
    before = toy.read_graph_files(built)
    path = next((built.kg / "documents").glob("a.*.nq"))
    if damage == "flip":
        path.write_bytes(path.read_bytes().replace(b"slow", b"fast"))
    elif damage == "truncate":
        os.truncate(path, 100)
    elif damage == "delete":
        path.unlink()
    elif damage == "record":
        path.unlink()
        path.with_suffix(".json").write_text("{")
    elif damage == "manifest":
        (built.kg / "manifest.json").write_text("{}")
    else:
        for found in built.kg.rglob("*"):
            if found.is_file():
                found.unlink()
    build(built, TOOLS)
    assert toy.read_graph_files(built) == before
    assert count_quads(open_for_reading(built.root))[toy.BASE + "graph/a"] == before["a"].count(b"\n")


def test_document_that_fails_is_reported_and_the_rest_goes_in(workspace: Workspace) -> None:
    write(workspace.corpus, "bad.md", "# Bad\n\nCrash!\n")
    report = build(workspace, TOOLS)
    assert [(f.name, f.message) for f in report.failures] == [
        ("bad.md", "a fault in kg, please report it: RuntimeError: a fault")
    ]
    assert list(toy.read_graph_files(workspace)) == ["a", "b", "corpus", "ontology"]


def test_document_that_failed_is_tried_again_only_when_it_changes_or_on_request(workspace: Workspace) -> None:
    bad = write(workspace.corpus, "bad.md", "# Bad\n\nCrash!\n")
    first = build(workspace, TOOLS)
    again = build(workspace, TOOLS)
    assert (again.processed, again.known) == (0, first.failures)
    assert build(workspace, TOOLS, retry=True).failures == first.failures
    bad.write_text("# Good\n\nDilemma: none.\n")
    assert build(workspace, TOOLS).changes.added == (("bad", "bad.md"),)


def test_document_that_fails_leaves_its_name_to_others(workspace: Workspace) -> None:
    write(workspace.corpus, "c.md", "# Bad\n\nCrash!\n")
    write(workspace.corpus, "c.txt", "A plain text.\n\nDilemma: none.\n")
    assert build(workspace, TOOLS).changes.added == (("a", "a.md"), ("b", "b.md"), ("c", "c.txt"))


def test_false_quote_stops_the_document(workspace: Workspace) -> None:
    def lie(document: object) -> list[Statement]:
        statement = next(s for s in toy.process(document) if s.evidence)  # type: ignore[arg-type]
        assert statement.evidence
        return [replace(statement, evidence=replace(statement.evidence, start=statement.evidence.start + 1))]

    tools = Tools(lambda: Stages(toy.load().read, lie, toy.summarise), toy.link, 1)
    report = build(workspace, tools)
    assert [f.message.split(" quotes ")[0] for f in report.failures] == ["a.md: dcterms:title", "b.md: dcterms:title"]


def test_broken_ontology_stops_the_step_and_not_each_document(workspace: Workspace) -> None:
    def load() -> Stages:
        raise ValidationError("the ontology is broken")

    with pytest.raises(CorpusError, match="the ontology is broken"):
        build(workspace, Tools(load, toy.link, 1))
    assert not (workspace.kg / "manifest.json").exists()


def test_stopped_build_keeps_what_it_made_and_goes_on_from_there(workspace: Workspace) -> None:
    def stop(done: int, total: int, file: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(workspace, replace(TOOLS, progress=stop))
    assert not (workspace.kg / "manifest.json").exists()
    made = len(list((workspace.kg / "documents").glob("*.json")))
    assert made >= 1
    assert build(workspace, TOOLS).processed == 2 - made


def test_same_content_under_two_names_is_one_document(workspace: Workspace) -> None:
    write(workspace.corpus, "z.md", ALPHA)
    report = build(workspace, TOOLS)
    assert report.skipped == (Skipped("z.md", "the same content as a.md"),)
    assert [document for document, _ in report.changes.added] == ["a", "b"]


def test_many_documents_are_made_by_several_processes(tmp_path: Path) -> None:
    files = {f"d{i}_md": f"# D{i}\n\nDilemma: problem {i}.\n" for i in range(7)}
    one = toy.make_workspace(tmp_path / "one", **files)
    two = toy.make_workspace(tmp_path / "two", **files)
    build(one, toy.make_tools(1))
    told: list[tuple[int, int]] = []
    tools = replace(toy.make_tools(2), progress=lambda done, total, file: told.append((done, total)))
    assert build(two, tools).processed == 7
    assert told == [(i, 7) for i in range(1, 8)]
    assert toy.read_graph_files(one) == toy.read_graph_files(two)


def test_document_that_ends_its_process_does_not_take_others_with_it(workspace: Workspace) -> None:
    write(workspace.corpus, "c.md", "# C\n\nDie!\n")
    report = build(workspace, toy.make_tools(2))
    assert [(f.name, f.message) for f in report.failures] == [
        ("c.md", "the process that worked on it was ended, perhaps for want of memory or time")
    ]
    assert [document for document, _ in report.changes.added] == ["a", "b"]


def test_added_file_is_copied_and_what_it_brings_is_told(built: Workspace, tmp_path: Path) -> None:
    report = add(built, [write(tmp_path, "c.md", GAMMA)], TOOLS)
    assert report == Report(
        Changes(
            added=(("c", "c.md"),),
            concepts=News(new=("clouds",), merged=("open data",)),
            dilemmas=News(new=("silos",), merged=("slow sharing",)),
        ),
        processed=1,
    )
    assert toy.read_corpus(built)["c.md"] == GAMMA.encode()


def test_added_documents_give_the_graph_that_a_build_gives(built: Workspace, tmp_path: Path) -> None:
    add(built, [write(tmp_path, "c.md", GAMMA)], TOOLS)
    assert build(built, TOOLS) == Report()


def test_folder_is_added_at_any_depth_without_what_is_no_document(built: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    for name in ("c.md", "deep/d.md", ".hidden.md", ".git/e.md", "f.xyz", "g"):
        write(folder, name, f"# {name}\n\nDilemma: {name.replace('.', ' ')}.\n")
    (folder / "h.md").symlink_to(folder / "c.md")
    report = add(built, [folder], TOOLS)
    assert report.changes.added == (("c", "c.md"), ("deep-d", "deep/d.md"))
    assert {s.file: s.reason for s in report.skipped} == {
        ".hidden.md": "hidden",
        ".git": "hidden",
        "f.xyz": "no reader for '.xyz'",
        "g": "no ending that says its format",
        "h.md": "a link; put the file itself here",
    }
    assert not any(skipped.fault for skipped in report.skipped)


def test_other_content_under_a_known_name_gets_a_number(built: Workspace, tmp_path: Path) -> None:
    report = add(built, [write(tmp_path, "a.md", GAMMA)], TOOLS)
    assert report.changes.added == (("a-2", "a-2.md"),)
    assert toy.read_corpus(built)["a.md"] == ALPHA.encode()


def test_title_of_another_document_is_a_possible_conflict(built: Workspace, tmp_path: Path) -> None:
    report = add(built, [write(tmp_path, "copy.md", "# Alpha\n\nDilemma: fear.\n")], TOOLS)
    assert report.changes.conflicts == ("document a may be the same as document copy (the same title)",)
    assert add(built, [write(tmp_path, "c.md", GAMMA)], TOOLS).changes.conflicts == ()


def test_known_content_under_another_name_is_recognised(built: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path, "other.md", ALPHA)
    report = add(built, [path, path], TOOLS)
    assert report == Report(skipped=(Skipped(str(path), "the same content as a.md"),) * 2)


def test_bad_files_of_a_batch_are_reported_and_not_copied(built: Workspace, tmp_path: Path) -> None:
    named = [
        write(tmp_path, "bad.md", "Crash!\n"),
        tmp_path / "missing.md",
        write(tmp_path, "x.exe", "MZ"),
        write(tmp_path, "empty.md", ""),
        write(tmp_path, "c.md", GAMMA),
    ]
    report = add(built, named, TOOLS)
    assert report.changes.added == (("c", "c.md"),)
    assert sorted(f.name for f in report.failures) == ["bad.md", "empty.md"]
    assert [(Path(s.file).name, s.reason, s.fault) for s in report.skipped] == [
        ("missing.md", "no such file", True),
        ("x.exe", "no reader for '.exe'", True),
    ]
    assert list(toy.read_corpus(built)) == ["a.md", "b.md", "c.md"]


def test_nothing_changes_if_no_file_can_be_added(built: Workspace, tmp_path: Path) -> None:
    manifest = (built.kg / "manifest.json").read_bytes()
    assert add(built, [write(tmp_path, "bad.md", "Crash!\n")], TOOLS).changes == Changes()
    assert (built.kg / "manifest.json").read_bytes() == manifest


def test_kind_that_was_named_is_kept_for_later_builds(built: Workspace, tmp_path: Path) -> None:
    add(built, [write(tmp_path, "c.md", GAMMA)], TOOLS, kind="policy")
    assert toy.read_corpus(built)["kinds.toml"].splitlines()[1:] == [b'"c.md" = "policy"']
    before = toy.read_graph_files(built)
    assert b'"policy"' in before["c"]
    for path in sorted(built.kg.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    build(built, TOOLS)
    assert toy.read_graph_files(built) == before


def test_edited_file_of_the_corpus_can_be_added_in_place(built: Workspace) -> None:
    report = add(built, [write(built.corpus, "a.md", GAMMA)], TOOLS)
    assert report.changes.replaced == (("a", "a.md"),)


def test_add_leaves_documents_made_by_older_code_to_the_next_build(built: Workspace, tmp_path: Path) -> None:
    write(built.root, "ontology/more.ttl", "<http://example.org/a> <http://example.org/b> 1 .")
    assert add(built, [write(tmp_path, "c.md", GAMMA)], TOOLS).processed == 1
    assert build(built, TOOLS).processed == 2


def test_odd_names_become_names_that_every_system_takes(built: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path, "a\n\u202eb:*?" + "数" * 70 + ".md", GAMMA)
    report = add(built, [path], TOOLS)
    (_, file) = report.changes.added[0]
    assert file == "a_b_" + "数" * 57 + ".md"


def test_removed_document_leaves_graph_and_corpus(built: Workspace) -> None:
    report = remove(built, ["a"], TOOLS)
    assert report.changes.removed == (("a", "a.md"),)
    assert list(toy.read_corpus(built)) == ["b.md"]
    assert build(built, TOOLS) == Report()


def test_document_can_be_named_by_its_file(built: Workspace) -> None:
    assert remove(built, ["a.md", "corpus/b.md"], TOOLS).changes.removed == (("a", "a.md"), ("b", "b.md"))


def test_unknown_name_removes_nothing(built: Workspace) -> None:
    with pytest.raises(CorpusError, match=r"there is no document 'aa'\. Did you mean a"):
        remove(built, ["b", "aa"], TOOLS)
    assert list(toy.read_corpus(built)) == ["a.md", "b.md"]


def test_edited_document_is_not_removed(built: Workspace) -> None:
    write(built.corpus, "a.md", GAMMA)
    with pytest.raises(CorpusError, match=r"corpus/a\.md: changed since it was built"):
        remove(built, ["a"], TOOLS)


def test_undo_brings_back_graph_and_corpus_byte_for_byte_over_several_steps(built: Workspace, tmp_path: Path) -> None:
    states = [(toy.read_graph_files(built), toy.read_corpus(built))]
    add(built, [write(tmp_path, "c.md", GAMMA)], TOOLS, kind="policy")
    states.append((toy.read_graph_files(built), toy.read_corpus(built)))
    remove(built, ["a", "b"], TOOLS)
    states.append((toy.read_graph_files(built), toy.read_corpus(built)))
    write(built.corpus, "c.md", ALPHA)
    build(built, TOOLS)
    for operation, (graphs, corpus) in zip(("build", "remove", "add"), reversed(states), strict=True):
        assert undo(built, TOOLS).operation == operation
        assert (toy.read_graph_files(built), toy.read_corpus(built)) == (graphs, corpus)
        assert count_quads(open_for_reading(built.root))[toy.BASE + "graph/ontology"] > 0
    assert (built.kg / "undone" / "c.md").read_text() == GAMMA


def test_undo_of_a_build_leaves_the_files_it_found(built: Workspace) -> None:
    write(built.corpus, "c.md", GAMMA)
    build(built, TOOLS)
    assert undo(built, TOOLS).report.changes.removed == (("c", "c.md"),)
    assert list(toy.read_corpus(built)) == ["a.md", "b.md", "c.md"]
    assert build(built, TOOLS).changes.added == (("c", "c.md"),)


def test_undo_of_the_first_build_leaves_an_empty_graph(built: Workspace) -> None:
    undo(built, TOOLS)
    assert list(toy.read_graph_files(built)) == []
    with pytest.raises(CorpusError, match="there is nothing to undo"):
        undo(built, TOOLS)


@pytest.mark.parametrize("broken", ["kg.corpus.journal._place", "kg.pipeline.undo.refresh_quietly"])
def test_undo_that_was_killed_is_finished_by_the_next_which_undoes_nothing_else(
    built: Workspace, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    states = [(toy.read_graph_files(built), toy.read_corpus(built))]
    for name in ("b", "a"):
        remove(built, [name], TOOLS)
        states.append((toy.read_graph_files(built), toy.read_corpus(built)))
    monkeypatch.setattr(broken, lambda *_: sys.exit("killed"))
    with pytest.raises(SystemExit):
        undo(built, TOOLS)
    monkeypatch.undo()
    assert undo(built, TOOLS) == Undone(Report(), "remove", finished=True)
    assert (toy.read_graph_files(built), toy.read_corpus(built)) == states[1]
    assert undo(built, TOOLS).finished is False
    assert (toy.read_graph_files(built), toy.read_corpus(built)) == states[0]


def test_undo_refuses_to_lose_an_edit(built: Workspace, tmp_path: Path) -> None:
    add(built, [write(tmp_path, "c.md", GAMMA)], TOOLS)
    write(built.corpus, "c.md", GAMMA + "Mine.\n")
    with pytest.raises(CorpusError, match=r"corpus/c\.md: changed since the last step"):
        undo(built, TOOLS)
    assert "c" in toy.read_graph_files(built)


def test_undo_refuses_when_no_copy_is_left(built: Workspace) -> None:
    remove(built, ["a"], TOOLS)
    for path in (built.kg / "sources").iterdir():
        path.write_text("damaged")
    with pytest.raises(CorpusError, match=r"corpus/a\.md: no copy is kept of what it was"):
        undo(built, TOOLS)


def test_large_file_comes_back_though_it_is_only_linked(built: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path, "large.md", GAMMA + toy.LARGE)
    add(built, [path], TOOLS)
    content = path.read_bytes()
    path.write_text("the file outside is its owner's")
    assert toy.read_corpus(built)["large.md"] == content
    remove(built, ["large"], TOOLS)
    undo(built, TOOLS)
    assert toy.read_corpus(built)["large.md"] == content


def test_undo_goes_back_twenty_steps_and_keeps_no_more(built: Workspace) -> None:
    for number in range(23):
        write(built.corpus, "a.md", f"# A\n\nDilemma: problem {number}.\n")
        build(built, TOOLS)
    for number in range(21, 1, -1):
        undo(built, TOOLS)
        assert f"problem {number}." in toy.read_corpus(built)["a.md"].decode()
    with pytest.raises(CorpusError, match="there is nothing to undo"):
        undo(built, TOOLS)
    assert len(list((built.kg / "documents").glob("a.*.nq"))) <= 21


def test_quads_are_read_by_another_while_a_build_goes_on(built: Workspace) -> None:
    store = open_for_reading(built.root)
    write(built.corpus, "a.md", GAMMA)
    build(built, TOOLS)
    title = ox.NamedNode("http://purl.org/dc/terms/title")
    quads = store.quads_for_pattern(None, title, None, ox.NamedNode(toy.BASE + "graph/a"))
    assert [quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)] == ["Alpha"]


BIBLIOGRAPHY = """
@article{one, title={One}, abstract={Dilemma: slow sharing.}}
@article{two, title={Two}, abstract={Remedy: openness for slow sharing.}}
"""


@pytest.fixture
def with_bibliography(built: Workspace, tmp_path: Path) -> Workspace:
    report = add(built, [write(tmp_path, "refs.bib", BIBLIOGRAPHY)], TOOLS)
    assert report.changes.added == (("refs-one", "refs.bib#one"), ("refs-two", "refs.bib#two"))
    return built


def test_records_of_a_bibliography_are_documents(with_bibliography: Workspace) -> None:
    graphs = toy.read_graph_files(with_bibliography)
    assert list(graphs) == ["a", "b", "corpus", "ontology", "refs-one", "refs-two"]
    assert b'"refs.bib#one"' in graphs["refs-one"]
    assert build(with_bibliography, TOOLS) == Report()


def test_of_a_changed_bibliography_only_the_records_that_changed_are_made_again(with_bibliography: Workspace) -> None:
    text = (
        BIBLIOGRAPHY.replace("slow sharing.}}\n@", "fear.}}\n@")
        + "@article{new, title={New}, abstract={Dilemma: x.}}\n"
    )
    write(with_bibliography.corpus, "refs.bib", text)
    report = build(with_bibliography, TOOLS)
    assert report.processed == 2
    assert (report.changes.added, report.changes.replaced) == (
        (("refs-new", "refs.bib#new"),),
        (("refs-one", "refs.bib#one"),),
    )
    undo(with_bibliography, TOOLS)
    assert toy.read_corpus(with_bibliography)["refs.bib"] == BIBLIOGRAPHY.encode()


def test_bibliography_is_removed_whole_or_not_at_all(with_bibliography: Workspace) -> None:
    with pytest.raises(CorpusError, match=r"'refs-one' is a record of corpus/refs\.bib: take it out of that file"):
        remove(with_bibliography, ["refs-one"], TOOLS)
    before = toy.read_graph_files(with_bibliography)
    assert remove(with_bibliography, ["refs.bib"], TOOLS).changes.removed == (
        ("refs-one", "refs.bib#one"),
        ("refs-two", "refs.bib#two"),
    )
    undo(with_bibliography, TOOLS)
    assert toy.read_graph_files(with_bibliography) == before


def test_record_that_fails_leaves_the_others(built: Workspace, tmp_path: Path) -> None:
    report = add(built, [write(tmp_path, "refs.bib", BIBLIOGRAPHY.replace("Dilemma", "Crash!"))], TOOLS)
    assert [f.name for f in report.failures] == ["refs.bib#one"]
    assert report.changes.added == (("refs-two", "refs.bib#two"),)
    assert [f.name for f in build(built, TOOLS).known] == ["refs.bib#one"]


def test_broken_bibliography_is_reported_and_not_copied(built: Workspace, tmp_path: Path) -> None:
    report = add(built, [write(tmp_path, "refs.json", "[")], TOOLS)
    assert [f.name for f in report.failures] == ["refs.json"]
    assert "refs.json" not in toy.read_corpus(built)
    write(built.corpus, "refs.json", "[")
    assert [f.name for f in build(built, TOOLS).failures] == ["refs.json"]
    assert [f.name for f in build(built, TOOLS).known] == ["refs.json"]


def test_record_is_made_again_although_its_bibliography_was_edited_since(with_bibliography: Workspace) -> None:
    """Removing another document may give a record another name; what was read of it is still there."""
    write(with_bibliography.corpus, "refs-one.md", GAMMA)
    add(with_bibliography, [with_bibliography.corpus / "refs-one.md"], TOOLS)
    write(with_bibliography.corpus, "refs.bib", "@article{other, title={Other}}")
    before = toy.read_graph_files(with_bibliography)
    remove(with_bibliography, ["a"], TOOLS)
    assert {**before, "a": b""} == {**toy.read_graph_files(with_bibliography), "a": b""}
