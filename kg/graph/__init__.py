"""Statements as RDF: the vocabulary, the shapes, named graphs and the store."""
