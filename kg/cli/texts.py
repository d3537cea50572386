"""What the commands that look at texts share: files, folders and standard input, one after the other, with progress."""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import click

from kg.model import Concept, CorpusError, ReadError

Result = TypeVar("Result")
Command = TypeVar("Command", bound=Callable[..., None])
STANDARD_INPUT = "-"


def takes_texts(command: Command) -> Command:
    """The argument FILES and the options --jsonl and --format, as every filter over texts has them."""
    for decorate in (
        click.option(
            "--format",
            "-f",
            "form",
            default="table",
            show_default=True,
            type=click.Choice(["table", "csv", "tsv", "json", "md"]),
        ),
        click.option("--jsonl", is_flag=True, help="Filter: JSON lines from standard input to standard output."),
        click.argument("files", nargs=-1, metavar="[FILE|FOLDER|-]..."),
    ):
        command = decorate(command)
    return command


def answer_jsonl(files: tuple[str, ...], jsonl: bool, answer: Callable[[Iterable[str]], Iterator[str]]) -> bool:
    """Answer the JSON lines of standard input if --jsonl asks for it; whether it did.

    Bytes that are no UTF-8 are replaced. Raises UsageError unless just one of files and --jsonl is given.
    """
    if jsonl == bool(files):
        raise click.UsageError("Name files or folders ('-' for standard input), or give --jsonl and send JSON lines.")
    if jsonl:
        with click.open_file(STANDARD_INPUT, encoding="utf-8", errors="replace") as lines:
            for line in answer(lines):
                click.echo(line)
    return jsonl


def look_at(
    files: tuple[str, ...], of_file: Callable[[Path], Result], of_text: Callable[[str], Result]
) -> dict[str, Result]:
    """What a function makes of each file named, each readable file in a folder named, and of standard input ("-").

    In a folder what cannot be read is told and passed over. Raises ReadError for a file named that is not there or
    cannot be read, ClickException if the folders hold nothing to read.
    """
    from kg.cli.workspace import show_progress
    from kg.pipeline.keyphrases_filter import find_files

    found: dict[str, Result] = {}
    if STANDARD_INPUT in files:
        if sys.stdin.isatty():
            click.echo("Reading a text from the keyboard; end with Ctrl-D.", err=True)
        with click.open_file(STANDARD_INPUT, encoding="utf-8", errors="replace") as file:
            found[STANDARD_INPUT] = of_text(file.read())
    named = [Path(name) for name in files if name != STANDARD_INPUT]
    paths = list(dict.fromkeys(find_files(named)))
    with show_progress() as tell:
        for done, path in enumerate(paths):
            tell(done, len(paths), str(path))
            try:
                found[str(path)] = of_file(path)
            except ReadError as error:
                if path in named:
                    raise
                click.echo(f"Skipped {error}", err=True)
    if not found:
        raise click.ClickException("no file that can be read in these folders; 'kg add --help' names the kinds known.")
    return found


def load_workspace_concepts(ctx: click.Context) -> tuple[Concept, ...] | None:
    """The concepts of the workspace named or around, None if there is none.

    Raises CorpusError if the workspace named is none, ValidationError if its ontology cannot be read.
    """
    from kg.cli.workspace import find_workspace
    from kg.graph.vocabulary import load_concepts

    try:
        workspace = find_workspace(ctx)
    except CorpusError:
        if ctx.obj:
            raise
        return None
    return load_concepts(workspace.ontology)
