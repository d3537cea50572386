"""Every error this project raises on purpose.

KgError
├── ReadError        a file could not be read as a document
├── CorpusError      the workspace, its manifest or its store is not as it should be
├── QueryError       a query or its parameters are wrong, or it went over its limits
├── RenderError      a result cannot be drawn in the format asked for
└── ValidationError  the graph or the ontology breaks a shape

A message says what is wrong, where, what is known, and what to do next.
"""


class KgError(Exception):
    """Root of the tree; its text is meant for the person at the command line."""


class ReadError(KgError):
    """A file could not be read as a document."""


class CorpusError(KgError):
    """The workspace, its manifest or its store is not as it should be."""


class QueryError(KgError):
    """A query or its parameters are wrong, or it went over its limits."""


class RenderError(KgError):
    """A result cannot be drawn in the format asked for."""


class ValidationError(KgError):
    """The graph or the ontology breaks a shape."""
