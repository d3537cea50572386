"""The sections of a document as statements."""

from collections.abc import Iterator

from kg.link.identifiers import Minter
from kg.model import Document, Literal, Statement, compute_sections, expand_curie


def link_sections(document: Document, minter: Minter) -> Iterator[Statement]:
    """Each section with number, title, place and stretch, in reading order."""
    for position, section in enumerate(compute_sections(document), 1):
        node = minter.mint_own("section", position)
        yield Statement(minter.document, "po:contains", node)
        yield Statement(node, "rdf:type", expand_curie("doco:Section"))
        yield Statement(node, "dcterms:title", Literal(section.title))
        yield Statement(node, "dg:sectionNumber", Literal(section.number))
        for name, number in (("position", position), ("start", section.start), ("end", section.end)):
            yield Statement(node, f"dg:{name}", Literal(str(number), "xsd:integer"))
        if section.parent >= 0:
            yield Statement(minter.mint_own("section", section.parent + 1), "po:contains", node)
