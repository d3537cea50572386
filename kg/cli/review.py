"""`kg review`: a person decides what of the found statements and links holds."""

import csv
import difflib
import getpass
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.workspace import clean_text, find_workspace, raise_for_faults, show_progress, tell_report

if TYPE_CHECKING:
    from kg.corpus import Workspace
    from kg.model.decision import ReviewItem

KEYS = "[a]ccept  [r]eject  [l]abel  [t]ype  [k]ind  [s]kip  [q]uit and keep"


@click.command("review")
@click.argument("document", required=False, default="")
@click.option("--topic", default="", help="Only what has these words in its label, type or quote.")
@click.option("--only", type=click.Choice(["statement", "link"]), help="Only statements, or only links between them.")
@click.option("--all", "again", is_flag=True, help="Also what was decided before.")
@click.option("--export", "target", type=click.Path(path_type=Path), help="Write a table to fill in; '-' for output.")
@click.option("--import", "source", type=click.Path(exists=True, path_type=Path), help="Take the decisions of a table.")
@click.option("--as", "reviewer", default="", help="Your name; that of your account if not given.")
@click.pass_context
def review_command(ctx: click.Context, /, document: str, **options: Any) -> None:
    """Go through dilemmas, remedies and links, the least certain first: accept, reject, relabel, retype.

    DOCUMENT is a document's short name; all if not given. Decisions are kept in corpus/reviews.tsv, hold after every
    build, and are taken back by 'kg undo'. A table has a row for each; fill in its column verdict with accepted or
    rejected, change label, type or kind, or add rows with words of the text that were missed.

    \b
    Example:
      kg review
      kg review wu-dilemma-efficiency --only link
      kg review --topic privacy --export review.csv
      kg review --import review.csv --as "H. Wu"
    """
    workspace = find_workspace(ctx)
    if options["source"]:
        rows = _read_table(options["source"])
    else:
        items = _list_items(workspace, document=document, topic=options["topic"], item=options["only"] or "")
        items = [item for item in items if options["again"] or options["target"] or not item.verdict]
        if options["target"]:
            _write_table(items, options["target"])
            return
        if not items:
            click.echo("There is nothing to review; --all shows what was decided before.", err=True)
            return
        rows = _ask_all(items, workspace.ontology)
    _keep(workspace, rows, options["reviewer"] or getpass.getuser())


def _list_items(workspace: "Workspace", **which: str) -> "list[ReviewItem]":
    from kg.graph.store import open_for_reading
    from kg.pipeline.reviewing import mark_decided
    from kg.query.reviewing import list_items

    return mark_decided(workspace, list_items(open_for_reading(workspace.root), **which))


def _keep(workspace: "Workspace", rows: list[dict[str, str]], reviewer: str) -> None:
    """Make the decisions in these rows hold, and say what changed. Raises CorpusError if some row is none."""
    from kg.model import CorpusError
    from kg.pipeline.build import make_tools, review
    from kg.pipeline.reviewing import read_rows

    decisions, problems = read_rows(workspace, rows, _list_items(workspace), reviewer=clean_text(reviewer))
    if problems:
        listed = "\n".join(f"  {clean_text(problem)}" for problem in problems[:20])
        number = f"{len(problems)} row{'s' * (len(problems) != 1)}"
        raise CorpusError(f"{number} cannot be understood, nothing was changed:\n{listed}")
    if not decisions:
        click.echo("Nothing was decided that is not in corpus/reviews.tsv already.", err=True)
        return
    with show_progress() as progress:
        report = review(workspace, decisions, make_tools(workspace, progress=progress))
    click.echo(f"{len(decisions)} decision{'s' * (len(decisions) != 1)} kept in corpus/reviews.tsv", err=True)
    tell_report(report, "text")
    raise_for_faults(report)


def _read_table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, with commas, semicolons or tabs between its cells, as spreadsheets write it."""
    from kg.model import CorpusError

    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: cannot be read ({error}); save it as CSV in UTF-8") from error
    head = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=max(",", ";", "\t", key=lambda mark: head.count(mark)))
    missing = {"document", "item", "verdict", "quote"} - set(rows.fieldnames or ())
    if missing:
        raise CorpusError(f"{path}: no column {', '.join(sorted(missing))}; 'kg review --export' writes them")
    try:
        return [{name: str(value or "") for name, value in row.items() if name} for row in rows]
    except csv.Error as error:
        raise CorpusError(f"{path}: {error}") from error


def _write_table(items: "list[ReviewItem]", target: Path) -> None:
    from kg.corpus.files import write_durably
    from kg.pipeline.reviewing import COLUMNS, make_row

    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, COLUMNS)
    writer.writeheader()
    writer.writerows(make_row(item) for item in items)
    content = table.getvalue().encode("utf-8-sig")
    if str(target) == "-":
        click.echo(content, nl=False)
        return
    write_durably(target.absolute(), content)
    click.echo(
        f"{len(items)} rows in {target}; fill in the column verdict, then: kg review --import {target}", err=True
    )


def _ask_all(items: "list[ReviewItem]", ontology: Path) -> list[dict[str, str]]:
    """The rows that the person has decided on before the end, q, Ctrl-C or the end of the input."""
    from kg.pipeline.reviewing import make_row

    decided: list[dict[str, str]] = []
    for number, item in enumerate(items, start=1):
        click.echo(f"\n{number} of {len(items)}  {_describe(item)}")
        try:
            answer = _ask(make_row(item), ontology)
        except click.Abort:
            click.echo()
            break
        if answer is None:
            break
        if answer:
            decided.append(answer)
    return decided


def _describe(item: "ReviewItem") -> str:
    """An item for the terminal, its document's words without what could steer it."""
    place = f"{item.document}  {item.section}".rstrip()
    if item.item == "link":
        lines = [f"link, {item.label}", f"remedy:  {item.quote}", f"dilemma: {item.other}"]
    else:
        lines = [f"{item.item}: {item.label}", f"type: {item.type or '(none)'}", f"“{item.quote}”"]
    lines.append(f"({item.confidence:.2f}; {place})")
    return "\n  ".join(clean_text(line) for line in lines)


def _ask(row: dict[str, str], ontology: Path) -> dict[str, str] | None:
    """The row as decided, {} if it is passed over, None to stop. Raises Abort where the input is broken off."""
    while True:
        key = click.prompt(KEYS, default="s", show_default=False).strip().casefold()[:1]
        if key == "q":
            return None
        if key == "s":
            return {}
        if key in ("a", "r"):
            return row | {"verdict": key}
        if key == "l" and row["item"] != "link":
            row = row | {"label": click.prompt("new label", default=row["label"])}
        elif key == "t" and row["item"] != "link":
            row = row | {"type": _ask_type(row, ontology)}
        elif key == "k" and row["item"] != "link":
            row = row | {"kind": "remedy" if row["item"] == "dilemma" else "dilemma"}
            click.echo(f"a {row['kind']}, when accepted")


def _ask_type(row: dict[str, str], ontology: Path) -> str:
    """A type that the ontology has for this kind; asked again, with near ones, until it is one or left as it was."""
    from kg.pipeline.reviewing import load_type_kinds, load_types

    kind, kinds = row["kind"] or row["item"], load_type_kinds(ontology)
    names = [name for name, iri in load_types(ontology).items() if kinds[iri] == kind]
    while True:
        answer: str = click.prompt("new type", default=row["type"], show_default=bool(row["type"])).strip()
        if answer == row["type"] or answer.casefold() in names:
            return answer
        words = [name for name in names if "://" not in name]
        near = difflib.get_close_matches(answer.casefold(), words, n=5, cutoff=0.4) or sorted(words)[:5]
        click.echo(f"no type of a {kind}; there are {', '.join(near)} ... ('kg query {kind}_types' lists those in use)")
