"""kg.toml -> Settings, with a clear word for every key it does not know."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.model import DEFAULT_BASE, CorpusError

SETTINGS_FILE = "kg.toml"
#: section -> key -> type, as kg.toml may hold them.
KNOWN_KEYS: dict[str, dict[str, type | tuple[type, ...]]] = {
    "graph": {"base": str, "store": str},
    "language": {"model": str},
    "encoder": {"folder": str},
    "confidence": {"least": (int, float)},
    "endpoint": {"service": list},
}
_WANTED: dict[object, str] = {str: "a text in quotes", list: 'a list of texts: ["...", "..."]'}
_NUMBER = "a number: 0.8"
_BASE = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?/(?:[A-Za-z0-9._~/-]*[/#])?")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a workspace may settle for itself.

    base: address under which the things of its graph live; ends in "/" or "#".
    language: name or folder of a spaCy pipeline, "" for the packaged one.
    encoder: folder of a sentence encoder below the workspace, "" for the installed one if any, "none" for none.
    services: addresses that a query may call through SERVICE; none unless named.
    store: address of a SPARQL endpoint that holds the graph, "" for the one on this machine.
    least: dilemmas and remedies of less confidence are left out, all others are stated; 0 for the usual.
    """

    base: str = DEFAULT_BASE
    language: str = ""
    encoder: str = ""
    services: tuple[str, ...] = ()
    store: str = ""
    least: float = 0.0


def read_settings(path: Path) -> Settings:
    """The settings in a kg.toml.

    Raises CorpusError if it cannot be read, is not TOML, or holds a key or value that means nothing.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: not TOML: {error}") from error
    for section, values in found.items():
        _check_section(path, section, values)
    settings = Settings(
        base=found.get("graph", {}).get("base", DEFAULT_BASE),
        language=found.get("language", {}).get("model", ""),
        encoder=found.get("encoder", {}).get("folder", ""),
        least=float(found.get("confidence", {}).get("least", 0.0)),
        services=tuple(found.get("endpoint", {}).get("service", ())),
        store=found.get("graph", {}).get("store", ""),
    )
    _check_values(path, settings)
    return settings


def _check_section(path: Path, section: str, values: object) -> None:
    if section not in KNOWN_KEYS:
        raise CorpusError(f"{path}: unknown section [{section}].{_suggest(section, KNOWN_KEYS)}")
    if not isinstance(values, dict):
        raise CorpusError(f"{path}: '{section}' is a section: write [{section}] on a line of its own")
    known = KNOWN_KEYS[section]
    for key, value in values.items():
        if key not in known:
            raise CorpusError(f"{path}: unknown key '{key}' in [{section}].{_suggest(key, known)}")
        if not isinstance(value, known[key]) or isinstance(value, bool):
            raise CorpusError(f"{path}: '{key}' in [{section}] must be {_WANTED.get(known[key], _NUMBER)}")


def _suggest(name: str, known: Iterable[str]) -> str:
    import difflib  # only for whoever has mistyped something

    near = difflib.get_close_matches(name, list(known), n=1)
    return f" Did you mean '{near[0]}'?" if near else f" Known: {', '.join(sorted(known))}."


def _check_values(path: Path, settings: Settings) -> None:
    if not _BASE.fullmatch(settings.base):
        raise CorpusError(f"{path}: base '{settings.base}' must be an address like {DEFAULT_BASE}, ending in / or #")
    for service in settings.services:
        if not isinstance(service, str) or not service.startswith(("http://", "https://")):
            raise CorpusError(f"{path}: service '{service}' must be an address that begins with https://")
    if settings.store and not settings.store.startswith(("http://", "https://")):
        raise CorpusError(f"{path}: store '{settings.store}' must be an address that begins with https://")
    if not 0 <= settings.least <= 1:
        raise CorpusError(f"{path}: least confidence {settings.least} must lie between 0 and 1")
    folder = Path(settings.encoder)
    if folder.is_absolute() or ".." in folder.parts:
        raise CorpusError(f"{path}: encoder folder '{settings.encoder}' must lie inside the workspace")
