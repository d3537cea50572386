"""The strongest part of a network that is too large or too dense to draw."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

#: Links kept for each node, where there are more than that on average.
MAX_LINKS_PER_NODE = 3

Edge = tuple[str, str, int]


def keep_strongest(network: nx.MultiDiGraph[str], limit: int) -> nx.MultiDiGraph[str]:
    """At most `limit` nodes, the ends of the heaviest links; of a dense network only the strongest links of each node.

    An edge weighs its `weight`, 1 if it has none. A link stays if it is among the strongest of either of its ends.
    """
    totals: dict[str, float] = defaultdict(float)
    weights = {(s, t, key): float(facts.get("weight", 1.0)) for s, t, key, facts in network.edges(keys=True, data=True)}
    for (source, target, _), weight in weights.items():
        totals[source] += weight
        totals[target] += weight
    kept = _choose_nodes(network, weights, totals, limit)
    edges = {edge: weight for edge, weight in weights.items() if edge[0] in kept and edge[1] in kept}
    chosen = _choose_edges(edges, totals) if len(edges) > MAX_LINKS_PER_NODE * len(kept) else set(edges)
    part: nx.MultiDiGraph[str] = network.__class__()
    part.graph.update(network.graph)
    part.add_nodes_from((node, network.nodes[node]) for node in network if node in kept)
    for source, target, key in (edge for edge in weights if edge in chosen):
        part.add_edge(source, target, key=key, **network.edges[source, target, key])
    return part


def _choose_nodes(
    network: nx.MultiDiGraph[str], weights: dict[Edge, float], totals: dict[str, float], limit: int
) -> set[str]:
    if len(network) <= limit:
        return set(network)
    kept: set[str] = set()
    for edge in sorted(weights, key=lambda e: (-weights[e], -totals[e[0]] - totals[e[1]], e)):
        if len(kept | {*edge[:2]}) <= limit:
            kept.update(edge[:2])
    return kept


def _choose_edges(edges: dict[Edge, float], totals: dict[str, float]) -> set[Edge]:
    """The strongest edges of each node; of equal ones those to nodes with the least other links."""
    incident: dict[str, list[tuple[float, float, Edge]]] = defaultdict(list)
    for edge, weight in edges.items():
        for node, other in (edge[:2], edge[1::-1]):
            incident[node].append((-weight, totals[other], edge))
    return {edge for rows in incident.values() for *_, edge in sorted(rows)[:MAX_LINKS_PER_NODE]}
