from __future__ import annotations

import pytest

from assistant.answering.asked.other_doers import has_them_turned_around, of_another_doer


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When did the Dockers' Union accept the offer?", "The Crane Union accepted the offer of 6 per cent on 3 May."),
        ("Why did Justice Traynor dissent?", "Justice Henrik Dahl dissented, joined by Justice Moreau."),
        ("Why did Ingrid Solheim step down?", "Owen Tarrant stepped down on 30 November for health reasons."),
        ("When did Carvonia lift the ban?", "Estmark lifted the ban on 1 February 2024."),
        ("When was Emil Sandoval released?", "Viktor Marin was released on 5 March."),
        ("What did Halvorsen win?", "In May Brightmill, which had sued, won damages."),
    ],
)
def test_what_another_one_did_is_told(question: str, sentence: str) -> None:
    assert of_another_doer(question, sentence, f"A note to Estmark | {sentence}")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When did Carvonia lift the ban?", "Ministers lifted the ban on 1 February 2024."),
        ("How many jets did Carvonia buy?", "Two purchases are told: ten jets in 2017 and spare parts."),
        ("When did Estmark lift the ban?", "Estmark lifted the ban on 1 February 2024."),
        ("When did Carvonia lift the ban?", "Estmark said that it, not Carvonia, lifted the ban."),
        ("When did Carvonia lift the ban?", "It lifted the ban on 1 February 2024."),
        ("When did Carvonia lift the ban?", "The ban was lifted on 1 February 2024."),
        ("When did Beijing decline the meeting?", "China declined the meeting on 29 May."),
        ("When did the USAF inherit the ranks?", "The Air Force inherited the ranks in 1947."),
        ("When did the WFP ship the wheat?", "The World Food Programme shipped the wheat in June."),
        ("Whom did Elizabeth appoint?", "The Queen appointed the Earl of Home."),
        ("When did Moncalm attack?", "Montcalm attacked in August."),
        ("When did the minister resign?", "Owen Tarrant resigned on 30 November."),
        ("What did Orbán say?", "Putin said that it was early."),
        ("Whom did Spain fight?", "Steve Martin was fighting Spain's men."),
        ("When was Napoleon's army defeated?", "Bonaparte won."),
    ],
)
def test_what_the_same_one_may_have_done_is_left(question: str, sentence: str) -> None:
    assert not of_another_doer(question, sentence, f"A note | {sentence}")


def test_two_names_that_stand_beside_each_other_may_be_of_one() -> None:
    question, sentence = "Whom did Kanye date?", "West dated a model from 2008 to 2010."
    assert of_another_doer(question, sentence, f"The singer West | {sentence}")
    assert not of_another_doer(question, sentence, f"Kanye West | {sentence}")


@pytest.mark.parametrize(
    ("question", "sentence", "turned"),
    [
        ("When did Brightmill acquire Halvorsen?", "Halvorsen Foods proposed to acquire its rival Brightmill.", True),
        ("When did Brightmill acquire Halvorsen?", "Brightmill was acquired in May by Halvorsen Foods.", True),
        ("When did Halvorsen acquire Brightmill?", "Brightmill was acquired in May by Halvorsen Foods.", False),
        ("When did Brightmill acquire Halvorsen?", "Brightmill acquired a dairy before Halvorsen did.", False),
        ("When did Brightmill acquire Halvorsen?", "Halvorsen sold a dairy to Brightmill.", False),
        ("When did Austin meet Dong?", "Dong met Austin in Singapore.", False),
        ("When did Brightmill acquire the dairy?", "The dairy had acquired Brightmill's vans.", False),
    ],
)
def test_who_did_it_to_whom_is_told_apart(question: str, sentence: str, turned: bool) -> None:
    assert has_them_turned_around(question, sentence) is turned
