"""Prefixes of the vocabularies that the graph may use."""

from kg.model.statement import Iri

DG = "https://w3id.org/digital-government/ontology#"
#: Where the things of a graph live unless kg.toml says otherwise.
DEFAULT_BASE = "https://w3id.org/digital-government/kg/"

PREFIXES: dict[str, str] = {
    "biro": "http://purl.org/spar/biro/",
    "c4o": "http://purl.org/spar/c4o/",
    "cito": "http://purl.org/spar/cito/",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "deo": "http://purl.org/spar/deo/",
    "dg": DG,
    "doco": "http://purl.org/spar/doco/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "fabio": "http://purl.org/spar/fabio/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "frbr": "http://purl.org/vocab/frbr/core#",
    "ibis": "http://purl.org/ibis#",
    "m8g": "http://data.europa.eu/m8g/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "po": "http://www.essepuntato.it/2008/12/pattern#",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "pro": "http://purl.org/spar/pro/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def expand_curie(curie: str) -> Iri:
    """The full IRI of a CURIE: "dg:Remedy" -> Iri(".../ontology#Remedy").

    Raises KeyError for an unknown prefix: predicates are written by programmers, never read from documents.
    """
    prefix, _, local = curie.partition(":")
    return Iri(PREFIXES[prefix] + local)
