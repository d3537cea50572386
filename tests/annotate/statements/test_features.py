from kg.annotate.statements.features import BUCKETS, find_features

SENTENCES = ["Barriers", "Departments do not share data.", "Publish every contract."]


def test_every_sentence_has_six_groups_of_buckets_in_range() -> None:
    rows = list(find_features(SENTENCES))
    assert [len(row) for row in rows] == [6, 6, 6]
    assert all(0 <= bucket < BUCKETS for row in rows for group, _ in row for bucket in group)


def test_neighbour_groups_are_empty_at_the_ends() -> None:
    first, _, last = find_features(SENTENCES)
    assert [bool(group) for group, _ in first] == [True, True, False, True, False, True]
    assert [bool(group) for group, _ in last] == [True, True, True, False, True, True]


def test_heading_above_changes_the_features_and_a_far_sentence_does_not() -> None:
    tail = ["Filler one is here.", "Filler two is here.", "Publish every contract."]
    plain = list(find_features(["Intro", "First words are here.", *tail]))[-1]
    assert list(find_features(["Intro", "Other words are here.", *tail]))[-1] == plain
    assert list(find_features(["Actions", "First words are here.", *tail]))[-1] != plain


def test_same_sentences_give_same_features() -> None:
    assert list(find_features(SENTENCES)) == list(find_features(SENTENCES))


def test_sentence_without_words_still_has_its_shape() -> None:
    ((*_, shape),) = find_features([""])
    assert shape[0]
