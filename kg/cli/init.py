"""`kg init`: a new workspace."""

from pathlib import Path

import click


@click.command("init")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--starter", is_flag=True, help="With the reading notes that come with kg, to explore at once.")
def init_command(folder: Path, *, starter: bool) -> None:
    """Make DIR (this folder if left out) a workspace: kg.toml, corpus/, queries/ and ontology/.

    Nothing that is already there is overwritten.

    \b
    Example:
      kg init my-library --starter
    """
    from kg.corpus import init_workspace

    root = init_workspace(folder, starter=starter)
    click.echo(f"{root} is a workspace.", err=True)
    step = "kg build" if starter else "kg add PATH..."
    click.echo(f"Next: {step if folder == Path() else f'cd {folder} && {step}'}", err=True)
