"""In-text citations linked to their entries: precision, recall and F1 on documents labelled by hand.

python tests/bench/citations_labelled.py GOLD_FOLDER --errors 20

GOLD_FOLDER holds one .tsv file a document: first "#file", a tab and the document's path (relative to the folder or
absolute); then one citation a line, in the order of the text: the words around it with the citation itself between
« and », a tab, and the entries it means parted by " | ", each by words that only that entry has. A link is right if it
touches the citation's place and leads to the entry; every other link of the document is wrong.
"""

import argparse
import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from kg.extract.citations import find_citations, link_mentions
from kg.extract.citations.resolve import make_entries
from kg.extract.references import extract_references
from kg.readers import read_document


@dataclass(frozen=True, slots=True)
class Wanted:
    """One citation of the gold file at [start, end) of the document's text; entry: words of the entry it means."""

    start: int
    end: int
    shown: str
    entry: str


def fold(text: str) -> list[str]:
    """Words in lower case without accents."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)))


def find_wanted(text: str, lines: list[str]) -> list[Wanted]:
    """The gold citations at their places. Raises SystemExit for a line whose words are not in the text."""
    wanted: list[Wanted] = []
    cursor = 0
    for line in lines:
        context, _, entries = line.partition("\t")
        before, mention, after = (re.escape(part) for part in re.split("[«»]", context))
        pattern = rf"({before})({mention})({after})".replace(r"\ ", r"\s+")
        found = re.compile(pattern).search(text, max(0, cursor - 60)) or re.compile(pattern).search(text)
        if found is None:
            raise SystemExit(f"not in the text: {context}")
        cursor = found.start(2)
        wanted += [Wanted(*found.span(2), context, entry.strip()) for entry in entries.split(" | ")]
    return wanted


def means(entry: str, quote: str) -> bool:
    """Whether an entry as written has all the words by which the gold file names it (its last may be cut short)."""
    said, words = fold(entry), fold(quote)
    return all(word in words for word in said[:-1]) and any(word.startswith(said[-1]) for word in words)


def measure(path: Path) -> tuple[int, list[str], list[str]]:
    """Right links, links that the gold file does not have, and citations not linked."""
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    document = read_document(path.parent / head.split("\t")[1])
    references = list(extract_references(document))
    quotes = {one.key: one.evidence.quote for one in references}
    entries = make_entries(references)
    missed = find_wanted(document.text, [line for line in lines if line.strip()])
    right = 0
    wrong: list[str] = []
    for mention, link in link_mentions(find_citations(document, entries), entries):
        if link is None:
            continue
        quote = quotes[link.entry.key]
        hit = next(
            (one for one in missed if one.start < mention.end and mention.start < one.end and means(one.entry, quote)),
            None,
        )
        if hit:
            missed.remove(hit)
            right += 1
        else:
            wrong.append(f"{document.text[mention.start - 40 : mention.end + 10]!r} -> {quote[:60]}")
    return right, wrong, [f"{one.shown} -> {one.entry}" for one in missed]


def main() -> None:
    """Print the figures of each document and of all, and some of what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="print so many errors of each kind and document")
    options = parser.parse_args()
    totals = [0, 0, 0]
    for path in sorted(options.gold.glob("*.tsv")):
        right, wrong, missed = measure(path)
        totals = [total + more for total, more in zip(totals, (right, len(wrong), len(missed)), strict=True)]
        print(f"{path.stem}: {right} right, {len(wrong)} wrong, {len(missed)} missed")
        for kind, errors in (("wrong", wrong), ("missed", missed)):
            for error in errors[: options.errors]:
                print(f"    {kind}: {error}")
    right, wrong_links, missed_links = totals
    f1 = 2 * right / max(1, 2 * right + wrong_links + missed_links)
    figures = {"precision": right / max(1, right + wrong_links), "recall": right / max(1, right + missed_links)}
    figures["f1"] = f1
    print(json.dumps({"links": right + missed_links, **{k: round(100 * v, 2) for k, v in figures.items()}}))


if __name__ == "__main__":
    main()
