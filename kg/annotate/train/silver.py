"""Sentences of the domain without gold trees, labelled by the teacher so that the small pipeline can learn from them.

Only weights come of it: no text is kept. Held-out files are not read.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language

from kg.annotate.parse import find_masked
from kg.annotate.sentences import split_sentences
from kg.annotate.train.treebank import Tree

#: Files below the data folder, all meant for development.
ABSTRACTS = ("inspec/train", "semeval2017/all", "scicite/train", "mine/dev", "csabstruct/train")
STATEMENTS = "statements/train.tsv"
MIN_WORDS, MAX_WORDS = 4, 60
#: Sentences about whose heads the teacher is less sure than this (mean log probability) are left out.
MIN_LOG_PROBABILITY = -0.25


def read_texts(treebanks: Path) -> Iterator[str]:
    """Paragraphs and sentences of the development files beside the treebanks."""
    for name in ABSTRACTS:
        with gzip.open(treebanks / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                yield from record.get("sentences") or record["text"].strip("`").split("\n")
    with (treebanks.parent / STATEMENTS).open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield row["text"]


def make_plain_trees(texts: Iterable[str], nlp: Language) -> Iterator[Tree]:
    """Each sentence once, as words without tags and relations, citations taken out as in real use."""
    seen: set[str] = set()
    for text in texts:
        for start, end in split_sentences(text):
            words = _find_words(text[start:end], nlp)
            key = " ".join(word for word, _ in words).lower()
            if MIN_WORDS <= len(words) <= MAX_WORDS and key not in seen and key.isascii():
                seen.add(key)
                blank = ("_",) * len(words)
                forms, spaces = zip(*words, strict=True)
                yield Tree("silver", "silver", forms, spaces, blank, blank, blank, tuple(range(len(words))), blank)


def _find_words(text: str, nlp: Language) -> list[tuple[str, bool]]:
    hidden = {i for start, end in find_masked(text) for i in range(start, end)}
    tokens = [token for token in nlp.make_doc(text) if token.idx not in hidden and not token.is_space]
    return [(token.text, bool(token.whitespace_)) for token in tokens]
