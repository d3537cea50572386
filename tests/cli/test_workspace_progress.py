"""Progress is for terminals; what Ctrl-C leaves is said to everybody."""

import io
import sys

import pytest

from kg.cli.workspace import show_progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_silent_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    with show_progress() as tell:
        tell(1, 2, "a.md")
    assert capsys.readouterr() == ("", "")


def test_progress_names_the_document_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with show_progress() as tell:
        tell(1, 2, "a\x1b[31m.md")
        tell(2, 2, "b[red].md")
    written = terminal.getvalue()
    assert "b[red].md" in written
    assert "\x1b[31m.md" not in written


def test_stop_says_what_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyboardInterrupt), show_progress():
        raise KeyboardInterrupt
    assert capsys.readouterr().err == (
        "The documents made so far are kept, the graph is as it was; the same command goes on.\n"
    )
