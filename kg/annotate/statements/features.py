"""Sentences of one document -> hashed features of each, in groups of a fixed weight.

A feature is a bucket number below BUCKETS (CRC-32 of its name), so that no word list travels with the weights.
Source of hashing: Weinberger et al. 2009, Feature hashing for large scale multitask learning.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple
from zlib import crc32

from kg.annotate.statements.words import (
    CUE_CLASS,
    IMPERATIVES,
    find_headings,
    find_words,
    has_bullet,
    is_heading,
)

BUCKETS = 1 << 18
#: Weight of each group after its features are scaled to length 1; tuned by 5-fold validation by document.
_OWN_WORDS, _OWN_CHARACTERS, _BEFORE, _AFTER, _ABOVE, _SHAPE = 1.0, 0.8, 0.5, 0.4, 0.6, 1.3
_SUFFIXES = ("ing", "tion", "ment", "ness", "less", "ity", "ive", "able", "ed", "s", "ise", "ize")
_MODAL_CLASSES = frozenset({"duty", "plan", "negation"})

Group = tuple[list[int], float]


def find_features(sentences: Sequence[str]) -> Iterator[list[Group]]:
    """The feature groups of each sentence: (buckets, group weight); neighbours and the heading above count too."""
    words = [find_words(sentence) for sentence in sentences]
    cues = [Counter(CUE_CLASS[word] for word in ws if word in CUE_CLASS) for ws in words]
    hashed = [[_hash_word(word) for word in ws] for ws in words]
    above = find_headings(sentences)
    for i, own in enumerate(words):
        head_cues = set(cues[above[i]]) if above[i] >= 0 else set()
        names = [
            *_name_cues(i, cues, head_cues),
            *_name_form(sentences[i], own),
            *_name_place(i, sentences, words),
            *_name_modals(own),
        ]
        yield [
            (_hash_ngrams([_EDGE_START, *hashed[i], _EDGE_END]), _OWN_WORDS),
            ([bucket for word in hashed[i] for bucket in word.characters], _OWN_CHARACTERS),
            (_hash_pairs(hashed[i - 1], 0) if i else [], _BEFORE),
            (_hash_pairs(hashed[i + 1], 1) if i + 1 < len(words) else [], _AFTER),
            (_hash_pairs(hashed[above[i]], 2) if above[i] >= 0 else [], _ABOVE),
            ([crc32(f"f{name}".encode("utf-8", "replace")) % BUCKETS for name in names], _SHAPE),
        ]


class _HashedWord(NamedTuple):
    """A word with what its n-grams are hashed from: CRC-32 of a text goes on from that of its beginning."""

    spelling: bytes
    spaced: bytes
    single: int
    pair: int
    triple: int
    #: Buckets and beginnings as a word of the sentence before, of the one after, of the heading above.
    singles: tuple[int, int, int]
    pairs: tuple[int, int, int]
    characters: tuple[int, ...]


@lru_cache(maxsize=50_000)
def _hash_word(word: str) -> _HashedWord:
    spelling = word.encode("utf-8", "replace")
    spaced, padded = spelling + b" ", f"<{word}>"
    grams = [padded[i : i + n] for n in (3, 4, 5) for i in range(len(padded) - n + 1)] if len(word) > 2 else []
    return _HashedWord(
        spelling,
        spaced,
        crc32(b"w" + spelling) % BUCKETS,
        crc32(b"b" + spaced),
        crc32(b"t" + spaced),
        (crc32(b"pw" + spelling) % BUCKETS, crc32(b"nw" + spelling) % BUCKETS, crc32(b"hw" + spelling) % BUCKETS),
        (crc32(b"pb" + spaced), crc32(b"nb" + spaced), crc32(b"hb" + spaced)),
        tuple(crc32(b"c" + gram.encode("utf-8", "replace")) % BUCKETS for gram in grams),
    )


_EDGE_START, _EDGE_END = _hash_word("^"), _hash_word("$")


def _hash_ngrams(words: list[_HashedWord]) -> list[int]:
    """Single words without the edges, pairs and triples with them."""
    singles = [word.single for word in words[1:-1]]
    pairs = [crc32(b.spelling, a.pair) % BUCKETS for a, b in pairwise(words)]
    triples = [
        crc32(c.spelling, crc32(b.spaced, a.triple)) % BUCKETS
        for a, b, c in zip(words, words[1:], words[2:], strict=False)
    ]
    return singles + pairs + triples


def _hash_pairs(words: list[_HashedWord], side: int) -> list[int]:
    """Single words and pairs of a neighbour: side 0 before, 1 after, 2 the heading above."""
    pairs = [crc32(b.spelling, a.pairs[side]) % BUCKETS for a, b in pairwise(words)]
    return [word.singles[side] for word in words] + pairs


def _name_cues(i: int, cues: list[Counter[str]], head_cues: set[str]) -> Iterator[str]:
    """Cue classes of the sentence, of its neighbours, of the heading above, and their pairs."""
    own = sorted(cues[i])
    for name in own:
        yield f"q{name}"
        yield f"q{name}{min(cues[i][name], 4)}"
    yield from (f"qq{a}{b}" for a, b in combinations(own, 2))
    yield from (f"qp{name}" for name in (cues[i - 1] if i else ()))
    yield from (f"qn{name}" for name in (cues[i + 1] if i + 1 < len(cues) else ()))
    for above in sorted(head_cues):
        yield f"qh{above}"
        yield from (f"qhq{above}{name}" for name in own)


def _name_form(sentence: str, own: list[str]) -> Iterator[str]:
    """First word, imperative, length, ends and list mark of a sentence."""
    text, heading = sentence.strip(), is_heading(sentence)
    first = next((word for word in own if word[0].isalpha()), "")
    yield f"hd{heading}"
    yield f"imp{first in IMPERATIVES}{heading}"
    yield f"f0{first}"
    yield f"len{min(len(own) // 5, 10)}{heading}"
    yield f"end{text[-1:]}"
    yield f"up{text[:1].isupper()}"
    yield f"bul{has_bullet(text)}"
    yield from (f"suf{suffix}" for suffix in _SUFFIXES if first.endswith(suffix))


def _name_place(i: int, sentences: Sequence[str], words: list[list[str]]) -> Iterator[str]:
    """Where the sentence stands: after a colon, between headings, in a run of instructions, early or late."""
    size, heading = len(sentences), is_heading(sentences[i])
    before = sentences[i - 1] if i else ""
    yield f"pe{before.rstrip()[-1:] if i else 'start'}"
    yield f"ph{is_heading(before) if i else 'start'}{heading}"
    yield f"nh{is_heading(sentences[i + 1]) if i + 1 < size else 'end'}{heading}"
    yield f"pi{bool(i and words[i - 1] and words[i - 1][0] in IMPERATIVES)}"
    yield f"pos{min(i, 3)}"
    yield f"rel{4 * i // size}{min(size // 12, 3)}"
    yield f"n{min(size // 6, 6)}"


def _name_modals(own: list[str]) -> Iterator[str]:
    """What follows a modal, a negation or "to": a bare verb, "be", or something else."""
    for word, following in pairwise(own):
        kind = "be" if following == "be" else "verb" if following in IMPERATIVES else "other"
        if word == "to":
            yield f"to {kind}"
        if CUE_CLASS.get(word) in _MODAL_CLASSES:
            yield f"m{word} {kind}"
