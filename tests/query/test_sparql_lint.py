"""No SPARQL is made by pasting strings together: values go through data blocks, in `kg.query.bind`."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

KG = Path(__file__).parents[2] / "kg"
_SPARQL = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE|INSERT|DELETE|LOAD|CLEAR|WHERE|GRAPH)\b[^\n]*[{<?]")


#: Modules that write SPARQL for people to read, not for an engine: a message, a link to the query page.
FOR_PEOPLE = {"graph/shapes.py", "server/pages.py"}
#: INSERT DATA takes no data block: its terms are serialised by the library, which test_remote_update tries to break.
OF_TERMS = {"graph/remote_update.py"}
MODULES = {str(path.relative_to(KG)) for path in KG.rglob("*.py")} - FOR_PEOPLE - OF_TERMS


def find_pasted(source: str) -> Iterator[int]:
    """Lines of f-strings, % and + with strings, and .format calls whose fixed parts read like SPARQL."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            parts = [p.value if isinstance(p, ast.Constant) else "?" for p in node.values]
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
            parts = [p.value for p in (node.left, node.right) if isinstance(p, ast.Constant)]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
            parts = [node.func.value.value] if isinstance(node.func.value, ast.Constant) else []
        else:
            continue
        if _SPARQL.search("".join(str(part) for part in parts)):
            yield node.lineno


@pytest.mark.parametrize("module", sorted(MODULES))
def test_module_pastes_no_sparql(module: str) -> None:
    assert list(find_pasted((KG / module).read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        'f"SELECT * WHERE {{ ?s ?p {value} }}"',
        '"SELECT ?s WHERE { ?s ?p " + value + " }"',
        '"ASK { ?s ?p %s }" % value',
        '"CONSTRUCT {{ ?s ?p {} }} WHERE {{ }}".format(value)',
    ],
)
def test_pasting_is_noticed(source: str) -> None:
    assert list(find_pasted(source)) == [1]
