"""Query files: plain SPARQL 1.1 under a header of comments that says what is asked.

    # title: Remedies for a dilemma
    # description: Which remedies the documents set against it, with their words.
    # aspect: dilemma
    # question: which remedies are there for {dilemma} in {place}?
    # param dilemma dilemma any: the dilemma, by its words or its IRI
    # columns: dilemma, remedy, document, quote
    # example: kg query dilemma_remedies --param dilemma="data silos"

A parameter stands in the query as `VALUES ?dilemma { UNDEF }`, so the file also runs as it is on any endpoint.
"""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.graph.shipped import find_query_folder
from kg.model.errors import QueryError

MAX_FILE_BYTES = 200_000
#: Kinds of value a parameter takes; the last row is looked up by words among the things of that kind.
PARAMETER_TYPES = (
    *("text", "integer", "decimal", "iri"),
    *("document", "concept", "dilemma", "remedy", "person", "place", "technology", "policy", "work", "type"),
)
#: parameter -> value or values.
Values = Mapping[str, str | Sequence[str]]
_FIELD = re.compile(r"^#\s*(\w+)(?:\s+(\w+)\s+(\w+)\s+(.*?))?\s*:(?:\s+|$)(.*)$")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One blank of a query. default: as written in the header, "any" where the query then asks about everything."""

    name: str
    type: str
    default: str
    meaning: str


@dataclass(frozen=True, slots=True)
class QueryFile:
    """A question that has a name.

    text: the whole file. questions: the same in plain words, with {parameter} where a value stands.
    """

    name: str
    text: str
    title: str = ""
    description: str = ""
    aspect: str = ""
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[str, ...] = ()
    example: str = ""
    questions: tuple[str, ...] = ()


def parse_query(name: str, text: str) -> QueryFile:
    """A query with what its header says; a text without a header is a query without parameters.

    Raises QueryError for a parameter of an unknown type.
    """
    fields: dict[str, str] = {}
    parameters: list[Parameter] = []
    questions: list[str] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        match = _FIELD.match(line)
        if not match:
            continue
        field, parameter, kind, default, rest = match.groups()
        if field == "param" and parameter:
            parameters.append(_make_parameter(name, Parameter(parameter, kind, default, rest)))
        elif field == "question":
            questions.append(rest)
        elif not parameter:
            fields.setdefault(field, rest.strip())
    columns = tuple(column.strip() for column in fields.get("columns", "").split(",") if column.strip())
    known = {key: fields.get(key, "") for key in ("title", "description", "aspect", "example")}
    return QueryFile(name, text, parameters=tuple(parameters), columns=columns, questions=tuple(questions), **known)


def _make_parameter(query: str, parameter: Parameter) -> Parameter:
    if parameter.type not in PARAMETER_TYPES:
        raise QueryError(
            f"query '{query}': parameter '{parameter.name}' has the unknown type '{parameter.type}'; "
            f"known: {', '.join(PARAMETER_TYPES)}"
        )
    return parameter


def read_query(path: Path) -> QueryFile:
    """The query of one .rq file.

    Raises QueryError for a file that is missing, too large or not UTF-8.
    """
    try:
        if path.exists() and not path.is_file():
            raise QueryError(f"{path}: not a file")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise QueryError(f"{path.name}: larger than {MAX_FILE_BYTES:,} bytes, too large for a query")
        return parse_query(path.stem, path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise QueryError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"{path.name}: not UTF-8 at byte {error.start}; save it as UTF-8") from error


def find_shipped_folder() -> Path:
    """The folder of the queries that come with kg."""
    return find_query_folder()


def load_queries(folders: Iterable[Path] = ()) -> dict[str, QueryFile]:
    """Name -> query, sorted: those that come with kg, then those of the folders; a later one of the same name wins.

    Raises QueryError for a file that cannot be read.
    """
    found = {}
    for folder in (find_shipped_folder(), *folders):
        for path in sorted(folder.glob("*.rq")):
            found[path.stem] = path
    return {name: read_query(found[name]) for name in sorted(found)}


def open_query(name: str, folders: Sequence[Path] = ()) -> QueryFile:
    """The query of that name without reading all the others: of the last folder that has it, else the shipped one.

    Raises QueryError for an unknown name, with those that look like it.
    """
    for folder in (*reversed(folders), find_shipped_folder()):
        path = folder / f"{name}.rq"
        if re.fullmatch(r"\w+", name) and path.is_file():
            return read_query(path)
    return find_query(load_queries(folders), name)


def is_shipped(query: QueryFile) -> bool:
    """Whether a query is, to the letter, one that comes with kg, so that it needs no guard."""
    path = find_shipped_folder() / f"{query.name}.rq"
    return path.is_file() and path.read_text(encoding="utf-8") == query.text


def stands_in(query: QueryFile) -> bool:
    """Whether a query of a workspace is asked in place of another one of the same name that comes with kg."""
    return (find_shipped_folder() / f"{query.name}.rq").is_file() and not is_shipped(query)


def find_query(queries: Mapping[str, QueryFile], name: str) -> QueryFile:
    """The query of that name.

    Raises QueryError for an unknown name, with those that look like it.
    """
    if name in queries:
        return queries[name]
    near = difflib.get_close_matches(name.replace("-", "_"), queries, n=3, cutoff=0.5)
    hint = f"Did you mean {' or '.join(near)}?" if near else "'kg queries' lists them."
    raise QueryError(f"no query named '{name}'. {hint}")
