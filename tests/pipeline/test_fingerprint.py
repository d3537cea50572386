"""The fingerprint changes with what a graph depends on, and with nothing else."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.corpus import Settings, Workspace
from kg.pipeline import fingerprint
from kg.pipeline.fingerprint import compute_fingerprint


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    (tmp_path / "package" / "readers").mkdir(parents=True)
    (tmp_path / "package" / "readers" / "text.py").write_text("one")
    (tmp_path / "package" / "cli.py").write_text("one")
    (tmp_path / "w" / "ontology").mkdir(parents=True)
    (tmp_path / "w" / "ontology" / "a.ttl").write_text("one")
    monkeypatch.setattr(fingerprint, "_PACKAGE", tmp_path / "package")
    return Workspace(tmp_path / "w", Settings())


def test_nothing_changed_gives_the_same(workspace: Workspace) -> None:
    (workspace.root / "queries").mkdir()
    (workspace.root.parent / "package" / "cli.py").write_text("two")
    first = compute_fingerprint(workspace)
    (workspace.root / "queries" / "a.rq").write_text("new")
    (workspace.root / "ontology" / "README").write_text("new")
    (workspace.root.parent / "package" / "readers" / "__pycache__").mkdir()
    (workspace.root.parent / "package" / "readers" / "__pycache__" / "a.pyc").write_text("new")
    assert compute_fingerprint(workspace) == first


@pytest.mark.parametrize(
    "file", ["package/readers/text.py", "package/readers/words.txt", "w/ontology/a.ttl", "w/ontology/b.ttl"]
)
def test_code_data_and_ontology_count(workspace: Workspace, file: str) -> None:
    first = compute_fingerprint(workspace)
    (workspace.root.parent / file).write_text("two")
    assert compute_fingerprint(workspace) != first


def test_large_part_counts_by_size_and_time(workspace: Workspace) -> None:
    model = workspace.root.parent / "package" / "readers" / "model.bin"
    model.write_bytes(b"\0" * (fingerprint.MAX_HASHED_BYTES + 1))
    first = compute_fingerprint(workspace)
    assert compute_fingerprint(workspace) == first
    model.write_bytes(b"\0" * (fingerprint.MAX_HASHED_BYTES + 2))
    assert compute_fingerprint(workspace) != first


@pytest.mark.parametrize("changed", [{"base": "http://x/"}, {"language": "x"}, {"encoder": "model"}, {"least": 0.5}])
def test_settings_count(workspace: Workspace, changed: dict[str, Any]) -> None:
    other = replace(workspace, settings=replace(workspace.settings, **changed))
    assert compute_fingerprint(other) != compute_fingerprint(workspace)


def test_services_do_not_count(workspace: Workspace) -> None:
    other = replace(workspace, settings=replace(workspace.settings, services=("https://x/",)))
    assert compute_fingerprint(other) == compute_fingerprint(workspace)
