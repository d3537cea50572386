"""`kg propositions`: what a text says, clause by clause, as subject, phrase and object."""

import click

from kg.cli.tables import render_table
from kg.cli.texts import answer_jsonl, load_workspace_concepts, look_at, takes_texts


@click.command("propositions")
@takes_texts
@click.option(
    "--all", "every", is_flag=True, help="Those too that cannot be read alone: questions, pronouns, infinitives."
)
@click.pass_context
def propositions_command(ctx: click.Context, files: tuple[str, ...], jsonl: bool, form: str, every: bool) -> None:
    """Split texts into propositions: subject, linking phrase, object, both ends verbatim from one sentence.

    Takes files, folders and "-" for standard input; prints one table, in which several texts are told apart by their
    file. In a workspace, the last columns name the concepts that the two ends speak of.
    With --jsonl, reads {"id", "text"} a line and answers {"id", "triples": [[subject, phrase, object], ...]}, at most
    80 of each text, those that can be read alone first chosen.

    \b
    Example:
      kg propositions chapter.md --format csv
      kg propositions ~/papers --format json > propositions.json
      kg propositions --jsonl < texts.jsonl
    """
    from kg.pipeline.propositions_filter import (
        filter_propositions,
        find_in_document,
        join_lines,
        make_plain_document,
        tabulate_propositions,
    )
    from kg.readers import read_document

    if answer_jsonl(files, jsonl, filter_propositions):
        return
    concepts = load_workspace_concepts(ctx)
    found = look_at(
        files,
        lambda path: find_in_document(read_document(path), concepts or (), every=every),
        lambda text: find_in_document(make_plain_document(join_lines(text)), concepts or (), every=every),
    )
    click.echo(render_table(tabulate_propositions(found, with_concepts=concepts is not None), form), nl=False)
