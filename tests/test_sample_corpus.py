"""The sample briefings, read and asked as a user would: every quote is exact, the known answers hold."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from assistant.answering.extractive import ExtractiveAnswerer
from assistant.chat import Assistant
from assistant.index.report import SyncReport
from assistant.memos.drafting import draft
from assistant.memos.export.markdown import markdown
from assistant.memos.template import load_template
from assistant.memos.verifying.checking import verify
from assistant.memos.verifying.edited import FORMATS, read_edited
from assistant.settings import Settings
from assistant.types import Answer, Conversation, DateRange, Turn
from assistant.wiring import Models, build_assistant, build_models, build_retriever, build_verifier

REPOSITORY = Path(__file__).parent.parent

# What the empty page offers, with words that the first sentence of the answer has.
EXAMPLES = {
    "Why did China decline?": ("sanctions", "Li Shangfu"),
    "Give me a timeline of Finland and Sweden joining NATO.": ("18 May 2022", "applications"),
    "When did the Rubymar sink?": ("2 March 2024",),
    "Why did the buyer reject the Razoni's corn?": ("delivery came five months late",),
    "How many ships used the Suez Canal in the first 11 days of January 2024?": ("544 ships",),
    "Who seized the Galaxy Leader?": ("Houthi fighters",),
}


@pytest.fixture(scope="module")
def models() -> Models:
    return build_models(Settings())


@pytest.fixture(scope="module")
def briefings(tmp_path_factory: pytest.TempPathFactory, models: Models) -> Iterator[Assistant]:
    settings = Settings(corpus=REPOSITORY / "corpus", index=tmp_path_factory.mktemp("index"))
    assistant = build_assistant(settings, command="tests", models=models)
    report = [event for event in assistant.bring_up_to_date() if isinstance(event, SyncReport)][-1]
    assert report.count("failed") == 0, [o for o in report.outcomes if o.status == "failed"]
    yield assistant
    assistant.close()


@pytest.fixture(scope="module")
def unread(briefings: Assistant, models: Models) -> Assistant:
    """The same briefings without the reading model, which costs four fifths of an answer's time."""
    index = briefings.library.index
    retriever = build_retriever(index, models.embedder)
    quotes = ExtractiveAnswerer(retriever, models.embedder, index, mentions=index)
    assistant = Assistant(briefings.library, quotes, prepare=lambda: None)
    for _ in assistant.bring_up_to_date():
        pass
    return assistant


def check(assistant: Assistant, answer: Answer) -> int:
    """Asserts that every span of the answer is exact; returns how many were looked at."""
    for citation in answer.citations:
        text = assistant.document(citation.source.document_id).text
        assert citation.span.of(text) == citation.quote
        assert citation.answer_span.of(answer.text) == citation.quote
        assert citation.words is None or citation.span.contains(citation.words)
        assert citation.before is None or citation.before.span.of(text) == citation.before.quote
    for side in answer.sides:
        assert side.span.of(assistant.document(side.source.document_id).text) == side.quote
        assert side.span.contains(side.words)
    for passage in answer.passages:
        assert passage.chunk.span.of(assistant.document(passage.source.document_id).text) == passage.chunk.text
    return len(answer.citations) + len(answer.passages)


def test_what_did_not_happen_is_not_told_but_shown_not_to_have_happened(briefings: Assistant) -> None:
    answer = briefings.ask("How many of the crew of the Joseph Schulte died when it was fired on?")
    check(briefings, answer)
    assert answer.outcome == "abstained"
    assert [side.quote for side in answer.contrary] == [
        "The Joseph Schulte was not fired upon on its way, Reuters reports."
    ]
    assert answer.coverage is not None
    assert answer.contrary[0].source in answer.coverage.used


def test_why_china_declined_is_answered_with_both_reasons(briefings: Assistant) -> None:
    answer = briefings.ask("why did China decline?")
    check(briefings, answer)
    quotes = " ".join(citation.quote for citation in answer.citations)
    assert "sanctions" in quotes
    assert "Li Shangfu" in quotes
    assert "2018" in quotes
    assert "strained relations" in quotes


def test_each_question_that_the_page_offers_is_answered_and_its_first_sentence_answers(briefings: Assistant) -> None:
    assert briefings.state().examples == tuple(EXAMPLES)
    for question, words in EXAMPLES.items():
        answer = briefings.ask(question)
        assert answer.outcome == "answered", question
        first = answer.text.split("\n")[0]
        assert [word for word in words if word not in first] == [], (question, first)


def test_what_the_briefings_do_not_say_is_not_answered(briefings: Assistant) -> None:
    for question in ("who won the 2022 World Cup?", "why did India decline?", "What is the capital of Peru?"):
        answer = briefings.ask(question)
        assert answer.outcome == "abstained", (question, answer.text)
        assert answer.citations == ()
        assert len(answer.passages) >= 3


def test_every_chunk_is_exactly_its_span(briefings: Assistant) -> None:
    documents = briefings.library.index.documents()
    assert len(documents) >= 38
    for document in documents:
        for chunk in briefings.library.index.chunks_of(document.id):
            assert chunk.span.of(document.text) == chunk.text


@pytest.mark.timeout(900)
def test_every_span_is_exact_in_500_generated_questions(briefings: Assistant, unread: Assistant) -> None:
    chance = random.Random(7)
    texts = [document.text for document in briefings.library.index.documents()]
    forms = ("what about {}?", "why {}?", "when {}?", "who said {}?", "{}", "how many {} and why {}?")
    looked_at = 0
    for number in range(500):
        asked = unread if number % 20 else briefings
        spoken = chance.choice(texts).split()
        start = chance.randrange(len(spoken))
        words = " ".join(spoken[start : start + chance.randint(1, 7)])
        question = chance.choice(forms).replace("{}", words)
        if any(character.isalnum() for character in question):
            looked_at += check(briefings, asked.ask(question))
    assert looked_at > 3000


def test_a_month_in_the_question_ranks_its_briefings_first(briefings: Assistant) -> None:
    answer = briefings.ask("what happened between the defence chiefs in May 2023?")
    assert answer.time is not None
    assert answer.passages[0].source.date is not None
    assert (answer.passages[0].source.date.year, answer.passages[0].source.date.month) in {(2023, 5), (2023, 6)}
    assert briefings.ask("what happened in May 2023?", use_time=False).time is None


def test_a_follow_up_is_searched_with_the_subject_of_the_question_before(briefings: Assistant) -> None:
    first = briefings.ask("Why did China decline the meeting in Singapore?")
    conversation = Conversation("c").with_turn(Turn(first.question, first))
    answer = briefings.ask("and when was that?", conversation=conversation)
    assert "China" in answer.query
    assert answer.question == "and when was that?"


def test_every_listed_fact_stands_in_its_briefing_word_for_word(briefings: Assistant) -> None:
    facts = 0
    for file in sorted((REPOSITORY / "docs" / "sample-corpus" / "facts").glob("*.yaml")):
        for fact in yaml.safe_load(file.read_text(encoding="utf-8")):
            names = {entry.path for entry in briefings.documents() if entry.path.startswith(fact["briefing"])}
            texts = " ".join(" ".join(briefings.document(name).text.split()) for name in sorted(names))
            assert " ".join(fact["sentence"].split()) in texts, fact
            assert fact["source"]["publisher"]
            assert fact["source"]["url"].startswith("http")
            facts += 1
    assert facts >= 150


def test_an_answer_as_of_a_day_uses_nothing_written_later(briefings: Assistant) -> None:
    day = date(2023, 6, 1)
    answer = briefings.ask("why did China decline?", as_of=day)
    assert answer.citations
    dates = [p.source.date for p in answer.passages]
    assert dates
    assert all(found is not None and found <= day for found in dates)
    assert briefings.ask("what was said last month?", as_of=day).time == DateRange(date(2023, 5, 1), date(2023, 5, 31))


def briefings_of(answer: Answer) -> list[str]:
    """Folder and date of each citation's briefing, in the order of the answer."""
    return [
        citation.source.path.split("/")[0] + citation.source.path.split("/")[1][:11] for citation in answer.citations
    ]


def test_an_overview_goes_from_the_first_to_the_last_briefing_of_a_storyline(unread: Assistant) -> None:
    grain = briefings_of(unread.ask("Give me an overview of the Black Sea grain deal."))
    assert (grain[0], grain[-1]) == ("black-sea-grain2022-07-25-", "black-sea-grain2023-11-15-")
    assert "black-sea-grain2023-07-21-" in grain, "the end"
    sweden = briefings_of(unread.ask("Give me an overview of Sweden's accession to NATO"))
    assert (sweden[0], sweden[-1]) == ("nordic-nato2022-05-19-", "nordic-nato2024-03-12-")
    crisis = briefings_of(unread.ask("summarise the red sea shipping crisis"))
    assert {name[:16] for name in crisis} == {"red-sea-shipping"}


def test_the_latest_is_the_newest_briefing_about_the_subject(unread: Assistant) -> None:
    assert briefings_of(unread.ask("What is the latest on the Black Sea grain deal?")) == [
        f"black-sea-grain{day}-" for day in ("2023-11-15", "2023-08-24", "2023-07-21", "2023-06-27")
    ]
    talks = briefings_of(unread.ask("latest on the US-China defence talks"))
    assert talks[:2] == ["us-china-defence2024-06-06-", "us-china-defence2024-04-18-"]
    finland = briefings_of(unread.ask("latest on Finland's accession to NATO"))
    assert finland[0] == "nordic-nato2023-04-06-", "what came later is about Sweden's"


def test_the_documented_command_still_makes_the_sample_memo(briefings: Assistant) -> None:
    page = (REPOSITORY / "docs" / "memos.md").read_text(encoding="utf-8")
    found = re.search(r'assistant memo "(.+?)" --template ([a-z-]+) \\\n(?:.*\n)*?.*docs/sample-memo/', page)
    assert found, "docs/memos.md names no command for docs/sample-memo"
    memo = list(draft(briefings, found[1], load_template(found[2])))[-1].memo
    committed = (REPOSITORY / "docs" / "sample-memo" / "grain-deal.md").read_bytes()
    assert markdown(memo) == committed, "run the command in docs/memos.md that makes docs/sample-memo again"


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_sample_memo_is_in_order(briefings: Assistant, models: Models, suffix: str) -> None:
    memo = read_edited(REPOSITORY / "docs" / "sample-memo" / f"grain-deal{suffix}")
    found = verify(memo, briefings.library.index.document, build_verifier(models))
    assert {finding.kind for finding in found.findings} == {"unchanged"}
    assert len({finding.number for finding in found.findings if finding.of == "footnote"}) == 10
