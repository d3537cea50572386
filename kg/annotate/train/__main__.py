"""Makes the language pipeline again, or measures it.

python -m kg.annotate.train teach TREEBANKS --encoder FOLDER -o build/silver.conllu.xz    (needs torch, transformers)
python -m kg.annotate.train language TREEBANKS --silver build/silver.conllu.xz -o kg/annotate/model
python -m kg.annotate.train measure TREEBANKS
"""

import argparse
import json
import sys
from pathlib import Path

from kg.annotate.language import MODEL


def main() -> None:
    """Parse the command line and run one of the three jobs."""
    parser = argparse.ArgumentParser(prog="python -m kg.annotate.train", description=__doc__.partition("\n")[0])
    parser.add_argument("job", choices=("teach", "language", "measure"))
    parser.add_argument("treebanks", type=Path, help="folder that holds ud-english-ewt and ud-english-gum")
    parser.add_argument(
        "-o", "--output", type=Path, default=MODEL, help="folder of the pipeline (default: %(default)s)"
    )
    parser.add_argument(
        "--work", type=Path, default=Path("build/language"), help="working copies (default: %(default)s)"
    )
    parser.add_argument("--encoder", type=Path, help="teach: folder of a BERT-type encoder, such as all-MiniLM-L6-v2")
    parser.add_argument("--silver", default="", help="language: sentences written by teach, drawn beside the treebanks")
    parser.add_argument("--split", choices=("dev", "test"), default="test", help="what to measure on")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="change language.cfg")
    options = parser.parse_args()
    if options.job == "teach":
        from kg.annotate.train.teach import write_silver

        print(write_silver(options.treebanks, options.encoder, options.output), "sentences")
        return
    if options.job == "language":
        from kg.annotate.train.language import train_language

        overrides = {"paths.silver": options.silver} | {
            key: json.loads(value) for key, _, value in (entry.partition("=") for entry in options.set)
        }
        train_language(options.treebanks, options.output, work=options.work, overrides=overrides)
        return
    from kg.annotate.train.measure import measure

    json.dump(measure(options.output, options.treebanks, options.split), sys.stdout, indent=2)
    sys.stdout.write("\n")


main()
