"""`kg evaluate`: the extraction against gold files, and what its trained parts reached."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.tables import TABLE_FORMATS

if TYPE_CHECKING:
    from kg.model import Table

PARTS = ("scores", "reliability", "trained")
_INTRODUCTION = """# Scorecard

Made by `{command}`: the extraction on the gold files of `{folder}`, {documents} short texts. `low` and `high` bound
the 95 % interval of F1 over resampled documents; with few documents it is wide.
"""
_REMARKS = {
    "scores": "## Scores\n",
    "reliability": "## Reliability of confidence\n\n"
    "Of the facts found with a confidence in a range, how many are right.\n",
    "trained": "## Trained parts\n\n"
    "From the `metrics.json` beside each, written when it was trained; the NOTICE.md there says on what.\n",
}


@click.command("evaluate")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--ontology",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Otherwise the one that comes with kg.",
)
@click.option("--encoder", default="none", show_default=True, metavar="DIR|none", help="Folder of a sentence encoder.")
@click.option(
    "--part",
    type=click.Choice([*PARTS, "scorecard"]),
    default="scores",
    show_default=True,
    help="Which table to print; the scorecard is all of them as one page in Markdown.",
)
@click.option("--format", "-f", "form", type=click.Choice(TABLE_FORMATS), default="table", show_default=True)
def evaluate_command(folder: Path, ontology: Path | None, encoder: str, part: str, form: str) -> None:
    """Score the extraction on the gold files of FOLDER: precision, recall, F1 and the 95 % interval of F1.

    A gold file says what a reader finds in a document of the same folder; tests/gold/README.md has the format.
    The part "reliability" says how often the extraction is right when it is so and so sure; "trained" lists the
    figures of its trained parts.

    \b
    Example:
      kg evaluate tests/gold
      kg evaluate tests/gold --part reliability
      kg evaluate tests/gold --part scorecard > SCORECARD.md
    """
    from kg.render import render

    tables = make_tables(None if part == "trained" else folder, ontology, encoder)
    if part != "scorecard":
        click.echo(render(form, tables[part]), nl=False)
        return
    options = f" --ontology {ontology}" * bool(ontology) + f" --encoder {encoder}" * (encoder != "none")
    documents = len(list(folder.glob("*.json")))
    command = f"kg evaluate {folder}{options} --part scorecard"
    click.echo(_INTRODUCTION.format(command=command, folder=folder, documents=documents))
    click.echo("\n".join(f"{_REMARKS[name]}\n{render('md', tables[name]).decode()}" for name in PARTS), nl=False)


def make_tables(folder: Path | None, ontology: Path | None, encoder: str) -> "dict[str, Table]":
    """The tables by part; those of a folder only if it is given.

    Raises ReadError for a gold file or document that cannot be read, KgError if there is none.
    """
    from kg.corpus.share import find_share
    from kg.graph.vocabulary import load_concepts
    from kg.pipeline.evaluate import compute_reliability, compute_scores, judge_folder, read_folder
    from kg.pipeline.evaluate.tables import tabulate_figures, tabulate_reliability, tabulate_scores
    from kg.pipeline.evaluate.trained import read_figures

    tables = {"trained": tabulate_figures(read_figures())}
    if folder is not None:
        concepts = load_concepts(ontology or find_share("ontology"))
        judged = judge_folder(read_folder(folder, concepts, encoder=encoder))
        tables["scores"] = tabulate_scores(compute_scores(judged))
        tables["reliability"] = tabulate_reliability(compute_reliability(judged))
    return tables
