"""Trains the weights for remedy -> dilemma links on links that readers drew.

    python -m kg.pipeline.train_links STATEMENTS_FOLDER ONTOLOGY_FOLDER [-o WEIGHTS.json]

Prints precision, recall and F1 at several cut-offs over documents not trained on (ten parts), then writes the
weights of a fit on all documents.
"""

import argparse
import json
import sys
from pathlib import Path

from kg.extract import addresses
from kg.extract.addresses.train import cross_validate, fit, make_examples, measure
from kg.graph.vocabulary import load_concepts

CUTS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)


def main() -> None:
    """Reads the folders, prints the cross-validation, writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("statements", type=Path)
    parser.add_argument("ontology", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path(addresses.__file__).with_name("weights.json"))
    options = parser.parse_args()
    documents = make_examples(options.statements, load_concepts(options.ontology))
    names = sorted({name for found in documents.values() for features, _ in found for name in features})
    judged = cross_validate(documents, names)
    for cut in CUTS:
        sys.stdout.write("cut {:.2f}: P {:.3f} R {:.3f} F1 {:.3f}\n".format(cut, *measure(judged, cut)))
    weights = fit([example for found in documents.values() for example in found], names)
    rounded = {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}
    options.output.write_text(json.dumps(rounded, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
