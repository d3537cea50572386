"""Web pages to blocks."""

from kg.model import BlockKind, Document
from kg.readers import make_document
from kg.readers.html import decode_html, read_html

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Series: Share data</title>
<meta name="citation_author" content="Silva, Ana"><meta name="citation_author_institution" content="Example University">
</head><body>
<nav><ul><li><a href="/">Home</a></li></ul></nav>
<header><h1>Share data</h1><h2>Draft: 11 February 2016</h2></header>
<main>
<h2>Problem</h2><p>Offices keep data<sup><a href="#fn1">1</a></sup> as said<sup><a href="#ref-2">2</a></sup>.</p>
<p><b>Missing law.</b> No law tells an office what it may hand over to others.</p>
<ol start="3"><li>one<ul><li>inner</li></ul></li><li>two</li></ol>
<dl><dt>Portal</dt><dd>A place for data.</dd></dl>
<table><caption>Barriers</caption><tr><th>Barrier</th><th>Count</th></tr><tr><td>no law</td><td>4</td></tr></table>
<script>alert("no")</script>
<h2>References</h2><ul><li>Rossi B (2019) Data at work.</li></ul>
<div id="fn1">As everybody knows.</div>
</main><footer>Copyright</footer></body></html>"""


def read(text: str) -> Document:
    return make_document(read_html(text), file="x.html")


def show(document: Document) -> list[tuple[str, int, str, str]]:
    return [(b.kind.value, b.level, b.number or b.label, document.block_text(b)) for b in document.blocks]


def test_page_is_read_without_its_navigation_scripts_and_footer() -> None:
    assert show(read(PAGE)) == [
        ("title", 0, "", "Series: Share data"),
        ("author", 0, "", "Silva, Ana"),
        ("affiliation", 0, "", "Example University"),
        ("metadata", 0, "year", "2016"),
        ("heading", 1, "", "Problem"),
        ("paragraph", 0, "", "Offices keep data as said [2]."),
        ("heading", 2, "", "Missing law"),
        ("paragraph", 0, "", "No law tells an office what it may hand over to others."),
        ("item", 1, "3", "one"),
        ("item", 2, "", "inner"),
        ("item", 1, "4", "two"),
        ("item", 1, "Portal", "A place for data."),
        ("caption", 0, "", "Barriers"),
        ("table", 0, "header", "Barrier | Count"),
        ("table", 0, "", "no law | 4"),
        ("heading", 1, "", "References"),
        ("reference", 0, "", "Rossi B (2019) Data at work."),
        ("footnote", 0, "1", "As everybody knows."),
    ]
    assert read(PAGE).language == "en"


def test_utf8_page_that_declares_another_encoding_is_read_as_utf8() -> None:
    page = "<meta charset='iso-8859-1'><p>José – déjà</p>".encode()
    assert "José – déjà" in decode_html(page)


def test_cp1252_page_that_declares_utf8_is_read() -> None:
    page = "<meta charset='utf-8'><p>José – “déjà”</p>".encode("cp1252")
    assert "José – “déjà”" in decode_html(page)


def test_text_that_was_decoded_wrongly_once_is_mended() -> None:
    assert "José’s" in decode_html("<p>JosÃ©â€™s</p>".encode())


def test_page_without_a_main_part_loses_menus_and_keeps_its_text() -> None:
    menu = "".join(f"<li><a href='/{i}'>Topic {i}</a></li>" for i in range(6))
    page = f"<html><head><title>Share data | Site</title></head><body><ul>{menu}</ul><div><h1>Share data</h1>"
    page += "<p>Offices keep data for themselves and nobody else can use it.</p></div>"
    page += "<div class='footer'>x y</div></body></html>"
    assert show(read(page)) == [
        ("title", 0, "", "Share data"),
        ("paragraph", 0, "", "Offices keep data for themselves and nobody else can use it."),
    ]


def test_powers_and_ordinals_in_superscript_stay() -> None:
    assert show(read("<title>T x</title><p>The 1<sup>st</sup> field has 5 m<sup>2</sup>.</p>"))[-1][-1] == (
        "The 1st field has 5 m2."
    )


def test_deeply_nested_page_is_read_without_recursion_errors() -> None:
    assert read("<title>T</title>" + "<div>" * 5000 + "deep" + "</div>" * 5000 + "<p>flat text</p>").text.startswith(
        "T"
    )


def test_paragraph_that_begins_with_a_raised_number_is_a_footnote() -> None:
    page = (
        "<h1>A title</h1><p>Offices keep data<sup>1</sup> of all.</p><p><sup>1</sup> Lists: registers of all kinds.</p>"
    )
    assert show(read(page))[1:] == [
        ("paragraph", 0, "", "Offices keep data of all."),
        ("footnote", 0, "1", "Lists: registers of all kinds."),
    ]


def test_bold_items_with_text_below_are_headings() -> None:
    text = "<p>Whoever makes a service asks those who use it first and again later.</p>"
    bold = "<h1>T</h1><ol><li><p><b>Ask people</b></p></li></ol>{0}<ol start=2><li><p><b>Ask again</b></p>{0}</li></ol>"
    lists = "<ol><li><b>one</b></li><li><b>two</b></li></ol>"
    assert [(kind, number) for kind, _, number, _ in show(read(bold.format(text) + lists))[1:]] == [
        ("heading", "1"),
        ("paragraph", ""),
        ("heading", "2"),
        ("paragraph", ""),
        ("item", "1"),
        ("item", "2"),
    ]


def test_text_before_two_breaks_or_a_list_in_a_heading_a_cell_or_a_caption_is_kept() -> None:
    page = (
        "<h1>On data</h1><h2>FROM:<br><br>Ana Silva</h2><table><tr><td>Spain</td><td>Towns:<ul><li>Gijón</li></ul>"
        "Xàtiva</td></tr></table><figure><figcaption><p>A model</p></figcaption></figure>"
        "<section><h2>Further reading/h2><ul><li>On trust</li></ul></section>"
    )
    assert show(read(page))[1:] == [
        ("heading", 1, "", "FROM: Ana Silva"),
        ("table", 0, "", "Spain | Towns: Gijón Xàtiva"),
        ("caption", 0, "", "A model"),
        ("heading", 1, "", "Further reading"),
        ("item", 1, "", "On trust"),
    ]


def test_items_whose_end_tags_lack_their_last_sign_stay_apart() -> None:
    page = "<html><head><title>Plan</title></head><body><ul><li>one</li\n<li>two</li\n<li>three</li></ul></body></html>"
    document = make_document(read_html(page), file="x.html")
    assert [document.block_text(block) for block in document.find_blocks(BlockKind.ITEM)] == ["one", "two", "three"]


def test_row_that_repeats_its_template_is_left_out() -> None:
    rows = "<tr><th>Country</th><th>Contact</th></tr><tr><td>(country)</td><td>(contact)</td></tr>"
    page = f"<html><body><h1>Plan</h1><p>Offices hold data.</p><table>{rows}</table></body></html>"
    document = make_document(read_html(page), file="x.html")
    assert [document.block_text(block) for block in document.find_blocks(BlockKind.TABLE)] == ["Country | Contact"]


def test_contents_byline_and_questions_about_a_page_are_no_part_of_its_text() -> None:
    page = (
        "<html><head><title>Plan - Site</title>"
        "<meta name='govuk:primary-publishing-organisation' content='Data Office'></head>"
        "<body><main><h1>Plan</h1><p>By Ana Silva and Bo Rossi</p>"
        "<h2>Contents</h2><ol><li><a href='#a'>Aims</a>"
        "<li><a href='#b'>Costs</a></ol><h2 id=a>Aims</h2><p>Offices share data.</p>"
        "<h2 id=b>Costs</h2><p>It is dear.</p>"
        "<p>Was this page helpful? Yes No</p></main></body></html>"
    )
    document = make_document(read_html(page), file="x.html")
    assert [(block.kind.value, document.block_text(block)) for block in document.blocks] == [
        ("title", "Plan"),
        ("metadata", "Data Office"),
        ("author", "Ana Silva"),
        ("author", "Bo Rossi"),
        ("heading", "Aims"),
        ("paragraph", "Offices share data."),
        ("heading", "Costs"),
        ("paragraph", "It is dear."),
    ]


def test_page_saved_by_word_has_its_title_and_its_notes() -> None:
    page = (
        "<html><head><title>Draft 3</title></head><body><p class=MsoTitle>Plan of the city</p>"
        "<p class=MsoNormal>Offices share data.<a href='#_ftn1' name='_ftnref1'><span>[1]</span></a> See [2].</p>"
        "<div id=ftn1><p><a href='#_ftnref1'><span>[1]</span></a> As the law says.</p></div></body></html>"
    )
    document = make_document(read_html(page), file="x.html")
    assert [(block.kind.value, block.number, document.block_text(block)) for block in document.blocks] == [
        ("title", "", "Plan of the city"),
        ("paragraph", "", "Offices share data. See [2]."),
        ("footnote", "1", "As the law says."),
    ]


def test_filled_form_has_sections_and_a_table_of_items_has_rows() -> None:
    text = "The two registers are not linked. A family that moves reports it three times, and nobody checks it. " * 2
    page = (
        "<h1>One address</h1><table><tr><td><b>Country</b></td><td>Peru</td></tr>"
        f"<tr></tr><tr><td><b>Problem</b></td><td><p>{text}</p></td></tr>"
        "<tr><td><b>Remedy</b></td><td><p>Link them.</p>"
        "<ul><li>Train the clerks.</li></ul></td></tr></table>"
        "<table><tr><td><strong>Barrier</strong></td><td><strong>Count</strong></td></tr>"
        "<tr><td rowspan=2>No law</td><td>4</td></tr><tr><td>5</td></tr></table>"
    )
    assert [(kind, label, words) for kind, _, label, words in show(read(page))] == [
        ("title", "", "One address"),
        ("metadata", "country", "Peru"),
        ("heading", "", "Problem"),
        ("paragraph", "", text.strip()),
        ("heading", "", "Remedy"),
        ("paragraph", "", "Link them."),
        ("item", "", "Train the clerks."),
        ("table", "header", "Barrier | Count"),
        ("table", "", "No law | 4"),
        ("table", "", "No law | 5"),
    ]


def facts(document: Document) -> list[tuple[str, str]]:
    return [(label or kind, text) for kind, _, label, text in show(document) if kind in {"author", "metadata"}]


def test_page_of_a_blog_is_its_text_and_not_what_its_programs_add() -> None:
    text = "Half of all applications arrive on paper, and case workers retype them by hand every single day."
    page = (
        "<main><h1>Letters</h1><div class='entry-meta'>Posted on April 7, 2022 by Ines Okafor 3 Comments</div>"
        f"<p>{text}</p><h2>Share data</h2><p>{text}</p>"
        "<div class='sharedaddy'><h3>Share this:</h3><p>On one site</p></div>"
        "<div class='post-navigation'>Next: More</div>"
        "<h3>Related</h3><p><a>Our service</a></p><h2>2 thoughts on Letters</h2>"
        "<p>I think it is worse here. Really.</p>"
        "<h3>Leave a Reply</h3><p>Your email address will not be published.</p></main>"
    )
    document = read(page)
    assert facts(document) == [("author", "Ines Okafor"), ("year", "2022")]
    assert [text for kind, _, _, text in show(document) if kind in {"heading", "paragraph", "item"}] == [
        text,
        "Share data",
        text,
    ]


def test_section_on_what_is_related_stays_where_it_holds_text() -> None:
    text = "Related work was done by three offices, which linked their registers and then shared them with others."
    assert ("heading", 1, "", "Related") in show(read(f"<main><h1>One</h1><p>{text}</p><h2>Related</h2><p>{text}</p>"))


def test_facts_shown_above_a_text_are_facts_and_said_once() -> None:
    text = "<h2>Why</h2><p>Half of all applications arrive on paper, and case workers retype them by hand.</p>"
    listed = "<dl><dt>From:</dt><dd>Department of Registers</dd><dt>Published</dt><dd>3 May 2021</dd></dl>"
    tabled = "<table><tr><th>Country</th><td>Austria</td></tr><tr><th>Users</th><td>Clerks</td></tr></table>"
    page = f"<main><h1>One</h1><p>Policy paper</p>{listed}<p>Last updated: 9 June 2021</p>{tabled}{text}</main>"
    assert show(read(page))[1:6] == [
        ("metadata", 0, "publisher", "Department of Registers"),
        ("metadata", 0, "year", "2021"),
        ("metadata", 0, "country", "Austria"),
        ("table", 0, "", "Users | Clerks"),
        ("heading", 1, "", "Why"),
    ]
    stated = page.replace("<main>", "<head><meta name='dcterms.date' content='2020-01-02'></head><main>")
    assert [text for label, text in facts(read(stated)) if label == "year"] == ["2020"]


def test_page_of_an_encyclopedia_loses_its_marks() -> None:
    cited = "<li><span class='mw-cite-backlink'>^ <a>a</a></span> Novak J (2015) Paper states.</li>"
    page = (
        "<div role='main'><div id='siteSub'>From a wiki</div><h1>Registers</h1><div class='hatnote'>See X.</div>"
        "<p>Trust is low.</p><h2>History<span class='mw-editsection'>[edit]</span></h2><p>It was lower.</p>"
        f"<h2>References</h2><ol>{cited}</ol>"
        "<div class='navbox'><table><tr><td>A</td><td>B</td></tr></table></div></div>"
    )
    assert show(read(page))[1:] == [
        ("paragraph", 0, "", "Trust is low."),
        ("heading", 1, "", "History"),
        ("paragraph", 0, "", "It was lower."),
        ("heading", 1, "", "References"),
        ("reference", 0, "1", "Novak J (2015) Paper states."),
    ]


def test_lines_of_a_paragraph_that_are_numbered_are_items() -> None:
    found = show(read("<h1>One</h1><h2>Lessons</h2><p>1. Start small.<br>2. Ask clerks.</p><p>Main St. 4<br>Town</p>"))
    assert found[2:] == [
        ("item", 1, "1", "Start small."),
        ("item", 1, "2", "Ask clerks."),
        ("paragraph", 0, "", "Main St. 4 Town"),
    ]


def test_date_is_no_heading_and_the_name_of_a_field_stands_before_its_value() -> None:
    field = "<div class='field__label'>Date</div><div class='field__item'>2 November 2020</div>"
    text = "<p>Half of all applications arrive on paper. Case workers retype them by hand.</p>"
    tags = "<div class='field__label'>Tags</div><div class='field__item'>registers</div>"
    assert show(read(f"<h1>One</h1><div>{field}</div>{text}<h2>Two</h2>{text}<div>{tags}</div>"))[1:] == [
        ("metadata", 0, "year", "2020"),
        ("paragraph", 0, "", text[3:-4]),
        ("heading", 1, "", "Two"),
        ("paragraph", 0, "", text[3:-4]),
        ("keywords", 0, "", "registers"),
    ]
    assert ("heading", 1, "2", "November 2020") not in show(read(f"<h1>One</h1><p>2 November 2020</p>{text}"))


def test_page_that_describes_itself_in_json_has_authors_date_and_publisher() -> None:
    described = (
        '{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": "Report", "author": [{"name": "Ana Silva"}], '
        '"datePublished": "2021-05-06", "publisher": {"name": "Registers Agency"}}]}'
    )
    script = f"<script type='application/ld+json'>{described}</script>"
    assert facts(read(f"<html><head>{script}</head><body><h1>One</h1><p>Trust is low.</p></body></html>")) == [
        ("author", "Ana Silva"),
        ("year", "2021"),
        ("publisher", "Registers Agency"),
    ]
    twice = f"<html><head><meta name=author content='Ana Silva'>{script}</head><body><h1>One</h1></body></html>"
    assert facts(read(twice))[:2] == [("author", "Ana Silva"), ("year", "2021")]
    broken = script.replace(described, "[" * 100_000)
    assert facts(read(f"<html><head>{broken}</head><body><h1>One</h1><p>Trust is low.</p></body></html>")) == []


PROSE = (
    "The two registers are not linked, so a family that moves reports it three times. Nobody checks what it reports."
)


def test_page_that_is_one_form_is_read_and_a_form_in_it_is_not() -> None:
    inner = "<form><label>Your email</label><input></form>"
    page = f"<form><div id='topnav'><a>Home</a> <a>About</a></div><h1>One</h1><p>{PROSE}</p>{inner}</form>"
    assert [text for _, _, _, text in show(read(page))] == ["One", PROSE]


def test_texts_that_a_page_folds_away_are_read_and_hidden_notices_are_not() -> None:
    page = (
        "<main><h1>One</h1><h2><button>Problems</button></h2>"
        f"<div class='accordion__panel' hidden><p>{PROSE}</p></div><div class='tab' style='display:none'>Short.</div>"
        f"<div class='panel' role='dialog' hidden>{PROSE}</div><div class='notice' hidden>{PROSE}</div></main>"
    )
    assert show(read(page))[1:] == [("heading", 1, "", "Problems"), ("paragraph", 0, "", PROSE)]


def test_old_page_laid_out_by_a_table_is_no_table() -> None:
    menu = "<a href=a>Home</a><br><a href=b>News</a><br><a href=c>Laws</a><br><a href=d>Contact</a>"
    text = f"<center><b>Policy</b></center><p><b>1. Problems</b><p>{PROSE}<p>{PROSE}<p>{PROSE}<ul><li>train clerks</ul>"
    document = read(f"<title>Policy</title><table><tr><td>{menu}</td><td>{text}</td></tr></table>")
    assert [(kind, text) for kind, _, _, text in show(document)] == [
        ("title", "Policy"),
        ("heading", "Problems"),
        *[("paragraph", PROSE)] * 3,
        ("item", "train clerks"),
    ]


def test_letters_that_a_style_sheet_makes_bold_and_bold_lines_before_a_break_are_headings() -> None:
    page = (
        "<style>.c1{font-weight:700}.c2{color:red}</style><p>One</p><p><span class='c1'>Problems</span></p>"
        f"<p><span class='c2'>{PROSE}</span></p><div><b>Answers</b><br>{PROSE}<br>• train clerks<br>• open it</div>"
        "<p><a href='#ftnt_ref1' id='ftnt1'>[1]</a> Survey of 2020.</p>"
    )
    assert show(read(page))[1:] == [
        ("heading", 1, "", "Problems"),
        ("paragraph", 0, "", PROSE),
        ("heading", 1, "", "Answers"),
        ("paragraph", 0, "", PROSE),
        ("item", 1, "", "train clerks"),
        ("item", 1, "", "open it"),
        ("footnote", 0, "1", "Survey of 2020."),
    ]


def test_abstract_in_parts_is_an_abstract() -> None:
    parts = f"<h3>Background</h3><p>{PROSE}</p><h3>Results</h3><p>{PROSE}</p>"
    page = f"<article><h1>One</h1><h2>Abstract</h2>{parts}<h2>1. Introduction</h2><p>{PROSE}</p></article>"
    assert [kind for kind, *_ in show(read(page))] == ["title", "abstract", "abstract", "heading", "paragraph"]


def test_items_of_a_list_in_a_cell_stay_apart() -> None:
    head = "<tr><th>Barrier</th><th>Remedy</th></tr>"
    page = f"<table>{head}<tr><td>Law</td><td><ul><li>Amend it<li>Ask</ul></td></tr></table>"
    assert show(read(f"<h1>One</h1>{page}"))[2:] == [("table", 0, "", "Law | Amend it; Ask")]


def test_headings_in_headings_without_end_are_read() -> None:
    assert read("<h1>a>" * 2000).text.startswith("a>")


def test_panel_of_text_that_bears_the_name_of_a_menu_stays() -> None:
    more = f"<p>{PROSE}</p>" * 6
    tabs = f"<div class='tabs'><p>It is new. {PROSE}</p></div><div class='tabs'><a>View</a></div>"
    page = f"<main><h1>One</h1>{more}{tabs}</main>"
    assert [text for kind, _, _, text in show(read(page))][-1] == f"It is new. {PROSE}"


def test_page_of_drupal_has_its_tags_as_keywords_and_no_remarks_of_the_program() -> None:
    page = (
        "<main><h1>A plan</h1><div class='submitted'>Submitted by ana on Mon, 03/02/2020 - 09:00</div>"
        "<p>Lend devices.</p>"
        "<div class='field field-name-field-tags'><div class='field-label'>Tags:</div><div class='field-items'>"
        "<a>inclusion</a> <a>libraries</a></div></div><ul><li><a>Log in</a> to post comments</li></ul></main>"
    )
    assert [(draft.kind.value, draft.text) for draft in read_html(page).drafts] == [
        ("title", "A plan"),
        ("keywords", "inclusion"),
        ("keywords", "libraries"),
        ("paragraph", "Lend devices."),
    ]


def test_mark_that_names_its_footnote_is_left_out_of_the_sentence() -> None:
    page = (
        "<main><h1>A plan</h1><p>Report it within a week<sup><a href='#fn:1'>[footnote 1]</a></sup>.</p>"
        "<div class='footnotes'><ol><li id='fn:1'><p>The act, section 4. <a href='#fnref:1'>↩</a></p></li></ol></div>"
        "</main>"
    )
    assert [(draft.kind.value, draft.text) for draft in read_html(page).drafts][1:] == [
        ("paragraph", "Report it within a week."),
        ("footnote", "The act, section 4."),
    ]


def test_page_saved_by_word_has_its_own_title_and_the_author_below() -> None:
    page = (
        "<title>Draft 3</title><body><p class=MsoTitle>Measures for registers</p><p><b>Anna Åberg</b></p>"
        "<p>Lund University</p><h1>1 Why</h1><p>Nobody keeps them.</p><h1>2 How</h1><p>Name one.</p></body>"
    )
    assert show(read(page))[:4] == [
        ("title", 0, "", "Measures for registers"),
        ("author", 0, "", "Anna Åberg"),
        ("affiliation", 0, "", "Lund University"),
        ("heading", 1, "1", "Why"),
    ]
