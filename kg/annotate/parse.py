"""Runs the trained parts over the prose of a document and writes what they say into its one Doc.

Prose goes through the pipeline sentence by sentence, with the sentence ends already fixed and parenthetical
citations left out, for "(Lee et al. 2019)" in the middle of a clause misleads the parser. All other text gets
sentence ends only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

from kg.annotate.records import SentenceSpan
from kg.model import BlockKind, Document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.tokens import Doc
    from thinc.types import Ints2d

#: Blocks whose sentences are parsed. Items of a list, headings and captions hold noun phrases worth knowing.
PARSED_KINDS = frozenset(
    {
        BlockKind.TITLE,
        BlockKind.ABSTRACT,
        BlockKind.KEYWORDS,
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.ITEM,
        BlockKind.TABLE,
        BlockKind.CAPTION,
        BlockKind.FOOTNOTE,
    }
)
#: Sentences longer than this (in tokens) are tables or lists gone wrong; parsing them costs time and says nothing.
MAX_SENTENCE_TOKENS = 250
#: Tokens that go through the pipeline at once.
BATCH_TOKENS = 1_000

_YEAR = r"(?:(?:1[89]|20)\d\d[a-z]?|n\.\s?d\.|in press|forthcoming)"
_LEAD_IN = r"(?:(?:see|see also|e\.g\.|cf\.|also|for example|for instance|as in|in)[,\s]+)*"
_NAME_AND_YEAR = re.compile(
    rf"[(\[]{_LEAD_IN}(?:[A-Z][^()\[\]]{{0,300}}?[\s,])?{_YEAR}(?:[,;:\s][^()\[\]]{{0,80}})?[)\]]"
)
_NUMBERED = re.compile(r"\[\s*\d{1,3}(?:\s*[-–,;]\s*\d{1,3})*\s*\]")


#: What the pipeline writes: column of the array -> attribute of a token.
ATTRIBUTES = ("TAG", "POS", "LEMMA", "MORPH", "DEP", "HEAD")
_DEP, _HEAD = ATTRIBUTES.index("DEP"), ATTRIBUTES.index("HEAD")


def find_masked(text: str) -> list[tuple[int, int]]:
    """Stretches that the parser must not see: citations in brackets, years in brackets among them."""
    spans = [found.span() for pattern in (_NAME_AND_YEAR, _NUMBERED) for found in pattern.finditer(text)]
    return sorted(spans)


def annotate_prose(doc: Doc, document: Document, sentences: Sequence[SentenceSpan], nlp: Language) -> Doc:
    """The same tokens with sentence starts everywhere and, in prose, tag, pos, lemma, dep and head."""
    import numpy as np

    if not len(doc):
        return doc
    offsets = doc.to_array("IDX").astype(np.int64)
    firsts = np.searchsorted(offsets, [sentence.start for sentence in sentences])
    lasts = np.searchsorted(offsets, [sentence.end for sentence in sentences])
    starts = np.zeros(len(doc) + 1, dtype=bool)
    starts[0] = starts[firsts] = starts[lasts] = True
    if nlp.pipe_names and document.language.startswith(("en", "und")):
        kinds = [document.blocks[sentence.block].kind for sentence in sentences]
        short = (lasts - firsts <= MAX_SENTENCE_TOKENS) & (lasts > firsts)
        chosen = np.flatnonzero(short & np.array([kind in PARSED_KINDS for kind in kinds], dtype=bool))
        _write(doc, _parse(doc, _unmask(doc, offsets), (firsts[chosen], lasts[chosen]), nlp))
    return _write_starts(doc, starts[:-1])


def _unmask(doc: Doc, offsets: NDArray[np.int64]) -> NDArray[np.bool_]:
    """For each token, whether the parser may see it."""
    import numpy as np

    seen = np.asarray(doc.to_array("IS_SPACE") == 0)
    masked = find_masked(doc.text)
    for first, last in zip(*(np.searchsorted(offsets, edge) for edge in zip(*masked, strict=True)), strict=True):
        seen[first:last] = False
    return seen


def _parse(
    doc: Doc, seen: NDArray[np.bool_], edges: tuple[NDArray[np.int64], NDArray[np.int64]], nlp: Language
) -> NDArray[np.uint64]:
    """ATTRIBUTES of every token, one row each, zeros where the pipeline was not asked.

    edges: first token and one past the last of each sentence to parse.
    """
    import numpy as np

    values = np.zeros((len(doc), len(ATTRIBUTES)), dtype=np.uint64)
    words = doc.to_array(["ORTH", "SPACY"])
    for batch in _make_batches(*edges):
        chosen = np.concatenate([np.arange(first, last) for first, last in batch])
        visible = chosen[seen[chosen]]
        if not len(visible):
            continue
        starts = np.isin(visible, [first + np.argmax(seen[first:last]) for first, last in batch])
        values[visible] = _run(words[visible], starts, visible, nlp)
        for first, last in batch:
            if not seen[first:last].all():
                for place, row in _fill_hidden(doc, seen, first, last):
                    values[place] = row
    return values


def _make_batches(firsts: NDArray[np.int64], lasts: NDArray[np.int64]) -> Iterator[list[tuple[int, int]]]:
    batch: list[tuple[int, int]] = []
    tokens = 0
    for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
        batch.append((first, last))
        tokens += last - first
        if tokens >= BATCH_TOKENS:
            yield batch
            batch, tokens = [], 0
    if batch:
        yield batch


def _run(
    words: NDArray[np.uint64], starts: NDArray[np.bool_], places: NDArray[np.int64], nlp: Language
) -> NDArray[np.uint64]:
    """What the pipeline says of these words (ORTH, SPACY); heads are given relative to `places` in the document."""
    import numpy as np
    from spacy.tokens import Doc

    part = Doc(nlp.vocab, words=words[:, 0].tolist(), spaces=words[:, 1].astype(bool).tolist())
    _write_starts(part, starts)
    for _, component in nlp.pipeline:
        part = component(part)
    values = cast("NDArray[np.uint64]", part.to_array(list(ATTRIBUTES)))
    own = np.arange(len(part))
    heads = own + values[:, _HEAD].astype(np.int64)
    roots = np.flatnonzero(heads == own)
    sentence = np.cumsum(starts)
    first_roots = roots[np.unique(sentence[roots], return_index=True)[1]]
    extra = np.setdiff1d(roots, first_roots)
    heads[extra] = first_roots[np.searchsorted(sentence[first_roots], sentence[extra])]
    values[extra, _DEP] = nlp.vocab.strings.add("parataxis")
    values[:, _HEAD] = (places[heads] - places).astype(np.uint64)
    return values


def _fill_hidden(doc: Doc, seen: NDArray[np.bool_], first: int, last: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Place and row of each token of a sentence that the parser did not see.

    It hangs on the nearest seen token before it, else after it, else on itself.
    """
    strings = doc.vocab.strings
    head = next((i for i in range(first, last) if seen[i]), -1)
    for i in range(first, last):
        if seen[i]:
            head = i
            continue
        token = doc[i]
        pos = "SPACE" if token.is_space else "PUNCT" if token.is_punct else "NUM" if token.like_num else "PROPN"
        tag = {"SPACE": "_SP", "PUNCT": ".", "NUM": "CD", "PROPN": "NNP"}[pos]
        dep = strings.add("punct" if pos in {"SPACE", "PUNCT"} else "dep") if head >= 0 else 0
        yield i, (strings.add(tag), strings[pos], token.orth, 0, dep, (head - i) % 2**64 if head >= 0 else 0)


def _write(doc: Doc, values: NDArray[np.uint64]) -> None:
    """Set ATTRIBUTES; a pipeline without a parser leaves heads alone, or every word would be a root."""
    count = len(ATTRIBUTES) if values[:, _DEP].any() else _DEP
    doc.from_array(list(ATTRIBUTES[:count]), cast("Ints2d", values[:, :count]))


def _write_starts(doc: Doc, starts: NDArray[np.bool_]) -> Doc:
    import numpy as np

    values = np.where(starts, 1, -1).astype(np.int64).astype(np.uint64)[:, None]
    return doc.from_array(["SENT_START"], cast("Ints2d", values))
