"""Dilemmas by remedies, and either by documents, as tables for a chapter."""

from kg.render.matrix.count import SIDES, compute_matrix
from kg.render.matrix.records import Cell, Matrix, Mention

__all__ = ["SIDES", "Cell", "Matrix", "Mention", "compute_matrix"]
