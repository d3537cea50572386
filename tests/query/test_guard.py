"""What a query may not hold."""

import pytest

from kg.model.errors import QueryError
from kg.query.guard import MAX_NESTING, MAX_QUERY_CHARS, check_query

HONEST = [
    "SELECT * WHERE { ?s ?p ?o }",
    "ASK { ?service ?from ?load }",
    "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> SELECT * { ?s a sd:Service ; sd:from 'SERVICE' }",
    "SELECT * { ?s <https://example.org/service/from> ?o . FILTER(?s < ?o && ?o > 3) } # FROM here SERVICE",
    'SELECT * { ?s ?p """SERVICE <http://x> { } FROM""", "FROM \\" SERVICE" }',
    "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s <urn:service:x>|^<urn:from:y> ?o } }",
    "DESCRIBE <https://example.org/from#service>",
]
#: SERVICE in every disguise that an engine takes: glued to its neighbours, hidden behind a comparison or a path.
SERVICES = [
    "SELECT * { SERVICE <http://x> { ?s ?p ?o } }",
    "SELECT * { sErViCe SILENT <http://x> { ?s ?p ?o } }",
    "PREFIX : <http://x/> SELECT * { SERVICE:y { ?s ?p ?o } }",
    "PREFIX a: <http://x/> SELECT * { SERVICEa:b { ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE<http://x>{ ?a ?b ?c } }",
    "SELECT * { ?s ?p 1SERVICE<http://x>{ ?a ?b ?c } }",
    "SELECT * { SERVICESILENT<http://x>{ ?a ?b ?c } }",
    "SELECT * { ?s ?p ?o FILTER(?s<?o||1=1)SERVICE#>\n<http://x>{ ?a ?b ?c } }",
    'SELECT * { ?s ?p ?o FILTER(?s<?o#>"""\n)SERVICE<http://x>{ ?a ?b ?c }#"""\n }',
    "SELECT * { ?s <p>?trueSERVICE<http://x>{ ?a ?b ?c } }",
    "SELECT * { ?s ?p '#' . SERVICE <http://x> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("text", HONEST)
def test_honest_query_passes(text: str) -> None:
    check_query(text)


@pytest.mark.parametrize("text", SERVICES)
def test_service_is_refused_however_it_is_written(text: str) -> None:
    with pytest.raises(QueryError, match=r"line \d: SERVICE would ask another server"):
        check_query(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "ASKFROM<http://x>{ ?s ?p ?o }",
        "SELECT *\nFROM NAMED <http://x> { GRAPH ?g { ?s ?p ?o } }",
    ],
)
def test_from_is_refused_unless_the_caller_allows_it(text: str) -> None:
    with pytest.raises(QueryError, match="FROM would choose what to load"):
        check_query(text)
    check_query(text, allow_from=True)


@pytest.mark.parametrize("word", ["INSERT DATA { }", "delete where { }", "LOAD <http://x>", "CLEAR ALL", "drop all"])
def test_update_is_called_what_it_is(word: str) -> None:
    with pytest.raises(QueryError, match="queries only read"):
        check_query("PREFIX a: <http://a>\n" + word)


def test_deep_nesting_is_refused_before_an_engine_sees_it() -> None:
    check_query("SELECT * {" * MAX_NESTING)
    with pytest.raises(QueryError, match="nested deeper than 200"):
        check_query("SELECT * {" * (MAX_NESTING + 1))


def test_long_query_is_refused() -> None:
    with pytest.raises(QueryError, match="more than the 100,000 allowed"):
        check_query("#" * (MAX_QUERY_CHARS + 1))


@pytest.mark.parametrize("odd", ["\0", "\ud800"])
def test_character_that_no_query_holds_is_refused(odd: str) -> None:
    with pytest.raises(QueryError, match="which no query may hold"):
        check_query(f"ASK {{ ?s ?p '{odd}' }}")


@pytest.mark.parametrize("text", ['"' * 99_999, "<" * 99_999, "'''\"" * 24_000, "?a<?b" * 20_000, "a:" * 49_000])
def test_hostile_text_is_read_in_time_proportional_to_its_length(text: str) -> None:
    check_query(text)
