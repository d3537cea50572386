"""Lines that are set like headings and head nothing: signatures, lists of keywords."""

from collections.abc import Sequence

from kg.readers.names import is_person
from kg.readers.structure.chunks import Chunk, is_finished
from kg.readers.structure.fields import find_field
from kg.readers.word_lists import load_words

_POSTS = load_words("posts")
MAX_POST_WORDS = 12


def lists_keywords(chunk: Chunk) -> bool:
    """Whether a line states keywords, with their name before them."""
    field = find_field(chunk.text) if chunk.role == "" else None
    return field is not None and field.name == "keywords"


def is_signature(chunks: Sequence[Chunk], i: int) -> bool:
    """Whether a line is the name of who signed a text: a person, and below that the post they hold."""
    following = chunks[i + 1].text if i + 1 < len(chunks) else ""
    words = [word.strip(",.;").lower() for word in following.split()]
    below = 0 < len(words) <= MAX_POST_WORDS and bool(_POSTS & set(words[:3])) and not is_finished(following)
    return below and is_person(chunks[i].text) and chunks[i].role in {"", "heading"}
