"""A parsed sentence as plain lists, one entry a token: asking the parse itself each time is many times slower."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_RELATIVE = frozenset({"that", "which", "who", "whom", "whose", "what"})


class Tree:
    """Words, parts of speech, tags, relations and heads of a sentence; indices count from its first token.

    heads: index of each token's head, its own index for the root.
    """

    def __init__(self, tokens: "list[Token]") -> None:
        first, size = (tokens[0].i if tokens else 0), len(tokens)
        self.words = [t.lower_ for t in tokens]
        self.pos = [t.pos_ for t in tokens]
        self.tags = [t.tag_ for t in tokens]
        self.dep = [t.dep_ for t in tokens]
        self.starts = [t.idx for t in tokens]
        self.ends = [t.idx + len(t) for t in tokens]
        heads = [t.head.i - first for t in tokens]
        self.heads = [h if 0 <= h < size else i for i, h in enumerate(heads)]
        self.children: list[list[int]] = [[] for _ in tokens]
        for child, head in enumerate(self.heads):
            if child != head:
                self.children[head].append(child)

    def is_predicate(self, token: int) -> bool:
        """Whether a token heads a clause: a verb that is no modifier, or what a copula joins to its subject."""
        if self.dep[token] in {"amod", "compound", "aux", "aux:pass", "cop", "case", "fixed", "mark"}:
            return False
        return self.pos[token] == "VERB" or any(self.dep[c] == "cop" for c in self.children[token])

    def is_relative(self, token: int) -> bool:
        """Whether a token is a relative pronoun."""
        return self.pos[token] in {"PRON", "DET", "SCONJ"} and self.words[token] in _RELATIVE

    def find_subtree(self, head: int, without: frozenset[str] = frozenset()) -> set[int]:
        """A token and all below it, leaving out direct and indirect dependents of some relations."""
        found, waiting = {head}, [head]
        while waiting:
            for child in self.children[waiting.pop()]:
                if self.dep[child] not in without and child not in found:
                    found.add(child)
                    waiting.append(child)
        return found

    def find_left_edge(self, head: int) -> int:
        """The first token at or below one."""
        return min(self.find_subtree(head))

    def find_right_edge(self, head: int, without: frozenset[str] = frozenset()) -> int:
        """The last token at or below one, leaving out its own dependents of some relations.

        A coordinated noun stays: only a coordinated clause is left out.
        """
        last = head
        for child in self.children[head]:
            joined = self.dep[child] == "conj" and not self.is_predicate(child) and self.pos[head] != "VERB"
            if child > head and (self.dep[child] not in without or joined):
                last = max(last, max(self.find_subtree(child)))
        return last

    def is_glued(self, token: int) -> bool:
        """Whether nothing stands between a token and the one behind it."""
        return self.ends[token] == self.starts[token + 1]

    def is_interrupted(self, first: int, last: int) -> bool:
        """Whether between two tokens a word ends on a full stop, question or exclamation mark: "Dr. Lee"."""
        return any(self.words[t][-1] in ".!?" and self.ends[t] < self.starts[t + 1] for t in range(first, last))

    def find_offsets(self, span: tuple[int, int]) -> tuple[int, int]:
        """Half-open offsets in the document of first and last token."""
        return self.starts[span[0]], self.ends[span[1]]
