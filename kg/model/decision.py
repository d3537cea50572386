"""What a person has decided about a claim of one document."""

from dataclasses import dataclass

#: Kinds of claims that can be decided on.
REVIEWED_KINDS = ("dilemma", "remedy", "link")
ACCEPTED, REJECTED = "accepted", "rejected"


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision on a dilemma, a remedy or a link between the two, found again by its words.

    document: name of the document (file, or file#record) when it was made; content: SHA-256 of its content then.
    item: one of REVIEWED_KINDS. verdict: ACCEPTED or REJECTED. quote: the words of the claim, of a link those of its
    remedy; other: of a link the words of its dilemma. label, type: what it is to be called and the identifier of its
    type, "" to leave them. kind: "dilemma" or "remedy" if it is to be that instead. reviewer: who decided.
    """

    document: str
    content: str
    item: str
    verdict: str
    quote: str
    other: str = ""
    label: str = ""
    type: str = ""
    kind: str = ""
    reviewer: str = ""
    note: str = ""

    @property
    def subject(self) -> tuple[str, str, str, str]:
        """What it is about; a later decision about the same replaces it."""
        return self.document, self.item, fold_quote(self.quote), fold_quote(self.other)


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A dilemma, a remedy or a link of the graph. type: its label, "" if it has none; other: as for a Decision.

    verdict: what was decided about it before, "" if nothing was.
    """

    document: str
    item: str
    label: str
    type: str
    quote: str
    confidence: float
    other: str = ""
    section: str = ""
    verdict: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What it is about, to find the decision on it."""
        return self.document, self.item, fold_quote(self.quote), fold_quote(self.other)


def fold_quote(text: str) -> str:
    """Letters and digits in lower case: the same for the same words, however they are spaced, hyphenated or stopped."""
    return "".join(char for char in text.casefold() if char.isalnum())
