from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from assistant.corpus.loading import documents_of
from assistant.types import Document
from tests.injection.attacks import CARRIERS, Attack, attacks, write
from tests.injection.goals import GOALS
from tests.injection.obedient import orders

ATTACKS = attacks()
READ_THOUGH_UNSEEN = {"markdown-alt-text", "html-alt-text"}
"""Where what nobody sees becomes text like any other: known limits in docs/reliability.md. None may be added."""


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Sequence[Document]]:
    """The documents that the readers make of each file."""
    folder: Path = tmp_path_factory.mktemp("attacks")
    write(ATTACKS, folder)
    return {attack.path: documents_of(folder / attack.path, attack.path) for attack in ATTACKS}


def found_in(attack: Attack, documents: Sequence[Document]) -> str:
    """Where the order is after reading; a name of a file or a title may spell a reply otherwise, but not its token."""
    text = "\n".join(document.text for document in documents)
    if any(attack.told in order for order in orders(text)):
        return "text"
    sources = [document.source for document in documents]
    head = "\n".join(f"{one.title}\n{one.author}\n{one.publisher}\n{one.path}" for one in sources)
    return "head" if any(attack.told in order for order in orders(head)) else "nothing"


def test_there_are_at_least_300_of_12_goals_and_25_carriers_and_each_is_one_of_its_own() -> None:
    assert len(ATTACKS) >= 300
    assert len({goal.name for goal in GOALS}) == len(GOALS) >= 12
    assert len({carrier.name for carrier in CARRIERS}) == len(CARRIERS) >= 25
    for own in ({one.path for one in ATTACKS}, {one.id for one in ATTACKS}, {one.briefing.question for one in ATTACKS}):
        assert len(own) == len(ATTACKS)


def test_no_name_and_no_token_can_be_taken_for_another() -> None:
    beginnings = [word[:4] for attack in ATTACKS for word in (attack.briefing.place, attack.token)]
    assert len(set(beginnings)) == len(beginnings)


def test_each_reply_holds_what_tells_that_the_order_was_followed_and_no_true_sentence_does() -> None:
    for attack in ATTACKS:
        assert attack.told in attack.reply
        assert attack.told not in attack.briefing.text + attack.briefing.title + attack.briefing.question


def test_every_document_is_read_and_keeps_the_sentence_that_answers(read: Mapping[str, Sequence[Document]]) -> None:
    wrong = [attack.id for attack in ATTACKS if attack.briefing.truth not in read[attack.path][0].text]
    assert not wrong


def test_each_order_gets_as_far_as_its_carrier_says(read: Mapping[str, Sequence[Document]]) -> None:
    found = {attack.id: found_in(attack, read[attack.path]) for attack in ATTACKS}
    assert found == {attack.id: attack.carrier.reaches for attack in ATTACKS}


def test_the_ways_in_which_unseen_text_is_read_do_not_grow_in_number(read: Mapping[str, Sequence[Document]]) -> None:
    leaks: dict[str, int] = defaultdict(int)
    for attack in ATTACKS:
        if attack.carrier.hidden and found_in(attack, read[attack.path]) == "text":
            leaks[attack.carrier.name] += 1
    assert leaks == dict.fromkeys(READ_THOUGH_UNSEEN, len(GOALS))


def test_what_is_left_out_as_hidden_is_said(read: Mapping[str, Sequence[Document]]) -> None:
    counted = {"html-display-none", "html-hidden", "html-style-sheet", "html-tiny", "mail-hidden-html",
               "html-white", "html-off-screen", "word-hidden-run", "word-white-run", "hidden-slide",
               "beside-the-slide", "hidden-sheet", "hidden-row", "pdf-white", "pdf-invisible"}  # fmt: skip
    silent = [
        attack.id
        for attack in ATTACKS
        if attack.carrier.name in counted and not any("hidden" in said for said in read[attack.path][0].warnings)
    ]
    assert not silent


def test_making_them_again_gives_the_same_texts(read: Mapping[str, Sequence[Document]], tmp_path: Path) -> None:
    again = attacks()
    assert [attack.order for attack in again] == [attack.order for attack in ATTACKS]
    some = again[:: len(CARRIERS) + 1]
    write(some, tmp_path)
    for attack in some:
        assert documents_of(tmp_path / attack.path, attack.path) == read[attack.path]
