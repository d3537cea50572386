"""The words by which the title of an official document is known."""

import re

#: Kinds of documents that governments issue.
_ISSUED = re.compile(
    r"\b(?:strateg(?:y|ies)|plan|polic(?:y|ies)|act|law|agenda|framework|program(?:me)?|charter|roadmap|measure|directive|"
    r"guidelines?|guide|guidance|regulations?|(?:white|green) paper|standards?|code of practice|decree|playbook|bill|"
    r"circular|memorandum|ordinance|resolution|communiqu[ée])\b",
    re.IGNORECASE,
)


def names_issued(title: str) -> bool:
    """Whether a title names a kind of document that a government issues: "National data strategy"."""
    return _ISSUED.search(title) is not None
