"""corpus/reviews.tsv: the decisions of people about dilemmas, remedies and links, one a line, readable and editable."""

import csv
import io
from collections.abc import Iterable
from dataclasses import asdict, fields

from kg.corpus.workspace import Workspace
from kg.model import CorpusError
from kg.model.decision import ACCEPTED, REJECTED, REVIEWED_KINDS, Decision

REVIEWS_FILE = "reviews.tsv"
COLUMNS = tuple(field.name for field in fields(Decision))
_HEAD = "\t".join(COLUMNS)


def read_decisions(workspace: Workspace) -> tuple[Decision, ...]:
    """The decisions of a workspace, () if there are none.

    Raises CorpusError for a line that is none, with its number.
    """
    path = workspace.corpus / REVIEWS_FILE
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: {error}") from error
    rows = csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise CorpusError(f"{path} line 1: its columns are not {', '.join(COLUMNS)}")
    return tuple(_read_row(row, f"{path} line {number}") for number, row in enumerate(rows, start=2))


def _read_row(row: dict[str, str | None], where: str) -> Decision:
    return check_decision(Decision(**{name: (row.get(name) or "").strip() for name in COLUMNS}), where)


def check_decision(decision: Decision, where: str) -> Decision:
    """The decision. Raises CorpusError, naming where it stands, if it is none."""
    if decision.item not in REVIEWED_KINDS:
        raise CorpusError(f"{where}: '{decision.item}' is none of {', '.join(REVIEWED_KINDS)}")
    if decision.verdict not in (ACCEPTED, REJECTED):
        raise CorpusError(f"{where}: '{decision.verdict}' is neither {ACCEPTED} nor {REJECTED}")
    if decision.kind not in ("", "dilemma", "remedy"):
        raise CorpusError(f"{where}: '{decision.kind}' is neither dilemma nor remedy")
    if not decision.quote or (decision.item == "link" and not decision.other):
        raise CorpusError(f"{where}: the words it is about are missing")
    return decision


def merge_decisions(earlier: Iterable[Decision], later: Iterable[Decision]) -> tuple[Decision, ...]:
    """All decisions, of those about the same thing the last, sorted."""
    merged = {decision.subject: decision for decision in (*earlier, *later)}
    return tuple(merged[subject] for subject in sorted(merged))


def encode_decisions(decisions: Iterable[Decision]) -> bytes:
    """The content of reviews.tsv."""
    lines = ("\t".join(" ".join(value.split()) for value in asdict(decision).values()) for decision in decisions)
    return ("\n".join([_HEAD, *lines]) + "\n").encode()
