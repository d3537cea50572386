"""Decisions are kept in a plain table."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.corpus import Settings, Workspace
from kg.corpus.reviews import COLUMNS, encode_decisions, merge_decisions, read_decisions
from kg.model import CorpusError
from kg.model.decision import Decision

FIRST = Decision("a.md", "sha", "dilemma", "accepted", "Data are locked.", label="silos", reviewer="Ana")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "corpus").mkdir()
    return Workspace(tmp_path, Settings())


def write(workspace: Workspace, content: bytes) -> None:
    (workspace.corpus / "reviews.tsv").write_bytes(content)


def test_decisions_come_back_as_they_were_kept(workspace: Workspace) -> None:
    assert read_decisions(workspace) == ()
    write(workspace, encode_decisions([FIRST]))
    assert read_decisions(workspace) == (FIRST,)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])).filter(str.strip))
def test_any_words_stay_in_their_cell(quote: str) -> None:
    line = encode_decisions([Decision("a", "b", "remedy", "rejected", f"{quote}\t\n{quote}")]).decode().split("\n")
    assert (len(line), line[1].count("\t")) == (3, len(COLUMNS) - 1)


def test_later_decision_about_the_same_words_wins() -> None:
    later = Decision("a.md", "other", "dilemma", "rejected", "Data are LOCKED")
    other = Decision("a.md", "sha", "remedy", "accepted", "Data are locked.")
    assert merge_decisions([FIRST, other], [later]) == (later, other)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("a\tsha\tclaim\taccepted\tq", "line 2: 'claim' is none of dilemma, remedy, link"),
        ("a\tsha\tdilemma\tmaybe\tq", "line 2: 'maybe' is neither accepted nor rejected"),
        ("a\tsha\tlink\taccepted\tq", "line 2: the words it is about are missing"),
        ("a\tsha\tdilemma\taccepted\tq\t\t\t\tcase", "line 2: 'case' is neither dilemma nor remedy"),
    ],
)
def test_line_that_is_no_decision_is_named(workspace: Workspace, line: str, message: str) -> None:
    write(workspace, f"{chr(9).join(COLUMNS)}\n{line}\n".encode())
    with pytest.raises(CorpusError, match=message):
        read_decisions(workspace)


def test_table_of_other_columns_is_refused(workspace: Workspace) -> None:
    write(workspace, b"a\tb\n")
    with pytest.raises(CorpusError, match="line 1: its columns are not document, content, item"):
        read_decisions(workspace)
