"""How good the language pipeline is: words, relations, noun phrases and sentence ends against the treebanks."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate import annotate, find_noun_phrases, find_sentences, load_language
from kg.annotate.train.corpus import ROW_LENGTH, SPLITS, make_example
from kg.annotate.train.treebank import Tree, read_trees
from kg.model import Block, BlockKind, Document

ACADEMIC_GENRES = {"academic", "textbook", "essay"}
#: A word's place and what is said of it; a relation is right if the places of word and head and the label agree.
Facts = set[tuple[object, ...]]


def compute_f1(found: int, said: int, true: int) -> float:
    """F1 from the numbers of right, given and true items, 0 if there are none."""
    return round(2 * found / (said + true), 4) if said + true else 0.0


def _find_facts(doc: Doc, *, joint: bool) -> dict[str, Facts]:
    """Facts of a document by measure, as places in its text; `joint` if its tags are still "UPOS|XPOS"."""
    facts: dict[str, Facts] = {name: set() for name in ("words", "upos", "xpos", "lemma", "uas", "las", "phrases")}
    for token in doc:
        if token.is_space:
            continue
        place = (token.idx, len(token))
        head = (token.head.idx, token.dep_ == "ROOT")
        facts["words"].add(place)
        facts["upos"].add((*place, token.pos_))
        facts["xpos"].add((*place, token.tag_.partition("|")[2] if joint else token.tag_))
        facts["lemma"].add((*place, token.lemma_))
        facts["uas"].add((*place, *head))
        facts["las"].add((*place, *head, token.dep_))
    facts["phrases"] = {(span.start_char, span.end_char) for span in find_noun_phrases(doc)}
    return facts


def compute_tree_scores(nlp: Language, trees: Sequence[Tree]) -> dict[str, float]:
    """F1 of words, upos, xpos, lemma, uas, las (punctuation counted) and base noun phrases; sentence starts given.

    As in the CoNLL 2018 evaluation a word cut otherwise than in the treebank is wrong in everything.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for i in range(0, len(trees), ROW_LENGTH):
        example = make_example(nlp, trees[i : i + ROW_LENGTH])
        predicted = example.predicted
        for _, component in nlp.pipeline:
            predicted = component(predicted)
        true = _find_facts(example.reference, joint=True)
        for name, said in _find_facts(predicted, joint=False).items():
            counts[name, "found"] += len(said & true[name])
            counts[name, "said"] += len(said)
            counts[name, "true"] += len(true[name])
    names = sorted({name for name, _ in counts})
    return {name: compute_f1(counts[name, "found"], counts[name, "said"], counts[name, "true"]) for name in names}


def make_document(trees: Iterable[Tree]) -> tuple[Document, set[tuple[int, int]]]:
    """The running text of one treebank document, a block a paragraph, and the places of its sentences."""
    text, blocks, places = "", list[Block](), set[tuple[int, int]]()
    for tree in trees:
        if tree.paragraph or not blocks:
            text += "\n\n" if text else ""
            blocks.append(Block(BlockKind.PARAGRAPH, len(text), len(text)))
        elif tree.text:
            text += " "
        places.add((len(text), len(text) + len(tree.text)))
        text += tree.text
        blocks[-1] = Block(BlockKind.PARAGRAPH, blocks[-1].start, len(text))
    return Document("d", "d.txt", text, tuple(blocks)), places


def compute_sentence_scores(trees: Iterable[Tree]) -> dict[str, float]:
    """F1 of whole sentences found by the rules in running text, paragraphs given."""
    found = said = true = 0
    for _, group in groupby(trees, key=lambda tree: tree.document):
        document, places = make_document(group)
        spans = {(span.start, span.end) for span in find_sentences(document.text, document.blocks)}
        found, said, true = found + len(spans & places), said + len(spans), true + len(places)
    return {"sentences": compute_f1(found, said, true)}


def compute_speed(nlp: Language, trees: Iterable[Tree]) -> float:
    """Words (by white space) a CPU second through the whole annotation, documents of the treebank one by one."""
    documents = [make_document(group)[0] for _, group in groupby(trees, key=lambda tree: tree.document)]
    annotate(documents[0], (), nlp=nlp)
    started = time.process_time()
    for document in documents:
        annotate(document, (), nlp=nlp)
    seconds = time.process_time() - started
    return round(sum(len(document.text.split()) for document in documents) / seconds)


def measure(folder: Path, treebanks: Path, split: str) -> dict[str, dict[str, float]]:
    """All scores of the pipeline in a folder: treebank -> measure -> value, the academic part of GUM apart."""
    nlp = load_language(str(folder))
    parts = {name: read_trees(treebanks, (file,)) for name, file in zip(("EWT", "GUM"), SPLITS[split], strict=True)}
    parts["GUM academic"] = [tree for tree in parts["GUM"] if tree.genre in ACADEMIC_GENRES]
    return {
        name: {
            **compute_tree_scores(nlp, trees),
            **compute_sentence_scores(trees),
            "words_per_cpu_second": compute_speed(nlp, trees),
        }
        for name, trees in parts.items()
    }
