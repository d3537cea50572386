"""What a linker knows besides its assertion."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from kg.link.identifiers import Minter
from kg.model import Assertion, Document, Iri, Statement


@dataclass(frozen=True, slots=True)
class Context:
    """The document at hand.

    keys: identifier of every assertion of the document that has a key.
    works: identifier of the work behind the key of a reference.
    """

    minter: Minter
    document: Document
    keys: dict[str, Iri] = field(default_factory=dict)
    works: dict[str, Iri] = field(default_factory=dict)


Linker = Callable[[Assertion, Context], Iterator[Statement]]
Namer = Callable[[Assertion, Minter], Iri]
