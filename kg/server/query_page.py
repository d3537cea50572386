"""The page to write a query on, or to fill in one of the library."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.query.files import Parameter, QueryFile, load_queries
from kg.server.templating import render_page
from kg.server.views import Section

#: What the parameter "kind" may be.
KINDS = ("paper", "policy", "note", "abstract")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a query: a table, a yes or no, an error or a word on what is not shown.

    formats: (name, address) of each download.
    """

    section: Section | None = None
    verdict: str = ""
    error: str = ""
    formats: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form of a query; choices: what it may hold, () for anything."""

    name: str
    value: str
    meaning: str
    choices: tuple[str, ...]
    mode: str
    default: str


@lru_cache(maxsize=1)
def load_shipped() -> dict[str, QueryFile]:
    """The queries that come with kg, read once."""
    return load_queries()


def find_address_of_query(name: str) -> str:
    """Where a query of the library is answered."""
    return f"/query/{name}"


def show_query(text: str, outcome: Outcome | None = None) -> bytes:
    """The page to write a query on, with what came of it below."""
    return _show(text, None, (), outcome or Outcome())


def show_named_query(text: str, query: QueryFile, values: Mapping[str, Sequence[str]], outcome: Outcome) -> bytes:
    """The page of a query of the library, with a field for each parameter, and what came of it below.

    text: the query with its values filled in; values: what the fields hold.
    """
    fields = [_make_field(parameter, values.get(parameter.name, ())) for parameter in query.parameters]
    return _show(text, query, fields, outcome)


def _show(text: str, query: QueryFile | None, fields: Sequence[Field], outcome: Outcome) -> bytes:
    return render_page(
        "query",
        text=text,
        named=query,
        fields=fields,
        address=find_address_of_query(query.name) if query else "",
        outcome=outcome,
        groups=_group_queries(),
        count=len(load_shipped()),
    )


def _make_field(parameter: Parameter, values: Sequence[str]) -> Field:
    return Field(
        parameter.name,
        next(iter(values), ""),
        parameter.meaning,
        KINDS if parameter.name == "kind" else (),
        "decimal" if parameter.type in {"integer", "decimal"} else "text",
        parameter.default,
    )


@lru_cache(maxsize=1)
def _group_queries() -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Aspect -> (title, description, address) of its queries."""
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for name, query in load_shipped().items():
        groups.setdefault(query.aspect, []).append((query.title, query.description, find_address_of_query(name)))
    return sorted(groups.items())
