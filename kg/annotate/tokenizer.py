"""spaCy's English tokenizer, with prefixes kept on their word as the treebanks do: "e-government", "non-profit"."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from spacy import util
from spacy.language import Language

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]

#: Prefixes that do not stand alone, so that the hyphen after them parts no words.
PREFIXES = tuple(
    "e m non anti co pre post mid re ex pro sub inter intra counter cross multi semi over mini socio cyber".split()
)
#: Abbreviations that keep their full stop, beside those spaCy knows.
ABBREVIATIONS = tuple(
    "al. etc. cf. Fig. Figs. Sect. Sec. Eq. No. Nos. Vol. vol. pp. Art. Ch. ed. eds. Ed. Eds. approx. Ref.".split()
)
_HYPHEN_RULE = "(?:-|–|—|--|---|——|~)"


@util.registry.tokenizers("kg.Tokenizer.v1")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], Tokenizer]:
    """What a pipeline's configuration names; gives a function from a pipeline to its tokenizer."""
    return make_tokenizer


def make_tokenizer(nlp: Language) -> Tokenizer:
    """The tokenizer of English with the prefixes kept."""
    guard = "".join(rf"(?<!\b{form})" for prefix in PREFIXES for form in (prefix, prefix.capitalize()))
    infixes = [guard + rule if _HYPHEN_RULE in rule else rule for rule in map(str, nlp.Defaults.infixes or ())]
    make_default = util.registry.tokenizers.get("spacy.Tokenizer.v1")()
    tokenizer: Tokenizer = make_default(nlp)
    for form in ABBREVIATIONS:
        tokenizer.add_special_case(form, [{"ORTH": form}])
    tokenizer.infix_finditer = util.compile_infix_regex(infixes).finditer
    return tokenizer
