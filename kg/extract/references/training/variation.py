"""Labelled references written another way: without marks, with odd spaces, in other cases.

Published lists lose their punctuation in catalogues and their spaces in PDF files; a tagger that has seen only
clean ones leans on the marks alone.
"""

import random
from dataclasses import replace

from kg.extract.references.training.labelling import FAMILY, FAMILY_IN, Example

#: Chance of each kind of change for one example.
CHANCES: dict[str, float] = {"bare": 0.3, "thin": 0.1, "spaces": 0.12, "upper": 0.05, "lower": 0.04, "cut": 0.05}


def is_mark(text: str) -> bool:
    """Whether the token is neither word nor number nor address."""
    return len(text) == 1 and not text.isalnum()


def _select(example: Example, kept: list[int], spaced: list[bool]) -> Example:
    return replace(
        example,
        texts=tuple(example.texts[i] for i in kept),
        spaced=tuple(spaced),
        masks=tuple(example.masks[i] for i in kept),
    )


def drop_marks(example: Example, rng: random.Random, *, share: float = 1.0) -> Example:
    """Without marks; hyphens between letters or numbers stay more often than not."""
    keeps_hyphens = rng.random() < 0.7
    glues = rng.random() < 0.2
    kept: list[int] = []
    spaced: list[bool] = []
    dropped = False
    for i, text in enumerate(example.texts):
        if is_mark(text) and not (keeps_hyphens and text in "-–‐") and rng.random() < share:
            dropped = True
            continue
        kept.append(i)
        spaced.append(example.spaced[i] or (dropped and not glues))
        dropped = False
    return _select(example, kept, spaced) if kept else example


def jitter_spaces(example: Example, rng: random.Random) -> Example:
    """Spaces around marks come and go, as in text drawn from PDF files."""
    chance = rng.choice((0.15, 0.5, 0.9))
    spaced = list(example.spaced)
    for i, text in enumerate(example.texts):
        if not is_mark(text):
            continue
        if rng.random() < chance:
            spaced[i] = rng.random() < 0.7
        if i + 1 < len(spaced) and rng.random() < chance:
            spaced[i + 1] = rng.random() < 0.4
    return replace(example, spaced=tuple(spaced))


def raise_families(example: Example) -> Example:
    """Surnames in capitals."""
    pairs = zip(example.texts, example.masks, strict=True)
    texts = tuple(text.upper() if mask in (FAMILY, FAMILY_IN) else text for text, mask in pairs)
    return replace(example, texts=texts)


def lower_all(example: Example) -> Example:
    """Everything in lower case."""
    return replace(example, texts=tuple(text.lower() for text in example.texts))


def cut_tail(example: Example, rng: random.Random) -> Example:
    """Without its last tokens: a reference cut by a page end."""
    size = len(example.texts)
    kept = list(range(size - rng.randint(1, max(1, size // 3)))) or [0]
    return _select(example, kept, [example.spaced[i] for i in kept])


def vary(example: Example, rng: random.Random) -> Example:
    """The example with none, one or several of the changes, by CHANCES."""
    if rng.random() < CHANCES["upper"]:
        example = raise_families(example)
    if rng.random() < CHANCES["lower"]:
        example = lower_all(example)
    if rng.random() < CHANCES["cut"]:
        example = cut_tail(example, rng)
    draw = rng.random()
    if draw < CHANCES["bare"]:
        return drop_marks(example, rng)
    if draw < CHANCES["bare"] + CHANCES["thin"]:
        return drop_marks(example, rng, share=rng.random())
    if draw < CHANCES["bare"] + CHANCES["thin"] + CHANCES["spaces"]:
        return jitter_spaces(example, rng)
    return example
