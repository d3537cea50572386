"""Small texts that every format shares: numbers, and the mark of what kg made."""

#: Stands near the beginning of every file kg writes, so that it may overwrite its own files and no others.
MADE_BY_KG = "made with kg"


def format_number(value: float) -> str:
    """At most one decimal, no trailing zero, no negative zero: 12.04 -> "12", -0.04 -> "0"."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
