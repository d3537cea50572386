"""Which language a text is in, by its most frequent short words."""

import re

from kg.readers.word_lists import load_languages

_WORDS = load_languages()
_SCRIPTS = (
    ("zh", "\u4e00-\u9fff"),
    ("ja", "\u3040-\u30ff"),
    ("ko", "\uac00-\ud7af"),
    ("ru", "\u0400-\u04ff"),
    ("ar", "\u0600-\u06ff"),
    ("el", "\u0370-\u03ff"),
)
SAMPLE_CHARS = 40_000
#: Share of stop words below which no language is named: about a third of any text in its own language is stop words.
MIN_SHARE = 0.12
MIN_WORDS = 6


def detect_language(text: str) -> str:
    """BCP 47 code of a text's main language, "und" if it cannot be told."""
    sample = text[:SAMPLE_CHARS]
    letters = sum(char.isalpha() for char in sample)
    if not letters:
        return "und"
    for language, span in sorted(_SCRIPTS, key=lambda pair: pair[0] != "ja"):
        if len(re.findall(f"[{span}]", sample)) > (0.1 if language == "ja" else 0.3) * letters:
            return language
    words = re.findall(r"[^\W\d_]+", sample.lower())
    if len(words) < MIN_WORDS:
        return "und"
    shares = {language: sum(word in known for word in words) / len(words) for language, known in _WORDS.items()}
    best = max(shares, key=lambda language: shares[language])
    return best if shares[best] >= MIN_SHARE else "und"
