"""Text -> WordPiece numbers, exactly as BERT's own tokenizer does it.

Source: Devlin et al. 2019, BERT; the greedy longest match of Wu et al. 2016.
"""

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.model import KgError

_MAX_WORD_CHARS = 100
_MAX_KNOWN_CHUNKS = 200_000
_CJK = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))


@dataclass(frozen=True, slots=True)
class WordPiece:
    """A vocabulary (piece -> number) and whether text is put in lower case without accents first."""

    vocabulary: dict[str, int]
    lower_case: bool = True
    _known: dict[str, tuple[int, ...]] = field(default_factory=dict, compare=False, repr=False)

    def get_number(self, piece: str) -> int:
        """The number of a piece that must be there, like [CLS]. Raises KgError if it is not."""
        if piece not in self.vocabulary:
            raise KgError(f"the encoder's vocabulary has no {piece}: it is not a BERT-type encoder")
        return self.vocabulary[piece]

    def find_pieces(self, text: str) -> list[int]:
        """Numbers of the pieces of a text, without [CLS] and [SEP]."""
        clean = text if text.isascii() and text.isprintable() else "".join(map(_clean, text))
        numbers: list[int] = []
        for chunk in clean.split():
            pieces = self._known.get(chunk)
            if pieces is None:
                if len(self._known) >= _MAX_KNOWN_CHUNKS:
                    self._known.clear()
                words = _split_words(chunk, self.lower_case)
                pieces = self._known[chunk] = tuple(number for word in words for number in self._cut(word))
            numbers += pieces
        return numbers

    def find_words(self, text: str) -> Iterator[tuple[int, int]]:
        """For each word and mark of a text: how many pieces `find_pieces` makes of it, and how many characters it has.

        Characters that the tokenizer leaves out are not counted.
        """
        for chunk in "".join(map(_clean, text)).split():
            for word in _split_words(chunk, self.lower_case):
                yield len(self._cut(word)), len(word)

    def _cut(self, word: str) -> tuple[int, ...]:
        unknown = (self.get_number("[UNK]"),)
        if len(word) > _MAX_WORD_CHARS:
            return unknown
        pieces, start = [], 0
        while start < len(word):
            prefix = "##" if start else ""
            ends = range(len(word), start, -1)
            end = next((end for end in ends if prefix + word[start:end] in self.vocabulary), None)
            if end is None:
                return unknown
            pieces.append(self.vocabulary[prefix + word[start:end]])
            start = end
        return tuple(pieces)


def load_wordpiece(folder: Path) -> WordPiece:
    """The tokenizer of an encoder folder: tokenizer.json, or vocab.txt with tokenizer_config.json if there is one.

    Raises KgError if neither is there or it is not WordPiece.
    """
    path = folder / "tokenizer.json"
    if path.is_file():
        settings = json.loads(path.read_text(encoding="utf-8"))
        vocabulary = settings.get("model", {}).get("vocab")
        if settings.get("model", {}).get("type") != "WordPiece" or not isinstance(vocabulary, dict):
            raise KgError(f"{path}: not a WordPiece tokenizer; only BERT-type encoders can be read")
        return WordPiece(vocabulary, bool((settings.get("normalizer") or {}).get("lowercase", True)))
    path = folder / "vocab.txt"
    if not path.is_file():
        raise KgError(f"{folder}: neither tokenizer.json nor vocab.txt is there")
    pieces = path.read_text(encoding="utf-8").split("\n")
    config = folder / "tokenizer_config.json"
    lower_case = json.loads(config.read_text(encoding="utf-8")).get("do_lower_case", True) if config.is_file() else True
    return WordPiece({piece: i for i, piece in enumerate(pieces) if piece}, bool(lower_case))


def _split_words(chunk: str, lower_case: bool) -> Iterator[str]:
    """Words and single punctuation marks of a stretch without spaces."""
    word = chunk
    if lower_case:
        word = "".join(c for c in unicodedata.normalize("NFD", chunk.lower()) if unicodedata.category(c) != "Mn")
    if word.isalnum():
        yield word
    else:
        yield from _split_marks(word)


def _clean(character: str) -> str:
    """A character as the tokenizer takes it: no control characters, one kind of space, CJK characters alone."""
    if character in "\t\n\r" or character.isspace():
        return " "
    if "!" <= character <= "~":
        return character
    if ord(character) in (0, 0xFFFD) or unicodedata.category(character).startswith("C"):
        return ""
    return f" {character} " if any(low <= ord(character) <= high for low, high in _CJK) else character


def _split_marks(word: str) -> Iterator[str]:
    start = 0
    for i, character in enumerate(word):
        if _is_mark(character):
            if start < i:
                yield word[start:i]
            yield character
            start = i + 1
    if start < len(word):
        yield word[start:]


def _is_mark(character: str) -> bool:
    if "!" <= character <= "~":
        return not character.isalnum()
    return unicodedata.category(character).startswith("P")
