"""Makes the trained parts of `kg.annotate.statements` again; train = python -m kg.annotate.statements.train

    train encoder TRAIN.tsv --texts TEXTS.jsonl --encoder DIR --work WORK [--held-out 0]
    train network TRAIN.tsv --texts TEXTS.jsonl --encoder DIR --work WORK [--held-out 0]
    train linear TRAIN.tsv --texts TEXTS.jsonl --work WORK [--held-out 0]
    train calibrate TRAIN.tsv --encoder DIR --work WORK

Each part is trained twice: without the documents of fold 0, on which the scores are then calibrated and measured,
and on everything, which is what ships. `encoder` also labels the unlabelled texts, from which `network` and
`linear` learn (distillation). torch is needed for the first two only; seeds are fixed.
"""
