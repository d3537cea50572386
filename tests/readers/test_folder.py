"""A folder of chapters as one document."""

from pathlib import Path

import pytest

from kg.model import ReadError, compute_sections
from kg.readers.folder import find_chapters, read_folder_as_one


def write(folder: Path, **files: str) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name.replace('__', '-')}.md").write_text(text)
    return folder


def test_chapters_are_sections_of_one_document_in_their_order(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "data-strategy",
        index="---\ntitle: Data strategy\nyear: 2020\n---\nA strategy.",
        ch2="# 02 Why\n\n## Costs\n\nIt costs.",
        ch10="# 10 How\n\nBy law.",
    )
    document = read_folder_as_one(folder, file="policies/data-strategy")
    assert document.id == "policies-data-strategy"
    assert [(s.number, s.title, s.level) for s in compute_sections(document)] == [
        ("02", "Why", 1),
        ("", "Costs", 2),
        ("10", "How", 1),
    ]
    assert document.text.startswith("Data strategy\n\nYear: 2020\n\nA strategy.")


def test_annexes_come_last_and_hidden_files_are_left_out(tmp_path: Path) -> None:
    folder = write(tmp_path / "f", annex1="a", b2="b", _hidden="x")
    (folder / ".git").mkdir()
    (folder / ".git" / "x.md").write_text("no")
    assert [path.stem for path in find_chapters(folder)] == ["_hidden", "b2", "annex1"]


def test_folder_without_readable_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no file in the folder that can be read"):
        read_folder_as_one(tmp_path)


def test_chapters_follow_the_numbers_of_their_headings_and_share_the_title_of_the_whole(tmp_path: Path) -> None:
    text = "Offices share what they make."
    folder = write(
        tmp_path / "pages",
        appendix=f"---\ntitle: Code Policy | Appendix\n---\n{text}",
        exceptions=f"---\ntitle: Code Policy | Exceptions\n---\n## 2. Exceptions\n\n{text}\n\n### 2.1 Secrets\n\nNone.",
        introduction=f"---\ntitle: Code Policy | Introduction\n---\n{text}",
        objectives=f"---\ntitle: Code Policy | Objectives\n---\n## 1. Objectives\n\n{text}",
        scope=f"---\ntitle: Code Policy | Scope\n---\n## 3. Where it holds\n\n{text}",
    )
    document = read_folder_as_one(folder)
    assert document.text.startswith("Code Policy\n\nIntroduction")
    assert [(s.number, s.title, s.level) for s in compute_sections(document)] == [
        ("", "Introduction", 1),
        ("1", "Objectives", 1),
        ("2", "Exceptions", 1),
        ("2.1", "Secrets", 2),
        ("", "Scope", 1),
        ("3", "Where it holds", 2),
        ("", "Appendix", 1),
    ]


def test_chapters_and_annexes_keep_the_numbers_in_their_titles(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "book",
        index="# The playbook\n\nWelcome.",
        two="# Chapter 2: Go on\n\nGo.\n\n## 2.1 How\n\nSo.",
        annex__a="---\ntitle: 'Annex A: Terms'\n---\n# Annex A: Terms\n\nWords.\n\n## A.1 Scope\n\nAll.",
        annex__b="# Annex B\n\nForms.",
        appendix__3="# Appendix 3. (Tables)\n\nRows.",
    )
    document = read_folder_as_one(folder)
    assert [(s.number, s.title, s.level) for s in compute_sections(document)] == [
        ("2", "Go on", 1),
        ("2.1", "How", 2),
        ("A", "Terms", 1),
        ("A.1", "Scope", 2),
        ("B", "Annex B", 1),
        ("3", "(Tables)", 1),
    ]
    assert [block.label for block in document.blocks if block.number in {"A", "B"}] == ["annex", ""]
    assert "Annex A: Terms\n\nWords." in document.text


def test_folder_without_a_name_is_a_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path / "book", one="# One\n\nWords.")
    monkeypatch.chdir(folder)
    assert read_folder_as_one(Path(".")).id == "document"
