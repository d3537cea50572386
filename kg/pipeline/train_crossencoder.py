"""Trains what reads a sentence again with its label marked, on readers' judgements and verdicts of labels.

    python -m kg.pipeline.train_crossencoder STATEMENTS DOCUMENTS ABSTRACTS --encoder FOLDER [-o FILE.npz]

STATEMENTS: folder with train.tsv and test.tsv; DOCUMENTS: the folder of the documents; ABSTRACTS: the bibliography with
the abstracts. The judgements and verdicts that ship name their sentences by hashes; here they are found again. Of
documents of the test part nothing is learnt. First MILDER of the judgements are read once, whose readers saw a good
label beside and were milder, then all verdicts twice. Prints how many were found, and of the verdicts kept apart how
often a right label comes before a wrong one. Needs torch.
"""

import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from kg.annotate import load_language
from kg.annotate.statements.encoder import read_tuned
from kg.extract.labels import crossencoder
from kg.extract.labels.crossencoder import Lesson, Marked
from kg.extract.labels.examples import read_labelled
from kg.extract.labels.judgements import Judgement, Runs, Verdict, find_places, read_judgements, read_verdicts
from kg.pipeline.train_labels import Sentence, find_sentences, make_parser, read_texts
from kg.pipeline.train_sureness import tell_apart

#: How many judgements are learnt from, and how probably a strict reader calls a label right that a milder one called
#: right or wrong (of 2,827 called right 2,504 were), and how much such a one counts.
MILDER = 24_000
MILDER_RIGHT, MILDER_WRONG, MILDER_COUNTS = 0.86, 0.06, 0.7


def mark(sentence: Sentence, kind: str, runs: Runs) -> Marked:
    """A label in its sentence."""
    return Marked(sentence.text, kind, find_places(sentence.text, runs))


def find_milder(judgements: Sequence[Judgement], sentences: Mapping[str, Sentence]) -> list[Lesson]:
    """The judged labels of the sentences to learn from, in the order of the judgements."""
    found = []
    for judgement in judgements:
        sentence = sentences.get(judgement.sentence)
        if sentence is None or sentence.held_out:
            continue
        for labels, right in ((judgement.right, MILDER_RIGHT), (judgement.wrong, MILDER_WRONG)):
            found += [Lesson(mark(sentence, judgement.kind, runs), right, MILDER_COUNTS) for runs in labels]
    return found


def find_strict(verdicts: Sequence[Verdict], sentences: Mapping[str, Sentence], *, held_out: bool) -> list[Lesson]:
    """The labels with a verdict, of sentences to learn from or of those kept apart."""
    known = ((one, sentences[one.sentence]) for one in verdicts if one.sentence in sentences)
    return [
        Lesson(mark(sentence, one.kind, one.label), float(one.right))
        for one, sentence in known
        if sentence.held_out is held_out
    ]


def find_lessons(statements: Path, documents: Path, abstracts: Path) -> tuple[list[Lesson], list[Lesson], list[Lesson]]:
    """What milder readers judged, the verdicts to learn from, and those kept apart; the paths as of the command."""
    learnt, test = (read_labelled(statements / name) for name in ("train.tsv", "test.tsv"))
    judgements, verdicts = read_judgements(), read_verdicts()
    names = {one.sentence for one in judgements} | {one.sentence for one in verdicts}
    sentences = find_sentences(names, read_texts(documents, abstracts), learnt, test, load_language(""))
    strict, apart = (find_strict(verdicts, sentences, held_out=held_out) for held_out in (False, True))
    return find_milder(judgements, sentences), strict, apart


def main() -> None:
    """Finds the sentences, trains, writes, measures."""
    parser = make_parser(__doc__, crossencoder.DELTAS)
    parser.add_argument("--encoder", type=Path, required=True)
    options = parser.parse_args()
    milder, strict, apart = find_lessons(options.statements, options.documents, options.abstracts)
    chance = random.Random(0)  # noqa: S311 (a draw, not a secret)
    drawn = chance.sample(milder, min(MILDER, len(milder)))
    sys.stdout.write(f"{len(milder)} judgements, {len(strict)} verdicts to learn from, {len(apart)} kept apart\n")
    from kg.extract.labels.train_crossencoder import EPOCHS, train

    train((drawn, *[strict] * EPOCHS), options.encoder, options.output)
    tuned = read_tuned(options.encoder, options.output)
    odds = crossencoder.compute_odds(tuned, [one.marked for one in apart])
    sys.stdout.write(f"kept apart: told apart {tell_apart(odds, [one.right > 0 for one in apart]):.3f}\n")


if __name__ == "__main__":
    main()
