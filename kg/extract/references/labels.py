"""The labels a token of a reference may have, and which may follow which."""

LABELS: tuple[str, ...] = (
    "other",
    "family",
    "family-in",
    "given",
    "between",
    "others",
    "title",
    "container",
    "volume",
    "issue",
    "pages",
    "year",
    "editor",
    "publisher",
)
INDEX: dict[str, int] = {label: i for i, label in enumerate(LABELS)}
#: Labels of the author list: surname begun and continued, given name, mark or word between two names, "et al."
AUTHOR_LABELS: tuple[str, ...] = ("family", "family-in", "given", "between", "others")


def may_follow(before: str, label: str) -> bool:
    """Whether `label` may stand right after `before`: a surname is continued only from a surname."""
    return label != "family-in" or before in ("family", "family-in")
