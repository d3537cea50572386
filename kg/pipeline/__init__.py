"""The rooms put together: documents in, a graph out; every step leads from one whole state to the next."""
