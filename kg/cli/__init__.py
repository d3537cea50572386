"""The command line: parse, call, print. Each command lives in a module of its own and is imported when it is called."""

import importlib
import os
import sys
from typing import NoReturn

import click

from kg import __version__

#: command -> (module, one line of help). The line stands here so that `kg --help` imports no room.
COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("kg.cli.init", "Make a folder a workspace."),
    "add": ("kg.cli.add", "Put documents into the graph and say what changed."),
    "build": ("kg.cli.build", "Bring the graph in line with corpus/."),
    "remove": ("kg.cli.remove", "Take documents out of the graph."),
    "review": ("kg.cli.review", "Accept, reject or correct what was found."),
    "undo": ("kg.cli.undo", "Undo the last add, build or remove."),
    "list": ("kg.cli.list", "Show the documents of the graph."),
    "verify": ("kg.cli.verify", "Look up every quote in its source."),
    "validate": ("kg.cli.validate", "Check the graph against its shapes."),
    "doctor": ("kg.cli.doctor", "Show how a file is read and what looks wrong with it."),
    "lint": ("kg.cli.lint", "Show what looks odd in the documents."),
    "push": ("kg.cli.push", "Put the graph into a remote SPARQL store."),
    "export": ("kg.cli.export", "Write the graph for other programs."),
    "map": ("kg.cli.map", "Draw the graph around a topic as a concept map."),
    "matrix": ("kg.cli.matrix", "Count which remedies are set against which dilemmas, with the sentences."),
    "ask": ("kg.cli.ask", "Answer a question in plain words."),
    "query": ("kg.cli.query", "Ask the graph a question."),
    "queries": ("kg.cli.queries", "List the questions there are."),
    "search": ("kg.cli.search", "Find words in names and quotes."),
    "show": ("kg.cli.show", "Show all that is known of one thing."),
    "stats": ("kg.cli.stats", "Count what the graph holds."),
    "serve": ("kg.cli.serve", "Serve pages and a SPARQL endpoint."),
    "propositions": ("kg.cli.propositions", "Split texts into subject, linking phrase and object."),
    "evaluate": ("kg.cli.evaluate", "Score the extraction against what readers found."),
    "keyphrases": ("kg.cli.keyphrases", "List what a text is about, best first."),
    "references": ("kg.cli.references", "Turn reference strings into parsed fields, BibTeX, RIS or CSL-JSON."),
    "statements": ("kg.cli.statements", "Judge sentences: dilemma, remedy, both or neither."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported only when they run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now; None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command named by the first argument; an unknown name is answered with the nearest ones."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=3, cutoff=0.5)
            hint = f" Did you mean {' or '.join(near)}?" if near else " 'kg --help' lists the commands."
            raise click.UsageError(f"No such command '{args[0]}'.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--workspace",
    "-w",
    metavar="DIR",
    envvar="KG_WORKSPACE",
    help="The workspace; otherwise the nearest parent folder with a kg.toml.",
)
@click.option(
    "--store",
    metavar="URL",
    envvar="KG_STORE",
    help="Ask the SPARQL 1.1 endpoint at this address instead of the graph on this machine.",
)
@click.version_option(__version__, prog_name="kg")
@click.pass_context
def cli(ctx: click.Context, workspace: str | None, store: str | None) -> None:
    """A knowledge graph of digital-government research: who says which dilemma, and which remedy against it.

    \b
    Example:
      kg init my-library --starter && cd my-library
      kg add ~/papers
      kg map "data sharing" -o map.html
    """
    # One thread for the algebra, before anything loads it: two would round another way, and get into each other's way.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    ctx.obj = workspace
    ctx.meta["kg.store"] = store


def _find_own_errors() -> tuple[type[Exception], ...]:
    """The root of our errors where a room that raises them was imported; `kg --help` imports none."""
    errors = sys.modules.get("kg.model.errors")
    return (errors.KgError,) if errors else ()


def main() -> NoReturn:
    """Run the command line: exit 0 done, 1 failed with a message, 2 wrong usage."""
    try:
        cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(1)
    except _find_own_errors() as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)
    sys.exit(0)
