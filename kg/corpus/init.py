"""A new workspace, laid out whole or not at all."""

import shutil
from pathlib import Path

from kg.corpus.files import clear_parts, make_folder, sync_folder, write_durably
from kg.corpus.settings import SETTINGS_FILE
from kg.corpus.share import find_share
from kg.model import DEFAULT_BASE, CorpusError

#: Where a workspace is laid out before its parts get their places; what is found here later is of a killed init.
STAGE = ".kg-init"
PARTS = ("ontology", "queries", "corpus")
#: Below queries/: queries that are run by the path of their file, to be changed at will.
EXAMPLES = "federation"
SETTINGS_TEXT = f"""\
# A workspace: this folder holds corpus/, queries/ and ontology/; .kg/ is made from them and can be thrown away.
[graph]
# Address under which the things of your graph live.
base = "{DEFAULT_BASE}"

[language]
# Name or folder of another spaCy pipeline; the packaged one if left out.
# model = "en_core_web_sm"

[encoder]
# Folder of a sentence encoder below this workspace; the installed one, if any, if left out; "none" for none.
# folder = "models/encoder"

[confidence]
# Dilemmas and remedies of less confidence are left out, all others stated. Without it what is too doubtful (dilemmas
# below 0.7, remedies below 0.8) stays as a candidate if it is likelier right than wrong or a likely link needs it.
# least = 0.5

[endpoint]
# Addresses that a query may call through SERVICE; none unless named.
service = []
"""


def lay_out_workspace(folder: Path, *, starter: bool = False) -> Path:
    """Lay out kg.toml, corpus/, queries/ and ontology/ in the folder, which is made if need be; its absolute path.

    queries/ is for the user's own: those that come with kg are asked without a copy, which would grow old.
    starter: with the reading notes that come with kg.
    Raises CorpusError, and leaves all as it was, if one of these is already there or cannot be written.
    """
    root = folder.absolute()
    try:
        make_folder(root)
        _withdraw(root)
        _refuse_overwriting(root)
        _lay_out(root / STAGE, starter=starter)
        _move_in(root)
    except OSError as error:
        _withdraw(root)
        raise CorpusError(f"{root}: cannot lay out a workspace here ({error.strerror or error})") from error
    return root


def _refuse_overwriting(root: Path) -> None:
    there = [name for name in (SETTINGS_FILE, *PARTS) if (root / name).exists()]
    if SETTINGS_FILE in there:
        raise CorpusError(f"{root}: is a workspace already; nothing was changed")
    if there:
        raise CorpusError(f"{root}: {' and '.join(there)} already there; choose another folder, or move them away")


def _lay_out(stage: Path, *, starter: bool) -> None:
    stage.mkdir()
    for name in PARTS:
        if name == "ontology" or (name == "corpus" and starter):
            shutil.copytree(find_share(name), stage / name, ignore=shutil.ignore_patterns(".*", "__pycache__"))
        else:
            (stage / name).mkdir()
    shutil.copytree(find_share("queries") / EXAMPLES, stage / "queries" / EXAMPLES)
    # kg.toml goes last and alone makes the folder a workspace; the list of parts tells a later init what to withdraw.
    write_durably(stage / "parts.txt", "\n".join(PARTS).encode())


def _move_in(root: Path) -> None:
    for name in PARTS:
        (root / STAGE / name).rename(root / name)
    sync_folder(root)
    write_durably(root / SETTINGS_FILE, SETTINGS_TEXT.encode())
    shutil.rmtree(root / STAGE)


def _withdraw(root: Path) -> None:
    """Take away what an init that did not come to its end has left."""
    stage = root / STAGE
    if (stage / "parts.txt").is_file() and not (root / SETTINGS_FILE).exists():
        for name in PARTS:
            if not (stage / name).exists():
                shutil.rmtree(root / name, ignore_errors=True)
    shutil.rmtree(stage, ignore_errors=True)
    clear_parts(root / SETTINGS_FILE)
