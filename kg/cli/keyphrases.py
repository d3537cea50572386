"""`kg keyphrases`: what a text is about, as a ranked list of phrases."""

import click

from kg.cli.tables import render_table
from kg.cli.texts import answer_jsonl, load_workspace_concepts, look_at, takes_texts


@click.command("keyphrases")
@takes_texts
@click.option("--top", default=20, show_default=True, type=click.IntRange(1, 500), help="Phrases of each text.")
@click.pass_context
def keyphrases_command(ctx: click.Context, files: tuple[str, ...], jsonl: bool, form: str, top: int) -> None:
    """List the key phrases of texts, best first, with the number of places where each stands.

    Takes files, folders and "-" for standard input. An abbreviation that the text explains stands beside its phrase
    and counts for it. In a workspace, the last column names the concept a phrase is, and its labels are one phrase.
    With --jsonl, reads {"id", "title", "text"} a line and answers {"id", "phrases": [best, next, ...]}.

    \b
    Example:
      kg keyphrases paper.pdf --top 15
      kg keyphrases ~/papers --format csv > phrases.csv
      kg keyphrases --jsonl < texts.jsonl
    """
    from kg.pipeline.keyphrases_filter import (
        filter_keyphrases,
        label_concepts,
        rank_file,
        rank_text,
        tabulate_phrases,
    )

    if answer_jsonl(files, jsonl, filter_keyphrases):
        return
    concepts = load_workspace_concepts(ctx)
    names = None if concepts is None else label_concepts(concepts)
    ranked = look_at(
        files,
        lambda path: rank_file(path, limit=top, names=names),
        lambda text: rank_text(text, limit=top, names=names),
    )
    click.echo(render_table(tabulate_phrases(ranked, names), form), nl=False)
