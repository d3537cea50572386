"""Makes the trained parts of `kg.annotate.statements` again; train = python -m kg.annotate.statements.train

    train teacher TRAIN.tsv --texts TEXTS.jsonl --encoder LARGE --work WORK
    train encoder TRAIN.tsv --texts TEXTS.jsonl --encoder SMALL --work WORK [--held-out 0]
    train network TRAIN.tsv --texts TEXTS.jsonl --encoder SMALL --work WORK [--held-out 0] [--new-pieces]
    train linear TRAIN.tsv --texts TEXTS.jsonl --work WORK [--held-out 0]
    train calibrate TRAIN.tsv --encoder SMALL --work WORK

Each part but the teacher is trained twice: without the documents of fold 0, on which the scores are then calibrated
and measured, and on everything, which is what ships. The teacher never sees fold 0. `teacher` tunes a large encoder
(all-mpnet-base-v2 for what ships) on the readers' labels and labels TEXTS with it; `encoder` and `linear` learn from
both (distillation). `network` learns from the readers, from the documents written for it (written.tsv), from labels
that sentences of TEXTS got later (later.tsv), and from what the models that ship, the tuned small encoder among them,
think and see of all these and of more TEXTS, so it comes last. The networks of labels stand on the vectors of its
pieces: train them again after it (`kg.pipeline.train_labels`). Only the small encoder's changes ship, the teacher does
not. torch and transformers are needed for training only; seeds are fixed.
"""
