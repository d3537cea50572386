"""Trains what chooses labels, on readers' phrases and on their judgements of labels.

    python -m kg.pipeline.train_labels STATEMENTS DOCUMENTS ABSTRACTS [--encoder FOLDER] [-o FOLDER]

STATEMENTS: folder with train.tsv and test.tsv; DOCUMENTS: the folder of the documents; ABSTRACTS: the bibliography with
the abstracts. The judgements that ship name their sentences by hashes; here they are found again. Documents of which
test.tsv holds a statement of nine words or more, or has the name, are kept apart; those of which it holds only other
sentences are not. Prints how many judged sentences were found. Writes network.npz, with an encoder encoder.npz instead.
Needs torch.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language

from kg.annotate import annotate, load_language
from kg.extract.labels.examples import Judged, Labelled, make_examples, read_labelled
from kg.extract.labels.judgements import hash_sentence, read_judgements
from kg.model import Document, KgError
from kg.readers import read_document
from kg.readers.bibliography import read_bibliography

#: A sentence of so many words stands in one document only.
TELLING_WORDS = 9
LABELS = Path(__file__).parents[1] / "extract" / "labels"


def make_parser(description: str | None, output: Path) -> argparse.ArgumentParser:
    """The arguments that all trainings of labels share; output: where they write if nothing else is said."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("statements", type=Path)
    parser.add_argument("documents", type=Path)
    parser.add_argument("abstracts", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=output)
    return parser


def read_texts(documents: Path, abstracts: Path) -> Iterator[Document]:
    """What the judged sentences stand in; files that cannot be read are left out."""
    for path in sorted(path for path in documents.rglob("*") if path.is_file()):
        try:
            yield read_document(path)
        except (KgError, OSError):
            continue
    yield from read_bibliography(abstracts)[0]


def find_tested(test: Sequence[Labelled]) -> frozenset[str]:
    """The sentences that tell the documents of a test part: those that are too long to stand in others."""
    return frozenset(hash_sentence(one.text) for one in test if len(one.text.split()) >= TELLING_WORDS)


def find_judged(
    documents: Iterable[Document], train: Sequence[Labelled], test: Sequence[Labelled], nlp: Language
) -> tuple[list[Judged], list[Judged]]:
    """The judged sentences, once each: those to learn from, and those of documents of which the test part holds some.

    documents: where they stand; train, test: sentences with readers' phrases, some of which were judged too.
    """
    judgements = read_judgements()
    found = find_sentences({judgement.sentence for judgement in judgements}, documents, train, test, nlp)
    parts: tuple[list[Judged], list[Judged]] = ([], [])
    for judgement in judgements:
        one = found.get(judgement.sentence)
        if one:
            parts[one.held_out].append(Judged(one.document, one.text, judgement))
    return parts


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence found by its name, a document in which it stands, and whether that is kept apart from learning."""

    document: str
    text: str
    held_out: bool


def find_sentences(
    names: Set[str],
    documents: Iterable[Document],
    train: Sequence[Labelled],
    test: Sequence[Labelled],
    nlp: Language,
) -> dict[str, Sentence]:
    """Sentences by their names (`hash_sentence`). Kept apart is one that stands in a document of the test part."""
    tested = find_tested(test)
    apart = {one.document for one in test}
    found: dict[str, Sentence] = {}
    for one in (*train, *test):
        name = hash_sentence(one.text)
        if name in names:
            found[name] = Sentence(one.document, one.text, one.document in apart)
    for document in documents:
        if document.language != "en":
            continue
        sentences = [document.text[s.start : s.end] for s in annotate(document, (), nlp=nlp).sentences]
        hashes = [hash_sentence(sentence) for sentence in sentences]
        held_out = not tested.isdisjoint(hashes)
        for name, sentence in zip(hashes, sentences, strict=True):
            if name in names:
                known = name in found and found[name].held_out
                found[name] = Sentence(document.id, sentence, held_out or known)
    return found


def main() -> None:
    """Finds the sentences, trains, writes."""
    parser = make_parser(__doc__, LABELS)
    parser.add_argument("--encoder", type=Path)
    options = parser.parse_args()
    nlp = load_language("")
    train, test = (read_labelled(options.statements / name) for name in ("train.tsv", "test.tsv"))
    judged, held_out = find_judged(read_texts(options.documents, options.abstracts), train, test, nlp)
    sys.stdout.write(f"{len(judged)} judged sentences to learn from, {len(held_out)} held out\n")
    examples = make_examples(train, judged, nlp)
    options.output.mkdir(parents=True, exist_ok=True)
    if options.encoder:
        from kg.extract.labels import train_tuned

        train_tuned.train(examples, options.encoder, options.output / "encoder.npz")
        return
    from kg.extract.labels import train_network

    train_network.train(examples, options.output / "network.npz")


if __name__ == "__main__":
    main()
