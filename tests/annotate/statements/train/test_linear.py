import numpy as np

from kg.annotate.statements.features import find_features
from kg.annotate.statements.linear import compute_linear_scores
from kg.annotate.statements.train.linear import compute_matrix, fit_linear, to_linear_model

DOCUMENTS = [["Trust is a problem.", "Open the data."], ["Delay is a problem.", "Open the code."]]


def test_fitted_weights_tell_the_training_sentences_apart() -> None:
    features = [list(find_features(sentences)) for sentences in DOCUMENTS]
    targets = np.array([[1, 0], [0, 1], [1, 0], [0, 1]], float)
    model = to_linear_model(fit_linear(compute_matrix(features), targets))
    for rows in features:
        scores = compute_linear_scores(model, rows)
        assert (scores > 0).tolist() == [[True, False], [False, True]]
