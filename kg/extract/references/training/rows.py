"""The tagged references, and which of them are kept out of training."""

import gzip
import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FILES: tuple[str, ...] = ("anystyle-core", "anystyle-good", "anystyle-ugly", "grobid-citation-corpus")
#: Physics papers kept out whole, by the beginning of their names: a few of them from the shipped weights, ...
SOME_PHYSICS: tuple[str, ...] = ("1708.01150", "PhysRevLett.119", "1709.01731", "10.1007%2FJHEP07")
#: ... all of them where whole sources are kept out.
PHYSICS: tuple[str, ...] = (
    *SOME_PHYSICS,
    *("27-1708.04230", "0811.1109", "36-1708.04064", "17-1%2E4991657", "23-v48p1279", "1-s2.0-S0375947417303342"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A tagged reference; source: the file or paper it comes from."""

    text: str
    gold: dict[str, object]
    source: str
    id: str = ""


#: Rows to learn from, and named sets of rows kept out.
Split = tuple[list[Row], dict[str, list[Row]]]


def read_rows(folder: Path) -> list[Row]:
    """The tagged references of the data folder."""
    rows: list[Row] = []
    for name in FILES:
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                source = re.sub(r"-\d+$", "", row["id"]) if name.startswith("grobid") else name
                rows.append(Row(row["ref"], row["gold"], source, row["id"]))
    return rows


def strip_marks(text: str) -> str:
    """The text without punctuation but hyphens and dashes."""
    return " ".join(re.sub(r"[^\w\s–—-]|_", " ", text).split())


def _bare(rows: Sequence[Row]) -> list[Row]:
    return [Row(strip_marks(row.text), row.gold, row.source, row.id) for row in rows]


def keep_strings(rows: Sequence[Row], rng: random.Random) -> Split:
    """A twentieth kept out: samples of large sets, a quarter of the six-language lists, four physics papers whole."""
    drawn: dict[str, str] = {}
    for source, name, count in (
        ("anystyle-core", "humanities", 120),
        ("anystyle-good", "mixed", 120),
        ("citations.xml", "computer science", 60),
    ):
        ids = [row.id for row in rows if row.source == source]
        rng.shuffle(ids)
        drawn |= dict.fromkeys(ids[:count], name)
    learnt: list[Row] = []
    kept: dict[str, list[Row]] = {}
    for row in rows:
        name = drawn.get(row.id, "")
        if not name and row.source.startswith("kisti"):
            name = "languages" if sum(map(ord, row.id)) % 4 == 1 else ""
        elif not name and row.source.startswith(SOME_PHYSICS):
            name = "physics"
        (kept.setdefault(name, []) if name else learnt).append(row)
    return learnt, {**kept, "no punctuation": _bare([*kept.get("humanities", ()), *kept.get("mixed", ())])}


def keep_sources(rows: Sequence[Row], rng: random.Random) -> Split:
    """Physics papers and six-language lists kept out whole, samples of two large sets."""
    kept: dict[str, list[Row]] = {"humanities": [], "mixed": [], "physics": [], "languages": []}
    samples = {"anystyle-core": "humanities", "anystyle-good": "mixed"}
    chosen = {name: set(rng.sample([i for i, r in enumerate(rows) if r.source == name], 250)) for name in samples}
    learnt: list[Row] = []
    for i, row in enumerate(rows):
        if i in chosen.get(row.source, ()):
            kept[samples[row.source]].append(row)
        elif row.source.startswith("kisti"):
            kept["languages"].append(row)
        elif row.source.startswith(PHYSICS):
            kept["physics"].append(row)
        else:
            learnt.append(row)
    return learnt, {**kept, "no punctuation": _bare([*kept["humanities"], *kept["mixed"]])}
