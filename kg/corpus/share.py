"""Where the ontology, the queries and the starter corpus that come with kg lie."""

from pathlib import Path

from kg.model import CorpusError

_PACKAGE = Path(__file__).parents[1]


def find_share(name: str) -> Path:
    """The folder "ontology", "queries" or "corpus" that comes with kg: inside the wheel, or beside kg/ in a checkout.

    Raises CorpusError if the installation lacks it.
    """
    places = (_PACKAGE / "share" / name, _PACKAGE.parent / name)
    found = next((place for place in places if place.is_dir()), None)
    if found is None:
        raise CorpusError(f"this installation of kg lacks its folder '{name}'; install it again")
    return found
