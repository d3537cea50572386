"""The graph over HTTP: a SPARQL 1.1 endpoint, and a page for everything that the graph knows."""
