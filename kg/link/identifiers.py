"""Identifiers made from labels alone, so that the same thing gets the same name in every build and order."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from kg.model import Evidence, Iri

MAX_SLUG_CHARS = 80
_ARTICLES = re.compile(r"^(?:the|a|an)-(?=.)")


def make_slug(label: str) -> str:
    """A label as lower-case words joined by hyphens: "The Digital Divide" -> "digital-divide".

    Letters of every script stay, accents of Latin letters go. What is longer than MAX_SLUG_CHARS is cut
    and ends in a hash of the whole; a label without letters or digits becomes a hash.
    """
    plain = unicodedata.normalize("NFKD", label.casefold())
    plain = unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c)))
    slug = _ARTICLES.sub("", "-".join(re.findall(r"[^\W_]+", plain)))
    if not slug:
        return make_hash(label)
    if len(slug) > MAX_SLUG_CHARS:
        return f"{slug[: MAX_SLUG_CHARS - 9].rstrip('-')}-{make_hash(slug)[:8]}"
    return slug


def make_hash(*parts: str) -> str:
    """Sixteen hexadecimal digits that depend on every part and on where one ends and the next begins."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Minter:
    """Makes the identifiers of one document; ontology/PATTERNS.md lists their forms."""

    base: str
    document_id: str

    @property
    def document(self) -> Iri:
        """The document itself."""
        return Iri(f"{self.base}document/{self.document_id}")

    def mint_shared(self, kind: str, label: str) -> Iri:
        """A thing that other documents may speak of too: "dilemma", "person", "work" ..."""
        return Iri(f"{self.base}{kind}/{make_slug(label)}")

    def mint_own(self, kind: str, *parts: str | int) -> Iri:
        """A thing of this document alone: "role", "section", "reference" ..."""
        return Iri(f"{self.base}{kind}/{self.document_id}/{'-'.join(map(str, parts))}")

    def mint_stretch(self, kind: str, evidence: Evidence) -> Iri:
        """A stretch of this document's text: "span", "evidence", "pointer", "claim"."""
        return self.mint_own(kind, evidence.start, evidence.end)
