"""`kg ask`: a question in plain words."""

import click

from kg.cli.stores import answer, find_place
from kg.cli.tables import NAMED_FORMATS, TABLE_FORMATS, render_table, say_count


@click.command("ask")
@click.argument("question", nargs=-1, required=True)
@click.option("--format", "-f", "form", type=click.Choice(TABLE_FORMATS[:-1]), default="table", show_default=True)
@click.option("--dry-run", is_flag=True, help="Say which query it is, and do not run it.")
@click.pass_context
def ask_command(ctx: click.Context, /, question: tuple[str, ...], form: str, dry_run: bool) -> None:
    """Answer a QUESTION in plain English: find the query, fill in its parameters, show what was run.

    No language model is at work: years and names of things are found in the question, the rest is compared with the
    questions that each query says it answers.

    \b
    Example:
      kg ask "which remedies for data silos in China since 2019?"
      kg ask who first described the digital divide
      kg ask "most cited works" --format csv
    """
    from kg.query.ask import check_understood, choose_query, to_command
    from kg.query.files import load_queries
    from kg.query.limits import Limits

    place = find_place(ctx)
    # A workspace holds copies of the library as it was when it was made, which know fewer questions.
    queries = {**load_queries(place.queries), **load_queries()}
    best, *others = found = choose_query(place.open(), " ".join(question), queries)
    if not dry_run:
        check_understood(found)
    click.echo(f"{best.query.title}: {to_command(best)}", err=True)
    left = (*best.unknown, *best.unused, *best.passed)
    if left:
        click.echo(f"Not taken into account: {', '.join(left)}", err=True)
    if dry_run:
        for asked in others[:3]:
            click.echo(f"or {asked.query.title}: {to_command(asked)}", err=True)
        return
    table = answer(place, best.query, best.values, Limits(), named=form in NAMED_FORMATS)
    click.echo(render_table(table, form, base=place.base), nl=False)
    if not table.rows:
        click.echo("The graph holds nothing on that.", err=True)
    say_count(table)
