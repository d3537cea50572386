"""`kg matrix`: dilemmas by remedies, or either by documents."""

from pathlib import Path
from typing import Any

import click

from kg.cli.output import find_format, write_output

_SIDES = ["dilemma-types", "dilemmas", "remedy-types", "remedies", "documents"]
#: what a person types -> name of the renderer.
FORMATS = {
    "md": "matrix-md",
    "csv": "matrix-csv",
    "tidy": "matrix-tidy",
    "html": "matrix-html",
    "latex": "matrix-latex",
}
#: Formats for a page of text, and how many columns can be read on one.
_PRINTED = {"md", "latex"}
_COLUMNS_OF_A_PAGE = 8
_ENDINGS = {".md": "md", ".csv": "csv", ".html": "html", ".htm": "html", ".tex": "latex"}


@click.command("matrix")
@click.option(
    "--rows", type=click.Choice(_SIDES), default="dilemma-types", show_default=True, help="What the rows are."
)
@click.option(
    "--columns", type=click.Choice(_SIDES), default="remedy-types", show_default=True, help="And the columns."
)
@click.option(
    "--top", type=click.IntRange(0), default=0, metavar="N", help="The N with most documents of each side; 0 for all."
)
@click.option("--asserted", is_flag=True, help="Leave out links that were inferred, not said.")
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), help="Otherwise by the ending of FILE, or md.")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="Write here, not to the terminal."
)
@click.option("--force", is_flag=True, help="Overwrite FILE even if kg did not make it.")
@click.pass_context
def matrix_command(ctx: click.Context, /, **options: Any) -> None:
    """Count which remedies are set against which dilemmas, and in which documents.

    A cell says how many documents and which, with their sentences as notes; "?" marks an inferred link. md, html and
    latex are for a chapter, csv is for a spreadsheet, tidy is csv with one line a sentence.

    \b
    Example:
      kg matrix -o matrix.html
      kg matrix --asserted --top 8 --format latex -o matrix.tex
      kg matrix --rows dilemma-types --columns documents
    """
    from kg.cli.documents import read_names
    from kg.cli.stores import find_place
    from kg.query.network import build_network
    from kg.render import render
    from kg.render.matrix import compute_matrix

    output: Path | None = options["output"]
    name = options["format_"] or find_format(output, _ENDINGS, default="md")
    store = find_place(ctx).open()
    matrix = compute_matrix(
        build_network(store),
        read_names(store),
        rows=options["rows"],
        columns=options["columns"],
        top=options["top"],
        asserted=options["asserted"],
    )
    write_output(render(FORMATS[name], matrix), output, force=options["force"])
    if output:
        click.echo(f"{output}: {len(matrix.rows)} rows, {len(matrix.columns)} columns.", err=True)
    if name in _PRINTED and len(matrix.columns) > _COLUMNS_OF_A_PAGE:
        most = _COLUMNS_OF_A_PAGE
        click.echo(f"A page of text has room for about {most} columns: --top {most} keeps the fullest.", err=True)
