"""Network -> matrix: which rows and columns meet in which document."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kg.model import RenderError
from kg.render.matrix.records import Cell, Matrix, Mention
from kg.render.short_names import Names
from kg.render.wrapping import clean_text

if TYPE_CHECKING:
    import networkx as nx

#: what a person asks for -> kind of node, whether its types stand for it, name of one in the corner.
SIDES: dict[str, tuple[str, bool, str]] = {
    "dilemma-types": ("dilemma", True, "dilemma type"),
    "dilemmas": ("dilemma", False, "dilemma"),
    "remedy-types": ("remedy", True, "remedy type"),
    "remedies": ("remedy", False, "remedy"),
    "documents": ("document", False, "document"),
}
_LINKS = {"addresses", "may address"}
_TYPE_LINK = "is a kind of"
UNTYPED = "(no type)"
#: row and column of a cell -> what is said there.
Found = dict[tuple[str, str], list[Mention]]


def compute_matrix(
    network: "nx.MultiDiGraph[Any]",
    names: Names,
    *,
    rows: str = "dilemma-types",
    columns: str = "remedy-types",
    **cut: Any,
) -> Matrix:
    """Dilemmas by remedies where a text links them, or either by the documents that state it.

    rows, columns: keys of SIDES. cut: `top` (most rows and columns, those with most documents that meet, 0 for all) and
    `asserted` (leave candidates out).
    Raises RenderError if the two sides do not meet, or nothing is found.
    """
    sides = SIDES[rows], SIDES[columns]
    kinds = {sides[0][0], sides[1][0]}
    if len(kinds) < 2:
        raise RenderError(f"{rows} by {columns}: choose two sides of different kinds: dilemmas, remedies or documents.")
    found: Found = defaultdict(list)
    inferred = 0
    for ends, mention in _find_mentions(network, names, kinds):
        if mention.status == "candidate" and cut.get("asserted"):
            inferred += 1
            continue
        for row in _label(network, names, ends[sides[0][0]], sides[0][1]):
            for column in _label(network, names, ends[sides[1][0]], sides[1][1]):
                found[row, column].append(mention)
    if not found and inferred:
        raise RenderError(
            f"No text itself links {rows} with {columns}. Without --asserted, {inferred} inferred links show."
        )
    if not found:
        raise RenderError(f"No text links {rows} with {columns} in this graph. Add documents with 'kg add'.")
    corner = sides[0][2], sides[1][2]
    return _arrange(found, corner, names, top=int(cut.get("top", 0)))


def _find_mentions(
    network: "nx.MultiDiGraph[Any]", names: Names, kinds: set[str]
) -> Iterator[tuple[dict[str, str], Mention]]:
    """The edges that fill cells: kind -> node of each end, and what is said."""
    wanted = {"states"} if "document" in kinds else _LINKS
    for source, target, facts in network.edges(data=True):
        ends = {network.nodes[source]["kind"]: source, network.nodes[target]["kind"]: target}
        if facts["label"] not in wanted or ends.keys() != kinds or facts["status"] == "rejected":
            continue
        document = facts["document"] or ends.get("document", "")
        status = "candidate" if facts["status"] == "candidate" else "asserted"
        name = clean_text(names.short.get(document) or document.rsplit("/", 1)[-1])
        quote, section = clean_text(facts["quote"]), clean_text(facts["section"])
        yield ends, Mention(name, quote, section, status, float(facts["confidence"] or 0.0))


def _label(network: "nx.MultiDiGraph[Any]", names: Names, node: str, by_type: bool) -> list[str]:
    """The label of a node, or the labels of its types."""
    if by_type:
        types = {
            clean_text(network.nodes[concept]["label"])
            for _, concept, facts in network.out_edges(node, data=True)
            if facts["label"] == _TYPE_LINK and facts["status"] != "rejected"
        }
        return sorted(types) or [UNTYPED]
    return [clean_text(names.short.get(node) or network.nodes[node]["label"])]


def _best(mentions: list[Mention]) -> Cell:
    """One sentence for each document: asserted before candidate, then the surest, then the first by its words."""
    ranked = sorted(
        set(mentions), key=lambda m: (m.status == "candidate", -m.confidence, m.quote, m.section, m.document)
    )
    best: dict[str, Mention] = {}
    for mention in ranked:
        best.setdefault(mention.document, mention)
    return Cell(tuple(best[name] for name in sorted(best)), len(ranked))


def _rank(found: Mapping[tuple[str, str], list[Mention]], side: int, top: int) -> tuple[str, ...]:
    documents: dict[str, set[str]] = defaultdict(set)
    sentences: dict[str, int] = defaultdict(int)
    for ends, mentions in found.items():
        documents[ends[side]].update(mention.document for mention in mentions)
        sentences[ends[side]] += len(mentions)
    order = sorted(documents, key=lambda n: (n == UNTYPED, -len(documents[n]), -sentences[n], n))
    return tuple(order[: top or None])


def _arrange(found: Found, corner: tuple[str, str], names: Names, *, top: int) -> Matrix:
    columns = _rank(found, 1, top)
    # The rows are ranked by what is shown of them: one without a cell under these columns would stand empty.
    rows = _rank({ends: said for ends, said in found.items() if ends[1] in columns}, 0, top)
    columns = _rank({ends: said for ends, said in found.items() if ends[0] in rows and ends[1] in columns}, 1, 0)
    cells = tuple(tuple(_best(found.get((row, column), [])) for column in columns) for row in rows)
    named = {mention.document for row in cells for cell in row for mention in cell.mentions}
    titles = {
        clean_text(names.short[iri]): clean_text(title) for iri, title in names.full.items() if iri in names.short
    }
    documents = tuple((name, titles.get(name, "")) for name in sorted(named))
    return Matrix(f"{corner[0].capitalize()} by {corner[1]}", corner, rows, columns, cells, documents)
