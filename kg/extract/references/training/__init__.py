"""Makes the tagger's weights from tagged references: `python -m kg.extract.references.training DATA`."""
