"""`kg references` from the outside."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli

LIST = "References\n[1] Bao Jing. Data and offices[J]. Public Forum, 2020(11): 2-13.\n"


def run(*arguments: str, stdin: str = "") -> tuple[int, str, str]:
    done = CliRunner().invoke(cli, ["references", *arguments], input=stdin)
    return done.exit_code, done.stdout, done.stderr


def test_pasted_list_becomes_a_table() -> None:
    assert run(stdin=LIST) == (
        0,
        "authors\ttitle\tcontainer\tyear\tvolume\tissue\tpages\n"
        "Bao Jing\tData and offices\tPublic Forum\t2020\t\t11\t2-13\n",
        "",
    )


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("bibtex", "@article{bao2020data,"),
        ("ris", "TY  - JOUR"),
        ("csljson", '[\n  {\n    "id"'),
        ("json", '[\n  {\n    "key"'),
    ],
)
def test_formats(form: str, begins: str) -> None:
    code, out, _ = run("-", "--format", form, stdin=LIST)
    assert code == 0
    assert out.replace("\r\n", "\n").startswith(begins)


def test_file_and_folder_are_read_and_the_output_is_named(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(LIST, encoding="utf-8")
    target = tmp_path / "out.bib"
    assert run(str(tmp_path), "--format", "bibtex", "-o", str(target)) == (0, "", f"1 references written to {target}\n")
    assert target.read_text(encoding="utf-8").startswith("@article{bao2020data,")


def test_json_lines() -> None:
    code, out, _ = run("--jsonl", stdin=json.dumps({"id": "a", "ref": LIST.splitlines()[1]}) + "\n")
    assert code == 0
    assert json.loads(out)["authors"] == ["Bao"]


def test_missing_file_is_named(tmp_path: Path) -> None:
    code, out, err = run(str(tmp_path / "none.txt"))
    assert (code, out) == (1, "")
    assert "none.txt: No such file or directory." in err


def test_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe\x00")
    assert "a.txt: not UTF-8 text" in run(str(tmp_path / "a.txt"))[2]


def test_empty_list_says_what_to_give() -> None:
    assert "no reference found; give one reference a line" in run(stdin="\n")[2]


def test_odd_lines_are_kept_and_named() -> None:
    code, out, err = run("--format", "json", stdin=LIST + "[2] see above\n[3] " + "...\n")
    assert code == 0
    assert len(json.loads(out)) == 3
    assert err.splitlines() == [
        "entry 2 may be no whole reference: [2] see above",
        "entry 3 may be no whole reference: [3] ...",
    ]


def test_many_odd_lines_are_counted() -> None:
    _, _, err = run(stdin="".join(f"[{n}] ...\n" for n in range(1, 15)))
    assert err.splitlines()[-1] == "4 more entries may be no whole references"


def test_bullets_and_wrapped_lines_make_entries_with_escaped_fields() -> None:
    text = (
        "• Smith, J. A., & Lee, K. (2019). Open data & trust: 50% of {cities}.\n"
        "  Government Information Quarterly, 36(2), 101–110.\n"
        "• Müller, H. (2015). Das digitale Amt. Berlin: Nomos.\n"
    )
    code, out, err = run("--format", "bibtex", stdin=text)
    assert (code, err) == (0, "")
    assert "title = {Open data \\& trust: 50\\% of \\{cities\\}}," in out
    assert out.count("@") == 2


def test_document_gives_its_own_list(tmp_path: Path) -> None:
    body = "\n\n".join(f"Paragraph {n} of the text [1]." for n in range(7))
    (tmp_path / "note.txt").write_text("A plain note.\n\nWith two paragraphs, of 2019.\n\nAnd three.\n")
    (tmp_path / "paper.md").write_text(
        f"# Files\n\n{body}\n\n## References\n\n{LIST.splitlines()[1]}\n", encoding="utf-8"
    )
    code, out, err = run(str(tmp_path))
    assert (code, err) == (0, "")
    assert [row.split("\t")[0] for row in out.splitlines()] == ["authors", "Bao Jing"]


def test_file_of_a_folder_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "b.txt").write_text(LIST, encoding="utf-8")
    code, out, err = run(str(tmp_path))
    assert (code, len(out.splitlines())) == (0, 2)
    assert err.startswith(f"Skipped {tmp_path / 'a.txt'}: not UTF-8 text")


def test_output_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    target = tmp_path / "none" / "x.bib"
    assert run("-o", str(target), stdin=LIST) == (1, "", f"Error: {target}: No such file or directory.\n")


#: Names and titles with what BibTeX and RIS take for their own signs.
NASTY = (
    "[1] Müller & Söhne. 100% {open} data_sets #1: A\\B ~ C^2 $x$[J]. Public  Forum, 2020, 3(11): 2-13.\n"
    "[2] 王秀芳, 李明. 数字政府的治理逻辑[J]. 电子政务, 2021(5): 7-9.\n"
    "[3] O'Neil K, van der Berg P. @home TY  - x[M]. London: Dale & Sons, 2015.\n"
)


def test_bibtex_is_read_back_by_a_parser() -> None:
    from bibtexparser.entrypoint import parse_string

    library = parse_string(run("--format", "bibtex", stdin=NASTY)[1])
    assert library.failed_blocks == []
    assert [entry.entry_type for entry in library.entries] == ["article", "article", "book"]
    fields = [{key: field.value for key, field in entry.fields_dict.items()} for entry in library.entries]
    assert [row["author"].count(" and ") for row in fields] == [1, 1, 1]
    assert (fields[0]["volume"], fields[0]["number"], fields[0]["pages"]) == ("3", "11", "2--13")
    assert (fields[1]["title"], fields[1]["journal"]) == ("数字政府的治理逻辑", "电子政务")
    assert fields[0]["title"].count("{") == fields[0]["title"].count("}")


def test_ris_is_read_back_by_a_parser() -> None:
    import rispy

    rows = rispy.loads(run("--format", "ris", stdin=NASTY)[1])
    assert [row["type_of_reference"] for row in rows] == ["JOUR", "JOUR", "BOOK"]
    assert rows[0]["title"] == r"100% {open} data_sets #1: A\B ~ C^2 $x$"
    assert [len(row["authors"]) for row in rows] == [2, 2, 2]
    assert (rows[1]["start_page"], rows[1]["end_page"], rows[1]["number"]) == ("7", "9", "5")


def test_csl_json_has_an_id_and_a_known_type_for_each() -> None:
    rows = json.loads(run("--format", "csljson", stdin=NASTY)[1])
    assert [(row["type"], row["issued"]["date-parts"][0][0]) for row in rows] == [
        ("article-journal", 2020),
        ("article-journal", 2021),
        ("book", 2015),
    ]
    assert len({row["id"] for row in rows}) == 3
