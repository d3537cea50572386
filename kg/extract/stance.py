"""How a sentence stands to what it says: plainly, with reserve, denying it, or reporting another's view."""

import re

_REPORTED = re.compile(
    r"\b(?:et al\.?|\w+ \(\d{4}[a-z]?\)|according to|(?:argue|claim|suggest|state|report|believe|find|note|point|think|"
    r"propose|contend|maintain|conclude|observe)(?:s|d|ed)?(?: out)? that|scholars|researchers|literature)\b"
    r"|\b(?:argues?|argued|believes?|believed|thinks?|contends?|asserts?|asserted) (?=\w)",
    re.IGNORECASE,
)
_HEDGED = re.compile(
    r"\b(?:may|might|could|perhaps|possibly|probably|likely|potentially|appears? to|seems? to|tends? to|in some cases|"
    r"arguably|presumably|to some extent)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:is|are|was|were|does|do|did|has|have)(?: not|n't| no longer) (?:a |an |any )?(?:\w+ )?"
    r"(?:problem|challenge|barrier|issue|obstacle|risk|concern|difficult|threat)|\bno (?:evidence of|longer a)\b",
    re.IGNORECASE,
)


def judge_stance(sentence: str) -> str:
    """ "negated", "reported", "hedged" or "plain", the first that holds."""
    if _NEGATED.search(sentence):
        return "negated"
    if _REPORTED.search(sentence):
        return "reported"
    return "hedged" if _HEDGED.search(sentence) else "plain"
