"""Whole numbers as files write them."""

#: A longer row of digits is no count, level or place; Python itself reads no more than 4,300.
MAX_DIGITS = 9


def read_whole(text: str | None, default: int = 0) -> int:
    """The number that a text is, `default` if it is none ("", "²", "0<>", a row of digits without end)."""
    text = (text or "").strip()
    return int(text) if text.isdecimal() and len(text) <= MAX_DIGITS else default
