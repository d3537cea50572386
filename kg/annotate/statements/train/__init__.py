"""Makes the trained parts of `kg.annotate.statements` again: `python -m kg.annotate.statements.train --help`."""
