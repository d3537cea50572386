"""Scores, reliability and figures of trained parts as tables."""

from collections.abc import Iterable

from kg.model import Cell, Table
from kg.pipeline.evaluate import Bin, Score
from kg.pipeline.evaluate.trained import Figures


def _tabulate(title: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    return Table(columns, tuple(tuple(Cell(text) for text in row) for row in rows), title=title)


def tabulate_scores(scores: Iterable[Score]) -> Table:
    """One row a task."""
    columns = ("task", "documents", "gold", "precision", "recall", "F1", "low", "high")
    rows = (
        (s.task, str(s.documents), str(s.gold), *(f"{n:.2f}" for n in (s.precision, s.recall, s.f1, s.low, s.high)))
        for s in scores
    )
    return _tabulate("Scores", columns, rows)


def tabulate_reliability(bins: Iterable[Bin]) -> Table:
    """One row a task and bin of confidence."""
    columns = ("task", "confidence from", "to", "facts", "mean confidence", "share right")
    rows = (
        (b.task, f"{b.low:.1f}", f"{b.high:.1f}", str(b.facts), f"{b.confidence:.2f}", f"{b.right:.2f}") for b in bins
    )
    return _tabulate("Reliability of confidence", columns, rows)


def tabulate_figures(figures: Iterable[Figures]) -> Table:
    """One row a part and what it was measured on."""
    rows = ((f.part, f.measured, "; ".join(f"{name} {number:g}" for name, number in f.figures)) for f in figures)
    return _tabulate("Trained parts", ("part", "measured", "figures"), rows)
