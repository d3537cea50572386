"""`kg references`: a pasted reference list becomes a bibliography; JSON lines become parsed fields."""

import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from kg.model import Assertion

Item = TypeVar("Item")
FORMATS = ("table", "bibtex", "ris", "csljson", "json")
#: So many odd entries are named one by one.
MAX_ODD = 10
_COLUMNS = ("authors", "title", "container", "year", "volume", "issue", "pages")


@click.command("references")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="What to print.")
@click.option("--jsonl", is_flag=True, help='Read {"id","ref"} lines and print one parsed line for each.')
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Write to this file instead of standard output.")
def references_command(files: tuple[Path, ...], form: str, jsonl: bool, output: Path | None) -> None:
    """Parse reference strings: GB/T 7714, APA, IEEE, Chicago, Harvard, MLA, Vancouver and what lies between.

    FILES are pasted lists (.txt, .md) or documents (PDF, Word, web pages, papers as text), of which the reference
    list is taken; folders give all of theirs; - or nothing reads standard input.

    \b
    Example:
      kg references bibliography.txt --format bibtex -o bibliography.bib
      pbpaste | kg references --format csljson
      kg references ~/papers --format ris > library.ris
      kg references --jsonl < refs.jsonl > parsed.jsonl
    """
    if jsonl:
        _filter(files, output)
    else:
        _convert(files, form, output)


def _filter(files: tuple[Path, ...], output: Path | None) -> None:
    from kg.pipeline.references_filter import filter_lines

    answers = filter_lines(_read_lines(files))
    with _name_errors(output or Path("-")), click.open_file(str(output or "-"), "w", encoding="utf-8") as out:
        for answer in _count(answers):
            out.write(answer + "\n")


def _convert(files: tuple[Path, ...], form: str, output: Path | None) -> None:
    from dataclasses import replace

    found = [replace(one, key=f"ref{n}") for n, one in enumerate(_count(_parse_all(files)), 1)]
    if not found:
        raise click.ClickException("no reference found; give one reference a line, or entries parted by blank lines.")
    _report_odd(found)
    content = _render(found, form)
    if not output:
        sys.stdout.buffer.write(content)
        return
    with _name_errors(output):
        output.write_bytes(content)
    click.echo(f"{len(found)} references written to {output}", err=True)


def _parse_all(files: tuple[Path, ...]) -> "Iterator[Assertion]":
    from kg.model import ReadError
    from kg.pipeline.keyphrases_filter import find_files
    from kg.pipeline.references_filter import parse_file, parse_list

    for path in files or (Path("-"),):
        if str(path) == "-":
            yield from parse_list("".join(_read_input()))
            continue
        if not path.exists():
            raise click.ClickException(f"{path}: No such file or directory.")
        for member in find_files([path]):
            try:
                yield from parse_file(member, named=member == path)
            except ReadError as error:
                if member == path:
                    raise click.ClickException(f"{error}.") from error
                click.echo(f"Skipped {error}", err=True)


def _report_odd(found: "list[Assertion]") -> None:
    """Name the entries that lack a title, or an author and a year: they are kept, but a person should look at them."""
    odd = [
        (position, one.evidence.quote)
        for position, one in enumerate(found, 1)
        if not any(name == "title" for name, _ in one.fields) or not (one.get_texts("authors") or one.get_text("year"))
    ]
    for position, quote in odd[:MAX_ODD]:
        short = quote if len(quote) <= 70 else quote[:69] + "…"
        click.echo(f"entry {position} may be no whole reference: {short}", err=True)
    if len(odd) > MAX_ODD:
        click.echo(f"{len(odd) - MAX_ODD} more entries may be no whole references", err=True)


def _render(found: "list[Assertion]", form: str) -> bytes:
    import importlib
    import json

    if form in ("bibtex", "ris", "csljson"):
        content: bytes = importlib.import_module(f"kg.render.{form}").render(found)
        return content
    if form == "json":
        rows = [{"key": one.key, **{k: list(v) if isinstance(v, tuple) else v for k, v in one.fields}} for one in found]
        return (json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode()
    return _render_table(found)


def _render_table(found: "list[Assertion]") -> bytes:
    """Columns as wide as the terminal allows; tab-separated where the output is no terminal."""
    rows = [["; ".join(one.get_texts(name)) for name in _COLUMNS] for one in found]
    if not sys.stdout.isatty():
        return "".join("\t".join(row) + "\n" for row in [list(_COLUMNS), *rows]).encode()
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*_COLUMNS)
    for row in rows:
        table.add_row(*(Text(value) for value in row))
    text = io.StringIO()
    Console(file=text, width=click.get_current_context().terminal_width or None).print(table)
    return text.getvalue().encode()


def _read_input() -> io.TextIOWrapper:
    if sys.stdin.isatty():
        click.echo("Reading references from the keyboard; end with Ctrl-D.", err=True)
    return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")


def _read_lines(files: tuple[Path, ...]) -> Iterator[str]:
    for path in files or (Path("-"),):
        if str(path) == "-":
            yield from _read_input()
            continue
        for member in sorted(path.rglob("*.jsonl")) if path.is_dir() else [path]:
            with _name_errors(member):
                yield from member.read_text(encoding="utf-8").splitlines(keepends=True)


@contextmanager
def _name_errors(path: Path) -> Iterator[None]:
    """What goes wrong with a file, told by its name."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{path}: not UTF-8 text ({error.reason} at byte {error.start}).") from error
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror or error}.") from error


def _count(items: Iterable[Item]) -> Iterator[Item]:
    """The items; on a terminal their number is shown while they come."""
    shows = sys.stderr.isatty()
    number = 0
    for number, item in enumerate(items, 1):
        if shows and number % 200 == 0:
            click.echo(f"\r{number} references", nl=False, err=True)
        yield item
    if shows and number >= 200:
        click.echo(f"\r{number} references", err=True)
