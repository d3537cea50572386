"""The licence notice and the model card that lie beside the trained pipeline."""

from pathlib import Path
from typing import Any

NOTICE = """# Licence of the files in this folder

The weights and tables here were learnt from two treebanks and may be used under the
Creative Commons Attribution-ShareAlike 4.0 International licence (CC BY-SA 4.0),
https://creativecommons.org/licenses/by-sa/4.0/legalcode. The code of the project has its own licence.

- Universal Dependencies English Web Treebank (UD_English-EWT), CC BY-SA 4.0:
  Natalia Silveira, Timothy Dozat, Marie-Catherine de Marneffe, Samuel Bowman, Miriam Connor, John Bauer and
  Christopher Manning (2014): A Gold Standard Dependency Corpus for English. LREC.
  https://github.com/UniversalDependencies/UD_English-EWT
- Georgetown University Multilayer corpus (UD_English-GUM), its open genres only (academic, biographies,
  conversation, court, essays, interviews, letters, news, podcasts, speeches, textbooks, travel guides, vlogs),
  annotations CC BY 4.0, texts CC BY or in the public domain. Its how-to guides and fiction, which are for
  non-commercial use, were used neither for training nor for measuring:
  Amir Zeldes (2017): The GUM Corpus: Creating Multilayer Resources in the Classroom.
  Language Resources and Evaluation 51(3), 581-612. https://gucorpling.org/gum/

Changes: no text of the treebanks is stored here; a statistical model and tables of word forms were derived from them.
"""

_CARD = """# The language pipeline

Tags (UPOS in `pos`, Penn tags in `tag`), lemmas and universal dependencies of English, for spaCy 3.8.
Made by `python -m kg.annotate.train language TREEBANKS`; the settings are in config.cfg, the licence in NOTICE.md.

| measured on | words | UPOS | XPOS | lemma | UAS | LAS | base noun phrases | sentences (rules) | words a CPU second |
|---|---|---|---|---|---|---|---|---|---|
{rows}

All but speed are F1 in per cent. Tokens are the pipeline's own, so a word cut otherwise than in the treebank counts
as wrong in every column; punctuation counts; sentence starts are given, except in the column on sentences, where
running text with its paragraphs is given. GUM is measured without how-to guides and fiction.
Size: {megabytes:.1f} MB. One CPU core, whole annotation of a document, words counted by white space.

Meant for academic and official prose. Trained on web texts, news, speech and a few academic texts: long enumerations,
formulas, headings in capitals and tables come out worse than the figures say.
"""
_COLUMNS = ("words", "upos", "xpos", "lemma", "uas", "las", "phrases", "sentences")


def write_card(folder: Path, scores: dict[str, dict[str, Any]]) -> None:
    """Write NOTICE.md and README.md; scores: split -> treebank -> measure -> value."""
    (folder / "NOTICE.md").write_text(NOTICE, encoding="utf-8")
    rows = [
        f"| {treebank}, {split} | "
        + " | ".join(f"{100 * float(values[name]):.1f}" for name in _COLUMNS)
        + f" | {values['words_per_cpu_second']:,.0f} |"
        for split, treebanks in scores.items()
        for treebank, values in treebanks.items()
    ]
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    (folder / "README.md").write_text(_CARD.format(rows="\n".join(rows), megabytes=size), encoding="utf-8")
