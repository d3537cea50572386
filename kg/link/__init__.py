"""From what single documents say to identifiers shared by all of them."""

from kg.link.corpus import link_corpus
from kg.link.document import link_document
from kg.link.identifiers import Minter, make_slug

__all__ = ["Minter", "link_corpus", "link_document", "make_slug"]
