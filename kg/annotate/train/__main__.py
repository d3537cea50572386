"""`python -m kg.annotate.train language|measure TREEBANKS`: makes the language pipeline again, or measures it."""

import argparse
import json
import sys
from pathlib import Path

from kg.annotate.language import MODEL


def main() -> None:
    """Parse the command line and run one of the two jobs."""
    parser = argparse.ArgumentParser(prog="python -m kg.annotate.train", description=__doc__)
    parser.add_argument("job", choices=("language", "measure"))
    parser.add_argument("treebanks", type=Path, help="folder that holds ud-english-ewt and ud-english-gum")
    parser.add_argument(
        "-o", "--output", type=Path, default=MODEL, help="folder of the pipeline (default: %(default)s)"
    )
    parser.add_argument(
        "--work", type=Path, default=Path("build/language"), help="working copies (default: %(default)s)"
    )
    parser.add_argument("--split", choices=("dev", "test"), default="test", help="what to measure on")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="change language.cfg")
    options = parser.parse_args()
    if options.job == "language":
        from kg.annotate.train.language import train_language

        overrides = {key: json.loads(value) for key, _, value in (entry.partition("=") for entry in options.set)}
        train_language(options.treebanks, options.output, work=options.work, overrides=overrides)
        return
    from kg.annotate.train.measure import measure

    json.dump(measure(options.output, options.treebanks, options.split), sys.stdout, indent=2)
    sys.stdout.write("\n")


main()
