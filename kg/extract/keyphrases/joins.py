"""Candidates that are one thing: a short form and what it stands for, and the labels of one concept of a scheme."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from kg.extract.keyphrases.candidates import Candidate, Word, find_candidates
from kg.extract.keyphrases.keys import Key, make_key, split_word
from kg.extract.keyphrases.shortforms import ShortForm, find_short_forms


def collect_candidates(words: Sequence[Word], same: Mapping[Key, str] | None = None) -> dict[Key, Candidate]:
    """Candidates of a text by key: each abbreviation joined to its long form, each concept's labels to one another.

    same: key of a label -> name of its concept; of the labels a text uses, the most frequent stands for all.
    """
    found = find_candidates(words)
    for form in find_short_forms(words):
        join_short_form(found, words, form)
    if same:
        named = sorted((same[key], key) for key in found if key in same)
        for _, group in groupby(named, key=lambda pair: pair[0]):
            join_same(found, [key for _, key in group])
    return found


def join_short_form(found: dict[Key, Candidate], words: Sequence[Word], form: ShortForm) -> None:
    """Put the places of a short form to those of its long form; the place that explains it counts once."""
    key = make_key(" ".join(word.text for word in words[form.first : form.last]))
    long = found.get(key) or find_sequence(words, key)
    if long is None:
        return
    spelled = {form.short, f"{form.short}s"}
    places = [i for i, word in enumerate(words) if word.text in spelled and not form.first - 3 < i < form.last + 4]
    found.pop(make_key(form.short), None)
    found[key] = replace(
        long, places=sorted([*long.places, *places]), maximal=long.maximal + len(places), short=form.short
    )


def find_sequence(words: Sequence[Word], key: Key) -> Candidate | None:
    """A candidate of all places where the words of a key stand in a row, whatever their parts of speech."""
    parts = [split_word(word.text) for word in words]
    candidate: Candidate | None = None
    for start, first in enumerate(parts):
        if not first or first[0] != key[0]:
            continue
        end, met = start, first
        while len(met) < len(key) and end + 1 < len(parts):
            end += 1
            met += parts[end]
        if met != key:
            continue
        spelling = " ".join(word.text for word in words[start : end + 1])
        if candidate is None:
            candidate = Candidate(key, tuple(words[start : end + 1]))
        candidate.spellings[spelling] = candidate.spellings.get(spelling, 0) + 1
        candidate.places.append(start)
        candidate.maximal += 1
    return candidate


def join_same(found: dict[Key, Candidate], keys: Sequence[Key]) -> None:
    """Put the places of candidates that name one concept to those of the most frequent of them."""
    best = max(keys, key=lambda key: (len(found[key].places), key))
    others = [found.pop(key) for key in keys if key != best]
    kept = found[best]
    taken = set(kept.places)
    places = [place for other in others for place in other.places if place not in taken]
    maximal = kept.maximal + sum(other.maximal for other in others)
    found[best] = replace(
        kept,
        places=sorted({*kept.places, *places}),
        maximal=min(maximal, len(kept.places) + len(places)),
        short=kept.short or next((other.short for other in others if other.short), ""),
    )
