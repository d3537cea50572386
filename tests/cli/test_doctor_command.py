"""`kg doctor`: how a file is read."""

from pathlib import Path

from click.testing import CliRunner

from kg.cli.doctor import doctor_command


def run(*arguments: str) -> str:
    result = CliRunner().invoke(doctor_command, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


def test_report_names_what_was_read_and_what_looks_wrong(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(
        "A Study of Data\n\n1. Introduction\n\nOffices keep data.\n\n2. End\n\nThat is all.\n"
    )
    assert run(str(tmp_path / "x.txt")) == (
        "x.txt: policy, language en, 74 characters\n"
        "  read by kg.readers.text\n"
        "title: A Study of Data\n"
        "author: (none)\n"
        "affiliation: (none)\n"
        "keywords: (none)\n"
        "facts: (none)\n"
        "blocks: 2 heading, 2 paragraph, 1 title\n"
        "sections: 2\n"
        "  1 Introduction\n"
        "  2 End\n"
        "looks wrong:\n"
        "  - only 74 characters of text\n"
    )


def test_blocks_are_listed_with_their_places(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("# T\n\n## One\n\n- a\n")
    assert run("--blocks", str(tmp_path / "x.md")).splitlines() == [
        "      0 title                    T",
        "      3 heading     1            One",
        "     10 item        1            a",
    ]


def test_text_is_printed_as_read(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("# T\n\nwords\n")
    assert run("--text", str(tmp_path / "x.md")) == "T\n\nwords\n"


def test_bibliography_is_counted(tmp_path: Path) -> None:
    (tmp_path / "x.bib").write_text("@book{a, title={B}, year=2020}\n@book{b, title={B}, year=2020}\n@book{c}\n")
    assert run(str(tmp_path / "x.bib")) == (
        "2 records, 1 different works, 0 with an abstract\n"
        "the same work twice:\n"
        "  - x-a: the same work as x-b\n"
        "looks wrong:\n"
        "  - x.bib line 3: record c has no title; skipped\n"
    )


def test_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"junk")
    result = CliRunner().invoke(doctor_command, [str(tmp_path / "x.pdf")])
    assert result.exit_code == 1
    assert str(result.exception).startswith("x.pdf: not a whole PDF")
