"""Laws as official journals put them on the web."""

from kg.readers.html import read_html

POINT = "<table><tbody><tr><td><p>({})</p></td><td><p>{}</p>{}</td></tr></tbody></table>"


def show(page: str) -> list[tuple[str, str, str]]:
    return [
        (draft.kind.value, draft.number or draft.label, draft.text) for draft in read_html(page).drafts if draft.text
    ]


def test_law_of_an_official_journal_becomes_blocks() -> None:
    inner = POINT.format("i", "read it daily; or", "") + POINT.format("ii", "copy it.", "")
    page = (
        "<title>L_2021999EN.01000101.xml</title><body><div class='eli-main-title'><p>REGULATION No 9 OF THE COUNCIL</p>"
        "<p>on shared registers</p></div><p class=oj-ti-art>Article 1</p><p>Users</p>"
        "<p>1.&nbsp; It applies to bodies <a href='#ntr1' id='ntc1'>(<span>1</span>)</a>, where they:</p>"
        f"{POINT.format('a', 'keep a register by law;', '')}{POINT.format('b', 'read one, where they:', inner)}"
        "<p>A. BERG</p><p class='oj-note'><a id='ntr1' href='#ntc1'>(<span>1</span>)</a> OJ C 1, p. 1.</p></body>"
    )
    assert show(page) == [
        ("title", "", "REGULATION No 9 OF THE COUNCIL on shared registers"),
        ("heading", "1", "Users"),
        ("item", "1", "It applies to bodies, where they:"),
        ("item", "a", "keep a register by law;"),
        ("item", "b", "read one, where they:"),
        ("item", "i", "read it daily; or"),
        ("item", "ii", "copy it."),
        ("paragraph", "", "A. BERG"),
        ("footnote", "1", "OJ C 1, p. 1."),
    ]


def test_table_with_other_rows_stays_a_table() -> None:
    page = "<h1>T</h1><table><tr><td>No.</td><td>Action</td></tr><tr><td>(1)</td><td>Name a keeper</td></tr></table>"
    assert show(page)[1:] == [("table", "", "No. | Action"), ("table", "", "(1) | Name a keeper")]


def test_window_of_a_program_names_no_title() -> None:
    page = "<title>Microsoft Word - draft.docx</title><p class=doc-title>Plan for registers</p><p>Name one.</p>"
    assert show(page) == [("title", "", "Plan for registers"), ("paragraph", "", "Name one.")]
