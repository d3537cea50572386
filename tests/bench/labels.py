"""How often the label of a sentence is one that readers called right, on documents that nothing was learnt from.

    python tests/bench/labels.py STATEMENTS DOCUMENTS ABSTRACTS

The judged sentences of documents of which test.tsv holds one, see `kg.pipeline.train_labels`. For the plain level and,
where it is installed, with the sentence encoder: the share of labels that a reader called right, called wrong and never
saw; and the mean F1 of the label's words with those of the best label.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kg.annotate import annotate, load_language
from kg.annotate.statements.encoder import NO_ENCODER, find_encoder
from kg.extract.labels import choose
from kg.extract.labels.examples import Example, Judged, find_tokens, leave_out_marks, make_examples, read_labelled
from kg.extract.labels.tuned import find_token_vectors
from kg.model import Block, BlockKind, Document
from kg.pipeline.train_labels import find_judged, read_texts


def choose_label(judged: Judged, example: Example, encoder: str) -> frozenset[int]:
    """The tokens, numbered within the example's frame, of the label that is chosen."""
    text = judged.text
    document = Document("x", "x", text, (Block(BlockKind.PARAGRAPH, 0, len(text)),), language="en")
    annotated = replace(annotate(document, (), nlp=load_language("")), encoder=encoder)
    first, last = example.tokens[0].idx, example.tokens[-1].idx
    sentence = annotated.find_span(first, last + len(example.tokens[-1].text))
    chosen = choose(sentence, judged.judgement.kind, find_token_vectors(annotated, [(0, len(text))]))
    return leave_out_marks(example.frame, [token - sentence.start for token in chosen.tokens])


def measure(judged: Sequence[Judged], examples: Sequence[Example], encoder: str) -> str:
    """One line for one level."""
    counts: Counter[str] = Counter()
    shared = 0.0
    for one, example in zip(judged, examples, strict=True):
        chosen = choose_label(one, example, encoder)
        best = find_tokens(example, one.judgement.best)
        right = {find_tokens(example, runs) for runs in one.judgement.right} | ({best} if best else set())
        wrong = {find_tokens(example, runs) for runs in one.judgement.wrong}
        counts["right" if chosen in right else "wrong" if chosen in wrong else "unseen"] += 1
        shared += 2 * len(chosen & best) / max(1, len(chosen) + len(best))
    total = len(examples)
    shares = ", ".join(f"{name} {counts[name] / total:.3f}" for name in ("right", "wrong", "unseen"))
    return (
        f"{'plain' if encoder == NO_ENCODER else 'with encoder'}: {total} sentences, {shares}, F1 {shared / total:.3f}"
    )


def main() -> None:
    """Finds the held-out sentences and prints a line for each level."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("statements", type=Path)
    parser.add_argument("documents", type=Path)
    parser.add_argument("abstracts", type=Path)
    options = parser.parse_args()
    nlp = load_language("")
    train, test = (read_labelled(options.statements / name) for name in ("train.tsv", "test.tsv"))
    _, held_out = find_judged(read_texts(options.documents, options.abstracts), train, test, nlp)
    pairs = [(one, made) for one in held_out for made in make_examples([], [one], nlp)]
    judged, examples = [one for one, _ in pairs], [made for _, made in pairs]
    for encoder in (NO_ENCODER, ""):
        if encoder == NO_ENCODER or find_encoder(encoder):
            print(measure(judged, examples, encoder))


if __name__ == "__main__":
    main()
