"""What a reader finds in a document, and what the extraction found in it."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.annotate import Annotated, annotate
from kg.extract import extract_all
from kg.extract.keyphrases import make_key
from kg.model import Assertion, Concept, KgError, ReadError
from kg.readers import read_document

FORMAT = "its format stands in tests/gold/README.md"
Gold = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """All that the extraction finds in one document. names: IRI of a scheme concept -> keys of its labels."""

    annotated: Annotated
    assertions: tuple[Assertion, ...]
    names: Mapping[str, frozenset[tuple[str, ...]]]

    def find(self, kind: str) -> list[Assertion]:
        """The assertions of one kind."""
        return [assertion for assertion in self.assertions if assertion.kind == kind]


def normalise(text: str) -> str:
    """Words and numbers in lower case, nothing else."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def read_gold(path: Path) -> Gold:
    """A gold file. Raises ReadError that says what is wrong with it."""
    try:
        gold: Gold = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReadError(f"{path}: no gold file ({error}); {FORMAT}") from error
    if not isinstance(gold, dict) or not isinstance(gold.get("document"), str):
        raise ReadError(f"{path}: 'document' must name the document beside it")
    return gold


def read_folder(folder: Path, concepts: Sequence[Concept], *, encoder: str = "none") -> list[tuple[Found, Gold]]:
    """The documents of a folder's gold files, each with what is found in it and what a reader finds.

    Raises ReadError for a gold file or document that cannot be read, KgError if there is none.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise KgError(f"{folder}: no gold files (*.json) in it; {FORMAT}")
    names: dict[str, frozenset[tuple[str, ...]]] = {
        c.iri: frozenset(make_key(label) for label in (c.label, *c.labels)) for c in concepts
    }
    pairs = []
    for path in paths:
        gold = read_gold(path)
        document = read_document(folder / gold["document"], file=gold["document"])
        annotated = replace(annotate(document, concepts), encoder=encoder)
        pairs.append((Found(annotated, extract_all(annotated), names), gold))
    return pairs
