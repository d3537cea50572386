"""The field values of labelled references, to be written again in other styles."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.references.labels import INDEX, LABELS
from kg.extract.references.training.labelling import OTHER, Example

_INDEX_OF_MASK = {1 << i: i for i in range(len(LABELS))}


@dataclass(frozen=True, slots=True)
class Values:
    """What a reference says. authors: (family, given); pages: first and last, or one."""

    authors: tuple[tuple[str, str], ...]
    title: str
    container: str
    volume: str
    issue: str
    pages: tuple[str, ...]
    year: str


def _join(example: Example, run: Sequence[int]) -> str:
    parts = [(" " if example.spaced[i] and k else "") + example.texts[i] for k, i in enumerate(run)]
    return "".join(parts).strip(" ,;:.")


def _find_runs(labels: Sequence[int], *names: str) -> Iterator[list[int]]:
    wanted = {INDEX[name] for name in names}
    run: list[int] = []
    for i, label in enumerate(labels):
        if label in wanted:
            run.append(i)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _find_authors(example: Example, labels: Sequence[int]) -> tuple[tuple[str, str], ...]:
    authors: list[tuple[str, str]] = []
    for run in _find_runs(labels, "family", "family-in", "given"):
        family = [i for i in run if LABELS[labels[i]].startswith("family")]
        given = [i for i in run if labels[i] == INDEX["given"] and example.texts[i] != ","]
        starts = sum(labels[i] == INDEX["family"] for i in run)
        if starts != 1 or not family:
            return ()
        authors.append((_join(example, family), " ".join(_join(example, given).replace(",", " ").split())))
    return tuple(authors)


def read_values(example: Example) -> Values | None:
    """The values of an example; None where a token's label is open or no author and title can be read."""
    labels = [INDEX["other"] if mask == OTHER else _INDEX_OF_MASK.get(mask, -1) for mask in example.masks]
    if -1 in labels:
        return None

    def first(name: str) -> str:
        return next((_join(example, run) for run in _find_runs(labels, name)), "")

    authors = _find_authors(example, labels)
    title = first("title")
    if not authors or len(title) < 8:
        return None
    pages_run = next(_find_runs(labels, "pages"), [])
    pages = tuple(example.texts[i] for i in pages_run if example.texts[i].isalnum())[:2]
    return Values(authors, title, first("container"), first("volume"), first("issue"), pages, first("year"))
