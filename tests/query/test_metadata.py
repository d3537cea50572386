"""Headers in the forms of other tools."""

import pyoxigraph as ox
import pytest

from kg.query.files import load_queries, parse_query
from kg.query.metadata import find_form, to_grlc, to_sib

QUERY = parse_query(
    "cases_by_year",
    """# title: Cases "by" year
# description: How many.
# aspect: time
# param since integer 0: first year
# param place place any: where
PREFIX dg: <https://example.org/>
SELECT ?since WHERE {
  VALUES ?since { 0 }
  VALUES ?place { UNDEF }
}
""",
)
SHACL = "http://www.w3.org/ns/shacl#"


def test_sib_turtle_holds_the_query_and_what_it_answers() -> None:
    assert to_sib([QUERY], endpoint="https://example.org/sparql").decode().partition("queries/> .\n\n")[2] == (
        "ex:cases_by_year a sh:SPARQLExecutable, sh:SPARQLSelectExecutable ;\n"
        '  rdfs:label "Cases \\"by\\" year"@en ;\n'
        '  rdfs:comment "How many."@en ;\n'
        '  schema:keywords "time" ;\n'
        "  schema:target <https://example.org/sparql> ;\n"
        '  sh:select "PREFIX dg: <https://example.org/>\\nSELECT ?since WHERE {\\n  VALUES ?since { 0 }\\n'
        '  VALUES ?place { UNDEF }\\n}\\n" .\n'
    )


def test_every_shipped_query_can_be_taken_out_of_the_turtle_and_run() -> None:
    quads = list(ox.parse(to_sib(load_queries().values()), format=ox.RdfFormat.TURTLE))
    texts = [quad.object.value for quad in quads if quad.predicate == ox.NamedNode(SHACL + "select")]  # type: ignore[union-attr]
    assert len(texts) == len(load_queries())
    for text in texts:
        ox.Store().query(text)


def test_grlc_gets_decorators_and_its_own_kind_of_variable() -> None:
    assert to_grlc(QUERY).decode() == (
        '#+ summary: Cases "by" year\n#+ description: How many.\n#+ method: GET\n#+ tags:\n#+   - time\n'
        "#+ defaults:\n#+   - since: 0\n\n"
        "PREFIX dg: <https://example.org/>\nSELECT ?since WHERE {\n"
        "  VALUES ?since { ?_since_integer }\n  VALUES ?place { UNDEF }\n}\n"
    )


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("# SELECT\nASK { }", "ASK"),
        ("PREFIX select: <x:> construct where { ?s ?p ?o }", "CONSTRUCT"),
        ("DESCRIBE <x:y>", "DESCRIBE"),
        ("", "SELECT"),
    ],
)
def test_form_is_read_from_the_query_itself(text: str, form: str) -> None:
    assert find_form(text) == form
