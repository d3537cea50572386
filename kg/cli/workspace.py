"""What commands that work on a workspace share: finding it, telling what changed, showing how far a build is."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.model import CorpusError

if TYPE_CHECKING:
    from kg.corpus import Workspace
    from kg.pipeline.build import Report
    from kg.pipeline.changes import News
    from kg.pipeline.pool import Progress

#: Labels of one kind that are written out; JSON has all.
MAX_SHOWN = 8


def find_workspace(ctx: click.Context) -> "Workspace":
    """The workspace named by --workspace or KG_WORKSPACE, else that of the nearest parent folder.

    Raises CorpusError if there is none.
    """
    from kg.corpus import open_workspace

    return open_workspace(Path(ctx.obj) if ctx.obj else None)


@contextmanager
def show_progress() -> Iterator["Progress"]:
    """A function that shows on a terminal how many documents are made; it is silent elsewhere.

    Says what is kept when Ctrl-C ends the block.
    """
    shown: list[Any] = []

    def tell(done: int, total: int, file: str) -> None:
        if not sys.stderr.isatty():
            return
        if not shown:
            shown.append(_start_bar(total))
        bar, task = shown[0]
        bar.update(task, completed=done, total=total, description=clean_text(file)[:40])

    with _say_what_is_kept():
        try:
            yield tell
        finally:
            for bar, _ in shown:
                bar.stop()


def _start_bar(total: int) -> tuple[Any, Any]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.start()
    return bar, bar.add_task("", total=total)


@contextmanager
def _say_what_is_kept() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        click.echo("The documents made so far are kept, the graph is as it was; the same command goes on.", err=True)
        raise


def tell_report(report: "Report", format_: str) -> None:
    """What changed on standard output, what was passed over or failed on standard error."""
    for skipped in report.skipped:
        click.echo(f"Skipped {clean_text(skipped.file)}: {clean_text(skipped.reason)}", err=True)
    for failure in report.failures:
        click.echo(f"Failed {clean_text(failure.name)}: {clean_text(failure.message)}", err=True)
    for failure in report.known:
        message = clean_text(failure.message)
        click.echo(f"Failed before {clean_text(failure.name)}: {message} ('kg build --retry' tries again)", err=True)
    if report.violations:
        click.echo(
            f"{_count(len(report.violations), 'place')} in the graph not as the shapes ask: kg validate", err=True
        )
    if format_ == "json":
        click.echo(json.dumps(asdict(report), ensure_ascii=True, indent=2))
    else:
        for line in describe_changes(report):
            click.echo(line)


def raise_for_faults(report: "Report") -> None:
    """Raises CorpusError, which ends the command with 1, if not all that was asked for could be done."""
    count = len(report.failures) + len(report.known) + sum(skipped.fault for skipped in report.skipped)
    if count:
        raise CorpusError(f"{count} file{'s' * (count > 1)} could not be made part of the graph; see above")


def describe_changes(report: "Report") -> Iterator[str]:
    """The changes in lines for people; none if nothing changed."""
    changes = report.changes
    for word, documents in (("Added", changes.added), ("Replaced", changes.replaced), ("Removed", changes.removed)):
        if documents:
            yield f"{word} {_count(len(documents), 'document')}: {_join([f'{i} ({file})' for i, file in documents])}"
    for word, news in (("Concepts", changes.concepts), ("Dilemmas", changes.dilemmas), ("Remedies", changes.remedies)):
        yield from _describe_news(word, news)
    yield from _describe_news("Links stated by a text", changes.links)
    yield from _describe_news("Links as candidates", changes.candidates)
    for conflict in changes.conflicts:
        yield f"Possible conflict: {clean_text(conflict)}"


def _describe_news(word: str, news: "News") -> Iterator[str]:
    parts = [("new", news.new), ("merged with known ones", news.merged), ("gone", news.gone)]
    told = [f"{len(labels)} {what} ({_join(labels)})" for what, labels in parts if labels]
    if told:
        yield f"{word}: {'; '.join(told)}"


def _join(labels: "tuple[str, ...] | list[str]") -> str:
    more = [f"and {len(labels) - MAX_SHOWN} more"] if len(labels) > MAX_SHOWN else []
    return "; ".join([*(clean_text(label) for label in labels[:MAX_SHOWN]), *more])


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'s' * (number != 1)}"


def clean_text(text: str) -> str:
    """Text from a document or a file's name in one line, without characters that could steer a terminal."""
    return "".join(c if c.isprintable() else " " for c in text)
