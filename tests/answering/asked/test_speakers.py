"""What others said is no answer to what somebody said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering.asked.speakers import is_of_other_speakers, names_only_its_speaker
from assistant.answering.scoring import EvidenceScorer
from assistant.answering.subjects import subjects_of
from assistant.embedding.hashing import HashingEmbedder
from tests.answering.memory import MemoryCorpus, document

TEXT = (
    "Ada Lund said that the treaty holds. It will be kept for ten years. The ships stay in port. "
    "Tomas Rehn offered to mediate between both. Arlen welcomed the offer of Tomas Rehn. Borl turned the offer down. "
    "We have seen worse. Borg also warned of war."
)


@pytest.mark.parametrize(
    ("question", "sentence", "others"),
    [
        ("What did Ada Lund say about the offer?", "Arlen welcomed the offer of Tomas Rehn.", True),
        ("What did Ada Lund say about the offer?", "Borl turned the offer down.", True),
        ("What did Ada Lund say about the treaty?", "It will be kept for ten years.", False),
        ("What did Ada Lund say about the ships?", "The ships stay in port.", False),
        ("What did Ada Lund say about the treaty?", "We have seen worse.", False),
        ("What did Ada Lund reply to the warning?", "Borg also warned of war.", True),
        ("What did Ada Lund reply to the offer?", "Tomas Rehn offered to mediate between both.", True),
        ("What did Tomas Rehn say?", "Tomas Rehn offered to mediate between both.", False),
        ("What did Ada Lund do?", "Borl turned the offer down.", False),
        ("What was said about Ada Lund's offer?", "Borl turned the offer down.", False),
    ],
)
def test_words_of_others_are_told_from_those_asked_for(question: str, sentence: str, others: bool) -> None:
    corpus = MemoryCorpus([document("a.txt", TEXT, title="Reactions")], HashingEmbedder())
    scorer = EvidenceScorer(HashingEmbedder(), corpus)
    names = subjects_of(question, lambda words: dict.fromkeys(words, 1))
    [one] = [one for one in scorer.score(scorer.read(question), corpus.retrieve(question)) if one.text == sentence]
    assert is_of_other_speakers(question, names, one) is others
    source = replace(one.passage.source, author="Ada Lund")
    by_lund = replace(one, passage=replace(one.passage, source=source))
    assert not is_of_other_speakers(question, names, by_lund)


@pytest.mark.parametrize(
    ("question", "sentence", "only"),
    [
        ("Who wrote the review?", "MINISTER FOR HEALTH: Before Easter.", True),
        ("Who wrote the review?", "Ms ADA LUND (Borl, Labour): To ask the Minister when it will come.", True),
        ("Who wrote the review?", "MINISTER FOR HEALTH: Dame Ada Lund wrote it.", False),
        ("Who said that it comes before Easter?", "MINISTER FOR HEALTH: Before Easter.", False),
        ("Who asked for the review?", "Ms ADA LUND: To ask when the review will come.", False),
        ("Who wrote the review?", "Before Easter it was written by nobody.", False),
        ("Who wrote the review?", "Review: published before Easter.", False),
    ],
)
def test_who_speaks_in_a_transcript_is_not_who_did_it(question: str, sentence: str, only: bool) -> None:
    assert names_only_its_speaker(question, sentence) is only
