"""A question in plain words -> the query that answers it and the values of its parameters, without a language model.

The question's years, kinds of document and names of things are found first; what is left is compared with the
questions in the headers of the queries. What was run is always shown, so that a person can correct it.
"""

from kg.query.ask.choose import Asked, check_understood, choose_query, to_command
from kg.query.ask.mentions import Mention, find_mentions

__all__ = ["Asked", "Mention", "check_understood", "choose_query", "find_mentions", "to_command"]
