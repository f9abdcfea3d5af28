from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.citations import cite, render_markers, said_once, side_of
from assistant.answering.evidence import Evidence
from assistant.answering.scoring import EvidenceScorer
from assistant.embedding.hashing import HashingEmbedder
from assistant.memos.before import opened
from assistant.types import Citation, Locator, Source, Span
from tests.answering.memory import MemoryCorpus, document

TEXT = "Arlen is a port. Borl is a town.\nCade is a river."


def evidence() -> list[Evidence]:
    corpus = MemoryCorpus([document("a.txt", TEXT)], HashingEmbedder())
    scorer = EvidenceScorer(HashingEmbedder(), corpus)
    return sorted(scorer.score(scorer.read("Arlen port"), corpus.retrieve("Arlen port")), key=lambda e: e.span)


def test_markers_count_in_the_order_of_the_answer_and_the_same_evidence_keeps_its_marker() -> None:
    first, second, third = evidence()
    text, citations = cite([(third, ()), (first, ()), (third, ()), (second, ())])
    assert [citation.marker for citation in citations] == [1, 2, 1, 3]
    assert render_markers(text, citations) == (
        "Cade is a river. [1]\nArlen is a port. [2]\nCade is a river. [1]\nBorl is a town. [3]"
    )


@pytest.mark.parametrize(
    ("after", "quoted"),
    [
        (" That was wrong. The right number is 46. It rained.", " That was wrong. The right number is 46."),
        (" That was wrong.", " That was wrong."),
        (" The right number is 46. It rained.", " The right number is 46."),
        (" That was wrong.\nThe pier is old.", " That was wrong."),
        (" That was wrong, the mayor said. The pier is old.", ""),
        (" It rained. That was wrong.", ""),
    ],
)
def test_what_a_briefing_takes_back_is_quoted_with_that(after: str, quoted: str) -> None:
    said = "We wrote that 16 ships left Arlen."
    corpus = MemoryCorpus([document("a.txt", said + after)], HashingEmbedder())
    scorer = EvidenceScorer(HashingEmbedder(), corpus)
    found = scorer.score(scorer.read("ships left Arlen"), corpus.retrieve("ships left Arlen"))
    first = min(found, key=lambda one: one.span)
    text, (citation,) = cite([(first, ())])
    assert text == citation.quote == citation.span.of(said + after) == said + quoted


@pytest.mark.parametrize(
    ("correction", "words"),
    [
        ("The report said that 2,100 men are at work. The right number is 1,200.", None),
        ("The report said that 2,100 men are at work. That was wrong.", None),
        ("The report said that 2,100 men are at work. The right number is 2,100 men.", "2,100"),
        ("The report said that 2,300 men are at work. The right number is 1,200.", "2,100"),
        ("The report of 7 June said that 2,100 men are at work.", "2,100"),
    ],
)
def test_a_figure_that_is_taken_back_is_marked_nowhere(correction: str, words: str | None) -> None:
    corpus = MemoryCorpus([document("a.txt", correction), document("b.txt", "2,100 men work.")], HashingEmbedder())
    scorer = EvidenceScorer(HashingEmbedder(), corpus)
    found = scorer.score(scorer.read("men at work"), corpus.retrieve("men at work"))
    takes_back = min((one for one in found if one.document_id == "a.txt"), key=lambda one: one.span)
    [report] = [one for one in found if one.document_id == "b.txt"]
    _, citations = cite([(takes_back, ()), (replace(report, answer=Span(0, 5)), ())])
    marked = citations[-1].words
    assert (marked and marked.of("2,100 men work.")) == words


def test_quote_answer_and_document_are_the_same_characters() -> None:
    text, citations = cite([(one, ()) for one in evidence()])
    for citation in citations:
        assert citation.quote == citation.span.of(TEXT) == citation.answer_span.of(text)


def test_a_citation_names_the_page_and_headings_of_its_quote_not_of_its_passage() -> None:
    first, second, third = evidence()
    chunk = replace(
        first.passage.chunk,
        headings=("Coast",),
        page_index=1,
        page_label="i",
        locators=(Locator(second.span.start, ("Coast",), 2, "ii"), Locator(third.span.start, ("Rivers",), 2, "ii")),
    )
    passage = replace(first.passage, chunk=chunk)
    _, citations = cite([(replace(one, passage=passage), ()) for one in (first, second, third)])
    found = [(each.headings, each.page_index, each.page_label) for each in citations]
    assert found == [(("Coast",), 1, "i"), (("Coast",), 2, "ii"), (("Rivers",), 2, "ii")]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Arlen is a port. It lies in Borl.", "Arlen is a port. It lies in Borl."),
        ("Arlen is a port.\n\nIt lies in Borl.", "It lies in Borl."),
        ("Arlen is a port. Cade lies in Borl.", "Cade lies in Borl."),
        ("It lies in Borl.", "It lies in Borl."),
    ],
)
def test_what_is_shown_beside_an_answer_stands_behind_the_sentence_that_it_points_back_to(
    text: str, quote: str
) -> None:
    corpus = MemoryCorpus([document("a.txt", text)], HashingEmbedder())
    scorer = EvidenceScorer(HashingEmbedder(), corpus)
    (one,) = [each for each in scorer.score(scorer.read("Borl"), corpus.retrieve("Borl")) if "Borl" in each.text]
    side = side_of(one, one.span)
    assert (side.quote, side.span.of(text), side.words.of(text)) == (quote, quote, one.text)


def test_a_citation_that_runs_over_pages_names_them_all() -> None:
    first, second, _ = evidence()
    middle = second.span.start + len(second.span) // 2
    chunk = replace(first.passage.chunk, page_index=1, page_label="1", locators=(Locator(middle, (), 2, "2"),))
    passage = replace(first.passage, chunk=chunk)
    _, citations = cite([(replace(one, passage=passage), ()) for one in (first, second)])
    assert [(each.page_index, each.page_label) for each in citations] == [(1, "1"), (1, "1–2")]


def test_other_sources_are_kept() -> None:
    first = evidence()[0]
    other = replace(first.passage.source, document_id="b.txt")
    assert cite([(first, (other,))])[1][0].also_in == (other,)


@given(st.text(max_size=80), st.lists(st.tuples(st.integers(0, 79), st.integers(1, 80)), max_size=6))
def test_taking_the_markers_out_again_gives_the_text(text: str, places: list[tuple[int, int]]) -> None:
    source = Source("d", "d", "d", "text/plain", "0")
    spans = [Span(start, end) for start, end in places if start < end <= len(text)]
    citations = [Citation(n, span, source, "c", span, span.of(text)) for n, span in enumerate(spans, start=1)]
    marked = render_markers(text, citations, form="\0{marker}\0")
    kept = [piece for number, piece in enumerate(marked.split("\0")) if number % 2 == 0]
    assert "\0" in text or "".join(kept) == text


def test_a_sentence_that_points_back_brings_the_one_before_it() -> None:
    text = "Rosa Lind led the salvage in Arlen. She refused to wait for the crane.\nBorl is a town."
    corpus = MemoryCorpus([document("a.txt", text)], HashingEmbedder())
    scorer = EvidenceScorer(HashingEmbedder(), corpus)
    found = sorted(scorer.score(scorer.read("refused"), corpus.retrieve("refused")), key=lambda e: e.span)
    _, citations = cite([(one, ()) for one in found])
    before = {citation.quote: citation.before for citation in citations}
    kept = before.pop("She refused to wait for the crane.")
    assert kept is not None
    assert kept.quote == "Rosa Lind led the salvage in Arlen." == kept.span.of(text)
    assert set(before.values()) == {None}


def test_what_replies_to_a_question_brings_the_question() -> None:
    text = "Fenn MP: Has anybody died in Arlen?\n\nStrand: Nobody has died in Arlen. Two workers were hurt in Arlen."
    corpus = MemoryCorpus([document("a.txt", text)], HashingEmbedder())
    scorer = EvidenceScorer(HashingEmbedder(), corpus)
    found = scorer.score(scorer.read("died in Arlen"), corpus.retrieve("died in Arlen"))
    _, citations = cite([(one, ()) for one in found])
    before = {citation.quote: citation.before for citation in citations}
    asked = before.pop("Strand: Nobody has died in Arlen.")
    assert asked is not None
    assert asked.quote == "Fenn MP: Has anybody died in Arlen?" == asked.span.of(text)
    assert before == {"Two workers were hurt in Arlen.": None}


@pytest.mark.parametrize(
    ("sentence", "points"),
    [
        ("He declined.", True),
        ("Its harbour was closed.", True),
        ("The latter refused.", True),
        ("That decision was taken in May.", True),
        ("It is expected that talks resume.", False),
        ("Heavy rain fell.", False),
        ("Theirs was first.", False),
        ("That was then.", True),
        ("The two met in Lima.", True),
    ],
)
def test_which_words_point_back(sentence: str, points: bool) -> None:
    first = evidence()[1]
    text = f"Arlen is a port. {sentence}"
    chunk = replace(
        first.passage.chunk, text=text, span=Span(0, len(text)), sentences=(Span(0, 16), Span(17, len(text)))
    )
    one = replace(first, passage=replace(first.passage, chunk=chunk), span=Span(17, len(text)), text=sentence)
    (citation,) = cite([(one, ())])[1]
    assert (citation.before is not None) == points


def test_what_is_shown_ahead_of_a_sentence_is_said_once() -> None:
    text = "Rosa Lind led the salvage in Arlen. She refused to wait for the crane.\nBorl is a big town."
    corpus = MemoryCorpus([document("a.txt", text)], HashingEmbedder())
    scorer = EvidenceScorer(HashingEmbedder(), corpus)
    found = sorted(scorer.score(scorer.read("refused"), corpus.retrieve("refused")), key=lambda e: e.span)
    led, refused, borl = [(one, ()) for one in found]
    in_order = [led, refused, borl]
    assert said_once([led, borl, refused]) == in_order
    assert said_once([refused, borl, led]) == [refused, borl]
    assert said_once([borl, refused, led]) == [borl, refused]
    assert said_once([refused, borl]) == [refused, borl]
    assert opened(cite(in_order)[1]) == {}
    assert [one.quote for one in opened(cite([refused, borl])[1]).values()] == [refused[0].text]
    assert [one.quote for one in opened(cite([borl, refused])[1]).values()] == [refused[0].text]


def test_an_item_of_a_list_brings_what_leads_to_it() -> None:
    text = "Arlen is a port.\n\nThe union demands:\n\n- It wants a crane of 300 crowns."
    corpus = MemoryCorpus([document("a.txt", text)], HashingEmbedder())
    scorer = EvidenceScorer(HashingEmbedder(), corpus)
    found = max(scorer.score(scorer.read("crane"), corpus.retrieve("crane")), key=lambda e: e.span)
    _, (citation,) = cite([(found, ())])
    assert citation.quote == "It wants a crane of 300 crowns."
    assert citation.before is not None
    assert citation.before.quote == "The union demands:" == citation.before.span.of(text)
