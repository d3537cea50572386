"""`kg evaluate`: the extraction against gold files."""

from pathlib import Path

import click

from kg.cli.tables import TABLE_FORMATS


@click.command("evaluate")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--ontology",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Otherwise the one that comes with kg.",
)
@click.option("--encoder", default="none", show_default=True, metavar="DIR|none", help="Folder of a sentence encoder.")
@click.option("--format", "-f", "form", type=click.Choice(TABLE_FORMATS), default="table", show_default=True)
def evaluate_command(folder: Path, ontology: Path | None, encoder: str, form: str) -> None:
    """Score the extraction on the gold files of FOLDER: precision, recall, F1 and the 95 % interval of F1.

    A gold file says what a reader finds in a document of the same folder; tests/gold/README.md has the format.

    \b
    Example:
      kg evaluate tests/gold
      kg evaluate tests/gold --format md > SCORECARD.md
    """
    from kg.corpus.share import find_share
    from kg.graph.vocabulary import load_concepts
    from kg.model import Cell, Table
    from kg.pipeline.evaluate import compute_scores
    from kg.render import render

    concepts = load_concepts(ontology or find_share("ontology"))
    rows = tuple(
        tuple(
            Cell(text)
            for text in (
                s.task,
                str(s.documents),
                str(s.gold),
                *(f"{n:.2f}" for n in (s.precision, s.recall, s.f1, s.low, s.high)),
            )
        )
        for s in compute_scores(folder, concepts, encoder=encoder)
    )
    columns = ("task", "documents", "gold", "precision", "recall", "F1", "low", "high")
    click.echo(render(form, Table(columns, rows, title=f"The extraction on {folder}")), nl=False)
