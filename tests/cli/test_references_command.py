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
