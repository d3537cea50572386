"""Functions that a query calls by an IRI and the engine does not have."""

import re
from collections.abc import Callable

import pyoxigraph as ox

from kg.server.errors import HttpError

Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_StandIns = dict[ox.NamedNode, Callable[..., _Term | None]]
#: Asks the engine, with stand-ins for functions.
_Ask = Callable[[_StandIns], Found]
_UNKNOWN = re.compile(r"The custom function <(.*)> is not supported")
#: A query that names more unknown functions than this is refused at once.
MAX_UNKNOWN = 50


class Unknown:
    """The unknown functions of one query. called: those that the engine came to call."""

    def __init__(self) -> None:
        self.called: set[str] = set()

    def ask(self, ask: _Ask) -> Found:
        """The engine's answer; an unknown function is an error only once it is called.

        The grammar allows any IRI as a function (SPARQL 1.1, section 17.6), so that a query that names an unknown one
        is SPARQL, and has an answer where it needs none of its values.
        Raises RuntimeError where the engine gives up for another reason.
        """
        stand_ins: _StandIns = {}
        while True:
            try:
                return ask(stand_ins)
            except RuntimeError as error:
                match = _UNKNOWN.search(str(error))
                if not match or len(stand_ins) >= MAX_UNKNOWN or ox.NamedNode(match[1]) in stand_ins:
                    raise
                stand_ins[ox.NamedNode(match[1])] = self._stand_in(match[1])

    def _stand_in(self, iri: str) -> Callable[..., _Term | None]:
        def call(*_: object) -> None:
            self.called.add(iri)

        return call

    def check(self) -> None:
        """Raise HttpError 422 if a function was called that nobody has: its values are missing from the answer."""
        if self.called:
            raise HttpError(422, f"no function is called <{min(self.called)}>")
