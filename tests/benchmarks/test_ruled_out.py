from __future__ import annotations

from benchmarks.ruled_out import CONTRARY, Pair, counted, pairs, ruled_out, sample

TEXT = "Arlen has a pier. The vote failed in 1979. The second mayor left."


def asked(question: str, words: str, *, impossible: bool) -> dict[str, object]:
    place = {"text": words, "answer_start": TEXT.index(words)}
    kept = {"plausible_answers": [place], "answers": []} if impossible else {"answers": [place]}
    return {"question": question, "is_impossible": impossible, **kept}


ROW = {
    "title": "Arlen",
    "paragraphs": [
        {
            "context": TEXT,
            "qas": [
                asked("When did the vote fail?", "1979", impossible=False),
                asked("When did the vote succeed?", "1979", impossible=True),
                asked("What did the third mayor do?", "left", impossible=True),
                {"question": "Why?", "is_impossible": True, "plausible_answers": [], "answers": []},
            ],
        }
    ],
}


def test_questions_come_with_the_words_that_answer_or_seem_to() -> None:
    fails, succeeds, left = pairs([ROW])
    assert [pair.answerable for pair in (fails, succeeds, left)] == [True, False, False]
    assert [pair.words.of(pair.paragraph) for pair in (fails, succeeds, left)] == ["1979", "1979", "left"]


def test_it_is_told_by_which_rule_a_sentence_is_ruled_out() -> None:
    names = {pair.question: names for pair, names in ruled_out(pairs([ROW]))}
    assert names == {
        "When did the vote fail?": (),
        "When did the vote succeed?": (CONTRARY,),
        "What did the third mayor do?": ("other quantity",),
    }
    figures = counted(pairs([ROW]))
    assert figures["answerable"]["ruled out"]["value"] == 0.0
    assert figures["unanswerable"]["ruled out"]["value"] == 1.0
    assert figures["unanswerable"]["by rule"] == {CONTRARY: 1, "other quantity": 1}


def test_the_sample_does_not_hang_on_chance() -> None:
    found = [Pair(f"Why {number}?", "", TEXT, pairs([ROW])[0].words, answerable=True) for number in range(20000)]
    assert sample(found) == sample(found)
    assert len(sample(found)) == 15000
