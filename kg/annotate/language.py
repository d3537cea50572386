"""Which language pipeline is used: ours, one the user names, or none."""

from __future__ import annotations

import gc
import logging
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

MODEL = Path(__file__).parent / "model"
#: A document longer than this (in characters) is still taken: parsing goes block by block.
MAX_TEXT_CHARS = 50_000_000

logger = logging.getLogger(__name__)


@contextmanager
def _multiply_by_numpy() -> Iterator[None]:
    """Makes pipelines loaded meanwhile multiply matrices by numpy's BLAS instead of thinc's own, some three times as
    fast; where thinc has one for the machine (Apple's) that stays.
    """
    from thinc.api import NumpyOps, get_ops, set_current_ops, use_ops

    fitting = get_ops("cpu")
    with use_ops("cpu"):
        if type(fitting) is NumpyOps:
            set_current_ops(NumpyOps(use_blis=False))
        yield


@lru_cache(maxsize=4)
def load_language(name: str = "") -> Language:
    """The language pipeline of this name: "" for the one that comes with the package, else a spaCy package or folder.

    "blank" names the pipeline without trained parts. The same is given, with a warning in the log, where the named
    one is missing or broken: then sentences come from rules alone and words have no part of speech.
    """
    import spacy

    # The packaged pipeline's configuration names what these modules register.
    import kg.annotate.embed
    import kg.annotate.lemmas  # noqa: F401
    from kg.annotate.tokenizer import make_tokenizer

    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)
    source = name or str(MODEL)
    if name != "blank":
        try:
            with _multiply_by_numpy():
                nlp = spacy.load(source, exclude=["ner", "senter"])
        except (OSError, ValueError, ImportError, KeyError, AttributeError) as error:
            what = f"language pipeline {name!r}" if name else "the packaged language pipeline"
            logger.warning("%s cannot be loaded (%s); going on without parts of speech and parse", what, error)
    nlp.max_length = MAX_TEXT_CHARS
    # What is loaded by now stays: looking through it for garbage again and again takes 4 % of an extraction's time.
    gc.freeze()
    return nlp
