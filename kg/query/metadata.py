"""What the headers say, in the forms that other tools read: SIB's SPARQL examples, and grlc's decorators.

Sources: https://github.com/sib-swiss/sparql-examples (SHACL's sh:SPARQLExecutable); https://grlc.io (`#+` lines).
"""

import re
from collections.abc import Iterable

from kg.model.prefixes import PREFIXES
from kg.query.bind import find_blocks, to_literal
from kg.query.files import QueryFile
from kg.query.tokens import find_tokens

#: form of a query -> class and property of SHACL that hold it.
_FORMS = {
    "SELECT": ("sh:SPARQLSelectExecutable", "sh:select"),
    "ASK": ("sh:SPARQLAskExecutable", "sh:ask"),
    "CONSTRUCT": ("sh:SPARQLConstructExecutable", "sh:construct"),
    "DESCRIBE": ("sh:SPARQLConstructExecutable", "sh:describe"),
}
#: type of a parameter -> ending of a grlc variable; everything looked up by words is an IRI there.
_GRLC_TYPES = {"text": "", "integer": "_integer", "decimal": "_decimal"}


def to_sib(queries: Iterable[QueryFile], *, endpoint: str = "") -> bytes:
    """The queries as Turtle in the form of SIB's collection of examples, one sh:SPARQLExecutable each.

    endpoint: address that answers them, left out if "".
    """
    used = {name: PREFIXES[name] for name in ("rdfs", "schema", "sh")}
    lines = [f"@prefix {name}: <{namespace}> ." for name, namespace in used.items()]
    lines.append(f"@prefix ex: <{PREFIXES['dg'].removesuffix('#').rpartition('/')[0]}/queries/> .")
    for query in queries:
        kind, predicate = _FORMS[find_form(query.text)]
        facts = [f"a sh:SPARQLExecutable, {kind}", f"rdfs:label {_to_english(query.title or query.name)}"]
        if query.description:
            facts.append(f"rdfs:comment {_to_english(query.description)}")
        if query.aspect:
            facts.append(f"schema:keywords {to_literal(query.aspect)}")
        if endpoint:
            facts.append(f"schema:target <{endpoint}>")
        facts.append(f"{predicate} {to_literal(strip_header(query.text))}")
        lines.append(f"\nex:{query.name} " + " ;\n  ".join(facts) + " .")
    return ("\n".join(lines) + "\n").encode("utf-8")


def to_grlc(query: QueryFile, *, endpoint: str = "") -> bytes:
    """One query with grlc's decorators; parameters that have a default become grlc variables, others ask for all."""
    lines = [f"#+ summary: {query.title or query.name}"]
    lines += [f"#+ description: {query.description}"] if query.description else []
    lines += [f"#+ endpoint: {endpoint}"] if endpoint else []
    lines += ["#+ method: GET"]
    lines += ["#+ tags:", f"#+   - {query.aspect}"] if query.aspect else []
    defaults = {p.name: p for p in query.parameters if p.default != "any"}
    if defaults:
        lines += ["#+ defaults:", *(f"#+   - {name}: {parameter.default}" for name, parameter in defaults.items())]
    text, parts, position = strip_header(query.text), [], 0
    for name, opening, closing in find_blocks(text):
        if name in defaults:
            parts += [text[position : opening.end], f" ?_{name}{_GRLC_TYPES.get(defaults[name].type, '_iri')} "]
            position = closing.start
    return ("\n".join(lines) + "\n\n" + "".join([*parts, text[position:]])).encode("utf-8")


def find_form(text: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE; SELECT if the text is none of them."""
    words = (token.text.upper() for token in find_tokens(text) if token.kind == "word")
    return next((word for word in words if word in _FORMS), "SELECT")


def strip_header(text: str) -> str:
    """The query without the comments above it."""
    return re.sub(r"\A(?:#[^\n]*\n)+", "", text)


def _to_english(text: str) -> str:
    return f"{to_literal(text)}@en"
