"""In-text citations linked to their entries: precision, recall and F1 on texts written from tagged references.

python tests/bench/citations.py ../shared/data/benchmarks/references --texts 300

Each text cites entries of a drawn list of 20 by author and year or by number, in drawn forms, with sentences between
that cite nothing; which entry a citation means is known because the text was written from it.
"""

import argparse
import gzip
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kg.extract.citations import link_mentions
from kg.extract.citations.find import find_mentions
from kg.extract.citations.resolve import Entry

FILES = ("anystyle-core", "anystyle-good")
#: Sentences with years, numbers and capitals that cite nothing.
DISTRACTORS = (
    "The Data Protection Act (2018) applies.",
    "In May 2019 the programme began (see Figure 2).",
    "About 40 [sic] offices answered in 2015.",
    "The budget grew (from 2010 to 2014) by 12 %.",
    "Equation (3) and Table [A] follow.",
    "The Second World War (1939-1945) ended it.",
)
Form = Callable[[Sequence[Entry], random.Random], str]


def read_entries(folder: Path) -> list[Entry]:
    """Entries with authors and a year, not yet numbered."""
    entries: list[Entry] = []
    for name in FILES:
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for gold in (json.loads(line)["gold"] for line in lines):
                authors = tuple(gold["authors"] or ())
                if authors and gold["year"] and all(len(author) > 1 and author[0].isupper() for author in authors):
                    written = tuple(f"{author}, X." for author in authors)
                    entries.append(Entry("", "", written, authors, gold["year"], gold["title"]))
    return entries


def draw_list(pool: Sequence[Entry], rng: random.Random, size: int = 20) -> list[Entry]:
    """A list in which first author and year tell entries apart."""
    seen: dict[tuple[str, str], Entry] = {}
    for entry in rng.sample(list(pool), size):
        seen.setdefault((entry.families[0].lower(), entry.year), entry)
    return [
        Entry(f"ref{i}", str(i), one.authors, one.families, one.year, one.title)
        for i, one in enumerate(seen.values(), 1)
    ]


def say_names(entry: Entry, rng: random.Random, *, join: str) -> str:
    """The authors as a text names them."""
    families = entry.families
    if len(families) == 1:
        return families[0]
    if len(families) == 2:
        return f"{families[0]} {join} {families[1]}"
    if len(families) > 4 or rng.random() < 0.7:
        return families[0] + rng.choice((" et al.", " et al", ", et al.", " and colleagues"))
    comma = rng.choice(("", ","))
    return f"{', '.join(families[:-1])}{comma} {join} {families[-1]}"


def _narrate(pattern: str) -> Form:
    return lambda es, rng: pattern.format(n=say_names(es[0], rng, join="and"), y=es[0].year)


def _bracket(pattern: str) -> Form:
    return lambda es, rng: pattern.format(n=say_names(es[0], rng, join=rng.choice(("&", "and"))), y=es[0].year)


def _group(lead: str, comma: str, end: str) -> Form:
    def write(entries: Sequence[Entry], rng: random.Random) -> str:
        parts = [f"{say_names(one, rng, join='&')}{comma} {one.year}" for one in entries]
        return f"Data matter ({lead}{'; '.join(parts)}{end})."

    return write


#: Form -> how many entries it cites.
BY_NAME: dict[Form, int] = {
    _narrate("However, {n} ({y}) argue that data matter."): 1,
    _narrate("As shown by {n} ({y}, p. 33), data matter."): 1,
    _narrate("According to {n} [{y}] and others, data matter."): 1,
    _narrate("{n}’s ({y}) survey is the first."): 1,
    _narrate("In {n} ({y}: 12-15) data matter."): 1,
    _narrate("The work of {n} (see {y}) matters."): 1,
    _bracket("Data matter ({n}, {y})."): 1,
    _bracket("Data matter ({n} {y})."): 1,
    _bracket("Data matter [{n}, {y}]."): 1,
    _bracket("“Data matter” ({n}, {y}, pp. 3–5)."): 1,
    _bracket("Data matter (for a review, see {n}, {y})."): 1,
    _bracket("Data matter (cf. {n} {y}, chap. 3)."): 1,
    _group("", ",", ""): 3,
    _group("see ", "", ""): 2,
    _group("e.g., ", ",", ""): 3,
    _group("see also ", ",", "; but not always"): 2,
}


def _number(pattern: str, glue: str = ", ") -> Form:
    return lambda es, rng: pattern.format(glue.join(one.number for one in es))


def _raise(entries: Sequence[Entry], rng: random.Random) -> str:
    digits = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
    return f"Data matter.{','.join(one.number for one in entries).translate(digits)}"


BY_NUMBER: dict[Form, int] = {
    _number("Data matter [{}]."): 1,
    _number("Data matter [{}].", ","): 3,
    _number("As in Refs. [{}], data matter.", "; "): 2,
    _number("Data matter [{}].", "], ["): 2,
    _number("Data matter [{}, p. 12]."): 1,
    _number("Data matter <sup>{}</sup> here.".replace(" <", "<"), ","): 2,
    _raise: 2,
}


def _repeat(first: str, second: str) -> Form:
    """Twice the same work: the second time by what stands for it."""

    def write(entries: Sequence[Entry], rng: random.Random) -> str:
        entry = entries[0]
        return f"{first.format(n=say_names(entry, rng, join='and'), y=entry.year)} {second}"

    return write


def _range(entries: Sequence[Entry], rng: random.Random) -> str:
    return f"Data matter [{entries[0].number}{rng.choice('-–')}{entries[-1].number}]."


#: Each cites its entry twice.
REPEATED: tuple[Form, ...] = (
    _repeat("{n} ({y}) argue that data matter.", "They do so in all offices (ibid., p. 7)."),
    _repeat("{n} ({y}) argue that data matter.", "In all offices, too (Ibid.)."),
)


def write_text(entries: Sequence[Entry], forms: dict[Form, int], rng: random.Random) -> Iterator[tuple[str, list[str]]]:
    """Sentences and the keys of the entries that each cites."""
    if forms is BY_NAME:
        cited = [rng.choice(entries)]
        yield rng.choice(REPEATED)(cited, rng), [cited[0].key] * 2
    else:
        first = rng.randrange(len(entries) - 4)
        cited = list(entries[first : first + rng.randint(2, 4)])
        yield _range(cited, rng), [one.key for one in cited]
    for form in rng.choices(list(forms), k=15):
        cited = rng.sample(list(entries), forms[form])
        yield form(cited, rng), [one.key for one in cited]
        if rng.random() < 0.3:
            yield rng.choice(DISTRACTORS), []


def main() -> None:
    """Print precision, recall and F1, and some of what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--texts", type=int, default=300)
    parser.add_argument("--errors", type=int, default=0, help="print so many sentences read wrong")
    options = parser.parse_args()
    rng = random.Random(4)
    pool = read_entries(options.data)
    right = wrong = missed = 0
    errors: list[tuple[str, list[str], list[str]]] = []
    for number in range(options.texts):
        entries = draw_list(pool, rng)
        labels = frozenset(entry.number for entry in entries)
        for sentence, keys in write_text(entries, (BY_NAME, BY_NUMBER)[number % 3 == 2], rng):
            found = [link.entry.key for _, link in link_mentions(find_mentions(sentence, 0, labels), entries) if link]
            hits = sum((Counter(keys) & Counter(found)).values())
            right, wrong, missed = right + hits, wrong + len(found) - hits, missed + len(keys) - hits
            if sorted(keys) != sorted(found):
                errors.append((sentence, keys, found))
    for error in errors[: options.errors]:
        print(*error, sep=" | ")
    figures = {"precision": right / (right + wrong), "recall": right / (right + missed)}
    figures["f1"] = 2 * right / (2 * right + wrong + missed)
    print(json.dumps({"links": right + missed, **{name: round(100 * value, 2) for name, value in figures.items()}}))


if __name__ == "__main__":
    main()
