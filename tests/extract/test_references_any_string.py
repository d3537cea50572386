"""Whatever the string, reading it ends, and every field is a part of it as written or a documented form of one."""

import random
import re
import unicodedata

import pytest

from kg.extract.references import parse_references
from kg.extract.references.tokens import clean_reference

PIECES = (
    *("Smith, J.", "Smith J,", "and", "&", "et al.", "王伟", "，", "Müller-Lüdenscheidt", "Yu. M. Petrov", "O’Neill"),
    *("(2019).", "2019", "1998a", "Open data", "[J].", "[M]//", "In:", "«titre»", "“Title,”", "pp. 3–5", "S. 11-30"),
    *("36(2)", "vol. 3", "no. 2", "101385", "doi:10.1000/abc(12)", "https://example.org/a?b=1", "arXiv:1704.03648"),
    *(
        "[12]",
        "[Smith2006-MIT]",
        "•",
        "—",
        "…",
        "((",
        "]]",
        "\u202e",
        "\u0301",
        "<i>",
        "\t",
        "👩‍🔬",
        "ﬁ",
        "Ⅳ",
        "٣",
        "𝕏",
        "\ud7ff",
    ),
)


def _fold(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("seed", range(40))
def test_fields_are_parts_of_the_string(seed: int) -> None:
    rng = random.Random(seed)
    texts = [rng.choice(("", " ")).join(rng.choices(PIECES, k=rng.randint(1, 25))) for _ in range(10)]
    for text, reference in zip(texts, parse_references(texts), strict=True):
        written = clean_reference(text)
        assert reference.text == written
        # Type marks are no part of a field: "Title[M]" -> "Title".
        whole = _fold(written) + " " + _fold(re.sub(r"\[[JM]\]", "", written))
        for name in ("title", "container", "volume", "issue", "pages", "year", "publisher"):
            assert _fold(getattr(reference, name)) in whole, name
        for author in reference.authors:
            assert set(_fold(author.family)) <= set(whole)
        assert reference.doi in written.lower()
        assert reference.url in written


@pytest.mark.parametrize("seed", range(20))
def test_strings_of_any_characters_are_read(seed: int) -> None:
    rng = random.Random(seed)
    points = [point for point in range(0x20, 0x3100) if not 0xD800 <= point < 0xE000] + list(range(0x4E00, 0x4F00))
    texts = ["".join(map(chr, rng.choices(points, k=rng.randint(0, 120)))) for _ in range(10)]
    assert [one.text for one in parse_references(texts)] == [clean_reference(text) for text in texts]


def test_a_reference_reads_the_same_alone_and_among_others() -> None:
    text = "Smith, J. A., & Lee, K. (2019). Open data and trust. Government Information Quarterly, 36(2), 101–110."
    others = ["x" * n for n in range(1, 30)]
    alone = parse_references([text], together=False)
    among = parse_references([*others, text], together=False)
    assert among[-1] == alone[0]
