"""A knowledge graph and literature explorer of digital-government research."""

__version__ = "0.1.0"
