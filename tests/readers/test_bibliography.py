"""Bibliographies to documents, one per record."""

import os
from pathlib import Path

import pytest

from kg.model import BlockKind, Document, ReadError
from kg.readers.bibliography import is_bibliography, merge_same_works, read_bibliography, read_works

BIBTEX = r"""@string{off = "Offices"}
@article{silva2020,
  title = {Sharing {Data} in {\'E}vora},
  author = {Silva, Ana and {World Bank} and de Rossi, Bo and others},
  journal = off, year = 2020, volume = {3}, number = 2, pages = {1--9}, doi = {https://doi.org/10.1000/5},
  keywords = {data, trust}, abstract = {Offices \& people do not share 50\% of data.},
  file = {Full text:files/a.pdf:application/pdf},
}
@article{broken, title = {never closed}
@book{silva2020, title = {Another}, author = {Li, C.}, date = {2019-05}}
"""
RIS = """TY  - JOUR
TI  - Sharing data
AU  - Silva, Ana
AU  - Rossi, Bo
PY  - 2020/05/01
T2  - Offices
SP  - 1
EP  - 9
DO  - 10.1000/5
KW  - data
KW  - trust
AB  - Offices do
 not share.
ER  -

TY  - JOUR
AU  - Nobody, N.
ID  - x1
ER  -
"""


def read(tmp_path: Path, name: str, text: str) -> tuple[list[Document], list[str]]:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return read_bibliography(tmp_path / name)


def show(document: Document) -> list[tuple[str, str, str]]:
    return [(b.kind.value, b.label, document.block_text(b)) for b in document.blocks]


def test_bibtex_entry_becomes_a_document(tmp_path: Path) -> None:
    documents, _ = read(tmp_path, "refs.bib", BIBTEX)
    assert (documents[0].id, documents[0].file, documents[0].kind) == (
        "refs-silva2020",
        "refs.bib#silva2020",
        "abstract",
    )
    assert show(documents[0]) == [
        ("title", "", "Sharing Data in Évora"),
        ("author", "", "Silva, Ana"),
        ("author", "", "World Bank"),
        ("author", "", "de Rossi, Bo"),
        ("metadata", "year", "2020"),
        ("metadata", "type", "article"),
        ("metadata", "container", "Offices"),
        ("metadata", "volume", "3"),
        ("metadata", "issue", "2"),
        ("metadata", "pages", "1–9"),
        ("metadata", "doi", "10.1000/5"),
        ("keywords", "", "data"),
        ("keywords", "", "trust"),
        ("abstract", "", "Offices & people do not share 50% of data."),
    ]


def test_broken_and_repeated_entries_are_told_with_line_and_key(tmp_path: Path) -> None:
    documents, problems = read(tmp_path, "refs.bib", BIBTEX)
    assert [document.id for document in documents] == ["refs-silva2020", "refs-silva2020-2"]
    assert [problem.split(" (")[0] for problem in problems] == [
        "refs.bib line 9: entry broken cannot be read",
        "refs.bib line 10: key silva2020 is used twice; both entries kept",
    ]


def test_ris_record_and_one_without_title(tmp_path: Path) -> None:
    documents, problems = read(tmp_path, "refs.ris", RIS)
    assert [document.text for document in documents] == [
        "Sharing data\n\nSilva, Ana; Rossi, Bo\n\nYear: 2020\n\nType: JOUR\n\nContainer: Offices\n\nPages: 1-9\n\n"
        "DOI: 10.1000/5\n\nKeywords: data; trust\n\nAbstract: Offices do not share."
    ]
    assert problems == ["refs.ris line 16: record x1 has no title; skipped"]


SAMPLES = {
    "a.enw": "%0 Journal Article\n%T Sharing data\n%A Silva, Ana\n%D 2020\n%J Offices\n%R 10.1000/5\n",
    "a.nbib": "PMID- 1\nTI  - Sharing\n      data\nFAU - Silva, Ana\nDP  - 2020 May\nJT  - Offices\n"
    "AID - 10.1000/5 [doi]\n",
    "a.txt": "FN Clarivate\nVR 1.0\nPT J\nAU Silva, A\nAF Silva, Ana\nTI Sharing\n   data\nSO Offices\nPY 2020\n"
    "DI 10.1000/5\nER\n\nEF\n",
    "a.json": '[{"title":"Sharing data","author":[{"family":"Silva","given":"Ana"}],"container-title":"Offices",'
    '"issued":{"date-parts":[[2020,5]]},"DOI":"10.1000/5"}]',
    "b.json": '{"results":[{"title":"Sharing data","authorships":[{"author":{"display_name":"Silva, Ana"}}],'
    '"publication_year":2020,"doi":"https://doi.org/10.1000/5",'
    '"primary_location":{"source":{"display_name":"Offices"}}}]}',
    "a.csv": 'Authors,Title,Year,Source title,DOI\n"Silva, Ana",Sharing data,2020,Offices,10.1000/5\n',
    "b.csv": "Title;Author full names;Publication Year;Journal;DOI\n"
    'Sharing data;"Silva, Ana (5719)";2020;Offices;10.1000/5\n',
    "a.tsv": "title\tauthors\tyear\tjournal\tdoi\nSharing data\tSilva, Ana\t2020\tOffices\t10.1000/5\n",
    "a.xml": "<xml><records><record><contributors><authors><author><style>Silva, Ana</style></author></authors>"
    "</contributors><titles><title>Sharing data</title><secondary-title>Offices</secondary-title></titles>"
    "<dates><year>2020</year></dates><electronic-resource-num>10.1000/5</electronic-resource-num></record></records></xml>",
}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_format_tells_the_same_facts(tmp_path: Path, name: str) -> None:
    documents, problems = read(tmp_path, name, SAMPLES[name])
    assert problems == []
    facts = {(kind, label, value) for kind, label, value in show(documents[0]) if label != "type"}
    assert facts == {
        ("title", "", "Sharing data"),
        ("author", "", "Silva, Ana"),
        ("metadata", "year", "2020"),
        ("metadata", "container", "Offices"),
        ("metadata", "doi", "10.1000/5"),
    }
    assert is_bibliography(tmp_path / name)


def test_row_with_too_many_cells_is_skipped_and_told(tmp_path: Path) -> None:
    documents, problems = read(tmp_path, "a.csv", "title,year\nGood,2020\nBad,2020,more\n,2021\n")
    assert [show(document)[0][2] for document in documents] == ["Good"]
    assert problems == [
        "a.csv line 3: record 2 has 3 cells for 2 columns; skipped",
        "a.csv line 4: record 2 has no title; skipped",
    ]


def test_table_without_titles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"a\.csv: no column with titles among: x, y"):
        read(tmp_path, "a.csv", "x,y\n1,2\n")


def test_what_holds_no_record_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.bib").touch()
    (tmp_path / "folder.ris").mkdir()
    os.mkfifo(tmp_path / "pipe.bib")
    for name, message in (("x.bib", "no record in it"), ("folder.ris", "a folder"), ("pipe.bib", "a folder, pipe")):
        with pytest.raises(ReadError, match=f"{name}: {message}"):
            read_bibliography(tmp_path / name)


def test_name_without_a_letter_is_no_author(tmp_path: Path) -> None:
    (tmp_path / "x.ris").write_text("TY  - JOUR\nTI  - A\nAU  - \x1b\nAU  - ,\nAU  - Silva, Ana\nAD  - -\nER  - \n")
    documents, _ = read_bibliography(tmp_path / "x.ris")
    people = [b for b in documents[0].blocks if b.kind in {BlockKind.AUTHOR, BlockKind.AFFILIATION}]
    assert [documents[0].block_text(block) for block in people] == ["Silva, Ana"]


def test_record_that_is_too_long_is_told_and_keys_are_short(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(f'title,year\nA,2020\n{"b" * 200},2021\n"{"c" * 600_000}"')
    documents, problems = read_bibliography(tmp_path / "x.csv")
    assert [len(document.file) for document in documents] == [len("x.csv#anonymous-2020-a"), len("x.csv#") + 80]
    assert problems == [f"x.csv line 4: record anonymous-{'c' * 70} is too long (600000 characters); skipped"]


BIB = "@misc{a, title=A}\n@misc{bad, title={%s}}\n@misc{b, title=B}"
CSL = '[{"id": "a", "title": "A"},\n{"id": "bad", %s,\n{"id": "b", "title": "B"}]'
WORKS = '{"results": [\n{"id": "a", "title": "A"},\n{"id": "bad", "x": %s,\n{"id": "b", "title": "B"}]}'
ENDNOTE = (
    "<xml><records><record><rec-number>a</rec-number><titles><title>A</title></titles></record>\n"
    "<record><rec-number>bad</rec-number>%s</record>\n"
    "<record><rec-number>b</rec-number><titles><title>B</title></titles></record></records></xml>"
)
ROWS = 'key,title,year\na,A,2020\n%s\nb,"B",2021\n'
#: A file with one hostile record between two good ones, and how the record is told.
HOSTILE = {
    "braces.bib": (BIB % ("{" * 9999 + "x" + "}" * 9999), "entry bad is nested too deep to read; skipped"),
    "environments.bib": (BIB % (r"\begin{x}" * 3000), "entry bad is nested too deep to read; skipped"),
    "deep.json": (CSL % ('"x": ' + "[" * 99_999 + "]" * 99_999 + "}"), "entry bad cannot be read (nested too deep)"),
    "digits.json": (CSL % ('"volume": ' + "9" * 5000 + "}"), "entry bad cannot be read (Exceeds the limit"),
    "open.json": (CSL % '"title": "x" ', "entry bad cannot be read (Expecting"),
    "works.json": (WORKS % ('{"x":' * 99_999 + "}" * 100_000), "entry bad cannot be read (nested too deep)"),
    "deep.xml": (ENDNOTE % ("<x>" * 999 + "</x>" * 999), "record bad: nested too deep to read; skipped"),
    "entity.xml": (ENDNOTE % "<x>&e;</x>", "record bad: not well-formed XML (Entity"),
    "open.csv": (ROWS % '"bad,X', "a record whose quotes do not close; skipped"),
    "closed by the next.csv": (ROWS % 'x,"bad,2020', "a record whose quotes do not close; skipped"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_record_is_told_with_its_line_and_the_others_go_in(tmp_path: Path, name: str) -> None:
    text, problem = HOSTILE[name]
    documents, problems = read(tmp_path, name, text)
    titles = [show(document)[0][2] for document in documents]
    line = 1 + text[: text.index("bad")].count("\n")
    assert (titles, [told[: len(problem) + len(f"{name} line {line}: ")] for told in problems]) == (
        ["A", "B"],
        [f"{name} line {line}: {problem}"],
    )


@pytest.mark.parametrize(
    ("name", "text"), [("x.json", '{"id": 1'), ("x.json", "[" * 99_999), ("x.xml", "<xml><records><r")]
)
def test_file_without_one_readable_record_is_refused(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(ReadError, match=r"not JSON|not well-formed"):
        read(tmp_path, name, text)


def test_same_work_is_found_by_doi_and_by_title_year_and_author(tmp_path: Path) -> None:
    text = (
        'title,authors,year,doi\nSharing data,"Silva, Ana",2020,10.1/a\nSharing Data!,"Silva, A.",2020,\n'
        'Sharing data,"Silva, A.",2020,10.1/A\nOther words here,"Li, C.",2018,10.1/a\n'
    ).replace("10.1/", "10.1000/")
    merged, notes = merge_same_works(read(tmp_path, "a.csv", text)[0])
    assert [show(document)[0][2] for document in merged] == ["Sharing data", "Other words here"]
    assert notes == [
        "DOI 10.1000/a stands for two titles: “Sharing data” and “Other words here”; kept apart",
        "a-silva-2020-sharing: the same work as a-silva-2020-sharing-2, a-silva-2020-sharing-3",
    ]


@pytest.mark.parametrize(
    ("field", "paths"),
    [
        ("Full Text PDF:files/12/Wu 2022.pdf:application/pdf;Snap:files/13/x.html:text/html", ["files/12/Wu 2022.pdf"]),
        (r"Wu.pdf:C\:\\Users\\me\\storage\\AB\\Wu.pdf:application/pdf", [r"C:\Users\me\storage\AB\Wu.pdf"]),
        (r":papers/a\_b.pdf:PDF", ["papers/a_b.pdf"]),
        ("a.pdf;b.pdf", ["a.pdf", "b.pdf"]),
        ("Snapshot:files/13/x.html:text/html;Book:files/13/x.epub:application/epub+zip", ["files/13/x.epub"]),
        ("notes.txt", []),
    ],
)
def test_files_of_a_bibtex_record_are_read_as_every_manager_writes_them(
    tmp_path: Path, field: str, paths: list[str]
) -> None:
    (tmp_path / "a.bib").write_text(f"@misc{{wu, title={{On sharing}}, file={{{field}}}}}")
    assert read_works(tmp_path / "a.bib")[2] == ({"wu": paths} if paths else {})


def test_files_of_ris_and_csl_records_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.ris").write_text(
        "TY  - JOUR\nTI  - On sharing\nAU  - Wu, H.\nL1  - internal-pdf://12/a.pdf\nER  - \n"
    )
    assert list(read_works(tmp_path / "a.ris")[2].values()) == [["12/a.pdf"]]
    (tmp_path / "a.json").write_text('[{"id": "wu", "title": "On sharing", "attachments": [{"path": "x/a.pdf"}, 3]}]')
    assert read_works(tmp_path / "a.json")[2] == {"wu": ["x/a.pdf"]}


def test_plain_text_is_no_bibliography(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("A title\n\nWords.")
    assert not is_bibliography(tmp_path / "x.txt")


def facts(document: Document) -> list[tuple[str, str]]:
    return [(block.label or block.kind.value, document.block_text(block)) for block in document.blocks]


def test_entry_without_a_key_gives_nothing_to_entries_without_a_crossref(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text(
        "@article{, title={No key}, year={2018}}\n@online{b, title={B}, date={2019-05/2020}}"
    )
    assert facts(read_bibliography(tmp_path / "a.bib")[0][1]) == [("title", "B"), ("year", "2019"), ("type", "online")]


def test_values_put_together_and_names_of_programs_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text(
        '@string{w = "work"}\n@misc{a, title="Data # at " # w # " with {\\LaTeX}"}\n@misc{b, title = {Only # one}}'
    )
    titles = [facts(document)[0][1] for document in read_bibliography(tmp_path / "a.bib")[0]]
    assert titles == ["Data # at work with LaTeX", "Only # one"]


def test_items_as_zotero_itself_writes_them_are_read(tmp_path: Path) -> None:
    item = (
        '{"itemType": "journalArticle", "key": "AB", "title": "On sharing", "date": "2020-01",'
        ' "publicationTitle": "Offices",'
        ' "creators": [{"creatorType": "editor", "name": "Ed"},'
        ' {"creatorType": "author", "firstName": "Ana", "lastName":'
        ' "Silva"}, {"creatorType": "author", "name": "Registers Agency"}], "tags": [{"tag": "data"}],'
        ' "attachments": [{"path": "x/a.pdf"}]}'
    )
    (tmp_path / "a.json").write_text(f'{{"items": [{item}]}}')
    documents, problems, files = read_works(tmp_path / "a.json")
    assert (problems, files) == ([], {"ab": ["x/a.pdf"]})
    assert facts(documents[0]) == [
        ("title", "On sharing"), ("author", "Silva, Ana"), ("author", "Registers Agency"), ("year", "2020"),
        ("type", "journalArticle"), ("container", "Offices"), ("keywords", "data"),
    ]  # fmt: skip


def test_what_an_export_writes_for_no_author_is_none_and_endnote_names_its_files(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Authors,Title,Year\n[No author name available],Proceedings,2019\n")
    assert "author" not in dict(facts(read_bibliography(tmp_path / "a.csv")[0][0]))
    urls = "<urls><pdf-urls><url>internal-pdf://1/a.pdf</url></pdf-urls></urls>"
    (tmp_path / "a.xml").write_text(
        f"<xml><records><record><titles><title>On sharing</title></titles>{urls}</record></records></xml>"
    )
    assert list(read_works(tmp_path / "a.xml")[2].values()) == [["1/a.pdf"]]


def test_editors_are_authors_only_where_there_is_none(tmp_path: Path) -> None:
    text = (
        "@incollection{a, title={A chapter}, author={Silva, Ana}, editor={Rossi, Bo}}\n"
        "@book{b, title={A book}, editor={Rossi, Bo and Li, Wei}}\n"
    )
    first, second = read(tmp_path, "x.bib", text)[0]
    assert [first.block_text(block) for block in first.find_blocks(BlockKind.AUTHOR)] == ["Silva, Ana"]
    assert [second.block_text(block) for block in second.find_blocks(BlockKind.AUTHOR)] == ["Rossi, Bo", "Li, Wei"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_table_of_web_of_science_in_a_text_file_is_a_bibliography(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "savedrecs.txt"
    path.write_bytes("PT\tAU\tAF\tTI\tPY\nJ\tRossi, B\tRossi, Bö\tOne keeper\t2021\n".encode(encoding))
    assert is_bibliography(path)
    (document,) = read_bibliography(path)[0]
    assert document.text == "One keeper\n\nRossi, Bö\n\nYear: 2021"
