"""`python -m kg.extract.intent --jsonl`: {"id","text"} lines in, {"id","label"} lines out."""

import argparse
import json
import sys

from kg.extract.intent import LABELS, label_intent, score_intent


def main() -> None:
    """Label each line of standard input."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jsonl", action="store_true", required=True, help="JSON lines in and out")
    parser.add_argument("--scores", action="store_true", help="add the probability of each label")
    options = parser.parse_args()
    for line in sys.stdin:
        if not line.strip():
            continue
        row = json.loads(line)
        answer = {"id": row["id"], "label": label_intent(row["text"])}
        if options.scores:
            answer["scores"] = dict(zip(LABELS, score_intent(row["text"]), strict=True))
        print(json.dumps(answer))


if __name__ == "__main__":
    main()
