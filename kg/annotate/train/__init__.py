"""Makes the language pipeline from treebanks and measures it; not needed to use it."""
