"""Trains the weights for remedy -> dilemma links on links that readers drew.

    python -m kg.pipeline.train_links STATEMENTS_FOLDER DOCUMENTS_FOLDER ONTOLOGY_FOLDER [-o WEIGHTS.json]

STATEMENTS_FOLDER holds train.tsv and test.tsv (doc, sid, label, phrase, text) and links.tsv (doc, remedy_sid,
dilemma_sid). A document whose file is in DOCUMENTS_FOLDER is read from there, so that its sections count; of others
the labelled sentences are all there is. The readers' labels stand in for the classifier's. Prints precision, recall
and F1 at several cut-offs over documents not trained on, then writes the weights of a fit on all documents.
"""

import argparse
import csv
import json
import re
import sys
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

from kg.annotate import Annotated, annotate, load_language
from kg.annotate.statements.encoder import NO_ENCODER
from kg.extract import addresses
from kg.extract.addresses.train import Example, cross_validate, fit, make_examples, measure
from kg.extract.roles import assign_roles
from kg.extract.statements import Scored, find_named, find_stated, find_units
from kg.graph.vocabulary import load_concepts
from kg.model import Assertion, Block, BlockKind, Concept, Document
from kg.readers import READERS, read_document

CUTS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
#: Share of common words from which a sentence as read here is the sentence that was labelled.
MIN_SAME = 0.7
Key = tuple[str, int]


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a tab-separated file with a header and no quoting."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


class Gold:
    """Labelled sentences and links by document, the parts of one document together."""

    def __init__(self, folder: Path) -> None:
        self.sentences: dict[str, dict[Key, str]] = defaultdict(dict)
        self.labels: dict[Key, str] = {}
        self.links: dict[str, set[tuple[Key, Key]]] = defaultdict(set)
        for row in [*read_rows(folder / "train.tsv"), *read_rows(folder / "test.tsv")]:
            key = (row["doc"], int(row["sid"]))
            self.sentences[_name(row["doc"])][key] = row["text"]
            self.labels[key] = row["label"]
        for row in read_rows(folder / "links.tsv"):
            pair = ((row["doc"], int(row["remedy_sid"])), (row["doc"], int(row["dilemma_sid"])))
            self.links[_name(row["doc"])].add(pair)

    def find(self, name: str, text: str) -> Key | None:
        """The labelled sentence of a document that a text is, if any."""
        words = Counter(re.findall(r"\w+", text.lower()))
        best, key = 0.0, None
        for candidate, sentence in self.sentences[name].items():
            others = Counter(re.findall(r"\w+", sentence.lower()))
            share = 2 * (words & others).total() / max(1, words.total() + others.total())
            if share > best:
                best, key = share, candidate
        return key if best >= MIN_SAME else None


def _name(doc: str) -> str:
    return doc.split("#")[0]


def read_documents(name: str, gold: Gold, folder: Path) -> list[Document]:
    """The files of a document, or one made of its labelled sentences."""
    path = folder / name
    if path.is_file():
        return [read_document(path)]
    if path.is_dir():
        files = sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in READERS)
        return [read_document(p) for p in files]
    text = " ".join(gold.sentences[name].values())
    return [Document(name, name, text, (Block(BlockKind.PARAGRAPH, 0, len(text)),), language="en")]


def state(annotated: Annotated, name: str, gold: Gold) -> list[Assertion]:
    """The dilemmas and remedies of a document as the readers labelled them."""
    scored = []
    for start, end, heading in find_units(annotated):
        key = gold.find(name, annotated.document.text[start:end])
        label = gold.labels[key] if key else "N"
        scored.append(Scored(start, end, heading, (0.95 * (label in "DB"), 0.95 * (label in "RB"))))
    roles = assign_roles(annotated.sections)
    named = tuple(find_named(annotated, roles, tuple(scored)))
    return [*named, *find_stated(annotated, roles, tuple(scored), named)]


def read_examples(gold: Gold, folder: Path, concepts: tuple[Concept, ...]) -> list[Example]:
    """The pairs of all documents in which a reader drew a link."""
    nlp = load_language("")
    examples: list[Example] = []
    for name in sorted(gold.links):
        for document in read_documents(name, gold, folder):
            annotated = replace(annotate(document, concepts, nlp=nlp), encoder=NO_ENCODER)
            stated = state(annotated, name, gold)
            keys = [gold.find(name, assertion.evidence.quote) for assertion in stated]
            known = [i for i, key in enumerate(keys) if key]
            items = addresses.make_items(annotated, [stated[i] for i in known])
            linked = frozenset(
                (r, d)
                for r, i in enumerate(known)
                for d, j in enumerate(known)
                if (keys[i], keys[j]) in gold.links[name]
            )
            examples += make_examples(name, items, linked)
    return examples


def main() -> None:
    """Reads the folders, prints the cross-validation, writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("statements", type=Path)
    parser.add_argument("documents", type=Path)
    parser.add_argument("ontology", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path(addresses.__file__).with_name("weights.json"))
    options = parser.parse_args()
    gold = Gold(options.statements)
    examples = read_examples(gold, options.documents, load_concepts(options.ontology))
    names = sorted({name for example in examples for name in example.features})
    scores = cross_validate(examples, names)
    total = sum(len(links) for links in gold.links.values())
    for cut in CUTS:
        sys.stdout.write(
            "cut {:.2f}: P {:.3f} R {:.3f} F1 {:.3f}\n".format(cut, *measure(examples, scores, cut, links=total))
        )
    rounded = {name: round(weight, 4) for name, weight in fit(examples, names).items()}
    options.output.write_text(json.dumps(rounded, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
