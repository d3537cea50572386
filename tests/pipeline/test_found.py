"""What was found in a document is kept, and is not looked for again when only decisions change."""

import sys
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import toy

from kg.corpus.files import hash_file
from kg.model import Assertion, Document, Evidence, Statement
from kg.model.decision import Decision
from kg.pipeline.build import build, review
from kg.pipeline.found import keep_found, read_found
from kg.pipeline.stages import Stages
from kg.pipeline.update import Tools

FOUND = (
    Assertion("title", "数字政府", Evidence(0, 4, "数字政府"), confidence=0.1 + 0.2),
    Assertion(
        kind="dilemma",
        label="slow\ud800",
        evidence=Evidence(5, 9, "slow", "1 Problems", 3),
        key="d1",
        fields=(("level", 2), ("names", ("a", "b")), ("score", 0.5), ("stated", True)),
        confidence=1e-17,
        method="room/rule",
        status="candidate",
        reasons=("because", "so"),
    ),
)


def test_assertions_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "found" / "a.json"
    assert keep_found(path, "key", FOUND) == FOUND
    assert read_found(path, "key") == FOUND


def test_what_is_of_another_key_damaged_or_missing_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    assert read_found(path, "key") is None
    keep_found(path, "key", FOUND)
    assert read_found(path, "other") is None
    path.write_bytes(path.read_bytes().replace(b"slow", b"fast"))
    assert read_found(path, "key") is None


def test_no_room_for_it_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "found").write_text("a file where the folder should be")
    assert keep_found(tmp_path / "found" / "a.json", "key", FOUND) == FOUND


def find(calls: list[str], document: Document) -> tuple[Assertion, ...]:
    calls.append(document.file)
    return (Assertion("dilemma", document.id, Evidence(0, 4, document.text[:4])),)


def decide(document: Document, found: tuple[Assertion, ...], decisions: tuple[Decision, ...]) -> list[Statement]:
    made = toy.process(document)
    return made[: len(made) - len(decisions)] if found else []


def make_tools(calls: list[str]) -> Tools:
    stages = Stages(toy.load().read, toy.process, toy.summarise, find=partial(find, calls), decide=decide)
    return Tools(lambda: stages, toy.link, 1)


def test_decision_takes_what_was_found_and_changes_its_document_alone(tmp_path: Path) -> None:
    workspace = toy.make_workspace(tmp_path, a_md="# A\n\nDilemma: slow.\n", b_md="# B\n\nDilemma: fear.\n")
    calls: list[str] = []
    tools = make_tools(calls)
    build(workspace, tools)
    assert sorted(calls) == ["a.md", "b.md"]
    before = toy.read_graph_files(workspace)
    decision = Decision("a.md", hash_file(workspace.corpus / "a.md"), "dilemma", "rejected", "Dilemma: slow.")
    assert review(workspace, [decision], tools).processed == 1
    after = toy.read_graph_files(workspace)
    assert len(calls) == 2
    assert [name for name in before if before[name] != after[name]] == ["a"]


def test_reviewed_graph_is_the_same_whether_or_not_what_was_found_is_still_there(tmp_path: Path) -> None:
    graphs, calls = [], list[str]()
    for name in ("kept", "lost"):
        workspace = toy.make_workspace(tmp_path / name, a_md="# A\n\nDilemma: slow.\n")
        build(workspace, make_tools(calls))
        if name == "lost":
            (workspace.kg / "found" / "a.json").unlink()
        decision = Decision("a.md", hash_file(workspace.corpus / "a.md"), "dilemma", "rejected", "Dilemma: slow.")
        review(workspace, [decision], make_tools(calls))
        graphs.append(toy.read_graph_files(workspace))
    assert graphs[0] == graphs[1]
    assert len(calls) == 3


def test_of_documents_that_are_gone_nothing_is_kept(tmp_path: Path) -> None:
    workspace = toy.make_workspace(tmp_path, a_md="# A\n\nDilemma: slow.\n", b_md="# B\n\nDilemma: fear.\n")
    build(workspace, make_tools([]))
    (workspace.corpus / "b.md").unlink()
    for number in range(22):
        (workspace.corpus / "a.md").write_text(f"# A\n\nDilemma: slow {number}.\n")
        build(workspace, make_tools([]))
    assert [path.name for path in (workspace.kg / "found").iterdir()] == ["a.json"]
