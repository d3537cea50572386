"""Questions to the graph: query files with bound parameters, search, and links as a network."""
