"""Command line of the training; the usage stands in the package's docstring."""

import argparse
import json
from pathlib import Path

from kg.annotate.statements import train
from kg.annotate.statements.train import steps

_PARTS = {
    "teacher": steps.train_teacher,
    "encoder": steps.train_encoder,
    "network": steps.train_network,
    "linear": steps.train_linear,
}


def main() -> None:
    """Run one step."""
    parser = argparse.ArgumentParser(
        "python -m kg.annotate.statements.train",
        description=train.__doc__,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    parser.add_argument("part", choices=[*_PARTS, "calibrate"])
    parser.add_argument("gold", type=Path, help="labelled sentences (TSV)")
    parser.add_argument("--work", type=Path, required=True, help="folder for what is trained")
    parser.add_argument(
        "--texts",
        type=Path,
        help="unlabelled texts (JSON lines of id, sentences; an id begins with the document's name)",
    )
    parser.add_argument("--encoder", type=Path, help="folder of a BERT-type encoder")
    parser.add_argument("--held-out", type=int, help="fold to leave out")
    parser.add_argument(
        "--new-pieces",
        action="store_true",
        help="give the network new vectors of pieces instead of those that ship",
    )
    arguments = parser.parse_args()
    if arguments.part != "linear" and not arguments.encoder:
        parser.error("--encoder is needed")
    if arguments.part != "calibrate" and not arguments.texts:
        parser.error("--texts is needed")
    held_out = steps.CALIBRATION_FOLD if arguments.part == "calibrate" else arguments.held_out
    inputs = steps.Inputs(
        arguments.gold, arguments.work, arguments.texts, arguments.encoder, held_out, arguments.new_pieces
    )
    if arguments.part == "calibrate":
        print(json.dumps(steps.calibrate(inputs), indent=1))
    else:
        _PARTS[arguments.part](inputs)


if __name__ == "__main__":
    main()
