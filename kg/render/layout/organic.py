"""A drawing in the round, for networks within one kind. Stub."""

from kg.render.layout.layered import compute_layered as compute_organic

__all__ = ["compute_organic"]
