"""JATS and TEI files to blocks."""

from pathlib import Path

import pytest

from kg.model import Document, ReadError
from kg.readers import read_document

JATS = """<?xml version="1.0"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS 1.2//EN" "JATS-archivearticle1.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink" xml:lang="en"><front>
<journal-meta><journal-title-group><journal-title>Offices</journal-title></journal-title-group></journal-meta>
<article-meta><article-id pub-id-type="doi">10.1000/5</article-id>
<title-group><article-title>Sharing <italic>data</italic></article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Silva</surname><given-names>Ana</given-names></name>
<xref ref-type="aff" rid="a1">1</xref></contrib></contrib-group>
<aff id="a1"><label>1</label><institution>Example University</institution>, Lisbon</aff>
<pub-date><year>2021</year></pub-date><volume>3</volume><fpage>1</fpage><lpage>9</lpage>
<abstract><p>Offices do not share.</p></abstract>
<kwd-group><kwd>data</kwd><kwd>trust</kwd></kwd-group></article-meta></front>
<body><sec><label>1</label><title>Problems</title><p>As said <xref ref-type="bibr" rid="b1">[1]</xref>, offices keep
data<xref ref-type="fn" rid="f1"><sup>a</sup></xref>.</p>
<list list-type="bullet"><list-item><p>no law</p></list-item></list>
<sec><title>Inner</title><p>More words stand here.</p></sec>
</sec></body>
<back><ref-list><ref id="b1"><label>1</label><element-citation><person-group><name><surname>Rossi</surname>
<given-names>B</given-names></name></person-group><article-title>Data at work</article-title><source>Offices</source>
<year>2019</year><volume>2</volume><issue>1</issue><fpage>3</fpage><lpage>4</lpage></element-citation></ref></ref-list>
<fn-group><fn id="f1"><label>a</label><p>As everybody knows.</p></fn></fn-group></back></article>"""

TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title>Sharing data</title></titleStmt><sourceDesc><biblStruct><analytic><author>
<persName><forename>Ana</forename><surname>Silva</surname></persName>
<affiliation><orgName>Example University</orgName></affiliation></author>
</analytic><monogr><title>Offices</title><imprint><date when="2021-03-04"/></imprint></monogr></biblStruct></sourceDesc>
</fileDesc>
<profileDesc><abstract><p>Offices do not share.</p></abstract></profileDesc></teiHeader>
<text xml:lang="en"><body><div><head n="1">Problems</head><p>Offices keep data <ref>[1]</ref>.</p></div>
<div><head n="1.1">Inner</head><p>More words.</p></div></body>
<back><div><listBibl><biblStruct><analytic><title>Data at work</title><author><persName><forename>B</forename>
<surname>Rossi</surname></persName></author></analytic><monogr><title>Offices</title><imprint><date when="2019"/>
<biblScope unit="volume">2</biblScope></imprint></monogr></biblStruct></listBibl></div></back></text></TEI>"""


def read(tmp_path: Path, text: str) -> Document:
    (tmp_path / "x.xml").write_text(text, encoding="utf-8")
    return read_document(tmp_path / "x.xml")


def show(document: Document) -> list[tuple[str, int, str, str]]:
    return [(b.kind.value, b.level, b.number or b.label, document.block_text(b)) for b in document.blocks]


def test_jats_article_becomes_blocks(tmp_path: Path) -> None:
    assert show(read(tmp_path, JATS)) == [
        ("title", 0, "", "Sharing data"),
        ("author", 0, "", "Silva, Ana"),
        ("affiliation", 0, "", "Example University"),
        ("metadata", 0, "year", "2021"),
        ("metadata", 0, "container", "Offices"),
        ("metadata", 0, "volume", "3"),
        ("metadata", 0, "doi", "10.1000/5"),
        ("metadata", 0, "pages", "1-9"),
        ("keywords", 0, "", "data"),
        ("keywords", 0, "", "trust"),
        ("abstract", 0, "", "Offices do not share."),
        ("heading", 1, "1", "Problems"),
        ("paragraph", 0, "", "As said [1], offices keep data."),
        ("item", 1, "", "no law"),
        ("heading", 2, "", "Inner"),
        ("paragraph", 0, "", "More words stand here."),
        ("heading", 1, "", "References"),
        ("reference", 0, "1", "Rossi B. (2019). Data at work. Offices. 2(1), 3-4."),
        ("footnote", 0, "a", "As everybody knows."),
    ]


def test_tei_text_becomes_blocks(tmp_path: Path) -> None:
    assert show(read(tmp_path, TEI)) == [
        ("title", 0, "", "Sharing data"),
        ("author", 0, "", "Silva, Ana"),
        ("affiliation", 0, "", "Example University"),
        ("metadata", 0, "year", "2021"),
        ("metadata", 0, "container", "Offices"),
        ("abstract", 0, "", "Offices do not share."),
        ("heading", 1, "1", "Problems"),
        ("paragraph", 0, "", "Offices keep data [1]."),
        ("heading", 2, "1.1", "Inner"),
        ("paragraph", 0, "", "More words."),
        ("heading", 1, "", "References"),
        ("reference", 0, "1", "Rossi, B. (2019). Data at work. Offices. 2."),
    ]


def test_external_entity_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret words")
    head = f'<!DOCTYPE article [<!ENTITY s SYSTEM "file://{tmp_path}/secret.txt">]>'
    document = read(
        tmp_path, JATS.replace(JATS[22 : JATS.index("<article xml")], head).replace("More words", "&s; words")
    )
    assert "secret" not in document.text


def test_xml_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"x\.xml: XML of an unknown kind \(<a>\); known: JATS, TEI, XHTML"):
        read(tmp_path, "<a/>")


def test_broken_xml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="not well-formed XML"):
        read(tmp_path, "<article><front>")


def test_attacks_are_named_in_words(tmp_path: Path) -> None:
    laughs = '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    (tmp_path / "x.xml").write_text(f"<!DOCTYPE a [{laughs}]><article><front/><body><p>&l9;</p></body></article>")
    with pytest.raises(ReadError, match=r"^x\.xml: its entities unfold without end"):
        read_document(tmp_path / "x.xml")
    (tmp_path / "y.xml").write_text("<article><front/>" + "<sec>" * 1000)
    with pytest.raises(ReadError, match=r"^y\.xml: nested too deep to read"):
        read_document(tmp_path / "y.xml")


def test_alternatives_of_jats_are_read_once_and_boxes_keep_their_titles(tmp_path: Path) -> None:
    names = "".join(
        f"<name><surname>{family}</surname><given-names>{given}</given-names></name>"
        for family, given in (("Li", "Wei"), ("李", "伟"))
    )
    places = "".join(f"<aff><institution>{name}</institution></aff>" for name in ("Example University", "某大学"))
    people = (
        f"<contrib-group><contrib><name-alternatives>{names}</name-alternatives><xref ref-type='aff' rid='a'/>"
        f"</contrib><aff-alternatives id='a'>{places}</aff-alternatives></contrib-group>"
    )
    fields = "<name><surname>Doe</surname></name><source>Offices</source><year>2019</year>"
    entry = f"<element-citation>{fields}</element-citation>"
    text = (
        f"<article><front><article-meta><title-group><article-title>Data</article-title></title-group>{people}"
        "</article-meta></front><body><sec><title>One</title><p>Trust is low.</p><boxed-text><caption><title>Key points"
        "</title></caption><p>Rules are unclear.</p></boxed-text></sec></body><back><ref-list><ref><label>1</label>"
        f"<citation-alternatives>{entry}<mixed-citation>Doe.</mixed-citation></citation-alternatives></ref></ref-list>"
        "</back></article>"
    )
    assert show(read(tmp_path, text)) == [
        ("title", 0, "", "Data"),
        ("author", 0, "", "Li, Wei"),
        ("affiliation", 0, "", "Example University"),
        ("heading", 1, "", "One"),
        ("paragraph", 0, "", "Trust is low."),
        ("heading", 2, "", "Key points"),
        ("paragraph", 0, "", "Rules are unclear."),
        ("heading", 1, "", "References"),
        ("reference", 0, "1", "Doe. (2019). Offices."),
    ]


def test_list_inside_a_paragraph_or_an_item_is_read_once_and_in_its_place(tmp_path: Path) -> None:
    inner = "<list list-type='bullet'><list-item><p>in villages</p></list-item></list>"
    items = f"<list-item><label>(a)</label><p>no law</p></list-item><list-item><p>no staff{inner}</p></list-item>"
    defined = "<def-list><def-item><term>ADR</term><def><p>A register.</p></def></def-item></def-list>"
    text = (
        "<article><front><article-meta><title-group><article-title>Data</article-title></title-group></article-meta>"
        f"</front><body><sec><title>One</title><p>There are two:<list list-type='order'>{items}</list>Both matter.</p>"
        f"{defined}</sec></body></article>"
    )
    assert show(read(tmp_path, text))[2:] == [
        ("paragraph", 0, "", "There are two:"),
        ("item", 1, "a", "no law"),
        ("item", 1, "2", "no staff"),
        ("item", 2, "", "in villages"),
        ("paragraph", 0, "", "Both matter."),
        ("item", 1, "ADR", "A register."),
    ]


def test_figures_and_wrapped_divisions_of_tei_are_read(tmp_path: Path) -> None:
    figures = (
        "<figure><head>Figure 1 .</head><figDesc>Letters sent.</figDesc></figure>"
        "<figure><head>Fig. 2</head><figDesc>Fig. 2. Calls made.</figDesc></figure>"
    )
    text = (
        "<TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader><fileDesc><titleStmt><title>Data</title></titleStmt>"
        f"</fileDesc></teiHeader><text><body><div><head>One</head><p>Trust is low.</p></div>{figures}</body>"
        "<back><div type='annex'><div><head>Thanks</head><p>We thank the clerks.</p></div></div></back></text></TEI>"
    )
    assert show(read(tmp_path, text))[1:] == [
        ("heading", 1, "", "One"),
        ("paragraph", 0, "", "Trust is low."),
        ("caption", 0, "1", "Letters sent."),
        ("caption", 0, "2", "Calls made."),
        ("heading", 1, "", "Thanks"),
        ("paragraph", 0, "", "We thank the clerks."),
    ]


def test_parts_of_jats_that_publishers_write_each_in_their_way(tmp_path: Path) -> None:
    places = "<institution>School of Law</institution><institution>Example University</institution>"
    members = "<contrib-group><contrib><name><surname>Inner</surname></name></contrib></contrib-group>"
    author = f"<collab>Study Group{members}</collab><aff><institution-wrap>{places}</institution-wrap></aff>"
    people = f"<contrib-group><contrib>{author}</contrib></contrib-group>"
    cites = "<xref ref-type='bibr'>1</xref><sup>,</sup><xref ref-type='bibr'>2</xref>"
    formula = "<inline-formula><math>n=2</math><tex-math>n=2</tex-math></inline-formula>"
    box = "<boxed-text><label>Box 1</label><caption><title>Needs</title></caption><p>Three things.</p></boxed-text>"
    rows = "<table><tr><td>law</td><td>3</td></tr></table>"
    rows += "<table-wrap-foot><fn><label>a</label><p>Guessed.</p></fn></table-wrap-foot>"
    table = (
        f"<table-wrap><label>Table 1</label><caption><title>Kinds</title><p>All years.</p></caption>{rows}</table-wrap>"
    )
    text = (
        f"<article><front><article-meta><title-group><article-title>A<break/>B</article-title></title-group>{people}"
        f"</article-meta></front><body><sec><title>One</title><p>As shown {cites} and [<xref ref-type='bibr'>3</xref>, "
        f"<xref ref-type='bibr'>4</xref>] for {formula}.</p>{box}{table}</sec></body>"
        "<back><app><label>Appendix A</label>"
        "<p>Tell who keeps it.</p></app></back></article>"
    )
    assert show(read(tmp_path, text)) == [
        ("title", 0, "", "A B"),
        ("author", 0, "", "Study Group"),
        ("affiliation", 0, "", "School of Law, Example University"),
        ("heading", 1, "", "One"),
        ("paragraph", 0, "", "As shown [1], [2] and [3, 4] for n=2."),
        ("heading", 2, "1", "Needs"),
        ("paragraph", 0, "", "Three things."),
        ("caption", 0, "1", "Kinds. All years."),
        ("table", 0, "header", "law | 3"),
        ("heading", 1, "A", "Appendix A"),
        ("paragraph", 0, "", "Tell who keeps it."),
        ("footnote", 0, "a", "Guessed."),
    ]


def test_text_of_grobid_has_its_citations_whole_its_notes_apart_and_its_items_parted(tmp_path: Path) -> None:
    scopes = "<biblScope unit='volume'>7</biblScope><biblScope unit='page' from='1' to='9'/>"
    source = f"<sourceDesc><biblStruct><monogr><imprint>{scopes}</imprint></monogr></biblStruct></sourceDesc>"
    cites = "<ref type='bibr'>[1,</ref><ref type='bibr'>2]</ref>"
    text = (
        f"<TEI><teiHeader><fileDesc><titleStmt><title>Data</title></titleStmt>{source}</fileDesc></teiHeader><text><body>"
        f"<div><head>One</head><p>Trust is low {cites}.<ref type='foot'>1</ref> It falls.</p><p>• no law • no staff</p>"
        "</div></body></text></TEI>"
    )
    assert show(read(tmp_path, text))[1:] == [
        ("metadata", 0, "volume", "7"),
        ("metadata", 0, "pages", "1-9"),
        ("heading", 1, "", "One"),
        ("paragraph", 0, "", "Trust is low [1,2]. It falls."),
        ("item", 1, "", "no law"),
        ("item", 1, "", "no staff"),
    ]


def test_xml_in_another_encoding_than_it_declares_is_read(tmp_path: Path) -> None:
    text = JATS.replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-8"?>').replace("Silva", "Åberg")
    (tmp_path / "x.xml").write_bytes(text.encode("cp1252"))
    assert show(read_document(tmp_path / "x.xml"))[1] == ("author", 0, "", "Åberg, Ana")
