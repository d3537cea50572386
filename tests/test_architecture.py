"""The floor plan as a test: what each room may import, no cycles, no room outside the plan."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

KG = Path(__file__).parent.parent / "kg"

#: room -> the rooms of kg it may import.
MAY_IMPORT: dict[str, set[str]] = {
    "model": set(),
    "readers": {"model"},
    "corpus": {"model", "readers"},
    "annotate": {"model"},
    "extract": {"model", "annotate"},
    "link": {"model"},
    "graph": {"model"},
    "query": {"model", "graph"},
    "render": {"model"},
    "pipeline": {"model", "readers", "corpus", "annotate", "extract", "link", "graph"},
    "server": {"model", "graph", "query", "render"},
    "cli": {"model", "readers", "corpus", "graph", "query", "render", "pipeline", "server"},
}
#: room -> third-party packages it may never import.
NEVER: dict[str, set[str]] = {
    "readers": {"spacy", "rdflib"},
    "corpus": {"spacy", "rdflib", "pyoxigraph"},
    "annotate": {"rdflib", "pyoxigraph"},
    "extract": {"rdflib", "pyoxigraph"},
    "link": {"spacy", "rdflib", "pyoxigraph"},
    "graph": {"spacy", "networkx"},
    "query": {"spacy", "pyvis"},
    "server": {"spacy"},
    "pipeline": {"click"},
    "render": {"pyoxigraph"},
}
MODULES = sorted(KG.rglob("*.py"))


def room_of(path: Path) -> str:
    first = path.relative_to(KG).parts[0]
    return first.removesuffix(".py")


def find_imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names if node.module == "kg")
    return names


def test_every_room_stands_in_the_plan() -> None:
    rooms = {room_of(path) for path in MODULES} - {"__init__", "__main__", "share"}
    assert rooms <= set(MAY_IMPORT)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(KG)))
def test_room_imports_only_what_the_plan_allows(path: Path) -> None:
    room = room_of(path)
    if room in {"__init__", "__main__"}:
        return
    rooms = {name.split(".")[1] for name in find_imports(path) if name.startswith("kg.")}
    assert rooms - {room, "__version__"} <= MAY_IMPORT[room]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(KG)))
def test_room_keeps_away_from_foreign_packages(path: Path) -> None:
    packages = {name.split(".")[0] for name in find_imports(path)}
    assert not packages & NEVER.get(room_of(path), set())
    if room_of(path) == "model":
        assert packages - {"kg"} <= set(sys.stdlib_module_names)


def test_modules_import_each_other_without_cycles() -> None:
    names = {".".join(("kg", *p.relative_to(KG).with_suffix("").parts)).removesuffix(".__init__"): p for p in MODULES}
    edges = {name: find_top_imports(path, set(names)) - {name} for name, path in names.items()}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, f"import cycle: {' -> '.join((*trail, name))}"
        if name not in done:
            for other in sorted(edges[name]):
                visit(other, (*trail, name))
            done.add(name)

    for name in sorted(edges):
        visit(name, ())


def find_top_imports(path: Path, modules: set[str]) -> set[str]:
    """Modules of ours imported when this one is, without those imported inside functions.

    `from package import module` waits for the module alone, for the package is being imported already.
    """
    names: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            parts = {f"{node.module}.{alias.name}" for alias in node.names}
            names.update(parts & modules or {node.module})
    return names & modules


def test_help_loads_no_heavy_package() -> None:
    code = (
        "import sys; from kg.cli import cli; cli.main(['--help'], standalone_mode=False); "
        "print([m for m in ('spacy', 'networkx', 'pyvis', 'rdflib', 'pyoxigraph', 'rich') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
