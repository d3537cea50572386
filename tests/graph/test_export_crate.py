"""Nanopublications and releases: valid, complete, and the same bytes whenever they are made."""

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml
from click.testing import CliRunner

from kg.cli import cli
from kg.graph.export import export_graph
from kg.graph.export_crate import FILES, Release, make_crate, pack_crate, write_crate
from kg.graph.export_nanopubs import NP, compute_artifact_code, export_nanopubs
from kg.model import DEFAULT_BASE, CorpusError

RELEASE = Release("A graph", "2026-11-25", "https://creativecommons.org/licenses/by/4.0/", DEFAULT_BASE)
CHECK = """PREFIX np: <http://www.nanopub.org/nschema#> PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX dg: <https://w3id.org/digital-government/ontology#>
SELECT ?np ?quote WHERE {
  GRAPH ?head { ?np a np:Nanopublication ; np:hasAssertion ?a ; np:hasProvenance ?p ; np:hasPublicationInfo ?i }
  GRAPH ?a { ?remedy dg:addresses|dg:mayAddress ?dilemma }
  GRAPH ?p { ?a prov:wasDerivedFrom/oa:hasSelector/oa:exact ?quote ; prov:hadPrimarySource ?document }
  GRAPH ?i { ?np prov:wasAttributedTo ?software }
}"""


def test_each_link_is_a_nanopublication_with_its_quote(library: Path) -> None:
    store = ox.Store()
    store.load(export_nanopubs(export_graph(library, "nquads"), base=DEFAULT_BASE), format=ox.RdfFormat.TRIG)
    rows = store.query(CHECK)
    assert isinstance(rows, ox.QuerySolutions)
    quotes = {row["np"].value: row["quote"].value for row in rows}
    assert "A once-only law will end the silos" in quotes.values()
    assert len(quotes) == sum(1 for _ in store.quads_for_pattern(None, None, ox.NamedNode(f"{NP}Nanopublication")))
    assert len({str(name) for name in store.named_graphs()}) == 4 * len(quotes)


def test_the_name_of_a_nanopublication_is_the_hash_of_what_it_says(library: Path) -> None:
    store = ox.Store()
    store.load(export_nanopubs(export_graph(library, "nquads"), base=DEFAULT_BASE), format=ox.RdfFormat.TRIG)
    for quad in store.quads_for_pattern(None, None, ox.NamedNode(f"{NP}Nanopublication")):
        assert isinstance(quad.subject, ox.NamedNode)
        name = quad.subject.value
        code = name.rsplit("/", 1)[1]
        own = [q for q in store if q.graph_name.value.startswith(name)]
        blank = [
            tuple(
                part if isinstance(part, ox.Literal) else part.value.replace(code, " ")
                for part in (q.graph_name, q.subject, q.predicate, q.object)
            )
            for q in own
        ]
        blank.sort(key=lambda q: (*q[:3], str(q[3])))
        assert compute_artifact_code(blank) == code  # type: ignore[arg-type]


def test_the_code_of_a_trusty_name_is_that_of_the_specification() -> None:
    text = "http://g/ \nhttp://g/ \nhttp://p\n^http://www.w3.org/2001/XMLSchema#string a\\nb\n"
    code = compute_artifact_code([("http://g/ ", "http://g/ ", "http://p", ox.Literal("a\nb"))])
    assert (len(code), code[:2]) == (45, "RA")
    import base64

    assert code[2:] == base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


def test_a_release_made_twice_has_the_same_bytes(library: Path) -> None:
    first, again = (pack_crate(make_crate(library, RELEASE)) for _ in range(2))
    assert first == again
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert set(archive.namelist()) == {*FILES, "ro-crate-metadata.json"}


def test_the_metadata_describe_every_file_with_its_digest(library: Path) -> None:
    files = make_crate(library, RELEASE)
    graph = {one["@id"]: one for one in json.loads(files["ro-crate-metadata.json"])["@graph"]}
    assert graph["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    assert graph["./"]["datePublished"] == "2026-11-25"
    for name in FILES:
        assert {"@id": name} in graph["./"]["hasPart"]
        assert graph[name]["sha256"] == hashlib.sha256(files[name]).hexdigest()


def test_void_counts_what_the_graph_holds_and_the_citation_is_yaml(library: Path) -> None:
    files = make_crate(library, RELEASE)
    void = list(ox.parse(files["void.ttl"], format=ox.RdfFormat.TURTLE))
    found = [t.object.value for t in void if t.predicate.value.endswith("#triples") and "#" not in t.subject.value]
    assert found == [str(files["graph.nq"].count(b"\n"))]
    assert list(ox.parse(files["dcat.ttl"], format=ox.RdfFormat.TURTLE))
    assert yaml.safe_load(files["CITATION.cff"])["type"] == "dataset"


def test_a_folder_that_holds_something_else_is_left_alone(library: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(CorpusError, match="something else"):
        write_crate({"a": b""}, tmp_path)
    write_crate(make_crate(library, RELEASE), tmp_path / "new")
    write_crate(make_crate(library, RELEASE), tmp_path / "new")
    assert (tmp_path / "new" / "graph.nq").read_bytes() == export_graph(library, "nquads")


@pytest.mark.parametrize("missing", ["-o", "--date", "--license"])
def test_a_release_asks_for_what_only_people_know(library: Path, tmp_path: Path, missing: str) -> None:
    given = {"-o": str(tmp_path / "r.zip"), "--date": "2026-11-25", "--license": RELEASE.licence}
    words = [word for name, value in given.items() if name != missing for word in (name, value)]
    done = CliRunner().invoke(cli, ["-w", str(library), "export", "--format", "rocrate", *words])
    assert (done.exit_code, missing in done.output) == (2, True)


def test_the_command_writes_a_release_and_nanopublications(library: Path, tmp_path: Path) -> None:
    words = ["--date", "2026-11-25", "--license", RELEASE.licence, "-o", str(tmp_path / "r.zip")]
    done = CliRunner().invoke(
        cli, ["-w", str(library), "export", "--format", "rocrate", *words], catch_exceptions=False
    )
    assert (done.exit_code, zipfile.is_zipfile(tmp_path / "r.zip")) == (0, True)
    done = CliRunner().invoke(cli, ["-w", str(library), "export", "--format", "nanopubs"], catch_exceptions=False)
    assert "np:hasAssertion" in done.output
