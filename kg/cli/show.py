"""`kg show`: all that is known of one document, dilemma, remedy, concept, person, place ..."""

import json
import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.parts import clean_line, format_command, format_heading, format_part, to_rows
from kg.cli.stores import find_place, name_things
from kg.model.errors import CorpusError, QueryError
from kg.model.table import Table

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.model import Iri
    from kg.query.describe import Description


@click.command("show")
@click.argument("name", metavar="NAME-OR-IRI")
@click.option("--text", "as_text", is_flag=True, help="Print a document's plain text unchanged; offsets count in it.")
@click.option("--structure", is_flag=True, help="Print a document's outline, with the stretch of each section.")
@click.option("--format", "-f", "form", type=click.Choice(("table", "md", "json")), default="table", show_default=True)
@click.option("--all", "whole", is_flag=True, help="Print every row, however many.")
@click.pass_context
def show_command(ctx: click.Context, /, name: str, **options: Any) -> None:
    """Show all that the graph knows of one thing, with quotes and sources.

    NAME-OR-IRI is a document's short name, file or title, or what a dilemma, remedy, concept, person, place, policy
    or cited work is called.

    \b
    Example:
      kg show wu-dilemma-efficiency
      kg show "information barriers"
      kg show wu-dilemma-efficiency --text > paper.txt
      kg show wu-dilemma-efficiency --structure
    """
    place = find_place(ctx)
    base = place.base
    if options["as_text"]:
        click.echo(_read_text(place.local, name).encode("utf-8", "surrogatepass"), nl=False)
        return
    store = place.open()
    kind, iri = _choose(store, name, base)
    if options["structure"]:
        click.echo(_outline(store, kind, iri), nl=False)
        return
    from kg.query.describe import MAX_ROWS, describe_thing

    description = describe_thing(store, iri)
    if options["form"] == "json":
        click.echo(_to_json(description))
        return
    most = None if options["whole"] else MAX_ROWS
    tables = tuple((part, name_things(store, table)) for part, table in description.tables)
    click.echo(_to_text(replace(description, tables=tables), options["form"], base, most), nl=False)


def _choose(store: "ox.Store", name: str, base: str) -> tuple[str, "Iri"]:
    """The one thing that the name means. Raises QueryError if it may mean several, and lists them."""
    from kg.query.describe import find_named
    from kg.query.labels import find_label
    from kg.render.terms import shorten_iri

    found = find_named(store, name)
    if len(found) > 1:
        lines = [
            f"  kg show {shlex.quote(shorten_iri(iri, base))}   {kind}: {find_label(store, iri)}"
            for kind, iri in found[:20]
        ]
        more = [f"  ... and {len(found) - 20} more"] if len(found) > 20 else []
        raise QueryError("\n".join([f"'{name}' may mean {len(found)} things. Name one:", *lines, *more]))
    return found[0]


def _read_text(root: Path, name: str) -> str:
    from kg.corpus.manifest import read_manifest
    from kg.corpus.workspace import open_workspace
    from kg.pipeline.build import find_entry
    from kg.pipeline.reading import find_changed, read_entries

    workspace = open_workspace(root)
    entry = find_entry(read_manifest(workspace), name.rsplit("/", 1)[-1] if "://" in name else name)
    for file in find_changed(workspace, [entry]):
        click.echo(
            f"corpus/{file} has changed since it was built: run 'kg build' before you rely on offsets.", err=True
        )
    documents = read_entries(workspace, [entry])
    if entry.part not in documents:
        raise CorpusError(f"corpus/{entry.file}: it has no record '{entry.part}' any more; run 'kg build'")
    return documents[entry.part].text


def _outline(store: "ox.Store", kind: str, iri: str) -> str:
    if kind != "document":
        raise QueryError(f"<{iri}> is a {kind}; only a document has a structure")
    from kg.query.run import run_query

    rows = run_query(store, "document_sections", {"document": iri}).rows
    lines = []
    for row in rows:
        _, number, title, start, end = ("" if cell is None else cell.value for cell in row)
        indent = "  " * number.count(".")
        lines.append(f"{indent}{number + ' ' if number else ''}{clean_line(title)}  [{start}-{end}]")
    return "\n".join(lines or ["no sections"]) + "\n"


def _to_text(description: "Description", form: str, base: str, most: int | None) -> str:
    markdown = form == "md"
    lines = [format_heading(description.label, form)]
    lines.append(
        f"{description.kind}, `{description.iri}`\n" if markdown else f"{description.kind}  <{description.iri}>"
    )
    for name, value in description.facts:
        lines.append(f"- {name}: {_protect(value, form)}" if markdown else f"{name}: {_protect(value, form)}")
    for part, table in description.tables:
        titled = Table(table.columns, table.rows, part.title)
        query = format_command(part.query, part.parameter, description.iri)
        lines += format_part(titled, form, query=query, base=base, most=most)
    return "\n".join(lines) + "\n"


def _protect(text: str, form: str) -> str:
    from kg.render.markdown import escape_markdown

    return escape_markdown(text) if form == "md" else clean_line(text)


def _to_json(description: "Description") -> str:
    parts = [
        {"title": part.title, "query": part.query, "columns": list(table.columns), "rows": to_rows(table)}
        for part, table in description.tables
    ]
    found = {"iri": description.iri, "kind": description.kind, "label": description.label}
    return json.dumps({**found, "facts": dict(description.facts), "parts": parts}, ensure_ascii=False, indent=1)
