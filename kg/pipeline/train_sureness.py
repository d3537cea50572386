"""Learns how probably a label is right, from what readers said of labels drawn from documents kept apart.

    python -m kg.pipeline.train_sureness STATEMENTS DOCUMENTS ABSTRACTS [--encoder FOLDER]

STATEMENTS: folder with train.tsv and test.tsv; DOCUMENTS: the folder of the documents; ABSTRACTS: the bibliography with
the abstracts. The verdicts that ship (verdicts.tsv) name a sentence by a hash and a label by places in it; readers saw
just these two. The documents of which test.tsv holds a statement are read, and the labels of their sentences made anew
by the models that ship, at the plain level and with the encoder; where a reader judged that label, a logistic
regression learns whether it is right. Prints for each level how many were judged and right, how well right and wrong
are told apart (area under the curve, cross-validated by document) and what is left, and right, from several
probabilities on. Writes sureness.json.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kg.annotate import Annotated, load_language
from kg.annotate.sentences import hash_sentence
from kg.annotate.statements.encoder import NO_ENCODER
from kg.extract.labels import Asked, describe_labels
from kg.extract.labels.examples import Labelled, read_labelled
from kg.extract.labels.judgements import Verdict, find_places, fold_label, read_verdicts
from kg.extract.labels.sureness import LEVELS, WEIGHTS, compute_sureness
from kg.extract.labels.tuned import find_token_vectors
from kg.extract.logistic import fit_logistic
from kg.extract.statements import KINDS, score_document
from kg.model import Document
from kg.pipeline.train_labels import annotate_texts, make_parser, read_texts

CUTS = (0.3, 0.4, 0.5, 0.6, 0.7)
_L2, _FOLDS = 1.0, 8
#: A sentence that is said to state something less probably than this was never judged.
_LEAST_STATED = 0.2
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """A label that a reader judged: its document, what tells how sure it is, whether it is right."""

    document: str
    described: dict[str, float]
    right: bool


def list_verdicts(verdicts: Iterable[Verdict]) -> dict[Key, list[Verdict]]:
    """The verdicts by sentence and kind."""
    listed: dict[Key, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        listed[verdict.sentence, verdict.kind].append(verdict)
    return listed


def find_kept_apart(documents: Iterable[Document], test: Sequence[Labelled]) -> Iterator[Annotated]:
    """The documents, made ready, of which the test part holds a statement that stands in one document only."""
    return (annotated for annotated, held_out in annotate_texts(documents, test, load_language("")) if held_out)


def find_told(annotated: Annotated, verdicts: Mapping[Key, Sequence[Verdict]]) -> Iterator[Told]:
    """The judged labels of a document."""
    text, asked, said = annotated.document.text, [], []
    for item in score_document(annotated):
        sentence = text[item.start : item.end]
        for kind, stated in zip(KINDS, item.scores, strict=True):
            known = verdicts.get((hash_sentence(sentence), kind), ())
            if known and stated >= _LEAST_STATED and not item.heading:
                asked.append(Asked(item.start, item.end, kind, stated))
                said.append({_spell(sentence, verdict): verdict.right for verdict in known})
    vectors = find_token_vectors(annotated, [(one.start, one.end) for one in asked])
    for (label, choice), spelled in zip(describe_labels(annotated, asked, vectors=vectors), said, strict=True):
        right = spelled.get(fold_label(label))
        if choice.tokens and right is not None:
            yield Told(annotated.document.id, choice.described, right)


def _spell(sentence: str, verdict: Verdict) -> str:
    return fold_label("".join(sentence[start:end] for start, end in find_places(sentence, verdict.label)))


def fit(told: Sequence[Told]) -> dict[str, float]:
    """The weights of one level, rounded."""
    names = sorted(told[0].described)
    found = fit_logistic([one.described for one in told], [one.right for one in told], names, l2=_L2)
    return {name: round(weight, 4) for name, weight in found.items()}


def cross_validate(told: Sequence[Told]) -> list[float]:
    """The probability of each label to be right, by weights that its document had no part in."""
    documents = sorted({one.document for one in told})
    part = {document: i % _FOLDS for i, document in enumerate(documents)}
    sure = [0.0] * len(told)
    for fold in range(_FOLDS):
        apart = [i for i, one in enumerate(told) if part[one.document] == fold]
        weights = fit([one for one in told if part[one.document] != fold]) if apart else {}
        for i in apart:
            sure[i] = compute_sureness(told[i].described, weights)
    return sure


def tell_apart(sure: Sequence[float], right: Sequence[bool]) -> float:
    """Of a right and a wrong label how often the right one is surer: the area under the curve."""
    high, low = (np.array([p for p, one in zip(sure, right, strict=True) if one is wanted]) for wanted in (True, False))
    return float((high[:, None] > low).mean() + (high[:, None] == low).mean() / 2)


def measure(told: Sequence[Told]) -> str:
    """How well right and wrong are told apart, and what is right of what is left from several probabilities on."""
    sure, right = cross_validate(told), [one.right for one in told]
    lines = [f"{len(told)} judged, {np.mean(right):.3f} right, told apart {tell_apart(sure, right):.3f}"]
    for cut in CUTS:
        left = [one for p, one in zip(sure, right, strict=True) if p >= cut]
        lost = 1 - sum(left) / sum(right)
        lines.append(f"  from {cut}: {len(left) / len(told):.3f} left, {np.mean(left):.3f} right, {lost:.3f} lost")
    return "\n".join(lines)


def main() -> None:
    """Reads, learns, writes."""
    parser = make_parser(__doc__, WEIGHTS)
    parser.add_argument("--encoder", default="", help="folder of the encoder; the installed one if not given")
    options = parser.parse_args()
    test, verdicts = read_labelled(options.statements / "test.tsv"), list_verdicts(read_verdicts())
    kept_apart = list(find_kept_apart(read_texts(options.documents, options.abstracts), test))
    weights = {}
    for level, encoder in zip(LEVELS.values(), (NO_ENCODER, options.encoder), strict=True):
        read = (replace(annotated, encoder=encoder) for annotated in kept_apart)
        told = [one for annotated in read for one in find_told(annotated, verdicts)]
        weights[level] = fit(told)
        sys.stdout.write(f"{level}: {measure(told)}\n")
    options.output.write_text(json.dumps(weights, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
