"""Superscript numbers are citations where a reference list has them, and never spoil a sentence."""

from pathlib import Path

import pytest

from kg.readers import read_document

ENTRY = "Silva, A. (2019). Sharing data between offices. Journal of Offices, 3(1), 1-9."
HTML_LIST = f"<h2>References</h2><ol><li>{ENTRY}</li><li>{ENTRY}</li></ol>"
CITED = "Offices keep data [1] of all, [1,2] as the UK [2] says."
PLAIN = "Offices keep data of all, as the UK says."


def first_paragraph(tmp_path: Path, name: str, text: str) -> str:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    document = read_document(path)
    return next(document.block_text(b) for b in document.blocks if b.kind.value == "paragraph")


HTML = "<h1>T</h1><h2>A</h2><p>Offices keep data{} of all,{} as the UK{} says.</p>"
MARKDOWN = "# T\n\n## A\n\nOffices keep data{} of all,{} as the UK{} says.\n\n"
RST = "Title\n=====\n\nAims\n----\n\nOffices keep data{} of all,{} as the UK{} says.\n\n"
LISTS = {
    "html": HTML_LIST,
    "md": f"## References\n\n1. {ENTRY}\n2. {ENTRY}\n",
    "adoc": f"== References\n\n. {ENTRY}\n. {ENTRY}\n",
    "rst": f"References\n----------\n\n1. {ENTRY}\n2. {ENTRY}\n",
}


@pytest.mark.parametrize(
    ("suffix", "text", "marks"),
    [
        ("html", HTML, ("<sup>1</sup>", "<sup>1,2</sup>", "<sup>2</sup>")),
        ("html", HTML, ("<sup><a href='#x'>1</a></sup>", "<sup>1,2</sup>", "<a href='#y'><sup>2</sup></a>")),
        ("md", MARKDOWN, ("<sup>1</sup>", "<sup>[1,2](#x)</sup>", "^2^")),
        ("md", MARKDOWN, ("^1^", "^1,2^", "<sup><a href='#r2'>2</a></sup>")),
        ("adoc", "= T\n\n== A\n\nOffices keep data{} of all,{} as the UK{} says.\n\n", ("^1^", "^1,2^", "^2^")),
        ("rst", RST, (" [1]_", "\\ :sup:`1,2`", "\\ :sup:`2`")),
    ],
)
def test_raised_numbers_are_citations_where_a_list_has_them(
    tmp_path: Path, suffix: str, text: str, marks: tuple[str, ...]
) -> None:
    text = text.format(*marks)
    assert first_paragraph(tmp_path, f"a.{suffix}", text + LISTS[suffix]) == CITED
    assert first_paragraph(tmp_path, f"b.{suffix}", text) == PLAIN


def test_link_to_an_entry_says_that_a_raised_number_cites(tmp_path: Path) -> None:
    text = HTML.format("<sup><a href='#r1'>1</a></sup>", "<sup>[1,2]</sup>", "<a href='#ref-2'><sup>2</sup></a>")
    assert first_paragraph(tmp_path, "a.html", text) == CITED


JATS = """<article><front>
<article-meta><title-group><article-title>T</article-title></title-group></article-meta></front>
<body><sec><title>A</title><p>Offices keep data<sup><xref ref-type="bibr" rid="r1">1</xref></sup> of
all,<xref ref-type="bibr" rid="r1"><sup>1,2</sup></xref> as the UK<sup><xref ref-type="bibr"
rid="r2">2</xref></sup> says, 5 m<sup>2</sup>.</p></sec></body></article>"""


def test_raised_citations_of_jats(tmp_path: Path) -> None:
    assert first_paragraph(tmp_path, "a.xml", JATS) == CITED[:-1] + ", 5 m2."


@pytest.mark.parametrize(
    ("inline", "plain"),
    [
        ('data<ref type="bibr" target="#b0">1</ref>.', "data [1]."),
        ('data.<ref type="bibr">1,</ref><ref type="bibr">2</ref> They', "data. [1] [2] They"),
        ('data<hi rend="superscript"><ref type="bibr">1</ref></hi>.', "data [1]."),
        ('data [<ref type="bibr">1</ref>, <ref type="bibr">2</ref>].', "data [1, 2]."),
        ('data <ref type="bibr">[1]</ref>.', "data [1]."),
        ('data (<ref type="bibr">Silva, 2019</ref>), see <ref type="figure">1</ref>.', "data (Silva, 2019), see 1."),
    ],
)
def test_raised_citations_of_tei(tmp_path: Path, inline: str, plain: str) -> None:
    text = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div><head>Aims</head>'
        f"<p>Offices keep {inline}</p></div></body></text></TEI>"
    )
    assert first_paragraph(tmp_path, "a.tei", text) == f"Offices keep {plain}"


@pytest.mark.parametrize(
    ("raised", "plain"),
    [
        ("5 m<sup>2</sup>", "5 m2"),
        ("10<sup>2</sup>", "102"),
        ("the 1<sup>st</sup>", "the 1st"),
        ("x<sup>9</sup>", "x9"),
    ],
)
def test_powers_and_ordinals_are_no_citations(tmp_path: Path, raised: str, plain: str) -> None:
    text = f"<h1>T</h1><h2>A</h2><p>The field has {raised} of all.</p>{HTML_LIST}"
    assert first_paragraph(tmp_path, "a.html", text) == f"The field has {plain} of all."


def test_number_that_no_entry_has_is_the_mark_of_a_note(tmp_path: Path) -> None:
    text = f"<h1>T</h1><h2>A</h2><p>Offices keep data<sup>7</sup> of all.</p>{HTML_LIST}"
    assert first_paragraph(tmp_path, "a.html", text) == "Offices keep data of all."


def test_notes_below_a_heading_of_references_are_its_entries(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        f"# T\n\n## A\n\nOffices keep data[^silva] of all.[^2]\n\n## References\n\n[^silva]: {ENTRY}\n[^2]: {ENTRY}\n",
        encoding="utf-8",
    )
    document = read_document(path)
    assert [(b.kind.value, b.number, document.block_text(b)) for b in document.blocks][2:] == [
        ("paragraph", "", "Offices keep data [1] of all. [2]"),
        ("heading", "", "References"),
        ("reference", "1", ENTRY),
        ("reference", "2", ENTRY),
    ]


def test_notes_that_explain_stay_notes(tmp_path: Path) -> None:
    text = "# T\n\n## A\n\nOffices keep data[^1] of all.\n\n## References\n\n[^1]: Lists and registers of all kinds.\n"
    assert first_paragraph(tmp_path, "a.md", text) == "Offices keep data of all."


def test_titles_names_and_code_keep_no_marks(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<h1>A title of all<sup>1</sup></h1><p>Ana Silva<sup>1</sup></p><h2>Aims<sup>1</sup></h2>"
        + "<p>Offices do more.</p>"
        + HTML_LIST,
        encoding="utf-8",
    )
    document = read_document(path)
    assert [document.block_text(b) for b in document.blocks][:4] == [
        "A title of all",
        "Ana Silva",
        "Aims",
        "Offices do more.",
    ]


def test_note_without_its_return_arrow(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# T\n\nOffices keep data<sup>1</sup> here.\n\n<sup>1</sup> Lists of all. ↩\n", encoding="utf-8")
    document = read_document(path)
    assert [(b.kind.value, b.number, document.block_text(b)) for b in document.blocks][-1] == (
        "footnote", "1", "Lists of all.",
    )  # fmt: skip
