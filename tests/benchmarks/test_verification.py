import random

import pytest
import yaml

from benchmarks.changes import CHANGES
from benchmarks.verification import CORPUS, SENTENCES, split_of

SENTENCE = (
    "Mayor Holt warned that on Monday 3 May 2021 ships may not leave Arlen without 40 tonnes worth 2 million dollars."
)
PASSAGE = f"{SENTENCE} The pilots of Borl were angry at the delay in Port Cassel."


@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_changes_one_thing_or_nothing(kind: str) -> None:
    changed = CHANGES[kind](SENTENCE, PASSAGE, random.Random(7))
    if kind == "verbatim":
        assert changed == SENTENCE
    elif kind in ("number", "exchanged", "stitched"):  # it has dates, no verb right behind a name, no second verb
        assert changed is None or changed != SENTENCE
    else:
        assert changed is not None
        assert changed != SENTENCE


def test_the_sentences_by_hand_are_many_cite_briefings_and_are_split() -> None:
    stored = yaml.safe_load(SENTENCES.read_text(encoding="utf-8"))
    groups = [stored["borne out"], [each for group in stored["not borne out"].values() for each in group]]
    for group in groups:
        said = [claim for each in group for claim in each["says"]]
        assert len(said) == len(set(said)) >= 60
        assert 0.3 < sum(split_of(claim) == "test" for claim in said) / len(said) < 0.7
        paths = [
            path for each in group for path in ([each["source"]] if isinstance(each["source"], str) else each["source"])
        ]
        assert all((CORPUS / path).is_file() for path in paths)
