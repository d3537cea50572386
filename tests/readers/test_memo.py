"""The head of a memorandum is facts about it, and its subject the title."""

from pathlib import Path

import pytest

from kg.readers import read_document

BODY = "Agencies buy the same software twice. They do not know of each other."
MEMO = f"""MEMORANDUM FOR THE HEADS OF AGENCIES

FROM: Tony Scott, Chief Information Officer

DATE: August 8, 2016

SUBJECT: Sharing source code between agencies

{BODY}

Background

Agencies do not share the code that they have paid for, and so they pay for it again and again.
"""


def show(path: Path, text: str) -> list[tuple[str, str, str]]:
    path.write_text(text, encoding="utf-8")
    document = read_document(path)
    return [(b.kind.value, b.label, document.block_text(b)) for b in document.blocks]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", MEMO),
        ("a.md", MEMO.replace("Background", "## Background").replace("FROM:", "**FROM:**")),
    ],
)
def test_lines_at_the_head_of_a_memorandum_are_facts(tmp_path: Path, name: str, text: str) -> None:
    assert show(tmp_path / name, text)[:6] == [
        ("title", "", "Sharing source code between agencies"),
        ("paragraph", "", "MEMORANDUM FOR THE HEADS OF AGENCIES"),
        ("metadata", "from", "Tony Scott, Chief Information Officer"),
        ("metadata", "year", "2016"),
        ("paragraph", "", BODY),
        ("heading", "", "Background"),
    ]


def test_memorandum_with_a_title_keeps_it_and_its_subject_is_no_heading(tmp_path: Path) -> None:
    text = f"# Source code policy\n\n## Memo\n\n### FROM: Tony Scott\n\n### SUBJECT: Sharing source code\n\n{BODY}\n"
    assert show(tmp_path / "a.md", text) == [
        ("title", "", "Source code policy"),
        ("heading", "", "Memo"),
        ("metadata", "from", "Tony Scott"),
        ("metadata", "subject", "Sharing source code"),
        ("paragraph", "", BODY),
    ]


def test_one_such_line_alone_is_text(tmp_path: Path) -> None:
    text = f"# Source code policy\n\nTO: be done by all.\n\n{BODY}\n"
    assert ("paragraph", "", "TO: be done by all.") in show(tmp_path / "a.md", text)
