"""Numbers as text, the same on every machine."""


def format_number(value: float) -> str:
    """At most one decimal, no trailing zero, no negative zero: 12.04 -> "12", -0.04 -> "0"."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
