"""How central each node of a network is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model.errors import QueryError

if TYPE_CHECKING:
    import networkx as nx

MAX_ITERATIONS = 100
TOLERANCE = 1e-9


def compute_centrality(
    network: nx.MultiDiGraph[str], *, seeds: dict[str, float] | None = None, damping: float = 0.85
) -> dict[str, float]:
    """PageRank of each node over links read in both directions, summing to 1 (tolerance 1e-6).

    seeds: where a reader starts over, with what weight; every node alike if None.
    damping: probability of following a link, 0 <= damping < 1. Parallel edges add weight, each by its confidence.
    Raises QueryError if the network is empty or no seed is in it.
    Source: Page et al. 1999; with seeds, Haveliwala 2002 (topic-sensitive PageRank).
    """
    starts = {node: weight for node, weight in (seeds or dict.fromkeys(network, 1.0)).items() if node in network}
    total = sum(starts.values())
    if not total:
        raise QueryError("the network is empty, or holds none of the nodes to start from; add documents with 'kg add'")
    starts = {node: weight / total for node, weight in starts.items()}
    links = _weigh_links(network)
    rank = dict(starts)
    for _ in range(MAX_ITERATIONS):
        following = _step(rank, links, starts, damping)
        change = sum(abs(following.get(node, 0.0) - rank.get(node, 0.0)) for node in following.keys() | rank.keys())
        rank = following
        if change < TOLERANCE:
            break
    return {node: rank.get(node, 0.0) for node in network}


def _weigh_links(network: nx.MultiDiGraph[str]) -> dict[str, dict[str, float]]:
    """node -> neighbour -> share of the node's links, in both directions."""
    links: dict[str, dict[str, float]] = {node: {} for node in network}
    for source, target, confidence in network.edges(data="confidence", default=1.0):
        for one, other in ((source, target), (target, source)):
            links[one][other] = links[one].get(other, 0.0) + float(confidence)
    for near in links.values():
        total = sum(near.values())
        for node in near:
            near[node] /= total or 1.0
    return links


def _step(
    rank: dict[str, float], links: dict[str, dict[str, float]], starts: dict[str, float], damping: float
) -> dict[str, float]:
    """One round; what reaches a node without links starts over."""
    stranded = sum(weight for node, weight in rank.items() if not links[node])
    following = {node: (1 - damping + damping * stranded) * share for node, share in starts.items()}
    for node, weight in rank.items():
        for other, share in links[node].items():
            following[other] = following.get(other, 0.0) + damping * weight * share
    return following
