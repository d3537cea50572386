"""Pages: every IRI of the graph has one, in HTML, Turtle and JSON-LD, and no text becomes markup."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kg.model.prefixes import DEFAULT_BASE, PREFIXES
from kg.server.app import make_app
from kg.server.settings import ServerSettings
from kg.server.things import find_address

HTML = {"Accept": "text/html"}
EVIL = "</title><script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}"


class Reader(HTMLParser):
    """The elements and links of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.events: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "action"}]
        self.events += [name for name, _ in attrs if name.startswith("on") or name == "style"]


def read_iris(source: Path) -> list[str]:
    quads = ox.parse(path=str(source), format=ox.RdfFormat.N_QUADS)
    return sorted({n.value for q in quads for n in (q.subject, q.object) if isinstance(n, ox.NamedNode)})


def test_every_iri_of_the_graph_has_an_address_that_answers(client: TestClient, source: Path) -> None:
    """One in eleven as all three, to save time; the choice is the same in every run."""
    iris = read_iris(source)[::11]
    assert len(iris) > 40
    for iri in iris:
        address = find_address(iri, DEFAULT_BASE)
        for media in ("text/html", "text/turtle", "application/ld+json"):
            response = client.get(address, headers={"Accept": media})
            assert (response.status_code, response.headers["content-type"].split(";")[0]) == (200, media), iri


def test_triples_about_a_thing_are_those_of_the_graph(client: TestClient, source: Path) -> None:
    node = ox.NamedNode(f"{DEFAULT_BASE}person/wang-li")
    quads = list(ox.parse(path=str(source), format=ox.RdfFormat.N_QUADS))
    expected = {q.triple for q in quads if node in (q.subject, q.object)}
    response = client.get("/person/wang-li", headers={"Accept": "application/n-triples"})
    assert {q.triple for q in ox.parse(response.content, format=ox.RdfFormat.N_TRIPLES)} == expected
    assert response.headers["link"] == f'<{node.value}>; rel="canonical"'


def test_name_of_a_graph_gives_the_whole_graph(client: TestClient, source: Path) -> None:
    name = ox.NamedNode(f"{DEFAULT_BASE}graph/silva-2022")
    quads = ox.parse(path=str(source), format=ox.RdfFormat.N_QUADS)
    response = client.get("/graph/silva-2022", headers={"Accept": "application/n-triples"})
    found = {q.triple for q in ox.parse(response.content, format=ox.RdfFormat.N_TRIPLES)}
    assert {q.triple for q in quads if q.graph_name == name} <= found


@pytest.mark.parametrize(
    "path", ["/document/none", "/resource?iri=x:none", "/resource?iri=none", "/a//b", "/%00", "/%ff"]
)
def test_thing_that_the_graph_does_not_know_is_not_found(client: TestClient, path: str) -> None:
    assert [client.get(path, headers={"Accept": media}).status_code for media in ("text/html", "*/*")] == [404, 404]


def test_resource_without_a_name_is_refused(client: TestClient) -> None:
    assert (client.get("/resource").status_code, client.post("/document/wang-2020").status_code) == (400, 405)


def test_page_of_a_document_shows_what_it_says_with_its_words(client: TestClient) -> None:
    text = client.get("/document/wang-2020", headers=HTML).text
    for part in (
        "<h1>Data Silos in City Government</h1>",
        '<a href="/person/wang-li">Wang Li</a>',
        'href="/dilemma/formats-that-do-not-match"',
        ">formats that do not match</a>",
        "<q>Formats that do not match make it worse</q>",
        '<a href="/organisation/institute-of-city-studies">Institute of City Studies</a>',
        '<a href="?format=turtle">turtle</a>',
    ):
        assert part in text


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("/remedy/once-only-law", ('<p class="kind">remedy</p>', "<q>A once-only law</q>")),
        ("/dilemma/data-silos-between-departments", ('<p class="kind">dilemma</p>', "Stated by", "Remedies")),
        ("/dilemma-types/data-silo", ('<p class="kind">type</p>', "Dilemmas by document")),
        ("/person/silva-ana", ('<p class="kind">person</p>', "<h1>Ana Silva</h1>", "Skills for Digital Brazil")),
        ("/places/brazil", ('<p class="kind">place</p>', "<h1>Brazil</h1>")),
    ],
)
def test_each_kind_of_thing_has_a_page_of_its_own(client: TestClient, path: str, parts: tuple[str, ...]) -> None:
    text = client.get(path, headers=HTML).text
    assert [part for part in parts if part not in text] == []


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        (
            "/statement/estonia-plan-2019/fa8297c9",
            (
                '<p class="kind">statement</p>',
                '<q><a href="/evidence/estonia-plan-2019/246-252">X-Road</a></q>',
                'href="/document/estonia-plan-2019"',
                'href="/remedy/once-only-law"',
            ),
        ),
        ("/reference/wang-2020/1", ('<p class="kind">entry of a reference list</p>', 'href="/document/wang-2020"')),
        ("/dilemma/formats-that-do-not-match", (">Semantic barrier</a>", ">data silos between departments</a>")),
        ("/organisation/institute-of-city-studies", ('<p class="kind">organisation</p>', "<h2>Documents</h2>")),
    ],
)
def test_facts_lead_on_to_what_they_name(client: TestClient, path: str, parts: tuple[str, ...]) -> None:
    text = client.get(path, headers=HTML).text
    assert [part for part in parts if part not in text] == []


def test_name_stands_once_beside_the_thing_that_bears_it(client: TestClient) -> None:
    text = client.get("/query/document_metadata", headers=HTML).text
    assert '<td data-column="document">' in text
    assert '<td data-column="title">' not in text
    assert "document,file,kind,title,year,language" in client.get("/query/document_metadata?format=csv").text


def test_query_of_the_library_has_a_form_with_a_field_for_each_parameter(client: TestClient) -> None:
    text = client.get("/query/dilemma_remedies", params={"dilemma": "data silos", "since": ""}, headers=HTML).text
    for part in (
        "<h1>Remedies for a dilemma, across documents</h1>",
        "<p>Which remedies the documents set against a dilemma, each with its words.</p>",
        '<form action="/query/dilemma_remedies" method="get" class="fields">',
        '<input id="field-dilemma" name="dilemma" value="data silos" inputmode="text" placeholder="any">',
        "<option>policy</option>",
        "<small>first year</small>",
        '<th scope="col">quote</th>',
    ):
        assert part in text


def test_wrong_value_is_told_above_the_form_that_held_it(client: TestClient) -> None:
    address = "/query/dilemma_remedies?dilemma=<b>zebra</b>"
    response = client.get(address, headers=HTML)
    assert response.status_code == 400
    assert "no dilemma is called &#39;&lt;b&gt;zebra&lt;/b&gt;&#39;" in response.text
    assert 'value="&lt;b&gt;zebra&lt;/b&gt;"' in response.text
    assert client.get(address, headers={"Accept": "text/csv"}).headers["content-type"] == "text/plain; charset=utf-8"


def test_page_of_nothing_offers_a_search_for_its_words(client: TestClient) -> None:
    text = client.get("/dilemma/data-silos-<everywhere>", headers=HTML).text
    assert '<a href="/search?q=data%20silos%20everywhere">Search for “data silos everywhere”</a>' in text


def test_words_of_documents_are_quoted_where_they_are_found(client: TestClient) -> None:
    assert "<q>A shared data platform removes data silos</q>" in client.get("/search?q=data silos").text


def test_front_page_counts_and_lists(client: TestClient) -> None:
    text = client.get("/", headers=HTML).text
    assert "statements in 8 graphs" in text
    assert '<form action="/search" method="get" role="search">' in text
    assert 'href="/document/estonia-plan-2019"' in text


def test_search_finds_names_and_quotes(client: TestClient) -> None:
    text = client.get("/search", params={"q": "data silos"}).text
    assert 'href="/dilemma/data-silos-between-departments"' in text
    assert "Nothing holds “zebra”." in client.get("/search", params={"q": "zebra"}).text
    assert "holds no word to search for" in client.get("/search", params={"q": "?!"}).text
    assert client.get("/search").status_code == 200


def test_links_of_pages_lead_to_pages(client: TestClient) -> None:
    for path in ("/", "/document/wang-2020", "/search?q=silo", "/sparql", "/query/remedy_dilemmas"):
        links = {link for link in Reader(client.get(path, headers=HTML).text).links if link.startswith("/")}
        for link in sorted(links)[::5]:
            assert client.get(link, headers=HTML).status_code == 200, link


def test_query_page_holds_the_query_its_answer_and_downloads(client: TestClient) -> None:
    query = f"SELECT ?name {{ <{DEFAULT_BASE}person/silva-ana> <{PREFIXES['foaf']}name> ?name }}"
    text = client.get("/sparql", params={"query": query}, headers=HTML).text
    assert '<td data-column="name">Ana Silva</td>' in text
    assert f"&lt;{DEFAULT_BASE}person/silva-ana&gt;" in text
    csv = next(link for link in Reader(text).links if "format=csv" in link)
    assert client.get(csv).text == "name\r\nAna Silva\r\n"


def test_page_that_does_not_show_all_rows_says_so(source: Path) -> None:
    with TestClient(make_app(ServerSettings(source))) as client:
        text = client.get("/sparql", params={"query": "SELECT ?s { ?s ?p ?o }"}, headers=HTML).text
    assert "Only the first 1,000 rows are shown; a download holds all." in text
    assert text.count("<tr>") == 1_001


def test_yes_or_no_is_shown_as_such(client: TestClient) -> None:
    assert '<p class="verdict">yes</p>' in client.get("/sparql", params={"query": "ASK {}"}, headers=HTML).text


def test_style_is_the_only_thing_a_page_fetches(client: TestClient) -> None:
    response = client.get("/assets/style.css")
    assert (response.status_code, response.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert "url(" not in response.text
    assert "@import" not in response.text


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A graph in which every text is markup, and an address is script."""
    store = ox.Store()
    thing, graph = (ox.NamedNode(f"{DEFAULT_BASE}{path}") for path in ("document/evil", "graph/evil"))
    for curie in ("dcterms:title", "dg:kind", "dg:file", "prism:keyword", "dcterms:abstract", "skos:prefLabel"):
        prefix, _, local = curie.partition(":")
        store.add(ox.Quad(thing, ox.NamedNode(PREFIXES[prefix] + local), ox.Literal(EVIL), graph))
    rdf_type = ox.NamedNode(PREFIXES["rdf"] + "type")
    store.add(ox.Quad(thing, rdf_type, ox.NamedNode(PREFIXES["dg"] + "Document"), graph))
    store.add(ox.Quad(thing, ox.NamedNode("x:p"), ox.NamedNode("javascript:alert(3)"), graph))
    path = tmp_path_factory.mktemp("hostile") / "graph.nq"
    store.dump(str(path), format=ox.RdfFormat.N_QUADS)
    with TestClient(make_app(ServerSettings(path))) as client:
        yield client


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/document/evil",
        "/search?q=script",
        "/resource?iri=javascript:alert(3)",
        "/sparql?query=SELECT+*+{+?s+?p+?o+}",
        "/sparql?query=DESCRIBE+<https://w3id.org/digital-government/kg/document/evil>",
        "/sparql?query=<script>alert(4)</script>",
        "/search?q=<script>alert(5)</script>",
        "/query/<script>",
        "/<script>alert(6)</script>",
    ],
)
def test_no_text_becomes_markup_or_script(hostile: TestClient, path: str) -> None:
    response = hostile.get(path, headers=HTML)
    page = Reader(response.text)
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert {"script", "img", "iframe", "style"} & page.tags == set()
    assert [link for link in page.links if link.lower().startswith(("javascript:", "data:", "//"))] == []
    assert page.events == []
    assert ">49" not in response.text
    assert "default-src 'none'" in response.headers["content-security-policy"]


def test_error_of_a_program_is_plain_text_that_no_browser_takes_for_a_page(hostile: TestClient) -> None:
    response = hostile.get("/<script>", headers={"Accept": "*/*"})
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("iri", "address"),
    [
        (f"{DEFAULT_BASE}document/a-b", "/document/a-b"),
        (f"{DEFAULT_BASE}evidence/a/0-29/quote", "/evidence/a/0-29/quote"),
        ("https://w3id.org/digital-government/places/brazil", "/places/brazil"),
        (f"{DEFAULT_BASE}person/müller", "/person/m%C3%BCller"),
        (f"{DEFAULT_BASE}sparql", "/kg/sparql"),
        (f"{DEFAULT_BASE}a/../b", "/resource?iri=https%3A%2F%2Fw3id.org%2Fdigital-government%2Fkg%2Fa%2F..%2Fb"),
        ("javascript:alert(1)", "/resource?iri=javascript%3Aalert%281%29"),
        (f"{DEFAULT_BASE}", "/resource?iri=https%3A%2F%2Fw3id.org%2Fdigital-government%2Fkg%2F"),
    ],
)
def test_address_of_a_thing_is_short_where_no_page_of_the_server_is_meant(iri: str, address: str) -> None:
    assert find_address(iri, DEFAULT_BASE) == address
